import assert from "node:assert/strict";
import { test } from "node:test";
import { lastDays, today } from "../../static/app/days.js";
import { openAnswers } from "../../static/app/leading/answers.js";
import { askedAt, daysOf, figuresAt, looksOf, sums } from "../../static/app/leading/frames.js";
import {
  boardAt,
  figuresAt as figuresPath,
  framesAt,
  tilesOf,
} from "../../static/app/leading/questions.js";
import { isList, numberOfPage, pageOf, rowsOf } from "../../static/app/leading/rows.js";
import { gridOf, hatch, picture, shadeOf, valueAt } from "../../static/app/leading/shades.js";
import { signsAt } from "../../static/app/leading/signs.js";
import { areApart, changeOf, madeOf, plain } from "../../static/app/leading/told.js";
import {
  addressOf,
  before,
  daysIn,
  drawnAs,
  earlierBy,
  periodOf,
  queryOf,
  stepOf,
  viewOf,
} from "../../static/app/leading/view.js";

const DAY = "2024-12-20";
const SCALE = [1, 5, 10, 20, 50, 100];

test("a view's address holds all that is shown, and reads back the same", () => {
  const address =
    "?measure=rate&kind=lighting&severity=1&severity=2&since=2024-11-01&until=2024-11-30" +
    "&as_of=2024-12-01&tab=board&view=estates&by=kind&step=week&mode=cumulative&at=2024-W45" +
    "&before_since=2024-10-02&before_until=2024-10-31&hot=1";
  const view = viewOf(address, DAY);
  assert.equal(addressOf(view), address);
  assert.equal(
    queryOf(view),
    "measure=rate&kind=lighting&severity=1&severity=2&since=2024-11-01&until=2024-11-30&as_of=2024-12-01",
  );
});

test("an empty address is the last ninety days; all time is said", () => {
  assert.deepEqual(lastDays(90, DAY), { since: "2024-09-22", until: DAY });
  assert.equal(viewOf("", DAY).since, "2024-09-22");
  const all = viewOf("?since=", DAY);
  assert.equal(all.since, "");
  assert.equal(addressOf(all), "?since=");
  assert.equal(addressOf(viewOf("?measure=worst&view=cubes", DAY)), "?since=");
});

test("the last 30 days hold 30 days, over a leap day too", () => {
  assert.deepEqual(lastDays(30, "2024-03-01"), { since: "2024-02-01", until: "2024-03-01" });
});

test("today is the office's day, also when a tablet's night is not over", () => {
  assert.equal(today(new Date("2024-12-19T16:30:00Z")), DAY);
});

test("a period knows its name; days of one's own have none", () => {
  assert.equal(periodOf({ since: "", until: "" }, DAY), 0);
  assert.equal(periodOf(lastDays(365, DAY), DAY), 365);
  assert.equal(periodOf({ since: "2024-12-01", until: DAY }, DAY), null);
});

test("a period is compared with as many days right before it, as they stood so long ago", () => {
  const period = { since: "2024-12-01", until: DAY };
  const then = before(period, DAY);
  assert.deepEqual(then, { since: "2024-11-11", until: "2024-11-30" });
  assert.equal(then && daysIn(then), 20);
  assert.equal(before({ since: "", until: "" }, DAY), null);
  assert.equal(before({ since: DAY, until: "2024-12-01" }, DAY), null);
  assert.equal(earlierBy(viewOf("", DAY), 20, DAY).as_of, "2024-11-30");
});

test("the slider goes by days of a month, weeks of a year, else months, unless told", () => {
  const of = (/** @type {string} */ search) => stepOf(viewOf(search, DAY), DAY);
  assert.equal(of("?since=2024-12-01"), "day");
  assert.equal(of("?since=2024-06-01"), "week");
  assert.equal(of("?since="), "month");
  assert.equal(of("?since=2024-06-01&step=day"), "day");
  // So many days are not counted in one answer.
  assert.equal(of("?since=2021-01-01&step=day"), "month");
});

test("a rate is drawn by estates where a heat is asked for: it has none", () => {
  assert.equal(drawnAs(viewOf("?measure=rate", DAY)), "estates");
  assert.equal(drawnAs(viewOf("?measure=open", DAY)), "heat");
  assert.equal(drawnAs(viewOf("?measure=rate&view=hexagons", DAY)), "hexagons");
});

