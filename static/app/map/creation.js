/**
 * Estates on their way to the standard: each in the colour of its stage or of its score, and
 * with both in words.
 *
 * @import { LayerSpecification } from "maplibre-gl"
 * @import { Palette } from "./palette.js"
 */

import { label } from "./labels.js";

/** Sources, each a GeoJSON of its own. `look`: of the estate; `said`: what it is called by. */
export const SOURCES = ["creation", "creation-signs"];

/** @param {Palette} palette @returns {LayerSpecification[]} */
export const creationLayers = (palette) => [
  {
    id: "creation-area",
    type: "fill",
    source: "creation",
    paint: { "fill-color": byLook(palette), "fill-opacity": 0.55 },
  },
  {
    id: "creation-edge",
    type: "line",
    source: "creation",
    layout: { "line-join": "round" },
    paint: { "line-color": byLook(palette), "line-width": 2.5 },
  },
  {
    id: "creation-sign",
    type: "circle",
    source: "creation-signs",
    paint: {
      "circle-radius": 6,
      "circle-color": byLook(palette),
      "circle-stroke-color": palette.surface,
      "circle-stroke-width": 2,
    },
  },
  label(palette, {
    id: "creation-label",
    source: "creation-signs",
    tiled: false,
    text: ["get", "said"],
    strong: true,
    size: 12,
    below: 0.8,
  }),
];

/** @param {Palette} palette @returns {any} */
const byLook = (palette) => [
  "match",
  ["get", "look"],
  ...["announced", palette.good, "passes", palette.good],
  ...["expected", palette.me],
  ...["doing", palette.ordinary],
  ...["veto", palette.danger],
  ...["below", palette.serious, "returned", palette.serious],
  palette.inkSoft,
];
