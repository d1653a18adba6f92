/**
 * One move for many cases: what will happen, and what became of each.
 *
 * @import { CaseFeature, CaseHandler } from "./types.d.ts"
 * @typedef {{ id: string, case: string, status: number, answer: any }} Entry as
 *   `POST /api/v1/cases/moves/` answers for each
 * @typedef {{ case: CaseFeature, id: string, became: "made" | "proposed" | "refused",
 *   message: string, state: string, version: number, handler: CaseHandler | null }} Outcome
 * @typedef {{ made: { state: string, handler: CaseHandler | null, cases: CaseFeature[] }[],
 *   proposed: CaseFeature[], refused: { message: string, cases: CaseFeature[] }[], n: number }} Summary
 */

/** @param {CaseFeature[]} cases @param {Entry[]} entries @returns {Outcome[]} in the order of the cases */
export function outcomesOf(cases, entries) {
  const known = new Map(entries.map((entry) => [entry.case, entry]));
  return cases.flatMap((each) => {
    const entry = known.get(each.id);
    if (!entry) return [];
    const { status, answer } = entry;
    const fine = status < 400;
    const now = answer.now?.properties ?? answer.now ?? {};
    return [
      {
        case: each,
        id: entry.id,
        became: fine ? (answer.standing === "made" ? "made" : "proposed") : "refused",
        message: fine ? "" : sentenceOf(answer),
        state: answer.state ?? each.properties.state,
        version: answer.version ?? each.properties.version,
        handler: now.handler ?? null,
      },
    ];
  });
}

/** Alike ones together, what is made before what is not. @param {Outcome[]} outcomes @returns {Summary} */
export function summaryOf(outcomes) {
  /** @type {Summary["made"]} */
  const made = [];
  /** @type {Summary["refused"]} */
  const refused = [];
  /** @type {CaseFeature[]} */
  const proposed = [];
  for (const { case: one, became, message, state, handler } of outcomes) {
    if (became === "proposed") proposed.push(one);
    else if (became === "refused") {
      const alike = refused.find((each) => each.message === message);
      if (alike) alike.cases.push(one);
      else refused.push({ message, cases: [one] });
    } else {
      const alike = made.find(
        (each) =>
          each.state === state &&
          each.handler?.kind === handler?.kind &&
          each.handler?.id === handler?.id,
      );
      if (alike) alike.cases.push(one);
      else made.push({ state, handler, cases: [one] });
    }
  }
  const n = outcomes.filter(({ became }) => became !== "refused").length;
  return { made, proposed, refused, n };
}

/** Why it can't be: what is wrong with a field says more than that something is. @param {any} answer */
function sentenceOf(answer) {
  const fields = Object.values(answer.details?.fields ?? {});
  return fields.length ? fields.join(" ") : (answer.message ?? "");
}
