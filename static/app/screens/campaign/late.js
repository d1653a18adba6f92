/**
 * What is late, whose, and since when; and what falls due this month.
 *
 * @import { Action, BoardIndicator, Board, Community } from "../../lights/types.d.ts"
 * @import { BoardPage } from "./board.js"
 */

import { html, nothing } from "lit-html";
import { dayNumber } from "../../leading/view.js";
import { dutiesOf, lateOf } from "../../lights/cells.js";
import { dayWord } from "../../when.js";
import { either, t } from "../../words.js";
import { empty } from "../parts.js";
import { lightBadge, numberWord } from "./lights.js";
import { askedWord, placeWord } from "./matrix.js";

/** @param {BoardPage} page @param {Board} board */
export function lateList(page, board) {
  const late = lateOf(board, page.view);
  if (!late.length) return empty({ title: t("campaign.nothingLate") });
  return html`
    <p class="soft small" role="status">${t("campaign.late.count", { n: late.length })}</p>
    <table class="table late-table">
      <caption class="spoken">${t("campaign.tab.late")}</caption>
      <thead><tr>
        <th scope="col">${t("campaign.late.since")}</th>
        <th scope="col">${t("campaign.late.whose")}</th>
        <th scope="col">${t("campaign.late.what")}</th>
        <th scope="col">${t("campaign.late.asked")}</th>
        <th scope="col" class="number">${t("campaign.late.number")}</th>
      </tr></thead>
      <tbody>
        ${late.map(
          ({ action, indicator, community, cell, since }) => html`<tr>
            <td><time datetime=${since}>${dayWord(since)}</time>
              <div class="tiny soft">${t("campaign.days", { n: dayNumber(board.as_of) - dayNumber(since) + 1 })}</div></td>
            <td>${whose(action, community)}</td>
            <th scope="row">${opens(page, indicator, community)}</th>
            <td class="small">${askedWord(indicator)}</td>
            <td class="number">${numberWord(cell) || "–"}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
}

/** @param {BoardPage} page @param {Board} board */
export function dutyList(page, board) {
  const duties = dutiesOf(board, page.view);
  if (!duties.length) return empty({ title: t("campaign.nothingDue") });
  return html`
    <p class="soft small">${t("campaign.duties.says")}</p>
    <table class="table late-table">
      <caption class="spoken">${t("campaign.tab.duties")}</caption>
      <thead><tr>
        <th scope="col">${t("campaign.duties.due")}</th>
        <th scope="col">${t("campaign.rows.light")}</th>
        <th scope="col">${t("campaign.late.what")}</th>
        <th scope="col">${t("campaign.late.whose")}</th>
        <th scope="col" class="number">${t("campaign.late.number")}</th>
      </tr></thead>
      <tbody>
        ${duties.map(
          ({ action, indicator, community, cell, due, monthly }) => html`<tr>
            <td><time datetime=${due}>${dayWord(due)}</time>${monthly ? html`<div class="tiny soft">${t("campaign.monthly")}</div>` : nothing}</td>
            <td>${lightBadge(cell.light)}</td>
            <th scope="row">${opens(page, indicator, community)}</th>
            <td>${whose(action, community)}</td>
            <td class="number">${numberWord(cell) || "–"}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
}

/** @param {BoardPage} page @param {BoardIndicator} indicator @param {Community | null} community */
const opens = (page, indicator, community) => html`
  <button class="link" type="button" @click=${() => page.pick(indicator, community ? String(community.id) : "all")}>
    <span class="code">${indicator.code}</span> ${either(indicator.zh, indicator.en)}
  </button>`;

/** @param {Action} action @param {Community | null} community */
function whose(action, community) {
  const leading = action.responsible.filter(({ part }) => part === "lead");
  const units = leading.map(({ named }) => named).join(t("list.comma"));
  return html`${community ? html`${placeWord(community)}<div class="tiny soft">${t("campaign.late.lead", { units })}</div>` : units}`;
}
