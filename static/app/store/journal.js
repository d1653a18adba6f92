/**
 * What was recorded on this tablet, and what became of it. Entries and outcomes are only ever
 * added; an entry leaves 30 days after the server receipted its every byte.
 *
 * Reading is from memory and at once; writing is on the disk when it returns. What another tab
 * writes is read again when it tells of it.
 *
 * @import { Database, Transaction } from "./db.js"
 * @import { Entry, Kept, Outcome, Receipt } from "../types.d.ts"
 *
 * @typedef {{ id: string, type: Entry["type"], content: Record<string, any>,
 *   estate: Entry["estate"], kind: string, recordedAt: string, mends?: string } &
 *   Pick<Entry, "case" | "about" | "after">} New
 *   `content` is what is to be sent, without `device` and `number`; `content.photos` names the
 *   photos, which `files` must hold
 * @typedef {{ taken: number, waiting: number, sent: number, held: number, refused: number,
 *   settled: number, photosRefused: number, bytes: number }} Counts `taken`: all there ever were,
 *   and the sum of the five that follow; `settled`: mended or taken back; `bytes`: still to go
 *   over the line
 */

import { canonical, sha256 } from "../canonical.js";
import { StoreFailure } from "./db.js";
import { dropFile, FILES } from "./files.js";
import { isOwed, standingOf } from "./standing.js";

const KEPT_MS = 30 * 24 * 3600 * 1000;
const COUNTER = "counter";

/**
 * @param {Database} db
 * @param {{ device: string, appVersion: string, now: () => string, told: () => void,
 *   written: (ids: string[]) => void }} world `told`: it reads otherwise now; `written`: what
 *   other tabs should look at; of none in particular, at all
 */
