/**
 * What is inspected: lanes, lights, charging sites; and what is good to know: hydrants,
 * operation areas, vacant spaces.
 *
 * @import { LayerSpecification } from "maplibre-gl"
 * @import { Palette } from "./palette.js"
 */

import { label } from "./labels.js";

/** Asset type of the register → layer of the tiles. */
export const LAYER_OF = /** @type {const} */ ({
  lane: "lanes",
  light: "lights",
  charging_site: "charging_sites",
  hydrant: "hydrants",
  operation_area: "operation_areas",
  vacant_space: "vacant_spaces",
});

/** @param {Palette} palette @returns {LayerSpecification[]} */
export const areas = (palette) => [
  ...area("operation_areas", palette.operation),
  ...area("vacant_spaces", palette.vacant),
  ...area("charging_sites", palette.charging, ["==", ["geometry-type"], "Polygon"]),
];

/** @param {Palette} palette @returns {LayerSpecification[]} */
export const lines = (palette) => [
  {
    id: "lanes-edge",
    type: "line",
    source: "lanes",
    "source-layer": "lanes",
    minzoom: 15,
    layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": palette.halo,
      "line-width": ["interpolate", ["linear"], ["zoom"], 15, 3, 18, 9],
      "line-opacity": 0.8,
    },
  },
  {
    id: "lanes",
    type: "line",
    source: "lanes",
    "source-layer": "lanes",
    layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": palette.lane,
      "line-width": ["interpolate", ["linear"], ["zoom"], 14, 1, 18, picked(5, 9)],
      "line-opacity": ["interpolate", ["linear"], ["zoom"], 14, 0.5, 16, 0.9],
    },
  },
];

/** @param {Palette} palette @returns {LayerSpecification[]} */
export const points = (palette) => [
  sign("hydrants", "hydrant", 16.5),
  sign("lights", "light", 16.5),
  {
    ...sign("charging_sites", "charging", 15),
    layout: {
      "icon-image": ["match", ["get", "status"], "planned", "charging-planned", "charging"],
      "icon-size": ["interpolate", ["linear"], ["zoom"], 15, 0.4, 18, 0.72],
      "icon-allow-overlap": true,
    },
  },
  {
    id: "assets-picked",
    type: "circle",
    source: "picked",
    paint: {
      "circle-radius": 15,
      "circle-color": "rgba(0, 0, 0, 0)",
      "circle-stroke-width": 3.5,
      "circle-stroke-color": palette.picked,
    },
  },
];

/** @param {Palette} palette @returns {LayerSpecification[]} */
export const codes = (palette) => [
  label(palette, {
    id: "lanes-label",
    source: "lanes",
    minzoom: 16.5,
    text: ["coalesce", ["get", "name"], ["get", "code"]],
    colour: palette.lane,
    size: 11,
    along: true,
  }),
  label(palette, {
    id: "lights-label",
    source: "lights",
    minzoom: 18,
    text: ["get", "code"],
    size: 11,
    below: 0.9,
  }),
  label(palette, {
    id: "charging-label",
    source: "charging_sites",
    minzoom: 16.5,
    text: ["get", "name"],
    colour: palette.charging,
    size: 12,
    below: 1.1,
  }),
];

/**
 * @param {string} source
 * @param {string} colour
 * @param {any} [filter]
 * @returns {LayerSpecification[]}
 */
function area(source, colour, filter) {
  const where = { source, "source-layer": source, minzoom: 14.5, ...(filter ? { filter } : {}) };
  return [
    {
      id: `${source}-area`,
      type: "fill",
      ...where,
      paint: { "fill-color": colour, "fill-opacity": 0.22 },
    },
    {
      id: `${source}-edge`,
      type: "line",
      ...where,
      paint: { "line-color": colour, "line-width": 1.2, "line-dasharray": [2, 2] },
    },
  ];
}

/**
 * @param {string} source
 * @param {string} image
 * @param {number} minzoom
 * @returns {any}
 */
const sign = (source, image, minzoom) => ({
  id: source,
  type: "symbol",
  source,
  "source-layer": source,
  minzoom,
  layout: {
    "icon-image": image,
    "icon-size": ["interpolate", ["linear"], ["zoom"], minzoom, 0.3, 19, 0.66],
    "icon-allow-overlap": true,
  },
});

/** @param {number} without @param {number} when @returns {any} */
const picked = (without, when) => [
  "case",
  ["boolean", ["feature-state", "picked"], false],
  when,
  without,
];
