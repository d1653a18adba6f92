/**
 * The estates that work towards the standard, and what their sheets ask, as last told: all that is
 * needed to fill one in with no network.
 *
 * @import { Database } from "./db.js"
 * @import { Enrolled, Standard, Told } from "../creation/sheet.js"
 */

const KEY = "creation";

/** @param {Database} db */
export function openCreation(db) {
  /** @type {(Told & { at: string }) | null} */
  let held = null;
  return {
    /** What this tablet remembers. */
    async read() {
      held = await db.run(
        ["facts"],
        "readonly",
        async (tx) => (await tx.objectStore("facts").get(KEY)) ?? null,
      );
    },

    /** @param {Told} told as `GET /api/v1/campaign/creation/tablet/` tells it @param {string} at */
    async put({ standards, enrolments }, at) {
      // One that a sheet was begun by may be told no more; published, it never changes.
      const told = new Set(standards.map(({ version }) => version));
      const before = (held?.standards ?? []).filter(({ version }) => !told.has(version));
      const next = { standards: [...standards, ...before], enrolments, at };
      await db.run(
        ["facts"],
        "readwrite",
        (tx) => tx.objectStore("facts").put(next, KEY),
        "relaxed",
      );
      held = next;
    },

    /** When it was told; null: never. */
    toldAt: () => held?.at ?? null,

    /** @returns {Enrolled[]} */
    enrolments: () => held?.enrolments ?? [],

    /** @param {string} id @returns {Enrolled | undefined} */
    enrolment: (id) => held?.enrolments.find((each) => each.id === id),

    /** @param {string} version @returns {Standard | undefined} */
    standard: (version) => held?.standards.find((each) => each.version === version),
  };
}

/** @typedef {ReturnType<typeof openCreation>} Creation */
