/** The figures beside the map: few, each with its meaning. */

import { html, nothing, svg } from "lit-html";
import { either, spoken, t } from "../../words.js";
import { empty, time } from "../parts.js";

/** @param {any} figures @param {() => void} widen */
export function numbers({ total, open, worst }, widen) {
  if (!total)
    return empty({
      title: t("overview.none"),
      text: t("overview.noneSays"),
      act: t("overview.all"),
      onAct: widen,
    });
  return html`
    <dl class="big-numbers">
      ${number(t("overview.found"), total, t("overview.foundSays"))}
      ${number(t("overview.open"), open, t("overview.openSays", { share: percent(open / total) }))}
      ${number(t("overview.danger"), worst, t("overview.dangerSays"), worst > 0)}
    </dl>`;
}

/**
 * How cases stand: what is open and overdue is of now, what was closed of the period.
 *
 * @param {{ open: number, overdue: number, late: number, closed: number, on_time: number }} cases
 * @param {string} query what narrows the list alike
 */
export function casesNow({ open, overdue, late, closed, on_time }, query) {
  if (!open && !closed) return nothing;
  return html`
    <section class="section">
      <h3>${t("overview.cases")}</h3>
      <dl class="big-numbers">
        ${number(list(query, "open", t("overview.casesOpen")), open, t("overview.casesOpenSays"))}
        ${number(list(query, "overdue", t("overview.overdue")), overdue, t("overview.lateSays", { n: whole(late) }), overdue > 0)}
        ${number(t("overview.onTime"), closed ? percent(on_time / closed) : "–", closed ? t("overview.onTimeSays", { n: whole(closed), on_time: whole(on_time) }) : t("overview.noneClosed"))}
      </dl>
    </section>`;
}

/** @param {string} query @param {string} status @param {string} says */
const list = (query, status, says) =>
  html`<a href=${`/cases/?${[query, `status=${status}`].filter(Boolean).join("&")}`}>${says}</a>`;

/**
 * Findings by month as bars, each told in words too.
 * @param {{ month: string, n: number }[]} rows
 */
export function months(rows) {
  if (rows.length < 2) return nothing;
  const most = Math.max(...rows.map(({ n }) => n), 1);
  const [width, height, foot] = [360, 96, 16];
  const step = width / rows.length;
  const every = Math.ceil(rows.length / 8);
  return html`
    <section class="section">
      <h3>${t("overview.months")}</h3>
      <svg class="months" viewBox="0 0 ${width} ${height}" role="list" aria-label=${t("overview.months")}>
        ${rows.map(({ month, n }, at) => {
          const tall = (n / most) * (height - foot - 14);
          return svg`<g role="listitem" aria-label=${t("overview.month", { month, n })}>
            <title>${t("overview.month", { month, n })}</title>
            <rect x=${at * step + step * 0.12} y=${height - foot - tall} width=${step * 0.76} height=${tall} rx="1"></rect>
            ${at % every === 0 ? svg`<text x=${at * step + step * 0.12} y=${height - 4}>${shortMonth(month, at === 0)}</text>` : nothing}
          </g>`;
        })}
        <line x1="0" x2=${width} y1=${height - foot} y2=${height - foot}></line>
        <text x="0" y="11">${whole(most)}</text>
      </svg>
    </section>`;
}

/** @param {any[]} rows */
export function communities(rows) {
  const kept = rows.filter(({ provisional, estates }) => !provisional || estates > 0);
  return html`
    <section class="section">
      <h3>${t("overview.communities")}</h3>
      <p>${t("overview.communitiesSays")}</p>
      <div class="scrolling" role="region" tabindex="0" aria-label=${t("overview.communities")}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">${t("overview.community")}</th>
              <th scope="col" class="number">${t("overview.found")}</th>
              <th scope="col" class="number">${t("overview.open")}</th>
              <th scope="col" class="number">${t("overview.inspections")}</th>
              <th scope="col" class="number">${t("overview.rate")}</th>
              <th scope="col" class="number">${t("overview.overdue")}</th>
              <th scope="col" class="number">${t("overview.onTime")}</th>
            </tr>
          </thead>
          <tbody>
            ${kept.map(
              ({ name, name_en, n, open, inspections, cases }) => html`
                <tr>
                  <th scope="row">${either(name, name_en)}</th>
                  <td class="number">${whole(n)}</td>
                  <td class="number">${whole(open)}</td>
                  <td class="number">${inspections ? whole(inspections) : html`<span class="quiet-number">${t("overview.notLooked")}</span>`}</td>
                  <td class="number">${inspections ? (n / inspections).toFixed(2) : "–"}</td>
                  <td class="number">${cases.overdue ? whole(cases.overdue) : html`<span class="quiet-number">0</span>`}</td>
                  <td class="number">${cases.closed ? percent(cases.on_time / cases.closed) : "–"}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
}

/**
 * @param {any[]} rows
 * @param {number | null} shown
 * @param {(estate: number) => void} show
 */
export function targets(rows, shown, show) {
  const year = rows[0]?.target_year;
  return html`
    <section class="section">
      <h3>${t("overview.targets")}</h3>
      ${
        rows.length
          ? html`<p>${t("overview.targetsSays", { year, n: rows.length })}</p>
            <div class="scrolling" role="region" tabindex="0" aria-label=${t("overview.targets")}>
              <table class="table">
                <thead>
                  <tr>
                    <th scope="col">${t("overview.target")}</th>
                    <th scope="col" class="number">${t("overview.open")}</th>
                    <th scope="col" class="number">${t("overview.severe")}</th>
                    <th scope="col">${t("overview.last")}</th>
                  </tr>
                </thead>
                <tbody>
                  ${rows.map((row) => target(row, row.estate === shown, show))}
                </tbody>
              </table>
            </div>`
          : empty({ title: t("overview.noTargets"), text: t("overview.noTargetsSays") })
      }
    </section>`;
}

/** @param {any} row @param {boolean} shown @param {(estate: number) => void} show */
const target = (row, shown, show) => html`
  <tr aria-current=${shown}>
    <th scope="row">
      <button
        class="button quiet"
        type="button"
        title=${t("overview.show", { name: row.name })}
        @click=${() => show(row.estate)}
      >
        ${row.name}
      </button>
      <div class="soft tiny">${row.community_name}</div>
    </th>
    <td class="number">${whole(row.open)}</td>
    <td class="number">
      ${row.open_severe ? html`<span class="badge s1"><i class="mark s1"></i>${whole(row.open_severe)}</span>` : html`<span class="quiet-number">0</span>`}
    </td>
    <td>${row.last_inspected ? time(row.last_inspected) : html`<span class="quiet-number">${t("overview.never")}</span>`}</td>
  </tr>`;

/**
 * @param {unknown} says
 * @param {number | string} value
 * @param {string} meaning
 * @param {boolean} [danger]
 */
const number = (says, value, meaning, danger = false) => html`
  <div class="big-number ${danger ? "danger" : ""}">
    <dt>${says}</dt>
    <dd>${typeof value === "number" ? whole(value) : value}</dd>
    <dd class="says">${meaning}</dd>
  </div>`;

/** @param {number} value */
const whole = (value) => new Intl.NumberFormat(spoken()).format(value);

/** @param {number} share */
const percent = (share) =>
  new Intl.NumberFormat(spoken(), { style: "percent", maximumFractionDigits: 0 }).format(share);

/** @param {string} month as 2024-11 @param {boolean} first */
function shortMonth(month, first) {
  const [year = "", number = ""] = month.split("-");
  const name = String(Number(number));
  return first || name === "1" ? `${year.slice(2)}-${name}` : name;
}
