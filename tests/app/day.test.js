import assert from "node:assert/strict";
import { test } from "node:test";
import { dueOf } from "../../static/app/due.js";
import { alreadyReported } from "../../static/app/reported.js";

const NOW = new Date("2024-11-30T10:00:00+08:00");

/** @param {number} id @param {string} name @returns {any} */
const estate = (id, name) => ({ id, geometry: null, properties: { name } });
/** @param {string} slug @param {number} days @returns {any} */
const kind = (slug, days) => ({ slug, due_every_days: days });
/** @param {Record<string, unknown>} told @returns {any} */
const round = (told) => ({
  id: 1,
  name: "十一月巡查",
  kinds: ["lighting"],
  estates: [1],
  since: "2024-11-01",
  until: "2024-11-30",
  done: [],
  ...told,
});

/** @param {{ last?: Record<string, string>, rounds?: any[], estates?: any[], kinds?: any[], assets?: any[] }} told */
const told = ({
  last = {},
  rounds = [],
  estates = [estate(1, "甲"), estate(2, "乙")],
  kinds = [kind("lighting", 30)],
  assets = [],
}) =>
  dueOf({
    estates,
    kinds,
    rounds,
    last: ({ id }, slug) => last[`${id}/${slug}`] ?? null,
    assets: () => assets,
    now: NOW,
  }).map(({ estate: { id }, kind: { slug }, state, days, round: by }) => [
    id,
    slug,
    state,
    days,
    by?.name ?? null,
  ]);

test("the most overdue comes first, then what nobody ever looked at, then what is due soon", () => {
  const last = {
    "1/lighting": "2024-11-04T09:00:00+08:00",
    "2/lighting": "2024-10-01T09:00:00+08:00",
  };
  assert.deepEqual(told({ last, estates: [estate(1, "甲"), estate(2, "乙"), estate(3, "丙")] }), [
    [2, "lighting", "late", 30, null],
    [3, "lighting", "never", 0, null],
    [1, "lighting", "soon", 4, null],
  ]);
});

test("what was built since somebody looked is due at once; what is only planned is not", () => {
  const [lighting, charging] = [
    kind("lighting", 30),
    { ...kind("ebike_charging", 30), asset: "charging_site" },
  ];
  /** @param {Record<string, unknown>} properties */
  const site = (properties) => ({ id: 7, properties: { type: "charging_site", ...properties } });
  /** @param {Record<string, unknown>} properties @param {Record<string, string>} [later] */
  const dueAt = (properties, later = {}) =>
    told({
      estates: [estate(1, "甲")],
      kinds: [lighting, charging],
      last: {
        "1/lighting": "2024-11-20T09:00:00+08:00",
        "1/ebike_charging": "2024-11-20T09:00:00+08:00",
        ...later,
      },
      assets: [site(properties)],
    });
  const built = { status: "built", built_at: "2024-11-25T09:00:00+08:00" };
  assert.deepEqual(dueAt({ status: "planned", built_at: null }), []);
  assert.deepEqual(dueAt(built), [[1, "ebike_charging", "never", 0, null]]);
  assert.deepEqual(dueAt({ ...built, status: "in_use" }), [
    [1, "ebike_charging", "never", 0, null],
  ]);
  assert.deepEqual(dueAt(built, { "1/ebike_charging": "2024-11-26T09:00:00+08:00" }), []);
  // What was there when it was entered has the rhythm of its kind.
  assert.deepEqual(dueAt({ status: "built", built_at: null }), []);
});

test("a round that was done says nothing of what was built since", () => {
  const charging = { ...kind("lighting", 30), asset: "charging_site" };
  const done = [{ estate: 1, kind: "lighting", at: "2024-11-20T09:00:00+08:00", by: "王芳" }];
  const site = {
    id: 7,
    properties: {
      type: "charging_site",
      status: "built",
      built_at: "2024-11-25T09:00:00+08:00",
    },
  };
  const asked = {
    estates: [estate(1, "甲")],
    kinds: [charging],
    last: { "1/lighting": "2024-11-20T09:00:00+08:00" },
    rounds: [round({ done })],
  };
  assert.deepEqual(told(asked), []);
  assert.deepEqual(told({ ...asked, assets: [site] }), [[1, "lighting", "never", 0, null]]);
});

