import assert from "node:assert/strict";
import { test } from "node:test";
import { filtersOf, lastDays, periodOf, queryOf, today } from "../../static/app/filters.js";

test("a view's address is what it is narrowed to, and reads back the same", () => {
  const address = "kind=lighting&severity=1&status=open&since=2024-11-01&until=2024-11-30";
  const filters = filtersOf(`?${address}`);
  assert.deepEqual(filters, {
    kind: "lighting",
    severity: "1",
    status: "open",
    since: "2024-11-01",
    until: "2024-11-30",
  });
  assert.equal(queryOf(filters), address);
});

test("what narrows nothing stays out of the address", () => {
  assert.equal(queryOf(filtersOf("?since=&other=1")), "");
});

test("the last 90 days end today and hold 90 days, over a leap day too", () => {
  assert.deepEqual(lastDays(90, "2024-12-20"), { since: "2024-09-22", until: "2024-12-20" });
  assert.deepEqual(lastDays(30, "2024-03-01"), { since: "2024-02-01", until: "2024-03-01" });
});

test("a period knows its name; days of one's own have none", () => {
  const day = "2024-12-20";
  const none = filtersOf("");
  assert.equal(periodOf(none, day), 0);
  assert.equal(periodOf({ ...none, ...lastDays(365, day) }, day), 365);
  assert.equal(periodOf({ ...none, since: "2024-12-01", until: day }, day), null);
});

test("today is the office's day, also when a tablet's night is not over", () => {
  assert.equal(today(new Date("2024-12-19T16:30:00Z")), "2024-12-20");
});
