/**
 * Numbers as the leaders' page tells them; "–" is what can't be told.
 *
 * @import { Figure, Measure } from "./types.d.ts"
 */

import { dayWord, full } from "../when.js";
import { either, spoken, t } from "../words.js";

/** @param {number | null | undefined} value @param {Intl.NumberFormatOptions} how */
const told = (value, how) =>
  value === null || value === undefined ? "–" : new Intl.NumberFormat(spoken(), how).format(value);

/** @param {number | null | undefined} value */
export const whole = (value) => told(value, { maximumFractionDigits: 0 });

/** @param {number | null | undefined} share */
export const percent = (share) => told(share, { style: "percent", maximumFractionDigits: 0 });

/** Small numbers with what tells them apart, counts as they are. @param {number | null | undefined} value */
export function plain(value) {
  if (value === null || value === undefined || Number.isInteger(value)) return whole(value);
  const size = Math.abs(value);
  return told(value, { maximumFractionDigits: size >= 100 ? 0 : size >= 10 ? 1 : 2 });
}

/** @param {{ unit_zh: string, unit_en: string }} measure */
export const unitOf = ({ unit_zh, unit_en }) => either(unit_zh, unit_en);

/** What a rate is made of: "12 ÷ 30 inspections"; nothing of a count. @param {string} slug @param {Pick<Figure, "n" | "of">} figure */
export function madeOf(slug, { n, of }) {
  if (of === null || (slug !== "rate" && slug !== "households")) return "";
  return of ? t(`measure.of.${slug}`, { n: whole(n), of: whole(of) }) : t(`measure.noOf.${slug}`);
}

/** @param {Pick<Figure, "low" | "high">} figure */
export const intervalOf = ({ low, high }) =>
  low === null || high === null
    ? ""
    : t("measure.interval", { low: plain(low), high: plain(high) });

/** Is the interval wider than the value itself? @param {Figure} figure */
export const isVague = ({ value, low, high }) =>
  value !== null && low !== null && high !== null && high - low > value;

/** By how much more: "+12 %"; where there was nothing, in plain numbers. @param {number} now @param {number} then */
export function changeOf(now, then) {
  if (now === then) return t("number.same");
  const how = /** @type {const} */ ({ signDisplay: "exceptZero", maximumFractionDigits: 0 });
  return then
    ? told((now - then) / then, { ...how, style: "percent" })
    : told(now - then, { ...how, maximumFractionDigits: 2 });
}

/** Do two intervals have nothing in common? @param {Figure} a @param {Figure} b @returns {boolean | null} null: not known */
export function areApart(a, b) {
  if (a.low === null || a.high === null || b.low === null || b.high === null) return null;
  return a.high < b.low || b.high < a.low;
}

/**
 * When what is shown was so: a past day is named as that day, not by the midnight that ends it.
 *
 * @param {{ as_of: string }} asked a day, or "" for now
 * @param {string} moment of the answer
 */
export const asOf = ({ as_of }, moment) =>
  t("overview.asOf", { when: as_of ? dayWord(as_of) : full(moment) });
