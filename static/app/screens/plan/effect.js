/**
 * Whether a site helped: what was found near it before it opened and after, beside the others.
 *
 * @import { Reply } from "../../api.js"
 * @import { View, World } from "./work.js"
 * @typedef {{ month: string, inspections: number, per_inspection: number | null,
 *   others_per_inspection: number | null }} Month
 */

import { html, nothing, svg } from "lit-html";
import { t } from "../../words.js";
import { trouble } from "../desk.js";
import { waiting } from "../parts.js";
import { percent, ratio, whole } from "./figures.js";

const OPENED = ["in_use", "retired"];
const [WIDTH, HEIGHT, FOOT] = [320, 96, 16];

/** @param {World} world */
export function openEffect(world) {
  /** @type {any} */
  let told = null;
  /** @type {Reply | null} */
  let failed = null;
  let asked = "";

  /** @param {string} id @param {string} key */
  async function load(id, key) {
    asked = key;
    failed = null;
    const reply = await world.api.ask("GET", `/api/v1/planning/proposals/${id}/effect/`);
    if (asked !== key) return;
    if (reply.outcome === "received") told = reply.body;
    else failed = reply;
    world.show();
  }

  function body() {
    if (failed)
      return trouble(failed, () => {
        asked = "";
        world.show();
      });
    if (!told) return waiting(3);
    const { factor, low, high, sure, near, estates, within_m } = told;
    return html`
      <p><b>${told.says}</b></p>
      ${
        factor === null
          ? nothing
          : html`<p>
              ${t("effect.factor", {
                factor: ratio(factor),
                low: ratio(low),
                high: high === null ? "∞" : ratio(high),
                sure: percent(sure),
              })}
            </p>`
      }
      ${
        near
          ? html`<p class="soft small">
              ${t("effect.counts", {
                metres: whole(within_m),
                before: whole(near.before.findings),
                looked: whole(near.before.inspections),
                after: whole(near.after.findings),
                again: whole(near.after.inspections),
                n: estates,
              })}
            </p>`
          : nothing
      }
      ${months(told.months, told.opened_on)}
      <p class="soft small">${told.caution}</p>`;
  }

  return {
    /** @param {View} view */
    template(view) {
      const base = view.session.get(view.picked)?.base;
      if (!base || !OPENED.includes(base.state)) return nothing;
      const key = `${base.id} ${base.version}`;
      if (asked !== key) {
        told = null;
        load(base.id, key);
      }
      return html`<section class="section">
        <h3>${t("effect.title")}</h3>
        ${body()}
      </section>`;
    },
  };
}

/** Findings per inspection by month, here and elsewhere. @param {Month[]} rows @param {string} opened */
function months(rows, opened) {
  if (rows.length < 2) return nothing;
  const rates = rows.flatMap((row) => [row.per_inspection ?? 0, row.others_per_inspection ?? 0]);
  const most = Math.max(...rates, 0.01);
  const step = WIDTH / rows.length;
  const tall = (/** @type {number | null} */ rate) => ((rate ?? 0) / most) * (HEIGHT - FOOT - 14);
  const at = rows.findIndex(({ month }) => month.slice(0, 7) === opened.slice(0, 7));
  const every = Math.ceil(rows.length / 6);
  return html`
    <svg class="effect-months" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="list" aria-label=${t("effect.months")}>
      ${rows.map(
        (row, n) => svg`<g role="listitem" aria-label=${says(row)}>
          <title>${says(row)}</title>
          ${
            row.per_inspection === null
              ? svg`<rect class="unseen" x=${n * step + step * 0.1} y=${HEIGHT - FOOT - 6} width=${step * 0.4} height="6"></rect>`
              : svg`<rect class="here" x=${n * step + step * 0.1} y=${HEIGHT - FOOT - tall(row.per_inspection)} width=${step * 0.4} height=${tall(row.per_inspection)}></rect>`
          }
          <rect class="there" x=${n * step + step * 0.5} y=${HEIGHT - FOOT - tall(row.others_per_inspection)} width=${step * 0.4} height=${tall(row.others_per_inspection)}></rect>
          ${n % every === 0 ? svg`<text x=${n * step + step * 0.1} y=${HEIGHT - 3}>${row.month.slice(2, 7)}</text>` : nothing}
        </g>`,
      )}
      ${at < 0 ? nothing : svg`<line class="opened" x1=${at * step} x2=${at * step} y1="0" y2=${HEIGHT - FOOT}></line>`}
      <line x1="0" x2=${WIDTH} y1=${HEIGHT - FOOT} y2=${HEIGHT - FOOT}></line>
      <text x="0" y="10">${ratio(most)}</text>
    </svg>
    <p class="soft tiny">${t("effect.monthsSays")}</p>`;
}

/** @param {Month} row */
const says = ({ month, inspections, per_inspection, others_per_inspection }) =>
  t(per_inspection === null ? "effect.monthUnseen" : "effect.month", {
    month: month.slice(0, 7),
    rate: ratio(per_inspection),
    others: ratio(others_per_inspection),
    n: inspections,
  });
