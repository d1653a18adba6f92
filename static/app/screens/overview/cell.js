/**
 * What one cell of the heat holds.
 *
 * @import { Tapped } from "../../map/map.js"
 */

import { html } from "lit-html";
import { t } from "../../words.js";
import { icon, severityBadge } from "../parts.js";

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
