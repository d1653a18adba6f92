/**
 * Demand and what is served of it, for the map and the tables.
 *
 * @import { Covered } from "./types.d.ts"
 */

/** From here on a demand point counts as served: less is rounding. */
const WHOLE = 0.995;

/**
 * How a demand point is drawn: shape and word go with it, so that it is told without colour.
 * @param {{ served: number, walk_m: number | null }} point `walk_m`: null where no site is in reach
 */
export function lookOf({ served, walk_m }) {
  if (served >= WHOLE) return "served";
  if (served > 0) return "part";
  return walk_m === null ? "far" : "full";
}

/** Those of whom the most is not served first; then by name. @param {Covered[]} rows */
export const neediest = (rows) =>
  [...rows].sort(
    (a, b) => b.demand - b.served - (a.demand - a.served) || a.name.localeCompare(b.name, "zh"),
  );

/** Null where there is no demand to serve. @param {Covered} row */
export const shareOf = ({ demand, served }) => (demand > 0 ? served / demand : null);
