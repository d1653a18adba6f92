/**
 * The list of cases: tabs with their counts, and a table that is a stack of cards on a phone.
 *
 * @import { CaseCounts, CaseFeature, PublishedKind } from "../../types.d.ts"
 * @import { CaseFilters, Tab } from "../../case_filters.js"
 * @import { Clock } from "./pieces.js"
 */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { TABS } from "../../case_filters.js";
import { t } from "../../words.js";
import { severityBadge } from "../parts.js";
import { dueOf, handlerName, placeName, stateBadge, titleOf } from "./pieces.js";

/** @param {{ tab: Tab, counts: CaseCounts | null, go: (tab: Tab) => void }} of */
export const tabs = ({ tab, counts, go }) => html`
  <nav class="tabs" aria-label=${t("cases.tab")}>
    ${TABS.map(
      (each) => html`<button
        class="tab"
        type="button"
        aria-current=${each === tab ? "true" : "false"}
        @click=${() => go(each)}
      >
        ${t(/** @type {any} */ (`cases.tab.${each}`))}${
          counts ? countOf(counts[each], LATE.includes(each)) : nothing
        }
      </button>`,
    )}
    ${
      counts && counts.escalations !== null
        ? html`<a class="tab" href="/papers/#/due">
            ${t("cases.tab.escalations")}${countOf(counts.escalations, false)}
          </a>`
        : nothing
    }
  </nav>`;

/** Whose time is over. @type {Tab[]} */
const LATE = ["overdue", "lapsed"];

/** @param {number} n @param {boolean} late */
const countOf = (n, late) => html`<span class="count ${late && n ? "late" : ""}">${n}</span>`;

/**
 * @param {{ rows: CaseFeature[], chosen: Set<string>, current: string | null, clock: Clock,
 *   kinds: PublishedKind[],
 *   choose: (id: string, reach: boolean) => void, chooseAll: () => void,
 *   at: (id: string) => void, point: (id: string | null) => void }} of `at`: the focus is there;
 *   `point`: the pointer is
 */
export const caseTable = ({
  rows,
  chosen,
  current,
  clock,
  choose,
  chooseAll,
  at,
  point,
  kinds,
}) => html`
  <table class="table case-table">
    <caption class="spoken">${t("cases.title")}</caption>
    <thead>
      <tr>
        <th scope="col" class="choosing">
          <input
            type="checkbox"
            aria-label=${t("cases.chooseAll")}
            .checked=${rows.length > 0 && rows.every(({ id }) => chosen.has(id))}
            .indeterminate=${chosen.size > 0 && !rows.every(({ id }) => chosen.has(id))}
            @change=${chooseAll}
          />
        </th>
        <th scope="col">${t("cases.matter")}</th>
        <th scope="col">${t("cases.state")}</th>
        <th scope="col">${t("cases.handler")}</th>
        <th scope="col">${t("cases.due")}</th>
      </tr>
    </thead>
    <tbody>
      ${repeat(
        rows,
        ({ id }) => id,
        ({ id, properties: row }) => html`
          <tr
            class=${row.ended_at ? "ended" : ""}
            data-case=${id}
            aria-current=${id === current ? "true" : "false"}
            @pointerenter=${() => point(id)}
            @pointerleave=${() => point(null)}
          >
            <td class="choosing">
              <input
                type="checkbox"
                aria-label=${t("cases.choose", { number: row.number })}
                .checked=${chosen.has(id)}
                @click=${(/** @type {MouseEvent} */ event) => choose(id, event.shiftKey)}
              />
            </td>
            <th scope="row" class="matter">
              <a href="#/${id}" @focus=${() => at(id)}>${titleOf(row, kinds)}</a>
              <div class="case-signs tiny soft">
                ${severityBadge(row.severity)}
                <span class="once">${t("cases.number", { n: row.number })}</span>
                <span>${placeName(row)}</span>
                ${row.simple ? html`<span class="badge">${t("cases.simple")}</span>` : nothing}
                ${
                  row.undecided
                    ? html`<span class="badge accent">${t("cases.proposals", { n: row.undecided })}</span>`
                    : nothing
                }
                ${
                  row.reopened
                    ? html`<span class="badge">${t("cases.reopenedTimes", { n: row.reopened })}</span>`
                    : nothing
                }
              </div>
            </th>
            <td>${stateBadge(row.state)}</td>
            <td class="small">
              ${handlerName(row.handler)}
              ${row.handler?.person_name ? html`<div class="tiny soft">${row.handler.person_name}</div>` : nothing}
            </td>
            <td class="small dues">${dueOf(row, clock)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
