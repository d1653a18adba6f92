/** Which month: one back, one on, or any. */

import { html } from "lit-html";
import { t } from "../../words.js";
import { icon } from "../parts.js";

/** @param {string} month @param {(month: string) => void} go */
export const monthPicker = (month, go) => html`
  <div class="month-picker" role="group" aria-label=${t("month.month")}>
    <button class="button icon" type="button" aria-label=${t("month.before")} title=${t("month.before")}
      @click=${() => go(moved(month, -1))}>${icon("back")}</button>
    <input class="input" type="month" aria-label=${t("month.month")} .value=${month}
      @change=${(/** @type {any} */ event) => event.target.value && go(event.target.value)} />
    <button class="button icon" type="button" aria-label=${t("month.after")} title=${t("month.after")}
      @click=${() => go(moved(month, 1))}>${icon("next")}</button>
  </div>`;

/** @param {string} month @param {number} by */
function moved(month, by) {
  const [year = 0, n = 1] = month.split("-").map(Number);
  const at = year * 12 + (n - 1) + by;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
}
