/**
 * What of plans is kept on this device for one person: every change until the server has it, and
 * what was last read, so that a page without a network shows and judges it.
 *
 * @import { Edited } from "../drawing/types.d.ts"
 * @import { Step } from "./db.js"
 */

import { database } from "./db.js";

/** @param {number} person the user's id */
export const nameOfPlans = (person) => `xuntu-plans-${person}`;

/**
 * edited   a proposal with what was changed on it, by id
 * facts    what was last read, by its address
 *
 * @type {Step[]}
 */
const STEPS = [
  function first(db) {
    db.createObjectStore("edited", { keyPath: "id" }).createIndex("plan", "plan");
    db.createObjectStore("facts");
  },
];

/** @param {number} person */
export function openPlans(person) {
  const db = database(nameOfPlans(person), STEPS);
  return {
    /** @param {string} plan @returns {Promise<Edited[]>} */
    ofPlan: (plan) =>
      db.run(["edited"], "readonly", (tx) => tx.objectStore("edited").index("plan").getAll(plan)),

    /** @param {string} id @returns {Promise<Edited | undefined>} */
    get: (id) => db.run(["edited"], "readonly", (tx) => tx.objectStore("edited").get(id)),

    /** On the disk when it returns. @param {Edited[]} rows */
    keep: (rows) =>
      db.run(["edited"], "readwrite", async (tx) => {
        await Promise.all(rows.map((row) => tx.objectStore("edited").put(row)));
      }),

    /** @param {string[]} ids */
    drop: (ids) =>
      db.run(["edited"], "readwrite", async (tx) => {
        await Promise.all(ids.map((id) => tx.objectStore("edited").delete(id)));
      }),

    /** @param {string} address @returns {Promise<any>} */
    read: (address) => db.run(["facts"], "readonly", (tx) => tx.objectStore("facts").get(address)),

    /** @param {string} start @returns {Promise<any[]>} all whose address begins so */
    readAll: (start) =>
      db.run(["facts"], "readonly", (tx) =>
        tx.objectStore("facts").getAll(IDBKeyRange.bound(start, `${start}\uffff`)),
      ),

    /** It can be read again. @param {string} address @param {unknown} body */
    remember: (address, body) =>
      db.run(
        ["facts"],
        "readwrite",
        async (tx) => {
          await tx.objectStore("facts").put(body, address);
        },
        "relaxed",
      ),

    close: () => db.close(),
  };
}

/** @typedef {ReturnType<typeof openPlans>} PlanStore */
