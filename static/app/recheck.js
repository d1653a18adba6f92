/**
 * Cases on a tablet: what can be looked at again or put right on the spot, in which order, and
 * what a move made here does to one before the server has told of it.
 *
 * The states and moves are inspections/workflow.py's; here are those that an inspector makes.
 *
 * @import { Kept, PlaceId, Severity } from "./types.d.ts"
 * @import { Known } from "./reported.js"
 *
 * @typedef {"fix_on_spot" | "pass_check" | "fail_check"} MoveName
 * @typedef {{ id: string, small: string | null, bytes: number | null, taken_at?: string | null }} Shot
 * @typedef {{ id: string, number: number, version: number, state: string, source: string,
 *   kind: string, item: string, title: string, severity: Severity, community: number,
 *   estate: number | null, asset: number | null, reported_at: string, step_due_at: string | null,
 *   due_at: string | null, provisional: boolean, reopened: number, handler: string,
 *   company_name: string | null, unit_name: string | null, person_name: string | null,
 *   own_work: boolean, before: Shot[], after: Shot[], note: string,
 *   handed_back_at: string | null }} Told as the pack has it
 * @typedef {{ id: string, name: MoveName, standing: "waiting" | "sent" | "proposal" | "refused",
 *   at: string }} OwnMove the last one of this tablet that the pack has not told: `sent`: made with
 *   the server, or kept by it until what it names is there
 * @typedef {Omit<Told, "estate" | "asset" | "number"> & { estate: PlaceId | null,
 *   asset: PlaceId | null, number: number | null, point: number[] | null, move: OwnMove | null,
 *   after_entry: string | null, overtaken: boolean }} Case `number`: none before the server gave it
 *   one; `after_entry`: the record on this tablet that opens it; `overtaken`: what was done here
 *   was done to a case that had gone on meanwhile
 */

import { uuid5 } from "./uuid.js";

/** @type {Record<MoveName, { since: string, to: string }>} */
export const MOVES = {
  fix_on_spot: { since: "reported", to: "fixed" },
  pass_check: { since: "checking", to: "checked" },
  fail_check: { since: "checking", to: "assigned" },
};

/** What each must bring: `inspections/workflow.py` has the same. */
const NEEDS = {
  fix_on_spot: ["photo", "pair"],
  pass_check: ["photo", "pair"],
  fail_check: ["note", "photo"],
};

/** What the server names a finding's case. @param {string} inspection @param {string} item */
export const caseIdOf = (inspection, item) => uuid5(uuid5(inspection, item), "case");

/** Which moves there are now, for this person. @param {Case} each @returns {MoveName[]} */
export function movesOf({ state, move, own_work: ownWork }) {
  if (move && move.standing !== "refused") return [];
  const names = /** @type {MoveName[]} */ (Object.keys(MOVES));
  // Four eyes: whoever put it right does not say that it is right.
  return names.filter((name) => MOVES[name].since === state && !(ownWork && name === "pass_check"));
}

/**
 * What a move still lacks. A photo beside an earlier one is wanted wherever there is an earlier one.
 *
 * @param {MoveName} name
 * @param {{ note: string, photos: { pair?: string | null }[] }} made
 * @param {Case} of
 * @returns {("note" | "photo" | "pair")[]}
 */
export function lackingOf(name, { note, photos }, { before }) {
  const held = {
    note: note.trim() !== "",
    photo: photos.length > 0,
    pair: !before.length || photos.some(({ pair }) => pair),
  };
  const lacking = /** @type {("note" | "photo" | "pair")[]} */ (NEEDS[name]).filter(
    (need) => !held[need],
  );
  // Without any photo there is no use in asking for where it was taken from.
  return lacking.includes("photo") ? lacking.filter((need) => need !== "pair") : lacking;
}

