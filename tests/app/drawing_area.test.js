/** A planner of one community is offered their own ground, and no other. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { mayStand } from "../../static/app/drawing/area.js";

/** @param {number} west */
const square = (west) => ({
  type: "Polygon",
  coordinates: [
    [
      [west, 0],
      [west + 10, 0],
      [west + 10, 10],
      [west, 10],
      [west, 0],
    ],
  ],
});
const communities = [
  { id: 1, geometry: square(0) },
  { id: 2, geometry: square(10) },
];
/** Of the first community, and beyond its boundary. */
const estates = [{ id: 7, geometry: square(18), properties: { community: 1 } }];

test("who plans for the whole office draws everywhere, as does who was not told where", () => {
  for (const all of [null, undefined])
    assert.equal(mayStand(all, communities, estates, [99, 99]), true);
});

test("who plans for one community draws there, and in its estates", () => {
  /** @param {[number, number]} at */
  const may = (at) => mayStand([1], communities, estates, at);
  assert.deepEqual(
    [may([5, 5]), may([19, 5]), may([15, 5]), may([40, 5])],
    [true, true, false, false],
  );
  assert.equal(mayStand([2], communities, estates, [19, 5]), false);
});

test("who plans nowhere draws nowhere", () => {
  assert.equal(mayStand([], communities, estates, [5, 5]), false);
});

test("where a boundary was not drawn, or not read, the server says", () => {
  assert.equal(mayStand([1], [], [], [40, 40]), true);
  assert.equal(mayStand([3], [...communities, { id: 3, geometry: null }], [], [40, 40]), true);
});
