import assert from "node:assert/strict";
import { test } from "node:test";
import {
  asked,
  localOf,
  momentOf,
  standing,
  withPhoto,
  withRow,
  writing,
} from "../../static/app/paper_draft.js";
import { addressOf, filtersOf, hashOf, queryOf, routeOf } from "../../static/app/paper_routes.js";

const CASE = "0190c3a0-0000-7000-8000-000000000001";
const OTHER = "0190c3a0-0000-7000-8000-000000000002";
/** @type {any} */
const DRAFT = {
  edits: {
    place: "东门",
    rows: { a: { requirement: "整改", due: null }, b: { requirement: "更换", due: "2024-12-20" } },
    photos: ["p1"],
  },
};

test("an address leads to a list, a paper, a draft or what is due, and back", () => {
  for (const hash of [
    "",
    "#/due",
    `#/${CASE}`,
    `#/new?kind=notice&case=${CASE}&case=${OTHER}`,
    `#/new?kind=reminder&case=${CASE}&escalation=${OTHER}`,
    `#/new?kind=bulletin&community=3`,
  ])
    assert.equal(hashOf(routeOf(hash)), hash);
  assert.deepEqual(routeOf("#/nonsense"), { at: "list" });
  assert.deepEqual(routeOf(`#/new?kind=notice&case=${CASE}`), {
    at: "new",
    kind: "notice",
    cases: [CASE],
    community: "",
    reissues: "",
    escalation: "",
  });
});

test("what the list is narrowed to stands in the address and in the question", () => {
  const filters = filtersOf("?kind=notice&year=2024&q=银星&only=void");
  assert.equal(
    addressOf(filters),
    `?kind=notice&year=2024&q=${encodeURIComponent("银星")}&only=void`,
  );
  assert.equal(
    queryOf(filters, 2),
    `page=2&kind=notice&year=2024&q=${encodeURIComponent("银星")}&void=1`,
  );
  assert.equal(addressOf(filtersOf("")), "");
  assert.equal(
    queryOf(filtersOf("?only=undelivered&company=7"), 1),
    "page=1&company=7&undelivered=1",
  );
});

test("only what is put otherwise is sent, and who is named", () => {
  const from = writing({ kind: "notice", cases: [CASE] });
  assert.deepEqual(asked(from), { kind: "notice", cases: [CASE] });
  const told = {
    ...from,
    edits: { place: "西门" },
    officers: [
      { name: "张三", number: "1" },
      { name: " ", number: "" },
    ],
  };
  assert.deepEqual(asked(told), {
    kind: "notice",
    cases: [CASE],
    edits: { place: "西门" },
    officers: [{ name: "张三", number: "1" }],
  });
  assert.deepEqual(asked(writing({ kind: "bulletin", cases: [CASE], community: "3" })), {
    kind: "bulletin",
    community: 3,
  });
});

test("one line of the list is put otherwise, and the others go with it", () => {
  const from = writing({});
  assert.equal(standing(from, DRAFT, "place"), "东门");
  const first = withRow(from, DRAFT, "a", { requirement: "立即整改" });
  const second = withRow(first, DRAFT, "b", { due: "2024-12-18" });
  assert.deepEqual(second.edits.rows, {
    a: { requirement: "立即整改", due: null },
    b: { requirement: "更换", due: "2024-12-18" },
  });
});

test("a photo is taken to the paper, and left out again", () => {
  const more = withPhoto(writing({}), DRAFT, "p2");
  assert.deepEqual(more.edits.photos, ["p1", "p2"]);
  assert.deepEqual(withPhoto(more, DRAFT, "p1").edits.photos, ["p2"]);
});

test("a moment is the office's, wherever the browser is", () => {
  assert.equal(localOf("2024-11-30T09:30+08:00"), "2024-11-30T09:30");
  assert.equal(momentOf("2024-11-30T09:30"), "2024-11-30T09:30:00+08:00");
  assert.equal(momentOf(""), null);
});
