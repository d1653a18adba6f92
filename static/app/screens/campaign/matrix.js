/**
 * Actions by communities: a light in every cell, and an action opened to its indicators. Arrow keys
 * go from cell to cell; on a phone it is a list of one column.
 *
 * @import { Action, BoardIndicator, Cell, Community } from "../../lights/types.d.ts"
 * @import { Column } from "../../lights/cells.js"
 * @import { BoardPage } from "./board.js"
 */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { cellIn, leads, worstOf } from "../../lights/cells.js";
import { dayWord } from "../../when.js";
import { either, t } from "../../words.js";
import { cellWord, expectedWord, lightMark, lightWord, numberWord } from "./lights.js";

/** @param {Community | null} community */
export const placeWord = (community) =>
  community ? either(community.name, community.name_en) : t("campaign.whole");

/** Over a column: what all of them end with is left out. @param {Community | null} community */
const shortWord = (community) => placeWord(community).replace(/ Community$|社区$/, "");

/** @param {BoardPage} page @param {Action[]} actions @param {Column[]} columns */
export function matrix(page, actions, columns) {
  return html`
    <div class="lights-frame" role="region" tabindex="0" aria-label=${t("campaign.tab.board")}>
      <table class="lights-table" @keydown=${move}>
        <caption class="spoken">${t("campaign.title")}</caption>
        <thead>
          <tr>
            <th class="what" scope="col">${t("campaign.action")}</th>
            ${columns.map(({ community }) => html`<th scope="col" class=${community ? "community" : "whole"}><span title=${placeWord(community)}>${shortWord(community)}</span></th>`)}
          </tr>
        </thead>
        ${repeat(
          actions,
          ({ code }) => code,
          (action) => group(page, action, columns),
        )}
      </table>
    </div>`;
}

/** @param {BoardPage} page @param {Action} action @param {Column[]} columns */
function group(page, action, columns) {
  const open = page.isOpen(action.code);
  return html`<tbody>
    <tr class="action">
      <th class="what" scope="row">${toggle(page, action, open)}</th>
      ${columns.map((column) => {
        const cell = cellIn(action, column.community);
        return html`<td class=${column.community ? "" : "whole"}>${cell ? actionCell(page, action, column, cell) : blank()}</td>`;
      })}
    </tr>
    ${open ? action.indicators.map((each) => indicatorRow(page, each, columns)) : nothing}
  </tbody>`;
}

/** @param {BoardPage} page @param {Action} action @param {boolean} open */
export const toggle = (page, action, open) => html`
  <button class="action-toggle" type="button" aria-expanded=${open} @click=${() => page.toggle(action.code)}>
    <span class="code">${action.code}</span>
    <span>${either(action.zh, action.en)}${page.view.unit && leads(action, page.view.unit) ? html` <b class="badge accent">${t("campaign.leads")}</b>` : nothing}</span>
  </button>`;

/** Opens what stands worst in it. @param {BoardPage} page @param {Action} action @param {Column} column @param {Cell} cell */
function actionCell(page, action, column, cell) {
  const worst = worstOf(action, column.community);
  return button(page, `${action.code}/${column.key}`, cell, action, column, () =>
    worst ? page.pick(worst, column.key, action.code) : undefined,
  );
}

/** @param {BoardPage} page @param {BoardIndicator} indicator @param {Column[]} columns */
const indicatorRow = (page, indicator, columns) => html`
  <tr class="indicator">
    <th class="what" scope="row"><span class="code">${indicator.code}</span> ${either(indicator.zh, indicator.en)}
      <small class="soft">${askedWord(indicator)}</small></th>
    ${columns.map((column) => {
      const cell = cellIn(indicator, column.community);
      if (!cell) return html`<td class=${column.community ? "" : "whole"}>${blank()}</td>`;
      return html`<td class=${column.community ? "" : "whole"}>${button(page, `${indicator.id}/${column.key}`, cell, indicator, column, () => page.pick(indicator, column.key))}</td>`;
    })}
  </tr>`;

