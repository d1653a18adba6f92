/**
 * What a hand takes hold of: the site itself, its corners, the middles of its edges, and the knob
 * that turns it. And what the keys do. Of a footprint and a movement comes another footprint.
 *
 * @import { Fields, LonLat } from "./types.d.ts"
 * @import { Targets } from "./snapping.js"
 * @typedef {{ what: "body" | "knob" | "corner" | "middle", at: number }} Handle `at`: which corner or edge
 * @typedef {Pick<Fields, "outline" | "geom" | "anchor" | "rotation_deg">} Footprint
 * @typedef {{ targets: Targets, withinM: number } | null} Snapping
 */

import { centreOf, fieldsOf, longestSide, moved, rectangleOf, turned } from "./footprint.js";
import { planeAt, turn } from "./plane.js";
import { aligned, snapCorner, snapOf } from "./snapping.js";

const RADIANS = Math.PI / 180;
const ALIGNED_DEG = 2.5;
const FEWEST_CORNERS = 3;

/**
 * Where the knob stands: out beyond the end of the long side, so many metres.
 * @param {Footprint} footprint @param {number} outM @returns {LonLat}
 */
export function knobOf({ geom, rotation_deg }, outM) {
  const centre = centreOf(geom);
  const { flat, lonLat } = planeAt(centre);
  const degrees = rotation_deg ?? longestSide(geom);
  const axis = [Math.sin(degrees * RADIANS), Math.cos(degrees * RADIANS)];
  const reach = Math.max(
    ...(geom.coordinates[0] ?? []).map((at) => {
      const [x, y] = flat(at);
      return x * (axis[0] ?? 0) + y * (axis[1] ?? 0);
    }),
  );
  return lonLat([(reach + outM) * (axis[0] ?? 0), (reach + outM) * (axis[1] ?? 0)]);
}

/** Its corners and the middles of its edges; of a rectangle none: it follows from its sizes. @param {Footprint} footprint @returns {{ corners: LonLat[], middles: LonLat[] }} */
export function gripsOf({ outline, geom }) {
  const ring = geom.coordinates[0] ?? [];
  if (outline === "rectangle") return { corners: [], middles: [] };
  return {
    corners: ring.slice(0, -1),
    middles: ring.slice(1).map((to, at) => half(ring[at] ?? to, to)),
  };
}

/**
 * @param {Footprint} start as it was taken hold of
 * @param {Handle} handle @param {LonLat} from @param {LonLat} to
 * @param {Snapping} [snapping]
 * @returns {{ footprint: Footprint, meets: LonLat[] }} `meets`: what it was drawn to
 */
export function dragged(start, handle, from, to, snapping = null) {
  const { flat } = planeAt(from);
  if (handle.what === "knob") return { footprint: swung(start, from, to, snapping), meets: [] };
  const by = flat(to);
  if (handle.what === "body") {
    const free = shifted(start, by);
    const snap = snapping && snapOf(free.geom, snapping.targets, snapping.withinM);
    return snap
      ? { footprint: shifted(free, snap.by), meets: snap.at }
      : { footprint: free, meets: [] };
  }
  const ring = (start.geom.coordinates[0] ?? []).slice(0, -1);
  const corner = snapping ? snapCorner(to, snapping.targets, snapping.withinM) : to;
  const pulled =
    handle.what === "corner"
      ? ring.map((each, at) => (at === handle.at ? corner : each))
      : ring.toSpliced(handle.at + 1, 0, corner);
  const footprint = outlined(start, pulled);
  return { footprint: footprint ?? start, meets: [] };
}

/** One corner less; three it keeps. @param {Footprint} footprint @param {number} at @returns {Footprint} */
export function without(footprint, at) {
  const ring = (footprint.geom.coordinates[0] ?? []).slice(0, -1);
  if (ring.length <= FEWEST_CORNERS) return footprint;
  return outlined(footprint, ring.toSpliced(at, 1)) ?? footprint;
}

/** @param {Footprint} footprint @param {[number, number]} by metres east and north @returns {Footprint} */
export function shifted(footprint, by) {
  const rectangle = rectangleOf(footprint);
  if (!rectangle) return { ...footprint, geom: moved(footprint.geom, by) };
  return fieldsOf({ ...rectangle, centre: planeAt(rectangle.centre).lonLat(by) });
}