/** @param {{ properties: Told, geometry: GeoJSON.Geometry | null }} row @returns {Case} */
export const toldCase = ({ properties, geometry }) => ({
  ...properties,
  point: geometry?.type === "Point" ? geometry.coordinates : null,
  move: null,
  after_entry: null,
  overtaken: false,
});

/**
 * The case that a finding recorded here will open.
 *
 * @param {Known} finding
 * @param {{ kind: string, title: string, community: number, waits: boolean }} more
 * @returns {Case}
 */
export const ownCase = (finding, { kind, title, community, waits }) => ({
  id: caseIdOf(finding.inspection, finding.item),
  number: null,
  version: 0,
  state: "reported",
  source: "inspection",
  kind,
  item: finding.item,
  title,
  severity: /** @type {Severity} */ (finding.severity),
  community,
  estate: finding.estate,
  asset: finding.asset,
  reported_at: finding.recordedAt,
  step_due_at: null,
  due_at: null,
  provisional: false,
  reopened: 0,
  handler: "",
  company_name: null,
  unit_name: null,
  person_name: null,
  own_work: false,
  before: finding.photos.map((id) => ({ id, small: null, bytes: null })),
  after: [],
  note: "",
  handed_back_at: null,
  point: finding.point,
  move: null,
  after_entry: waits ? finding.inspection : null,
  overtaken: false,
});

/** Nothing of it counts any more. */
const OVER = new Set(["mended", "cancelled"]);

/**
 * A case as it stands after what was done to it here. What the server has made of a move counts
 * until the pack tells the same or more; a proposal changes nothing.
 *
 * @param {Case} told
 * @param {Kept[]} entries the journal, oldest first
 * @returns {Case}
 */
export function afterOwn(told, entries) {
  let now = told;
  for (const entry of entries) {
    if (entry.type !== "move" || entry.case !== told.id || OVER.has(entry.standing)) continue;
    now = afterOne(now, entry);
  }
  return now;
}

/** @param {Case} now @param {Kept} entry @returns {Case} */
function afterOne(now, entry) {
  const { move: name, version: seen } = JSON.parse(entry.body);
  const move = { id: entry.id, name, at: entry.recordedAt };
  if (entry.standing === "refused") return { ...now, move: { ...move, standing: "refused" } };
  const answer = answerOf(entry);
  if (answer?.standing === "declined") return now;
  if (answer?.standing === "proposed")
    return { ...now, move: { ...move, standing: "proposal" }, overtaken: true };
  if (answer?.version !== undefined) {
    if (now.version >= answer.version) return now;
    const { state, version } = answer;
    return { ...now, state, version, move: { ...move, standing: "sent" } };
  }
  // The server will make a proposal of it: the case has gone on.
  if (now.version > seen)
    return { ...now, move: { ...move, standing: "waiting" }, overtaken: true };
  const { to } = MOVES[/** @type {MoveName} */ (name)];
  return { ...now, state: to, version: seen + 1, move: { ...move, standing: "waiting" } };
}

/** What the server made of a move. @param {Pick<Kept, "outcomes">} entry */
export const answerOf = ({ outcomes }) =>
  /** @type {{ standing: "made" | "proposed" | "declined", state: string, version: number } | undefined} */ (
    /** @type {unknown} */ (outcomes.findLast(({ what }) => what === "received")?.answer)
  );

/** When it must be looked at: the step's own time, else the case's. @param {Case} each */
export const dueAt = (each) => each.step_due_at ?? each.due_at;

/** The most urgent first; those without a time last, and of two alike the worse one first. @param {Case[]} cases */
export const byUrgency = (cases) =>
  cases.toSorted(
    (a, b) =>
      time(dueAt(a)) - time(dueAt(b)) ||
      a.severity - b.severity ||
      (a.number ?? Number.MAX_SAFE_INTEGER) - (b.number ?? Number.MAX_SAFE_INTEGER),
  );

/** @param {string | null} moment */
const time = (moment) => (moment ? Date.parse(moment) : Number.MAX_SAFE_INTEGER);
