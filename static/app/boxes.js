/**
 * Boxes over faces and plates, as shares of the picture: drawn, moved, sized, and taken back.
 *
 * @typedef {{ left: number, top: number, width: number, height: number }} Box
 * @typedef {{ boxes: Box[], chosen: number | null, before: Box[][] }} Drawing `before`: what
 *   stood there at each step, to be taken back
 */

/** Smaller than this nobody meant it. */
export const LEAST = 0.008;
const STEP = 0.005;
const FEW = 5;
/** Where a new one stands that is not drawn by hand. */
const MIDDLE = { left: 0.42, top: 0.42, width: 0.16, height: 0.16 };

/** @param {Box[]} [boxes] @returns {Drawing} */
export const drawingOf = (boxes = []) => ({ boxes, chosen: null, before: [] });

/** From where a finger came down to where it is. @param {{ x: number, y: number }} a @param {{ x: number, y: number }} b @returns {Box} */
export const boxBetween = (a, b) =>
  within({
    left: Math.min(a.x, b.x),
    top: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  });

/** @param {Drawing} drawing @param {Box} [box] @returns {Drawing} */
export const added = (drawing, box = MIDDLE) => ({
  ...stepped(drawing, [...drawing.boxes, within(box)]),
  chosen: drawing.boxes.length,
});

/** @param {Drawing} drawing @param {number} n @returns {Drawing} */
export const removed = (drawing, n) => ({
  ...stepped(
    drawing,
    drawing.boxes.filter((_, at) => at !== n),
  ),
  chosen: drawing.boxes.length > 1 ? Math.max(0, n - 1) : null,
});

/** @param {Drawing} drawing @param {number | null} n @returns {Drawing} */
export const chosen = (drawing, n) => ({ ...drawing, chosen: n });

/** A step that can be taken back by itself begins. @param {Drawing} drawing @returns {Drawing} */
export const begun = (drawing) => stepped(drawing, drawing.boxes);

/** In place of the n-th, as part of the step that has begun. @param {Drawing} drawing @param {number} n @param {Box} box @returns {Drawing} */
export const put = (drawing, n, box) => ({
  ...drawing,
  boxes: drawing.boxes.map((each, at) => (at === n ? within(box) : each)),
});

/** @param {Drawing} drawing @returns {Drawing} */
export function takenBack({ boxes, before }) {
  const last = before.at(-1);
  return { boxes: last ?? boxes, chosen: null, before: before.slice(0, -1) };
}

/** @param {Box} box @param {number} x @param {number} y @returns {Box} */
export const moved = (box, x, y) => ({
  ...box,
  left: clamp(box.left + x, 1 - box.width),
  top: clamp(box.top + y, 1 - box.height),
});

/** By its lower right corner. @param {Box} box @param {number} x @param {number} y @returns {Box} */
export const sized = (box, x, y) =>
  within({
    ...box,
    width: Math.max(LEAST, box.width + x),
    height: Math.max(LEAST, box.height + y),
  });

/**
 * What an arrow does to the chosen box: moves it, with Shift sizes it, with Ctrl in larger steps.
 *
 * @param {Box} box
 * @param {{ key: string, shiftKey: boolean, ctrlKey: boolean }} pressed
 * @returns {Box | null} null: it is no arrow
 */
export function arrowed(box, { key, shiftKey, ctrlKey }) {
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (!way) return null;
  const [x = 0, y = 0] = way.map((each) => each * STEP * (ctrlKey ? FEW : 1));
  return shiftKey ? sized(box, x, y) : moved(box, x, y);
}

/** @param {Drawing} drawing @param {Box[]} boxes @returns {Drawing} */
const stepped = ({ boxes: last, before }, boxes) => ({
  boxes,
  chosen: null,
  before: [...before, last],
});

/** @param {Box} box @returns {Box} */
function within({ left, top, width, height }) {
  const [x, y] = [clamp(left, 1), clamp(top, 1)];
  return { left: x, top: y, width: Math.min(width, 1 - x), height: Math.min(height, 1 - y) };
}

/** @param {number} at @param {number} most */
const clamp = (at, most) => Math.min(Math.max(at, 0), Math.max(0, most));
