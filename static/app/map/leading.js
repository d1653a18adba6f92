/**
 * What the leaders' page draws over the ground: a smooth heat, hexagons, estates, their sums, and
 * hot spots. All by one scale; where nobody looked there is a hatch instead of a shade.
 *
 * @import { LayerSpecification } from "maplibre-gl"
 * @import { Signs } from "../leading/signs.js"
 * @import { Looks } from "../leading/view.js"
 * @import { Palette } from "./palette.js"
 */

import { look, SINGLE } from "./findings.js";
import { label } from "./labels.js";
import { heat } from "./palette.js";

/** Sources that are GeoJSON of this page's own. */
export const DRAWN = ["hexagons", "sums", "hot"];
/** The heat's own source: a picture at its corners. */
export const HEAT = "heat";
/** The name of the picture that is the hatch. */
export const HATCH = "hatch";
/**
 * What lies over the shades: roads, buildings and the lines of places. The shades themselves are
 * not seen through, so that they are those of the legend, whatever is under them.
 */
export const OVER = "roads-edge";

/** What is seen in which view. @type {Record<string, readonly Looks[]>} */
const SEEN = {
  "lead-estates": ["estates"],
  "lead-grey": ["heat", "estates", "points"],
  "lead-heat": ["heat"],
  "lead-hexagons": ["hexagons"],
  "lead-hexagons-grey": ["hexagons"],
  "lead-hexagons-edge": ["hexagons"],
  "lead-sums": ["points"],
  "lead-sums-label": ["points"],
  findings: ["points"],
  "findings-picked": ["points"],
  // Squares that change with the zoom say nothing that could be compared.
  "findings-cells": [],
  "findings-cells-label": [],
};

/** @param {string} id of a layer @param {Looks} view @param {boolean} hot whether hot spots are shown */
export const isSeen = (id, view, hot) =>
  id.startsWith("lead-hot") ? hot : (SEEN[id]?.includes(view) ?? true);

/** Under the lines and names of places. @param {Palette} palette @returns {LayerSpecification[]} */
export const leadLayers = (palette) => [
  {
    id: "lead-estates",
    type: "fill",
    source: "estates",
    "source-layer": "estates",
    paint: {
      "fill-color": shaded(palette, ["feature-state", "shade"]),
      "fill-opacity": ["case", [">", ["coalesce", ["feature-state", "shade"], 0], 0], 1, 0],
    },
  },
  {
    id: "lead-heat",
    type: "raster",
    source: HEAT,
    paint: { "raster-fade-duration": 0, "raster-resampling": "nearest" },
  },
  {
    id: "lead-grey",
    type: "fill",
    source: "estates",
    "source-layer": "estates",
    paint: {
      "fill-pattern": HATCH,
      "fill-opacity": ["case", ["boolean", ["feature-state", "grey"], false], 1, 0],
    },
  },
  {
    id: "lead-hexagons",
    type: "fill",
    source: "hexagons",
    filter: [">", ["get", "shade"], 0],
    paint: { "fill-color": shaded(palette, ["get", "shade"]) },
  },
  {
    id: "lead-hexagons-grey",
    type: "fill",
    source: "hexagons",
    filter: ["!", ["get", "looked"]],
    paint: { "fill-pattern": HATCH, "fill-opacity": 0.9 },
  },
  {
    id: "lead-hexagons-edge",
    type: "line",
    source: "hexagons",
    paint: { "line-color": palette.ground, "line-width": 1 },
  },
];

/** Over the names of places. @param {Palette} palette @returns {LayerSpecification[]} */
export const leadSigns = (palette) => [
  {
    id: "lead-sums",
    type: "circle",
    source: "sums",
    maxzoom: 15,
    layout: { "circle-sort-key": ["-", ["get", "n"]] },
    paint: {
      // The area goes with the number.
      "circle-radius": ["min", 26, ["+", 2, ["*", 2.4, ["sqrt", ["get", "n"]]]]],
      "circle-color": shaded(palette, ["get", "shade"]),
      "circle-opacity": 0.9,
      "circle-stroke-color": palette.halo,
      "circle-stroke-width": 1.5,
    },
  },
  label(palette, {
    id: "lead-sums-label",
    source: "sums",
    tiled: false,
    minzoom: 13,
    maxzoom: 15,
    text: ["get", "said"],
    strong: true,
    size: 12,
  }),
  {
    id: "lead-hot",
    type: "circle",
    source: "hot",
    paint: {
      "circle-radius": 13,
      "circle-color": palette.surface,
      "circle-stroke-width": 2.5,
      "circle-stroke-color": ["match", ["get", "kind"], "cold", palette.me, palette.danger],
    },
  },
  always(
    label(palette, {
      id: "lead-hot-sign",
      source: "hot",
      tiled: false,
      text: ["get", "sign"],
      strong: true,
      size: 15,
    }),
  ),
  always(
    label(palette, {
      id: "lead-hot-word",
      source: "hot",
      tiled: false,
      minzoom: 13.2,
      text: ["get", "said"],
      strong: true,
      size: 12,
      below: 1.3,
    }),
  ),
];

/**
 * Single findings by the days that their tiles carry: which, and how each stood. What is told by
 * class, where there are too many, has no days.
 *
 * @param {Signs | null} signs
 * @returns {{ filter: any, layout: Record<string, any>, paint: Record<string, any> }}
 */
export function findingsAt(signs) {
  if (!signs) return { filter: SINGLE, ...look() };
  const { first, last, open, only } = signs;
  const isOpen = open === null ? undefined : wasOpen(open);
  return {
    filter: [
      "all",
      SINGLE,
      ["has", "day"],
      ["<=", ["get", "day"], last],
      ...(first === null ? [] : [[">=", ["get", "day"], first]]),
      ...(only ? [isOpen] : []),
    ],
    ...look(isOpen),
  };
}

/** Those that are told by class. @type {any} */
export const CROWD = ["all", SINGLE, ["!", ["has", "day"]]];

/** At the end of that day, also what was closed for a while and opened again. @param {number} day */
const wasOpen = (day) => [
  "all",
  ["any", ["!", ["has", "closed_day"]], [">", ["get", "closed_day"], day]],
  ["!", ["in", `,${day},`, ["coalesce", ["get", "shut"], ""]]],
];

/** Even where it lies over other words. @param {import("maplibre-gl").SymbolLayerSpecification} layer */
export const always = (layer) => ({
  ...layer,
  layout: { ...layer.layout, "text-allow-overlap": true, "text-ignore-placement": true },
});

/** @param {Palette} palette @param {any} value @returns {any} */
const shaded = (palette, value) => [
  "match",
  ["coalesce", value, 0],
  ...heat(palette).flatMap((colour, at) => [at + 1, colour]),
  "rgba(0, 0, 0, 0)",
];
