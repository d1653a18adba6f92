import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { outcomesOf, summaryOf } from "../../static/app/bulk.js";
import {
  addressOfCases,
  askedOf,
  caseFiltersOf,
  inTab,
  narrowing,
  orderOf,
  TABS,
  widened,
} from "../../static/app/case_filters.js";
import { openCaseList } from "../../static/app/case_list.js";
import { lackingFor, moveOf, nothingTold, wayBack } from "../../static/app/case_moves.js";
import { allOrNone, among, reached, stepped, toggled } from "../../static/app/chosen.js";
import { deadline, nextPassing, workingDays } from "../../static/app/deadline.js";
import { speak } from "../../static/app/words.js";

afterEach(() => speak("zh-Hans"));

// ── deadlines ────────────────────────────────────────────────────────────────────────────────

// National Day 2024: off from 1 to 7 October; the Sunday before and the Saturday after are worked.
const OCTOBER = workingDays({
  rest: ["2024-10-01", "2024-10-02", "2024-10-03", "2024-10-04", "2024-10-07"],
  work: ["2024-09-29", "2024-10-12"],
});
/** @param {string} due @param {string} now */
const told = (due, now) => deadline(`${due}+08:00`, new Date(`${now}+08:00`), OCTOBER);

test("how long is left is told in working days, over holidays and make-up days too", () => {
  assert.deepEqual(told("2024-10-09T17:30", "2024-09-30T09:00"), {
    tone: "fine",
    word: "还剩 2 个工作日",
  });
  assert.equal(told("2024-09-30T17:30", "2024-09-27T20:00").word, "还剩 2 个工作日");
  assert.equal(told("2024-10-14T17:30", "2024-10-11T09:00").word, "还剩 2 个工作日");
  assert.deepEqual(told("2024-10-08T17:30", "2024-10-01T09:00"), {
    tone: "soon",
    word: "还剩 1 个工作日",
  });
  assert.equal(told("2024-10-05T23:59", "2024-10-02T09:00").word, "还剩 3 天", "nobody works");
});

test("on its last day it is told by the clock, and in the last hour in minutes", () => {
  assert.deepEqual(told("2024-10-08T17:30", "2024-10-08T09:00"), {
    tone: "soon",
    word: "今天 17:30 前",
  });
  assert.equal(told("2024-10-08T17:30", "2024-10-08T17:05").word, "还剩 25 分钟");
  assert.equal(told("2024-10-08T17:30:00", "2024-10-08T17:29:59.900").word, "还剩 1 分钟");
});

test("what is over is told in days of the calendar, and on the same day in hours", () => {
  assert.deepEqual(told("2024-10-08T17:30", "2024-10-09T08:00"), {
    tone: "late",
    word: "逾期 1 天",
  });
  assert.equal(told("2024-10-08T09:00", "2024-10-08T12:10").word, "逾期 3 小时");
  assert.equal(told("2024-10-08T09:00", "2024-10-08T09:00:30").word, "逾期 1 分钟");
  speak("en");
  assert.equal(told("2024-10-08T17:30", "2024-10-09T08:00").word, "1 day overdue");
  assert.equal(deadline(null, new Date(), OCTOBER).word, "");
});

test("the next deadline to pass is known, of a case that goes on", () => {
  const clocks = {
    ended_at: null,
    paused: false,
    due_at: "2024-10-08T09:30:00Z",
    step_due_at: "2024-10-08T09:00:00Z",
  };
  const at = (/** @type {string} */ time) => new Date(`2024-10-08T${time}Z`);
  const rows = [
    clocks,
    { ...clocks, ended_at: "2024-10-08T08:00:00Z" },
    { ...clocks, paused: true },
  ];
  assert.equal(nextPassing(rows, at("08:59:00")), 60_000);
  assert.equal(nextPassing(rows, at("09:29:59")), 1000);
  assert.equal(nextPassing(rows, at("10:00:00")), null);
});

// ── filters and the address ──────────────────────────────────────────────────────────────────

test("a view's address is what it is narrowed to, and reads back the same", () => {
  for (const address of [
    "",
    "tab=overdue&severity=1&severity=2&q=%E9%93%B6%E6%98%9F&community=3&since=2024-11-01",
    "status=ended&unit=4&mine=1&sort=due",
    "state=suspended",
  ])
    assert.equal(addressOfCases(caseFiltersOf(`?${address}`)), address);
});

