import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { unzipSync } from "fflate";
import { connect } from "../../static/app/api.js";
import {
  afterOwn,
  byUrgency,
  caseIdOf,
  lackingOf,
  movesOf,
  toldCase,
} from "../../static/app/recheck.js";
import { rescueFile } from "../../static/app/rescue.js";
import { format, parse } from "../../static/app/routes.js";
import { statement } from "../../static/app/statement.js";
import { openKnown } from "../../static/app/store/known.js";
import { openRegister } from "../../static/app/store/register.js";
import { openSender } from "../../static/app/sync.js";
import { openServer } from "./tablet/server.js";
import {
  freshTablet,
  idOf,
  inspection,
  jpeg,
  NOON,
  openTablet,
  photoBytes,
} from "./tablet/world.js";

const CASE = "17347c2b-cd7c-52a3-82ee-aa2342137c7c";

/** As the pack has it. @param {Partial<import("../../static/app/recheck.js").Told>} [news] @returns {any} */
const row = (news = {}) => ({
  id: CASE,
  geometry: { type: "Point", coordinates: [118.57, 24.8] },
  properties: {
    ...{ id: CASE, number: 12, version: 3, state: "checking", source: "inspection" },
    ...{ kind: "lighting", item: "ZM-01", title: "路灯不亮", severity: 2, community: 1 },
    ...{ estate: 5, asset: null, reported_at: "2026-11-20T01:30:00Z" },
    ...{ step_due_at: "2026-11-23T09:30:00Z", due_at: "2026-11-27T09:30:00Z" },
    ...{ provisional: false, reopened: 0, handler: "company", company_name: "安居物业" },
    ...{ unit_name: null, person_name: null, own_work: false, note: "灯泡已换" },
    before: [{ id: "before-1", small: "/small.jpg", bytes: 700 }],
    after: [],
    handed_back_at: "2026-11-22T02:00:00Z",
    ...news,
  },
});

/** @param {any} [news] */
const told = (news) => toldCase(row(news));

/** An entry of the journal. @param {any} [news] @returns {any} */
const move = ({ standing = "waiting", answer = null, ...content } = {}) => ({
  id: "m1",
  type: "move",
  case: CASE,
  standing,
  recordedAt: "2026-11-22T12:00:00+08:00",
  body: JSON.stringify({ case: CASE, move: "pass_check", version: 3, ...content }),
  outcomes: answer ? [{ what: "received", answer }] : [],
});

test("what is done to a case is true on the tablet at once, and stays so when the pack tells it", () => {
  const waiting = afterOwn(told(), [move()]);
  assert.deepEqual(
    [waiting.state, waiting.version, waiting.move?.standing, waiting.overtaken],
    ["checked", 4, "waiting", false],
  );
  assert.deepEqual(movesOf(waiting), []);
  const made = { standing: "made", version: 4, state: "checked" };
  const sent = afterOwn(told(), [move({ standing: "sent", answer: made })]);
  assert.deepEqual([sent.state, sent.version, sent.move?.standing], ["checked", 4, "sent"]);
  // The pack knows it, and what came after.
  const later = told({ version: 7, state: "checking" });
  const known = afterOwn(later, [move({ standing: "held", answer: made })]);
  assert.deepEqual([known.state, known.version, known.move], ["checking", 7, null]);
  assert.deepEqual(movesOf(known), ["pass_check", "fail_check"]);
});

test("of a case that had gone on, what was done is a suggestion, and said to be one", () => {
  const ahead = afterOwn(told({ version: 5 }), [move()]);
  assert.deepEqual([ahead.state, ahead.version, ahead.overtaken], ["checking", 5, true]);
  const answer = { standing: "proposed", version: 5, state: "checking" };
  const proposed = afterOwn(told({ version: 5 }), [move({ standing: "sent", answer })]);
  assert.deepEqual(
    [proposed.state, proposed.move?.standing, proposed.overtaken],
    ["checking", "proposal", true],
  );
  assert.deepEqual(movesOf(proposed), []);
});

test("what came back, was taken back or is of another case changes nothing", () => {
  const refused = afterOwn(told(), [move({ standing: "refused" })]);
  assert.deepEqual([refused.state, refused.move?.standing], ["checking", "refused"]);
  assert.deepEqual(movesOf(refused), ["pass_check", "fail_check"]);
  for (const each of [move({ standing: "cancelled" }), move({ standing: "mended" })])
    assert.deepEqual(afterOwn(told(), [each]), told());
  assert.deepEqual(afterOwn(told({ id: "other" }), [move()]), told({ id: "other" }));
});

