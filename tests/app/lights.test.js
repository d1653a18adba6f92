import assert from "node:assert/strict";
import { test } from "node:test";
import {
  actionsOf,
  columnsOf,
  dutiesOf,
  lateOf,
  monthEnd,
  unitsOf,
  worstOf,
} from "../../static/app/lights/cells.js";
import { addressOf as linkOf, whereOf } from "../../static/app/lights/links.js";
import { addressOf, boardAt, rowsAt, viewOf } from "../../static/app/lights/view.js";

/** @param {string | null} light @param {string | null} [since] */
const cell = (light, since = null) => ({ light, n: 1, of: 2, late_since: since });

/** @param {number} id @param {string} code @param {any} whole @param {any[]} cells @param {any} [more] */
const indicator = (id, code, whole, cells, more = {}) => ({
  id,
  code,
  action: code.slice(0, 4),
  recurrence: "",
  target: { number: 1, deadline: null },
  whole,
  cells: cells.map((each, at) => ({ community: at + 1, ...each })),
  ...more,
});

/** @param {string} code @param {any} whole @param {any[]} indicators @param {any[]} responsible */
const action = (code, whole, indicators, responsible) => ({
  code,
  zh: code,
  en: code,
  whole,
  cells: [],
  indicators,
  responsible,
});

const LEAD = {
  part: "lead",
  named: "综合执法队",
  whom: "unit",
  unit: 7,
  unit_name: "综合执法队",
};
const HELPS = { ...LEAD, part: "responsible" };
const EVERY = { part: "responsible", named: "各有关单位", whom: "units", unit: null };
const OTHER = { part: "lead", named: "党建办", whom: "unit", unit: 8, unit_name: "党建办" };

const BOARD = /** @type {any} */ ({
  as_of: "2024-12-20",
  communities: [
    { id: 1, code: "a", name: "甲社区", name_en: "A" },
    { id: 2, code: "b", name: "乙社区", name_en: "B" },
  ],
  actions: [
    action(
      "ZX01",
      cell("on_pace"),
      [indicator(11, "ZX01-M1", cell("on_pace"), [cell("done"), cell("behind")])],
      [OTHER],
    ),
    action(
      "ZX04",
      cell("late", "2024-12-01"),
      [
        indicator(41, "ZX04-R1", cell("late", "2024-12-01"), [], { recurrence: "monthly" }),
        indicator(42, "ZX04-D1", cell("no_target"), [cell("no_target"), cell("no_target")]),
      ],
      [LEAD, OTHER],
    ),
    action(
      "ZX07",
      cell("late", "2024-11-01"),
      [
        indicator(
          71,
          "ZX07-D1",
          cell("late", "2024-11-01"),
          [cell("done"), cell("late", "2024-11-01")],
          {
            target: { number: 1, deadline: "2024-10-31" },
          },
        ),
        indicator(72, "ZX07-R1", cell("done"), [cell("done"), cell("done")], {
          recurrence: "monthly",
        }),
      ],
      [HELPS, EVERY],
    ),
  ],
});
/** @param {string} search */
const view = (search) => viewOf(search);
/** @param {any[]} rows */
const codes = (rows) => rows.map(({ code }) => code);

test("a view's address holds all that is shown, and reads back the same", () => {
  const address =
    "?as_of=2024-12-20&programme=x&unit=7&community=2&indicator=71&at=all&late=1&sort=worst&tab=late" +
    "&action=ZX07&action=ZX01";
  assert.equal(addressOf(viewOf(address)), address);
  assert.equal(addressOf(viewOf("")), "");
  assert.equal(addressOf(viewOf("?tab=nothing&sort=other&late=yes")), "");
});

test("an empty address is one's own unit or community, and a wider view is kept", () => {
  const own = { unit: "7" };
  assert.equal(viewOf("", own).unit, "7");
  assert.equal(viewOf("?as_of=2024-12-20", own).unit, "7");
  const wide = { ...viewOf("", own), unit: "" };
  assert.equal(addressOf(wide, own), "?unit=");
  assert.equal(viewOf("?unit=", own).unit, "");
  // Who is sent a cell sees that of the others, too.
  assert.equal(viewOf("?indicator=71&at=2", own).unit, "");
});

