/**
 * What this tablet's own records say, as long as the server has not told it back.
 *
 * @import { Facts, PlaceId, PublishedKind } from "./types.d.ts"
 * @import { Known } from "./reported.js"
 *
 * @typedef {{ id: string, type: string, body: string, kind: string, estate: PlaceId | null,
 *   recordedAt: string, addedAt: string, standing: string, mends?: string | undefined }} Written an entry of the
 *   journal, as far as it is read here
 */

import { caseIdOf } from "./recheck.js";
import { judge, read } from "./rules.js";

/** @param {{ body: string }} entry @returns {any} */
export const contentOf = ({ body }) => JSON.parse(body);

/**
 * The findings of a record, judged as it was judged when it was filled in. What adds evidence to
 * an earlier finding is none of its own.
 *
 * @param {Written} entry
 * @param {PublishedKind} kind
 * @param {Facts} facts
 * @param {string} [root] the first of the records that it corrects: cases are called by that
 * @returns {Known[]}
 */
export function findingsOf(entry, kind, facts, root = entry.id) {
  const content = contentOf(entry);
  const again = content.same_as ?? {};
  return judge(kind, read(kind, content.answers).answers, facts)
    .filter(({ met, code }) => !met && !again[code])
    .map(({ code, severity, advisory }) => ({
      inspection: entry.id,
      item: code,
      severity,
      advisory,
      estate: content.estate,
      asset: content.asset ?? null,
      point: content.location?.coordinates ?? null,
      recordedAt: content.recorded_at,
      waits: entry.standing === "waiting",
      photos: (content.photos ?? [])
        .filter((/** @type {any} */ photo) => photo.item === code)
        .map((/** @type {any} */ photo) => photo.id),
      sightings: 0,
      case: advisory ? null : caseIdOf(root, code),
    }));
}

/**
 * When an estate was last looked at, by these records.
 *
 * @param {Written[]} entries
 * @param {PlaceId} estate
 * @param {string} kind
 * @returns {string | null}
 */
export const lastOf = (entries, estate, kind) =>
  entries
    .filter((entry) => entry.type === "inspection" && entry.estate === estate)
    .filter((entry) => entry.kind === kind)
    .reduce(
      (/** @type {string | null} */ last, { recordedAt }) =>
        last !== null && Date.parse(last) > Date.parse(recordedAt) ? last : recordedAt,
      null,
    );
