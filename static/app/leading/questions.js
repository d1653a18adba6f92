/**
 * Where the leaders' page asks for each of its parts.
 *
 * @import { View } from "./view.js"
 */

import { isOfMoment } from "./frames.js";
import { queryOf } from "./view.js";

const API = "/api/v1/overview/";

/** @param {string} what @param {View} view @param {Record<string, string>} [more] */
function address(what, view, more = {}) {
  const query = [queryOf(view), String(new URLSearchParams(more))].filter(Boolean).join("&");
  return `${API}${what}/${query ? `?${query}` : ""}`;
}

/** @param {View} view @param {string} by */
export const figuresAt = (view, by) => address("figures", view, { by });

/** Every step of the slider. @param {View} view @param {string} step */
export const framesAt = (view, step) =>
  address("frames", view, view.mode === "within" ? { step } : { step, mode: view.mode });

/** @param {View} view */
export const heatAt = (view) => address("heat", view);

/** @param {View} view */
export const hexagonsAt = (view) => address("hexagons", view);

/** @param {View} view */
export const hotSpotsAt = (view) => address("hotspots", view);

/** A board is of all measures, items and severities. @param {View} view */
export const boardAt = (view) =>
  address("board", { ...view, measure: "found", item: [], severity: [], estate: [] });

/**
 * What the tiles of single findings are narrowed by. As of a day, and at a step of what was open,
 * they are chosen by the days they carry.
 *
 * @param {View} view
 */
export function tilesOf(view) {
  const { kind, severity, community, estate, since, until, at, as_of } = view;
  const query = new URLSearchParams();
  for (const [name, keys] of /** @type {const} */ ([
    ["kind", kind],
    ["severity", severity],
    ["community", community],
    ["estate", estate],
  ]))
    for (const key of keys) query.append(name, key);
  if (isOfMoment(view, at)) {
    if (!at && !as_of) query.set("status", "open");
  } else {
    if (since) query.set("since", since);
    if (until) query.set("until", until);
  }
  return query.toString();
}