test("the server is asked for the day, and for a column that is not all", () => {
  assert.equal(boardAt(view("?as_of=2024-12-20")), "/api/v1/campaign/board/?as_of=2024-12-20");
  assert.equal(boardAt(view("")), "/api/v1/campaign/board/");
  assert.equal(
    rowsAt(view("?indicator=71&at=2&as_of=2024-12-20")),
    "/api/v1/campaign/board/rows/?indicator=71&community=2&as_of=2024-12-20",
  );
  assert.equal(rowsAt(view("?indicator=71&at=all")), "/api/v1/campaign/board/rows/?indicator=71");
});

test("a unit sees what it leads or answers for, and what every unit does", () => {
  assert.deepEqual(codes(actionsOf(BOARD, view("?unit=7"))), ["ZX04", "ZX07"]);
  assert.deepEqual(codes(actionsOf(BOARD, view("?unit=8"))), ["ZX01", "ZX04", "ZX07"]);
  assert.deepEqual(unitsOf(BOARD), [
    [8, "党建办"],
    [7, "综合执法队"],
  ]);
});

test("only what is late in the columns that are shown, and the worst first", () => {
  const late = actionsOf(BOARD, view("?unit=&late=1"));
  assert.deepEqual(
    late.flatMap(({ indicators }) => codes(indicators)),
    ["ZX04-R1", "ZX07-D1"],
  );
  assert.deepEqual(codes(actionsOf(BOARD, view("?sort=worst"))), ["ZX07", "ZX04", "ZX01"]);
  assert.deepEqual(
    columnsOf(BOARD, view("?community=2")).map(({ key }) => key),
    ["all", "2"],
  );
});

test("of an action the indicator that stands worst in a column is opened", () => {
  const [, , third] = BOARD.actions;
  assert.equal(worstOf(third, BOARD.communities[1])?.code, "ZX07-D1");
  assert.equal(worstOf(third, null)?.code, "ZX07-D1");
  assert.equal(worstOf({ ...third, indicators: [] }, null), null);
});

test("what is late is told by community, the longest first, and of the whole where no community is", () => {
  const told = (/** @type {string} */ search) =>
    lateOf(BOARD, view(search)).map(({ indicator: { code }, community, since }) => [
      code,
      community?.name ?? null,
      since,
    ]);
  assert.deepEqual(told(""), [
    ["ZX07-D1", "乙社区", "2024-11-01"],
    ["ZX04-R1", null, "2024-12-01"],
  ]);
  assert.deepEqual(told("?community=1"), []);
});

test("due is what ends with the month, and what is past its deadline", () => {
  const told = (/** @type {string} */ search) =>
    dutiesOf(BOARD, view(search)).map(({ indicator: { code }, due, cell: { light } }) => [
      code,
      due,
      light,
    ]);
  assert.deepEqual(told(""), [
    ["ZX07-D1", "2024-10-31", "late"],
    ["ZX04-R1", "2024-12-31", "late"],
    ["ZX07-R1", "2024-12-31", "done"],
  ]);
  assert.deepEqual(told("?community=1"), [["ZX07-R1", "2024-12-31", "done"]]);
  assert.deepEqual([monthEnd("2024-02-10"), monthEnd("2024-12-31")], ["2024-02-29", "2024-12-31"]);
});

test("a number leads to what it is counted from", () => {
  const asked = (/** @type {any} */ each) => /** @type {any} */ ({ derived: true, ...each });
  const estate = { level: /** @type {const} */ ("estate"), id: 5 };
  const link = (/** @type {string} */ metric, /** @type {any} */ place = null) =>
    linkOf(asked({ metric }), place, "2024-12-20");
  assert.equal(link("enforcement_rate", estate), "/cases/?status=any&source=joint&estate=5");
  assert.equal(
    link("lamp_ok_rate", estate),
    "/overview/?as_of=2024-12-20&since=&tab=board&estate=5",
  );
  assert.equal(link("safety_std_estates"), "/campaign/standardisation/?as_of=2024-12-20");
  assert.equal(link("cleanup", estate), "/campaign/ledgers/?as_of=2024-12-20&estate=5");
  assert.equal(link("charging_sites_added"), null);
  assert.equal(whereOf(asked({ metric: "satisfaction", derived: false })), "month");
});
