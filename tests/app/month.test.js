import assert from "node:assert/strict";
import { test } from "node:test";
import { numberOf, reached, read } from "../../static/app/monthly/check.js";
import { openDraft } from "../../static/app/monthly/draft.js";

const RATE = { unit: "%", target: { op: ">=", number: 60 } };

test("numbers are read as offices write them", () => {
  assert.deepEqual(["12", " 1,200 ", "１２．５", "", ".5"].map(numberOf), [
    12,
    1200,
    12.5,
    null,
    0.5,
  ]);
  for (const text of ["abc", "1 2", "12%", "1e3", "--1"])
    assert.ok(Number.isNaN(numberOf(text)), text);
});

test("a cell is checked as it is typed", () => {
  const faults = /** @type {const} */ ([
    ["3", "5", true, null],
    ["6", "5", true, "more"],
    ["3", "", true, "half"],
    ["", "5", true, null],
    ["", "", true, null],
    ["-1", "", false, "negative"],
    ["0.125", "", false, "decimals"],
    ["x", "", false, "number"],
    ["3", "ignored", false, null],
  ]);
  for (const [n, of, rate, fault] of faults) assert.equal(read({ n, of }, rate).fault, fault, n);
});

test("a target is reached or not, without rounding", () => {
  const at = (/** @type {any} */ figures, target = RATE.target, unit = "%") =>
    reached(/** @type {any} */ ({ unit, target }), figures);
  assert.equal(at({ n: 3, of: 5 }), true);
  assert.equal(at({ n: 59.9, of: 100 }), false);
  assert.equal(at({ n: 2, of: 3 }, { op: ">=", number: 66.67 }), false);
  assert.equal(at({ n: 0, of: 0 }), null);
  assert.equal(at({ n: null, of: 5 }), null);
  assert.equal(at({ n: 0, of: null }, { op: "=", number: 0 }, "defect"), true);
  assert.equal(
    at({ n: 1, of: null }, /** @type {any} */ ({ op: null, number: null }), "time"),
    null,
  );
});

/** A server with one cell, a device's memory, and a clock that is moved by hand. */
function world() {
  const stands = { n: /** @type {number | null} */ (null), of: null, version: 0, by_name: "" };
  let version = 0;
  const store = new Map();
  /** @type {(() => void)[]} */
  let due = [];
  /** Milliseconds, of each time that it was put off. @type {number[]} */
  const waits = [];
  const server = {
    down: false,
    closed: false,
    typed: 0,
    behind: 0,
    /** @param {any} cell @param {string} by */
    type({ n, seen }, by) {
      if (stands.n === n) return "same";
      if (seen !== stands.version) return "changed";
      version += 1;
      Object.assign(stands, { n, version, by_name: by });
      return "saved";
    },
    /** @returns {any} */
    report: () => ({
      may_fill: true,
      open: !server.closed,
      version,
      actions: [
        {
          matters: [
            {
              id: 7,
              unit: "time",
              recurrence: "",
              said: { measured_on: null, source: "", attachment: null, version: 0 },
              cells: [
                {
                  place: "estate-1",
                  owed: true,
                  known: null,
                  stands: { n: null, of: null },
                  ...stands,
                },
              ],
            },
          ],
        },
      ],
    }),
  };
  /** @returns {Promise<any>} */
  async function ask(
    /** @type {string} */ _method,
    /** @type {string} */ _path,
    /** @type {any} */ body,
  ) {
    if (server.down) return { outcome: "unreachable", why: "offline", status: 0 };
    if (server.closed) return { outcome: "refused", status: 409, code: "report_not_open" };
    server.typed += 1;
    const cells = body.cells.map((/** @type {any} */ cell) => ({
      indicator: 7,
      place: "estate-1",
      outcome: server.type(cell, "me"),
      fields: {},
      stands: { ...stands },
    }));
    return { outcome: "received", status: 200, body: { version, cells, matters: [] } };
  }
  const open = () => {
    const draft = openDraft({
      place: "month 1 /r/",
      address: "/r/cells/",
      ask,
      kept: {
        getItem: (key) => store.get(key) ?? null,
        setItem: (key, value) => store.set(key, value),
        removeItem: (key) => store.delete(key),
      },
      onChange: () => {},
      onBehind: () => {
        server.behind += 1;
      },
      later: (act, ms) => {
        waits.push(ms);
        due = [act];
        return act;
      },
      forget: (timer) => {
        due = due.filter((each) => each !== timer);
      },
    });
    const report = server.report();
    draft.tell(report);
    const [matter] = report.actions[0].matters;
    return { draft, matter, cell: matter.cells[0] };
  };
  return { server, stands, store, waits, open };
}

