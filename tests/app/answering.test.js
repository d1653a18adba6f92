import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openAnswerer } from "../../static/app/answering.js";
import { connect } from "../../static/app/api.js";
import { dueOf, hashOf, onShelf, routeOf, waysTo } from "../../static/app/asked.js";
import { canonical } from "../../static/app/canonical.js";
import { openAnswers } from "../../static/app/store/answers.js";
import { openServer } from "./tablet/server.js";
import { photoBytes } from "./tablet/world.js";

const LIN = 7;
const CASE = "c-1";

/** @type {ReturnType<typeof openServer>} */
let server;
/** What the server says of a move that it was asked for: how many of its photos it holds. */
let held = 1;
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  server = openServer({ person: LIN });
  held = 1;
});

/** @type {Awaited<ReturnType<typeof openAnswers>>[]} */
let opened = [];
afterEach(() => {
  for (const each of opened) each.close();
  opened = [];
});

/** What is on the phone. */
async function onPhone() {
  const answers = await openAnswers(LIN);
  opened.push(answers);
  return answers;
}

/** The stand-in answers for moves that are put; what it holds of one is said here. @param {any} path @param {any} [init] */
const fetched = async (path, init) => {
  const asksBack = (init?.method ?? "GET") === "GET" && /\/moves\/[^/]+\/$/.test(path);
  if (!asksBack) return server.fetch(path, init);
  server.asked.push(`GET ${path}`);
  return new Response(JSON.stringify({ evidence: { declared: 1, held } }));
};

/** @param {{ answers: any, onRefused?: any }} world */
const sender = (world) =>
  openAnswerer({
    ...world,
    api: connect({ fetch: fetched, token: () => "t", patienceMs: 50 }),
    locks: undefined,
    uploading: { pause: async () => {}, patienceMs: 50 },
  });

/** An answer with one photo, on the phone. @param {string} [id] */
async function answered(id = "m-1") {
  const answers = await onPhone();
  const file = await answers.files.put(`p-${id}`, new Blob([photoBytes(300_000)]), {
    draft: CASE,
    type: "image/jpeg",
  });
  const draft = { case: CASE, move: "hand_back", note: "修好", until: "", photos: [] };
  await answers.keep(draft);
  const body = canonical({
    move: "hand_back",
    version: 3,
    recorded_at: "2026-11-22T12:00:00+08:00",
    note: "修好",
    photos: [file],
  });
  await answers.send({
    ...{ id, case: CASE, number: 1, title: "路灯不亮", move: "hand_back", body },
    files: [file],
    addedAt: "2026-11-22T04:00:00.000Z",
  });
  return answers;
}

test("an answer is a draft no more once it is to be sent, and there after a restart", async () => {
  const answers = await answered();
  assert.equal(answers.draft(CASE, "hand_back"), undefined);
  const again = await onPhone();
  assert.deepEqual(
    again.waiting().map(({ id, record, heldAt }) => ({ id, record, heldAt })),
    [{ id: "m-1", record: "waiting", heldAt: null }],
  );
});

test("the move goes before its photo, and the phone lets go when the server says it has all", async () => {
  const answers = await answered();
  assert.equal(await sender({ answers }).run(), "sent");
  const [put, post] = server.asked.filter((each) => !each.startsWith("GET"));
  assert.match(put ?? "", /^PUT \/api\/v1\/cases\/c-1\/moves\/m-1\/$/);
  assert.match(post ?? "", /^POST \/api\/v1\/uploads\/$/);
  assert.equal(server.photos.get("p-m-1")?.bytes.length, 300_000);
  const [answer] = answers.all();
  assert.deepEqual([answers.waiting().length, Boolean(answer?.heldAt)], [0, true]);
  assert.equal(await answers.files.describe("p-m-1"), undefined);
});

test("a line that breaks in the middle of a photo goes on where it broke", async () => {
  const answers = await answered();
  let cuts = 2;
  server.fault = ({ method }) => (method === "PATCH" && cuts-- > 0 ? "lost" : null);
  assert.equal(await sender({ answers }).run(), "sent");
  assert.equal(server.photos.get("p-m-1")?.bytes.length, 300_000);
  assert.equal(server.asked.filter((each) => each.startsWith("PUT")).length, 1);
});

