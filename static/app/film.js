/**
 * A short video without sound. It ends itself, by the clock or before it grows too large.
 *
 * @typedef {{ seconds: number, bytes: number }} Filmed so far; `seconds`: left
 */

import { VIDEO_BYTES } from "./evidence.js";

export const LONGEST_S = 30;
const BITS_PER_S = 2_500_000;
/** What is asked of the recorder each second may come late by as much. */
const SPARE_BYTES = 2 ** 20;
const TYPES = ["video/mp4;codecs=avc1.42E01E", "video/mp4", "video/webm;codecs=vp8", "video/webm"];

/** Whether this browser can film at all. */
export const films = () => "MediaRecorder" in globalThis;

/**
 * @param {MediaStream} stream
 * @param {(filmed: Filmed) => void} onGoing each second
 */
export function film(stream, onGoing) {
  const type = TYPES.find((each) => MediaRecorder.isTypeSupported(each));
  const recorder = new MediaRecorder(stream, {
    videoBitsPerSecond: BITS_PER_S,
    ...(type ? { mimeType: type } : {}),
  });
  /** @type {Blob[]} */
  const parts = [];
  const size = () => parts.reduce((sum, part) => sum + part.size, 0);
  const begun = performance.now();
  const left = () => Math.max(0, Math.ceil(LONGEST_S - (performance.now() - begun) / 1000));

  const stop = () => {
    if (recorder.state !== "inactive") recorder.stop();
  };
  const clock = setInterval(() => {
    onGoing({ seconds: left(), bytes: size() });
    if (left() === 0) stop();
  }, 250);

  /** @type {Promise<Blob>} whatever came, also where the camera went away */
  const done = new Promise((resolve) => {
    recorder.addEventListener("stop", () => {
      clearInterval(clock);
      resolve(new Blob(parts, { type: recorder.mimeType }));
    });
  });
  recorder.addEventListener("error", stop);
  recorder.addEventListener("dataavailable", ({ data }) => {
    if (data.size) parts.push(data);
    if (size() > VIDEO_BYTES - SPARE_BYTES) stop();
  });
  recorder.start(1000);
  onGoing({ seconds: LONGEST_S, bytes: 0 });
  return { stop, done };
}
