/**
 * Small pieces of the reports' page.
 *
 * @import { Beside, Figures, Indicator, ReportState } from "../../../monthly/types.d.ts"
 * @import { MonthPage } from "./month.js"
 */

import { html, nothing } from "lit-html";
import { isRate } from "../../../monthly/check.js";
import { dayWord } from "../../../when.js";
import { t } from "../../../words.js";
import { icon } from "../../parts.js";
import { lightBadge } from "../lights.js";

/** @param {MonthPage} page @param {string} month */
export const monthPicker = (page, month) => html`
  <div class="month-picker" role="group" aria-label=${t("month.month")}>
    <button class="button icon" type="button" aria-label=${t("month.before")} title=${t("month.before")}
      @click=${() => page.go({ month: moved(month, -1), asOf: "" })}>${icon("back")}</button>
    <input class="input" type="month" aria-label=${t("month.month")} .value=${month}
      @change=${(/** @type {any} */ event) => event.target.value && page.go({ month: event.target.value, asOf: "" })} />
    <button class="button icon" type="button" aria-label=${t("month.after")} title=${t("month.after")}
      @click=${() => page.go({ month: moved(month, 1), asOf: "" })}>${icon("next")}</button>
  </div>`;

/** @param {string} month @param {number} by */
export function moved(month, by) {
  const [year = 0, n = 1] = month.split("-").map(Number);
  const at = year * 12 + (n - 1) + by;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
}

const TONES = { draft: "", submitted: "accent", returned: "s2", accepted: "good" };

/** @param {ReportState | null} state */
export const stateBadge = (state) =>
  html`<span class="badge ${state ? TONES[state] : ""}">${t(/** @type {any} */ (`month.state.${state ?? "none"}`))}</span>`;

/** @param {Figures} figures */
export function figureWord({ n, of }) {
  if (n === null && of === null) return t("month.nothing");
  return of === null ? String(n) : t("month.figure", { n: n ?? "–", of });
}

/** @param {MonthPage} page @param {Indicator} indicator */
export function targetLine(page, indicator) {
  const { deadline, says_zh, says_en, number } = indicator.target;
  const says = page.word({ zh: says_zh, en: says_en });
  return html`<span class="tiny soft">${[
    number === null ? says : t("month.target", { says }),
    deadline ? t("month.deadline", { day: dayWord(deadline) }) : "",
    indicator.recurrence === "monthly" ? t("month.monthly") : "",
  ]
    .filter(Boolean)
    .join(" · ")}</span>`;
}

/** @param {MonthPage} page @param {Beside[]} besides */
export const besideList = (page, besides) =>
  besides.length
    ? html`<details class="month-beside">
        <summary>${t("month.besides")} <span class="badge">${besides.length}</span></summary>
        <ul>${besides.map(
          (each) => html`<li>
            <span class="grow"><b>${each.code}</b> ${page.word(each)}
              <span class="tiny soft block">${page.word({ zh: each.says_zh, en: each.says_en })}</span></span>
            <span class="month-figure">${besideFigure(each)}</span>
            ${lightBadge(each.light)}
            ${each.ledger ? html`<a class="tiny" href=${`/campaign/ledgers/${each.ledger}/`}>${t("month.ledger")}</a>` : nothing}
            <a class="tiny" href=${boardAddress(page, each)}>${t("month.rows")}</a>
          </li>`,
        )}</ul>
      </details>`
    : nothing;

/** @param {Beside} each */
function besideFigure(each) {
  if (each.n === null) return "–";
  if (each.places) return t("month.places", { n: each.n, of: each.of ?? 0 });
  const percent =
    isRate(each) && each.of ? ` · ${Math.round((each.n / each.of) * 1000) / 10} %` : "";
  return figureWord(each) + percent;
}

/** @param {MonthPage} page @param {Beside} each */
function boardAddress(page, each) {
  const report = page.report();
  const asked = new URLSearchParams();
  const [day] = [report?.as_of ?? "", report?.last_day ?? ""].sort();
  if (day) asked.set("as_of", day);
  asked.set("indicator", String(each.id));
  const community = report?.whose.kind === "community";
  asked.set("at", community ? String(report?.whose.id) : "all");
  return `/campaign/?${asked}`;
}
