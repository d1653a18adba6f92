/**
 * The base map, one PMTiles file that is nobody's in particular: in the browser's own file
 * system, and where that can't be written from a page, in the tablet's database. The one in use
 * stays until the next is here in full.
 *
 * @import { Device } from "./device.js"
 * @import { Transaction } from "./db.js"
 *
 * @typedef {{ sha256: string, bytes: number }} Map
 * @typedef {{ size: (name: string) => Promise<number>,
 *   append: (name: string, at: number, bytes: Uint8Array) => Promise<void>,
 *   read: (name: string, from: number, to: number) => Promise<Uint8Array>,
 *   remove: (name: string) => Promise<void> }} Shelf
 */

import { readPieces } from "./files.js";

const IN_USE = "basemap";

/**
 * @param {Device} device
 * @param {() => Promise<FileSystemDirectoryHandle | null>} [directory] null: it can't be written
 */
export async function openBasemap(device, directory = openDirectory) {
  const root = await directory();
  const shelf = root ? inFiles(root) : inDatabase(device);
  const nameOf = (/** @type {string} */ sha256) => `basemap-${sha256}.pmtiles`;

  return {
    /** The one that maps are drawn from. @returns {Map | null} */
    inUse: () => device.get(IN_USE) ?? null,

    /** How much of it is here. @param {string} sha256 */
    size: (sha256) => shelf.size(nameOf(sha256)),

    /** @param {string} sha256 @param {number} at @param {Uint8Array} bytes what follows on `size` */
    append: (sha256, at, bytes) => shelf.append(nameOf(sha256), at, bytes),

    /** @param {string} sha256 @param {number} from @param {number} to */
    read: (sha256, from, to) => shelf.read(nameOf(sha256), from, to),

    /** @param {string} sha256 */
    drop: (sha256) => shelf.remove(nameOf(sha256)),

    /** It is here in full: the one before goes. @param {Map} map */
    async use(map) {
      const before = this.inUse();
      await device.set(IN_USE, map);
      if (before && before.sha256 !== map.sha256) await shelf.remove(nameOf(before.sha256));
    },

    /** As pmtiles reads an archive; null: there is none. */
    source() {
      const map = this.inUse();
      if (!map) return null;
      return {
        getKey: () => map.sha256,
        /** @param {number} offset @param {number} length */
        getBytes: async (offset, length) => ({
          data: /** @type {ArrayBuffer} */ (
            (await this.read(map.sha256, offset, Math.min(offset + length, map.bytes))).slice()
              .buffer
          ),
        }),
      };
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openBasemap>>} Basemap */

/** Where the page itself can write files; Safari can only in workers. */
export async function openDirectory() {
  const { storage } = globalThis.navigator ?? {};
  if (!storage?.getDirectory || !("createWritable" in FileSystemFileHandle.prototype)) return null;
  try {
    return await storage.getDirectory();
  } catch {
    return null;
  }
}

/** @param {FileSystemDirectoryHandle} root @returns {Shelf} */
function inFiles(root) {
  /** @param {string} name */
  const file = async (name) => (await root.getFileHandle(name, { create: true })).getFile();
  return {
    size: async (name) => (await file(name)).size,
    async append(name, at, bytes) {
      const handle = await root.getFileHandle(name, { create: true });
      const writable = await handle.createWritable({ keepExistingData: true });
      await writable.write({ type: "write", position: at, data: /** @type {any} */ (bytes) });
      await writable.close();
    },
    read: async (name, from, to) =>
      new Uint8Array(await (await file(name)).slice(from, to).arrayBuffer()),
    async remove(name) {
      try {
        await root.removeEntry(name);
      } catch {
        // It was never there.
      }
    },
  };
}

/** @param {Device} device @returns {Shelf} */
function inDatabase({ db }) {
  /** @param {string} file */
  const all = (file) => IDBKeyRange.bound([file, 0], [file, Number.POSITIVE_INFINITY]);
  return {
    size: (name) =>
      db.run(["pieces"], "readonly", async (tx) => {
        const last = await tx.objectStore("pieces").openCursor(all(name), "prev");
        return last ? last.value.at + last.value.bytes.length : 0;
      }),
    append: (file, at, bytes) =>
      db.run(
        ["pieces"],
        "readwrite",
        async (tx) => {
          await tx.objectStore("pieces").put({ file, at, bytes });
        },
        "relaxed",
      ),
    read: (name, from, to) =>
      db.run(["pieces"], "readonly", (tx) => readPieces(tx, name, from, to)),
    remove: (name) =>
      db.run(["pieces"], "readwrite", (tx) => tx.objectStore("pieces").delete(all(name))),
  };
}
