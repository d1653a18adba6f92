/**
 * The way from a number to the rows behind it: a list that the server narrows just as it counted.
 *
 * @import { View } from "./view.js"
 */

import { queryOf } from "./view.js";

const FINDINGS = "/api/v1/findings/";
const CASES = "/cases/";
/** Lists that this page shows itself; others are pages of their own. */
export const LISTS = [FINDINGS, "/api/v1/overview/due/"];

/**
 * @param {View} view
 * @param {Partial<View>} [but]
 * @returns {string | null} none where there is no list of just these
 */
export function rowsOf(view, but = {}) {
  const { measure, ...asked } = { ...view, ...but };
  const query = new URLSearchParams(queryOf({ ...asked, measure: "found" }));
  if (measure === "overdue") return casesOf(query);
  if (measure === "repeat") query.set("again", "1");
  if (measure === "open") {
    // The list knows what is open now, not what was.
    if (asked.as_of) return null;
    query.set("status", "open");
    for (const name of ["since", "until"]) query.delete(name);
  }
  return `${FINDINGS}?${query}`;
}

/**
 * The same for one person: to whom the page of cases is not open, a number of cases leads nowhere.
 *
 * @param {() => boolean} mayOpenCases
 * @returns {typeof rowsOf}
 */
export const rowsFor = (mayOpenCases) => (view, but) => {
  const address = rowsOf(view, but);
  return address?.startsWith(CASES) && !mayOpenCases() ? null : address;
};

/** @param {URLSearchParams} query */
function casesOf(query) {
  query.set("figure", "overdue");
  query.set("holds", "1");
  for (const name of ["since", "until"]) query.delete(name);
  return `${CASES}?${query}`;
}

/** Is it one that this page shows? @param {string} address */
export const isList = (address) => LISTS.some((path) => address.startsWith(`${path}?`));
