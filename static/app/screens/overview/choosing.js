/**
 * What is measured and how it is drawn, with the sentence that says what the measure means.
 *
 * @import { Measure } from "../../leading/types.d.ts"
 * @import { View } from "../../leading/view.js"
 */

import { html, nothing } from "lit-html";
import { drawnAs, hasHeat, MEASURES, TABS, VIEWS } from "../../leading/view.js";
import { either, t } from "../../words.js";
import { choice } from "./filter_form.js";

/** @param {View} view @param {Measure | null} measure @param {(change: Partial<View>) => void} narrow */
export const choosing = (view, measure, narrow) => html`
  <div class="choosing no-print">
    <div class="field">
      <label for="measure">${t("measure.choose")}</label>
      <select class="input" id="measure"
        @change=${(/** @type {any} */ { target }) => narrow({ measure: target.value })}>
        ${MEASURES.map((slug) => html`<option value=${slug} ?selected=${slug === view.measure}>${t(`measure.${slug}`)}</option>`)}
      </select>
    </div>
    ${
      view.tab === "hot"
        ? nothing
        : html`<div class="field" role="group" aria-label=${t("view.choose")}>
            <span class="label">${t("view.choose")}</span>
            <div class="choices">
              ${VIEWS.map((each) => choice(t(`view.${each}`), each === drawnAs(view), () => narrow({ view: each })))}
            </div>
          </div>`
    }
    ${measure ? html`<p class="says tiny soft">${either(measure.says_zh, measure.says_en)}</p>` : nothing}
    ${view.view === "heat" && !hasHeat(view.measure) ? html`<p class="tiny" role="status">${t("view.noHeat")}</p>` : nothing}
  </div>`;

/** @param {View} view @param {(change: Partial<View>) => void} narrow */
export const tabs = (view, narrow) => html`
  <nav class="lead-tabs no-print" aria-label=${t("overview.tabs")}>
    ${TABS.map((tab) => html`<button class="button" type="button" aria-current=${tab === view.tab ? "page" : "false"} @click=${() => narrow({ tab, rows: "" })}>${t(`overview.tab.${tab}`)}</button>`)}
  </nav>`;
