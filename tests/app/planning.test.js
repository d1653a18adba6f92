/**
 * The same sites as in tests/planning/test_vectors.py, judged as geometry says.
 *
 * @import { Around, Rule, Site } from "../../static/app/planning/types.d.ts"
 * @typedef {{ code: string, verdict: string, value: number | null, force?: string }} Expected
 * @typedef {{ name: string, site: Site, around: Around, expect: Expected[] }} Vector
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { BAY, fieldsOf, rowSize } from "../../static/app/drawing/footprint.js";
import { judge, worst } from "../../static/app/planning/judge.js";
import { written } from "../../static/app/planning/rounding.js";

/** @type {{ projection: string, rules: Rule[], vectors: Vector[], footprints: {
 *   anchor: number[], rotation_deg: number, bays: number, rows: 1 | 2, ring: number[][] }[] }} */
const table = JSON.parse(
  readFileSync(new URL("../planning/vectors.json", import.meta.url), "utf8"),
);

/** Of the rules that the vector expects something of. @param {Vector} vector @param {Rule[]} rules @returns {Expected[]} */
function judged({ site, around, expect }, rules) {
  const codes = expect.map(({ code }) => code);
  const asked = rules.filter(({ code }) => codes.includes(code));
  const found = judge({ site, around, rules: asked, projection: table.projection });
  return expect.map(({ code, force }) => {
    const told = found.find((each) => each.code === code);
    assert.ok(told);
    const { verdict, value } = told;
    return { code, verdict, value, ...(force ? { force: told.force } : {}) };
  });
}

describe("a site is judged as geometry says", () => {
  for (const vector of table.vectors)
    test(vector.name, () => assert.deepEqual(judged(vector, table.rules), vector.expect));
});

describe("another limit on this side alone does not go unnoticed", () => {
  for (const rule of table.rules)
    for (const [name, changed] of changes(rule))
      test(name, () => {
        const rules = table.rules.map((each) => (each === rule ? changed : each));
        assert.ok(
          table.vectors.some((vector) => {
            if (!vector.expect.some(({ code }) => code === rule.code)) return false;
            return JSON.stringify(judged(vector, rules)) !== JSON.stringify(vector.expect);
          }),
        );
      });
});

/** Each of its numbers a hundredth, or one, up and down. @param {Rule} rule @returns {[string, Rule][]} */
function changes(rule) {
  /** @type {[string, Rule][]} */
  const changed = [];
  for (const by of [-1, 1]) {
    const { code, limit, above_bays: above, steps, unit } = rule;
    const step = unit === "count" ? 1 : 0.01;
    if (limit !== null) {
      const other = Math.round((limit + by * step) * 100) / 100;
      changed.push([`${code} ${other}`, { ...rule, limit: other }]);
    }
    if (above !== null)
      changed.push([`${code} above ${above + by}`, { ...rule, above_bays: above + by }]);
    for (const { below = 0, force } of steps)
      changed.push([
        `${code} below ${below + by * 0.01}`,
        { ...rule, steps: [{ below: below + by * 0.01, force }] },
      ]);
  }
  return changed;
}

describe("so many bays take so much ground, to four millimetres of what the projection says", () => {
  for (const { anchor, rotation_deg, bays, rows, ring } of table.footprints)
    test(`${bays} bays at ${rotation_deg}°`, () => {
      const size = rowSize({ ...BAY, bays }, rows);
      assert.ok(size);
      const { geom } = fieldsOf({
        centre: anchor,
        length_m: Math.max(size.row_m, size.depth_m),
        width_m: Math.min(size.row_m, size.depth_m),
        rotation_deg,
      });
      for (const [lon = 0, lat = 0] of ring)
        assert.ok(
          geom.coordinates[0]?.some(
            ([x = 0, y = 0]) => Math.abs(x - lon) < 4e-8 && Math.abs(y - lat) < 4e-8,
          ),
        );
    });
});

test("a number is written without what says nothing", () => {
  assert.deepEqual([3, 2.5, 0.05, 100, 0].map(written), ["3", "2.5", "0.05", "100", "0"]);
});

test("the gravest breach is the worst; what can't be told is never fine", () => {
  const { site, around } = /** @type {Vector} */ (
    table.vectors.find(({ name }) => name === "all of the lane is taken")
  );
  const of = (/** @type {string[]} */ ...codes) =>
    worst(
      judge({
        site,
        around,
        rules: table.rules.filter(({ code }) => codes.includes(code)),
        projection: table.projection,
      }),
    );
  assert.deepEqual(
    [of("R01", "R03"), of("R03"), of("R15"), of("R12", "R15")],
    ["hard", "cant_tell", "ok", "ok"],
  );
});

test("a rule that is off is not judged, and one that this page does not know can't be told", () => {
  const [first] = table.vectors;
  const [rule] = table.rules;
  assert.ok(first && rule);
  const { site, around } = first;
  const { projection } = table;
  const rules = [
    { ...rule, on: false },
    { ...rule, code: "R99", measure: "noise_db" },
  ];
  const told = judge({ site, around, rules, projection });
  assert.deepEqual(
    told.map(({ code, verdict }) => [code, verdict]),
    [["R99", "cant_tell"]],
  );
});
