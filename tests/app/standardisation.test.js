import assert from "node:assert/strict";
import { test } from "node:test";
import { linkOf, stairOf } from "../../static/app/creation/card.js";
import {
  addressOf,
  addressRead,
  shown,
  standingOf,
  stepOf,
  toneOf,
} from "../../static/app/creation/list.js";
import { refusedItems } from "../../static/app/creation/sheet.js";

/** @param {string} name @param {Partial<import("../../static/app/creation/list.js").Row>} [more] */
const row = (name, more = {}) => ({
  id: name,
  estate: { id: 1, name },
  community: { id: 5, zh: "青华社区", en: "Qinghua" },
  company: { id: 2, name: "禾榆物业" },
  person: "林建国",
  stage: "S4",
  stage_since: "2024-11-10",
  progress: 55,
  score: 70,
  veto: false,
  passes: false,
  missing: 3,
  forecast: { low: "2024-12-20", likely: "2025-01-10", high: "2025-02-01" },
  ...more,
});
const ALL = addressRead("");
/** @param {any[]} rows */
const names = (rows) => rows.map(({ estate }) => estate.name);

test("a stage is so many steps far; a returned one is none", () => {
  assert.deepEqual(["S1", "S4", "S10", "SX"].map(stepOf), [1, 4, 10, 0]);
  assert.deepEqual(
    ["S10", "S9", "S7", "S6", "S4", "S3", "SX"].map((stage) => standingOf({ stage })),
    ["announced", "expected", "expected", "doing", "doing", "begun", "returned"],
  );
});

test("a veto is said before a score that passes; without a score there is nothing to pass", () => {
  assert.equal(toneOf({ veto: true, passes: false, score: 95 }), "veto");
  assert.equal(toneOf({ veto: false, passes: true, score: 80 }), "passes");
  assert.equal(toneOf({ veto: false, passes: false, score: 79.9 }), "below");
  assert.equal(toneOf({ veto: false, passes: false, score: null }), "none");
});

test("the list is in the order asked for, and alike ones by name", () => {
  const rows = [
    row("丙苑", { stage: "S9", score: 91, passes: true, missing: 1, forecast: null }),
    row("乙苑", { stage: "S4", stage_since: "2024-11-20", score: 60, missing: 9 }),
    row("甲苑", { stage: "S4", stage_since: "2024-11-01", score: 88, veto: true }),
    row("丁苑", { stage: "S1", score: null, forecast: null }),
  ];
  const by = (/** @type {any} */ sort) => names(shown(rows, { ...ALL, sort }));
  assert.deepEqual(by("stage"), ["丙苑", "甲苑", "乙苑", "丁苑"]);
  assert.deepEqual(by("score"), ["甲苑", "乙苑", "丙苑", "丁苑"]);
  assert.deepEqual(by("missing"), ["乙苑", "丁苑", "甲苑", "丙苑"]);
  assert.deepEqual(by("forecast"), ["甲苑", "乙苑", "丙苑", "丁苑"]);
  assert.deepEqual(by("name"), ["丙苑", "丁苑", "甲苑", "乙苑"]);
});

test("it is narrowed by words, community, stage and score", () => {
  const rows = [
    row("紫云里", { stage: "S10", passes: true, score: 90 }),
    row("水头苑", { person: "王秀", community: { id: 6, zh: "锦青社区", en: "" }, veto: true }),
  ];
  const of = (/** @type {any} */ told) => names(shown(rows, { ...ALL, ...told }));
  assert.deepEqual(of({ q: "王秀" }), ["水头苑"]);
  assert.deepEqual(of({ q: "禾榆" }).length, 2);
  assert.deepEqual(of({ community: "6" }), ["水头苑"]);
  assert.deepEqual(of({ standing: "announced" }), ["紫云里"]);
  assert.deepEqual(of({ tone: "veto" }), ["水头苑"]);
  assert.deepEqual(of({ standing: "announced", tone: "veto" }), []);
});

test("what is shown stands in the address, and what goes without saying does not", () => {
  assert.equal(addressOf(ALL), "?");
  const state = { ...ALL, q: "苑", standing: "expected", sort: "missing", asOf: "2024-12-20" };
  const told = addressOf(/** @type {any} */ (state));
  assert.deepEqual(addressRead(told), state);
  assert.deepEqual(addressRead("?sort=cleverly&as_of=yesterday&tone=red&colour=pink"), ALL);
});

test("the history is a stair: each day keeps its score until the next, and vetoes are spans", () => {
  const history = [
    { day: "2024-12-01", score: null, veto: false, stage: "S1", zh: "", en: "" },
    { day: "2024-12-03", score: 50, veto: false, stage: "S4", zh: "", en: "" },
    { day: "2024-12-06", score: 80, veto: true, stage: "S4", zh: "", en: "" },
    { day: "2024-12-08", score: 80, veto: false, stage: "S5", zh: "", en: "" },
  ];
  // Ten days in a hundred units, a hundred points in fifty.
  assert.deepEqual(stairOf(history, "2024-12-11", { width: 100, height: 50 }), {
    line: "20,25 50,25 50,10 70,10 70,10 100,10",
    vetoes: [{ x: 50, width: 20 }],
    stages: [
      { x: 0, stage: "S1", day: "2024-12-01" },
      { x: 20, stage: "S4", day: "2024-12-03" },
      { x: 70, stage: "S5", day: "2024-12-08" },
    ],
  });
  assert.deepEqual(stairOf([], "2024-12-11", { width: 100, height: 50 }), {
    ...{ line: "", vetoes: [], stages: [] },
  });
});

test("a reason leads to its case or its sheet; an inspection has no page at the desk", () => {
  const of = (/** @type {any} */ why) => linkOf(why, "/card/");
  assert.equal(of({ what: "case", id: "c" }), "/cases/#/c");
  assert.equal(of({ what: "finding", id: "f", case: "c" }), "/cases/#/c");
  assert.equal(of({ what: "finding", id: "f", case: null }), null);
  assert.equal(of({ what: "sheet", id: "s" }), "/card/#/sheets/s");
  assert.equal(of({ what: "inspection", id: "i" }), null);
});

test("what the server says of a grade is told at its item", () => {
  assert.deepEqual(refusedItems({ fields: { "answers.C1-01.grade": "不适用不行", day: "太晚" } }), {
    "C1-01": "不适用不行",
  });
  assert.deepEqual(refusedItems(undefined), {});
});
