/**
 * What a site is drawn to while it is moved: the corners and edges of vacant spaces, and the
 * directions of walls near by.
 *
 * @import { LonLat } from "./types.d.ts"
 * @import { Metres, Plane } from "./plane.js"
 * @typedef {{ plane: Plane, corners: Metres[], edges: [Metres, Metres][], directions: number[] }} Targets
 *   `directions` of walls and edges, in degrees clockwise from north, 0 up to 90
 * @typedef {{ by: Metres, at: LonLat[] }} Snap how far it is still to be moved, and the corner or
 *   the edge that it meets
 */

import { centreOf, moved } from "./footprint.js";
import { planeAt } from "./plane.js";

const RADIANS = Math.PI / 180;
/** Walls farther from the site say nothing of how it should stand. */
const NEAR_M = 40;

/**
 * @param {{ vacant_spaces?: GeoJSON.FeatureCollection, buildings?: GeoJSON.FeatureCollection }} layers
 * @param {LonLat} near
 * @returns {Targets}
 */
export function targetsAt({ vacant_spaces, buildings }, near) {
  const plane = planeAt(near);
  const spaces = ringsOf(vacant_spaces).map((ring) => ring.map(plane.flat));
  const walls = ringsOf(buildings).map((ring) => ring.map(plane.flat));
  const edges = spaces.flatMap(edgesOf);
  return {
    plane,
    corners: spaces.flatMap((ring) => ring.slice(1)),
    edges,
    directions: [...edges, ...walls.flatMap(edgesOf)]
      .map((edge) => ({ edge, far: fromEdge([0, 0], edge) }))
      .filter(({ edge: [a, b], far }) => far < NEAR_M && Math.hypot(b[0] - a[0], b[1] - a[1]) > 1)
      .sort((a, b) => a.far - b.far)
      .map(({ edge: [a, b] }) => quarter(Math.atan2(b[0] - a[0], b[1] - a[1]) / RADIANS)),
  };
}

/**
 * @param {GeoJSON.Polygon} polygon as the hand moved it
 * @param {Targets} targets @param {number} withinM
 * @returns {Snap | null}
 */
export function snapOf(polygon, { plane, corners, edges }, withinM) {
  const own = (polygon.coordinates[0] ?? []).slice(1).map(plane.flat);
  const pairs = own.flatMap((mine) => corners.map((theirs) => ({ mine, theirs })));
  const meeting = nearest(
    pairs.map(({ mine, theirs }) => ({ by: between(mine, theirs), at: [theirs] })),
    withinM,
  );
  const met =
    meeting ??
    nearest(
      own.flatMap((mine) =>
        edges.map((edge) => ({ by: between(mine, foot(mine, edge)), at: edge })),
      ),
      withinM,
    );
  return met && { by: met.by, at: met.at.map(plane.lonLat) };
}

/** A corner alone, as it is drawn or pulled. @param {LonLat} corner @param {Targets} targets @param {number} withinM @returns {LonLat} */
export function snapCorner(corner, targets, withinM) {
  const point = { type: /** @type {const} */ ("Polygon"), coordinates: [[corner, corner]] };
  const snap = snapOf(point, targets, withinM);
  return snap ? (moved(point, snap.by).coordinates[0]?.[0] ?? corner) : corner;
}

/**
 * A direction near that of a wall or an edge, or square to it, becomes that direction.
 * @param {number} degrees @param {Targets} targets @param {number} within degrees
 */
export function aligned(degrees, { directions }, within) {
  const off = directions.map((each) => signedQuarter(each - degrees));
  const least = off.reduce((a, b) => (Math.abs(b) < Math.abs(a) - 1e-9 ? b : a), 90);
  return Math.abs(least) <= within ? degrees + least : degrees;
}

/** How a new site is laid: along the nearest wall or edge; due north where there is none. @param {Targets} targets */
export const layAlong = ({ directions }) => directions[0] ?? 0;

/**
 * The vacant space in whose area the site's middle lies.
 * @param {GeoJSON.Polygon} polygon @param {GeoJSON.FeatureCollection | undefined} spaces
 */
export function spaceUnder(polygon, spaces) {
  const { flat } = planeAt(centreOf(polygon));
  const found = spaces?.features.find(({ geometry }) =>
    polygonsOf(geometry).some(
      (rings) => rings.filter((ring) => holds(ring.map(flat))).length === 1,
    ),
  );
  return found ? Number(found.id) : null;
}

/** Does it go around [0, 0]? @param {Metres[]} ring */
function holds(ring) {
  let inside = false;
  for (const [at, [bx, by]] of ring.slice(1).entries()) {
    const [ax, ay] = ring[at] ?? [0, 0];
    if (ay > 0 !== by > 0 && ax + (ay / (ay - by)) * (bx - ax) > 0) inside = !inside;
  }
  return inside;
}

/** @param {GeoJSON.FeatureCollection | undefined} layer @returns {LonLat[][]} */
const ringsOf = (layer) =>
  (layer?.features ?? []).flatMap(({ geometry }) => polygonsOf(geometry).flat());

/** @param {GeoJSON.Geometry | null} geometry @returns {LonLat[][][]} */
function polygonsOf(geometry) {
  if (geometry?.type === "Polygon") return [geometry.coordinates];
  return geometry?.type === "MultiPolygon" ? geometry.coordinates : [];
}

/** @param {Metres[]} ring @returns {[Metres, Metres][]} */
const edgesOf = (ring) => ring.slice(1).map((to, at) => [ring[at] ?? to, to]);

/** @param {Metres} point @param {[Metres, Metres]} edge @returns {Metres} */
function foot([x, y], [[ax, ay], [bx, by]]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
  const share = Math.max(0, Math.min(1, along));
  return [ax + share * dx, ay + share * dy];
}

/** @param {Metres} point @param {[Metres, Metres]} edge */
const fromEdge = (point, edge) => Math.hypot(...between(point, foot(point, edge)));

/** @param {Metres} a @param {Metres} b @returns {Metres} */
const between = (a, b) => [b[0] - a[0], b[1] - a[1]];

/** @template {{ by: Metres }} T @param {T[]} ways @param {number} withinM @returns {T | null} */
function nearest(ways, withinM) {
  let [best, least] = [/** @type {T | null} */ (null), withinM];
  for (const each of ways) {
    const far = Math.hypot(...each.by);
    if (far <= least) [best, least] = [each, far];
  }
  return best;
}

/** 0 up to 90. @param {number} degrees */
const quarter = (degrees) => ((degrees % 90) + 90) % 90;

/** -45 up to 45. @param {number} degrees */
const signedQuarter = (degrees) => quarter(degrees + 45) - 45;
