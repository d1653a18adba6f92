/**
 * The reports of a month: which are in, which lack, which are late.
 *
 * @import { Line, Listing } from "../../../monthly/types.d.ts"
 * @import { MonthPage } from "./month.js"
 */

import { html, nothing } from "lit-html";
import { dayWord } from "../../../when.js";
import { t } from "../../../words.js";
import { empty, time } from "../../parts.js";
import { monthPicker } from "../month_picker.js";
import { stateBadge } from "./pieces.js";

/** @param {MonthPage} page @param {Listing} listing */
export function listScreen(page, listing) {
  const mine = new Set(listing.mine.map(({ kind, id }) => `${kind} ${id}`));
  return html`
    <div class="month-head">
      <h2>${t("month.title")}</h2>
      ${monthPicker(page.where().month, page.goToMonth)}
      <span class="soft small">${t("month.due", { day: dayWord(listing.due_on) })}</span>
    </div>
    ${
      listing.reports.length
        ? html`<div class="month-scroll" tabindex="0" role="region" aria-label=${t("month.all")}><table class="table month-list">
            <caption class="spoken">${t("month.all")}</caption>
            <thead><tr>
              <th scope="col">${t("month.who")}</th>
              <th scope="col">${t("month.state")}</th>
              <th scope="col" class="number">${t("month.told")}</th>
              <th scope="col">${t("month.last")}</th>
              <th scope="col"><span class="spoken">${t("month.look")}</span></th>
            </tr></thead>
            <tbody>${listing.reports.map((line) => row(page, line, mine))}</tbody>
          </table></div>`
        : empty({ title: t("month.nobody") })
    }`;
}

/** @param {MonthPage} page @param {Line} line @param {Set<string>} mine */
function row(page, line, mine) {
  const { kind, id } = line;
  const own = mine.has(`${kind} ${id}`);
  return html`<tr>
    <th scope="row"><a href=${page.addressOf({ kind, id })} @click=${follow(page, { kind, id })}>${page.word(line)}</a>
      ${own ? html`<div class="tiny soft">${t("month.mine")}</div>` : nothing}</th>
    <td>${stateBadge(line.state)}
      ${line.late_since ? html`<div class="tiny late">${t("month.late", { day: dayWord(line.late_since) })}</div>` : nothing}
      ${line.came_on ? html`<div class="tiny soft">${t("month.came", { day: dayWord(line.came_on) })}</div>` : nothing}</td>
    <td class="number">${line.owed ? t("month.toldOf", { n: line.told, of: line.owed }) : html`<span class="soft">${t("month.nothingOwed")}</span>`}</td>
    <td>${
      line.last
        ? html`${t(/** @type {any} */ (`month.step.${line.last.step}`))} · ${line.last.by_name} · ${time(line.last.at)}
            ${line.last.reason ? html`<div class="tiny soft">${line.last.reason}</div>` : nothing}`
        : nothing
    }</td>
    <td><a class="button quiet" href=${page.addressOf({ kind, id })} @click=${follow(page, { kind, id })}
      aria-label=${`${own ? t("month.open") : t("month.look")} ${page.word(line)}`}>${own ? t("month.open") : t("month.look")}</a></td>
  </tr>`;
}

/** @param {MonthPage} page @param {any} change */
const follow = (page, change) => (/** @type {MouseEvent} */ event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  page.go(change);
};
