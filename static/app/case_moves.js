/**
 * Moves of a case: what each needs, what is still missing of it, and which has a way back.
 *
 * @typedef {"note" | "photo" | "pair" | "until" | "approver" | "handler" | "body" | "into" |
 *   "other_eyes"} Need
 * @typedef {{ kind: string, unit?: number, company?: number, person?: string }} Handler
 * @typedef {{ note: string, until: string, approver: string, body: string, into: string,
 *   handler: Handler | null, severity: string, simple: boolean | null,
 *   photos: { id: string, pair: string }[] }} Told what a person has filled in
 */

/** What undoes it, where the workflow has a way back. @type {Record<string, string>} */
const WAY_BACK = {
  reject: "reconsider",
  void: "reconsider",
  join: "reconsider",
  close: "reopen",
  suspend: "resume",
  refer: "take_back",
};

/** Those that can be made for many cases at once: they need no photo. */
export const BULK = ["file", "assign", "close", "suspend", "refer", "reject", "void"];

/** @returns {Told} */
export const nothingTold = () => ({
  note: "",
  until: "",
  approver: "",
  body: "",
  into: "",
  handler: null,
  severity: "",
  simple: null,
  photos: [],
});

/** @param {string} move */
export const wayBack = (move) => WAY_BACK[move] ?? null;

/**
 * What it needs and has not got. A handler that is not told is the one that the rules of dispatch
 * choose; a pair is asked for and not insisted on: the server knows whether there is an earlier
 * photo at all.
 *
 * @param {readonly string[]} needs @param {Told} told @param {string} day today
 * @returns {Record<string, "cases.needed" | "cases.neededPhoto" | "cases.neededLater">}
 */
export function lackingFor(needs, told, day) {
  /** @type {ReturnType<typeof lackingFor>} */
  const lacking = {};
  for (const need of /** @type {const} */ (["note", "approver", "body", "into", "until"]))
    if (needs.includes(need) && !told[need].trim()) lacking[need] = "cases.needed";
  if (needs.includes("until") && told.until && told.until < day)
    lacking.until = "cases.neededLater";
  if (needs.includes("photo") && !told.photos.length) lacking.photos = "cases.neededPhoto";
  return lacking;
}

/**
 * As `PUT …/moves/<uuid>/` wants it: only what was told.
 *
 * @param {{ move: string, version: number, recordedAt: string, needs?: readonly string[],
 *   told?: Told, photos?: object[] }} wish `photos`: as they are declared
 */
export function moveOf({
  move,
  version,
  recordedAt,
  needs = [],
  told = nothingTold(),
  photos = [],
}) {
  /** @type {Record<string, unknown>} */
  const body = { move, version, recorded_at: recordedAt };
  if (told.note.trim()) body.note = told.note.trim();
  for (const need of /** @type {const} */ (["until", "approver", "body", "into"]))
    if (needs.includes(need) && told[need]) body[need] = told[need];
  if (needs.includes("handler") && told.handler) body.handler = told.handler;
  if (told.severity) body.severity = Number(told.severity);
  if (told.simple !== null) body.simple = told.simple;
  if (photos.length) body.photos = photos;
  return body;
}
