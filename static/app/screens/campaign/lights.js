/**
 * A light is told by its shape and its word as well as by its colour.
 *
 * @import { Cell, Light } from "../../lights/types.d.ts"
 */

import { html } from "lit-html";
import { WORST_FIRST } from "../../lights/cells.js";
import { dayWord } from "../../when.js";
import { t } from "../../words.js";

/** @param {Light | null} light */
export const lightWord = (light) => t(light ? `light.${light}` : "light.none");

/** @param {Light | null} light */
export const lightMark = (light) => html`<i class="light ${light ?? "none"}"></i>`;

/** @param {Light | null} light */
export const lightBadge = (light) =>
  html`<span class="light-word">${lightMark(light)}${lightWord(light)}</span>`;

/** As people write it: 20, 37.5. @param {number} number */
export const plainNumber = (number) => String(Math.round(number * 100) / 100);

/** @param {{ n: number | null, of: number | null }} told */
export const numberWord = ({ n, of }) =>
  n === null ? "" : of === null ? plainNumber(n) : `${plainNumber(n)}/${plainNumber(of)}`;

/** Estates that may be announced next. @param {number} expected */
export const expectedWord = (expected) => t("campaign.expected", { n: expected });

/** What is read aloud of a cell. @param {string} name @param {string} place @param {Cell} cell */
export const cellWord = (name, place, cell) =>
  t("campaign.cell", {
    name,
    place,
    light: lightWord(cell.light),
    number: [
      numberWord(cell) && ` ${numberWord(cell)}`,
      cell.expected && ` ${expectedWord(cell.expected)}`,
      cell.late_since && t("campaign.cellSince", { day: dayWord(cell.late_since) }),
    ]
      .filter(Boolean)
      .join(""),
  });

export const legend = () => html`
  <details class="lights-legend">
    <summary>${WORST_FIRST.map((light) => html`<span class="light-word">${lightMark(light)}${lightWord(light)}</span>`)}<span class="spoken">${t("campaign.lights")}</span></summary>
    <dl>
      ${WORST_FIRST.map((light) => html`<div><dt>${lightBadge(light)}</dt><dd>${t(`light.says.${light}`)}</dd></div>`)}
    </dl>
  </details>`;
