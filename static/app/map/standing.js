/**
 * Places by the light of one indicator: estates, or whole communities; a sign stands on each, so
 * that it is told without its colour. Who told nothing is hatched.
 *
 * @import { LayerSpecification } from "maplibre-gl"
 * @import { Light } from "../lights/types.d.ts"
 * @import { Palette } from "./palette.js"
 */

import { label } from "./labels.js";
import { always, HATCH } from "./leading.js";

/** The source of the signs. */
export const SIGNS = "standing";
/** `none`: a number that has no light of its own, for the target is the whole's.
 * @typedef {Light | "none"} Shade */
/** Tells itself without a colour. @type {Record<Light, string>} */
export const SIGN_OF = {
  done: "✓",
  on_pace: "●",
  behind: "▼",
  late: "✕",
  no_target: "–",
  no_baseline: "?",
  no_data: "",
};

/** @param {Palette} palette @returns {Record<Shade, string>} */
const colours = (palette) => ({
  done: palette.good,
  on_pace: palette.me,
  behind: palette.serious,
  late: palette.danger,
  no_target: palette.none,
  no_baseline: palette.none,
  no_data: "rgba(0, 0, 0, 0)",
  none: palette.picked,
});

/** Under the lines of places. @param {Palette} palette @returns {LayerSpecification[]} */
export const standingLayers = (palette) =>
  ["communities", "estates"].flatMap((source) => [
    {
      id: `standing-${source}`,
      type: /** @type {const} */ ("fill"),
      source,
      "source-layer": source,
      paint: {
        "fill-color": /** @type {any} */ ([
          "match",
          ["coalesce", ["feature-state", "light"], ""],
          ...Object.entries(colours(palette)).flat(),
          "rgba(0, 0, 0, 0)",
        ]),
        "fill-opacity": source === "communities" ? 0.55 : 0.9,
      },
    },
    {
      id: `standing-${source}-none`,
      type: /** @type {const} */ ("fill"),
      source,
      "source-layer": source,
      paint: {
        "fill-pattern": HATCH,
        "fill-opacity": /** @type {any} */ ([
          "case",
          ["==", ["coalesce", ["feature-state", "light"], ""], "no_data"],
          1,
          0,
        ]),
      },
    },
  ]);

/** Over the names of places. @param {Palette} palette @returns {LayerSpecification[]} */
export const standingSigns = (palette) => [
  {
    id: "standing-spots",
    type: "circle",
    source: SIGNS,
    paint: {
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 11, 3, 14, 9],
      "circle-color": palette.surface,
      "circle-stroke-width": 2,
      "circle-stroke-color": /** @type {any} */ ([
        "match",
        ["get", "light"],
        ...Object.entries(colours(palette)).flat(),
        palette.none,
      ]),
    },
  },
  always(
    label(palette, {
      id: "standing-signs",
      source: SIGNS,
      tiled: false,
      minzoom: 12.5,
      text: ["get", "sign"],
      strong: true,
      size: 12,
    }),
  ),
];
