/**
 * What this tablet is, whoever holds it: its own id, who used it last, what was found of its
 * position, and the base map, which is nobody's.
 *
 * @typedef {{ id: number, username: string, name: string, roles: string[], demonstration: boolean,
 *   may: { record: boolean, plan: boolean, overview: boolean, keep_register: boolean } }} Person
 */

import { uuid7 } from "../uuid.js";
import { database } from "./db.js";
import { DEVICE } from "./schema.js";

const DEVICE_DB = "xuntu-device";

/** Opens what this tablet knows of itself; made at the first start, and for good. */
export async function openDevice() {
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
      const people = new Set([...(facts.get("people") ?? []), person.id]);
      await set("people", [...people]);
      await set("person", person);
      await set("session", session);
    },

    /** The page of whoever comes next begins with signing in; what is theirs stays. */
    signedOut: () => set("person", null),

    /** "unchecked", "wgs84" or "gcj02": what a check of this tablet's receiver found. */
    positionDatum: () => facts.get("position_datum") ?? "unchecked",

    close: () => db.close(),
  };
}

/** @typedef {Awaited<ReturnType<typeof openDevice>>} Device */