test("a number of the leaders' board opens its rows, whether they are over or not", () => {
  const address =
    "figure=on_time&holds=0&as_of=2024-11-30&since=2024-11-01&kind=fire_lane&kind=lighting" +
    "&severity=1&severity=2&company=7";
  const filters = caseFiltersOf(`?${address}`);
  assert.equal(askedOf(filters), address);
  assert.equal(addressOfCases(filters), address);
  assert.deepEqual([filters.tab, filters.status, narrowing(filters)], ["all", "any", 1]);
  // Narrowed further, where nothing but what is asked for last counts.
  const fewer = { ...filters, kind: "lighting", severity: ["1"], status: "open" };
  const asked = address.replace("kind=fire_lane&", "").replace("&severity=1&severity=2", "");
  assert.equal(askedOf(fewer), `${asked}&status=open&severity=1`);
  assert.equal(
    askedOf(caseFiltersOf(addressOfCases(fewer)))
      .split("&")
      .sort()
      .join(),
    `${asked}&status=open&severity=1`.split("&").sort().join(),
  );
  assert.equal(addressOfCases(inTab(filters, "overdue")), "tab=overdue");
  assert.equal(addressOfCases(widened(filters)), "");
});

test("each tab asks the server for what waits there", () => {
  const asked = Object.fromEntries(TABS.map((tab) => [tab, askedOf(caseFiltersOf(`tab=${tab}`))]));
  assert.deepEqual(asked, {
    to_file: "state=reported",
    to_dispatch: "state=filed&state=returned",
    to_decide: "undecided=1",
    checking: "state=fixed&state=checking&state=checked",
    overdue: "status=overdue",
    lapsed: "status=lapsed",
    all: "status=open",
  });
  assert.equal(askedOf(caseFiltersOf("status=any&kind=lighting")), "kind=lighting");
  assert.equal(askedOf(caseFiltersOf("state=void")), "state=void", "whether open or not");
});

test("what can't be read narrows nothing, and a tab knows no other state", () => {
  assert.equal(addressOfCases(caseFiltersOf("?tab=x&severity=9&status=y&sort=z")), "");
  const filters = caseFiltersOf("state=void&status=any&kind=lighting");
  assert.equal(addressOfCases(inTab(filters, "overdue")), "tab=overdue&kind=lighting");
  assert.equal(addressOfCases(caseFiltersOf("tab=overdue&state=void")), "tab=overdue");
});

test("how much is narrowed is counted, and widened again in the same tab", () => {
  const filters = caseFiltersOf("tab=checking&severity=1&severity=2&kind=lighting");
  assert.equal(narrowing(filters), 2);
  assert.equal(narrowing(caseFiltersOf("tab=checking")), 0);
  assert.equal(addressOfCases(widened(filters)), "tab=checking");
});

test("what is to be done comes by its deadline, what is over by its number", () => {
  assert.equal(orderOf(caseFiltersOf("tab=overdue")), "due");
  assert.equal(orderOf(caseFiltersOf("status=ended")), "number");
  assert.equal(orderOf(caseFiltersOf("status=ended&sort=due")), "due");
});

// ── choosing ─────────────────────────────────────────────────────────────────────────────────

test("rows are chosen one by one, by reach, all at once, and only while they are there", () => {
  const rows = ["a", "b", "c", "d"];
  assert.deepEqual([...toggled(new Set(["a"]), "b")], ["a", "b"]);
  assert.deepEqual([...toggled(new Set(["a", "b"]), "a")], ["b"]);
  assert.deepEqual([...reached(new Set(["b"]), rows, "b", "d")].sort(), ["b", "c", "d"]);
  assert.deepEqual([...reached(new Set(), rows, "c", "a")], ["a", "b", "c"]);
  assert.deepEqual([...reached(new Set(), rows, null, "c")], ["c"]);
  assert.deepEqual([...reached(new Set(), rows, "gone", "c")], ["c"]);
  assert.deepEqual([...allOrNone(new Set(["a"]), rows)], rows);
  assert.deepEqual([...allOrNone(new Set(rows), rows)], []);
  assert.deepEqual([...among(new Set(["a", "gone"]), rows)], ["a"]);
});

test("one goes down and up through the rows, and the ends hold", () => {
  const rows = ["a", "b"];
  assert.deepEqual(
    [stepped(rows, null, 1), stepped(rows, "a", 1), stepped(rows, "b", 1), stepped(rows, "a", -1)],
    ["a", "b", "b", "a"],
  );
  assert.equal(stepped([], null, 1), null);
});

// ── moves ────────────────────────────────────────────────────────────────────────────────────

test("what a move needs and has not got is named", () => {
  const needs = ["note", "until", "approver"];
  assert.deepEqual(lackingFor(needs, { ...nothingTold(), note: " " }, "2024-11-30"), {
    note: "cases.needed",
    approver: "cases.needed",
    until: "cases.needed",
  });
  const told = { ...nothingTold(), note: "等资金", approver: "boss", until: "2024-11-29" };
  assert.deepEqual(lackingFor(needs, told, "2024-11-30"), { until: "cases.neededLater" });
  assert.deepEqual(lackingFor(["photo", "pair"], nothingTold(), ""), {
    photos: "cases.neededPhoto",
  });
});

