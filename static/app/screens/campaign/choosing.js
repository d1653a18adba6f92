/**
 * Of which day, programme, unit and community the board is; and whether it is still so.
 *
 * @import { Board } from "../../lights/types.d.ts"
 * @import { BoardPage } from "./board.js"
 */

import { html, nothing } from "lit-html";
import { today } from "../../days.js";
import { later } from "../../leading/view.js";
import { lateOf, unitsOf } from "../../lights/cells.js";
import { TABS, tableAt } from "../../lights/view.js";
import { dayWord } from "../../when.js";
import { either, t } from "../../words.js";
import { icon } from "../parts.js";

/** @param {BoardPage} page @param {Board | null} board */
export function head(page, board) {
  const { as_of } = page.view;
  const day = as_of || today();
  const state = page.state();
  /** @param {string} to */
  const go = (to) => page.narrow({ as_of: to >= today() ? "" : to });
  return html`
    <div class="board-head">
      <h2>${board ? either(board.programme.zh, board.programme.en) : t("campaign.title")}
        ${board ? html`<small class="soft">${board.programme.code}</small>` : nothing}</h2>
      <div class="as-of no-print" role="group" aria-label=${t("campaign.asOf")}>
        <button class="button icon" type="button" title=${t("campaign.earlier")} aria-label=${t("campaign.earlier")} @click=${() => go(later(day, -1))}>${icon("back")}</button>
        <label><span>${t("campaign.asOf")}</span>
          <input class="input" type="date" max=${today()} .value=${day} @change=${(/** @type {any} */ event) => event.target.value && go(event.target.value)} /></label>
        <button class="button icon" type="button" title=${t("campaign.later")} aria-label=${t("campaign.later")} ?disabled=${!as_of} @click=${() => go(later(day, 1))}>${icon("next")}</button>
        ${as_of ? html`<button class="button" type="button" @click=${() => go(today())}>${t("campaign.today")}</button>` : nothing}
      </div>
      <p class="fresh tiny soft" role="status" data-state=${state}>${state === "fresh" ? (page.news() ? t("campaign.news", { time: page.news() }) : t("campaign.fresh")) : t(`campaign.${state}`)}</p>
    </div>
    ${board && as_of ? html`<p class="board-past small">${t("campaign.past", { when: dayWord(as_of) })}</p>` : nothing}`;
}

/** @param {BoardPage} page @param {Board} board */
export function choosing(page, board) {
  const { view } = page;
  const units = unitsOf(board);
  const unit = units.find(([id]) => String(id) === view.unit)?.[1];
  const late = lateOf(board, view).length;
  return html`
    <div class="board-choosing no-print">
      <div class="choices" role="group" aria-label=${t("campaign.tabs")}>
        ${TABS.map((tab) => html`<button class="button" type="button" aria-pressed=${view.tab === tab} @click=${() => page.narrow({ tab })}>${t(`campaign.tab.${tab}`)}${tab === "late" && late ? html` <b class="badge s1">${late}</b>` : nothing}</button>`)}
      </div>
      ${
        board.programmes.length > 1
          ? select(
              t("campaign.programme"),
              board.programme.code,
              board.programmes.map(({ code, year, zh, en }) => [code, `${year} ${either(zh, en)}`]),
              (programme) => page.narrow({ programme, actions: [], indicator: "", at: "" }),
            )
          : nothing
      }
      ${
        units.length
          ? select(
              t("campaign.unit"),
              view.unit,
              [
                ["", t("campaign.everyUnit")],
                ...units.map(([id, name]) => /** @type {[string, string]} */ ([String(id), name])),
              ],
              (chosen) => page.narrow({ unit: chosen }),
            )
          : nothing
      }
      ${
        board.communities.length > 1
          ? select(
              t("campaign.community"),
              view.community,
              [
                ["", t("campaign.everyCommunity")],
                ...board.communities.map(
                  ({ id, name, name_en }) =>
                    /** @type {[string, string]} */ ([String(id), either(name, name_en)]),
                ),
              ],
              (community) => page.narrow({ community }),
            )
          : nothing
      }
      ${
        view.tab === "board"
          ? html`${select(
              t("campaign.sort"),
              view.sort,
              [
                ["", t("campaign.sort.notice")],
                ["worst", t("campaign.sort.worst")],
              ],
              (sort) => page.narrow({ sort }),
            )}
            <button class="button" type="button" aria-pressed=${view.late} @click=${() => page.narrow({ late: !view.late })}>${t("campaign.lateOnly")}</button>`
          : nothing
      }
      <span class="row wide-only">
        <button class="button" type="button" @click=${() => print()}>${icon("print")}${t("campaign.print")}</button>
        ${["xlsx", "csv"].map((format) => html`<a class="button" download href=${tableAt(view, format)}>${icon("download")}${format.toUpperCase()}</a>`)}
      </span>
    </div>
    ${unit ? html`<p class="small soft">${t("campaign.unitSays", { unit })}</p>` : nothing}`;
}

/** @param {string} says @param {string} value @param {[string, string][]} options @param {(value: string) => void} onChange */
const select = (says, value, options, onChange) => html`
  <label class="choose"><span class="tiny soft">${says}</span>
    <select class="input" .value=${value} @change=${(/** @type {any} */ event) => onChange(event.target.value)}>
      ${options.map(([key, name]) => html`<option value=${key} ?selected=${key === value}>${name}</option>`)}
    </select></label>`;
