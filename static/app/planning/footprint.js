/**
 * The ground of so many bays: a rectangle, as planning/checking/footprint.py makes it.
 *
 * @typedef {{ bay_length_m?: number, bay_width_m?: number, rows?: number }} Bays
 */

import { projectionOf } from "./geometry.js";

/** A little way north, to see where north is on the projection: it leans to one side. */
const NORTHWARD = 0.001;

/**
 * @param {number[]} anchor its middle, longitude and latitude
 * @param {number} rotationDeg of its long side, clockwise from true north
 * @param {number} bays where nobody said how many, as many as it has ports
 * @param {string} projection in PROJ's words
 * @param {Bays} [how] side by side, in so many rows with nothing between
 * @returns {GeoJSON.Polygon} against the clock
 */
export function footprint(
  [lon = 0, lat = 0],
  rotationDeg,
  bays,
  projection,
  { bay_length_m = 2.2, bay_width_m = 0.8, rows = 1 } = {},
) {
  const { forward, inverse } = projectionOf(projection);
  const sides = [Math.ceil(bays / rows) * bay_width_m, rows * bay_length_m];
  const [long, short] = [Math.max(...sides), Math.min(...sides)];
  const [x = 0, y = 0] = forward([lon, lat]);
  const [east = 0, north = 0] = forward([lon, lat + NORTHWARD]);
  const turn = (rotationDeg * Math.PI) / 180 + Math.atan2(east - x, north - y);
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
  const ring = [
    [1, -1],
    [-1, -1],
    [-1, 1],
    [1, 1],
    [1, -1],
  ].map(([a = 0, b = 0]) =>
    inverse([
      x + (a * sin * long + b * cos * short) / 2,
      y + (a * cos * long - b * sin * short) / 2,
    ]),
  );
  return { type: "Polygon", coordinates: [ring] };
}
