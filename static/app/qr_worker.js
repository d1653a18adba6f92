/**
 * Looks for a QR label in a frame, beside the page, which stays smooth. A worker has no import
 * map: the page tells where the library is.
 */

/** @type {Promise<{ decodeQR: (image: object) => string }> | undefined} */
let library;

self.addEventListener("message", async ({ data: { at, image } }) => {
  if (at) library = import(at);
  if (!image || !library) return;
  const { decodeQR } = await library;
  let text = null;
  try {
    text = decodeQR(image);
  } catch {
    // No label in this frame, or one that can't be read from here.
  }
  self.postMessage(text);
});
