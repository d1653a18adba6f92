/**
 * Figures as bars: over time side by side, else one below the other in the register's order. Each
 * is read by keys and told in words, with its interval and the way to its rows.
 *
 * @import { Figures, Row } from "../../leading/types.d.ts"
 */

import { html, nothing, svg } from "lit-html";
import { intervalOf, madeOf, plain, unitOf } from "../../leading/told.js";
import { either, t } from "../../words.js";

const [WIDE, TALL, FOOT, HEAD] = [380, 120, 16, 14];
/** As wide as a day's name can be. */
const LABEL = 48;

/**
 * @param {Figures} figures by day, week or month
 * @param {{ at: number, look: (at: number) => void, word: (at: number) => string,
 *   short: (at: number) => string, rows: (at: number) => string }} ways `at`: which column is read out, -1 for none
 */
export function columns({ measure, rows }, { at, look, word, short, rows: rowsOf }) {
  if (rows.length < 2) return nothing;
  const most = Math.max(...rows.map(({ value, high }) => Math.max(value ?? 0, high ?? 0)), 0) || 1;
  const step = WIDE / rows.length;
  const y = (/** @type {number} */ value) => TALL - FOOT - (value / most) * (TALL - FOOT - HEAD);
  const every = Math.ceil(rows.length / 6);
  const read = rows[at];
  const highest = rows.reduce(
    (best, { value }, place) => ((value ?? 0) > (rows[best]?.value ?? 0) ? place : best),
    0,
  );
  const says = t("by.columns", {
    title: either(measure.title_zh, measure.title_en),
    n: rows.length,
    most: plain(rows[highest]?.value),
    unit: unitOf(measure),
    when: word(highest),
    keys: t("by.keys"),
  });
  /** @param {KeyboardEvent} event */
  const keys = (event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!way) return;
    event.preventDefault();
    look(
      Math.min(rows.length - 1, Math.max(0, at < 0 ? (way > 0 ? 0 : rows.length - 1) : at + way)),
    );
  };
  return html`
    <div class="columns" tabindex="0" role="group" aria-label=${says} @keydown=${keys}>
      <svg viewBox="0 0 ${WIDE} ${TALL}" aria-hidden="true">
        ${rows.map((row, place) => {
          const x = place * step;
          const shown = row.value ?? 0;
          return svg`<g class=${place === at ? "now" : ""} @click=${() => look(place)}>
            <rect class="reach" x=${x} y="0" width=${step} height=${TALL - FOOT}></rect>
            <rect class="column" x=${x + step * 0.14} y=${y(shown)} width=${step * 0.72} height=${TALL - FOOT - y(shown)}></rect>
            ${whisker(row, x + step / 2, y)}
            ${place % every === 0 && x + LABEL <= WIDE ? svg`<text x=${x + step * 0.14} y=${TALL - 4}>${short(place)}</text>` : nothing}
          </g>`;
        })}
        <line x1="0" x2=${WIDE} y1=${TALL - FOOT} y2=${TALL - FOOT}></line>
        <text x="0" y="11">${plain(most)} ${unitOf(measure)}</text>
      </svg>
      <p class="read-out tiny" aria-live="polite">${read ? said(read, word(at), measure, rowsOf(at)) : html`<span class="soft">${t("by.keys")}</span>`}</p>
    </div>`;
}

/** Only of rates: a count is what it is. @param {Row} row @param {number} x @param {(value: number) => number} y */
const whisker = ({ of, low, high }, x, y) =>
  of === null || low === null || high === null
    ? nothing
    : svg`<line class="whisker" x1=${x} x2=${x} y1=${y(low)} y2=${y(high)}></line>`;

/**
 * @param {Figures} figures by anything but time
 * @param {{ narrow: (key: string) => void, rows: (key: string | number | null) => string }} ways
 */
export function bars({ measure, rows }, { narrow, rows: rowsOf }) {
  const most = Math.max(...rows.map(({ value }) => value ?? 0), 0) || 1;
  const unit = unitOf(measure);
  return html`
    <ul class="bars">
      ${rows.map((row) => {
        const name = either(row.name, row.name_en);
        const value = plain(row.value);
        return html`<li>
          ${row.key !== null ? html`<button class="link" type="button" title=${t("by.narrow", { name })} @click=${() => narrow(String(row.key))}>${name}</button>` : html`<span>${name}</span>`}
          <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="column" x="0" y="1" width=${((row.value ?? 0) / most) * 100} height="8"></rect>
          </svg>
          <span class="number" title=${[madeOf(measure.slug, row), intervalOf(row)].filter(Boolean).join(" · ")}>
            ${row.value === null ? html`<span class="quiet-number">${t("places.notLooked")}</span>` : html`<a href=${rowsOf(row.key)}>${value}</a>`}<span class="spoken"> ${unit}</span>
          </span>
        </li>`;
      })}
    </ul>
    <p class="tiny soft">${t("by.order")}</p>`;
}

/** @param {Row} row @param {string} name @param {Figures["measure"]} measure @param {string} link */
function said(row, name, measure, link) {
  if (row.value === null) return t("by.notLooked", { name });
  const more = [madeOf(measure.slug, row), row.of === null ? "" : intervalOf(row)].filter(Boolean);
  return html`${t("by.bar", { name, value: plain(row.value), unit: unitOf(measure) })}
    ${more.map((each) => html` · ${each}`)}
    · <a href=${link}>${t("card.rows")}</a>`;
}

/**
 * A trend in the width of a few words, told in words too.
 *
 * @param {(number | null)[]} values
 * @param {string} says
 */
export function spark(values, says) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return html`<span class="quiet-number">–</span>`;
  const most = Math.max(...known) || 1;
  const [width, height] = [72, 20];
  const x = (/** @type {number} */ at) => 2 + (at / (values.length - 1)) * (width - 4);
  const y = (/** @type {number} */ value) => height - 3 - (value / most) * (height - 6);
  const dots = values.flatMap((value, at) => (value === null ? [] : [`${x(at)},${y(value)}`]));
  const [endX = 0, endY = 0] = (dots.at(-1) ?? "").split(",").map(Number);
  return html`<svg class="spark" viewBox="0 0 ${width} ${height}" role="img" aria-label=${says}>
    <polyline points=${dots.join(" ")}></polyline>
    <circle cx=${endX} cy=${endY} r="2"></circle>
  </svg>`;
}
