/**
 * What the leaders' page is narrowed to. It stands in the address, so that a view can be sent to
 * a colleague; the server reads the same words.
 *
 * @typedef {{ kind: string, severity: string, status: string, since: string, until: string }} Filters
 */

const DAY = 24 * 60 * 60 * 1000;
const ZONE = "Asia/Shanghai";
const NAMES = /** @type {const} */ (["kind", "severity", "status", "since", "until"]);

/** Periods that are named by their length: days that end today. */
export const PERIODS = [30, 90, 365];

/** @param {string} search @returns {Filters} */
export function filtersOf(search) {
  const query = new URLSearchParams(search);
  const [kind = "", severity = "", status = "", since = "", until = ""] = NAMES.map(
    (name) => query.get(name) ?? "",
  );
  return { kind, severity, status, since, until };
}

/** As in an address, without what narrows nothing. @param {Filters} filters */
export function queryOf(filters) {
  const query = new URLSearchParams();
  for (const name of NAMES) if (filters[name]) query.set(name, filters[name]);
  return query.toString();
}

/** Today in the office. @param {Date} [now] */
export const today = (now = new Date()) =>
  new Intl.DateTimeFormat("en-CA", { timeZone: ZONE }).format(now);

/**
 * @param {number} days
 * @param {string} day its last day
 * @returns {{ since: string, until: string }} both days included
 */
export function lastDays(days, day) {
  const first = new Date(Date.parse(`${day}T00:00:00Z`) - (days - 1) * DAY);
  return { since: first.toISOString().slice(0, 10), until: day };
}

/**
 * The named period that the filters are, or 0 for all time, or null for days of one's own.
 *
 * @param {Filters} filters
 * @param {string} day today
 */
export function periodOf({ since, until }, day) {
  if (!since && !until) return 0;
  return PERIODS.find((days) => lastDays(days, day).since === since && until === day) ?? null;
}
