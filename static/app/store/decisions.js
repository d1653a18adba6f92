/**
 * What the office decided of what was proposed from here, as it was last told.
 *
 * @import { Database } from "./db.js"
 * @typedef {{ id: string, standing: "proposed" | "confirmed" | "merged" | "declined",
 *   note: string }} Decision
 */

const KEY = "decisions";

/** @param {Database} db */
export function openDecisions(db) {
  /** @type {Map<string, Decision>} */
  let held = new Map();
  return {
    /** What this tablet remembers. */
    async read() {
      const kept = await db.run(["facts"], "readonly", (tx) => tx.objectStore("facts").get(KEY));
      held = new Map((kept ?? []).map((/** @type {Decision} */ each) => [each.id, each]));
    },

    /** @param {Decision[]} told all of one's own, as `GET /api/v1/proposals/?mine=true` tells them */
    async put(told) {
      const kept = told.map(({ id, standing, note }) => ({ id, standing, note }));
      await db.run(
        ["facts"],
        "readwrite",
        (tx) => tx.objectStore("facts").put(kept, KEY),
        "relaxed",
      );
      held = new Map(kept.map((each) => [each.id, each]));
    },

    /** @param {string} id the proposal's UUID @returns {Decision | undefined} undefined: not told yet */
    of: (id) => held.get(id),

    /** Whether it is to be used no more. @param {string} id */
    isOver: (id) => ["merged", "declined"].includes(held.get(id)?.standing ?? ""),
  };
}

/** @typedef {ReturnType<typeof openDecisions>} Decisions */
