/**
 * The board: how cases are handled, in few numbers, each with its change and its meaning; then by
 * community and by company, in the register's order.
 *
 * @import { Answer } from "../../leading/answers.js"
 * @import { BoardAnswer, BoardFigure, BoardRow, BoardSaid } from "../../leading/types.d.ts"
 */

import { html, nothing } from "lit-html";
import { intervalOf, percent, whole } from "../../leading/told.js";
import { either, t } from "../../words.js";
import { trouble } from "../desk.js";
import { empty, waiting } from "../parts.js";
import { spark } from "./charts.js";

/** Told one by one, in this order; what is late by its step has a line of its own. */
const NAMES = /** @type {const} */ ([
  "handled",
  "on_time",
  "overdue",
  "first_time_fixed",
  "repeat",
  "found_by_residents",
  "found_by_inspectors",
  "inspections",
]);
/** What the trend of a row is of. */
const TREND = "on_time";

/**
 * @param {Answer} answer
 * @param {Answer | null} was the board of the period before, as of its end
 * @param {number} days that the period has
 * @param {() => void} again
 */
export function board({ body, failed, waiting: late }, was, days, again) {
  /** @type {BoardAnswer | null} */
  const told = body;
  if (failed) return trouble(failed, again);
  if (!told) return waiting(8);
  const said = new Map(told.figures.map((each) => [each.slug, each]));
  const before = was && !was.waiting ? (was.body?.totals.figures ?? null) : null;
  return html`
    <div class="board" aria-busy=${late}>
      <dl class="big-numbers board-numbers">
        ${NAMES.map((name) => number(name, said.get(name), told.totals.figures[name], before?.[name] ?? null, days))}
      </dl>
      ${meanings(said)}
      ${bySteps(told.totals.figures.overdue_by_step, said)}
      ${table(t("by.community"), t("board.communities"), told.communities, said)}
      ${table(t("by.company"), t("board.companies"), told.companies, said)}
      <p class="tiny soft">${t("by.order")} ${t("board.fewSays")}</p>
    </div>`;
}

/** @param {Map<string, BoardSaid>} said */
const meanings = (said) => html`
  <details class="section-fold">
    <summary>${t("board.meanings")}</summary>
    <dl class="section meanings">
      ${NAMES.map((name) => {
        const each = said.get(name);
        return each
          ? html`<div><dt>${either(each.title_zh, each.title_en)}</dt><dd>${either(each.says_zh, each.says_en)}</dd></div>`
          : nothing;
      })}
    </dl>
  </details>`;

/**
 * @param {string} name
 * @param {BoardSaid | undefined} said
 * @param {BoardFigure} figure
 * @param {BoardFigure | null} before
 * @param {number} days
 */
function number(name, said, figure, before, days) {
  const { n, of, value } = figure;
  if (!said) return nothing;
  return html`
    <div class="big-number ${name === "overdue" && n ? "danger" : ""}" title=${either(said.says_zh, said.says_en)}>
      <dt>${either(said.title_zh, said.title_en)}</dt>
      <dd>${linked(figure, percent(value))}</dd>
      <dd class="says">${of ? t("board.of", { n: whole(n), of: whole(of) }) : t("board.nothing")}</dd>
      ${before?.value == null || value === null ? nothing : html`<dd class="says change">${t("board.change", { change: points(value - before.value), days })}</dd>`}
    </div>`;
}

/** @param {Record<string, BoardFigure>} steps @param {Map<string, BoardSaid>} said */
function bySteps(steps, said) {
  const late = Object.entries(steps).filter(([, { n }]) => n);
  return html`
    <section class="section">
      <h3>${t("board.late")}</h3>
      ${
        late.length
          ? html`<ul class="overdue-steps">
              ${late.map(([step, figure]) => {
                const word = said.get(`overdue_${step}`);
                return html`<li title=${word ? either(word.says_zh, word.says_en) : ""}>
                  <span>${word ? either(word.title_zh, word.title_en) : step}</span>
                  <b>${linked(figure, whole(figure.n))}</b>
                </li>`;
              })}
            </ul>`
          : html`<p>${t("board.noneLate")}</p>`
      }
    </section>`;
}

/** @param {string} title @param {string} says @param {BoardRow[]} rows @param {Map<string, BoardSaid>} said */
function table(title, says, rows, said) {
  if (!rows.length) return empty({ title: says, text: t("overview.noneSays") });
  const word = (/** @type {string} */ name) => {
    const each = said.get(name);
    return each ? either(each.title_zh, each.title_en) : name;
  };
  return html`
    <section class="section">
      <h3>${says}</h3>
      <div class="scrolling" role="region" tabindex="0" aria-label=${says}>
        <table class="table board-table">
          <thead>
            <tr>
              <th scope="col">${title}</th>
              ${NAMES.map((name) => html`<th scope="col" class="number">${word(name)}</th>`)}
              <th scope="col">${t("board.trend", { figure: word(TREND) })}</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(({ name, name_en, figures, trend }) => {
              const who = either(name, name_en);
              const months = trend.map((month) => month.figures[TREND].value);
              const values = trend.map(({ key }, at) => `${key} ${percent(months[at])}`);
              return html`<tr>
                <th scope="row">${who}</th>
                ${NAMES.map((each) => cell(figures[each]))}
                <td>${spark(months, t("board.trendOf", { name: who, values: values.join(t("list.comma")) }))}</td>
              </tr>`;
            })}
          </tbody>
        </table>
      </div>
    </section>`;
}

/** @param {BoardFigure} figure */
const cell = (figure) => html`
  <td class="number" title=${intervalOf({ low: hundred(figure.low), high: hundred(figure.high) })}>
    ${figure.of ? html`${linked(figure, percent(figure.value))}<br /><small class="soft">${whole(figure.n)}/${whole(figure.of)}</small>` : html`<span class="quiet-number">–</span>`}
  </td>`;

/** Every number opens the rows behind it. @param {BoardFigure} figure @param {string} says */
const linked = ({ rows, of }, says) => (of && rows ? html`<a href=${rows}>${says}</a>` : says);

/** @param {number | null} share */
const hundred = (share) => (share === null ? null : Math.round(share * 1000) / 10);

/** In points of a hundred. @param {number} difference */
const points = (difference) => {
  const rounded = Math.round(difference * 100);
  return `${rounded > 0 ? "+" : rounded < 0 ? "−" : "±"}${Math.abs(rounded)}`;
};
