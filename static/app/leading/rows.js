/**
 * The way from a number to the rows behind it: the server lists by the same question by which it
 * counted.
 *
 * @import { View } from "./view.js"
 */

import { queryOf } from "./view.js";

const ROWS = "/api/v1/overview/rows/";
/** Lists that this page shows itself; others are pages of their own. */
export const LISTS = [ROWS, "/api/v1/overview/due/"];

/**
 * @param {View} view
 * @param {Partial<View>} [but]
 * @param {{ of?: "1", hexagon?: string, no_company?: "1" }} [more] `of`: what a rate is of
 */
export function rowsOf(view, but = {}, more = {}) {
  const query = [queryOf({ ...view, ...but }), String(new URLSearchParams(more))];
  return `${ROWS}?${query.filter(Boolean).join("&")}`;
}

/** Is it one that this page shows? @param {string} address */
export const isList = (address) => LISTS.some((path) => address.startsWith(`${path}?`));

/** Another page of a list. @param {string} address @param {number} page from 1 */
export function pageOf(address, page) {
  const [path, query] = address.split("?");
  const asked = new URLSearchParams(query);
  asked.set("page", String(page));
  return `${path}?${asked}`;
}

/** @param {string} address */
export const numberOfPage = (address) =>
  Number(new URLSearchParams(address.split("?")[1]).get("page") ?? 1);