test("without a line everything stays, and nothing is said to have arrived", async () => {
  const answers = await answered();
  server.fault = () => "offline";
  const answerer = sender({ answers });
  assert.equal(await answerer.run(), "unreachable");
  assert.deepEqual([answers.waiting().length, answers.all()[0]?.record], [1, "waiting"]);
  server.fault = () => null;
  assert.equal(await answerer.run(), "sent");
  assert.equal(answers.waiting().length, 0);
});

test("what the server does not hold after all is sent again", async () => {
  const answers = await answered();
  held = 0;
  const answerer = sender({ answers });
  assert.equal(await answerer.run(), "unreachable");
  assert.deepEqual(answers.all()[0]?.photos, {});
  assert.notEqual(await answers.files.describe("p-m-1"), undefined);
  held = 1;
  assert.equal(await answerer.run(), "sent");
  assert.equal(answers.waiting().length, 0);
});

test("of somebody else who signed in on the phone nothing is sent in their name", async () => {
  const answers = await answered();
  server.person = 8;
  assert.equal(await sender({ answers }).run(), "someone_else");
  server.signedIn = false;
  assert.equal(await sender({ answers }).run(), "signed_out");
  assert.equal(server.records.size, 0);
});

test("what is refused says why, waits for the person, and holds up nothing", async () => {
  server.refuses = (id) => (id === "m-1" ? { status: 409, code: "move_not_allowed" } : null);
  const answers = await answered("m-1");
  await answered("m-2");
  await answers.reload();
  /** @type {string[]} */
  const told = [];
  const onRefused = (/** @type {any} */ { id, record }) => told.push(`${id} ${record}`);
  assert.equal(await sender({ answers, onRefused }).run(), "sent");
  const [first, second] = answers.all();
  assert.deepEqual([first?.record, first?.code], ["refused", "move_not_allowed"]);
  assert.deepEqual(told, ["m-1 refused"]);
  assert.equal(Boolean(second?.heldAt), true);
  await answers.forget("m-1");
  assert.deepEqual(
    answers.all().map(({ id }) => id),
    ["m-2"],
  );
});

test("one that came late is with the office as a proposal", async () => {
  server.moved = ({ version }) => ({ standing: "proposed", version, state: "closed" });
  const answers = await answered();
  assert.equal(await sender({ answers }).run(), "sent");
  assert.equal(answers.all()[0]?.record, "proposed");
});

test("cases lie on the shelf of whose turn it is, the most pressing first", () => {
  /** @param {string} id @param {string} state @param {string | null} due @param {Partial<any>} [more] */
  const row = (id, state, due, more = {}) => ({
    properties: /** @type {any} */ ({
      ...{ id, state, step_due_at: due, due_at: null, ended_at: null, severity: 3 },
      ...more,
    }),
  });
  const rows = [
    row("a", "in_progress", "2026-11-24"),
    row("b", "assigned", "2026-11-23"),
    row("c", "checking", "2026-11-22"),
    row("d", "closed", null, { ended_at: "2026-11-20" }),
    row("e", "extension_asked", null),
  ];
  /** @param {any} shelf */
  const on = (shelf) => onShelf(rows, shelf).map(({ properties }) => properties.id);
  assert.deepEqual(on("todo"), ["b", "a", "e"]);
  assert.deepEqual([on("claim"), on("fix")], [["b"], ["a", "e"]]);
  assert.deepEqual([on("checking"), on("ended")], [["c"], ["d"]]);
  // What the office has in hand has no deadline for the company.
  assert.deepEqual(rows.map(({ properties }) => dueOf(properties)).slice(1, 3), [
    "2026-11-23",
    null,
  ]);
});

test("a screen has an address, and an address its screen", () => {
  for (const hash of ["#/todo", "#/ended", "#/papers", "#/case/c-1", "#/camera/c-1/p-2"])
    assert.equal(hashOf(routeOf(hash)), hash);
  assert.deepEqual(routeOf(""), { at: "list", shelf: "todo" });
  assert.deepEqual(routeOf("#/nothing"), { at: "list", shelf: "todo" });
});

test("ways to a place name it in GCJ-02, each in the order its app has them", () => {
  const { amap, baidu } = waysTo([118.58, 24.8], "银星花园");
  assert.equal(
    amap,
    "https://uri.amap.com/marker?position=118.580000,24.800000&name=%E9%93%B6%E6%98%9F%E8%8A%B1%E5%9B%AD",
  );
  assert.match(baidu, /location=24\.800000,118\.580000&.*coord_type=gcj02$/);
});