test("a move says what it was told and nothing else", () => {
  const told = {
    ...nothingTold(),
    note: " 请尽快 ",
    until: "2024-12-30",
    handler: { kind: "unit", unit: 4, person: "wang" },
  };
  const wish = { move: "assign", version: 1, recordedAt: "2024-11-30T09:30:00.000+08:00" };
  assert.deepEqual(moveOf({ ...wish, needs: ["handler"], told }), {
    move: "assign",
    version: 1,
    recorded_at: "2024-11-30T09:30:00.000+08:00",
    note: "请尽快",
    handler: { kind: "unit", unit: 4, person: "wang" },
  });
  assert.deepEqual(moveOf({ ...wish, move: "file" }), {
    move: "file",
    version: 1,
    recorded_at: "2024-11-30T09:30:00.000+08:00",
  });
});

test("only some moves have a way back", () => {
  assert.equal(wayBack("close"), "reopen");
  assert.equal(wayBack("assign"), null);
});

// ── many at once ─────────────────────────────────────────────────────────────────────────────

/** @param {string} id @returns {any} */
const caseOf = (id) => ({ id, properties: { number: Number(id), state: "filed", version: 1 } });
/** @param {number} id */
const company = (id) => ({ kind: "company", id, name: `物业 ${id}` });
/** @param {string} id @param {number} status @param {any} answer */
const entryOf = (id, status, answer) => ({ id: `move ${id}`, case: id, status, answer });

test("what will happen is told by what becomes of the cases alike", () => {
  const cases = ["1", "2", "3", "4", "5", "6"].map(caseOf);
  const made = { standing: "made", state: "assigned", version: 2 };
  const outcomes = outcomesOf(cases, [
    entryOf("6", 409, { message: "已结案", details: {} }),
    entryOf("1", 201, { ...made, now: { handler: company(7) } }),
    entryOf("2", 201, { ...made, now: { handler: company(8) } }),
    entryOf("3", 200, { ...made, now: { handler: company(7) } }),
    entryOf("4", 201, { standing: "proposed", state: "assigned", version: 2, now: null }),
    entryOf("5", 400, { message: "再看看", details: { fields: { handler: "请指定处置单位。" } } }),
  ]);
  assert.deepEqual(
    outcomes.map(({ became }) => became),
    ["made", "made", "made", "proposed", "refused", "refused"],
  );
  const { made: going, proposed, refused, n } = summaryOf(outcomes);
  assert.deepEqual(
    going.map(({ state, handler, cases: of }) => [state, handler?.id, of.map(({ id }) => id)]),
    [
      ["assigned", 7, ["1", "3"]],
      ["assigned", 8, ["2"]],
    ],
  );
  assert.deepEqual(
    proposed.map(({ id }) => id),
    ["4"],
  );
  assert.deepEqual(
    refused.map(({ message, cases: of }) => [message, of.map(({ id }) => id)]),
    [
      ["请指定处置单位。", ["5"]],
      ["已结案", ["6"]],
    ],
  );
  assert.equal(n, 4);
});

// ── the list as the page holds it ────────────────────────────────────────────────────────────

test("a list is asked for in pages, and anew as far as it was read", async () => {
  /** @type {string[]} */
  const asked = [];
  const list = openCaseList({
    ask: async (_method, path) => {
      asked.push(path);
      const body = path.includes("counts")
        ? { all: 3 }
        : { features: [caseOf(path.includes("after") ? "2" : "1")], count: 2, next: "" };
      if (!path.includes("after")) body.next = "http://behind.proxy/api/v1/cases/?after=1";
      return { outcome: "received", status: 200, body };
    },
  });
  const first = /** @type {any} */ (await list.ask(caseFiltersOf("tab=overdue&kind=lighting")));
  assert.deepEqual(asked, [
    "/api/v1/cases/?status=overdue&kind=lighting&sort=due&page_size=50",
    "/api/v1/cases/counts/?kind=lighting",
  ]);
  assert.equal(first.page.next, "/api/v1/cases/?after=1");
  const both = /** @type {any} */ (await list.more(first.page));
  assert.deepEqual(
    both.page.rows.map((/** @type {any} */ { id }) => id),
    ["1", "2"],
  );
  await list.ask(caseFiltersOf(""), 120);
  assert.equal(asked[3], "/api/v1/cases/?status=open&sort=due&page_size=120");
});

test("an answer that comes after the next question is not taken for its own", async () => {
  const list = openCaseList({
    ask: async (_method, _path, _content, { signal } = {}) =>
      new Promise((resolve) => {
        signal?.addEventListener("abort", () => resolve({ outcome: "cancelled" }));
        if (_path.includes("kind")) return;
        const body = { features: [], count: 0, next: null };
        resolve({ outcome: "received", status: 200, body });
      }),
  });
  const slow = list.ask(caseFiltersOf("kind=lighting"));
  const quick = await list.ask(caseFiltersOf(""));
  assert.equal((await slow).outcome, "cancelled");
  assert.equal(quick.outcome, "received");
});
