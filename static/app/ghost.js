/**
 * How an earlier photo lies over what the camera shows now, so that the same thing is taken from
 * the same place. Plain arithmetic of two pictures; screens/ghost.js draws it.
 *
 * @typedef {{ width: number, height: number }} Size in pixels
 * @typedef {Size & { x: number, y: number }} Laid within the camera's picture, in its pixels
 */

/** Squarer than this is held neither way. */
const SQUARE = 1.05;

/**
 * Where it lies. A camera that cuts its picture narrower takes it from the shorter side, so two
 * pictures from one place have as much along their longer sides, whatever their proportions: the
 * longer sides are made equal and the middles laid on each other. What stands over is cut off.
 *
 * @param {Size} frame
 * @param {Size} earlier
 * @returns {Laid | null} null while either is not known
 */
export function laidOver(frame, earlier) {
  const longest = Math.max(earlier.width, earlier.height);
  if (!longest || !frame.width || !frame.height) return null;
  const share = Math.max(frame.width, frame.height) / longest;
  const [width, height] = [earlier.width * share, earlier.height * share];
  return { x: (frame.width - width) / 2, y: (frame.height - height) / 2, width, height };
}

/**
 * Was the earlier one taken with the device held the other way?
 *
 * @param {Size} frame
 * @param {Size} earlier
 * @returns {"upright" | "across" | null} how to hold it; null where it is held so already
 */
export function holdIt(frame, earlier) {
  const [now, before] = [held(frame), held(earlier)];
  return now && before && now !== before ? before : null;
}

/** @param {Size} size @returns {"upright" | "across" | null} */
function held({ width, height }) {
  if (!width || !height || Math.max(width, height) / Math.min(width, height) < SQUARE) return null;
  return width > height ? "across" : "upright";
}
