/** @import { Answers, Facts, Judgement, Kind, Wrong } from "../../static/app/types.d.ts" */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { asks, judge, read } from "../../static/app/rules.js";

/** @param {string} name */
const json = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8"));

/** @typedef {{ says: string, kind: string }} Row */
/** @type {{
 *   made_up: Kind,
 *   judging: (Row & { answers: Answers, facts: Facts,
 *     judged: Record<string, Omit<Judgement, "code">> })[],
 *   asking: (Row & { answers: Answers, facts: Facts, asked: string[], not_asked: string[] })[],
 *   reading: (Row & { sent: Record<string, unknown>, answers?: Answers,
 *     wrong?: Record<string, Wrong> })[],
 * }} */
const table = json("rules.json");
/** @type {Kind[]} */
const published = [...json("kinds.json"), table.made_up];

/** @param {Row} row */
function kindOf(row) {
  const kind = published.find(({ slug }) => slug === row.kind);
  assert.ok(kind);
  return kind;
}

describe("judging", () => {
  for (const row of table.judging) {
    test(row.says, () => {
      const kind = kindOf(row);
      const judged = judge(kind, read(kind, row.answers).answers, row.facts);
      assert.deepEqual(
        judged,
        kind.items
          .filter(({ code }) => code in row.judged)
          .map(({ code }) => ({ code, ...row.judged[code] })),
      );
    });
  }
});

describe("asking", () => {
  for (const row of table.asking) {
    test(row.says, () => {
      const asked = asks(kindOf(row), row.answers, row.facts);
      assert.deepEqual(
        row.asked.filter((code) => !asked.includes(code)),
        [],
      );
      assert.deepEqual(
        row.not_asked.filter((code) => asked.includes(code)),
        [],
      );
    });
  }
});

describe("reading", () => {
  for (const row of table.reading) {
    test(row.says, () => {
      const { answers, wrong } = read(kindOf(row), row.sent);
      assert.deepEqual(wrong, row.wrong ?? {});
      if (row.answers) assert.equal(JSON.stringify(answers), JSON.stringify(row.answers));
    });
  }
});

test("what JSON has no word for is no number", () => {
  for (const number of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    const kind = kindOf({ says: "", kind: "fire_lane" });
    assert.deepEqual(read(kind, { "XF-03": number }).wrong, { "XF-03": "number" });
  }
});
