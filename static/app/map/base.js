/**
 * The ground: communities, estates, roads, buildings. Calm, so that what was found stands out.
 *
 * @import { LayerSpecification } from "maplibre-gl"
 * @import { Palette } from "./palette.js"
 */

/** @param {Palette} palette @returns {LayerSpecification[]} */
export const ground = (palette) => [
  { id: "ground", type: "background", paint: { "background-color": palette.ground } },
  {
    id: "communities",
    type: "fill",
    source: "communities",
    "source-layer": "communities",
    paint: { "fill-color": palette.community },
  },
  {
    id: "estates",
    type: "fill",
    source: "estates",
    "source-layer": "estates",
    paint: {
      "fill-color": palette.estate,
      "fill-opacity": [
        "interpolate",
        ["linear"],
        ["zoom"],
        12,
        0.75,
        17,
        ["case", ["boolean", ["feature-state", "picked"], false], 1, 0.8],
      ],
    },
  },
];

/** @param {Palette} palette @returns {LayerSpecification[]} */
export const roads = (palette) => [
  {
    id: "roads-edge",
    type: "line",
    source: "roads",
    "source-layer": "roads",
    minzoom: 13,
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": palette.roadLine, "line-width": roadWidth(2) },
  },
  {
    id: "roads",
    type: "line",
    source: "roads",
    "source-layer": "roads",
    layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": ["match", ["get", "rank"], 1, palette.roadMajor, palette.road],
      "line-width": roadWidth(0),
    },
  },
];

/** @param {Palette} palette @returns {LayerSpecification[]} */
export const buildings = (palette) => [
  {
    id: "buildings",
    type: "fill",
    source: "buildings",
    "source-layer": "buildings",
    paint: {
      "fill-color": palette.building,
      "fill-outline-color": palette.buildingLine,
      "fill-opacity": ["interpolate", ["linear"], ["zoom"], 14, 0, 15, 1],
    },
  },
];

/** @param {Palette} palette @returns {LayerSpecification[]} */
export const boundaries = (palette) => [
  {
    id: "communities-line",
    type: "line",
    source: "communities",
    "source-layer": "communities",
    layout: { "line-join": "round" },
    paint: {
      "line-color": palette.communityLine,
      "line-width": ["interpolate", ["linear"], ["zoom"], 11, 0.8, 16, 2],
      "line-dasharray": [4, 2, 1, 2],
    },
  },
  {
    id: "estates-line",
    type: "line",
    source: "estates",
    "source-layer": "estates",
    filter: ["!", ["to-boolean", ["get", "unconfirmed"]]],
    layout: { "line-join": "round" },
    paint: { "line-color": estateLine(palette), "line-width": estateWidth },
  },
  {
    // Drawn by hand and not surveyed: the line says so.
    id: "estates-line-unconfirmed",
    type: "line",
    source: "estates",
    "source-layer": "estates",
    filter: ["to-boolean", ["get", "unconfirmed"]],
    layout: { "line-join": "round" },
    paint: {
      "line-color": estateLine(palette),
      "line-width": estateWidth,
      "line-dasharray": [3, 1.5],
    },
  },
  {
    id: "estates-picked",
    type: "line",
    source: "estates",
    "source-layer": "estates",
    layout: { "line-join": "round" },
    paint: {
      "line-color": palette.picked,
      "line-width": 3.5,
      "line-opacity": ["case", ["boolean", ["feature-state", "picked"], false], 1, 0],
    },
  },
];

/** @param {number} more points on both sides together @returns {any} */
const roadWidth = (more) => [
  "interpolate",
  ["exponential", 1.5],
  ["zoom"],
  11,
  ["match", ["get", "rank"], 1, 1.6 + more * 0.3, 2, 1 + more * 0.3, 0.4],
  15,
  ["match", ["get", "rank"], 1, 6 + more, 2, 4.5 + more, 3, 3 + more, 1.5],
  18,
  ["match", ["get", "rank"], 1, 22 + more, 2, 16 + more, 3, 11 + more, 5 + more],
];

/** @type {any} */
const estateWidth = [
  "interpolate",
  ["linear"],
  ["zoom"],
  12,
  ["case", ["to-boolean", ["get", "target_year"]], 1.2, 0.5],
  16,
  ["case", ["to-boolean", ["get", "target_year"]], 2.4, 1.2],
];

/** @param {Palette} palette @returns {any} */
function estateLine(palette) {
  return ["case", ["to-boolean", ["get", "target_year"]], palette.target, palette.estateLine];
}
