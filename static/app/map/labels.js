/**
 * Words on the map. They are drawn from the fonts of the device: the style names no glyph
 * server, so `14栋 LD-023` needs no network.
 *
 * @import { SymbolLayerSpecification } from "maplibre-gl"
 * @import { Palette } from "./palette.js"
 * @import { Place, PlaceId, PlaceProperties } from "../types.d.ts"
 */

import { innerPoint } from "../metres.js";

const FACES = ["PingFang SC", "HarmonyOS Sans SC", "Noto Sans SC", "Noto Sans CJK SC"];
const PLAIN = [...FACES, "Microsoft YaHei"];
/** The map takes the weight from the first name alone; no device has a font of this name. */
const STRONG = ["Xuntu Bold", ...PLAIN];

/**
 * @param {Palette} palette
 * @param {{ id: string, source: string, text: any, minzoom?: number, maxzoom?: number,
 *   size?: any, colour?: any, strong?: boolean, along?: boolean, below?: number, filter?: any,
 *   first?: any, tiled?: boolean, spaced?: number }} words `first`: the lower, the sooner it is
 *   placed; `below`: so many ems under its point; `tiled`: false for words from GeoJSON
 * @returns {SymbolLayerSpecification}
 */
export function label(palette, words) {
  const { id, source, text, size = 13, tiled = true } = words;
  return {
    id,
    type: "symbol",
    source,
    ...(tiled ? { "source-layer": source } : {}),
    ...(words.minzoom === undefined ? {} : { minzoom: words.minzoom }),
    ...(words.maxzoom === undefined ? {} : { maxzoom: words.maxzoom }),
    ...(words.filter === undefined ? {} : { filter: words.filter }),
    layout: {
      "text-field": text,
      "text-font": words.strong ? STRONG : PLAIN,
      "text-size": size,
      "text-max-width": 9,
      "text-padding": 4,
      "text-letter-spacing": words.spaced ?? 0.02,
      "symbol-placement": words.along ? "line" : "point",
      ...(words.first === undefined ? {} : { "symbol-sort-key": words.first }),
      ...(words.below === undefined
        ? {}
        : { "text-anchor": /** @type {const} */ ("top"), "text-offset": [0, words.below] }),
    },
    paint: {
      "text-color": words.colour ?? palette.ink,
      "text-halo-color": palette.halo,
      "text-halo-width": 1.6,
      "text-halo-blur": 0.3,
    },
  };
}

/** @param {Palette} palette @param {string} language @returns {SymbolLayerSpecification[]} */
export const names = (palette, language) => [
  label(palette, {
    id: "roads-label",
    source: "roads",
    minzoom: 15,
    text: ["get", "name"],
    colour: palette.inkSoft,
    size: 11,
    along: true,
    spaced: 0.1,
  }),
  label(palette, {
    id: "buildings-label",
    source: "buildings",
    minzoom: 16.8,
    text: ["get", "number"],
    colour: palette.inkSoft,
    size: ["interpolate", ["linear"], ["zoom"], 16.8, 10, 19, 14],
  }),
  label(palette, {
    id: "estates-label",
    source: "names",
    tiled: false,
    minzoom: 14,
    filter: ["==", ["get", "of"], "estate"],
    text: ["get", "name"],
    first: ["get", "first"],
    strong: true,
    size: ["interpolate", ["linear"], ["zoom"], 14, 11.5, 18, 16],
  }),
  label(palette, {
    id: "communities-label",
    source: "names",
    tiled: false,
    minzoom: 11,
    maxzoom: 16,
    filter: ["==", ["get", "of"], "community"],
    text: language === "en" ? ["coalesce", ["get", "name_en"], ["get", "name"]] : ["get", "name"],
    colour: palette.inkSoft,
    size: ["interpolate", ["linear"], ["zoom"], 11, 11, 14, 15],
    spaced: 0.12,
  }),
];

/**
 * One point a name, inside its shape. (A polygon in tiles would be named once in every tile.)
 *
 * @param {Place[]} communities
 * @param {Place<PlaceProperties, PlaceId>[]} estates
 * @returns {GeoJSON.FeatureCollection<GeoJSON.Point>}
 */
export function namesOf(communities, estates) {
  return {
    type: "FeatureCollection",
    features: [
      ...communities.flatMap((place) => named(place, "community", 0)),
      ...estates.flatMap((place) => named(place, "estate", place.properties.target_year ? 0 : 1)),
    ],
  };
}

/**
 * @param {Place<PlaceProperties, PlaceId>} place
 * @param {string} of
 * @param {number} first
 * @returns {GeoJSON.Feature<GeoJSON.Point>[]}
 */
function named({ id, geometry, properties }, of, first) {
  if (!geometry) return [];
  const { name, name_en = "" } = properties;
  return [
    {
      type: "Feature",
      id,
      geometry: { type: "Point", coordinates: innerPoint(geometry) },
      properties: { of, name, first, ...(name_en ? { name_en } : {}) },
    },
  ];
}
