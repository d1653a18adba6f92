/**
 * One cell: a number, or so many of how many, saved as it is typed.
 *
 * @import { CellText, Matter, ReportCell, TypedCell } from "../../../monthly/types.d.ts"
 * @import { Draft } from "../../../monthly/draft.js"
 * @import { MonthPage } from "./month.js"
 */

import { html, nothing } from "lit-html";
import { isRate, reached, read } from "../../../monthly/check.js";
import { cellKey } from "../../../monthly/draft.js";
import { dayWord } from "../../../when.js";
import { t } from "../../../words.js";
import { figureWord } from "./pieces.js";

/**
 * @param {MonthPage} page @param {Draft} draft @param {Matter} matter @param {ReportCell} cell
 * @param {string} label of the place
 */
export function cellInputs(page, draft, matter, cell, label) {
  const report = page.report();
  const key = cellKey(matter, cell);
  const rate = isRate(matter);
  const text = draft.cellText(matter, cell);
  const pending = draft.pendingAt(key);
  const { figures, fault } = read(text, rate);
  const typed = Boolean(pending) || cell.version > 0;
  const bad = (fault && fault !== "half") || Boolean(pending?.wrong);
  const half = fault === "half" && typed;
  const closed = !report?.may_fill || !report.open;
  const says = `say-${key.replace(":", "-")}`;
  /** @param {"n" | "of"} part */
  const input = (part) => html`<input
    class="input figure ${typed ? "" : "standing"}"
    type="text"
    inputmode="decimal"
    autocomplete="off"
    data-cell=${key}
    data-part=${part}
    aria-label=${`${matter.code} ${label} ${part === "n" ? t("month.n") : t("month.of")}`}
    aria-invalid=${bad ? "true" : "false"}
    aria-describedby=${says}
    ?readonly=${closed}
    .value=${text[part]}
    @input=${(/** @type {any} */ event) => draft.typeCell(matter, cell, { [part]: event.target.value })}
    @change=${() => draft.flush()}
    @keydown=${(/** @type {KeyboardEvent} */ event) => down(event)}
  />`;
  return html`<span class="month-cell ${cell.owed ? "owed" : ""} ${typed ? "typed" : ""}">
    ${input("n")}${rate ? html`<span class="soft">${t("month.ofWord")}</span>${input("of")}` : nothing}
    <span class="month-says tiny" id=${says}>${
      pending?.theirs
        ? theirs(draft, key, /** @type {TypedCell} */ (pending.theirs))
        : pending?.wrong
          ? html`<b class="wrong">${pending.wrong}</b>`
          : bad || half
            ? html`<b class="wrong">${t(/** @type {any} */ (`month.fault.${fault}`))}</b>`
            : standing(matter, cell, figures, typed)
    }</span>
  </span>`;
}

/** @param {Matter} matter @param {ReportCell} cell @param {{ n: number | null, of: number | null }} figures @param {boolean} typed */
function standing(matter, cell, figures, typed) {
  if (!typed && cell.met_on)
    return html`<span class="ok">✓ ${t("month.metOn", { day: dayWord(cell.met_on) })}</span>`;
  const told = reached(matter, figures);
  const mark =
    told === null || (!typed && figures.n === null)
      ? nothing
      : told
        ? html`<span class="ok">✓ ${t("month.reached")}</span>`
        : html`<span class="off">${t("month.notReached")}</span>`;
  const known =
    !typed && cell.known
      ? html` <span class="soft" title=${`${dayWord(cell.known.measured_on)} · ${cell.known.by_name}`}>${t("month.known", { day: dayWord(cell.known.measured_on), figure: figureWord(cell.known) })}</span>`
      : nothing;
  return html`${mark}${known}`;
}

/** @param {Draft} draft @param {string} key @param {TypedCell} stands */
const theirs = (draft, key, stands) => html`<span class="month-theirs" role="alert">
  <b>${t("month.theirs", { name: stands.by_name ?? "", figure: figureWord(stands) })}</b>
  <button class="link" type="button" @click=${() => draft.keepMine(key)}>${t("month.mineKeep")}</button>
  <button class="link" type="button" @click=${() => draft.takeTheirs(key)}>${t("month.theirsTake")}</button>
</span>`;

/** Enter goes to the same place of the next row, as in a table. @param {KeyboardEvent} event */
function down(event) {
  if (event.key !== "Enter") return;
  const here = /** @type {HTMLInputElement} */ (event.target);
  const [id] = (here.dataset.cell ?? "").split(":");
  const column = [
    ...document.querySelectorAll(`input[data-cell^="${id}:"][data-part="${here.dataset.part}"]`),
  ];
  const next = column[column.indexOf(here) + (event.shiftKey ? -1 : 1)];
  if (next instanceof HTMLInputElement) {
    event.preventDefault();
    next.focus();
    next.select();
  }
}

/** @param {CellText} text */
export const isEmpty = (text) => !text.n.trim() && !text.of.trim();
