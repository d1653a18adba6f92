import assert from "node:assert/strict";
import { test } from "node:test";
import {
  added,
  arrowed,
  begun,
  boxBetween,
  drawingOf,
  moved,
  put,
  removed,
  sized,
  takenBack,
} from "../../static/app/boxes.js";

const FACE = { left: 0.2, top: 0.3, width: 0.1, height: 0.2 };
/** @param {string} key @param {object} [held] */
const press = (key, held) => ({ key, shiftKey: false, ctrlKey: false, ...held });
/** @param {any} box */
const told = (box) =>
  Object.fromEntries(Object.entries(box).map(([name, at]) => [name, Number(at.toFixed(4))]));

test("a box is drawn from any corner to the other, and ends with the picture", () => {
  assert.deepEqual(told(boxBetween({ x: 0.3, y: 0.5 }, { x: 0.2, y: 0.3 })), FACE);
  assert.deepEqual(boxBetween({ x: 0.9, y: 0.9 }, { x: 1.5, y: -1 }), {
    left: 0.9,
    top: 0,
    width: 0.09999999999999998,
    height: 1,
  });
});

test("a box never leaves the picture, however far it is moved or sized", () => {
  assert.deepEqual(told(moved(FACE, 9, -9)), { ...FACE, left: 0.9, top: 0 });
  assert.deepEqual(told(sized(FACE, 9, 9)), { ...FACE, width: 0.8, height: 0.7 });
  assert.deepEqual(told(sized(FACE, -9, -9)), { ...FACE, width: 0.008, height: 0.008 });
});

test("arrows move, with Shift they size, with Ctrl in larger steps", () => {
  assert.deepEqual(told(arrowed(FACE, press("ArrowRight"))), { ...FACE, left: 0.205 });
  assert.deepEqual(told(arrowed(FACE, press("ArrowUp", { ctrlKey: true }))), {
    ...FACE,
    top: 0.275,
  });
  assert.deepEqual(told(arrowed(FACE, press("ArrowDown", { shiftKey: true }))), {
    ...FACE,
    height: 0.205,
  });
  assert.equal(arrowed(FACE, press("Enter")), null);
});

test("every step is taken back by itself: drawing, moving, deleting", () => {
  const empty = drawingOf();
  const one = added(empty, FACE);
  assert.deepEqual([one.boxes, one.chosen], [[FACE], 0]);
  // A drag is one step, however many places it passes.
  const dragged = put(put(begun(one), 0, moved(FACE, 0.1, 0)), 0, moved(FACE, 0.2, 0));
  assert.deepEqual(told(dragged.boxes[0]), { ...FACE, left: 0.4 });
  const two = added(dragged);
  const left = removed(two, 0);
  assert.deepEqual([left.boxes.length, left.chosen], [1, 0]);
  assert.equal(removed(left, 0).chosen, null);
  const back = takenBack(takenBack(left));
  assert.deepEqual(back.boxes, dragged.boxes);
  assert.deepEqual(takenBack(back).boxes, [FACE]);
  assert.deepEqual(takenBack(takenBack(back)), { boxes: [], chosen: null, before: [] });
  assert.deepEqual(takenBack(empty).boxes, []);
});