test("each part of the page asks for what is chosen and no more", () => {
  const view = viewOf("?item=XF-01&kind=fire_lane&mode=open&hot=1&tab=hot&since=2024-12-01", DAY);
  assert.equal(
    figuresPath(view, "estate"),
    "/api/v1/overview/figures/?kind=fire_lane&item=XF-01&since=2024-12-01&by=estate",
  );
  assert.equal(
    framesAt(view, "day"),
    "/api/v1/overview/frames/?kind=fire_lane&item=XF-01&since=2024-12-01&step=day&mode=open",
  );
  assert.equal(boardAt(view), "/api/v1/overview/board/?kind=fire_lane&since=2024-12-01");
});

test("a shade follows from the number alone", () => {
  assert.deepEqual(
    [null, 0, 0.3, 1, 4.99, 5, 100, 9000].map((value) => shadeOf(value, SCALE)),
    [0, 0, 1, 1, 1, 2, 6, 6],
  );
});

/** @param {number[]} values */
const heat = (values) => ({
  bandwidth_m: 200,
  cell_m: 50,
  columns: 2,
  rows: 2,
  corners: /** @type {any} */ ([
    [118, 25],
    [119, 25],
    [119, 24],
    [118, 24],
  ]),
  unit_zh: "处/km²",
  unit_en: "findings/km²",
  scale: SCALE,
  total: 1,
  unplaced: 0,
  values: Buffer.from(Float32Array.from(values).buffer).toString("base64"),
});

test("a heat is read at a place, along straight lines between its cells", () => {
  const grid = gridOf(heat([8, 16, 0, 0]));
  assert.deepEqual([...grid.values], [8, 16, 0, 0]);
  assert.equal(valueAt(grid, [118.25, 24.75]), 8);
  assert.equal(valueAt(grid, [118.5, 24.75]), 12);
  assert.equal(valueAt(grid, [118.5, 24.5]), 6);
  assert.equal(valueAt(grid, [120, 24.5]), 0);
});

test("a heat's picture has the colours of the scale and is clear under its first", () => {
  const colours = ["#010101", "#020202", "#030303", "#040404", "#050505", "#060606"];
  const { width, height, data } = picture(gridOf(heat([0.5, 60, 0.5, 60])), SCALE, colours);
  const at = (/** @type {number} */ x) => [...data.slice(x * 4, x * 4 + 4)];
  assert.equal(width, height);
  assert.deepEqual(at(0), [0, 0, 0, 0]);
  assert.deepEqual(at(width - 1), [5, 5, 5, 255]);
});

test("the hatch joins itself at its edges", () => {
  const { width, data } = hatch("#808080");
  const alpha = (/** @type {number} */ x, /** @type {number} */ y) => data[(y * width + x) * 4 + 3];
  for (let y = 0; y < width; y += 1)
    assert.equal(alpha(0, y), alpha(8, y), "a line goes on every eight pixels");
});

const FRAMES = {
  steps: [
    { key: "2024-W49", since: "2024-12-02", until: "2024-12-08" },
    { key: "2024-W50", since: "2024-12-09", until: "2024-12-15" },
  ],
  estates: [7, 9],
  n: [
    [3, 0],
    [1, 6],
  ],
  of: [
    [6, 0],
    [2, 3],
  ],
  looked: [
    [true, false],
    [true, true],
  ],
};

test("a step tells each estate's number, and none where nothing was looked at", () => {
  assert.deepEqual(
    [...figuresAt(FRAMES, 0, 1)],
    [
      [7, { n: 3, of: 6, value: 0.5, looked: true }],
      [9, { n: 0, of: 0, value: null, looked: false }],
    ],
  );
  assert.deepEqual(sums(FRAMES, 1), [0.5, 1.4]);
  assert.deepEqual(sums({ ...FRAMES, of: null }, 1), [3, 7]);
  assert.deepEqual(
    [...looksOf(figuresAt({ ...FRAMES, of: null }, 1, 1), SCALE)],
    [
      [7, { shade: 1, grey: false }],
      [9, { shade: 2, grey: false }],
    ],
  );
});

test("a step is asked for as it is counted: within it, up to it, or as of its end", () => {
  const view = viewOf("?since=2024-11-01", DAY);
  const [, step] = /** @type {any[]} */ (FRAMES.steps);
  const query = (/** @type {string} */ mode) => queryOf(askedAt({ ...view, mode }, step));
  assert.equal(query("within"), "since=2024-12-09&until=2024-12-15");
  assert.equal(query("cumulative"), "since=2024-11-01&until=2024-12-15");
  assert.equal(query("open"), "measure=open&as_of=2024-12-15");
});

