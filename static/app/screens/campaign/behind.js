/**
 * A cell opened: what was asked, the number, the map coloured by it, and the places it is made of.
 *
 * @import { Behind, BoardIndicator, Cell, Community, Entered, RowBehind } from "../../lights/types.d.ts"
 * @import { Reply } from "../../api.js"
 * @import { BoardPage } from "./board.js"
 */

import { html, nothing } from "lit-html";
import { addressOf, whereOf } from "../../lights/links.js";
import { dayWord } from "../../when.js";
import { either, t } from "../../words.js";
import { trouble } from "../desk.js";
import { empty, icon, waiting } from "../parts.js";
import { expectedWord, lightBadge, lightWord, numberWord, plainNumber } from "./lights.js";
import { placeWord } from "./matrix.js";

const PATHS = /** @type {const} */ ({
  cases: "campaign.rows.toCases",
  overview: "campaign.rows.toOverview",
  ledgers: "campaign.rows.toLedgers",
  standardisation: "campaign.rows.toStandardisation",
  month: "campaign.rows.toMonth",
});

/**
 * @param {BoardPage} page
 * @param {{ indicator: BoardIndicator, community: Community | null, cell: Cell | null,
 *   body: Behind | null, failed: Reply | null, map: Node | null, highlighted: string }} told
 */
export function behindPanel(page, { indicator, community, cell, body, failed, map, highlighted }) {
  return html`
    <div class="behind-head">
      <button class="button quiet behind-back" type="button" @click=${page.close}>${icon("back")}${t("campaign.rows.back")}</button>
      <h2 tabindex="-1"><span class="code">${indicator.code}</span> ${either(indicator.zh, indicator.en)}</h2>
      <p class="soft">${placeWord(community)} · ${dayWord(page.day())}</p>
      <button class="button quiet icon behind-close" type="button" aria-label=${t("campaign.rows.close")} title=${t("campaign.rows.close")} @click=${page.close}>${icon("close")}</button>
    </div>
    ${facts(indicator, cell)}
    ${way(page, indicator, community)}
    <figure class="behind-map no-print" ?hidden=${!map}>
      ${map ?? nothing}
      <figcaption class="tiny soft">${t("campaign.map.says")} · ${t("campaign.map.none")}</figcaption>
    </figure>
    ${map ? nothing : html`<p class="tiny soft">${t("campaign.map.whole")}</p>`}
    <div aria-live="polite" aria-busy=${!body && !failed}>
      ${failed ? trouble(failed, page.again) : !body ? waiting(5) : rows(page, body, highlighted)}
    </div>`;
}

/** @param {BoardIndicator} indicator @param {Cell | null} cell */
function facts(indicator, cell) {
  const { target } = indicator;
  return html`
    <dl class="facts">
      <dt>${t("campaign.rows.light")}</dt>
      <dd>${
        cell
          ? html`${lightBadge(cell.light)}${cell.late_since ? html` <time datetime=${cell.late_since}>${t("campaign.since", { day: dayWord(cell.late_since) })}</time>` : nothing}
              ${cell.light ? html`<div class="tiny soft">${t(`light.says.${cell.light}`)}</div>` : nothing}`
          : "–"
      }</dd>
      <dt>${t("campaign.rows.target")}</dt>
      <dd>${target.number === null ? t("campaign.rows.noTarget") : either(target.says_zh, target.says_en)}
        ${target.deadline ? html` · ${t("campaign.rows.deadline", { day: dayWord(target.deadline) })}` : nothing}
        ${indicator.recurrence ? html` · ${t(/** @type {any} */ (`campaign.rows.recurs.${indicator.recurrence}`))}` : nothing}
        ${cell?.light === "no_baseline" ? html`<div class="tiny">${t("campaign.rows.noBaseline")}</div>` : nothing}</dd>
      <dt>${t("campaign.rows.number")}</dt>
      <dd>${figure(cell)}</dd>
      <dt>${t("campaign.rows.counted")}</dt>
      <dd class="small">${indicator.derived ? either(indicator.says_zh, indicator.says_en) : t("campaign.rows.entered")}
        ${indicator.note_zh ? html`<div class="tiny soft">${either(indicator.note_zh, indicator.note_en)}</div>` : nothing}</dd>
    </dl>`;
}

/** @param {Cell | null} cell */
function figure(cell) {
  if (!cell || cell.n === null) return t("campaign.rows.nothing");
  const { n, of, places, missing } = cell;
  const share = of && !places ? ` (${plainNumber((100 * n) / of)} %)` : "";
  return html`${places ? t("campaign.rows.places", { n: plainNumber(n), of: plainNumber(of ?? 0) }) : `${numberWord(cell)}${share}`}${cell.expected ? ` · ${expectedWord(cell.expected)}` : nothing}
    ${missing ? html` <span class="badge s2">${t("campaign.rows.missing", { n: missing })}</span>` : nothing}`;
}

