/**
 * WGS-84 and GCJ-02, as geo/datum.py has them: some browsers sold in China hand pages the shifted
 * one as if it were the other. tests/datum.json is read by both suites.
 *
 * @import { LonLat } from "./metres.js"
 *
 * @typedef {"unchecked" | "wgs84" | "gcj02"} Datum what this device's browser was found to give
 * @typedef {{ datum: "wgs84" | "gcj02", offM: number }
 *   | { datum: null, why: "coarse" | "neither" | "no_shift", offM: number }} Verdict
 *   `offM`: how far the fix lay from the corner, as it was given
 */

import { distanceM } from "./metres.js";

const A = 6378245;
const E2 = 0.006693421622965943;
/** West, south, east, north: outside it everything is left as it is. */
const CHINA = /** @type {const} */ ([72.004, 0.8293, 137.8347, 55.8271]);
const ROUNDS = 8;
const CLOSE = 1e-12;

/** A thumb on the map, and a corner that is drawn a little off. */
const HAND_M = 40;
/** A vaguer fix says nothing about a shift of some 560 m. */
const VAGUE_M = 150;

/** @param {LonLat} point @returns {[number, number]} */
export const gcj02Of = ([lon = 0, lat = 0]) => (inChina(lon, lat) ? shifted(lon, lat) : [lon, lat]);

/** @param {LonLat} point in GCJ-02 @returns {[number, number]} exact to the micrometre */
export function wgs84Of([lon = 0, lat = 0]) {
  if (!inChina(lon, lat)) return [lon, lat];
  let [x, y] = [lon, lat];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [gx, gy] = shifted(x, y);
    [x, y] = [x - (gx - lon), y - (gy - lat)];
    if (Math.max(Math.abs(gx - lon), Math.abs(gy - lat)) < CLOSE) break;
  }
  return [x, y];
}

/**
 * Somebody stands at a corner that the map knows. Which of the two does this browser give?
 *
 * @param {LonLat} corner in WGS-84, tapped on the map
 * @param {{ point: LonLat, accuracyM: number }} fix as the browser gave it
 * @returns {Verdict}
 */
export function datumAt(corner, { point, accuracyM }) {
  const offM = distanceM(corner, point);
  const shiftM = distanceM(corner, gcj02Of(corner));
  const marginM = HAND_M + accuracyM;
  if (shiftM < 4 * HAND_M) return { datum: null, why: "no_shift", offM };
  if (accuracyM > VAGUE_M) return { datum: null, why: "coarse", offM };
  if (offM <= marginM) return { datum: "wgs84", offM };
  if (distanceM(gcj02Of(corner), point) <= marginM) return { datum: "gcj02", offM };
  return { datum: null, why: "neither", offM };
}

/** @param {number} lon @param {number} lat */
const inChina = (lon, lat) =>
  lon >= CHINA[0] && lon <= CHINA[2] && lat >= CHINA[1] && lat <= CHINA[3];

/** The published formula. @param {number} lon @param {number} lat @returns {[number, number]} */
function shifted(lon, lat) {
  const [x, y, root] = [lon - 105, lat - 35, Math.sqrt(Math.abs(lon - 105))];
  /** @param {number} size @param {number} of */
  const wave = (size, of) => size * Math.sin(Math.PI * of);
  const ripple = wave(20, 6 * x) + wave(20, 2 * x);
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * root +
    (2 / 3) * (ripple + wave(20, y) + wave(40, y / 3) + wave(160, y / 12) + wave(320, y / 30));
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * root +
    (2 / 3) * (ripple + wave(20, x) + wave(40, x / 3) + wave(150, x / 12) + wave(300, x / 30));
  const phi = (lat * Math.PI) / 180;
  const m = 1 - E2 * Math.sin(phi) ** 2;
  return [
    lon + degrees(east / ((A / Math.sqrt(m)) * Math.cos(phi))),
    lat + degrees(north / ((A * (1 - E2)) / (m * Math.sqrt(m)))),
  ];
}

/** @param {number} radians */
const degrees = (radians) => (radians * 180) / Math.PI;