test("what is typed is kept on the device until the server has it", async () => {
  const { server, stands, store, open } = world();
  server.down = true;
  const { draft, matter, cell } = open();
  draft.typeCell(matter, cell, { n: "3" });
  assert.equal(store.size, 1);
  await draft.flush();
  assert.equal(draft.saving(), "kept");
  // The page is opened anew, and the line is back.
  server.down = false;
  const again = open();
  assert.equal(again.draft.cellText(again.matter, again.cell).n, "3");
  await again.draft.flush();
  assert.deepEqual([stands.n, again.draft.saving(), store.size], [3, "saved", 0]);
});

test("what is typed while it is sent is sent after it", async () => {
  const { server, stands, open } = world();
  const { draft, matter, cell } = open();
  draft.typeCell(matter, cell, { n: "3" });
  const sent = draft.flush();
  draft.typeCell(matter, cell, { n: "34" });
  await sent;
  await draft.flush();
  assert.deepEqual([stands.n, server.typed, draft.saving()], [34, 2, "saved"]);
});

test("of two in one cell both stand until somebody chooses", async () => {
  const { server, stands, store, open } = world();
  const { draft, matter, cell } = open();
  server.type({ n: 5, seen: 0 }, "other");
  draft.typeCell(matter, cell, { n: "3" });
  await draft.flush();
  const theirs = /** @type {any} */ (draft.pendingAt("7:estate-1")?.theirs);
  assert.deepEqual([stands.n, theirs.n, draft.cellText(matter, cell).n], [5, 5, "3"]);
  assert.equal(store.size, 1);
  draft.keepMine("7:estate-1");
  await draft.flush();
  assert.deepEqual([stands.n, draft.waiting()], [3, 0]);
  server.type({ n: 6, seen: stands.version }, "other");
  draft.typeCell(matter, cell, { n: "8" });
  await draft.flush();
  draft.takeTheirs("7:estate-1");
  assert.deepEqual([stands.n, draft.cellText(matter, cell).n, draft.waiting()], [6, "6", 0]);
});

test("a report that was submitted meanwhile takes nothing, and the device keeps it", async () => {
  const { server, stands, store, open } = world();
  const { draft, matter, cell } = open();
  server.closed = true;
  draft.typeCell(matter, cell, { n: "3" });
  await draft.flush();
  assert.deepEqual([draft.saving(), server.behind, store.size], ["closed", 1, 1]);
  // Returned: it is read anew, and what was kept is sent.
  server.closed = false;
  draft.tell(server.report());
  await draft.flush();
  assert.deepEqual([stands.n, draft.saving(), store.size], [3, "saved", 0]);
});

test("what can't be is not sent, and stays", async () => {
  const { server, store, open } = world();
  const { draft, matter, cell } = open();
  draft.typeCell(matter, cell, { n: "x" });
  await draft.flush();
  assert.deepEqual([server.typed, draft.waiting(), store.size], [0, 1, 1]);
  assert.equal(draft.told(), 1);
});

test("the choice between two stands, though the page is opened anew before it is sent", async () => {
  const { server, stands, open } = world();
  const { draft, matter, cell } = open();
  server.type({ n: 5, seen: 0 }, "other");
  draft.typeCell(matter, cell, { n: "3" });
  await draft.flush();
  draft.keepMine("7:estate-1");
  const again = open();
  assert.equal(again.draft.pendingAt("7:estate-1")?.theirs, undefined);
  await again.draft.flush();
  assert.deepEqual([stands.n, again.draft.waiting()], [3, 0]);
});

test("what is refused as a whole is sent again ever more seldom", async () => {
  const { server, waits, open } = world();
  const { draft, matter, cell } = open();
  server.closed = true;
  draft.typeCell(matter, cell, { n: "3" });
  for (const _ of [1, 2, 3]) {
    await draft.flush();
    draft.tell({ ...server.report(), open: true });
  }
  assert.deepEqual(waits.slice(-3), [4000, 8000, 16000]);
});