test("what was looked at in its time is not due", () => {
  assert.deepEqual(
    told({ estates: [estate(1, "甲")], last: { "1/lighting": "2024-11-20T09:00:00+08:00" } }),
    [],
  );
});

test("a round asks for what is not due by itself, until its last day", () => {
  const last = { "1/lighting": "2024-10-31T09:00:00+08:00" };
  const estates = [estate(1, "甲")];
  const kinds = [kind("lighting", 90)];
  assert.deepEqual(told({ estates, kinds, last, rounds: [round({})] }), [
    [1, "lighting", "soon", 0, "十一月巡查"],
  ]);
  assert.deepEqual(told({ estates, kinds, last, rounds: [round({ until: "2024-12-20" })] }), [
    [1, "lighting", "fine", 20, "十一月巡查"],
  ]);
  assert.deepEqual(told({ estates, kinds, last, rounds: [round({ until: "2024-11-27" })] }), [
    [1, "lighting", "late", 3, "十一月巡查"],
  ]);
});

test("what another did for the same round is done, and so is what waits on this tablet", () => {
  const estates = [estate(1, "甲")];
  const kinds = [kind("lighting", 90)];
  const earlier = { "1/lighting": "2024-10-31T09:00:00+08:00" };
  const done = [{ estate: 1, kind: "lighting", at: "2024-11-12T09:00:00Z", by: "inspector2" }];
  assert.deepEqual(told({ estates, kinds, last: earlier, rounds: [round({ done })] }), []);
  const own = { "1/lighting": "2024-11-30T09:00:00+08:00" };
  assert.deepEqual(told({ estates, kinds, last: own, rounds: [round({})] }), []);
});

test("a round that has not begun asks for nothing", () => {
  const last = { "1/lighting": "2024-11-28T09:00:00+08:00" };
  const later = round({ since: "2024-12-01", until: "2024-12-31" });
  assert.deepEqual(told({ estates: [estate(1, "甲")], last, rounds: [later] }), []);
});

/** @param {Record<string, unknown>} changes @returns {any} */
const known = (changes) => ({
  inspection: "a",
  item: "ZM-01",
  severity: 2,
  estate: 1,
  asset: null,
  point: [118.57, 24.8],
  recordedAt: "2024-11-01T00:00:00Z",
  waits: false,
  photos: [],
  sightings: 0,
  ...changes,
});

/** @param {any[]} all @param {Record<string, unknown>} [changes] */
const offered = (all, changes) =>
  alreadyReported(all, {
    item: "ZM-01",
    estate: 1,
    asset: null,
    point: [118.57, 24.8],
    ...changes,
  }).map(({ known: { inspection }, metres }) => [inspection, metres && Math.round(metres)]);

test("of the same item near by, the nearest is offered first", () => {
  const all = [
    known({ inspection: "20 m", point: [118.57, 24.80018] }),
    known({ inspection: "5 m", point: [118.57, 24.800045] }),
    known({ inspection: "50 m", point: [118.57, 24.80045] }),
    known({ inspection: "other item", item: "ZM-02" }),
    known({ inspection: "other estate", estate: 2 }),
  ];
  assert.deepEqual(offered(all), [
    ["5 m", 5],
    ["20 m", 20],
  ]);
});

test("without a position all of the estate are offered, the newest first", () => {
  const all = [
    known({ inspection: "old" }),
    known({ inspection: "new", recordedAt: "2024-11-20T00:00:00Z", point: [118.6, 24.8] }),
  ];
  assert.deepEqual(offered(all, { point: null }), [
    ["new", null],
    ["old", null],
  ]);
  assert.deepEqual(offered([known({ point: null })]), [["a", null]]);
});

test("about one lamp only findings of that lamp are offered, however far the positions lie", () => {
  const all = [
    known({ inspection: "this lamp", asset: 7, point: [118.571, 24.8] }),
    known({ inspection: "next lamp", asset: 8 }),
    known({ inspection: "no lamp told" }),
  ];
  assert.deepEqual(offered(all, { asset: 7 }), [
    ["no lamp told", 0],
    ["this lamp", 101],
  ]);
});

test("what still waits on this tablet is offered like what the server told", () => {
  assert.deepEqual(offered([known({ inspection: "mine", waits: true })]), [["mine", 0]]);
});