/** Clockwise. @param {Footprint} footprint @param {number} degrees @returns {Footprint} */
export function rotated(footprint, degrees) {
  const rectangle = rectangleOf(footprint);
  if (!rectangle) return { ...footprint, geom: turned(footprint.geom, degrees) };
  return fieldsOf({ ...rectangle, rotation_deg: rectangle.rotation_deg + degrees });
}

/** To a place typed in. @param {Footprint} footprint @param {LonLat} centre */
export const placedAt = (footprint, centre) =>
  shifted(footprint, planeAt(centreOf(footprint.geom)).flat(centre));

/** How it lies. @param {Footprint} footprint */
export const directionOf = ({ rotation_deg, geom }) => rotation_deg ?? longestSide(geom);

/**
 * What an arrow or a bracket does: 0.1 m and 1°, with Shift 1 m and 15°.
 *
 * @param {Footprint} footprint
 * @param {{ key: string, code?: string, shiftKey: boolean }} pressed
 * @returns {Footprint | null} null: no key of ours
 */
export function keyed(footprint, { key, code = "", shiftKey }) {
  const step = shiftKey ? 1 : 0.1;
  /** @type {Record<string, [number, number]>} */
  const ways = {
    ArrowUp: [0, step],
    ArrowDown: [0, -step],
    ArrowLeft: [-step, 0],
    ArrowRight: [step, 0],
  };
  const way = ways[key];
  if (way) return shifted(footprint, way);
  const angle = shiftKey ? 15 : 1;
  if (code === "BracketLeft" || key === "[" || key === "{") return rotated(footprint, -angle);
  if (code === "BracketRight" || key === "]" || key === "}") return rotated(footprint, angle);
  return null;
}

/** A ring that does not cross itself and has an area. @param {LonLat[]} corners */
export function isSound(corners) {
  const { flat } = planeAt(corners[0] ?? [0, 0]);
  const ring = corners.map(flat);
  if (ring.length < FEWEST_CORNERS || Math.abs(turn(ring)) < 0.01) return false;
  const edges = ring.map((from, at) => [from, ring[(at + 1) % ring.length] ?? from]);
  return edges.every(([a, b], n) =>
    edges.every(([c, d], m) => {
      const apart = Math.abs(n - m);
      if (apart < 2 || apart === edges.length - 1) return true;
      return !(a && b && c && d && cross(a, b, c, d));
    }),
  );
}

/** @param {Footprint} footprint @param {LonLat[]} corners @returns {Footprint | null} */
function outlined(footprint, corners) {
  if (!isSound(corners)) return null;
  const holes = footprint.geom.coordinates.slice(1);
  const [first = [0, 0]] = corners;
  return {
    outline: "drawn",
    geom: { type: "Polygon", coordinates: [[...corners, first], ...holes] },
    anchor: null,
    rotation_deg: null,
  };
}

/** @param {Footprint} start @param {LonLat} from @param {LonLat} to @param {Snapping} snapping */
function swung(start, from, to, snapping) {
  const { flat } = planeAt(centreOf(start.geom));
  const [fromX, fromY] = flat(from);
  const [toX, toY] = flat(to);
  const by = (Math.atan2(toX, toY) - Math.atan2(fromX, fromY)) / RADIANS;
  const direction = directionOf(start) + by;
  const told = snapping
    ? aligned(direction, snapping.targets, ALIGNED_DEG)
    : Math.round(direction * 10) / 10;
  return rotated(start, told - directionOf(start));
}

/** @param {number[]} a @param {number[]} b @param {number[]} c @param {number[]} d */
function cross(a, b, c, d) {
  const side = (/** @type {number[]} */ p, /** @type {number[]} */ q, /** @type {number[]} */ r) =>
    Math.sign(
      ((q[0] ?? 0) - (p[0] ?? 0)) * ((r[1] ?? 0) - (p[1] ?? 0)) -
        ((q[1] ?? 0) - (p[1] ?? 0)) * ((r[0] ?? 0) - (p[0] ?? 0)),
    );
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/** @param {LonLat} a @param {LonLat} b */
const half = ([x0 = 0, y0 = 0], [x1 = 0, y1 = 0]) => [(x0 + x1) / 2, (y0 + y1) / 2];
