/** What is found by its frame is what is found by looking at every one. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { distance, drawn, Index } from "../../static/app/planning/geometry.js";

/** Slanting lines, so that their frames overlap where they do not; two of each, and one far off. */
const lines = Array.from({ length: 40 }, (_, n) => {
  const [x, y] = [((n >> 1) * 37) % 100, ((n >> 1) * 61) % 90];
  return drawn([
    [x, y],
    [x + 20, y + ((n >> 1) % 3) * 15 - 15],
  ]);
}).concat(
  drawn([
    [900, 0],
    [900, 1],
  ]),
);
const index = new Index(lines);
const places = Array.from({ length: 60 }, (_, n) =>
  drawn([
    [(n * 53) % 130, (n * 29) % 110],
    [((n * 53) % 130) + 3, ((n * 29) % 110) + 4],
  ]),
);

test("all within reach are found, and no other, in their order", () => {
  for (const place of places)
    assert.deepEqual(
      index.within(place, 12),
      [...lines.keys()].filter((n) => distance(/** @type {any} */ (lines[n]), place) <= 12),
    );
});

test("the nearest of those that are wanted is found, of two just as near the first", () => {
  for (const place of places)
    for (const [metres, wanted] of /** @type {[number, (n: number) => boolean][]} */ ([
      [12, () => true],
      [Number.POSITIVE_INFINITY, (n) => n % 3 === 0],
      [0, () => true],
    ])) {
      /** @type {{ n: number, metres: number } | null} */
      let best = null;
      for (const [n, line] of lines.entries()) {
        const apart = distance(place, line);
        if (wanted(n) && apart <= metres && apart < (best?.metres ?? Number.POSITIVE_INFINITY))
          best = { n, metres: apart };
      }
      assert.deepEqual(index.nearest(place, metres, wanted), best);
    }
});
