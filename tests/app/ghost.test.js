import assert from "node:assert/strict";
import { test } from "node:test";
import { holdIt, laidOver } from "../../static/app/ghost.js";

const UPRIGHT = { width: 192, height: 256 };
const ACROSS = { width: 256, height: 192 };

test("the photo from before lies on the middle, its longer side as long as the picture's", () => {
  const whole = { x: 0, y: 0, width: 1600, height: 1200 };
  assert.deepEqual(laidOver({ width: 1600, height: 1200 }, ACROSS), whole);
  // A wide camera cuts above and below: what it does not show of the earlier photo stands over.
  const wide = { x: 0, y: -150, width: 1600, height: 1200 };
  assert.deepEqual(laidOver({ width: 1600, height: 900 }, ACROSS), wide);
  // The other way round, the earlier one was the wide one.
  const narrow = laidOver({ width: 1600, height: 1200 }, { width: 256, height: 144 });
  assert.deepEqual(narrow, { x: 0, y: 150, width: 1600, height: 900 });
  const turned = laidOver({ width: 1600, height: 1200 }, UPRIGHT);
  assert.deepEqual(turned, { x: 200, y: -200, width: 1200, height: 1600 });
});

test("nothing lies over a picture whose size is not known yet", () => {
  assert.equal(laidOver({ width: 0, height: 0 }, ACROSS), null);
  assert.equal(laidOver({ width: 1600, height: 1200 }, { width: 0, height: 0 }), null);
});

test("whoever holds the tablet the other way is told how it was held before", () => {
  assert.equal(holdIt({ width: 1600, height: 1200 }, UPRIGHT), "upright");
  assert.equal(holdIt({ width: 1200, height: 1600 }, ACROSS), "across");
  assert.equal(holdIt({ width: 1200, height: 1600 }, UPRIGHT), null);
  assert.equal(holdIt({ width: 1000, height: 1000 }, UPRIGHT), null);
  assert.equal(holdIt({ width: 0, height: 0 }, UPRIGHT), null);
});
