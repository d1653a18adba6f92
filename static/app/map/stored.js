/**
 * The map of the tablet: the same layers in the same look, drawn from what the tablet holds. No
 * layer asks the network.
 *
 * @import { LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl"
 * @import { Palette } from "./palette.js"
 */

import { boundaries } from "./base.js";
import { BASE_TILES } from "./base_file.js";
import { day } from "./day.js";
import { label } from "./labels.js";
import { layersOf, TILED } from "./style.js";

/** Where the base file's tiles end; beyond, the deepest are drawn larger. */
const BASE_ZOOM = { minzoom: 8, maxzoom: 14 };

/** @param {Palette} palette @param {string} language @returns {StyleSpecification} */
export const storedStyle = (palette, language) => ({
  version: 8,
  sources: {
    base: { type: "vector", tiles: [BASE_TILES], ...BASE_ZOOM },
    ...Object.fromEntries(
      [...TILED.filter((layer) => layer !== "roads"), "cells", "proposed", "day"].map((name) => [
        name,
        rows(),
      ]),
    ),
    names: rows(),
    picked: rows(),
    me: rows(),
    sketch: rows(),
  },
  layers: storedLayers(palette, language),
});

/** @param {Palette} palette @param {string} language @returns {LayerSpecification[]} */
export function storedLayers(palette, language) {
  const [ground, ...others] = layersOf(palette, language);
  return [
    .../** @type {LayerSpecification[]} */ ([ground]),
    ...neighbours(palette),
    ...others.map(fromRows),
    ...sketch(palette),
    waits(palette),
    ...proposed(palette),
    ...day(palette),
  ];
}

/** The other communities of the office, of which the tablet has no rows. @param {Palette} palette @returns {LayerSpecification[]} */
function neighbours(palette) {
  const [line] = boundaries(palette);
  return [
    {
      id: "base-communities",
      type: "fill",
      source: "base",
      "source-layer": "communities",
      paint: { "fill-color": palette.community },
    },
    /** @type {LayerSpecification} */ ({
      ...line,
      id: "base-communities-line",
      source: "base",
      "source-layer": "communities",
    }),
  ];
}

/** @param {LayerSpecification} layer @returns {LayerSpecification} */
function fromRows(layer) {
  if (!("source" in layer) || !("source-layer" in layer)) return layer;
  if (layer.source === "roads") return { ...layer, source: "base" };
  const { "source-layer": _, ...rest } = layer;
  const cells = layer.id.startsWith("findings-cells");
  return /** @type {LayerSpecification} */ ({ ...rest, ...(cells ? { source: "cells" } : {}) });
}

/** A mark at the sign of what is still on this tablet alone. @param {Palette} palette @returns {LayerSpecification} */
const waits = (palette) => ({
  id: "findings-waiting",
  type: "circle",
  source: "findings",
  minzoom: 15,
  filter: ["to-boolean", ["get", "waits"]],
  paint: {
    "circle-radius": 5,
    "circle-translate": [9, -9],
    "circle-color": palette.me,
    "circle-stroke-color": palette.surface,
    "circle-stroke-width": 2,
  },
});

/** What was proposed from the field says so. @param {Palette} palette @returns {LayerSpecification[]} */
const proposed = (palette) => [
  {
    id: "proposed",
    type: "circle",
    source: "proposed",
    minzoom: 14,
    paint: {
      "circle-radius": 12,
      "circle-color": "rgba(0, 0, 0, 0)",
      "circle-stroke-width": 2,
      "circle-stroke-color": palette.me,
    },
  },
  label(palette, {
    id: "proposed-label",
    source: "proposed",
    tiled: false,
    minzoom: 15.5,
    text: ["get", "word"],
    colour: palette.me,
    size: 11,
    below: 1.3,
  }),
];

/** What is being drawn on the map by hand. @param {Palette} palette @returns {LayerSpecification[]} */
const sketch = (palette) => [
  {
    id: "sketch-area",
    type: "fill",
    source: "sketch",
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": palette.picked, "fill-opacity": 0.2 },
  },
  {
    id: "sketch-line",
    type: "line",
    source: "sketch",
    filter: ["!=", ["geometry-type"], "Point"],
    paint: { "line-color": palette.picked, "line-width": 3.5 },
  },
  {
    id: "sketch-corners",
    type: "circle",
    source: "sketch",
    filter: ["==", ["geometry-type"], "Point"],
    paint: {
      "circle-radius": 6,
      "circle-color": palette.surface,
      "circle-stroke-color": palette.picked,
      "circle-stroke-width": 3,
    },
  },
];

/** @returns {SourceSpecification} */
const rows = () => ({ type: "geojson", data: { type: "FeatureCollection", features: [] } });
