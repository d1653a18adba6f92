/**
 * What is typed in a cell, read and checked at once, as the server does.
 *
 * @import { CellText, Figures, Indicator } from "./types.d.ts"
 * @typedef {"number" | "negative" | "decimals" | "more" | "half"} Fault
 */

const WIDE = "０１２３４５６７８９．，";
const PLAIN = "0123456789.,";
const MOST = 1e11;

/** 1,200 and １２ are numbers too. @param {string} text @returns {number | null} NaN for what is none */
export function numberOf(text) {
  const plain = [...text.trim()]
    .map((each) => (WIDE.includes(each) ? PLAIN[WIDE.indexOf(each)] : each))
    .join("")
    .replaceAll(",", "");
  if (!plain) return null;
  return /^-?\d+(\.\d+)?$|^-?\.\d+$/.test(plain) ? Number(plain) : Number.NaN;
}

/** @param {Indicator} indicator */
export const isRate = (indicator) => indicator.unit === "%";

/**
 * @param {CellText} text
 * @param {boolean} rate n of how many
 * @returns {{ figures: Figures, fault: Fault | null }} `half` may be kept, and not submitted
 */
export function read(text, rate) {
  const n = numberOf(text.n);
  const of = rate ? numberOf(text.of) : null;
  return { figures: { n, of }, fault: faultOf(n, of, rate) };
}

/** @param {number | null} n @param {number | null} of @param {boolean} rate @returns {Fault | null} */
function faultOf(n, of, rate) {
  for (const each of [n, of]) {
    if (each === null) continue;
    if (Number.isNaN(each) || each > MOST) return "number";
    if (each < 0) return "negative";
    if (Math.round(each * 100) / 100 !== each) return "decimals";
  }
  if (n !== null && of !== null && n > of) return "more";
  if (rate && n !== null && of === null) return "half";
  return null;
}

/**
 * Whether the target is reached; null where nothing can be said.
 *
 * @param {Indicator} indicator @param {Figures} figures
 */
export function reached(indicator, { n, of }) {
  const { op, number } = indicator.target;
  if (n === null || number === null || !op) return null;
  const rate = isRate(indicator);
  if (rate && !of) return null;
  // Without dividing: 2 of 3 is not rounded.
  const [left, right] = rate ? [n * 100, number * /** @type {number} */ (of)] : [n, number];
  if (op === ">=") return left >= right;
  return op === "<=" ? left <= right : left === right;
}
