import assert from "node:assert/strict";
import { test } from "node:test";
import { cellsOf } from "../../static/app/map/cells.js";
import { idOf, numberOf, rowsOf } from "../../static/app/map/rows.js";
import { findingsOf, lastOf } from "../../static/app/own.js";
import { assetRow, drawn, estateRow, proposalBody } from "../../static/app/proposals.js";
import { format, parse } from "../../static/app/routes.js";
import { openKnown } from "../../static/app/store/known.js";
import { openRegister } from "../../static/app/store/register.js";

const ID = "01a20423-b2c4-74d4-9616-a174a49d8f9d";

/** @type {any} */
const SQUARE = {
  type: "Polygon",
  coordinates: [
    [
      [118.603, 24.802],
      [118.605, 24.802],
      [118.605, 24.804],
      [118.603, 24.802],
    ],
  ],
};

/** A kind with two faults to be had. @type {any} */
const KIND = {
  slug: "lighting",
  items: ["ZM-01", "ZM-02"].map((code) => ({
    code,
    severity: 2,
    answer: { type: "yes_no" },
    rules: [{ type: "must_be", value: false, only_if: null, sure: null, force: null }],
    sure: "V",
    force: "must",
    only_if: null,
    retired: false,
  })),
};

/** @param {Record<string, unknown>} content @returns {any} */
const entry = (content) => ({
  id: ID,
  type: "inspection",
  standing: "waiting",
  kind: "lighting",
  estate: 5,
  recordedAt: "2024-11-30T01:30:00Z",
  body: JSON.stringify({
    estate: 5,
    recorded_at: "2024-11-30T01:30:00Z",
    answers: { "ZM-01": true, "ZM-02": true },
    ...content,
  }),
});

test("what a record on this tablet found is known before the server has it", () => {
  const found = findingsOf(
    entry({
      location: { type: "Point", coordinates: [118.57, 24.8] },
      photos: [
        { id: "p1", item: "ZM-01" },
        { id: "p2", item: "ZM-02" },
      ],
    }),
    KIND,
    {},
  );
  assert.deepEqual(
    found.map(({ item, point, photos, waits }) => [item, point, photos, waits]),
    [
      ["ZM-01", [118.57, 24.8], ["p1"], true],
      ["ZM-02", [118.57, 24.8], ["p2"], true],
    ],
  );
});

test("evidence added to an earlier finding is no finding of its own", () => {
  const found = findingsOf(entry({ same_as: { "ZM-01": "earlier" } }), KIND, {});
  assert.deepEqual(
    found.map(({ item }) => item),
    ["ZM-02"],
  );
});

test("the tablet's own newest record says when an estate was last looked at", () => {
  const entries = [
    entry({}),
    { ...entry({}), recordedAt: "2024-11-30T10:00:00+08:00" },
    { ...entry({}), kind: "fire_lane", recordedAt: "2024-12-01T00:00:00Z" },
  ];
  assert.equal(lastOf(entries, 5, "lighting"), "2024-11-30T10:00:00+08:00");
  assert.equal(lastOf(entries, 6, "lighting"), null);
});

test("a shape needs its corners", () => {
  const [a, b, c] = [
    [118.57, 24.8],
    [118.58, 24.8],
    [118.58, 24.81],
  ];
  assert.deepEqual(drawn("Point", [a]), { type: "Point", coordinates: a });
  assert.equal(drawn("LineString", [a]), null);
  assert.deepEqual(drawn("LineString", [a, b]), { type: "LineString", coordinates: [a, b] });
  assert.equal(drawn("Polygon", [a, b]), null);
  assert.deepEqual(drawn("Polygon", [a, b, c]), { type: "Polygon", coordinates: [[a, b, c, a]] });
});

test("a lamp proposed here stands among the estate's lamps under its own name", () => {
  const content = proposalBody({
    id: ID,
    layer: "lights",
    estate: 5,
    name: " ",
    code: "LD-999 ",
    note: "",
    geometry: { type: "Point", coordinates: [118.57, 24.8] },
    recordedAt: "2024-11-30T09:30:00+08:00",
  });
  assert.deepEqual([content.name, content.code, content.note], [null, "LD-999", null]);
  const { id, properties } = assetRow(ID, content);
  assert.deepEqual(
    [id, properties.type, properties.estate, properties.code, properties.proposed],
    [ID, "light", 5, "LD-999", ID],
  );
});

test("an estate proposed here belongs to the community that it lies in", () => {
  const square = (/** @type {number} */ lon, /** @type {number} */ size) => ({
    type: /** @type {const} */ ("Polygon"),
    coordinates: [
      [
        [lon, 24.8],
        [lon + size, 24.8],
        [lon + size, 24.8 + size],
        [lon, 24.8 + size],
        [lon, 24.8],
      ],
    ],
  });
  const communities = [
    { id: 1, geometry: square(118.5, 0.01), properties: { name: "甲" } },
    { id: 2, geometry: square(118.6, 0.01), properties: { name: "乙" } },
  ];
  const { properties } = estateRow(
    ID,
    { name: "新苑", geometry: square(118.603, 0.002) },
    communities,
  );
  assert.deepEqual([properties.community, properties.community_name], [2, "乙"]);
});

