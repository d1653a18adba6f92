/** The legend of a map's shades and signs. */

import { html } from "lit-html";
import { SIGNS } from "../map/legend.js";
import { t } from "../words.js";

/**
 * @param {string} title
 * @param {string} unit
 * @param {number[]} steps where each of the six shades begins
 * @param {string[]} says
 */
export const scale = (title, unit, steps, says) => html`
  <details class="legend" ?open=${matchMedia("(min-width: 64rem)").matches}>
    <summary>${title} <small>${unit}</small></summary>
    <div class="scale" role="img" aria-label=${`${title}, ${unit}: ${steps.join(", ")}`}>
      ${steps.map((_, at) => html`<i class="h${at + 1}"></i>`)}
      ${steps.map((step, at) => html`<span>${at === steps.length - 1 ? `≥ ${step}` : step}</span>`)}
    </div>
    ${says.map((line) => html`<p>${line}</p>`)}
    <div class="signs">
      ${SIGNS.map(({ word, swatch }) => html`<span><i class=${swatch}></i>${t(word)}</span>`)}
    </div>
  </details>`;
