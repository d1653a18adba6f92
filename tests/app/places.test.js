import assert from "node:assert/strict";
import { test } from "node:test";
import { locate } from "../../static/app/locate.js";
import {
  boundsOf,
  circle,
  contains,
  distanceM,
  distanceToM,
  innerPoint,
} from "../../static/app/metres.js";
import { format, parse } from "../../static/app/routes.js";
import { matching, nearest } from "../../static/app/search.js";

/** @param {number} lon @param {number} lat @param {number} [size] @returns {GeoJSON.Polygon} */
const square = (lon, lat, size = 0.002) => ({
  type: "Polygon",
  coordinates: [
    [
      [lon, lat],
      [lon + size, lat],
      [lon + size, lat + size],
      [lon, lat + size],
      [lon, lat],
    ],
  ],
});

/** @param {number} metres @param {number} wanted */
const about = (metres, wanted) =>
  assert.ok(Math.abs(metres - wanted) <= Math.max(0.5, wanted * 0.005), `${metres} for ${wanted}`);

test("metres are those of the ground, to a few in a thousand", () => {
  // By the geodesic on WGS-84.
  about(distanceM([118.57, 24.81], [118.58, 24.81]), 1011.3);
  about(distanceM([118.57, 24.81], [118.57, 24.82]), 1107.8);
});

test("one is inside an estate, or so far from its edge", () => {
  const estate = square(118.57, 24.81);
  assert.equal(distanceToM([118.571, 24.811], estate), 0);
  about(distanceToM([118.573, 24.811], estate), 101.1);
  assert.equal(distanceToM([0, 0], { type: "MultiPolygon", coordinates: [] }), Infinity);
});

test("a courtyard is not in the estate around it", () => {
  const hole = square(118.5705, 24.8105, 0.001).coordinates;
  const estate = {
    ...square(118.57, 24.81),
    coordinates: [...square(118.57, 24.81).coordinates, ...hole],
  };
  assert.equal(contains(estate, [118.571, 24.811]), false);
  assert.equal(contains(estate, [118.5702, 24.811]), true);
  assert.ok(contains(estate, innerPoint(estate)));
});

test("a name stands inside its shape, also where the middle does not", () => {
  /** @type {GeoJSON.Polygon} */
  const hook = {
    type: "Polygon",
    coordinates: [
      [
        [0, 0],
        [6, 0],
        [6, 6],
        [5, 6],
        [5, 1],
        [0, 1],
        [0, 0],
      ],
    ],
  };
  assert.ok(contains(hook, innerPoint(hook)));
  assert.deepEqual(boundsOf(hook), [0, 0, 6, 6]);
});

test("a circle of accuracy has its radius on the ground", () => {
  const ring = circle([118.57, 24.81], 50).coordinates[0] ?? [];
  assert.equal(ring.length, 49);
  for (const point of ring) about(distanceM([118.57, 24.81], point), 50);
});

/** @param {number} id @param {string} name @param {string} community @param {GeoJSON.Geometry | null} geometry @returns {any} */
const estate = (id, name, community, geometry = null) => ({
  id,
  geometry,
  properties: { name, community_name: community, code: `X-${id}` },
});

const ESTATES = [
  estate(1, "陈村花园", "象山社区", square(118.58, 24.81)),
  estate(2, "银星花园", "陈村社区", square(118.57, 24.81)),
  estate(3, "金井Ｂ区", "曾井社区"),
];

/** @param {string} query */
const found = (query) => matching(ESTATES, query).map(({ id }) => id);

test("an estate is found by part of its name, its community or its code", () => {
  assert.deepEqual(found(""), [1, 2, 3]);
  assert.deepEqual(found("星花"), [2]);
  assert.deepEqual(found("陈村"), [1, 2]);
  assert.deepEqual(found("花园 陈村社区"), [2]);
  assert.deepEqual(found("x-3"), [3]);
  assert.deepEqual(found("井b"), [3]);
  assert.deepEqual(found("没有"), []);
});

test("the nearest comes first, and what has no shape last", () => {
  const listed = nearest(ESTATES, [118.5705, 24.8105]);
  assert.deepEqual(
    listed.map(({ estate: { id }, metres }) => [id, Math.round(metres)]),
    [
      [2, 0],
      [1, 960],
      [3, Infinity],
    ],
  );
});

test("an address leads to a place in the page, and back", () => {
  /** @type {import("../../static/app/routes.js").Route[]} */
  const routes = [
    { at: "find" },
    { at: "estate", estate: 12 },
    { at: "asset", estate: 12, kind: "fire_lane" },
    { at: "checklist", estate: 12, kind: "fire_lane" },
    { at: "review", estate: 12, kind: "fire_lane" },
    { at: "sent", id: "019" },
    { at: "record", id: "019" },
    { at: "mine" },
    { at: "camera", estate: 12, kind: "fire_lane", item: "XF-01" },
    { at: "photos", estate: 12, kind: "fire_lane", item: "" },
    { at: "place", estate: "01934567-89ab-7cde-8f01-23456789abcd", kind: "fire_lane" },
    { at: "scan", estate: 12, kind: "fire_lane" },
    { at: "datum" },
  ];
  for (const route of routes) assert.deepEqual(parse(format(route)), route);
  for (const odd of ["", "#", "#/nowhere", "#/estate/x", "#/estate/-1", "#/sent/"])
    assert.deepEqual(parse(odd), { at: "find" });
});

/** @param {(resolve: any, reject: any) => void} answers @returns {any} */
const receiver = (answers) => ({ getCurrentPosition: answers });

test("a receiver's fix carries its accuracy and its time, digit for digit", async () => {
  const coords = { longitude: 118.57123456789, latitude: 24.81, accuracy: 12.34 };
  assert.deepEqual(
    await locate(
      receiver((resolve) => resolve({ coords, timestamp: 1732068000000 })),
      true,
    ),
    {
      outcome: "fix",
      fix: { point: [118.57123456789, 24.81], accuracyM: 12.34, at: 1732068000000 },
    },
  );
});

test("each way of having no position has its name", async () => {
  for (const [code, outcome] of [
    [1, "denied"],
    [2, "lost"],
    [3, "slow"],
  ])
    assert.deepEqual(
      await locate(
        receiver((_, reject) => reject({ code })),
        true,
      ),
      { outcome },
    );
  assert.deepEqual(await locate(undefined, true), { outcome: "absent" });
  assert.deepEqual(
    await locate(
      receiver(() => {}),
      false,
    ),
    { outcome: "insecure" },
  );
});
