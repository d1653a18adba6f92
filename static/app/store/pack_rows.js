/**
 * The pack on the disk: a row for each place, finding, round …, so that a change of one rewrites
 * one. Read into the register at opening; pack.js fills it.
 *
 * @import { Database, Transaction } from "./db.js"
 * @import { Register } from "./register.js"
 *
 * @typedef {{ rows: any[], gone: (number | string)[] }} Part
 * @typedef {{ cursor: string, communities: number[], at: string }} Taken the pack that is here in full
 * @typedef {{ cursor: string, done: string[] }} Taking one that was begun: the marks of parts
 *   that are in
 */

const ROWS = ["rows", "facts"];

/** @param {Database} db @param {Register} register @param {() => void} written other tabs should read */
export async function openPackRows(db, register, written) {
  /** @type {Taken | null} */
  let taken = null;
  /** @type {Taking | null} */
  let taking = null;

  async function reload() {
    const rows = await db.run(ROWS, "readonly", async (tx) => {
      const facts = tx.objectStore("facts");
      taken = (await facts.get("pack")) ?? null;
      taking = (await facts.get("taking")) ?? null;
      return tx.objectStore("rows").getAll();
    });
    /** @type {Record<string, any[]>} */
    const parts = {};
    for (const { part, row } of rows) {
      parts[part] ??= [];
      parts[part].push(row);
    }
    if (taken) register.fill(parts, taken.at);
  }

  /** @param {Transaction} tx @param {string} name @param {any} value */
  const setFact = (tx, name, value) => tx.objectStore("facts").put(value, name);

  await reload();

  return {
    reload,
    taken: () => taken,

    /** The parts that are in already of what is now offered. @param {string} cursor */
    done: (cursor) => new Set(taking?.cursor === cursor ? taking.done : []),

    /**
     * One part, in one transaction with the mark that it is in.
     *
     * @param {string} name
     * @param {Part} part
     * @param {{ cursor: string, mark: string, anew: boolean }} of `anew`: what was known under
     *   this name is no longer good
     */
    async put(name, { rows, gone }, { cursor, mark, anew }) {
      const done = taking?.cursor === cursor ? taking.done : [];
      const next = { cursor, done: [...done, mark] };
      await db.run(
        ROWS,
        "readwrite",
        async (tx) => {
          const store = tx.objectStore("rows");
          if (anew) await store.delete(IDBKeyRange.bound([name], [name, []]));
          await Promise.all([
            ...rows.map((row) => store.put({ part: name, id: row.id, row })),
            ...gone.map((id) => store.delete([name, id])),
            setFact(tx, "taking", next),
          ]);
        },
        "relaxed",
      );
      taking = next;
    },

    /** Every part is in: from now on this is the pack. @param {Taken} now */
    async finish(now) {
      await db.run(
        ROWS,
        "readwrite",
        (tx) => Promise.all([setFact(tx, "pack", now), tx.objectStore("facts").delete("taking")]),
        "relaxed",
      );
      written();
      await reload();
    },

    /** Which before-photos are here. @returns {Promise<Set<string>>} */
    smalls: () =>
      db.run(
        ["smalls"],
        "readonly",
        async (tx) => new Set((await tx.objectStore("smalls").getAllKeys()).map(String)),
      ),

    /** @param {string} id @returns {Promise<Blob | null>} */
    async small(id) {
      const row = await db.run(["smalls"], "readonly", (tx) => tx.objectStore("smalls").get(id));
      return row ? new Blob([row.bytes], { type: row.type }) : null;
    },

    /** @param {string} id @param {Uint8Array} bytes @param {string} type */
    putSmall: (id, bytes, type) =>
      db.run(
        ["smalls"],
        "readwrite",
        (tx) => tx.objectStore("smalls").put({ id, bytes, type }),
        "relaxed",
      ),

    /** @param {string[]} ids */
    dropSmalls: (ids) =>
      db.run(
        ["smalls"],
        "readwrite",
        (tx) => Promise.all(ids.map((id) => tx.objectStore("smalls").delete(id))),
        "relaxed",
      ),
  };
}

/** @typedef {Awaited<ReturnType<typeof openPackRows>>} PackRows */
