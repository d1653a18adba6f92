/**
 * Places × matters: one number for each, never one sum.
 *
 * @import { Matter, Report } from "../../../monthly/types.d.ts"
 * @import { Draft } from "../../../monthly/draft.js"
 * @import { MonthPage } from "./month.js"
 */

import { html, nothing } from "lit-html";
import { isRate } from "../../../monthly/check.js";
import { cellKey } from "../../../monthly/draft.js";
import { t } from "../../../words.js";
import { about } from "./about.js";
import { cellInputs, isEmpty } from "./cells.js";
import { targetLine } from "./pieces.js";

/**
 * @param {MonthPage} page @param {Draft} draft @param {Report} report
 * @param {"estate" | "company"} level @param {Matter[]} matters
 */
export function grid(page, draft, report, level, matters) {
  const places = report.places.filter((each) => each.level === level);
  if (!matters.length || !places.length) return nothing;
  const closed = !report.may_fill || !report.open;
  const at = Math.min(page.shown[level] ?? 0, matters.length - 1);
  const columns = page.narrow() ? matters.slice(at, at + 1) : matters;
  const title = level === "estate" ? t("month.estates") : t("month.companies");
  return html`<section class="card month-section" aria-label=${title}>
    <h3>${title} <span class="badge">${places.length}</span></h3>
    <p class="small soft">${level === "estate" ? t("month.estatesSays") : t("month.companiesSays")}</p>
    ${page.narrow() ? chooser(page, level, matters, at) : nothing}
    <div class="month-scroll" tabindex="0" role="region" aria-label=${title}>
      <table class="month-grid">
        <caption class="spoken">${title}</caption>
        <thead>
          <tr>
            <th scope="col" class="place">${title}</th>
            ${columns.map(
              (matter) => html`<th scope="col" class=${isRate(matter) ? "rate" : ""}>
                <b>${matter.code}</b> <span class="block">${page.word(matter)}</span>
                ${targetLine(page, matter)}${about(page, draft, matter, report)}
              </th>`,
            )}
          </tr>
          ${
            closed
              ? nothing
              : html`<tr class="month-same"><th scope="row" class="place">${t("month.allSame")}</th>
                  ${columns.map((matter) => html`<td>${filler(page, draft, matter)}</td>`)}</tr>`
          }
        </thead>
        <tbody>${places.map(
          (place) => html`<tr>
            <th scope="row" class="place">${page.word(place)}</th>
            ${columns.map((matter) => {
              const cell = matter.cells.find((each) => each.place === place.key);
              return html`<td>${cell ? cellInputs(page, draft, matter, cell, page.word(place)) : nothing}</td>`;
            })}
          </tr>`,
        )}</tbody>
      </table>
    </div>
  </section>`;
}

/** @param {MonthPage} page @param {string} level @param {Matter[]} matters @param {number} at */
const chooser = (page, level, matters, at) => html`<div class="field">
  <label for="matter-${level}">${t("month.matter")}</label>
  <select class="input" id="matter-${level}" @change=${(/** @type {any} */ event) => {
    page.shown[level] = Number(event.target.value);
    page.show();
  }}>${matters.map(
    (matter, n) =>
      html`<option value=${n} ?selected=${n === at}>${matter.code} ${page.word(matter)}</option>`,
  )}</select>
</div>`;

/** @param {MonthPage} page @param {Draft} draft @param {Matter} matter */
function filler(page, draft, matter) {
  const text = page.same.get(matter.id) ?? { n: "", of: "" };
  const rate = isRate(matter);
  /** @param {"n" | "of"} part */
  const input = (
    part,
  ) => html`<input class="input figure" type="text" inputmode="decimal" autocomplete="off"
    aria-label=${`${t("month.allSame")} ${matter.code} ${part === "n" ? t("month.n") : t("month.of")}`}
    .value=${text[part]} @input=${(/** @type {any} */ event) => {
      page.same.set(matter.id, { ...text, [part]: event.target.value });
      page.show();
    }} />`;
  return html`<span class="month-cell">${input("n")}${rate ? html`<span class="soft">${t("month.ofWord")}</span>${input("of")}` : nothing}
    <button class="link tiny" type="button" ?disabled=${isEmpty(text)} aria-label=${`${t("month.fill")} ${matter.code}`}
      @click=${() => fill(page, draft, matter, text)}>${t("month.fill")}</button>
    ${
      lasting(draft, matter).length
        ? html`<button class="link tiny" type="button" aria-label=${`${t("month.useLast")} ${matter.code}`}
            @click=${() => useLast(draft, matter)}>${t("month.useLast")}</button>`
        : nothing
    }</span>`;
}

/** What nobody typed in, and something is known of. @param {Draft} draft @param {Matter} matter */
const lasting = (draft, matter) =>
  matter.cells.filter(
    (cell) =>
      cell.known && !cell.met_on && !cell.version && !draft.pendingAt(cellKey(matter, cell)),
  );

/** It is still so: told anew. @param {Draft} draft @param {Matter} matter */
function useLast(draft, matter) {
  for (const cell of lasting(draft, matter))
    draft.typeCell(matter, cell, {
      n: String(cell.known?.n ?? ""),
      of: String(cell.known?.of ?? ""),
    });
}

/** Those that nobody typed in. @param {MonthPage} page @param {Draft} draft @param {Matter} matter @param {{ n: string, of: string }} text */
function fill(page, draft, matter, text) {
  for (const cell of matter.cells) {
    const stands = draft.cellText(matter, cell);
    const of = text.of.trim() ? text.of : stands.of;
    // What was done before this month stays as it is.
    if (!stands.n.trim() && !cell.met_on) draft.typeCell(matter, cell, { n: text.n, of });
  }
  page.same.delete(matter.id);
  page.show();
}
