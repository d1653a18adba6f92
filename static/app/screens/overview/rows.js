/**
 * The rows behind a number, in the panel: findings, cases, inspections, estates, or what is due for
 * inspection.
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
 * @typedef {{ mayOpenCases: boolean, kindWord: (slug: string) => string }} Reader
 * @typedef {{ heads: string[], row: (one: any, reader: Reader) => unknown }} Table its first column
 *   is the estate
 */

/** @type {Record<string, Table>} */
const TABLES = {
  findings: {
    heads: ["filter.item", "rows.found", "rows.case"],
    row: (one, { mayOpenCases }) => html`
      <th scope="row">${one.estate_name}</th>
      <td>${severityBadge(one.severity)} ${one.item} ${either(one.item_zh, one.item_en)}</td>
      <td>${time(one.recorded_at)}</td>
      <td>${toCase(mayOpenCases ? one.case : null, t(one.status === "open" ? "rows.open" : "rows.closed"))}
        ${one.closed_at ? html`<div class="soft tiny">${time(one.closed_at)}</div>` : nothing}</td>`,
  },
  cases: {
    heads: ["rows.matter", "rows.reported", "rows.caseDue"],
    row: (one, { mayOpenCases }) => html`
      <th scope="row">${one.estate_name ?? one.community_name}</th>
      <td>${severityBadge(one.severity)} ${toCase(mayOpenCases ? one.id : null, `${one.number} ${one.title}`)}</td>
      <td>${time(one.reported_at)}</td>
      <td>${one.ended_at ? html`${t("rows.closed")}<div class="soft tiny">${time(one.ended_at)}</div>` : one.due_at ? time(one.due_at) : "–"}</td>`,
  },
  inspections: {
    heads: ["filter.kind", "rows.inspected", "rows.findings"],
    row: (one, { kindWord }) => html`
      <th scope="row">${one.estate_name}</th>
      <td>${kindWord(one.kind)}</td>
      <td>${time(one.recorded_at)}</td>
      <td class="number">${whole(one.findings.length)}</td>`,
  },
  estates: {
    heads: ["rows.community", "rows.households"],
    row: (one) => html`
      <th scope="row">${one.name}</th>
      <td>${one.community_name}</td>
      <td class="number">${whole(one.households)}</td>`,
  },
  due: {
    heads: ["filter.kind", "overview.last", "rows.due"],
    row: (one, { kindWord }) => html`
      <th scope="row">${one.name}<div class="soft tiny">${one.community_name}</div></th>
      <td>${kindWord(one.kind)}</td>
      <td>${one.last ? time(one.last) : t("overview.never")}</td>
      <td>${one.done ? t("rows.done") : one.due_on ? t("rows.since", { day: dayWord(one.due_on) }) : t("places.notLooked")}</td>`,
  },
};

/** @param {string | null} id of a case that one may open @param {string} says */
const toCase = (id, says) => (id ? html`<a href=${`/cases/#/${id}`}>${says}</a>` : says);

/**
 * @param {Answer} answer of one of `LISTS`
 * @param {number} page which of its pages, from 1
 * @param {Reader} reader
 * @param {{ again: () => void, close: () => void, turn: (page: number) => void }} ways
 */
export function rows({ body, failed, waiting: late }, page, reader, { again, close, turn }) {
  const count = body?.count ?? body?.rows?.length ?? 0;
  return html`
    <section class="section rows" aria-busy=${late}>
      <div class="row"><button class="button" type="button" @click=${close}>${t("rows.back")}</button>
        <h3>${body && !late ? t("rows.title", { n: whole(count) }) : t("rows.coming")}</h3></div>
      <div aria-live="polite">${failed ? trouble(failed, again) : !body || late ? waiting(6) : count ? list(body, reader) : empty({ title: t("overview.none") })}</div>
      ${body?.features && count > ROWS && !late ? pages(body, page, turn) : nothing}
    </section>`;
}

/** @param {any} body @param {number} page @param {(page: number) => void} turn */
function pages({ count, next }, page, turn) {
  const [first, last] = [(page - 1) * ROWS + 1, Math.min(page * ROWS, count)];
  return html`<div class="row">
    <button class="button" type="button" ?disabled=${page < 2} @click=${() => turn(page - 1)}>${t("rows.before")}</button>
    <span class="tiny soft">${t("rows.part", { first: whole(first), last: whole(last), n: whole(count) })}</span>
    <button class="button" type="button" ?disabled=${!next} @click=${() => turn(page + 1)}>${t("rows.next")}</button>
  </div>`;
}

/** @param {any} body @param {Reader} reader */
function list({ what = "due", features, rows: due }, reader) {
  const { heads, row } = /** @type {Table} */ (TABLES[what]);
  const all = features?.map((/** @type {any} */ each) => each.properties) ?? due;
  return html`
    <div class="scrolling" role="region" tabindex="0" aria-label=${t("rows.list")}>
      <table class="table">
        <thead><tr>
          <th scope="col">${t("places.estate")}</th>
          ${heads.map((name) => html`<th scope="col">${t(/** @type {any} */ (name))}</th>`)}
        </tr></thead>
        <tbody>${all.map((/** @type {any} */ one) => html`<tr>${row(one, reader)}</tr>`)}</tbody>
      </table>
    </div>`;
}