test("what is of a moment is asked for as of the end of a step, however it goes on", () => {
  const [, step] = /** @type {any[]} */ (FRAMES.steps);
  const query = (/** @type {any} */ more) =>
    queryOf(askedAt({ ...viewOf("?since=2024-11-01", DAY), ...more }, step));
  assert.equal(query({ measure: "open" }), "measure=open&as_of=2024-12-15");
  assert.equal(query({ measure: "overdue", mode: "open" }), "measure=overdue&as_of=2024-12-15");
  assert.equal(query({ measure: "open", as_of: "2024-12-12" }), "measure=open&as_of=2024-12-12");
});

test("single findings follow a step by the days that their tiles carry", () => {
  const view = viewOf("?since=2024-11-01", DAY);
  const [, step] = /** @type {any[]} */ (FRAMES.steps);
  const last = 20072; // 2024-12-15
  const signs = (/** @type {any} */ more) => signsAt({ ...view, ...more }, step);
  assert.equal(signsAt(view, null), null);
  assert.deepEqual(signs({}), { first: last - 6, last, open: null, only: false });
  assert.deepEqual(signs({ mode: "cumulative" }), { first: null, last, open: null, only: false });
  assert.deepEqual(signs({ mode: "open" }), { first: null, last, open: last, only: true });
  assert.deepEqual(signs({ measure: "overdue" }), { first: null, last, open: last, only: true });
  // As of a day that is over each is as it stood then.
  const as_of = "2024-12-12";
  assert.deepEqual(signs({ as_of }), {
    first: last - 6,
    last: last - 3,
    open: last - 3,
    only: false,
  });
  assert.deepEqual(signsAt({ ...view, as_of }, null), {
    first: null,
    last: last - 3,
    open: last - 3,
    only: false,
  });
});

test("tiles of findings are of the period; as they stood on a day, of all time", () => {
  const view = viewOf("?since=2024-11-01&until=2024-12-01&kind=lighting", DAY);
  const period = "kind=lighting&since=2024-11-01&until=2024-12-01";
  assert.equal(tilesOf(view), period);
  assert.equal(tilesOf({ ...view, at: "2024-12-09" }), period);
  assert.equal(tilesOf({ ...view, at: "2024-12-09", mode: "open" }), "kind=lighting");
  assert.equal(tilesOf({ ...view, measure: "open" }), "kind=lighting&status=open");
  assert.equal(tilesOf({ ...view, measure: "open", as_of: "2024-12-01" }), "kind=lighting");
});

test("a column of a chart is of the days from its first to the next one's", () => {
  const rows = [{ name: "2024-12-04" }, { name: "2024-12-09" }];
  assert.deepEqual(daysOf(rows, 0, DAY), { since: "2024-12-04", until: "2024-12-08" });
  assert.deepEqual(daysOf(rows, 1, DAY), { since: "2024-12-09", until: DAY });
});

test("the rows behind a number are narrowed just as it was counted", () => {
  const view = viewOf("?kind=lighting&item=ZM-01&since=2024-11-01&until=2024-11-30", DAY);
  const list = "/api/v1/overview/rows/?kind=lighting&item=ZM-01&estate=7&since=2024-11-01";
  assert.equal(rowsOf(view, { estate: ["7"] }), `${list}&until=2024-11-30`);
  const past = { ...view, since: "", until: "", as_of: "2024-12-01" };
  assert.equal(
    rowsOf(past, { measure: "overdue" }, { hexagon: "3:-1" }),
    "/api/v1/overview/rows/?measure=overdue&kind=lighting&item=ZM-01&as_of=2024-12-01&hexagon=3%3A-1",
  );
  assert.equal(numberOfPage(list), 1);
  assert.equal(numberOfPage(pageOf(list, 2)), 2);
  assert.equal(isList(list), true);
  assert.equal(isList("/api/v1/me/?"), false);
});

test("a number is told with what it is of, and a change in shares", () => {
  const figure = { n: 12, of: 30, value: 0.4, low: 0.21, high: 0.7 };
  assert.equal(madeOf("rate", figure), "12 条 ÷ 30 次检查");
  assert.equal(madeOf("rate", { n: 0, of: 0 }), "没有检查，无法计算");
  assert.equal(madeOf("found", { n: 12, of: null }), "");
  assert.deepEqual([0.4, 1.234, 12.34, 1234.5, 7, null].map(plain), [
    "0.4",
    "1.23",
    "12.3",
    "1,235",
    "7",
    "–",
  ]);
  assert.deepEqual(
    [changeOf(12, 10), changeOf(5, 10), changeOf(3, 0), changeOf(4, 4)],
    ["+20%", "-50%", "+3", "持平"],
  );
  assert.equal(areApart(figure, { ...figure, low: 0.71, high: 1 }), true);
  assert.equal(areApart(figure, { ...figure, low: 0.5, high: 1 }), false);
  assert.equal(areApart(figure, { ...figure, low: null, high: null }), null);
});

