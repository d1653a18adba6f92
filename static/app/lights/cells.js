/**
 * The board as it is shown: which actions and columns, what is late and whose, what a unit owes this
 * month. Plain values, made of what the server told.
 *
 * @import { Action, Board, BoardIndicator, Cell, Community, Light } from "./types.d.ts"
 * @import { View } from "./view.js"
 *
 * @typedef {{ key: string, community: Community | null }} Column
 * @typedef {{ action: Action, indicator: BoardIndicator, community: Community | null, cell: Cell,
 *   since: string }} Late
 */

/** The first of these that any has comes first. @type {readonly Light[]} */
export const WORST_FIRST = [
  "late",
  "behind",
  "no_baseline",
  "no_data",
  "on_pace",
  "done",
  "no_target",
];

/** @param {Action | BoardIndicator} row @param {Community | null} community @returns {Cell | null} */
export const cellIn = (row, community) =>
  community ? (row.cells.find((each) => each.community === community.id) ?? null) : row.whole;

/** All, then each community; or one of them alone. @param {Board} board @param {View} view @returns {Column[]} */
export function columnsOf({ communities }, { community }) {
  const own = communities.filter(({ id }) => String(id) === community);
  const shown = own.length ? own : communities;
  return [
    { key: "all", community: null },
    ...shown.map((each) => ({ key: String(each.id), community: each })),
  ];
}

/** Does the unit lead the action, or answer for it? @param {Action} action @param {string} unit */
export const isOf = ({ responsible }, unit) =>
  !unit || responsible.some((each) => each.whom === "units" || String(each.unit) === unit);

/** @param {Action} action @param {string} unit */
export const leads = ({ responsible }, unit) =>
  responsible.some(({ part, unit: each }) => part === "lead" && String(each) === unit);

/**
 * Actions with those of their indicators that are asked for.
 *
 * @param {Board} board
 * @param {View} view
 * @returns {Action[]}
 */
export function actionsOf(board, view) {
  const columns = columnsOf(board, view);
  const late = (/** @type {BoardIndicator} */ row) =>
    columns.some(({ community }) => cellIn(row, community)?.light === "late");
  const shown = board.actions
    .filter((action) => isOf(action, view.unit))
    .map((action) =>
      view.late ? { ...action, indicators: action.indicators.filter(late) } : action,
    )
    .filter(({ indicators }) => indicators.length);
  return view.sort === "worst" ? [...shown].sort(byWorst) : shown;
}

/** @param {Action} a @param {Action} b */
function byWorst(a, b) {
  const rank = (/** @type {Action} */ { whole }) =>
    whole?.light ? WORST_FIRST.indexOf(whole.light) : WORST_FIRST.length;
  const since = (/** @type {Action} */ { whole }) => whole?.late_since ?? "9999";
  return rank(a) - rank(b) || since(a).localeCompare(since(b)) || a.code.localeCompare(b.code);
}

/** Of an action and a column the indicator that stands worst: its rows are the first to be read.
 * @param {Action} action @param {Community | null} community */
export function worstOf({ indicators }, community) {
  const lit = indicators.filter((each) => cellIn(each, community)?.light);
  const rank = (/** @type {BoardIndicator} */ each) =>
    WORST_FIRST.indexOf(/** @type {Light} */ (cellIn(each, community)?.light));
  return [...lit].sort((a, b) => rank(a) - rank(b))[0] ?? null;
}

/**
 * What is late, the longest first: each community's, and what is late of the whole alone.
 *
 * @param {Board} board
 * @param {View} view
 * @returns {Late[]}
 */
export function lateOf(board, view) {
  const communities = columnsOf(board, view).flatMap(({ community }) => community ?? []);
  /** @type {Late[]} */
  const late = [];
  for (const action of actionsOf(board, { ...view, late: false, sort: "" })) {
    for (const indicator of action.indicators) {
      const before = late.length;
      for (const community of communities) {
        const cell = cellIn(indicator, community);
        if (cell?.light === "late" && cell.late_since)
          late.push({ action, indicator, community, cell, since: cell.late_since });
      }
      const { whole } = indicator;
      if (late.length === before && !view.community && whole?.light === "late" && whole.late_since)
        late.push({ action, indicator, community: null, cell: whole, since: whole.late_since });
    }
  }
  return late.sort((a, b) => a.since.localeCompare(b.since));
}

/** The last day of the month of a day. @param {string} day */
export function monthEnd(day) {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/**
 * What falls due by the end of the month, or is late: of every month, and by a deadline.
 *
 * @param {Board} board
 * @param {View} view
 * @returns {{ action: Action, indicator: BoardIndicator, community: Community | null, cell: Cell, due: string,
 *   monthly: boolean }[]}
 */
export function dutiesOf(board, view) {
  const end = monthEnd(board.as_of);
  const community = columnsOf(board, view)[1]?.community ?? null;
  const own = view.community ? community : null;
  return actionsOf(board, { ...view, late: false, sort: "" })
    .flatMap((action) =>
      action.indicators.flatMap((indicator) => {
        const cell = cellIn(indicator, own);
        if (!cell?.light || cell.light === "no_target") return [];
        const monthly = indicator.recurrence === "monthly";
        const due = monthly ? end : (indicator.target.deadline ?? "");
        const owed = due && due <= end && (monthly || cell.light !== "done");
        return owed ? [{ action, indicator, community: own, cell, due, monthly }] : [];
      }),
    )
    .sort((a, b) => a.due.localeCompare(b.due) || a.indicator.code.localeCompare(b.indicator.code));
}

/** Units that actions name, by name. @param {Board} board */
export function unitsOf({ actions }) {
  /** @type {Map<number, string>} */
  const units = new Map();
  for (const { responsible } of actions)
    for (const { unit, unit_name } of responsible)
      if (unit && unit_name) units.set(unit, unit_name);
  return [...units].sort(([, a], [, b]) => a.localeCompare(b, "zh"));
}
