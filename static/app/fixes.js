/**
 * How far the receiver is to be believed. What is odd is noted beside the record, for whoever
 * reads it; it never keeps anybody from recording.
 *
 * @import { LonLat } from "./metres.js"
 *
 * @typedef {{ point: LonLat, accuracyM: number, at: number }} Fix as the browser gave it: digits
 *   neither rounded nor shifted; `at`: ms, the receiver's time of it
 * @typedef {"frozen" | "jump" | "coarse" | "mock"} Doubt
 */

import { distanceM } from "./metres.js";

const COARSE_M = 100;
/** Nobody goes faster between two estates: 180 km/h. */
const IMPOSSIBLE_MPS = 50;
/** A receiver that stands still trembles in its last digits; one that never does is no receiver. */
const STILL_MS = 30_000;
const STILL_FIXES = 3;
/** Tenths of a thousandth of a degree are ten metres: what is typed, not what is measured. */
const TYPED_DECIMALS = 4;

/** Older fixes tell nothing about this one; and where somebody went is nobody's business. */
const KEPT_MS = 15 * 60_000;
const KEPT = 20;

/**
 * @param {Fix[]} fixes oldest first; the last is the one to be believed or not
 * @returns {Doubt[]}
 */
export function doubtsOf(fixes) {
  const last = fixes.at(-1);
  if (!last) return [];
  return /** @type {Doubt[]} */ (
    [
      frozen(fixes, last) && "frozen",
      jumped(fixes.at(-2), last) && "jump",
      last.accuracyM > COARSE_M && "coarse",
      typed(last) && "mock",
    ].filter(Boolean)
  );
}

/** @param {Fix[]} fixes @param {Fix} fix @returns {Fix[]} a fix told twice is one */
export const withFix = (fixes, fix) =>
  [...fixes.filter(({ at }) => at !== fix.at && fix.at - at < KEPT_MS), fix].slice(-KEPT);

/** The same digits, again and again, while time goes on. @param {Fix[]} fixes @param {Fix} last */
function frozen(fixes, last) {
  let first = fixes.length - 1;
  while (first > 0 && same(/** @type {Fix} */ (fixes[first - 1]), last)) first -= 1;
  const since = /** @type {Fix} */ (fixes[first]).at;
  return fixes.length - first >= STILL_FIXES && last.at - since >= STILL_MS;
}

/** @param {Fix} a @param {Fix} b */
const same = (a, b) =>
  a.point[0] === b.point[0] && a.point[1] === b.point[1] && a.accuracyM === b.accuracyM;

/** @param {Fix | undefined} before @param {Fix} last */
function jumped(before, last) {
  if (!before) return false;
  const metres = distanceM(before.point, last.point) - before.accuracyM - last.accuracyM;
  return metres > IMPOSSIBLE_MPS * Math.max(1, (last.at - before.at) / 1000);
}

/** @param {Fix} fix */
const typed = ({ point, accuracyM }) =>
  accuracyM <= 0 || point.every((degrees) => degrees === Number(degrees.toFixed(TYPED_DECIMALS)));
