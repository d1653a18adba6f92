/**
 * The rows behind a number, in the panel: findings with their cases, or what is due for inspection.
 *
 * @import { Answer } from "../../leading/answers.js"
 */

import { html, nothing } from "lit-html";
import { whole } from "../../leading/told.js";
import { dayWord } from "../../when.js";
import { either, t } from "../../words.js";
import { trouble } from "../desk.js";
import { empty, severityBadge, time, waiting } from "../parts.js";

/** What a page of the list holds. */
export const ROWS = 200;

/**
 * @param {Answer} answer of one of `LISTS`
 * @param {(slug: string) => string} kindWord
 * @param {{ again: () => void, close: () => void, mayOpenCases: boolean }} ways
 */
export function rows({ body, failed, waiting: late }, kindWord, { again, close, mayOpenCases }) {
  const count = body?.count ?? body?.rows?.length ?? 0;
  return html`
    <section class="section rows" aria-busy=${late}>
      <div class="row"><button class="button" type="button" @click=${close}>${t("rows.back")}</button>
        <h3>${body && !late ? t("rows.title", { n: whole(count) }) : t("rows.coming")}</h3></div>
      <div aria-live="polite">${failed ? trouble(failed, again) : !body || late ? waiting(6) : count ? list(body, kindWord, mayOpenCases) : empty({ title: t("overview.none") })}</div>
      ${body?.features && count > body.features.length ? html`<p class="tiny soft">${t("rows.first", { n: whole(body.features.length) })}</p>` : nothing}
    </section>`;
}

/** @param {any} body @param {(slug: string) => string} kindWord @param {boolean} mayOpenCases */
const list = ({ features, rows: due }, kindWord, mayOpenCases) => html`
  <div class="scrolling" role="region" tabindex="0" aria-label=${t("rows.list")}>
    <table class="table">
      <thead><tr>
        <th scope="col">${t("places.estate")}</th>
        <th scope="col">${features ? t("filter.item") : t("filter.kind")}</th>
        <th scope="col">${features ? t("rows.found") : t("overview.last")}</th>
        <th scope="col">${features ? t("rows.case") : t("rows.due")}</th>
      </tr></thead>
      <tbody>${features ? features.map((/** @type {any} */ each) => finding(each, mayOpenCases)) : due.map((/** @type {any} */ each) => dueRow(each, kindWord))}</tbody>
    </table>
  </div>`;

/** @param {{ properties: any }} row @param {boolean} mayOpenCases */
const finding = ({ properties: one }, mayOpenCases) => html`
  <tr>
    <th scope="row">${one.estate_name}</th>
    <td>${severityBadge(one.severity)} ${one.item} ${either(one.item_zh, one.item_en)}</td>
    <td>${time(one.recorded_at)}</td>
    <td>${one.case && mayOpenCases ? html`<a href=${`/cases/#/${one.case}`}>${t(one.status === "open" ? "rows.open" : "rows.closed")}</a>` : t(one.status === "open" ? "rows.open" : "rows.closed")}</td>
  </tr>`;

/** @param {any} one @param {(slug: string) => string} kindWord */
const dueRow = (one, kindWord) => html`
  <tr>
    <th scope="row">${one.name}<div class="soft tiny">${one.community_name}</div></th>
    <td>${kindWord(one.kind)}</td>
    <td>${one.last ? time(one.last) : t("overview.never")}</td>
    <td>${one.done ? t("rows.done") : one.due_on ? t("rows.since", { day: dayWord(one.due_on) }) : t("places.notLooked")}</td>
  </tr>`;
