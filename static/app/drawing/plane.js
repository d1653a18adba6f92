/**
 * The ground around one place as a flat sheet: metres east and north of it. Over the hundred
 * metres that a site and its neighbours span it is true to a millimetre; what counts is measured
 * on EPSG:4549, by the rules.
 *
 * @import { LonLat } from "./types.d.ts"
 * @typedef {[number, number]} Metres east, north
 * @typedef {{ flat: (at: LonLat) => Metres, lonLat: (at: Metres) => LonLat }} Plane
 */

/** WGS-84: half the equator's axis, and the square of the eccentricity. */
const A_M = 6_378_137;
const E2 = 0.006_694_379_990_14;
const RADIANS = Math.PI / 180;
/** Places after the point of a degree: 0.1 mm. */
const DIGITS = 9;

/** @param {LonLat} origin @returns {Plane} */
export function planeAt([lon0 = 0, lat0 = 0]) {
  const sine = Math.sin(lat0 * RADIANS);
  const bend = 1 - E2 * sine * sine;
  const eastM = (A_M / Math.sqrt(bend)) * Math.cos(lat0 * RADIANS) * RADIANS;
  const northM = ((A_M * (1 - E2)) / bend ** 1.5) * RADIANS;
  return {
    flat: ([lon = 0, lat = 0]) => [(lon - lon0) * eastM, (lat - lat0) * northM],
    lonLat: ([x, y]) => [rounded(lon0 + x / eastM), rounded(lat0 + y / northM)],
  };
}

/** @param {number} degrees */
export const rounded = (degrees) => Number(degrees.toFixed(DIGITS));

/** @param {LonLat} from @param {LonLat} to */
export function metresBetween(from, to) {
  const [x, y] = planeAt(from).flat(to);
  return Math.hypot(x, y);
}

/** Along a line. @param {LonLat[]} line */
export const lengthM = (line) =>
  line.slice(1).reduce((sum, to, at) => sum + metresBetween(line[at] ?? to, to), 0);

/** Of a polygon, without its holes. @param {LonLat[][]} rings */
export function areaM2(rings) {
  const { flat } = planeAt(rings[0]?.[0] ?? [0, 0]);
  return rings.reduce((sum, ring, at) => sum + (at ? -1 : 1) * Math.abs(turn(ring.map(flat))), 0);
}

/** Half the cross products: positive where the ring runs against the clock. @param {Metres[]} ring */
export function turn(ring) {
  let twice = 0;
  for (const [at, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(at + 1) % ring.length] ?? [0, 0];
    twice += x * nextY - nextX * y;
  }
  return twice / 2;
}
