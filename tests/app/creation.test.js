import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { connect } from "../../static/app/api.js";
import {
  answered,
  asBefore,
  askedOf,
  contentOf,
  gradesFor,
  sheetOf,
  tallyOf,
} from "../../static/app/creation/sheet.js";
import { fresh } from "../../static/app/form/record.js";
import { rescued } from "../../static/app/rescue.js";
import { format, parse } from "../../static/app/routes.js";
import { statement } from "../../static/app/statement.js";
import { openCreation } from "../../static/app/store/creation.js";
import { openSender } from "../../static/app/sync.js";
import { openServer } from "./tablet/server.js";
import { freshTablet, idOf, inspection, NOON, openTablet } from "./tablet/world.js";

const ENROLMENT = idOf(77);

/** Three items on the sheet, of them one that may not apply; one is seen in the field. */
const STANDARD = {
  version: "1",
  holds_from: "2024-11-07",
  pass_mark: 80,
  categories: [
    {
      code: "C1",
      zh: "目标职责",
      en: "Duties",
      items: [
        { code: "C1-01", zh: "责任人", en: "Person", points: 6, sheet: true, may_not_apply: false },
        { code: "C1-02", zh: "经费", en: "Funds", points: 4.5, sheet: true, may_not_apply: false },
      ],
    },
    {
      code: "C4b",
      zh: "通道",
      en: "Lanes",
      items: [
        { code: "C4b-01", zh: "畅通", en: "Clear", points: 10, sheet: false, may_not_apply: false },
      ],
    },
    {
      code: "C4f",
      zh: "其他",
      en: "Other",
      items: [
        { code: "C4f-01", zh: "水景", en: "Ponds", points: 2, sheet: true, may_not_apply: true },
      ],
    },
  ],
};
/** @type {import("../../static/app/creation/sheet.js").Sheet} */
const EMPTY = {
  enrolment: ENROLMENT,
  form: "self",
  standard: "1",
  day: "2026-11-22",
  grades: {},
};

test("a sheet asks what is not seen in the field, and only what may not apply can be left out", () => {
  assert.deepEqual(
    askedOf(STANDARD).map(({ code, items }) => [code, items.map((each) => each.code)]),
    [
      ["C1", ["C1-01", "C1-02"]],
      ["C4f", ["C4f-01"]],
    ],
  );
  const [first] = STANDARD.categories[0]?.items ?? [];
  const [pond] = STANDARD.categories[2]?.items ?? [];
  assert.deepEqual(gradesFor(/** @type {any} */ (first)), ["met", "partly", "unmet"]);
  assert.deepEqual(gradesFor(/** @type {any} */ (pond)), ["met", "partly", "unmet", "na"]);
});

test("what its own items come to: half for partly, and what does not apply drops out", () => {
  let sheet = answered(EMPTY, "C1-01", { grade: "partly" });
  assert.deepEqual(tallyOf(sheet, STANDARD), {
    ...{ asked: 3, done: 1, open: ["C1-02", "C4f-01"] },
    ...{ earned: 3, applicable: 6 },
  });
  sheet = answered(sheet, "C1-02", { grade: "met" });
  sheet = answered(sheet, "C4f-01", { grade: "na" });
  assert.deepEqual(tallyOf(sheet, STANDARD), {
    ...{ asked: 3, done: 3, open: [] },
    ...{ earned: 7.5, applicable: 10.5 },
  });
});

test("a note alone is kept and not sent; one that is emptied leaves nothing", () => {
  const noted = answered(EMPTY, "C1-02", { note: "问过物业" });
  assert.deepEqual(noted.grades, { "C1-02": { grade: null, note: "问过物业" } });
  assert.deepEqual(contentOf(noted, STANDARD, "2026-11-22T12:00:00+08:00").answers, {});
  assert.deepEqual(answered(noted, "C1-02", { note: "" }).grades, {});
});

test("what is open is filled as last time, and what was answered stays", () => {
  const last = /** @type {const} */ ({
    "C1-01": { grade: "met", note: "", form: "self", day: "2026-10-01" },
    "C1-02": { grade: "unmet", note: "无台账", form: "self", day: "2026-10-01" },
    // Of an item that the standard does not ask any more.
    "C9-99": { grade: "met", note: "", form: "self", day: "2026-10-01" },
  });
  const begun = answered(EMPTY, "C1-01", { grade: "partly" });
  assert.deepEqual(asBefore(begun, STANDARD, last).grades, {
    "C1-01": { grade: "partly", note: "" },
    "C1-02": { grade: "unmet", note: "" },
  });
});

test("what is sent can be opened again as it was", () => {
  const sheet = answered(answered(EMPTY, "C1-01", { grade: "met", note: " 在岗 " }), "C4f-01", {
    grade: "na",
  });
  const content = contentOf(sheet, STANDARD, "2026-11-22T12:00:00+08:00");
  assert.deepEqual(content, {
    enrolment: ENROLMENT,
    form: "self",
    day: "2026-11-22",
    standard: "1",
    recorded_at: "2026-11-22T12:00:00+08:00",
    answers: { "C1-01": { grade: "met", note: "在岗" }, "C4f-01": { grade: "na" } },
  });
  assert.deepEqual(sheetOf(/** @type {any} */ (content)), {
    ...EMPTY,
    grades: { "C1-01": { grade: "met", note: "在岗" }, "C4f-01": { grade: "na", note: "" } },
  });
});

