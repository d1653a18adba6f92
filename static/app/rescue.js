/**
 * The last resort: all that the server does not hold, as one ZIP that the office loads with
 * `manage.py load_rescue`.
 *
 *     manifest.json        {person, device, app_version, made_at, entries: [{id, type, number,
 *                          sha256, file, photos: [{id, sha256, bytes, file}]}]}
 *     entries/<id>.json    the body as it would have been sent
 *     photos/<id>          the bytes as the camera gave them
 *
 * @import { Store } from "./store/index.js"
 * @import { Kept } from "./types.d.ts"
 */

import { Zip, ZipPassThrough } from "fflate";

/** Read and written this much at a time: a video must not fill the memory. */
const PIECE = 1 << 20;

/** Those that go into it. @param {Kept[]} entries */
export const rescued = (entries) =>
  entries.filter(({ standing }) => ["waiting", "sent", "refused"].includes(standing));

/**
 * The ZIP, piece by piece.
 *
 * @param {Pick<Store, "journal" | "files" | "person" | "device">} store
 * @param {{ appVersion: string, now: Date }} facts
 * @returns {AsyncGenerator<Uint8Array>}
 */
export async function* rescue({ journal, files, person, device }, { appVersion, now }) {
  /** @type {Uint8Array[]} */
  let ready = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    ready.push(bytes);
  });
  function* taken() {
    const now = ready;
    ready = [];
    yield* now;
  }
  /** @param {string} name @param {string} text */
  const add = (name, text) => {
    const file = new ZipPassThrough(name);
    zip.add(file);
    file.push(new TextEncoder().encode(text), true);
  };

  const entries = rescued(journal.all());
  const described = entries.map(({ id, type, number, sha256, photos }) => ({
    ...{ id, type, number, sha256, file: `entries/${id}.json` },
    photos: photos
      .filter(({ standing }) => standing !== "held")
      .map(({ id, sha256, bytes }) => ({ id, sha256, bytes, file: `photos/${id}` })),
  }));
  const manifest = {
    person,
    device: device.id,
    app_version: appVersion,
    made_at: now.toISOString(),
    entries: described,
  };
  add("manifest.json", JSON.stringify(manifest, null, 2));
  for (const { id, body } of entries) add(`entries/${id}.json`, body);
  yield* taken();
  const photos = new Map(described.flatMap(({ photos }) => photos.map((each) => [each.id, each])));
  for (const { id, bytes, file: name } of photos.values()) {
    const file = new ZipPassThrough(name);
    zip.add(file);
    for (let at = 0; at < bytes; at += PIECE) {
      const to = Math.min(at + PIECE, bytes);
      file.push(await files.read(id, at, to), to === bytes);
      yield* taken();
    }
    if (!bytes) file.push(new Uint8Array(), true);
  }
  zip.end();
  yield* taken();
}

/**
 * As one file to be saved or shared.
 *
 * @param {Parameters<typeof rescue>} all
 * @returns {Promise<Blob>}
 */
export async function rescueFile(...all) {
  const parts = [];
  // Each in a Blob of its own: the browser may put those on the disk.
  for await (const piece of rescue(...all)) parts.push(new Blob([/** @type {any} */ (piece)]));
  return new Blob(parts, { type: "application/zip" });
}
