/** What a supervisor is told before and after a round is given. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addressOf,
  addressRead,
  daysAfter,
  dueAt,
  missingIn,
  narrowedTo,
  overlapsOf,
  progressOf,
  today,
} from "../../static/app/giving.js";

const DAY = "2024-12-05";

/** @param {any} changes @returns {any} */
const round = (changes = {}) => ({
  id: 1,
  name: "路灯季查",
  inspector: "li",
  inspector_name: "李四",
  stand_in: null,
  stand_in_name: null,
  kinds: ["lighting"],
  estates: [1, 2],
  since: "2024-12-01",
  until: "2024-12-10",
  shared: false,
  shared_with: [],
  done: [],
  left: [],
  note: "",
  ...changes,
});

/** @param {any} changes @returns {any} */
const wish = (changes = {}) => ({ ...round(), inspector: "wang", estates: [2, 3], ...changes });

test("what another has is found by estate, kind and day", () => {
  const rounds = [round()];
  assert.deepEqual(overlapsOf(wish(), rounds, null), [{ round: rounds[0], estates: [2] }]);
  for (const other of [
    { inspector: "li" },
    { kinds: ["fire_lane"] },
    { estates: [3] },
    { since: "2024-12-11", until: "2024-12-12" },
    { since: "" },
  ])
    assert.deepEqual(overlapsOf(wish(other), rounds, null), []);
  assert.deepEqual(overlapsOf(wish({ since: "2024-12-10" }), rounds, null).length, 1);
  assert.deepEqual(overlapsOf(wish(), rounds, 1), [], "a round is not in its own way");
});

test("today a stand-in has the rounds of whoever is away, and most left comes first", () => {
  const done = [{ estate: 1, kind: "lighting", at: "", by: "" }];
  const rounds = [
    round({ stand_in: "wang", stand_in_name: "王五", done }),
    round({ id: 2, inspector: "zhao", inspector_name: "赵六", estates: [3, 4, 5] }),
    round({ id: 3, since: "2024-12-06" }),
  ];
  const leave = { person: "li", person_name: "李四", stand_in: "wang", stand_in_name: "王五" };
  const leaves = [{ id: 1, ...leave, since: "2024-12-05", until: "2024-12-05" }];
  const told = today(rounds, leaves, DAY).map(({ name, awayTo, covers, done, all }) => ({
    name,
    awayTo,
    covers,
    done,
    all,
  }));
  assert.deepEqual(told, [
    { name: "赵六", awayTo: null, covers: [], done: 0, all: 3 },
    { name: "王五", awayTo: null, covers: ["李四"], done: 1, all: 2 },
    { name: "李四", awayTo: "王五", covers: [], done: 0, all: 0 },
  ]);
});

test("an estate is as urgent as its most urgent kind", () => {
  /** @type {any} */
  const kinds = [
    { slug: "lighting", due_every_days: 60 },
    { slug: "fire_lane", due_every_days: 30 },
  ];
  const now = new Date("2024-12-05T10:00:00+08:00");
  /** @param {any} last_inspected @returns {any} */
  const estate = (last_inspected) => ({ id: 1, properties: { last_inspected } });
  const seen = { lighting: "2024-12-01T10:00:00+08:00", fire_lane: "2024-10-01T10:00:00+08:00" };
  assert.deepEqual(dueAt(estate(seen), kinds, now), { state: "late", days: 35 });
  assert.deepEqual(dueAt(estate({ lighting: seen.lighting }), kinds, now)?.state, "never");
  assert.equal(dueAt(estate(seen), [], now), undefined);
});

test("the list is narrowed by time, person, kind and community, and says so in the address", () => {
  const rounds = [
    round(),
    round({ id: 2, since: "2024-12-06", until: "2024-12-08" }),
    round({ id: 3, until: "2024-12-04" }),
    round({ id: 4, inspector: "zhao", stand_in: "wang", kinds: ["fire_lane"], estates: [9] }),
  ];
  const world = { day: DAY, communityOf: (/** @type {number} */ id) => (id === 9 ? 7 : 5) };
  /** @param {string} search */
  const shown = (search) => narrowedTo(rounds, addressRead(search), world).map(({ id }) => id);
  assert.deepEqual(shown(""), [1, 4]);
  assert.deepEqual(shown("?when=coming"), [2]);
  assert.deepEqual(shown("?when=past"), [3]);
  assert.deepEqual(shown("?who=wang"), [4]);
  assert.deepEqual(shown("?kind=lighting"), [1]);
  assert.deepEqual(shown("?community=7"), [4]);
  for (const search of ["?when=past&who=li&community=5&kind=lighting&round=3", "?give=1", "?"])
    assert.equal(addressOf(addressRead(search)), search);
  assert.deepEqual(addressRead("?when=never&round=x"), addressRead(""));
});

test("what is missing is said before anything is sent", () => {
  const empty = wish({ name: " ", inspector: "", kinds: [], estates: [], since: "", until: "" });
  assert.deepEqual(missingIn(empty), {
    name: "rounds.needed",
    inspector: "rounds.needed",
    kinds: "rounds.neededKinds",
    estates: "rounds.neededEstates",
    since: "rounds.needed",
    until: "rounds.needed",
  });
  assert.deepEqual(missingIn(wish({ until: "2024-11-30" })), { until: "filter.wrong" });
  assert.deepEqual(missingIn(wish()), {});
});

test("progress counts each estate by each kind; days are counted over months", () => {
  const done = [{ estate: 1, kind: "lighting", at: "", by: "" }];
  const both = round({ kinds: ["lighting", "fire_lane"], done });
  assert.deepEqual(progressOf(both), { done: 1, all: 4 });
  assert.equal(daysAfter("2024-12-28", 6), "2025-01-03");
});