test("which moves there are follows from the state, and four eyes look", () => {
  assert.deepEqual(movesOf(told()), ["pass_check", "fail_check"]);
  assert.deepEqual(movesOf(told({ own_work: true })), ["fail_check"]);
  assert.deepEqual(movesOf(told({ state: "reported" })), ["fix_on_spot"]);
  assert.deepEqual(movesOf(told({ state: "filed" })), []);
});

test("a move says what it still lacks", () => {
  const bare = { note: " ", photos: [] };
  const beside = { note: "", photos: [{ pair: "before-1" }] };
  const alone = { note: "仍不亮", photos: [{}] };
  assert.deepEqual(lackingOf("pass_check", bare, told()), ["photo"]);
  assert.deepEqual(lackingOf("pass_check", alone, told()), ["pair"]);
  assert.deepEqual(lackingOf("pass_check", beside, told()), []);
  assert.deepEqual(lackingOf("pass_check", alone, told({ before: [] })), []);
  assert.deepEqual(lackingOf("fail_check", bare, told()), ["note", "photo"]);
  assert.deepEqual(lackingOf("fail_check", alone, told()), []);
  assert.deepEqual(lackingOf("fix_on_spot", beside, told()), []);
});

test("the most urgent comes first: by the step's time, else the case's, and then by severity", () => {
  const cases = [
    told({ number: 1, step_due_at: null, due_at: null }),
    told({ number: 2, step_due_at: "2026-11-24T09:30:00Z", severity: 3 }),
    told({ number: 3, step_due_at: null, due_at: "2026-11-22T09:30:00Z" }),
    told({ number: 4, step_due_at: "2026-11-24T09:30:00Z", severity: 1 }),
  ];
  assert.deepEqual(
    byUrgency(cases).map(({ number }) => number),
    [3, 4, 2, 1],
  );
});

test("the place in the page says which case", () => {
  for (const hash of ["#/rechecks", `#/case/${CASE}`, `#/case/${CASE}/camera`])
    assert.equal(format(parse(hash)), hash);
  assert.equal(format(parse(`#/case/${CASE}/photos`)), `#/case/${CASE}/photos`);
  assert.deepEqual(parse("#/case/nothing"), { at: "find" });
});

/** A kind with one fault to be had, and one for note. @type {any} */
const KIND = {
  slug: "lighting",
  items: [
    ["ZM-01", "must"],
    ["ZM-02", "should"],
  ].map(([code, force]) => ({
    ...{ code, force, severity: 2, zh: `${code}坏`, answer: { type: "yes_no" } },
    ...{ sure: "V", only_if: null, retired: false },
    rules: [{ type: "must_be", value: false, only_if: null, sure: null, force: null }],
  })),
};

