/** Numbers as the panels of a plan tell them; "–" is not known. */

import { spoken } from "../../words.js";

/** @param {number | null | undefined} value @param {Intl.NumberFormatOptions} how */
const told = (value, how) =>
  value === null || value === undefined ? "–" : new Intl.NumberFormat(spoken(), how).format(value);

/** @param {number | null | undefined} value */
export const whole = (value) => told(value, { maximumFractionDigits: 0 });

/** @param {number | null | undefined} share */
export const percent = (share) => told(share, { style: "percent", maximumFractionDigits: 1 });

/** @param {number | null | undefined} value */
export const ratio = (value) => told(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
