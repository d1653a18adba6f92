/**
 * The bytes of photos and videos, as they came from the camera.
 *
 * They are kept in pieces: an upload reads the few bytes that it sends next, never the whole, and
 * a Blob handed to IndexedDB is not safe on every tablet.
 *
 * @import { Database, Transaction } from "./db.js"
 * @import { PhotoFile, StoredFile } from "../types.d.ts"
 */

import { sha256 } from "../canonical.js";
import { StoreFailure } from "./db.js";

export const PIECE = 1 << 20;

/** The stores that it needs in a transaction. */
export const FILES = ["files", "pieces"];

/** @param {Database} db @param {{ now: () => string }} world */
export function openFiles(db, { now }) {
  return {
    /**
     * On the disk when it returns. The hash is of the bytes as handed over.
     *
     * @param {string} id
     * @param {Blob} blob
     * @param {{ draft?: string | null, type?: string }} [of] `draft`: the id of the draft it is for
     * @returns {Promise<PhotoFile>}
     */
    async put(id, blob, { draft = null, type = blob.type } = {}) {
      const bytes = new Uint8Array(await blob.arrayBuffer());
      const file = { id, sha256: await sha256(bytes), bytes: bytes.length, type };
      await db.run(FILES, "readwrite", async (tx) => {
        const held = await tx.objectStore("files").get(id);
        if (held?.sha256 === file.sha256) return;
        if (held) throw new StoreFailure("exists");
        await Promise.all([
          tx.objectStore("files").put({ ...file, draft, addedAt: now() }),
          ...putPieces(tx, id, bytes),
        ]);
      });
      return file;
    },

    /** @param {string} id @returns {Promise<StoredFile | undefined>} */
    describe: (id) => db.run(["files"], "readonly", (tx) => tx.objectStore("files").get(id)),

    /** @param {string} id @returns {Promise<Blob | null>} null: not on this tablet */
    async get(id) {
      const file = await this.describe(id);
      if (!file) return null;
      return new Blob([await this.read(id, 0, file.bytes)], { type: file.type });
    },

    /** Bytes `from`, up to but without `to`. @param {string} id @param {number} from @param {number} to */
    read: (id, from, to) =>
      db.run(["pieces"], "readonly", (tx) => readPieces(tx, id, from, Math.max(from, to))),

    /** @param {string} draft its id @returns {Promise<StoredFile[]>} oldest first */
    async ofDraft(draft) {
      const all = await db.run(["files"], "readonly", (tx) => tx.objectStore("files").getAll());
      return all
        .filter((/** @type {StoredFile} */ file) => file.draft === draft)
        .sort((/** @type {StoredFile} */ a, /** @type {StoredFile} */ b) =>
          a.addedAt < b.addedAt ? -1 : 1,
        );
    },
  };
}

/** @typedef {ReturnType<typeof openFiles>} Files */

/** @param {Transaction} tx @param {string} file @param {Uint8Array} bytes @returns {Promise<any>[]} */
function putPieces(tx, file, bytes) {
  const pieces = tx.objectStore("pieces");
  return Array.from({ length: Math.ceil(bytes.length / PIECE) }, (_, n) =>
    pieces.put({ file, at: n * PIECE, bytes: bytes.slice(n * PIECE, (n + 1) * PIECE) }),
  );
}

/** @param {Transaction} tx @param {string} id @param {number} from @param {number} to */
export async function readPieces(tx, id, from, to) {
  const first = Math.floor(from / PIECE) * PIECE;
  const range = IDBKeyRange.bound([id, first], [id, to], false, true);
  const whole = new Uint8Array(to - from);
  let got = 0;
  for (const { at, bytes } of await tx.objectStore("pieces").getAll(range)) {
    const part = bytes.subarray(Math.max(0, from - at), Math.max(0, to - at));
    whole.set(part, Math.max(0, at - from));
    got += part.length;
  }
  return whole.subarray(0, got);
}

/** @param {Transaction} tx @param {string} id */
export const dropFile = (tx, id) =>
  Promise.all([
    tx.objectStore("files").delete(id),
    tx.objectStore("pieces").delete(IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY])),
  ]);

/** The photos that some entry names. @param {Transaction} tx @returns {Promise<Set<string>>} */
export async function namedFiles(tx) {
  const entries = await tx.objectStore("entries").getAll();
  return new Set(
    entries.flatMap((/** @type {any} */ { files }) => files.map((/** @type {any} */ { id }) => id)),
  );
}
