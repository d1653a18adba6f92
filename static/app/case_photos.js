/**
 * Photos of a move made at a desk: read from files, declared in the move, and sent after it.
 *
 * @import { Api, Reply } from "./api.js"
 * @import { Photo } from "./evidence.js"
 * @typedef {Photo & { file: Blob, url?: string }} Attached
 */

import { sha256 } from "./canonical.js";
import { declared, noRoom, typeOf } from "./evidence.js";
import { exifOf } from "./exif.js";
import { openLine, upload } from "./uploads.js";
import { uuid7 } from "./uuid.js";

/**
 * @param {File} file
 * @param {Attached[]} others of the same move
 * @returns {Promise<{ photo: Attached } | { why: import("./evidence.js").NoRoom | "unread" }>}
 */
export async function attached(file, others) {
  let bytes;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { why: "unread" };
  }
  const type = typeOf(bytes.subarray(0, 16));
  const why = noRoom(others, { bytes: bytes.length, type });
  if (why || !type) return { why: why ?? "type" };
  const { takenAt, point, accuracyM } = await exifOf(bytes);
  return {
    photo: {
      id: uuid7(),
      sha256: await sha256(bytes),
      bytes: bytes.length,
      type,
      item: null,
      how: "picker",
      takenAt,
      point,
      source: point ? "gps" : null,
      accuracyM,
      name: file.name,
      file,
    },
  };
}

/** @param {Attached[]} photos */
export const declaredPhotos = (photos) =>
  photos.map(({ file: _, url: __, ...photo }) => declared(photo));

/**
 * One after the other. What could not be sent is named by the move and can be sent later; the
 * server tells how many it holds.
 *
 * @param {Pick<Api, "ask">} api
 * @param {string} move
 * @param {Attached[]} photos
 * @param {(sent: number) => void} onSent how many are there
 * @returns {Promise<Reply | null>} null: all of them are there
 */
export async function sendPhotos(api, move, photos, onSent) {
  const line = openLine();
  for (const [n, photo] of photos.entries()) {
    const reply = await upload(
      { entry: move, id: photo.id, sha256: photo.sha256, bytes: photo.bytes, type: photo.type },
      {
        api,
        line,
        at: null,
        remember: async () => {},
        read: async (from, to) => new Uint8Array(await photo.file.slice(from, to).arrayBuffer()),
      },
    );
    if (reply.outcome !== "received") return reply;
    onSent(n + 1);
  }
  return null;
}
