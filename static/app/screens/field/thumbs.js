/**
 * Small pictures of what was taken, made on the tablet and kept as long as the page is open: a
 * list of whole photos would be too much for it.
 *
 * @import { App } from "./app.js"
 * @import { Photo } from "../../evidence.js"
 * @typedef {{ url: string } | "hidden" | "missing"} Thumb `hidden`: this browser draws no such type
 */

import { isVideo } from "../../evidence.js";

const SIDE_PX = 480;
const MOST = 120;

/** By the photo's id; null while it is being made. @type {Map<string, Thumb | null>} */
const made = new Map();

/** @param {App} app @param {Photo} photo @returns {Thumb | null} */
export function thumbOf(app, photo) {
  if (isVideo(photo.type)) return "hidden";
  if (!made.has(photo.id)) {
    made.set(photo.id, null);
    make(app, photo);
  }
  return made.get(photo.id) ?? null;
}

/** @param {App} app @param {Photo} photo */
async function make(app, photo) {
  made.set(photo.id, await thumb(await app.store.files.get(photo.id)));
  const [oldest] = made.keys();
  if (made.size > MOST && oldest) forget(oldest);
  app.show();
}

/** @param {Blob | null} blob @returns {Promise<Thumb>} */
async function thumb(blob) {
  if (!blob) return "missing";
  try {
    const whole = await createImageBitmap(blob);
    const share = Math.min(1, SIDE_PX / Math.max(whole.width, whole.height));
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(whole.width * share)),
      Math.max(1, Math.round(whole.height * share)),
    );
    canvas.getContext("2d")?.drawImage(whole, 0, 0, canvas.width, canvas.height);
    whole.close();
    const small = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 });
    return { url: URL.createObjectURL(small) };
  } catch {
    return "hidden";
  }
}

/** @param {string} id */
function forget(id) {
  const thumb = made.get(id);
  if (thumb && typeof thumb === "object") URL.revokeObjectURL(thumb.url);
  made.delete(id);
}