test("what has no number gets one on the map, and is found again by it", () => {
  const number = numberOf(ID);
  assert.ok(number > 2 ** 32);
  assert.equal(numberOf(ID), number);
  assert.equal(idOf(number), ID);
  assert.equal(numberOf(12), 12);
});

test("the map has rows of all that is known, own findings marked", () => {
  /** @type {any} */
  const estate = {
    id: 5,
    geometry: {
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [2, 0],
          [2, 2],
          [0, 2],
          [0, 0],
        ],
      ],
    },
    properties: { name: "甲" },
  };
  const lamp = assetRow(ID, {
    layer: "lights",
    estate: 5,
    geometry: { type: "Point", coordinates: [1, 1] },
  });
  const rows = rowsOf({
    communities: [],
    estates: [estate],
    buildings: [],
    assets: [],
    findings: [],
    own: findingsOf(entry({ answers: { "ZM-01": true } }), KIND, {}),
    proposed: [lamp],
    word: "待确认",
  });
  assert.deepEqual(
    rows.findings?.features.map(({ geometry, properties }) => [geometry, properties]),
    [
      [
        { type: "Point", coordinates: [1, 1] },
        { severity: 2, estate: 5, open: true, waits: true },
      ],
    ],
  );
  assert.equal(rows.lights?.features[0]?.id, numberOf(ID));
  assert.equal(rows.lights?.features[0]?.properties?.estate, 5);
  assert.deepEqual(rows.proposed?.features[0]?.properties, { word: "待确认" });
});

test("cells are as large on the screen as those of the tiles, and count what is open in them", () => {
  const found = [
    { point: [118.57, 24.8], severity: 3 },
    { point: [118.57001, 24.80001], severity: 1 },
    { point: [118.6, 24.8], severity: 2 },
  ];
  const { features } = cellsOf(found, 13.7);
  assert.deepEqual(
    features.map(({ properties }) => properties),
    [
      { open: 2, worst: 1 },
      { open: 1, worst: 2 },
    ],
  );
  const [west, east] = [0, 1].map((at) => features[0]?.geometry.coordinates[0]?.[at]?.[0] ?? 0);
  assert.ok(Math.abs((east ?? 0) - (west ?? 0) - 360 / 2 ** 18) < 1e-9);
});

test("places of the day have addresses of their own, proposed ones too", () => {
  /** @type {import("../../static/app/routes.js").Route[]} */
  const routes = [
    { at: "day" },
    { at: "outbox" },
    { at: "statement" },
    { at: "pack" },
    { at: "entry", id: ID },
    { at: "estate", estate: ID },
    { at: "review", estate: ID, kind: "lighting" },
    { at: "propose", estate: null, layer: null },
    { at: "propose", estate: null, layer: "estates" },
    { at: "propose", estate: 5, layer: "lights" },
  ];
  for (const route of routes) assert.deepEqual(parse(format(route)), route);
  assert.deepEqual(parse("#/propose/5/anything"), { at: "propose", estate: 5, layer: null });
});

test("what was recorded of a proposal belongs to its row, once the register has one", () => {
  const register = openRegister();
  const known = openKnown(register, /** @type {any} */ ({ isOver: () => false }));
  const proposal = {
    ...entry({}),
    type: "proposal",
    body: JSON.stringify({ layer: "estates", name: "新苑", geometry: SQUARE }),
  };
  const record = { ...entry({ estate: ID, answers: { "ZM-01": true } }), id: "r", estate: ID };
  register.fill({ kinds: [KIND] }, "2024-11-30T00:00:00Z");
  known.take([proposal, record]);
  assert.deepEqual(
    known.open(ID).map(({ estate, item }) => [estate, item]),
    [[ID, "ZM-01"]],
  );

  const { properties } = estateRow(ID, { name: "新苑", geometry: SQUARE }, []);
  /** @type {any} */
  const row = { type: "Feature", id: 7, geometry: SQUARE, properties };
  register.fill({ kinds: [KIND], estates: [row] }, "2024-11-30T00:10:00Z");
  known.take([{ ...proposal, standing: "held" }, record]);
  assert.deepEqual(
    known.estates().map(({ id }) => id),
    [7],
  );
  for (const id of [7, ID])
    assert.deepEqual(
      known.open(id).map(({ estate, item }) => [estate, item]),
      [[7, "ZM-01"]],
    );
  assert.equal(known.last(row, "lighting"), "2024-11-30T01:30:00Z");
});
