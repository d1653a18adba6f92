/**
 * Cases on the map: a sign for each near by, their number from afar; by the same filters as the
 * list beside it.
 *
 * @import { LayerSpecification, SourceSpecification } from "maplibre-gl"
 * @import { Palette } from "./palette.js"
 */

import { SINGLE_FROM, STEPS, stepped } from "./findings.js";
import { label } from "./labels.js";
import { heat } from "./palette.js";

export const SOURCE = "cases";
const where = { source: SOURCE, "source-layer": "cases" };

/** @param {string} query filters as in an address @returns {SourceSpecification} */
export const caseSource = (query) => ({ type: "vector", url: caseTiles(query) });

/** @param {string} query */
export const caseTiles = (query) => `/tiles/cases.json${query ? `?${query}` : ""}`;

/** @param {Palette} palette @returns {LayerSpecification[]} */
export const caseLayers = (palette) => [
  {
    id: "cases-cells",
    type: "fill",
    ...where,
    maxzoom: SINGLE_FROM,
    filter: ["has", "n"],
    paint: {
      "fill-color": stepped(["get", "n"], heat(palette), STEPS),
      "fill-opacity": 0.72,
      "fill-outline-color": palette.ground,
    },
  },
  label(palette, {
    id: "cases-cells-label",
    ...where,
    minzoom: 13.5,
    maxzoom: SINGLE_FROM,
    filter: ["has", "n"],
    text: ["to-string", ["get", "n"]],
    strong: true,
    size: 11,
  }),
  {
    id: "cases-overdue",
    type: "circle",
    ...where,
    minzoom: SINGLE_FROM,
    filter: ["to-boolean", ["get", "overdue"]],
    paint: {
      "circle-radius": 13,
      "circle-color": "rgba(0, 0, 0, 0)",
      "circle-stroke-width": 2,
      "circle-stroke-color": palette.danger,
    },
  },
  {
    id: "cases-signs",
    type: "symbol",
    ...where,
    minzoom: SINGLE_FROM,
    filter: ["has", "severity"],
    layout: {
      "icon-image": ["concat", "finding-", ["to-string", ["get", "severity"]]],
      "icon-size": ["interpolate", ["linear"], ["zoom"], 15, 0.5, 18, 0.9],
      "icon-allow-overlap": true,
      "symbol-sort-key": ["-", ["get", "severity"]],
    },
  },
];
