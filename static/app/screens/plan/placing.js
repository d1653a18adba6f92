/**
 * Where a new site comes to lie, and what follows from where it lies.
 *
 * @import { Ground } from "../../drawing/ground.js"
 * @import { Fields, LonLat } from "../../drawing/types.d.ts"
 */

import { centreOf, fieldsOf, rowSize } from "../../drawing/footprint.js";
import { UNTOLD } from "../../drawing/rows.js";
import { layAlong, spaceUnder, targetsAt } from "../../drawing/snapping.js";
import { contains } from "../../metres.js";

/** What a new site has until somebody says otherwise. */
const FIRST = { bays: 10, ports: 10 };

/** @param {any[]} estates @param {LonLat} at @returns {number | null} */
function estateAt(estates, at) {
  const found = estates.find(
    ({ geometry }) =>
      (geometry?.type === "Polygon" || geometry?.type === "MultiPolygon") && contains(geometry, at),
  );
  return found ? Number(found.id) : null;
}

/**
 * One row of bays along the nearest wall or edge.
 * @param {Ground | null} ground @param {LonLat} at @returns {Promise<Partial<Fields>>}
 */
export async function laidAt(ground, at) {
  const size = rowSize({ ...UNTOLD, ...FIRST }, 1) ?? { row_m: 8, depth_m: 2.2 };
  /** @param {number} rotation_deg */
  const lay = (rotation_deg) =>
    fieldsOf({ centre: at, length_m: size.row_m, width_m: size.depth_m, rotation_deg });
  const { geom } = lay(90);
  await ground?.look(geom);
  const direction = layAlong(targetsAt(ground?.layers(geom) ?? {}, at));
  return { ...lay(direction || 90), ...FIRST };
}

/** Its estate and its vacant space. @param {Ground | null} ground @param {any[]} estates @param {GeoJSON.Polygon} geom */
export const whereIs = (ground, estates, geom) => ({
  estate: estateAt(estates, centreOf(geom)),
  vacant_space: spaceUnder(geom, ground?.layers(geom).vacant_spaces),
});

/**
 * What changes with a new place: the estate only where it came into another, so that one chosen
 * by hand stays.
 * @param {Ground | null} ground @param {any[]} estates @param {GeoJSON.Polygon} before
 * @param {GeoJSON.Polygon} after @returns {Partial<Fields>}
 */
export function movedTo(ground, estates, before, after) {
  const { vacant_space, estate } = whereIs(ground, estates, after);
  return { vacant_space, ...(estateAt(estates, centreOf(before)) === estate ? {} : { estate }) };
}
