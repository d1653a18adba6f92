/**
 * The estates that work towards the standard, as a list: how each stands, which are shown and in
 * what order.
 *
 * @typedef {{ low: string | null, likely: string | null, high: string | null }} Forecast days
 *   between which it is likely; `likely`: as likely sooner as later
 * @typedef {{ id: string, estate: { id: number, name: string },
 *   community: { id: number, zh: string, en: string }, company: { id: number, name: string } | null,
 *   person: string, stage: string, stage_since: string | null, progress: number,
 *   score: number | null, veto: boolean, passes: boolean, missing: number,
 *   forecast: Forecast | null }} Row
 * @typedef {{ as_of: string, programme: string,
 *   target: { op: string | null, number: number | null, deadline: string | null } | null,
 *   announced: number, counted: number, expected: number,
 *   forecast: Forecast & { chance: number | null, rests_on: number, few: boolean },
 *   enrolments: Row[], removed: Removed[], rights?: { enrol: boolean } }} Listed `announced`: by
 *   the day; `counted`: of them those that were by the deadline; `rests_on`: so many moves made so
 *   far; `removed`: taken off the list, the last first
 * @typedef {{ id: string, estate: { id: number, name: string }, on: string, reason: string }} Removed
 * @typedef {"announced" | "expected" | "doing" | "begun" | "returned"} Standing
 * @typedef {"veto" | "passes" | "below" | "none"} Tone
 * @typedef {{ q: string, community: string, standing: string, tone: string, sort: Sort,
 *   colour: "stage" | "score" }} Narrowed
 * @typedef {"stage" | "score" | "missing" | "forecast" | "name"} Sort
 */

/** In the order in which they are gone through. */
export const STAGES = /** @type {const} */ ([
  ...["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10"],
]);
export const STANDINGS = /** @type {const} */ ([
  ...["announced", "expected", "doing", "begun", "returned"],
]);
export const TONES = /** @type {const} */ (["veto", "below", "passes", "none"]);
export const SORTS = /** @type {const} */ (["stage", "score", "missing", "forecast", "name"]);
const EXPECTED = new Set(["S7", "S8", "S9"]);
const DOING = new Set(["S4", "S5", "S6"]);

/** How many stages are behind it, with this one: 0 to 10. @param {string} stage */
export const stepOf = (stage) => STAGES.indexOf(/** @type {"S1"} */ (stage)) + 1;

/** @param {{ stage: string }} row @returns {Standing} */
export function standingOf({ stage }) {
  if (stage === "S10") return "announced";
  if (EXPECTED.has(stage)) return "expected";
  if (DOING.has(stage)) return "doing";
  return stage === "SX" ? "returned" : "begun";
}

/** A veto is said before anything else. @param {{ veto: boolean, passes: boolean, score: number | null }} row @returns {Tone} */
export function toneOf({ veto, passes, score }) {
  if (veto) return "veto";
  if (score === null) return "none";
  return passes ? "passes" : "below";
}

const LAST = "9999";

/** @type {Record<Sort, (a: Row, b: Row) => number>} */
const BY = {
  // The furthest first; of one stage, who has been in it longest.
  stage: (a, b) =>
    stepOf(b.stage) - stepOf(a.stage) || (a.stage_since ?? "").localeCompare(b.stage_since ?? ""),
  // The lowest first: there is most to do.
  score: (a, b) =>
    Number(b.veto) - Number(a.veto) || (a.score ?? Infinity) - (b.score ?? Infinity) || 0,
  missing: (a, b) => b.missing - a.missing,
  forecast: (a, b) => (a.forecast?.likely ?? LAST).localeCompare(b.forecast?.likely ?? LAST),
  name: () => 0,
};

/** @param {Row[]} rows @param {Narrowed} narrowed */
export function shown(rows, { q, community, standing, tone, sort }) {
  const word = q.trim().toLowerCase();
  return rows
    .filter(
      (row) =>
        (!word ||
          `${row.estate.name} ${row.company?.name ?? ""} ${row.person}`
            .toLowerCase()
            .includes(word)) &&
        (!community || String(row.community.id) === community) &&
        (!standing || standingOf(row) === standing) &&
        (!tone || toneOf(row) === tone),
    )
    .sort((a, b) => BY[sort](a, b) || a.estate.name.localeCompare(b.estate.name, "zh"));
}

/** @param {string} search as the page's address has it @returns {Narrowed & { asOf: string, programme: string }} */
export function addressRead(search) {
  const query = new URLSearchParams(search);
  const one = (/** @type {string} */ name) => query.get(name) ?? "";
  /** @template {string} Each @param {string} name @param {readonly Each[]} all */
  const among = (name, all) => all.find((each) => each === query.get(name));
  return {
    q: one("q"),
    community: one("community"),
    standing: among("standing", STANDINGS) ?? "",
    tone: among("tone", TONES) ?? "",
    sort: among("sort", SORTS) ?? "stage",
    colour: among("colour", /** @type {const} */ (["score"])) ?? "stage",
    asOf: /^\d{4}-\d{2}-\d{2}$/.test(one("as_of")) ? one("as_of") : "",
    programme: one("programme"),
  };
}

/** What goes without saying is left out. @param {ReturnType<typeof addressRead>} state */
export function addressOf({ asOf, programme, sort, colour, ...narrowed }) {
  const query = new URLSearchParams();
  const told = { as_of: asOf, programme, ...narrowed };
  for (const [name, value] of Object.entries(told)) if (value) query.set(name, value);
  if (sort !== "stage") query.set("sort", sort);
  if (colour !== "stage") query.set("colour", colour);
  return query.size ? `?${query}` : "?";
}
