/**
 * The day's round on the map: every estate where something is due, and the way through those
 * that were chosen.
 *
 * @import { LayerSpecification } from "maplibre-gl"
 * @import { Palette } from "./palette.js"
 * @typedef {{ point: number[], label: string, late: boolean, chosen: boolean }} Stop `label`: its
 *   place in the order, or how much is due
 */

import { label } from "./labels.js";

/** @type {any} */
const chosen = ["to-boolean", ["get", "chosen"]];
/** @type {any} */
const late = ["to-boolean", ["get", "late"]];

/** @param {Palette} palette @returns {LayerSpecification[]} */
export const day = (palette) => [
  {
    id: "day-way",
    type: "line",
    source: "day",
    filter: ["==", ["geometry-type"], "LineString"],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": palette.picked, "line-width": 3, "line-dasharray": [0.5, 2] },
  },
  {
    id: "day-stops",
    type: "circle",
    source: "day",
    filter: ["==", ["geometry-type"], "Point"],
    paint: {
      "circle-radius": ["case", chosen, 14, 11],
      "circle-color": [
        "case",
        chosen,
        palette.picked,
        ["case", late, palette.serious, palette.ordinary],
      ],
      "circle-stroke-color": palette.surface,
      "circle-stroke-width": 2.5,
    },
  },
  numbers(palette),
];

/** Never left out, however close they lie. @param {Palette} palette @returns {LayerSpecification} */
function numbers(palette) {
  const words = label(palette, {
    id: "day-numbers",
    source: "day",
    tiled: false,
    filter: ["==", ["geometry-type"], "Point"],
    text: ["get", "label"],
    strong: true,
    size: 13,
  });
  return {
    ...words,
    layout: { ...words.layout, "text-allow-overlap": true, "text-ignore-placement": true },
    paint: {
      "text-color": [
        "case",
        chosen,
        palette.surface,
        ["case", late, palette.surface, palette.onOrdinary],
      ],
    },
  };
}

/** @param {Stop[]} stops @param {number[][]} way through those chosen @returns {GeoJSON.FeatureCollection} */
export const dayOf = (stops, way) => ({
  type: "FeatureCollection",
  features: [
    ...(way.length > 1 ? [feature({ type: "LineString", coordinates: way }, {})] : []),
    ...stops.map(({ point, ...told }) => feature({ type: "Point", coordinates: point }, told)),
  ],
});

/** @param {GeoJSON.Geometry} geometry @param {Record<string, unknown>} properties @returns {GeoJSON.Feature} */
const feature = (geometry, properties) => ({ type: "Feature", properties, geometry });
