/**
 * Which single findings stand on the map at a step of the slider, or as of a day. Their tiles carry
 * the days, so that a step asks nobody.
 *
 * @import { Step } from "./types.d.ts"
 * @import { View } from "./view.js"
 * @typedef {{ first: number | null, last: number, open: number | null, only: boolean }} Signs
 *   days since 1970 of what was recorded; `open`: at the end of which day they are told open or
 *   closed, null for as they are now; `only`: those that were open then
 */

import { isOfMoment } from "./frames.js";
import { dayNumber } from "./view.js";

/**
 * @param {Pick<View, "as_of" | "mode" | "measure">} view
 * @param {Step | null} step
 * @returns {Signs | null} null for as the tiles have them: now, and of the whole period
 */
export function signsAt(view, step) {
  if (!step && !view.as_of) return null;
  const until = step?.until ?? view.as_of;
  const last = dayNumber(view.as_of && view.as_of < until ? view.as_of : until);
  if (isOfMoment(view, step)) return { first: null, last, open: last, only: true };
  const within = step && view.mode === "within";
  return {
    first: within ? dayNumber(step.since) : null,
    last,
    open: view.as_of ? dayNumber(view.as_of) : null,
    only: false,
  };
}
