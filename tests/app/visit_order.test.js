import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceM } from "../../static/app/metres.js";
import { visitOrder } from "../../static/app/visit_order.js";

/** A place so many metres east and north of a corner of the office. @param {string} name */
const at = (name, east = 0, north = 0) => ({
  name,
  point: [118.57 + east / 101_050, 24.8 + north / 111_320],
});

/** @param {{ stops: { name: string }[] }} walk */
const named = ({ stops }) => stops.map(({ name }) => name).join("");

test("nothing to visit is no way to go", () => {
  assert.deepEqual(visitOrder([], [118.57, 24.8]), { stops: [], metres: 0 });
  assert.deepEqual(visitOrder([], null), { stops: [], metres: 0 });
});

test("along a street one goes from one end to the other", () => {
  const walk = visitOrder([at("c", 300), at("a", 100), at("d", 400), at("b", 200)], at("").point);
  assert.equal(named(walk), "abcd");
  assert.ok(Math.abs(walk.metres - 400) < 2, String(walk.metres));
});

test("without a position the walk begins at the first place chosen", () => {
  assert.equal(named(visitOrder([at("b", 200), at("a", 100), at("c", 300)], null)), "bac");
});

test("a way that crosses itself is turned round", () => {
  // The nearest first walks 1, 2, 3 and comes all the way back for 4.
  const stops = [at("1", 0, 10), at("2", 0, -15), at("3", 0, 40), at("4", 0, -90)];
  const walk = visitOrder(stops, at("").point);
  assert.ok(walk.metres <= 40 + 130 + 1, String(walk.metres));
});

test("no walk is longer than another order found by turning one stretch", () => {
  const random = seeded(7);
  for (let round = 0; round < 40; round += 1) {
    const start = at("").point;
    const stops = Array.from({ length: 9 }, (_, n) => at(`${n}`, random() * 900, random() * 900));
    const walk = visitOrder(stops, start);
    assert.deepEqual(new Set(walk.stops), new Set(stops));
    assert.ok(Math.abs(walk.metres - walked(walk.stops, start)) < 1e-6);
    for (let from = 0; from < 9; from += 1)
      for (let to = from + 1; to < 9; to += 1) {
        const other = [...walk.stops];
        other.splice(from, to - from + 1, ...other.slice(from, to + 1).reverse());
        assert.ok(walked(other, start) > walk.metres - 0.02);
      }
  }
});

/** @param {{ point: number[] }[]} stops @param {number[]} start */
const walked = (stops, start) =>
  stops.reduce(
    ({ here, metres }, { point }) => ({ here: point, metres: metres + distanceM(here, point) }),
    { here: start, metres: 0 },
  ).metres;

/** The same numbers every time. @param {number} seed */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
