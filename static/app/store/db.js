/**
 * A database of this tablet: opened when first needed, opened again when it dies under us, and
 * every way in which it fails has a name.
 *
 * @import { IDBPDatabase, IDBPTransaction } from "idb"
 *
 * @typedef {"full" | "blocked" | "outdated" | "wiped" | "exists" | "photo_missing" | "failed"} FailureCode
 *   `full`: no room, nothing was written. `blocked`: another tab holds an older version open.
 *   `outdated`: a newer version of the app has been here, this one must be loaded again. `wiped`:
 *   the tablet was cleared while this page was open. `exists`: the id is in the journal with other
 *   content. `photo_missing`: an entry names a photo that is not here. `failed`: anything else.
 * @typedef {(db: IDBPDatabase<any>, tx: IDBPTransaction<any, any, "versionchange">) => void | Promise<void>} Step
 *   from one version to the next; what is unsent must come through it unharmed
 * @typedef {IDBPTransaction<any, string[], "readwrite">} Transaction
 */

import { deleteDB, openDB } from "idb";

export class StoreFailure extends Error {
  /** @param {FailureCode} code @param {unknown} [cause] */
  constructor(code, cause) {
    super(code, { cause });
    this.name = "StoreFailure";
    this.code = code;
  }
}

/** What a dead connection throws. iOS says UnknownError where its storage process was ended. */
const DEAD = new Set(["InvalidStateError", "UnknownError"]);

/**
 * @param {string} name
 * @param {Step[]} steps one for each version there ever was, oldest first
 */
export function database(name, steps) {
  /** @type {Promise<IDBPDatabase<any>> | null} */
  let opening = null;
  /** Wakes those who wait for an opening that another tab holds up. @type {(() => void)[]} */
  let held = [];
  let wiped = false;

  function connection() {
    if (wiped) throw new StoreFailure("wiped");
    if (!opening) {
      const mine = openDB(name, steps.length, {
        async upgrade(db, from, _to, tx) {
          for (const step of steps.slice(from)) await step(db, tx);
        },
        blocked() {
          for (const wake of held) wake();
        },
        blocking(_current, next) {
          // A newer tab, or one that clears the tablet, must not wait for us.
          if (next === null) wiped = true;
          close();
        },
        terminated() {
          if (opening === mine) opening = null;
        },
      });
      mine.catch(() => {
        if (opening === mine) opening = null;
      });
      opening = mine;
    }
    return opening;
  }

  /** The connection, or the name of what stands in its way. @returns {Promise<IDBPDatabase<any>>} */
  async function connected() {
    const mine = connection();
    return new Promise((resolve, reject) => {
      const wake = () => reject(new StoreFailure("blocked"));
      held.push(wake);
      mine.then(resolve, reject).finally(() => {
        held = held.filter((each) => each !== wake);
      });
    });
  }

  function close() {
    opening?.then(
      (db) => db.close(),
      () => {},
    );
    opening = null;
  }

  /**
   * @template Result
   * @param {string[]} stores
   * @param {"readonly" | "readwrite"} mode
   * @param {(tx: Transaction) => Promise<Result> | Result} work
   * @param {"strict" | "relaxed"} durability
   */
  async function attempt(stores, mode, work, durability) {
    const db = await connected();
    const tx = /** @type {Transaction} */ (db.transaction(stores, mode, { durability }));
    const done = tx.done.then(
      () => null,
      (error) => error ?? new DOMException("", "AbortError"),
    );
    try {
      const result = await work(tx);
      const failed = await done;
      if (failed) throw failed;
      return result;
    } catch (error) {
      try {
        tx.abort();
      } catch {
        // It had ended by itself.
      }
      await done;
      // Why the transaction ended says more than the request that it took along.
      throw tx.error ?? error;
    }
  }

  return {
    name,

    /**
     * One transaction: all of `work` or nothing of it. `work` may await nothing but `tx`, and is
     * done a second time where the connection died under the first.
     *
     * @template Result
     * @param {string[]} stores
     * @param {"readonly" | "readwrite"} mode
     * @param {(tx: Transaction) => Promise<Result> | Result} work
     * @param {"strict" | "relaxed"} [durability] relaxed only for what can be fetched again
     * @returns {Promise<Result>}
     * @throws {StoreFailure}
     */
    async run(stores, mode, work, durability = "strict") {
      const before = opening;
      try {
        return await attempt(stores, mode, work, durability);
      } catch (error) {
        const died = DEAD.has(nameOf(error)) || (before !== null && before !== opening);
        if (error instanceof StoreFailure || !died) throw named(error);
        close();
      }
      try {
        return await attempt(stores, mode, work, durability);
      } catch (error) {
        throw named(error);
      }
    },

    close,

    /** Everything in it, for good. Other tabs let go of it by themselves. */
    async remove() {
      close();
      wiped = true;
      await deleteDB(name);
    },
  };
}

/** @typedef {ReturnType<typeof database>} Database */

/** @param {unknown} error */
const nameOf = (error) =>
  error instanceof Error || error instanceof DOMException ? error.name : "";

/** @param {unknown} error */
function named(error) {
  if (error instanceof StoreFailure) return error;
  if (nameOf(error) === "QuotaExceededError") return new StoreFailure("full", error);
  if (nameOf(error) === "VersionError") return new StoreFailure("outdated", error);
  return new StoreFailure("failed", error);
}
