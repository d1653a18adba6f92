/**
 * The legend of the heat, in units, and what one cell holds.
 *
 * @import { Tapped } from "../../map/map.js"
 */

import { html } from "lit-html";
import { DENSITY_STEPS } from "../../map/findings.js";
import { severityWord, t } from "../../words.js";
import { icon, severityBadge } from "../parts.js";

export const heatLegend = () => html`
  <details class="legend" ?open=${matchMedia("(min-width: 64rem)").matches}>
    <summary>${t("heat.title")} <small>${t("heat.unit")}</small></summary>
    <div class="scale" role="img" aria-label=${`${t("heat.title")}, ${t("heat.unit")}: ${DENSITY_STEPS.join(", ")}`}>
      ${DENSITY_STEPS.map((_, at) => html`<i class="h${at + 1}"></i>`)}
      ${DENSITY_STEPS.map((step, at) => html`<span>${at === DENSITY_STEPS.length - 1 ? `≥ ${step}` : step}</span>`)}
    </div>
    <p>${t("heat.note")}</p>
    <p>${t("heat.nothing")} · ${t("heat.near")}</p>
    <div class="signs">
      ${[1, 2, 3].map((each) => html`<span><i class="mark s${each}"></i>${severityWord(each)}</span>`)}
    </div>
  </details>`;

/** @param {Tapped} cell @param {() => void} close */
export function cellCard({ properties }, close) {
  const { n, open, worst, per_ha: density } = properties;
  return html`
    <aside class="cell-card card">
      <b>${t("cell.title", { n, open })}</b>
      <span>${t("cell.density", { n: Number(density).toFixed(1) })} ${worst ? severityBadge(worst) : ""}</span>
      <button class="button icon quiet" type="button" aria-label=${t("plan.close")} @click=${close}>
        ${icon("close")}
      </button>
    </aside>`;
}
