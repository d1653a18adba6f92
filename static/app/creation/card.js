/**
 * One estate's score card: what `GET creation/<id>/` tells, and how its history is drawn.
 *
 * @import { Form } from "./sheet.js"
 * @import { Row } from "./list.js"
 *
 * @typedef {{ what: "finding" | "case" | "sheet" | "inspection", id: string, zh: string, en: string,
 *   day: string, case?: string | null }} Why
 * @typedef {"met" | "partly" | "unmet" | "expired" | "never" | "na"} ItemState
 * @typedef {{ code: string, zh: string, en: string, points: number, earned: number, applies: boolean,
 *   state: ItemState, expires_on: string | null, why: Why[] }} Item
 * @typedef {{ code: string, zh: string, en: string, weight: number, earned: number,
 *   applicable: number, items: Item[] }} Category
 * @typedef {{ id: string, code: string, rule: string, zh: string, en: string, since: string,
 *   case: string | null, number: number | null, until: string | null, note: string,
 *   by_name: string, attachment: { id: string, name: string } | null }} Veto
 *   `rule`: "declared" where somebody did (`by_name`), and it is lifted by hand
 * @typedef {{ id: string, to: string, on: string, by_name: string, note: string, reason: string,
 *   attachments: { id: string, name: string }[], announcement: string, removed: boolean }} Stage
 *   `removed`: of SX, taken off the list; else returned
 * @typedef {{ to: string, needs: string[], lacking: { code: string, zh: string, en: string }[] }} May
 *   `needs`: what the move itself must bring: file, announcement, reason
 * @typedef {{ id: string, form: Form, day: string, by_name: string, score: number | null,
 *   version: string }} FilledSheet
 * @typedef {{ day: string, score: number | null, veto: boolean, stage: string, zh: string,
 *   en: string }} Change
 * @typedef {Omit<Row, "missing"> & { as_of: string, programme: string, version: string | null,
 *   pass_mark: number | null, earned: number | null, applicable: number | null,
 *   categories: Category[], vetoes: Veto[], missing: Missing[], stages: Stage[], may: May[],
 *   sheets: FilledSheet[], history: Change[], rests_on: number, few: boolean,
 *   rights: { move: boolean, forms: Form[] },
 *   declarable?: { code: string, zh: string, en: string }[] }} Card
 * @typedef {{ zh: string, en: string, whom_zh: string, whom_en: string, by: string | null,
 *   case: string | null }} Missing
 */

const DAY = 24 * 60 * 60 * 1000;

/** @param {string} day */
const at = (day) => Date.parse(`${day}T00:00:00Z`) / DAY;

/**
 * The score day by day as a stair, from the first change to the asked day, in a box of so many
 * units with 0 points at its foot and 100 at its top.
 *
 * @param {Change[]} history oldest first
 * @param {string} until
 * @param {{ width: number, height: number }} box
 * @returns {{ line: string, vetoes: { x: number, width: number }[],
 *   stages: { x: number, stage: string, day: string }[] }}
 */
export function stairOf(history, until, { width, height }) {
  const [first] = history;
  if (!first) return { line: "", vetoes: [], stages: [] };
  const from = at(first.day);
  const days = Math.max(1, at(until) - from);
  const x = (/** @type {string} */ day) => round(((at(day) - from) / days) * width);
  const y = (/** @type {number} */ score) => round(height - (score / 100) * height);
  const points = [];
  const vetoes = [];
  const stages = [];
  let stage = "";
  for (const [n, each] of history.entries()) {
    const here = x(each.day);
    const there = x(history[n + 1]?.day ?? until);
    if (each.score !== null) points.push(`${here},${y(each.score)}`, `${there},${y(each.score)}`);
    if (each.veto && there > here) vetoes.push({ x: here, width: round(there - here) });
    if (each.stage !== stage) stages.push({ x: here, stage: each.stage, day: each.day });
    stage = each.stage;
  }
  return { line: points.join(" "), vetoes, stages };
}

/** @param {number} number */
const round = (number) => Math.round(number * 10) / 10;

/** Where the matter itself can be looked at; null where it has no page. @param {Why} why @param {string} card its address */
export function linkOf({ what, id, case: of }, card) {
  if (of) return `/cases/#/${of}`;
  if (what === "case") return `/cases/#/${id}`;
  if (what === "sheet") return `${card}#/sheets/${id}`;
  return null;
}