test("what was just found can be put right before any server knows of it", () => {
  const register = openRegister();
  const estate = { type: "Feature", id: 5, geometry: null, properties: { community: 1 } };
  const parts = { kinds: [KIND], estates: [estate], rechecks: [row()] };
  register.fill(parts, "2026-11-21T00:00:00Z");
  const known = openKnown(register, /** @type {any} */ ({ isOver: () => false }));
  const found = /** @type {any} */ ({
    ...inspection(idOf(1)),
    ...{ standing: "waiting", outcomes: [], addedAt: "2026-11-22T04:00:00Z" },
    body: JSON.stringify({
      ...inspection(idOf(1)).content,
      estate: 5,
      answers: { "ZM-01": true, "ZM-02": true },
      photos: [{ id: "p1", item: "ZM-01" }],
    }),
  });
  const id = caseIdOf(idOf(1), "ZM-01");
  known.take([found]);
  // The one for note opens none.
  assert.deepEqual(
    known.cases().map((each) => each.id),
    [CASE, id],
  );
  const one = known.case(id);
  assert.deepEqual(
    [one?.state, one?.version, one?.number, one?.title, one?.after_entry, one?.before[0]?.id],
    ["reported", 0, null, "ZM-01坏", idOf(1), "p1"],
  );
  const fixed = { ...move({ move: "fix_on_spot", version: 0 }), id: "m2", case: id };
  known.take([found, fixed]);
  assert.deepEqual([known.case(id)?.state, known.case(id)?.move?.name], ["fixed", "fix_on_spot"]);
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

function senderOf() {
  const { store, device } = tablet;
  const api = connect({
    ...{ fetch: server.fetch, token: () => "t", patienceMs: 15, now: () => NOON },
    device: device.id,
  });
  return openSender({
    ...{ store, api, appVersion: "abc123", token: () => "t", now: () => NOON },
    locks: undefined,
    uploading: { pause: async () => {}, patienceMs: 15 },
  });
}

/** @param {number} n @param {any} [more] */
async function recheck(n, { after, mends } = /** @type {any} */ ({})) {
  const photo = await tablet.store.files.put(`p${n}`, jpeg(photoBytes(500, n)));
  const content = {
    ...{ case: CASE, move: "fix_on_spot", version: 0, recorded_at: "2026-11-22T12:00:00+08:00" },
    photos: [{ ...photo, pair: "before-1" }],
  };
  return tablet.store.journal.add({
    ...{ id: idOf(n), type: "move", content, case: CASE, estate: 5, kind: "lighting" },
    ...{ about: { number: null, item: "ZM-01", title: "路灯不亮" } },
    recordedAt: content.recorded_at,
    ...(after ? { after } : {}),
    ...(mends ? { mends } : {}),
  });
}

test("a move goes after the record that opens its case, with its photo, and is accounted for", async () => {
  const { journal } = tablet.store;
  await journal.add(inspection(idOf(1)));
  await recheck(2, { after: idOf(1) });
  assert.equal(await senderOf().run(), "received");
  const sent = server.asked.filter((each) => each.startsWith("PUT") && !each.includes("devices"));
  assert.deepEqual(sent, [
    `PUT /api/v1/inspections/${idOf(1)}/`,
    `PUT /api/v1/cases/${CASE}/moves/${idOf(2)}/`,
  ]);
  assert.equal(JSON.parse(server.records.get(idOf(2))?.body ?? "").photos[0].pair, "before-1");
  assert.equal(server.photos.get("p2")?.entry, idOf(2));
  assert.deepEqual(
    journal.all().map(({ standing }) => standing),
    ["held", "held"],
  );
  const { taken, held, balanced } = statement(journal.all(), await journal.told());
  assert.deepEqual([taken, held, balanced], [2, 2, true]);
});

test("while what it depends on waits for its inspector, a move waits with it", async () => {
  const { journal } = tablet.store;
  await journal.add(inspection(idOf(1)));
  await recheck(2, { after: idOf(1) });
  server.refuses = (id) => (id === idOf(1) ? { status: 400, code: "answers_invalid" } : null);
  assert.equal(await senderOf().run(), "refused");
  assert.deepEqual(
    journal.all().map(({ standing }) => standing),
    ["refused", "waiting"],
  );
  assert.ok(!server.asked.some((each) => each.includes("/moves/")));
  server.refuses = () => null;
  await journal.again(idOf(1));
  assert.equal(await senderOf().run(), "received");
  assert.deepEqual(
    journal.all().map(({ standing }) => standing),
    ["held", "held"],
  );
});

test("a move of a case that the server does not know yet is kept there, and sent no more", async () => {
  const { journal } = tablet.store;
  await recheck(1);
  server.refuses = () => ({ status: 409, code: "case_unknown" });
  assert.equal(await senderOf().run(), "received");
  const [kept] = journal.all();
  assert.deepEqual(
    [kept?.standing, kept?.outcomes.map(({ what }) => what)],
    ["sent", ["sent", "parked", "photo_received", "receipt"]],
  );
});

test("what never arrives is in the rescue file, and says of which case it is", async () => {
  await recheck(1);
  const file = await rescueFile(tablet.store, { appVersion: "abc123", now: NOON });
  const zip = unzipSync(new Uint8Array(await file.arrayBuffer()));
  const text = (/** @type {string} */ name) => JSON.parse(new TextDecoder().decode(zip[name]));
  assert.equal(text("manifest.json").entries[0].type, "move");
  assert.equal(text(`entries/${idOf(1)}.json`).case, CASE);
  assert.ok(zip["photos/p1"]);
});
