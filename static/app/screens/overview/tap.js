/**
 * Where a person tapped, or read by keys: found again at every step of the slider.
 *
 * @import { Answers } from "../../leading/answers.js"
 * @import { Tapped } from "../../map/map.js"
 * @import { View } from "../../leading/view.js"
 * @import { openShown } from "./shown.js"
 * @typedef {ReturnType<ReturnType<typeof openShown>>} NowShown
 */

import { figuresAt } from "../../leading/questions.js";
import { rowsOf } from "../../leading/rows.js";
import { gridOf, valueAt } from "../../leading/shades.js";
import { unitOf } from "../../leading/told.js";
import { contains, innerPoint } from "../../metres.js";
import { t } from "../../words.js";
import { card } from "./card.js";
import { stepWord } from "./time.js";

/**
 * @param {{ answers: Answers, view: () => View, register: () => Map<number, any>,
 *   narrow: (change: Partial<View>) => void,
 *   mayOpenCases: () => boolean }} world
 */
export function openTap({ answers, view, register, narrow, mayOpenCases }) {
  /** @type {{ at: [number, number] | null, estate: number | null, finding: Record<string, any> | null } | null} */
  let open = null;

  /** @param {[number, number]} at */
  const estateAt = (at) => {
    for (const [id, { geometry }] of register()) if (geometry && contains(geometry, at)) return id;
    return null;
  };

  /** @param {NowShown} shown @param {string} period where there are two @param {() => void} close */
  function template(shown, period, close) {
    if (!open) return t("card.here");
    const { looks, measure, figures, asked, at, frames, heat, hexagons } = shown;
    const estate = open.estate === null ? null : (register().get(open.estate) ?? null);
    const place = open.at;
    const hexagon =
      looks === "hexagons" && place
        ? (hexagons?.features.find(({ geometry }) => contains(geometry, place)) ?? null)
        : null;
    const known = open.estate === null ? null : (figures.get(open.estate) ?? null);
    let figure = hexagon ? hexagon.properties : known;
    // A step has no intervals: they are asked for of the one that is read.
    if (!hexagon && known && at >= 0 && open.estate !== null) {
      const path = figuresAt({ ...asked, estate: [String(open.estate)] }, "estate");
      const exact = answers.of("card", path);
      if (!exact.waiting && exact.body?.rows[0]) figure = exact.body.rows[0];
    }
    const warm =
      looks === "heat" && heat && place
        ? { value: Math.round(valueAt(gridOf(heat), place) * 10) / 10, unit: unitOf(heat) }
        : null;
    const inside = hexagon
      ? [...register()].flatMap(([id, each]) => {
          if (!each.geometry) return [];
          const [lon = 0, lat = 0] = innerPoint(each.geometry);
          return contains(hexagon.geometry, [lon, lat])
            ? [{ name: each.properties.name, href: rowsOf(asked, { estate: [String(id)] }) }]
            : [];
        })
      : [];
    const only = open.estate;
    /** @param {{ of?: "1" }} [more] */
    const behind = (more) =>
      hexagon
        ? rowsOf(asked, {}, { ...more, hexagon: hexagon.properties.key })
        : rowsOf(asked, { estate: [String(only)] }, more);
    return card(
      {
        title: estate?.properties.name ?? (hexagon ? t("card.here") : t("card.noEstate")),
        when: at < 0 ? period : stepWord(frames.body, at, view()),
        measure,
        figure,
        heat: warm,
        rows: hexagon || only !== null ? behind() : null,
        of: figure?.of ? behind({ of: "1" }) : null,
        finding: mayOpenCases() && open.finding?.case ? `/cases/#/${open.finding.case}` : null,
        more: inside,
        only:
          only === null || view().estate.length ? null : () => narrow({ estate: [String(only)] }),
      },
      close,
    );
  }

  return {
    /** @param {[number, number]} at @param {Tapped[]} taps what the map has there */
    at(at, taps) {
      const finding = taps.find(({ layer }) => layer === "findings")?.properties ?? null;
      open = { at, estate: estateAt(at), finding: finding?.severity ? finding : null };
    },
    /** @param {number} id */
    estate(id) {
      const geometry = register().get(id)?.geometry;
      const [lon = 0, lat = 0] = geometry ? innerPoint(geometry) : [];
      open = { at: geometry ? [lon, lat] : null, estate: id, finding: null };
    },
    close() {
      open = null;
    },
    isOpen: () => open !== null,
    /** For the map's mark. @returns {{ layer: string, id: number } | null} */
    picked: () => (open?.estate == null ? null : { layer: "estates", id: open.estate }),
    template,
  };
}
