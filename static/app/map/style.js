/**
 * The whole style of the map, as plain data: sources, and layers in the order they are drawn.
 *
 * @import { LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl"
 * @import { Palette } from "./palette.js"
 */

import * as assets from "./assets.js";
import * as base from "./base.js";
import { cells, findings } from "./findings.js";
import { names } from "./labels.js";
import { me } from "./me.js";

/** Layers of /tiles/, by the words the address has. */
export const TILED = /** @type {const} */ ([
  "communities",
  "roads",
  "estates",
  "buildings",
  "operation_areas",
  "vacant_spaces",
  "lanes",
  "lights",
  "charging_sites",
  "hydrants",
  "findings",
]);

/** @typedef {(typeof TILED)[number]} Tiled */

/**
 * @param {Palette} palette
 * @param {string} language "en" names communities in English
 * @param {string} findingsQuery filters of the findings' tiles, as in an address: "kind=lighting"
 * @returns {StyleSpecification}
 */
export const styleOf = (palette, language, findingsQuery = "") => ({
  version: 8,
  sources: {
    ...Object.fromEntries(
      TILED.map((layer) => [layer, tiled(layer, layer === "findings" ? findingsQuery : "")]),
    ),
    names: drawn(),
    picked: drawn(),
    me: drawn(),
  },
  layers: layersOf(palette, language),
});

/** @param {Palette} palette @param {string} language @returns {LayerSpecification[]} */
export const layersOf = (palette, language) => [
  ...base.ground(palette),
  ...base.roads(palette),
  ...assets.areas(palette),
  ...base.buildings(palette),
  ...cells(palette),
  ...base.boundaries(palette),
  ...assets.lines(palette),
  ...names(palette, language),
  ...assets.codes(palette),
  ...assets.points(palette),
  ...findings(palette),
  ...me(palette),
];

/** The address of a layer's TileJSON. @param {Tiled} layer @param {string} query */
export const tileJson = (layer, query = "") => `/tiles/${layer}.json${query ? `?${query}` : ""}`;

/** @param {Tiled} layer @param {string} query @returns {SourceSpecification} */
const tiled = (layer, query) => ({ type: "vector", url: tileJson(layer, query) });

/** @returns {SourceSpecification} */
const drawn = () => ({ type: "geojson", data: { type: "FeatureCollection", features: [] } });
