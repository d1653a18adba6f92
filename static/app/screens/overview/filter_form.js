/**
 * What the page is narrowed to.
 *
 * @import { Filters } from "../../filters.js"
 */

import { html, nothing } from "lit-html";
import { lastDays, PERIODS, periodOf, today } from "../../filters.js";
import { either, severityWord, t } from "../../words.js";

/**
 * @param {Filters} filters
 * @param {{ slug: string, title_zh: string, title_en: string }[]} kinds
 * @param {(change: Partial<Filters>) => void} narrow
 */
export function filterForm(filters, kinds, narrow) {
  const day = today();
  const period = periodOf(filters, day);
  const wrong = filters.since && filters.until && filters.since > filters.until;
  return html`
    <form class="filters no-print" aria-label=${t("filter.title")} @submit=${stay}>
      ${select(
        "kind",
        t("filter.kind"),
        [
          ["", t("filter.kindAll")],
          ...kinds.map(
            ({ slug, title_zh, title_en }) =>
              /** @type {[string, string]} */ ([slug, either(title_zh, title_en)]),
          ),
        ],
        filters.kind,
        (kind) => narrow({ kind }),
      )}
      ${select(
        "severity",
        t("filter.severity"),
        [
          ["", t("filter.severityAll")],
          ...[1, 2, 3].map(
            (each) => /** @type {[string, string]} */ ([String(each), severityWord(each)]),
          ),
        ],
        filters.severity,
        (severity) => narrow({ severity }),
      )}
      <div class="field whole" role="group" aria-label=${t("filter.status")}>
        <span class="label">${t("filter.status")}</span>
        <div class="choices">
          ${choice(t("filter.statusAll"), filters.status === "", () => narrow({ status: "" }))}
          ${choice(t("filter.open"), filters.status === "open", () => narrow({ status: "open" }))}
          ${choice(t("filter.closed"), filters.status === "closed", () =>
            narrow({ status: "closed" }),
          )}
        </div>
      </div>
      <div class="field whole" role="group" aria-label=${t("filter.period")}>
        <span class="label">${t("filter.period")}</span>
        <div class="choices">
          ${PERIODS.map((days) =>
            choice(t("filter.days", { n: days }), period === days, () =>
              narrow(lastDays(days, day)),
            ),
          )}
          ${choice(t("filter.allTime"), period === 0, () => narrow({ since: "", until: "" }))}
        </div>
        <div class="between">
          ${dayField("since", t("filter.since"), filters.since, Boolean(wrong), narrow)}
          ${dayField("until", t("filter.until"), filters.until, Boolean(wrong), narrow)}
        </div>
        ${wrong ? html`<p class="wrong" role="alert">${t("filter.wrong")}</p>` : nothing}
      </div>
    </form>
  `;
}

/** @param {Event} event */
const stay = (event) => event.preventDefault();

/**
 * @param {string} name
 * @param {string} says
 * @param {[string, string][]} options
 * @param {string} value
 * @param {(value: string) => void} onChange
 */
const select = (name, says, options, value, onChange) => html`
  <div class="field">
    <label for=${`filter-${name}`}>${says}</label>
    <select
      class="input"
      id=${`filter-${name}`}
      @change=${(/** @type {any} */ event) => onChange(event.target.value)}
    >
      ${options.map(
        ([key, word]) => html`<option value=${key} ?selected=${key === value}>${word}</option>`,
      )}
    </select>
  </div>`;

/** @param {string} says @param {boolean} pressed @param {() => void} onClick */
const choice = (says, pressed, onClick) => html`
  <button class="button" type="button" aria-pressed=${pressed} @click=${onClick}>${says}</button>`;

/**
 * @param {"since" | "until"} name
 * @param {string} says
 * @param {string} value
 * @param {boolean} wrong
 * @param {(change: Partial<Filters>) => void} narrow
 */
const dayField = (name, says, value, wrong, narrow) => html`
  <label class="field">
    <span class="tiny soft">${says}</span>
    <input
      class="input"
      type="date"
      .value=${value}
      aria-invalid=${wrong}
      @change=${(/** @type {any} */ event) => narrow({ [name]: event.target.value })}
    />
  </label>`;
