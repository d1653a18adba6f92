/**
 * What the list of cases is narrowed to. It stands in the address, so that a view can be sent to
 * a colleague or kept under a name.
 *
 * @typedef {"to_file" | "to_dispatch" | "to_decide" | "checking" | "overdue" | "lapsed"
 *   | "all"} Tab
 * @typedef {{ tab: Tab, q: string, status: string, state: string, source: string,
 *   severity: string[], kind: string, community: string, estate: string, company: string,
 *   unit: string, since: string, until: string, mine: string, sort: string,
 *   counted: string }} CaseFilters `counted`: the rows behind a number of the leaders' board, as
 *   the server is asked for them: "figure=handled&holds=1&as_of=2024-11-30…", or ""
 */

/** What each tab asks of the server. @type {Record<Tab, [string, string][]>} */
const ASKS = {
  to_file: [["state", "reported"]],
  to_dispatch: [
    ["state", "filed"],
    ["state", "returned"],
  ],
  to_decide: [["undecided", "1"]],
  checking: [
    ["state", "fixed"],
    ["state", "checking"],
    ["state", "checked"],
  ],
  overdue: [["status", "overdue"]],
  lapsed: [["status", "lapsed"]],
  all: [],
};

export const TABS = /** @type {Tab[]} */ (Object.keys(ASKS));

const PLAIN = /** @type {const} */ ([
  "q",
  "source",
  "kind",
  "community",
  "estate",
  "company",
  "unit",
  "since",
  "until",
  "mine",
]);
/** What a number of the board is asked by; of some there may be several. */
const OF_BOARD = [
  "figure",
  "holds",
  "as_of",
  "since",
  "until",
  "kind",
  "item",
  "severity",
  "community",
  "estate",
  "company",
];
const STATUSES = ["open", "ended", "late", "any"];
const SORTS = ["due", "number"];

/** @param {string} search @returns {CaseFilters} */
export function caseFiltersOf(search) {
  const query = new URLSearchParams(search);
  const counted = query.get("figure") ? takenFrom(query) : "";
  const told = /** @type {Tab} */ (query.get("tab"));
  const tab = TABS.includes(told) && !counted ? told : "all";
  const status = query.get("status") ?? "";
  const plain = Object.fromEntries(PLAIN.map((name) => [name, query.get(name) ?? ""]));
  return /** @type {CaseFilters} */ ({
    ...plain,
    tab,
    counted,
    status: tab === "all" && STATUSES.includes(status) ? status : usual(counted),
    state: tab === "all" ? (query.get("state") ?? "") : "",
    sort: sorted(query.get("sort") ?? ""),
    severity: ["1", "2", "3"].filter((each) => query.getAll("severity").includes(each)),
  });
}

/** As in the address, without what narrows nothing. @param {CaseFilters} filters */
export function addressOfCases(filters) {
  const query = new URLSearchParams(filters.counted);
  if (filters.tab !== "all") query.set("tab", filters.tab);
  else {
    if (filters.status !== usual(filters.counted)) query.set("status", filters.status);
    if (filters.state) query.set("state", filters.state);
  }
  put(query, filters);
  if (filters.sort) query.set("sort", filters.sort);
  return query.toString();
}

/** As the server reads it. @param {CaseFilters} filters */
export function askedOf(filters) {
  const query = new URLSearchParams([
    ...new URLSearchParams(filters.counted),
    ...ASKS[filters.tab],
  ]);
  if (filters.tab === "all") {
    if (filters.state) query.set("state", filters.state);
    else if (filters.status !== "any") query.set("status", filters.status);
  }
  put(query, filters);
  return query.toString();
}

/**
 * In which order: what is to be done by its deadline, what is over by its number, unless told.
 * @param {CaseFilters} filters
 */
export const orderOf = ({ tab, status, state, sort }) =>
  sort || (tab === "all" && (status === "ended" || status === "any" || state) ? "number" : "due");

/** How many filters are set beside the tab. @param {CaseFilters} filters */
export const narrowing = (filters) =>
  PLAIN.filter((name) => filters[name]).length +
  (filters.severity.length ? 1 : 0) +
  (filters.counted ? 1 : 0) +
  (filters.status !== usual(filters.counted) ? 1 : 0) +
  (filters.state ? 1 : 0);

/** Another tab keeps what else is asked for. @param {CaseFilters} filters @param {Tab} tab @returns {CaseFilters} */
export const inTab = (filters, tab) => ({
  ...filters,
  tab,
  status: "open",
  state: "",
  counted: "",
});

/** Without what narrows; the tab stays. @param {CaseFilters} filters */
export const widened = ({ tab }) => caseFiltersOf(tab === "all" ? "" : `tab=${tab}`);

/** @param {string} told */
const sorted = (told) => (SORTS.includes(told) ? told : "");

/** A number of the board counts those that are over, too. @param {string} counted */
const usual = (counted) => (counted ? "any" : "open");

/** Takes what a number of the board is asked by out of an address. @param {URLSearchParams} query */
function takenFrom(query) {
  const taken = new URLSearchParams();
  for (const name of OF_BOARD) {
    for (const value of query.getAll(name)) taken.append(name, value);
    query.delete(name);
  }
  return taken.toString();
}

/** @param {URLSearchParams} query @param {CaseFilters} filters */
function put(query, filters) {
  if (filters.severity.length) query.delete("severity");
  for (const each of filters.severity) query.append("severity", each);
  for (const name of PLAIN) if (filters[name]) query.set(name, filters[name]);
}