export async function openJournal(db, { device, appVersion, now, told, written }) {
  /** @type {Map<string, Kept>} by number */
  let kept = new Map();
  let pruned = 0;

  /** @type {Promise<unknown>} */
  let reading = Promise.resolve();
  /** One after the other: what was read first must not come to stand over what was read last. @param {() => Promise<void>} read */
  function inOrder(read) {
    const next = reading.then(read);
    reading = next.catch(() => {});
    return next;
  }

  /** @param {[Entry, Outcome[], Receipt | null][]} rows entries that are other than they were, or all */
  function take(rows) {
    for (const [entry, outcomes, receipt] of rows)
      kept.set(entry.id, standingOf(entry, outcomes, receipt, null));
    const sorted = [...kept.values()].sort((a, b) => a.number - b.number);
    const menders = new Map(sorted.map(({ mends, id }) => [mends, id]));
    kept = new Map(
      sorted.map((each) => {
        const by = menders.get(each.id) ?? null;
        const { outcomes, receipt } = each;
        return [each.id, by === each.mendedBy ? each : standingOf(each, outcomes, receipt, by)];
      }),
    );
    told();
  }

  /** What is on the disk, this tab's and every other's. */
  const reload = () =>
    inOrder(async () => {
      const stores = ["entries", "outcomes", "receipts", "pruned"];
      const [entries, outcomes, receipts, gone] = await db.run(stores, "readonly", (tx) =>
        Promise.all([
          tx.objectStore("entries").getAll(),
          tx.objectStore("outcomes").getAll(),
          tx.objectStore("receipts").getAll(),
          tx.objectStore("pruned").count(),
        ]),
      );
      pruned = gone;
      /** @type {Map<string, Outcome[]>} */
      const ofEntry = new Map(entries.map(({ id }) => [id, []]));
      for (const outcome of outcomes) ofEntry.get(outcome.entry)?.push(outcome);
      const receiptOf = new Map(receipts.map((each) => [each.id, each]));
      kept.clear();
      take(
        entries.map((each) => [each, ofEntry.get(each.id) ?? [], receiptOf.get(each.id) ?? null]),
      );
    });

  /** These alone are other than they were. @param {string[]} ids */
  const look = (ids) =>
    inOrder(async () => {
      const stores = ["entries", "outcomes", "receipts"];
      const rows = await db.run(stores, "readonly", (tx) =>
        Promise.all(
          ids.map((id) =>
            Promise.all([
              tx.objectStore("entries").get(id),
              tx.objectStore("outcomes").index("entry").getAll(id),
              tx.objectStore("receipts").get(id),
            ]),
          ),
        ),
      );
      take(
        rows.flatMap(([entry, outcomes, receipt]) =>
          entry ? [[entry, outcomes, receipt ?? null]] : [],
        ),
      );
    });

  /** @param {Omit<Outcome, "at">[]} rows */
  async function write(rows) {
    await db.run(["outcomes"], "readwrite", (tx) => addOutcomes(tx, rows));
    await changed(rows.map(({ entry }) => entry));
  }

  /** @param {string[]} ids */
  async function changed(ids) {
    written(ids);
    await look(ids);
  }

  /** @param {Transaction} tx @param {Omit<Outcome, "at">[]} rows */
  const addOutcomes = (tx, rows) =>
    Promise.all(rows.map((row) => tx.objectStore("outcomes").add({ ...row, at: now() })));

  await reload();

  return {
    reload,
    look,

    /** Every entry still here, oldest first. @returns {Kept[]} */
    all: () => [...kept.values()],

    /** @param {string} id */
    get: (id) => kept.get(id),

    /** What the sender still has to do something for, oldest first. */
    waiting: () => [...kept.values()].filter(isOwed),

    /**
     * The entry, its number and what becomes of its draft and photos, all at once or not at all.
     * Adding the same again gives what is there.
     *
     * @param {New} news
     * @param {{ draft?: string }} [from] the key of the draft that it was, which goes with it
     * @returns {Promise<Kept>}
     * @throws {StoreFailure}
     */
    async add(news, { draft } = {}) {
      const { id, content, ...facts } = news;
      const photos = /** @type {any[]} */ (content.photos ?? []);
      for (;;) {
        const last = await db.run(["facts"], "readonly", (tx) =>
          tx.objectStore("facts").get(COUNTER),
        );
        const number = (last ?? 0) + 1;
        const body = canonical({ ...content, device, number });
        const bytes = new TextEncoder().encode(body);
        /** @type {Entry} */
        const entry = {
          ...facts,
          id,
          number,
          device,
          body,
          sha256: await sha256(bytes),
          bytes: bytes.length,
          files: photos.map(({ id, sha256, bytes, type }) => ({ id, sha256, bytes, type })),
          addedAt: now(),
          appVersion,
        };
        // A hash can't be waited for inside a transaction: so the number is looked at again there.
        const done = await db.run(
          ["facts", "entries", "drafts", ...FILES],
          "readwrite",
          async (tx) => {
            const there = await tx.objectStore("entries").get(id);
            if (there && !isSame(there, content)) throw new StoreFailure("exists");
            const gone = draft ? [tx.objectStore("drafts").delete(draft)] : [];
            if (there) return Promise.all(gone).then(() => true);
            if ((await tx.objectStore("facts").get(COUNTER)) !== last) return false;
            for (const file of entry.files) {
              const held = await tx.objectStore("files").get(file.id);
              if (held?.sha256 !== file.sha256) throw new StoreFailure("photo_missing");
            }
            await Promise.all([
              tx.objectStore("entries").add(entry),
              tx.objectStore("facts").put(number, COUNTER),
              ...gone,
            ]);
            return true;
          },
        );
        if (done) break;
      }
      await changed([id]);
      return /** @type {Kept} */ (kept.get(id));
    },

    /**
     * What became of an entry, or of one of its photos.
     *
     * @param {string} id
     * @param {Omit<Outcome, "at" | "entry" | "seq">} row
     */
    async outcome(id, row) {
      const before = kept.get(id)?.outcomes;
      // That it may have left is said once.
      if (row.what === "sent" && before?.some(({ what }) => what === "sent")) return;
      await write([{ ...row, entry: id }]);
    },

    /** Sends once more what was refused, its photos too. @param {string} id */
    again: (id) => write([{ entry: id, what: "again" }]),

    /**
     * Takes back what never left, or was refused.
     *
     * @param {string} id
     * @param {string} [reason] in the person's words
     * @returns {Promise<boolean>} false: it may be with the server already
     */
    async cancel(id, reason = "") {
      await reload();
      const entry = kept.get(id);
      const left = entry?.outcomes.some(({ what }) => what === "sent");
      if (!entry || (entry.standing === "waiting" ? left : entry.standing !== "refused"))
        return false;
      await write([{ entry: id, what: "cancelled", message: reason }]);
      return true;
    },

    /**
     * What the server says it holds. The cursor is kept with it, or neither.
     *
     * @param {Receipt[]} receipts
     * @param {string} cursor
     */
    async receipts(receipts, cursor) {
      const most = receipts.reduce((n, { number }) => Math.max(n, number ?? 0), 0);
      await db.run(["receipts", "outcomes", "entries", "facts"], "readwrite", async (tx) => {
        const facts = tx.objectStore("facts");
        const news = [];
        for (const receipt of receipts) {
          const before = await tx.objectStore("receipts").get(receipt.id);
          const known = await tx.objectStore("entries").count(receipt.id);
          if (known && JSON.stringify(before) !== JSON.stringify(receipt)) news.push(receipt);
        }
        const counted = (await facts.get(COUNTER)) ?? 0;
        await Promise.all([
          ...receipts.map((each) => tx.objectStore("receipts").put(each)),
          addOutcomes(
            tx,
            news.map(({ id, status }) => ({ entry: id, what: "receipt", code: status })),
          ),
          facts.put(cursor, "receipts"),
          facts.put(now(), "asked"),
          // After the browser emptied this database the numbers go on where they were.
          ...(most > counted ? [facts.put(most, COUNTER)] : []),
        ]);
      });
      await changed(receipts.map(({ id }) => id));
    },

    /** Up to where receipts were read. @returns {Promise<string | undefined>} */
    cursor: () => db.run(["facts"], "readonly", (tx) => tx.objectStore("facts").get("receipts")),

    /** What a statement is made of, beside the entries: see statement.js. */
    told: () =>
      db.run(["receipts", "pruned", "facts"], "readonly", async (tx) => ({
        receipts: /** @type {Receipt[]} */ (await tx.objectStore("receipts").getAll()),
        pruned: await tx.objectStore("pruned").getAll(),
        asOf: /** @type {string | null} */ ((await tx.objectStore("facts").get("asked")) ?? null),
      })),

    /** @returns {Counts} */
    counts() {
      const all = [...kept.values()];
      const of = (/** @type {Kept["standing"]} */ standing) =>
        all.filter((each) => each.standing === standing).length;
      return {
        taken: all.length + pruned,
        waiting: of("waiting"),
        sent: of("sent"),
        held: of("held") + pruned,
        refused: of("refused"),
        settled: of("mended") + of("cancelled"),
        photosRefused: all.flatMap(({ photos }) => photos).filter((each) => each.refusal).length,
        bytes: all.filter(isOwed).reduce((sum, each) => sum + bytesOwed(each), 0),
      };
    },

    /**
     * Lets go of what the server has held for 30 days.
     *
     * @param {Date} today
     * @returns {Promise<number>} how many
     */
    async prune(today) {
      await reload();
      const until = new Date(today.getTime() - KEPT_MS).toISOString();
      const old = [...kept.values()].filter((each) => {
        const since = each.outcomes.findLast(({ what }) => what === "receipt")?.at;
        return each.standing === "held" && since !== undefined && since <= until;
      });
      if (!old.length) return 0;
      const leaving = new Set(old.map(({ id }) => id));
      const staying = [...kept.values()].filter(({ id }) => !leaving.has(id));
      const needed = new Set(staying.flatMap(({ files }) => files.map(({ id }) => id)));
      const stores = ["entries", "outcomes", "receipts", "pruned", "uploads", ...FILES];
      await db.run(stores, "readwrite", (tx) =>
        Promise.all(
          old.flatMap(({ id, number, sha256, bytes, files, outcomes }) => [
            tx.objectStore("pruned").put({ id, number, sha256, bytes, at: now() }),
            tx.objectStore("entries").delete(id),
            tx.objectStore("receipts").delete(id),
            ...outcomes.map(({ seq }) => tx.objectStore("outcomes").delete(seq ?? -1)),
            ...files
              .filter((file) => !needed.has(file.id))
              .flatMap((file) => [
                dropFile(tx, file.id),
                tx.objectStore("uploads").delete(file.id),
              ]),
          ]),
        ),
      );
      written([]);
      await reload();
      return old.length;
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openJournal>>} Journal */

/** It waits for the inspector: refused, or one of its photos is. @param {Kept} kept */
export const needsPerson = ({ standing, photos }) =>
  standing === "refused" ||
  (standing === "sent" && photos.some((photo) => photo.standing === "refused"));

/** What is still to go over the line for it. @param {Kept} kept */
export const bytesOwed = ({ standing, bytes, photos }) =>
  photos
    .filter((photo) => photo.standing === "waiting")
    .reduce((sum, photo) => sum + photo.bytes, standing === "waiting" ? bytes : 0);

/** @param {Entry} entry @param {Record<string, any>} content */
const isSame = ({ body, device, number }, content) =>
  body === canonical({ ...content, device, number });
