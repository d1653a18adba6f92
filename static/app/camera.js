/**
 * The tablet's camera: opened, shot with, filmed with. Every way it can fail has a name; the
 * frames that come out of it are kept as they are.
 *
 * @typedef {"insecure" | "absent" | "denied" | "busy" | "lost"} NoCamera
 * @typedef {{ stream: MediaStream, track: MediaStreamTrack, torch: boolean }} Opened
 * @typedef {{ outcome: "open", camera: Opened } | { outcome: NoCamera }} Opening
 */

/** Some tablets never answer a request for a still. */
const STILL_PATIENCE_MS = 5_000;
const QUALITY = 0.92;

/**
 * @param {MediaDevices | undefined} [devices] absent on a page that is not secure, too
 * @param {boolean} [secure]
 * @returns {Promise<Opening>}
 */
export async function openCamera(
  devices = globalThis.navigator?.mediaDevices,
  secure = globalThis.isSecureContext,
) {
  if (!secure) return { outcome: "insecure" };
  if (!devices?.getUserMedia) return { outcome: "absent" };
  try {
    // No sound: what people say beside it is no evidence and none of the office's business.
    const stream = await devices.getUserMedia({ audio: false, video: wishes() });
    const [track] = stream.getVideoTracks();
    if (!track) return { outcome: "absent" };
    return { outcome: "open", camera: { stream, track, torch: "torch" in able(track) } };
  } catch (error) {
    return { outcome: whyNot(error) };
  }
}

/** The camera at the back. Where stills come from the stream itself, it is as large as can be. */
const wishes = () => ({
  facingMode: { ideal: "environment" },
  width: { ideal: "ImageCapture" in globalThis ? 1920 : 4096 },
  height: { ideal: "ImageCapture" in globalThis ? 1440 : 3072 },
});

/** @param {MediaStreamTrack} track @returns {object} Firefox and old Safaris tell nothing of it */
const able = (track) => track.getCapabilities?.() ?? {};

/** @param {unknown} error @returns {NoCamera} */
function whyNot(error) {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "absent" : "busy";
}

/** @param {Opened} camera */
export function closeCamera({ stream }) {
  for (const track of stream.getTracks()) track.stop();
}

/** @param {Opened} camera @param {boolean} lit */
export const shine = ({ track }, lit) =>
  track.applyConstraints({ advanced: [/** @type {any} */ ({ torch: lit })] });

/**
 * One still: the camera's own where the browser has it, else the frame that is being shown, at
 * its full size.
 *
 * @param {Opened} camera
 * @param {HTMLVideoElement} video that shows it
 * @returns {Promise<Blob>}
 */
export async function still({ track }, video) {
  if ("ImageCapture" in globalThis && track.readyState === "live") {
    const taken = await patient(new ImageCapture(track).takePhoto()).catch(() => null);
    if (taken?.size) return taken;
  }
  if (!video.videoWidth) throw new DOMException("no frame yet", "InvalidStateError");
  return frameOf(video).convertToBlob({ type: "image/jpeg", quality: QUALITY });
}

/** @param {HTMLVideoElement} video @param {number} [most] pixels on its longer side */
export function frameOf(video, most = Number.POSITIVE_INFINITY) {
  const share = Math.min(1, most / Math.max(video.videoWidth, video.videoHeight));
  const [width, height] = [video.videoWidth, video.videoHeight].map((side) =>
    Math.round(side * share),
  );
  const canvas = new OffscreenCanvas(width ?? 0, height ?? 0);
  canvas
    .getContext("2d", { willReadFrequently: true })
    ?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** @param {Promise<Blob>} answer @returns {Promise<Blob>} */
const patient = (answer) =>
  Promise.race([
    answer,
    new Promise((_, reject) => {
      setTimeout(() => reject(new DOMException("no still", "TimeoutError")), STILL_PATIENCE_MS);
    }),
  ]);
