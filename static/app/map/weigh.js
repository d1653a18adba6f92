/**
 * Demand on the map: each point as large as its demand, by colour and edge as it is served; and
 * the places that a selection chose.
 *
 * @import { LayerSpecification } from "maplibre-gl"
 * @import { Palette } from "./palette.js"
 */

import { label } from "./labels.js";

/** Sources, each a GeoJSON of its own. */
export const SOURCES = ["demand", "selected"];

/** @param {Palette} palette @returns {LayerSpecification[]} */
export const weighLayers = (palette) => [
  {
    id: "demand",
    type: "circle",
    source: "demand",
    layout: { "circle-sort-key": ["-", ["get", "weight"]] },
    paint: {
      // The area goes with the demand.
      "circle-radius": ["max", 4, ["min", 22, ["*", 1.6, ["sqrt", ["get", "weight"]]]]],
      "circle-color": byLook(palette),
      "circle-opacity": ["match", ["get", "look"], "served", 0.55, "far", 0, 0.75],
      "circle-stroke-color": byLook(palette),
      "circle-stroke-width": ["match", ["get", "look"], "far", 3, "full", 3, 1],
    },
  },
  label(palette, {
    id: "demand-label",
    source: "demand",
    tiled: false,
    minzoom: 16.5,
    filter: ["!=", ["get", "look"], "served"],
    text: ["get", "said"],
    size: 11,
    below: 1.2,
  }),
  {
    id: "selected-area",
    type: "fill",
    source: "selected",
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": palette.picked, "fill-opacity": 0.35 },
  },
  {
    id: "selected-edge",
    type: "line",
    source: "selected",
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "line-color": palette.picked, "line-width": 2 },
  },
  {
    id: "selected-point",
    type: "circle",
    source: "selected",
    filter: ["==", ["geometry-type"], "Point"],
    paint: {
      "circle-radius": 9,
      "circle-color": palette.picked,
      "circle-stroke-color": palette.halo,
      "circle-stroke-width": 2.5,
    },
  },
  label(palette, {
    id: "selected-label",
    source: "selected",
    tiled: false,
    filter: ["==", ["geometry-type"], "Point"],
    text: ["get", "said"],
    colour: palette.picked,
    strong: true,
    size: 12,
    below: 0.9,
  }),
];

/** @param {Palette} palette @returns {any} */
const byLook = (palette) => [
  "match",
  ["get", "look"],
  "served",
  palette.good,
  "part",
  palette.ordinary,
  "full",
  palette.serious,
  palette.danger,
];
