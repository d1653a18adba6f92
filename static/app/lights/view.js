/**
 * What the board of the campaign shows. All of it stands in the address, so that a view can be sent
 * to a colleague.
 *
 * @typedef {{ as_of: string, programme: string, unit: string, community: string, late: boolean,
 *   sort: string, tab: string, actions: string[], indicator: string, at: string }} View `actions`:
 *   codes of those that are opened to their indicators; `indicator` and `at`, a community or "all":
 *   the cell whose rows are shown, "" for none
 */

const ONE = /** @type {const} */ (["as_of", "programme", "unit", "community", "indicator", "at"]);
export const TABS = /** @type {const} */ (["board", "late", "duties"]);

/**
 * An empty address is the first view of who opens it: of their own unit, or their own community.
 *
 * @param {string} search as location has it
 * @param {{ unit?: string, community?: string }} [own]
 * @returns {View}
 */
export function viewOf(search, own = {}) {
  const query = new URLSearchParams(search);
  const one = (/** @type {string} */ name) => query.get(name) ?? "";
  // The day alone came along from another tab, or was put there by hand.
  const first = !query.has("unit") && !query.has("community") && !query.has("indicator");
  return {
    as_of: one("as_of"),
    programme: one("programme"),
    unit: first ? (own.unit ?? "") : one("unit"),
    community: first ? (own.community ?? "") : one("community"),
    late: one("late") === "1",
    sort: one("sort") === "worst" ? "worst" : "",
    tab: TABS.find((each) => each === one("tab")) ?? "board",
    actions: query.getAll("action").filter(Boolean),
    indicator: one("indicator"),
    at: one("at"),
  };
}

/** As in the address, without what is as usual. @param {View} view @param {{ unit?: string, community?: string }} [own] */
export function addressOf(view, own = {}) {
  const query = new URLSearchParams();
  for (const name of ONE) if (view[name]) query.set(name, view[name]);
  if (view.late) query.set("late", "1");
  if (view.sort) query.set("sort", view.sort);
  if (view.tab !== "board") query.set("tab", view.tab);
  for (const code of view.actions) query.append("action", code);
  // Wider than the first view.
  const narrow = own.unit || own.community;
  if (narrow && !view.unit && !view.community && !view.indicator) query.set("unit", "");
  return query.size ? `?${query}` : "";
}

/** Of which cell the server is asked for rows. @param {View} view */
export function rowsAt({ indicator, at, as_of }) {
  const query = new URLSearchParams({ indicator });
  if (at && at !== "all") query.set("community", at);
  if (as_of) query.set("as_of", as_of);
  return `/api/v1/campaign/board/rows/?${query}`;
}

/** @param {View} view */
export const boardAt = (view) => ofBoard(view, "");

/** The same as a table to take away. @param {View} view @param {string} format */
export const tableAt = (view, format) => ofBoard(view, `table.${format}`);

/** @param {View} view @param {string} what */
function ofBoard({ as_of, programme }, what) {
  const query = new URLSearchParams();
  if (as_of) query.set("as_of", as_of);
  if (programme) query.set("programme", programme);
  return `/api/v1/campaign/board/${what}${query.size ? `?${query}` : ""}`;
}
