/**
 * What the leaders' page shows. All of it stands in the address, so that a view can be sent to a
 * colleague; of it the server reads what `queryOf` says.
 *
 * @typedef {(typeof VIEWS)[number]} Looks
 * @typedef {(typeof TABS)[number]} Tab
 * @typedef {(typeof MANY)[number]} Many
 * @typedef {Record<Many, string[]> & { measure: string, since: string, until: string,
 *   as_of: string }} Asked what the server is asked
 * @typedef {Asked & { tab: Tab, view: Looks, by: string, step: string, mode: string, at: string,
 *   before_since: string, before_until: string, rows: string, hot: boolean, screen: boolean }} View
 *   `at`: the step that is shown, "" for the whole period; `before_…`: the period it is compared
 *   with; `rows`: the address of a list that is shown
 */

import { lastDays } from "../days.js";

export const MEASURES = /** @type {const} */ ([
  "found",
  "rate",
  "households",
  "open",
  "overdue",
  "repeat",
]);
export const VIEWS = /** @type {const} */ (["heat", "hexagons", "estates", "points"]);
export const TABS = /** @type {const} */ (["map", "board", "hot", "take"]);
export const STEPS = /** @type {const} */ (["day", "week", "month"]);
export const MODES = /** @type {const} */ (["within", "cumulative", "open"]);
export const BYS = /** @type {const} */ ([
  "time",
  "kind",
  "severity",
  "item",
  "community",
  "company",
]);
/** Periods that are named by their length: days that end today. */
export const PERIODS = /** @type {const} */ ([30, 90, 365]);

const MANY = /** @type {const} */ (["kind", "item", "severity", "community", "estate", "company"]);
const ONE = /** @type {const} */ (["since", "until", "as_of"]);
const FIRST_DAYS = 90;
const DAY_MS = 86_400_000;
/** Most steps that the server counts in one answer. */
const MOST_STEPS = 400;

/** @param {string} search as location has it @param {string} today @returns {View} */
export function viewOf(search, today) {
  const query = new URLSearchParams(search);
  const one = (/** @type {string} */ name) => query.get(name) ?? "";
  /** @template {string} T @param {string} name @param {readonly T[]} known @param {T} usual @returns {T} */
  const among = (name, known, usual) => known.find((each) => each === query.get(name)) ?? usual;
  const period = search.length > 1 ? { since: one("since"), until: one("until") } : null;
  return {
    ...lists((name) => query.getAll(name).filter(Boolean)),
    ...(period ?? lastDays(FIRST_DAYS, today)),
    as_of: one("as_of"),
    measure: among("measure", MEASURES, "found"),
    tab: among("tab", TABS, "map"),
    view: among("view", VIEWS, "heat"),
    by: among("by", BYS, "time"),
    step: among("step", ["", ...STEPS], ""),
    mode: among("mode", MODES, "within"),
    at: one("at"),
    before_since: one("before_since"),
    before_until: one("before_until"),
    rows: one("rows"),
    hot: query.has("hot"),
    screen: query.has("screen"),
  };
}

/** As in the address: without what is as usual. @param {View} view */
export function addressOf(view) {
  const query = new URLSearchParams(queryOf(view));
  /** @type {[keyof View, string][]} */
  const usual = [
    ["tab", "map"],
    ["view", "heat"],
    ["by", "time"],
    ["step", ""],
    ["mode", "within"],
    ["at", ""],
    ["before_since", ""],
    ["before_until", ""],
    ["rows", ""],
  ];
  for (const [name, plain] of usual) if (view[name] !== plain) query.set(name, String(view[name]));
  if (view.hot) query.set("hot", "1");
  if (view.screen) query.set("screen", "1");
  // An empty address means the first view, not all time.
  return query.size ? `?${query}` : "?since=";
}

/** As the server reads it. @param {Asked} asked */
export function queryOf(asked) {
  const query = new URLSearchParams();
  if (asked.measure !== "found") query.set("measure", asked.measure);
  for (const name of MANY) for (const each of asked[name]) query.append(name, each);
  for (const name of ONE) if (asked[name]) query.set(name, asked[name]);
  return query.toString();
}

/** The same question of another period. @param {View} view @param {{ since: string, until: string }} period @returns {View} */
export const during = (view, { since, until }) => ({ ...view, since, until });

/** How many filters narrow it, beside period and measure. @param {View} view */
export const narrowing = (view) => MANY.filter((name) => view[name].length).length;

/** Without what narrows; the period too. @param {View} view @returns {View} */
export const widened = (view) => ({ ...view, ...lists(() => []), since: "", until: "", at: "" });

/**
 * The named period it is of, 0 for all time, null for days of one's own.
 *
 * @param {{ since: string, until: string }} period
 * @param {string} today
 */
export function periodOf({ since, until }, today) {
  if (!since && !until) return 0;
  const named = PERIODS.find((days) => lastDays(days, today).since === since);
  return named && until === today ? named : null;
}

/**
 * As many days as the period has, right before it; of what has no beginning there is none.
 *
 * @param {{ since: string, until: string }} period
 * @param {string} today where it has no end
 */
export function before({ since, until }, today) {
  if (!since) return null;
  const [first, last] = [dayNumber(since), dayNumber(until || today)];
  if (last < first) return null;
  return { since: dayOf(2 * first - last - 1), until: dayOf(first - 1) };
}

/** @param {{ since: string, until: string }} period with both its ends */
export const daysIn = ({ since, until }) => dayNumber(until) - dayNumber(since) + 1;

/**
 * As it stood so many days sooner: what has had less time to be put right is not compared with
 * what has had more.
 *
 * @param {View} view
 * @param {number} days
 * @param {string} today
 */
export const earlierBy = (view, days, today) => ({
  ...view,
  as_of: later(view.as_of || today, -days),
});

/** A day so many days later. @param {string} day @param {number} days */
export const later = (day, days) => dayOf(dayNumber(day) + days);

/**
 * By what the slider goes where nobody chose: days of a month, weeks of a year, else months.
 *
 * @param {View} view
 * @param {string} today
 */
export function stepOf({ step, since, until }, today) {
  const days = since ? dayNumber(until || today) - dayNumber(since) + 1 : Number.POSITIVE_INFINITY;
  if (step && days / (DAYS_IN[step] ?? 1) <= MOST_STEPS) return step;
  if (days <= 45) return "day";
  return days <= 400 ? "week" : "month";
}

/** @type {Record<string, number>} */
const DAYS_IN = { day: 1, week: 7, month: 28 };

/** A heat is of points: what is divided by inspections or households has none. @param {string} measure */
export const hasHeat = (measure) => !["rate", "households"].includes(measure);

/** As it can be drawn. @param {View} view @returns {Looks} */
export const drawnAs = ({ view, measure }) =>
  view === "heat" && !hasHeat(measure) ? "estates" : view;

/** @param {(name: Many) => string[]} read */
const lists = (read) =>
  /** @type {Record<Many, string[]>} */ (
    Object.fromEntries(MANY.map((name) => [name, read(name)]))
  );

/** Days since 1970. @param {string} day */
export const dayNumber = (day) => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

/** @param {number} number */
const dayOf = (number) => new Date(number * DAY_MS).toISOString().slice(0, 10);
