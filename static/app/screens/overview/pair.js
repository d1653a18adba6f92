/**
 * Two periods side by side: two maps that move as one, by the same scale.
 *
 * @import { Figure, Figures } from "../../leading/types.d.ts"
 * @import { OpenDesk } from "../desk.js"
 * @import { Shown } from "./scene.js"
 */

import { html, nothing } from "lit-html";
import { areApart, changeOf, intervalOf, madeOf, plain, unitOf } from "../../leading/told.js";
import { t } from "../../words.js";
import { openTwoMaps } from "../two_maps.js";
import { openScene } from "./scene.js";

/** @param {OpenDesk} desk @param {(side: number, at: [number, number]) => void} onTap @returns null where no map can be drawn */
export function openPair(desk, onTap) {
  if (!desk.map) return null;
  const two = openTwoMaps(desk.map, t("pair.maps"), { onTap });
  const scenes = two.halves.map(({ opened }) => openScene(opened));
  return {
    /** @param {number} side @param {string} name @param {Shown} what */
    put(side, name, what) {
      const half = two.halves[side];
      if (half) half.caption.textContent = name;
      scenes[side]?.put(what);
    },
    /** The map of the first. */
    first: two.halves[0]?.opened ?? null,
    close() {
      for (const scene of scenes) scene.close();
      two.close();
    },
  };
}

/**
 * @param {[string, Figures | null][]} sides the earlier first
 * @param {(side: number) => string} rowsOf
 * @param {() => void} stop
 * @param {unknown} days fields for the days of both
 */
export function pairTable(sides, rowsOf, stop, days) {
  const [first, second] = sides.map(([, figures]) => figures?.total ?? null);
  const measure = sides[0]?.[1]?.measure;
  const apart = first && second ? areApart(first, second) : null;
  return html`
    <section class="section pair-table">
      <h3>${t("pair.title")}</h3>
      ${
        first && second && measure
          ? html`<dl class="big-numbers">
              ${sides.map(([name, figures], at) => (figures ? side(name, figures.total, measure, rowsOf(at)) : nothing))}
              <div class="big-number"><dt>${t("pair.change")}</dt><dd>${first.value === null || second.value === null ? "–" : changeOf(second.value, first.value)}</dd></div>
            </dl>
            ${apart === null ? nothing : html`<p>${t(apart ? "pair.apart" : "pair.alike")}</p>`}`
          : nothing
      }
      ${days}
      <button class="button no-print" type="button" @click=${stop}>${t("pair.stop")}</button>
    </section>`;
}

/** @param {string} name @param {Figure} figure @param {Figures["measure"]} measure @param {string} rows */
const side = (name, figure, measure, rows) => html`
  <div class="big-number">
    <dt>${name}</dt>
    <dd><a href=${rows}>${plain(figure.value)}</a></dd>
    <dd class="says">${[unitOf(measure), madeOf(measure.slug, figure), intervalOf(figure)].filter(Boolean).join(" · ")}</dd>
  </div>`;
