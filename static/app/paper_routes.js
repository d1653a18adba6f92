/**
 * Where the page of papers is: what the list is narrowed to stands in the address, and behind it
 * which paper is open, or which one is being drafted: /papers/?kind=notice#/new?kind=notice&case=…
 *
 * @typedef {{ kind: string, year: string, company: string, q: string, only: string }} PaperFilters
 *   `only`: undelivered, void or nothing
 * @typedef {{ at: "list" } | { at: "due" } | { at: "one", id: string }
 *   | { at: "new", kind: string, cases: string[], community: string, reissues: string,
 *       escalation: string }} PaperRoute
 */

export const KINDS = /** @type {const} */ ([
  "record",
  "notice",
  "recheck",
  "reminder",
  "talk",
  "bulletin",
  "oversight",
]);
/** Of a month and of no case. @type {readonly string[]} */
export const MONTHLY = ["bulletin", "oversight"];
const ONE = /^#\/([0-9a-f-]{36})$/;
const NAMES = /** @type {const} */ (["kind", "year", "company", "q", "only"]);

/** @param {string} search @returns {PaperFilters} */
export function filtersOf(search) {
  const query = new URLSearchParams(search);
  const [kind = "", year = "", company = "", q = "", only = ""] = NAMES.map(
    (name) => query.get(name) ?? "",
  );
  return { kind, year, company, q, only };
}

/** As the address of the page has them. @param {PaperFilters} filters */
export function addressOf(filters) {
  const query = new URLSearchParams();
  for (const name of NAMES) if (filters[name]) query.set(name, filters[name]);
  const told = query.toString();
  return told ? `?${told}` : "";
}

/** As the list is asked for. @param {PaperFilters} filters @param {number} page */
export function queryOf({ kind, year, company, q, only }, page) {
  const query = new URLSearchParams({ page: String(page) });
  if (kind) query.set("kind", kind);
  if (year) query.set("year", year);
  if (company) query.set("company", company);
  if (q.trim()) query.set("q", q.trim());
  if (only === "void") query.set("void", "1");
  if (only === "undelivered") query.set("undelivered", "1");
  return query.toString();
}

/** @param {string} hash @returns {PaperRoute} */
export function routeOf(hash) {
  const id = ONE.exec(hash)?.[1];
  if (id) return { at: "one", id };
  if (hash === "#/due") return { at: "due" };
  if (!hash.startsWith("#/new")) return { at: "list" };
  const query = new URLSearchParams(hash.slice("#/new".length).replace(/^\?/, ""));
  return {
    at: "new",
    kind: query.get("kind") ?? "",
    cases: query.getAll("case"),
    community: query.get("community") ?? "",
    reissues: query.get("reissues") ?? "",
    escalation: query.get("escalation") ?? "",
  };
}

/** @param {PaperRoute} route */
export function hashOf(route) {
  if (route.at === "one") return `#/${route.id}`;
  if (route.at === "due") return "#/due";
  if (route.at === "list") return "";
  const query = new URLSearchParams();
  if (route.kind) query.set("kind", route.kind);
  for (const each of route.cases) query.append("case", each);
  for (const name of /** @type {const} */ (["community", "reissues", "escalation"]))
    if (route[name]) query.set(name, route[name]);
  return `#/new?${query}`;
}
