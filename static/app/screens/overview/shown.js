/**
 * What one map shows of a view, from what the server has answered so far.
 *
 * @import { Answer, Answers } from "../../leading/answers.js"
 * @import { Figure, Figures, Frames, Heat, Hexagons, Measure, Step } from "../../leading/types.d.ts"
 * @import { View } from "../../leading/view.js"
 * @import { Shown } from "./scene.js"
 * @typedef {Figure & { looked: boolean }} Looked
 */

import { askedAt, byEstate, looksOf, placeOf, figuresAt as stepAt } from "../../leading/frames.js";
import { figuresAt, framesAt, heatAt, hexagonsAt } from "../../leading/questions.js";
import { gridOf, shadeOf } from "../../leading/shades.js";
import { signsAt } from "../../leading/signs.js";
import { plain } from "../../leading/told.js";
import { drawnAs, stepOf } from "../../leading/view.js";
import { innerPoint } from "../../metres.js";

/** @type {GeoJSON.Feature[]} */
const NONE = [];
const TURN = { inTurn: true };
const LATER = { later: true };
/** @type {number[]} */
const NO_SCALE = [];

/**
 * @param {Answers} answers
 * @param {string} side the map's own places among the answers
 */
export function openShown(answers, side) {
  const looksFor = remembered(
    (/** @type {Map<number, Looked>} */ figures, /** @type {number[]} */ scale) =>
      looksOf(figures, scale),
  );
  const sumsFor = remembered(sumsOf);
  const gridFor = remembered((/** @type {Heat | null} */ heat) =>
    heat ? { grid: gridOf(heat), scale: heat.scale } : null,
  );
  const hexagonsFor = remembered(hexagonFeatures);
  const estatesFor = remembered((/** @type {Figures | null} */ figures) =>
    byEstate(figures?.rows ?? []),
  );
  const daysFor = remembered(
    (
      /** @type {string} */ as_of,
      /** @type {string} */ mode,
      /** @type {string} */ measure,
      /** @type {Step | null} */ step,
    ) => signsAt({ as_of, mode, measure }, step),
  );
  const stepFor = remembered(
    (/** @type {Frames} */ frames, /** @type {number} */ at, /** @type {number} */ times) =>
      new Map(
        [...stepAt(frames, at, times)].map(([id, figure]) => [
          id,
          { ...figure, low: null, high: null },
        ]),
      ),
  );

  /**
   * @param {View} view
   * @param {string} today
   * @param {Map<number, any>} register estates by id
   * @param {{ slider: boolean, hot: boolean, signs: GeoJSON.Feature[] }} ways
   */
  return (view, today, register, { slider, hot, signs }) => {
    const looks = drawnAs(view);
    /** @type {Answer} */
    const places = answers.of(`places${side}`, figuresAt(view, "estate"));
    const frames = slider
      ? answers.of(`frames${side}`, framesAt(view, stepOf(view, today)), { later: !view.at })
      : { body: null, failed: null, waiting: false };
    const at = placeOf(frames.body, view.at);
    const step = at < 0 ? null : frames.body.steps[at];
    const asked = step ? askedAt(view, step) : view;
    // A step of what was open has the scale of what is open.
    const measured =
      asked.measure === view.measure
        ? places
        : answers.of(
            `open${side}`,
            figuresAt({ ...view, measure: "open", since: "", until: "" }, "estate"),
          );
    /** @type {Measure | null} */
    const measure = measured.body?.measure ?? null;
    const times = measure?.slug === "households" ? 100 : 1;
    /** @type {Map<number, Looked>} */
    const figures = step ? stepFor(frames.body, at, times) : estatesFor(places.body);
    const heat = looks === "heat" ? answers.of(`heat${side}`, heatAt(asked), TURN) : null;
    const hexagons =
      looks === "hexagons" ? answers.of(`hexagons${side}`, hexagonsAt(asked), TURN) : null;
    // A hand at the slider mostly goes on.
    const next = step ? frames.body.steps[at + 1] : null;
    if (next && (heat || hexagons)) {
      const path = heat ? heatAt(askedAt(view, next)) : hexagonsAt(askedAt(view, next));
      answers.of(`ahead${side}`, path, LATER);
    }
    const painted = looksFor(figures, measure?.scale ?? NO_SCALE);
    /** @type {Shown} */
    const shown = {
      view: looks,
      hot,
      looks: painted,
      heat: gridFor(heat?.body ?? null),
      hexagons: hexagons?.body ? hexagonsFor(hexagons.body) : NONE,
      days: looks === "points" ? daysFor(view.as_of, view.mode, view.measure, step) : null,
      sums: looks === "points" ? sumsFor(painted, figures, register) : NONE,
      signs,
    };
    return {
      shown,
      looks,
      measure,
      times,
      at,
      asked,
      figures,
      places,
      frames,
      heat: /** @type {Heat | null} */ (heat?.body ?? null),
      hexagons: /** @type {Hexagons | null} */ (hexagons?.body ?? null),
      failed: [places, heat, hexagons, frames].find((each) => each?.failed)?.failed ?? null,
      waiting: [places, heat, hexagons].some((each) => each?.waiting),
    };
  };
}

/**
 * @param {Map<number, { shade: number }>} looks
 * @param {Map<number, Looked>} figures
 * @param {Map<number, any>} register
 * @returns {GeoJSON.Feature[]}
 */
const sumsOf = (looks, figures, register) =>
  [...figures].flatMap(([id, { n, value }]) => {
    const geometry = register.get(id)?.geometry;
    if (!geometry || !value) return [];
    return [
      {
        type: "Feature",
        properties: { n, said: plain(value), shade: looks.get(id)?.shade ?? 0 },
        geometry: { type: "Point", coordinates: innerPoint(geometry) },
      },
    ];
  });

/** @param {Hexagons} hexagons @returns {GeoJSON.Feature[]} */
const hexagonFeatures = ({ features, scale }) =>
  features.map((each) => ({
    ...each,
    properties: {
      looked: each.properties.looked,
      shade: shadeOf(each.properties.value, scale),
    },
  }));

/**
 * The same for the same: what is drawn anew is only what is new.
 *
 * @template {unknown[]} In
 * @template Out
 * @param {(...of: In) => Out} work
 */
function remembered(work) {
  /** @type {In | null} */
  let last = null;
  /** @type {Out} */
  let made;
  return (/** @type {In} */ ...of) => {
    if (!last || of.some((each, at) => each !== last?.[at])) {
      last = of;
      made = work(...of);
    }
    return made;
  };
}
