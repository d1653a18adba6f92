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
import { lightBadge } from "../lights.js";

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
  if (page.where().programme) asked.set("programme", page.where().programme);
  asked.set("indicator", String(each.id));
  const community = report?.whose.kind === "community";
  asked.set("at", community ? String(report?.whose.id) : "all");
  return `/campaign/?${asked}`;
}
