/**
 * What was found: single signs near by, square cells from afar. A cell's shade is the number of
 * open findings in it, the worst of them is the sign in its middle.
 *
 * @import { LayerSpecification } from "maplibre-gl"
 * @import { Palette } from "./palette.js"
 */

import { label } from "./labels.js";
import { heat } from "./palette.js";

/** Findings in a cell from which each shade on begins. */
export const STEPS = [1, 3, 6, 12, 25, 50];

/** From this zoom on each finding has its own sign. */
export const SINGLE_FROM = 15;

const where = { source: "findings", "source-layer": "findings" };

/** Cells have none. @type {any} */
export const SINGLE = ["has", "severity"];

/**
 * What is closed stays on the map, and steps back.
 *
 * @param {any} [isOpen] an expression; as it is now, unless told otherwise
 * @returns {{ layout: Record<string, any>, paint: Record<string, any> }}
 */
export function look(isOpen = ["to-boolean", ["get", "open"]]) {
  const whether = (/** @type {string | number} */ open, /** @type {string | number} */ closed) => [
    "case",
    isOpen,
    open,
    closed,
  ];
  return {
    layout: {
      "icon-image": [
        "concat",
        "finding-",
        ["to-string", ["get", "severity"]],
        whether("", "-closed"),
      ],
      "icon-size": [
        "interpolate",
        ["linear"],
        ["zoom"],
        15,
        whether(0.46, 0.3),
        18,
        whether(0.9, 0.6),
      ],
      "symbol-sort-key": ["-", whether(10, 0), ["get", "severity"]],
    },
    paint: { "icon-opacity": whether(1, 0.55) },
  };
}

/** @param {Palette} palette @returns {LayerSpecification[]} */
export const cells = (palette) => [
  {
    id: "findings-cells",
    type: "fill",
    ...where,
    maxzoom: SINGLE_FROM,
    filter: [">", ["get", "open"], 0],
    paint: {
      "fill-color": stepped(["get", "open"], heat(palette), STEPS),
      "fill-opacity": 0.72,
      "fill-outline-color": palette.ground,
    },
  },
];

/** @param {Palette} palette @returns {LayerSpecification[]} */
export const findings = (palette) => [
  {
    ...label(palette, {
      id: "findings-cells-label",
      source: "findings",
      minzoom: 13.5,
      maxzoom: SINGLE_FROM,
      filter: [">", ["get", "open"], 0],
      text: ["to-string", ["get", "open"]],
      strong: true,
      size: 11,
    }),
  },
  {
    id: "findings",
    type: "symbol",
    ...where,
    minzoom: SINGLE_FROM,
    filter: SINGLE,
    layout: { ...look().layout, "icon-allow-overlap": true },
    paint: look().paint,
  },
  {
    id: "findings-picked",
    type: "circle",
    ...where,
    minzoom: SINGLE_FROM,
    paint: {
      "circle-radius": 15,
      "circle-color": "rgba(0, 0, 0, 0)",
      "circle-stroke-width": 3.5,
      "circle-stroke-color": palette.picked,
      "circle-stroke-opacity": ["case", ["boolean", ["feature-state", "picked"], false], 1, 0],
    },
  },
];

/**
 * @param {any} value
 * @param {string[]} colours from little to much
 * @param {number[]} limits where each colour begins
 * @returns {any} a style expression
 */
export const stepped = (value, colours, limits) => [
  "step",
  value,
  colours[0],
  ...limits.slice(1).flatMap((limit, at) => [limit, colours[at + 1]]),
];
