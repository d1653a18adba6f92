/**
 * A paper that is being written: what its issuer put otherwise than the draft, and what is sent.
 *
 * @import { Draft, DraftEntry, EditedRow, Edits } from "./types.d.ts"
 * @typedef {{ name: string, number: string }} Officer
 * @typedef {{ kind: string, cases: string[], edits: Edits, officers: Officer[],
 *   community: string, reissues: string, escalation: string }} Writing
 */

import { MONTHLY } from "./paper_routes.js";

/** @param {Partial<Writing>} told @returns {Writing} */
export const writing = (told) => ({
  kind: "notice",
  cases: [],
  edits: {},
  officers: [
    { name: "", number: "" },
    { name: "", number: "" },
  ],
  community: "",
  reissues: "",
  escalation: "",
  ...told,
});

/** As the server is asked, for a draft and for the paper alike. @param {Writing} from */
export function asked({ kind, cases, edits, officers, community, reissues, escalation }) {
  const named = officers.filter(({ name }) => name.trim());
  return {
    kind,
    ...(MONTHLY.includes(kind) ? {} : { cases }),
    ...(Object.keys(edits).length ? { edits } : {}),
    ...(named.length ? { officers: named } : {}),
    ...(MONTHLY.includes(kind) && community ? { community: Number(community) } : {}),
    ...(reissues ? { reissues } : {}),
    ...(escalation ? { escalation } : {}),
  };
}

/**
 * What stands in a field: as it was put otherwise, else as the draft begins.
 * @param {Writing} from @param {Draft} draft @param {string} name
 */
export const standing = (from, draft, name) => from.edits[name] ?? draft.edits[name] ?? "";

/**
 * One line of the list put otherwise; the others go with it as they stand.
 *
 * @param {Writing} from
 * @param {Draft} draft
 * @param {string} id of the fault
 * @param {EditedRow} change
 */
export function withRow(from, draft, id, change) {
  const rows = { ...draft.edits.rows, ...from.edits.rows };
  return { ...from, edits: { ...from.edits, rows: { ...rows, [id]: { ...rows[id], ...change } } } };
}

/** @param {Writing} from @param {Draft} draft */
export const photosOf = (from, draft) => from.edits.photos ?? draft.edits.photos ?? [];

/**
 * With one photo more, or less.
 * @param {Writing} from @param {Draft} draft @param {string} id
 */
export function withPhoto(from, draft, id) {
  const chosen = photosOf(from, draft);
  const photos = chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id];
  return { ...from, edits: { ...from.edits, photos } };
}

/** The fields in the order of the form, parted by what each is. @param {DraftEntry[]} entries */
export const plainEntries = (entries) =>
  entries.filter(({ type }) => type !== "rows" && type !== "photos");

/** A moment of the office as a browser's field has it: 2024-11-30T09:30. @param {string} told */
export const localOf = (told) => told.slice(0, 16);

/** And back: the office's clock, wherever the browser is. @param {string} local */
export const momentOf = (local) => (local ? `${local}:00+08:00` : null);
