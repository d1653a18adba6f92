/**
 * Small pieces of the ledgers' pages.
 *
 * @import { CellValue, Column, Place } from "./types.d.ts"
 */

import { today } from "../../../days.js";
import { dayWord } from "../../../when.js";
import { either, t } from "../../../words.js";

/** @param {{ zh: string, en: string }} named */
export const word = ({ zh, en }) => either(zh, en);

/** As a heading. @param {{ zh: string, en: string }} named */
export function titled(named) {
  const told = word(named);
  return told.charAt(0).toUpperCase() + told.slice(1);
}

/** @param {Place} place */
export const placeName = ({ name, name_en }) => word({ zh: name, en: name_en || name });

/**
 * In the order in which they come.
 * @template T, K @param {T[]} all @param {(each: T) => K} key
 */
export function grouped(all, key) {
  /** @type {Map<K, T[]>} */
  const groups = new Map();
  for (const each of all) groups.set(key(each), [...(groups.get(key(each)) ?? []), each]);
  return [...groups.values()];
}

/** What stands in the address: the day and the month that are asked for. */
export function asked() {
  const told = new URLSearchParams(location.search);
  const asOf = told.get("as_of") ?? "";
  return { asOf, month: told.get("month") || (asOf || today()).slice(0, 7), told };
}

/** @param {Column} column @param {CellValue | undefined} value */
export function cellWord(column, value) {
  if (value === undefined) return "–";
  const named = (/** @type {unknown} */ key) => {
    const option = column.options?.find((each) => each.key === key);
    return option ? word(option) : String(key);
  };
  switch (column.type) {
    case "yes_no":
      return value ? t("ledgers.yes") : t("ledgers.no");
    case "choice":
      return named(value);
    case "several":
      return /** @type {string[]} */ (value).map(named).join(t("ledgers.comma"));
    case "day":
      return dayWord(String(value));
    default:
      return String(value);
  }
}
