/** Coverage, the terms of a selection, its curve, and two plans side by side. */

import assert from "node:assert/strict";
import test from "node:test";
import { lookOf, neediest, shareOf } from "../../static/app/weighing/coverage.js";
import { bend, curveOf } from "../../static/app/weighing/curve.js";
import { differences, totals } from "../../static/app/weighing/differences.js";
import { FIRST, termsOf, toldOf, wrongWith } from "../../static/app/weighing/terms.js";

const LON = 118.57;
const LAT = 24.81;
/** A degree of latitude is about so many metres. */
const DEGREE_M = 111_320;

/**
 * Eight metres by two, its middle so many metres east of the first.
 * @param {string} id @param {number} eastM @param {Record<string, unknown>} [properties]
 * @returns {import("../../static/app/weighing/types.d.ts").Drawn}
 */
function site(id, eastM, properties = {}) {
  const middle = LON + eastM / (DEGREE_M * Math.cos((LAT * Math.PI) / 180));
  const [w, h] = [4 / (DEGREE_M * 0.908), 1 / DEGREE_M];
  const ring = [
    [middle - w, LAT - h],
    [middle + w, LAT - h],
    [middle + w, LAT + h],
    [middle - w, LAT + h],
    [middle - w, LAT - h],
  ];
  return { type: "Feature", id, properties, geometry: { type: "Polygon", coordinates: [ring] } };
}

/** @param {string} name @param {number} demand @param {number} served */
const covered = (name, demand, served) => ({
  name,
  demand,
  served,
  ebikes: demand,
  within: served,
  ports: 0,
  bays: 0,
  ports_per_ebike: null,
  bays_per_ebike: null,
  by_paths: null,
});

test("a demand point is told by what it lacks: ports, or a site in reach", () => {
  assert.equal(lookOf({ served: 1, walk_m: 80 }), "served");
  assert.equal(lookOf({ served: 0.996, walk_m: 80 }), "served");
  assert.equal(lookOf({ served: 0.4, walk_m: 80 }), "part");
  assert.equal(lookOf({ served: 0, walk_m: 80 }), "full");
  assert.equal(lookOf({ served: 0, walk_m: null }), "far");
});

test("those of whom the most is not served stand first", () => {
  const rows = [
    covered("甲", 100, 90),
    covered("乙", 60, 0),
    covered("丙", 10, 0),
    covered("丁", 0, 0),
  ];
  assert.deepEqual(
    neediest(rows).map(({ name }) => name),
    ["乙", "丙", "甲", "丁"],
  );
  assert.deepEqual(rows.map(shareOf), [0.9, 0, 0, null]);
});

test("a selection needs a number or a budget, and a distance where it covers", () => {
  assert.deepEqual(wrongWith(FIRST), {});
  assert.deepEqual(wrongWith({ ...FIRST, number: null, budget_yuan: 90_000 }), {});
  assert.deepEqual(wrongWith({ ...FIRST, number: null, radius_m: null, curve_to: 31 }), {
    number: "needed",
    radius_m: "needed",
    curve_to: "many",
  });
  assert.deepEqual(wrongWith({ ...FIRST, model: "lscp", number: null }), {});
  assert.deepEqual(wrongWith({ ...FIRST, model: "pmedian", number: null, radius_m: null }), {
    number: "needed",
  });
});

test("what the server keeps of a selection can be asked again as it was", () => {
  const asked = { ...FIRST, model: /** @type {const} */ ("pmedian"), number: 4, spacing_m: 60 };
  assert.deepEqual(termsOf(toldOf(asked)), asked);
  assert.equal("model" in toldOf(asked).parameters, false);
});

test("the curve goes up with the share, from the first number to the last", () => {
  const steps = [
    { number: 1, share: 0.5, gap: 0 },
    { number: 2, share: 0.75, gap: 0 },
    { number: 3, share: 0.78, gap: 0 },
  ];
  const { points, path, lines } = curveOf(steps, 300, 120);
  assert.deepEqual(
    points.map(({ x, y }) => [x, y]),
    [
      [0, 60],
      [150, 30],
      [300, 26.4],
    ],
  );
  assert.equal(path, "M0 60L150 30L300 26.4");
  assert.deepEqual(
    lines.map(({ y }) => y),
    [120, 90, 60, 30, 0],
  );
  assert.equal(bend(steps, 0.05)?.number, 2);
  assert.equal(bend(steps, 0.01), null);
});

test("a site that was moved and changed is one site of both plans", () => {
  const left = [site("a", 0, { name: "北门", ports: 10 }), site("b", 50, { name: "南门" })];
  const right = [
    site("c", 1.5, { name: "北门", ports: 12 }),
    site("d", 50, { name: "南门" }),
    site("e", 90, { name: "东门" }),
  ];
  const rows = differences(left, right);
  assert.deepEqual(
    rows.map(({ id, what }) => [id, what]),
    [
      ["a", "changed"],
      ["e", "right"],
      ["b", "same"],
    ],
  );
  assert.deepEqual(
    rows[0]?.fields.map(({ name, left, right }) => [
      name,
      left,
      Math.round(Number(right) * 10) / 10,
    ]),
    [
      ["moved_m", 0, 1.5],
      ["ports", 10, 12],
    ],
  );
});

test("of two that lie on one site the nearer is the same, the other stands alone", () => {
  const rows = differences([site("a", 0)], [site("far", 3), site("near", 0.5)]);
  assert.deepEqual(
    rows.map(({ what, left, right }) => [what, left?.id ?? null, right?.id ?? null]),
    [
      ["changed", "a", "near"],
      ["right", null, "far"],
    ],
  );
});

test("a plan's sums leave out what is not told, and count it", () => {
  assert.deepEqual(
    totals([site("a", 0, { ports: 10, bays: 20, cost_yuan: 5000 }), site("b", 50, { ports: 6 })]),
    {
      sites: 2,
      ports: 16,
      bays: 20,
      cost_yuan: 5000,
      untold: { ports: 0, bays: 1, cost_yuan: 1 },
    },
  );
});
