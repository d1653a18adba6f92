/**
 * On whose ground one draws in a plan.
 *
 * @import { LonLat } from "./types.d.ts"
 */

import { contains } from "../metres.js";

/** @param {any} feature @param {LonLat} at */
const covers = ({ geometry }, at) =>
  (geometry?.type === "Polygon" || geometry?.type === "MultiPolygon") && contains(geometry, at);

/**
 * An estate is its community's, wherever that one's boundary runs. Where a boundary was not drawn,
 * or not read, the server says.
 * @param {number[] | null | undefined} drawsIn communities, as the server told of the plan; null
 *   is all of them
 * @param {any[]} communities @param {any[]} estates features that the person sees
 * @param {LonLat} at
 */
export function mayStand(drawsIn, communities, estates, at) {
  if (!drawsIn) return true;
  const estate = estates.find((each) => covers(each, at));
  if (estate) return drawsIn.includes(estate.properties.community);
  const own = communities.filter(({ id }) => drawsIn.includes(Number(id)));
  return own.length < drawsIn.length || own.some((each) => !each.geometry || covers(each, at));
}
