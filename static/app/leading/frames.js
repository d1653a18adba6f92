/**
 * The steps of the slider: all of them come in one answer, and a step asks nobody.
 *
 * @import { Frames, Look, Row, Step } from "./types.d.ts"
 * @import { View } from "./view.js"
 */

import { shadeOf } from "./shades.js";
import { later } from "./view.js";

/** Where a step stands, or -1 for the whole period. @param {Frames | null} frames @param {string} key */
export const placeOf = (frames, key) =>
  key && frames ? frames.steps.findIndex((step) => step.key === key) : -1;

/**
 * @param {Frames} frames
 * @param {number} at
 * @param {number} times what a value is multiplied by: findings a hundred households
 * @returns {Map<number, { n: number, of: number | null, value: number | null, looked: boolean }>}
 */
export function figuresAt({ estates, n, of, looked }, at, times) {
  return new Map(
    estates.map((id, place) => {
      const count = n[at]?.[place] ?? 0;
      const whole = of ? (of[at]?.[place] ?? 0) : null;
      const value = whole === null ? count : whole ? (count * times) / whole : null;
      return [id, { n: count, of: whole, value, looked: looked[at]?.[place] ?? true }];
    }),
  );
}

/** What all estates hold together, step by step. @param {Frames} frames @param {number} times */
export const sums = ({ n, of }, times) =>
  n.map((row, at) => {
    const count = total(row);
    if (!of) return count;
    const whole = total(of[at] ?? []);
    return whole ? (count * times) / whole : null;
  });

/**
 * @param {Map<number, { value: number | null, looked: boolean }>} figures by estate
 * @param {number[]} scale
 * @returns {Map<number, Look>}
 */
export const looksOf = (figures, scale) =>
  new Map(
    [...figures].map(([id, { value, looked }]) => [
      id,
      { shade: shadeOf(value, scale), grey: !looked },
    ]),
  );

/** @param {Row[]} rows of estates @returns {Map<number, Row>} */
export const byEstate = (rows) => new Map(rows.map((row) => [Number(row.key), row]));

/**
 * What the server is asked for what a step shows.
 *
 * @param {View} view
 * @param {Pick<Step, "since" | "until">} step
 * @returns {View}
 */
export function askedAt(view, step) {
  const { since, until } = step;
  if (isOfMoment(view, step)) {
    const as_of = view.as_of && view.as_of < until ? view.as_of : until;
    const measure = view.measure === "overdue" ? "overdue" : "open";
    return { ...view, measure, since: "", until: "", as_of };
  }
  return view.mode === "within" ? { ...view, since, until } : { ...view, until };
}

/**
 * Whether it is of the end of a step, or of the day, and not of a period.
 *
 * @param {Pick<View, "measure" | "mode">} view
 * @param {unknown} step null for the whole period
 */
export const isOfMoment = ({ measure, mode }, step) =>
  measure === "open" || measure === "overdue" || Boolean(step && mode === "open");

/**
 * The days that a column of a chart is of: from its first to the one before the next's.
 *
 * @param {{ name: string }[]} rows by time, each named by its first day
 * @param {number} at
 * @param {string} last day of all of them
 */
export function daysOf(rows, at, last) {
  const next = rows[at + 1]?.name;
  return { since: rows[at]?.name ?? "", until: next ? later(next, -1) : last };
}

/** @param {number[]} numbers */
const total = (numbers) => numbers.reduce((sum, each) => sum + each, 0);