/** An API that answers when it is told to. */
function slow() {
  /** @type {[string, (reply: any) => void][]} */
  const asked = [];
  return {
    asked,
    ask: (/** @type {string} */ _method, /** @type {string} */ path) =>
      new Promise((resolve) => asked.push([path, resolve])),
    /** @param {number} at @param {unknown} body */
    async answer(at, body) {
      asked[at]?.[1](body ? { outcome: "received", status: 200, body } : { outcome: "signed_out" });
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test("a place keeps what it shows until there is something newer, and asks once", async () => {
  const api = slow();
  let told = 0;
  const answers = openAnswers(/** @type {any} */ (api), () => {
    told += 1;
  });
  assert.deepEqual(answers.of("places", "/a"), { body: null, failed: null, waiting: true });
  answers.of("places", "/a");
  assert.equal(api.asked.length, 1);
  await api.answer(0, { n: 1 });
  assert.equal(told, 1);
  assert.deepEqual(answers.of("places", "/a"), { body: { n: 1 }, failed: null, waiting: false });
  assert.deepEqual(answers.of("places", "/b"), { body: { n: 1 }, failed: null, waiting: true });
  await api.answer(1, { n: 2 });
  assert.deepEqual(answers.of("places", "/b").body, { n: 2 });
  assert.deepEqual(answers.of("places", "/a").body, { n: 1 });
  assert.equal(api.asked.length, 2);
});

test("news is fetched behind what is shown; what failed is said and tried again", async () => {
  const api = slow();
  const answers = openAnswers(/** @type {any} */ (api), () => {});
  answers.of("places", "/a");
  await api.answer(0, { n: 1 });
  answers.renew();
  assert.deepEqual(answers.of("places", "/a"), { body: { n: 1 }, failed: null, waiting: false });
  assert.equal(api.asked.length, 2);
  await api.answer(1, null);
  const { body, failed } = answers.of("places", "/a");
  assert.deepEqual([body, failed?.outcome], [{ n: 1 }, "signed_out"]);
  assert.equal(api.asked.length, 2);
  answers.again();
  answers.of("places", "/a");
  assert.equal(api.asked.length, 3);
  await api.answer(2, { n: 2 });
  await answers.settled();
  assert.deepEqual(answers.of("places", "/a").body, { n: 2 });
});

test("a hand that runs over many steps asks for one at a time, and for the last", async () => {
  const api = slow();
  const answers = openAnswers(/** @type {any} */ (api), () => {});
  const heatOf = (/** @type {string} */ path) => answers.of("heat", path, { inTurn: true });
  for (const path of ["/1", "/2", "/3"]) heatOf(path);
  await api.answer(0, { n: 1 });
  assert.deepEqual(heatOf("/3"), { body: null, failed: null, waiting: true });
  await api.answer(1, { n: 3 });
  assert.deepEqual(heatOf("/3").body, { n: 3 });
  assert.deepEqual(
    api.asked.map(([path]) => path),
    ["/1", "/3"],
  );
});

test("what can wait is asked for when nothing else is on its way, and is waited for", async () => {
  const api = slow();
  const later = { later: true };
  const look = () => [
    answers.of("places", "/map"),
    answers.of("open", "/open", later),
    answers.of("by", "/by", later),
  ];
  const answers = openAnswers(/** @type {any} */ (api), look);
  const paths = () => api.asked.map(([path]) => path);
  assert.deepEqual(
    look().map(({ waiting }) => waiting),
    [true, true, true],
  );
  assert.deepEqual(paths(), ["/map"]);
  await api.answer(0, { n: 1 });
  assert.deepEqual(paths(), ["/map", "/open", "/by"]);
  await api.answer(1, { n: 2 });
  await api.answer(2, { n: 3 });
  answers.renew();
  look();
  let settled = false;
  const all = answers.settled().then(() => {
    settled = true;
  });
  await api.answer(3, { n: 4 });
  assert.deepEqual(paths().slice(3), ["/map", "/open", "/by"]);
  assert.equal(settled, false);
  await api.answer(4, { n: 5 });
  await api.answer(5, { n: 6 });
  await all;
  assert.deepEqual(
    look().map(({ body }) => body.n),
    [4, 5, 6],
  );
});
