/**
 * Two plans side by side: which sites are in one alone, which are in both and differ.
 *
 * @import { Difference, Drawn } from "./types.d.ts"
 */

import { centreOf } from "../drawing/footprint.js";
import { contains, distanceM } from "../metres.js";

/** What is told of a site beside where it lies. */
export const TOLD = /** @type {const} */ ([
  "name",
  "ports",
  "bays",
  "canopy",
  "partitions",
  "cctv",
  "power",
  "level",
  "place",
  "entrances",
  "commercial",
  "cost_yuan",
]);
/** Two footprints nearer than this, middle to middle, are told to be at the same place. */
const SAME_PLACE_M = 0.05;

/**
 * A site of one plan is that of the other where one middle lies in the other's footprint; of
 * several the nearest. Each is matched once.
 *
 * @param {Drawn[]} left @param {Drawn[]} right
 * @returns {Difference[]} those that differ first, in the order of `left`
 */
export function differences(left, right) {
  const pairs = left
    .flatMap((one) => right.map((other) => ({ one, other, far: apart(one, other) })))
    .filter(({ one, other }) => meets(one, other))
    .sort((a, b) => a.far - b.far);
  /** @type {Map<Drawn, { other: Drawn, far: number }>} */
  const matched = new Map();
  const taken = new Set();
  for (const { one, other, far } of pairs) {
    if (matched.has(one) || taken.has(other)) continue;
    matched.set(one, { other, far });
    taken.add(other);
  }
  const rows = left.map((one) => {
    const match = matched.get(one);
    if (!match) return row("left", one, null);
    const fields = unlike(one, match.other);
    if (match.far > SAME_PLACE_M)
      fields.unshift({ name: "moved_m", left: 0, right: Math.round(match.far * 100) / 100 });
    return { ...row(fields.length ? "changed" : "same", one, match.other), fields };
  });
  const alone = right
    .filter((other) => !taken.has(other))
    .map((other) => row("right", null, other));
  return [
    ...rows.filter(({ what }) => what !== "same"),
    ...alone,
    ...rows.filter(({ what }) => what === "same"),
  ];
}

/**
 * What a plan comes to. What is not told of a site is left out of the sum, and counted.
 * @param {Drawn[]} sites
 */
export function totals(sites) {
  const sum = (/** @type {string} */ name) =>
    sites.reduce((all, { properties }) => all + Number(properties[name] ?? 0), 0);
  const untold = (/** @type {string} */ name) =>
    sites.filter(({ properties }) => properties[name] == null).length;
  return {
    sites: sites.length,
    ports: sum("ports"),
    bays: sum("bays"),
    cost_yuan: sum("cost_yuan"),
    untold: { ports: untold("ports"), bays: untold("bays"), cost_yuan: untold("cost_yuan") },
  };
}

/** @param {Difference["what"]} what @param {Drawn | null} left @param {Drawn | null} right @returns {Difference} */
const row = (what, left, right) => ({
  id: String((left ?? right)?.id),
  what,
  left,
  right,
  fields: [],
});

/** @param {Drawn} one @param {Drawn} other */
const apart = (one, other) => distanceM(centreOf(one.geometry), centreOf(other.geometry));

/** @param {Drawn} one @param {Drawn} other */
const meets = (one, other) =>
  contains(one.geometry, centreOf(other.geometry)) ||
  contains(other.geometry, centreOf(one.geometry));

/** @param {Drawn} one @param {Drawn} other @returns {Difference["fields"]} */
const unlike = ({ properties: left }, { properties: right }) =>
  TOLD.filter((name) => (left[name] ?? null) !== (right[name] ?? null)).map((name) => ({
    name,
    left: left[name] ?? null,
    right: right[name] ?? null,
  }));
