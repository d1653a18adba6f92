/** Which rows of a list are chosen, and which of them is the current one. */

/** @param {Set<string>} chosen @param {string} id @returns {Set<string>} */
export function toggled(chosen, id) {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}

/**
 * From the row that was chosen last to this one, as holding Shift asks for.
 * @param {Set<string>} chosen @param {string[]} rows @param {string | null} from @param {string} to
 */
export function reached(chosen, rows, from, to) {
  const [a, b] = [rows.indexOf(from ?? to), rows.indexOf(to)].sort((x, y) => x - y);
  if (a === undefined || b === undefined || a < 0) return toggled(chosen, to);
  return new Set([...chosen, ...rows.slice(a, b + 1)]);
}

/** All of them, or none where all are. @param {Set<string>} chosen @param {string[]} rows */
export const allOrNone = (chosen, rows) =>
  rows.every((id) => chosen.has(id)) ? new Set(/** @type {string[]} */ ([])) : new Set(rows);

/** Of the rows that are still there. @param {Set<string>} chosen @param {string[]} rows */
export const among = (chosen, rows) => new Set(rows.filter((id) => chosen.has(id)));

/**
 * The row so many further, or the first one; the ends hold.
 * @param {string[]} rows @param {string | null} current @param {number} steps
 */
export function stepped(rows, current, steps) {
  const at = current === null ? -1 : rows.indexOf(current);
  if (at < 0) return rows[0] ?? null;
  return rows[Math.min(rows.length - 1, Math.max(0, at + steps))] ?? null;
}