test("a sheet has an address of its own on the page", () => {
  const route = /** @type {const} */ ({ at: "sheet", enrolment: ENROLMENT, form: "recheck" });
  assert.equal(format(route), `#/sheet/${ENROLMENT}/recheck`);
  assert.deepEqual(parse(format(route)), route);
  assert.deepEqual(parse(`#/sheet/${ENROLMENT}/other`), { at: "find" });
  assert.deepEqual(parse("#/sheets"), { at: "sheets" });
});

/** @type {Awaited<ReturnType<typeof openTablet>>} */
let tablet;
/** @type {ReturnType<typeof openServer>} */
let server;
/** Node ends where nothing but an unreferenced timer waits. @type {any} */
let awake;
beforeEach(async () => {
  freshTablet();
  tablet = await openTablet();
  server = openServer();
  awake = setInterval(() => {}, 1000);
});
afterEach(() => {
  clearInterval(awake);
  tablet.close();
});

const sender = () =>
  openSender({
    store: tablet.store,
    api: connect({ fetch: server.fetch, token: () => "t", device: tablet.device.id }),
    appVersion: "abc123",
    token: () => "t",
    now: () => NOON,
    locks: undefined,
  });

/** @param {string} kind */
const draftOf = (kind) => ({ ...fresh(0, kind), sheet: EMPTY });

/** @param {any} draft */
const submit = (draft) =>
  tablet.store.record(draft, {
    id: draft.id,
    type: "sheet",
    content: contentOf(draft.sheet, STANDARD, "2026-11-22T12:00:00+08:00"),
    estate: 3,
    kind: draft.sheet.form,
    recordedAt: "2026-11-22T12:00:00+08:00",
  });

test("what the sheets ask is there after a restart, and a standard that is told no more stays", async () => {
  const creation = openCreation(tablet.store.db);
  assert.equal(creation.toldAt(), null);
  const enrolment = /** @type {any} */ ({ id: ENROLMENT, estate: { id: 3, name: "紫云里" } });
  await creation.put({ standards: [STANDARD], enrolments: [enrolment] }, "2026-11-22T04:00:00Z");
  const next = { ...STANDARD, version: "2" };
  await creation.put({ standards: [next], enrolments: [enrolment] }, "2026-11-23T04:00:00Z");
  tablet.close();
  tablet = await openTablet();
  const again = openCreation(tablet.store.db);
  await again.read();
  assert.equal(again.toldAt(), "2026-11-23T04:00:00Z");
  assert.deepEqual([again.standard("1"), again.standard("2")], [STANDARD, next]);
  assert.equal(again.enrolment(ENROLMENT)?.estate.name, "紫云里");
});

test("a sheet is on the disk as it is filled, and one only looked at was not begun", async () => {
  const draft = draftOf("sheet:self:77");
  tablet.store.drafts.keep(draft);
  assert.deepEqual(tablet.store.drafts.begun(), []);
  tablet.store.drafts.keep({ ...draft, sheet: answered(EMPTY, "C1-01", { grade: "met" }) });
  assert.equal(await tablet.store.drafts.settled(), "saved");
  tablet.close();
  tablet = await openTablet();
  assert.deepEqual(tablet.store.drafts.of(0, "sheet:self:77")?.sheet?.grades, {
    "C1-01": { grade: "met", note: "" },
  });
});

test("submitted, it is an entry and no draft; it goes in its turn and is held by the end", async () => {
  await tablet.store.journal.add(inspection(idOf(1)));
  const draft = { ...draftOf("sheet:self:77") };
  draft.sheet = answered(EMPTY, "C1-01", { grade: "met" });
  tablet.store.drafts.keep(draft);
  const kept = await submit(draft);
  assert.deepEqual([kept.number, kept.standing], [2, "waiting"]);
  assert.deepEqual(tablet.store.drafts.begun(), []);
  assert.deepEqual(
    rescued(tablet.store.journal.all()).map(({ type }) => type),
    ["inspection", "sheet"],
  );
  assert.equal(await sender().run(), "received");
  assert.deepEqual(
    server.asked.filter((each) => each.startsWith("PUT") && !each.includes("devices")),
    [`PUT /api/v1/inspections/${idOf(1)}/`, `PUT /api/v1/campaign/sheets/${draft.id}/`],
  );
  assert.equal(server.records.get(draft.id)?.body, kept.body);
  const { journal } = tablet.store;
  const { taken, held, balanced } = statement(journal.all(), await journal.told());
  assert.deepEqual({ taken, held, balanced }, { taken: 2, held: 2, balanced: true });
});

test("one that comes back stays, says why, and holds up nothing behind it", async () => {
  const first = { ...draftOf("sheet:self:77"), sheet: answered(EMPTY, "C1-01", { grade: "met" }) };
  tablet.store.drafts.keep(first);
  await submit(first);
  await tablet.store.journal.add(inspection(idOf(1)));
  server.refuses = (id) => (id === first.id ? { status: 403, code: "sheet_not_allowed" } : null);
  assert.equal(await sender().run(), "refused");
  assert.deepEqual(
    tablet.store.journal
      .all()
      .map(({ type, standing, refusal }) => [type, standing, refusal?.code]),
    [
      ["sheet", "refused", "sheet_not_allowed"],
      ["inspection", "held", undefined],
    ],
  );
});
