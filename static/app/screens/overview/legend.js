/**
 * What the shades mean: in units, from a scale that stays as it is.
 *
 * @import { Heat, Hexagons, Measure } from "../../leading/types.d.ts"
 * @import { Looks, View } from "../../leading/view.js"
 */

import { html, nothing } from "lit-html";
import { plain, unitOf, whole } from "../../leading/told.js";
import { drawnAs } from "../../leading/view.js";
import { either, severityWord, t } from "../../words.js";

/**
 * @param {Looks} looks
 * @param {Measure} measure
 * @param {Heat | null} heat
 * @param {Hexagons | null} hexagons
 * @returns {{ title: string, unit: string, scale: number[], says: string }} for the page and for pictures of it
 */
export function legendOf(looks, measure, heat, hexagons) {
  const title = either(measure.title_zh, measure.title_en);
  if (looks === "heat" && heat) {
    const { bandwidth_m, total, scale } = heat;
    const says = t("legend.heat", { bandwidth: whole(bandwidth_m), total: whole(total) });
    return { title, unit: unitOf(heat), scale, says: says + unplaced(heat) };
  }
  const unit = unitOf(measure);
  if (looks === "hexagons" && hexagons)
    return {
      title,
      unit,
      scale: hexagons.scale,
      says: t("legend.hexagons", { m: whole(hexagons.edge_m) }) + unplaced(hexagons),
    };
  const says = looks === "points" ? t("legend.points") : t("legend.estates");
  return { title, unit, scale: measure.scale, says };
}

/** @param {{ unplaced: number }} told */
const unplaced = ({ unplaced: n }) => (n ? ` ${t("legend.unplaced", { n: whole(n) })}` : "");

/** @param {ReturnType<typeof legendOf>} legend @param {View} view */
export function legend({ title, unit, scale, says }, view) {
  const { hot } = view;
  const looks = drawnAs(view);
  const steps = scale.map(plain);
  return html`
    <details class="legend lead-legend" ?open=${matchMedia("(min-width: 64rem)").matches}>
      <summary>
        <span class="legend-title">${title} <small>${unit}</small></span>
        <span class="scale" role="img" aria-label=${t("legend.scale", { title, unit, steps: steps.join(", ") })}>
          ${steps.map((_, at) => html`<i class="h${at + 1}"></i>`)}
          ${steps.map((step, at) => html`<span>${at === steps.length - 1 ? `≥${step}` : step}</span>`)}
        </span>
      </summary>
      <p>${says}</p>
      <p>${t("legend.fixed")}</p>
      <p class="signs"><span><i class="swatch hatch"></i>${t("legend.grey")}</span></p>
      ${looks === "points" ? html`<p class="signs">${SEVERITIES.map((each) => html`<span><i class="mark s${each}"></i>${severityWord(each)}</span>`)}</p>` : nothing}
      ${hot ? html`<p class="signs">${HOT_SIGNS.map(([kind, sign]) => html`<span><b class="hot-sign ${kind}">${sign}</b>${t(`hot.kind.${kind}`)}</span>`)}</p>` : nothing}
    </details>`;
}

const SEVERITIES = [1, 2, 3];

/** A sign beside the word: what it is can be told without its colour. */
export const HOT_SIGNS = /** @type {const} */ ([
  ["hot", "▲"],
  ["new", "✚"],
  ["growing", "↗"],
  ["part", "△"],
  ["fading", "↘"],
  ["cold", "▼"],
  ["outlier", "◆"],
]);
