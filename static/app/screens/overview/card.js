/**
 * What is where a person tapped: the number, what it is of, how sure it is, and what it means;
 * and the ways on from it.
 *
 * @import { Figure, Measure } from "../../leading/types.d.ts"
 */

import { html, nothing } from "lit-html";
import { intervalOf, isVague, madeOf, plain, unitOf } from "../../leading/told.js";
import { t } from "../../words.js";
import { icon } from "../parts.js";

/**
 * @param {{ title: string, when: string, measure: Measure | null,
 *   figure: (Figure & { looked: boolean }) | null, heat: { value: number, unit: string } | null,
 *   rows: string | null, of: string | null, finding: string | null, more: { name: string, href: string | null }[],
 *   only: (() => void) | null }} told `figure`: of the estate or hexagon; without an interval
 *   while that is not known
 * @param {() => void} close
 */
export function card({ title, when, measure, figure, heat, rows, of, finding, more, only }, close) {
  return html`
    <aside class="cell-card card lead-card" aria-live="polite">
      <b>${title} <span class="soft tiny">${when}</span></b>
      <button class="button icon quiet" type="button" aria-label=${t("card.close")} @click=${close}>${icon("close")}</button>
      <div class="told">
        ${heat ? html`<p class="figure">${t("card.heat", { value: plain(heat.value), unit: heat.unit })}</p>` : nothing}
        ${figure && measure ? number(figure, measure) : nothing}
        ${more.length ? html`<p class="tiny">${t("card.estates")} ${more.map(({ name, href }) => (href ? html`<a href=${href}>${name}</a> ` : html`${name} `))}</p>` : nothing}
        <p class="row">
          ${finding ? html`<a class="button" href=${finding}>${t("card.finding")}</a>` : nothing}
          ${rows ? html`<a class="button" href=${rows}>${t("card.rows")}</a>` : nothing}
          ${of && measure ? html`<a class="button quiet" href=${of}>${t(ofWord(measure))}</a>` : nothing}
          ${only ? html`<button class="button quiet" type="button" @click=${only}>${t("card.only")}</button>` : nothing}
        </p>
      </div>
    </aside>`;
}

/** What a rate is of. @param {Measure} measure */
export const ofWord = ({ slug }) => (slug === "rate" ? "rows.ofRate" : "rows.ofHouseholds");

/** @param {Figure & { looked: boolean }} figure @param {Measure} measure */
function number(figure, measure) {
  const made = madeOf(measure.slug, figure);
  const interval = intervalOf(figure);
  return html`
    <p class="figure">${figure.value === null ? "–" : html`<b>${plain(figure.value)}</b> ${unitOf(measure)}`}</p>
    ${made ? html`<p class="tiny">${made}</p>` : nothing}
    ${interval ? html`<p class="tiny">${interval}</p>` : nothing}
    ${figure.looked ? nothing : html`<p class="tiny grey-note"><i class="swatch hatch"></i>${t("measure.grey")}</p>`}
    ${figure.looked && isVague(figure) ? html`<p class="tiny soft">${t("measure.few")}</p>` : nothing}`;
}
