/**
 * What this tablet is, whoever holds it: its own id, who used it last, what was found of its
 * position and where that was good last, and the base map, which is nobody's.
 *
 * @import { Datum } from "../datum.js"
 * @import { Position } from "../types.d.ts"
 * @typedef {{ id: number, username: string, name: string, roles: string[], demonstration: boolean,
 *   may: { record: boolean, plan: boolean, overview: boolean, cases: boolean, keep_register: boolean } }} Person
 */

import { uuid7 } from "../uuid.js";
import { database } from "./db.js";
import { DEVICE } from "./schema.js";

const DEVICE_DB = "xuntu-device";

/** An older position says nothing of where one is, and too much of where somebody was. */
const FIX_KEPT_MS = 12 * 3600_000;
/** While a camera follows the position it is another every second; the disk need not know each. */
const FIX_EACH_MS = 30_000;

/**
 * Opens what this tablet knows of itself; made at the first start, and for good.
 *
 * @param {{ now?: () => Date }} [world]
 */
export async function openDevice({ now = () => new Date() } = {}) {
  const db = database(DEVICE_DB, DEVICE);
  /** @type {Map<string, any>} */
  const facts = new Map();
  await db.run(["facts"], "readwrite", async (tx) => {
    const store = tx.objectStore("facts");
    if (!(await store.get("id"))) await store.put(uuid7(), "id");
    const [names, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
    for (const [at, name] of names.entries()) facts.set(String(name), values[at]);
  });

  /** @param {string} name @param {any} value */
  async function set(name, value) {
    await db.run(["facts"], "readwrite", (tx) => tx.objectStore("facts").put(value, name));
    facts.set(name, value);
  }

  /** When the position on the disk was. */
  let fixWritten = Number.NEGATIVE_INFINITY;

  /** @param {Position | null} position */
  function rememberFix(position) {
    facts.set("last_fix", position);
    // Where the disk takes no more, it is remembered until the page is closed.
    return set("last_fix", position).catch(() => {});
  }

  /** @returns {Position | null} */
  function lastFix() {
    const position = facts.get("last_fix") ?? null;
    if (!position || now().getTime() - Date.parse(position.at) < FIX_KEPT_MS) return position;
    rememberFix(null);
    return null;
  }
  lastFix();

  return {
    db,
    id: /** @type {string} */ (facts.get("id")),

    /** Any single value of the tablet itself. @param {string} name */
    get: (name) => facts.get(name),
    set,

    /** Who was signed in last, and with what rights. @returns {Person | null} */
    person: () => facts.get("person") ?? null,

    /** The sign-in under which that person was last met. @returns {string | undefined} */
    session: () => facts.get("session"),

    /** Those whose records may be on this tablet. @returns {number[]} */
    people: () => facts.get("people") ?? [],

    /**
     * @param {Person} person as `GET /api/v1/me/` tells it
     * @param {string} session what stands for this sign-in, and is another after the next
     */
    async signedIn(person, session) {
      if (facts.get("person")?.id !== person.id) await rememberFix(null);
      const people = new Set([...(facts.get("people") ?? []), person.id]);
      await set("people", [...people]);
      await set("person", person);
      await set("session", session);
    },

    /** The page of whoever comes next begins with signing in; what is theirs stays. */
    async signedOut() {
      await rememberFix(null);
      await set("person", null);
    },

    /** What a check of this tablet's receiver found. @returns {Datum} */
    positionDatum: () => facts.get("position_datum") ?? "unchecked",

    /** The last good position: one, and nothing of the way there; null: none for half a day. */
    lastFix,

    /** In the place of the one before. @param {Position & { at: string }} position */
    keepFix(position) {
      const at = Date.parse(position.at);
      facts.set("last_fix", position);
      if (Math.abs(at - fixWritten) < FIX_EACH_MS) return;
      fixWritten = at;
      rememberFix(position);
    },

    close: () => db.close(),
  };
}

/** @typedef {Awaited<ReturnType<typeof openDevice>>} Device */
