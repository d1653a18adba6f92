/**
 * Reads QR labels from what the camera shows, one frame after the other.
 */

import { frameOf } from "./camera.js";

/** Below /field/, so that a tablet with no network has it: people/shell.py. */
const WORKER = "/field/workers/qr.js";
/** Enough for a label held at arm's length, and quick. */
const SIDE_PX = 800;

/**
 * @param {HTMLVideoElement} video
 * @param {(text: string) => void} onText whatever it says, again while it stays in sight
 * @returns {() => void} ends it
 */
export function scan(video, onText) {
  const worker = new Worker(WORKER, { type: "module" });
  worker.postMessage({ at: import.meta.resolve("qr") });
  let over = false;

  function look() {
    if (over) return;
    if (!video.videoWidth) {
      requestAnimationFrame(look);
      return;
    }
    const canvas = frameOf(video, SIDE_PX);
    const image = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
    if (!image) requestAnimationFrame(look);
    else worker.postMessage({ image: { ...pixels(image) } }, [image.data.buffer]);
  }

  worker.addEventListener("message", ({ data }) => {
    if (over) return;
    if (data) onText(data);
    requestAnimationFrame(look);
  });
  look();
  return () => {
    over = true;
    worker.terminate();
  };
}

/** @param {ImageData} image */
const pixels = ({ width, height, data }) => ({ width, height, data });