/** @param {BoardPage} page @param {BoardIndicator} indicator @param {Community | null} community */
function way(page, indicator, community) {
  const where = whereOf(indicator);
  const place = community && { level: /** @type {const} */ ("community"), id: community.id };
  const address = addressOf(indicator, place, page.view.as_of);
  if (!where || !address || !page.mayOpen(where)) return nothing;
  return html`<p class="no-print"><a class="button" href=${address}>${t(PATHS[where])}${icon("next")}</a></p>`;
}

/** @param {BoardPage} page @param {Behind} body @param {string} highlighted */
function rows(page, body, highlighted) {
  if (!body.rows.length && !body.months.length)
    return empty({ title: t("campaign.rows.none"), text: t("campaign.rows.noneSays") });
  return html`
    ${body.months.length ? html`<section class="section"><h3>${t("campaign.rows.months")}</h3>${monthly(body.months)}</section>` : nothing}
    ${
      body.rows.length
        ? html`<section class="section">
            <h3>${t("campaign.rows.title", { n: body.rows.length })}</h3>
            <table class="table behind-table">
              <caption class="spoken">${t("campaign.rows.title", { n: body.rows.length })}</caption>
              <thead><tr>
                <th scope="col">${t("campaign.rows.place")}</th>
                <th scope="col">${t("campaign.rows.light")}</th>
                <th scope="col" class="number">${t("campaign.rows.number")}</th>
              </tr></thead>
              <tbody>${body.rows.map((row) => one(page, body, row, `${row.level}/${row.id}` === highlighted))}</tbody>
            </table>
          </section>`
        : nothing
    }`;
}

/** @param {BoardPage} page @param {Behind} body @param {RowBehind} row @param {boolean} here */
function one(page, { indicator }, row, here) {
  const name = row.id === null ? t("campaign.rows.whole") : either(row.name, row.name_en);
  const where = whereOf(indicator);
  const address = addressOf(indicator, row, page.view.as_of);
  const link = address && where && where !== "month" && page.mayOpen(where);
  return html`<tr class=${row.counts ? "" : "beside"} aria-current=${here} data-place=${`${row.level}/${row.id}`}>
    <th scope="row">${link ? html`<a href=${address}>${name}</a>` : name}
      ${row.community && row.level === "estate" && !page.view.at.match(/^\d/) ? html`<div class="tiny soft">${page.communityName(row.community)}</div>` : nothing}
      ${row.counts ? nothing : html`<div class="tiny soft">${t("campaign.rows.beside")}</div>`}
      ${row.creation ? onTheWay(row.creation, page.view.as_of) : nothing}
      ${row.value ? entered(row.value) : nothing}
      ${row.months.length ? monthly(row.months) : nothing}</th>
    <td>${lightBadge(row.light)}${row.late_since ? html`<div class="tiny soft">${t("campaign.since", { day: dayWord(row.late_since) })}</div>` : nothing}</td>
    <td class="number">${row.missing ? html`<span class="soft">${t("campaign.rows.nothing")}</span>` : numberWord(row)}</td>
  </tr>`;
}

/** @param {NonNullable<RowBehind["creation"]>} creation @param {string} day */
const onTheWay = ({ id, stage, score, veto, expected }, day) => html`
  <div class="tiny"><a href=${`/campaign/standardisation/${id}/${day ? `?as_of=${day}` : ""}`}>${stage}${score === null ? nothing : ` · ${t("campaign.rows.score", { n: plainNumber(score) })}`}</a>
    ${veto ? html`<span class="badge s1">${t("campaign.rows.veto")}</span>` : nothing}
    ${expected ? html`<span class="badge">${t("campaign.rows.expected")}</span>` : nothing}</div>`;

/** @param {Entered} value */
const entered = ({ measured_on, source, by_name, attachment, attachment_name }) => html`
  <div class="tiny soft">${t("campaign.rows.value", { day: dayWord(measured_on), name: by_name, source })}
    ${attachment ? html`<a href=${`/api/v1/campaign/attachments/${attachment}/`}>${attachment_name}</a>` : nothing}</div>`;

/** A square a month, done or not. @param {Behind["months"]} months */
const monthly = (months) => html`
  <ol class="month-strip">
    ${months.map(({ month, done, value, n, of, due_on }) => {
      const says = t(done ? "campaign.rows.monthDone" : "campaign.rows.monthNot", { month });
      const more = [numberWord({ n, of }), value?.source].filter(Boolean).join(" · ");
      return html`<li title=${`${says} ${more}`} data-due=${due_on}>
        <i class="light ${done ? "done" : "no_data"}"></i><span class="tiny">${month.slice(2)}</span>
        <span class="spoken">${done ? lightWord("done") : t("campaign.rows.nothing")}</span>
      </li>`;
    })}
  </ol>`;
