/**
 * Looks for a QR label in a frame, beside the page, which stays smooth. A worker has no import
 * map: the page tells where the library is. Each frame is answered, or the page would wait.
 */

let where = "";
/** @type {((image: object) => string) | undefined} */
let decode;

self.addEventListener("message", async ({ data: { at, image } }) => {
  if (at) where = at;
  if (!image) return;
  let text = null;
  try {
    decode ??= (await import(where)).decodeQR;
    text = decode?.(image) ?? null;
  } catch {
    // No label in this frame, or one that can't be read from here.
  }
  self.postMessage(text);
});
