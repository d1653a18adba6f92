/**
 * Sites of two plans: those alike quiet, those that differ loud.
 *
 * @import { LayerSpecification } from "maplibre-gl"
 * @import { Palette } from "./palette.js"
 */

import { label } from "./labels.js";

export const PAIR = ["pair"];

/** @param {Palette} palette @returns {LayerSpecification[]} */
export const pairLayers = (palette) => [
  {
    id: "pair-area",
    type: "fill",
    source: "pair",
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": byLook(palette), "fill-opacity": 0.35 },
  },
  {
    id: "pair-edge",
    type: "line",
    source: "pair",
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "line-color": byLook(palette), "line-width": 2 },
  },
  {
    id: "pair-point",
    type: "circle",
    source: "pair",
    filter: ["==", ["geometry-type"], "Point"],
    paint: {
      "circle-radius": ["match", ["get", "look"], "same", 5, 8],
      "circle-color": byLook(palette),
      "circle-stroke-color": palette.halo,
      "circle-stroke-width": 2,
    },
  },
  label(palette, {
    id: "pair-label",
    source: "pair",
    tiled: false,
    minzoom: 15,
    filter: ["==", ["geometry-type"], "Point"],
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
  "same",
  palette.inkSoft,
  "changed",
  palette.ordinary,
  palette.picked,
];
