/**
 * Proposed sites on the map: every one with its verdict by colour, shape and word; the chosen one
 * with what is taken hold of; and what decides each verdict, with its metres.
 *
 * @import { LayerSpecification } from "maplibre-gl"
 * @import { Palette } from "./palette.js"
 * @import { Picture } from "./symbols.js"
 */

import { label } from "./labels.js";
import { draw } from "./symbols.js";

/** Sources, each a GeoJSON of its own. */
export const SOURCES = ["proposals", "deciding", "drawing", "measured"];

/** @param {Palette} palette @returns {[string, Picture][]} */
export const verdictSigns = (palette) => [
  ["verdict-breach", draw("triangle", palette.danger, palette.halo)],
  ["verdict-warn", draw("diamond", palette.serious, palette.halo)],
  ["verdict-cant_tell", draw("square", palette.inkSoft, palette.halo, true)],
  ["verdict-note", draw("disc", palette.ordinary, palette.halo)],
  ["verdict-ok", draw("disc", palette.good, palette.halo)],
  ["verdict-none", draw("square", palette.inkSoft, palette.halo, true)],
];

/** @param {Palette} palette @returns {LayerSpecification[]} */
export const planLayers = (palette) => [
  {
    id: "proposals-area",
    type: "fill",
    source: "proposals",
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": byLook(palette), "fill-opacity": ["case", chosen, 0.34, 0.2] },
  },
  {
    id: "proposals-edge",
    type: "line",
    source: "proposals",
    filter: ["all", ["==", ["geometry-type"], "Polygon"], ["!=", ["get", "look"], "cant_tell"]],
    layout: { "line-join": "round" },
    paint: { "line-color": byLook(palette), "line-width": ["case", chosen, 3, 2] },
  },
  {
    // What can't be told is never a whole line.
    id: "proposals-edge-cant_tell",
    type: "line",
    source: "proposals",
    filter: ["all", ["==", ["geometry-type"], "Polygon"], ["==", ["get", "look"], "cant_tell"]],
    paint: {
      "line-color": byLook(palette),
      "line-width": ["case", chosen, 3, 2],
      "line-dasharray": [2, 1.5],
    },
  },
  {
    id: "deciding-area",
    type: "fill",
    source: "deciding",
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": byLook(palette), "fill-opacity": 0.45 },
  },
  {
    id: "deciding-halo",
    type: "line",
    source: "deciding",
    filter: ["!=", ["geometry-type"], "Point"],
    layout: { "line-cap": "round" },
    paint: { "line-color": palette.halo, "line-width": 6, "line-opacity": 0.85 },
  },
  {
    id: "deciding-line",
    type: "line",
    source: "deciding",
    filter: ["!=", ["geometry-type"], "Point"],
    layout: { "line-cap": "round" },
    paint: { "line-color": byLook(palette), "line-width": 3 },
  },
  {
    ...label(palette, {
      id: "deciding-label",
      source: "deciding",
      tiled: false,
      text: ["get", "said"],
      filter: ["==", ["geometry-type"], "Point"],
      strong: true,
      size: 12,
    }),
  },
  {
    id: "drawing-line",
    type: "line",
    source: "drawing",
    filter: ["==", ["geometry-type"], "LineString"],
    paint: { "line-color": palette.picked, "line-width": 2, "line-dasharray": [1, 1.5] },
  },
  {
    id: "drawing-grips",
    type: "circle",
    source: "drawing",
    filter: ["==", ["geometry-type"], "Point"],
    paint: {
      "circle-radius": ["match", ["get", "what"], "knob", 10, "corner", 7, "middle", 5, 6],
      "circle-color": ["match", ["get", "what"], "knob", palette.picked, palette.surface],
      "circle-stroke-color": palette.picked,
      "circle-stroke-width": ["match", ["get", "what"], "knob", 3, "middle", 1.5, 3],
      "circle-opacity": ["match", ["get", "what"], "middle", 0.75, 1],
    },
  },
  {
    id: "proposals-sign",
    type: "symbol",
    source: "proposals",
    filter: ["==", ["geometry-type"], "Point"],
    layout: {
      "icon-image": ["concat", "verdict-", ["get", "look"]],
      "icon-size": ["interpolate", ["linear"], ["zoom"], 14, 0.5, 18, 0.8],
      "icon-allow-overlap": true,
      "icon-ignore-placement": true,
    },
  },
  label(palette, {
    id: "proposals-label",
    source: "proposals",
    tiled: false,
    minzoom: 15,
    filter: ["==", ["geometry-type"], "Point"],
    text: ["get", "said"],
    strong: true,
    size: 12,
    below: 1.1,
  }),
  {
    id: "measured-line",
    type: "line",
    source: "measured",
    paint: { "line-color": palette.me, "line-width": 3 },
  },
  label(palette, {
    id: "measured-label",
    source: "measured",
    tiled: false,
    filter: ["==", ["geometry-type"], "Point"],
    text: ["get", "said"],
    colour: palette.me,
    strong: true,
    size: 13,
  }),
];

/** @type {any} */
const chosen = ["boolean", ["get", "chosen"], false];

/** @param {Palette} palette @returns {any} */
const byLook = (palette) => [
  "match",
  ["get", "look"],
  "breach",
  palette.danger,
  "warn",
  palette.serious,
  "note",
  palette.ordinary,
  "ok",
  palette.good,
  palette.inkSoft,
];
