/**
 * What the office asks of a company: which of its cases wait for it, what for and until when, and
 * in what order.
 *
 * @import { CaseProperties } from "./types.d.ts"
 *
 * @typedef {"todo" | "claim" | "fix" | "checking" | "ended"} Shelf
 * @typedef {{ at: "list", shelf: Shelf } | { at: "papers" }
 *   | { at: "case" | "answer" | "camera" | "ask" | "return", id: string, pair?: string }} CompanyRoute
 */

export const SHELVES = /** @type {const} */ (["todo", "claim", "fix", "checking", "ended"]);

/** @type {Record<string, Shelf>} */
const SHELF_OF = {
  assigned: "claim",
  in_progress: "fix",
  extension_asked: "fix",
  checking: "checking",
  checked: "checking",
  suspended: "checking",
  returned: "checking",
  referred: "checking",
};

/** Where a case lies; what is over is over. @param {Pick<CaseProperties, "state" | "ended_at">} one @returns {Shelf} */
export const shelfOf = ({ state, ended_at }) =>
  ended_at ? "ended" : (SHELF_OF[state] ?? "checking");

/** Does it wait for the company? @param {Pick<CaseProperties, "state" | "ended_at">} one */
export const waitsForUs = (one) => ["claim", "fix"].includes(shelfOf(one));

/**
 * By when the company is to do what is asked: the step's own limit, and where none runs the
 * case's. What the office has in hand has no deadline for the company.
 * @param {Pick<CaseProperties, "state" | "ended_at" | "step_due_at" | "due_at">} one
 */
export const dueOf = (one) => (waitsForUs(one) ? (one.step_due_at ?? one.due_at) : null);

/**
 * Those of a shelf, the most pressing first.
 * @template {{ properties: CaseProperties }} Row
 * @param {Row[]} rows @param {Shelf} shelf @returns {Row[]}
 */
export function onShelf(rows, shelf) {
  const chosen = rows.filter(({ properties }) =>
    shelf === "todo" ? waitsForUs(properties) : shelfOf(properties) === shelf,
  );
  const last = "9999";
  return chosen.sort(({ properties: a }, { properties: b }) =>
    shelf === "ended"
      ? (b.ended_at ?? "").localeCompare(a.ended_at ?? "")
      : (dueOf(a) ?? last).localeCompare(dueOf(b) ?? last) || a.severity - b.severity,
  );
}

/** @param {string} hash @returns {CompanyRoute} */
export function routeOf(hash) {
  const [at = "", id = "", pair] = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  if (at === "papers") return { at };
  if (["case", "answer", "camera", "ask", "return"].includes(at) && id)
    return { at: /** @type {"case"} */ (at), id, ...(pair ? { pair } : {}) };
  return { at: "list", shelf: SHELVES.find((each) => each === at) ?? "todo" };
}

/** @param {CompanyRoute} route */
export function hashOf(route) {
  if (route.at === "list") return `#/${route.shelf}`;
  if (route.at === "papers") return "#/papers";
  return `#/${route.at}/${route.id}${route.pair ? `/${route.pair}` : ""}`;
}

/**
 * Ways to it by car, in the apps that people here have: they speak GCJ-02.
 * @param {[number, number]} at in GCJ-02 @param {string} name
 */
export const waysTo = ([lon, lat], name) => {
  const place = encodeURIComponent(name);
  return {
    amap: `https://uri.amap.com/marker?position=${lon.toFixed(6)},${lat.toFixed(6)}&name=${place}`,
    baidu: `https://api.map.baidu.com/marker?location=${lat.toFixed(6)},${lon.toFixed(6)}&title=${place}&content=${place}&output=html&coord_type=gcj02`,
  };
};
