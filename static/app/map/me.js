/**
 * Where this tablet is, as it says, and how sure it is of it.
 *
 * @import { LayerSpecification } from "maplibre-gl"
 * @import { Palette } from "./palette.js"
 * @import { Position } from "../types.d.ts"
 */

import { circle } from "../metres.js";

/** @param {Palette} palette @returns {LayerSpecification[]} */
export const me = (palette) => [
  {
    id: "me-accuracy",
    type: "fill",
    source: "me",
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": palette.me, "fill-opacity": 0.14 },
  },
  {
    id: "me",
    type: "circle",
    source: "me",
    filter: ["==", ["geometry-type"], "Point"],
    paint: {
      "circle-radius": 8,
      "circle-color": palette.me,
      "circle-stroke-color": palette.surface,
      "circle-stroke-width": 3,
    },
  },
];

/** @param {Position | null} position @returns {GeoJSON.FeatureCollection} */
export function meOf(position) {
  if (!position) return { type: "FeatureCollection", features: [] };
  const { point, accuracyM } = position;
  return {
    type: "FeatureCollection",
    features: [
      ...(accuracyM === null ? [] : [feature(circle(point, accuracyM))]),
      feature({ type: "Point", coordinates: point }),
    ],
  };
}

/** @param {GeoJSON.Geometry} geometry @returns {GeoJSON.Feature} */
const feature = (geometry) => ({ type: "Feature", properties: {}, geometry });