/** @param {BoardIndicator} indicator */
export const askedWord = ({ target, recurrence }) =>
  [
    either(target.says_zh, target.says_en),
    target.deadline && t("campaign.rows.deadline", { day: dayWord(target.deadline) }),
    recurrence && t(/** @type {any} */ (`campaign.rows.recurs.${recurrence}`)),
  ]
    .filter(Boolean)
    .join(" · ");

/**
 * @param {BoardPage} page
 * @param {string} key
 * @param {Cell} cell
 * @param {Action | BoardIndicator} row
 * @param {Column} column
 * @param {() => void} onPick
 */
const button = (page, key, cell, row, column, onPick) => html`
  <button
    class="light-cell"
    type="button"
    data-key=${key}
    data-light=${cell.light ?? "none"}
    tabindex=${page.isCursor(key) ? 0 : -1}
    aria-pressed=${page.isPicked(key)}
    title=${cellWord(either(row.zh, row.en), placeWord(column.community), cell)}
    @focus=${() => page.setCursor(key)}
    @click=${onPick}
  ><span class="spoken">${either(row.zh, row.en)}, ${placeWord(column.community)}:</span>
    ${lightMark(cell.light)} <span>${lightWord(cell.light)}</span> <small>${numberWord(cell)}${cell.expected ? html`<br>${expectedWord(cell.expected)}` : nothing}</small>
    ${cell.late_since ? html`<span class="spoken">${t("campaign.since", { day: dayWord(cell.late_since) })}</span>` : nothing}</button>`;

const blank = () => html`<span class="light-blank" aria-hidden="true">·</span>`;

const STEPS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
});

/** To the next cell that has a light in that direction. @param {KeyboardEvent} event */
function move(event) {
  const step = STEPS[event.key];
  const cell = /** @type {HTMLElement} */ (event.target).closest("td");
  if (!step || !cell) return;
  const table = /** @type {HTMLTableElement} */ (event.currentTarget);
  const row = /** @type {HTMLTableRowElement} */ (cell.parentElement);
  let [down, right] = [row.rowIndex + step[0], cell.cellIndex + step[1]];
  while (table.rows[down]?.cells[right]) {
    const found = table.rows[down]?.cells[right]?.querySelector("button.light-cell");
    if (found instanceof HTMLElement) {
      event.preventDefault();
      found.focus();
      found.scrollIntoView({ block: "nearest", inline: "nearest" });
      return;
    }
    down += step[0];
    right += step[1];
  }
}

/** On a phone: one column, action by action. @param {BoardPage} page @param {Action[]} actions @param {Column} column */
export const list = (page, actions, column) => html`
  <ul class="lights-list">
    ${repeat(
      actions,
      ({ code }) => code,
      (action) => {
        const open = page.isOpen(action.code);
        const cell = cellIn(action, column.community);
        return html`<li>
          <div class="action">
            ${toggle(page, action, open)}
            ${cell ? html`<span class="light-word">${lightMark(cell.light)}${lightWord(cell.light)}<small>${t("campaign.ofDone", { n: cell.n ?? 0, of: cell.of ?? 0 })}</small></span>` : nothing}
          </div>
          ${
            open
              ? html`<ul>
                  ${action.indicators.map((indicator) => {
                    const each = cellIn(indicator, column.community);
                    const says = html`<span><span class="code">${indicator.code}</span> ${either(indicator.zh, indicator.en)}<small class="soft">${askedWord(indicator)}</small></span>`;
                    return each
                      ? html`<li><button class="light-line" type="button" data-light=${each.light ?? "none"} @click=${() => page.pick(indicator, column.key)}>
                          ${says}<span class="light-word">${lightMark(each.light)}${lightWord(each.light)}<small>${numberWord(each)}${each.expected ? ` · ${expectedWord(each.expected)}` : nothing}</small></span>
                        </button></li>`
                      : html`<li class="light-line">${says}<span class="soft">–</span></li>`;
                  })}
                </ul>`
              : nothing
          }
        </li>`;
      },
    )}
  </ul>`;
