import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { openDB } from "idb";
import { sha256 } from "../../static/app/canonical.js";
import { database } from "../../static/app/store/db.js";
import { nameOf } from "../../static/app/store/index.js";
import { PERSON } from "../../static/app/store/schema.js";
import { wipe } from "../../static/app/store/wipe.js";
import {
  closeUnder,
  freshTablet,
  idOf,
  inspection,
  jpeg,
  LIN,
  openTablet,
  photoBytes,
} from "./tablet/world.js";

beforeEach(freshTablet);

const FIXTURES = new URL("./tablet/versions/", import.meta.url);

/** Every version that tablets may still have, with records that are not sent yet. */
const versions = readdirSync(FIXTURES)
  .sort()
  .map((name) => JSON.parse(readFileSync(new URL(name, FIXTURES), "utf8")));

/** The disk as that version of the app left it. @param {any} fixture */
async function left({ version, stores }) {
  const db = await openDB(nameOf(LIN), version, {
    async upgrade(opened, from, _to, tx) {
      for (const step of PERSON.slice(from, version)) await step(opened, tx);
    },
  });
  for (const [store, rows] of Object.entries(stores))
    for (const { key, value } of /** @type {any[]} */ (rows)) {
      if (value.bytes && store === "pieces") value.bytes = Uint8Array.from(value.bytes);
      await (key === undefined ? db.put(store, value) : db.put(store, value, key));
    }
  db.close();
}

for (const fixture of versions)
  test(`what version ${fixture.version} of the store left unsent is there in full`, async () => {
    await left(fixture);
    const { store, close } = await openTablet();
    const { expected } = fixture;
    assert.deepEqual(
      store.journal.all().map(({ id, number, standing, body, sha256: hash }) => ({
        ...{ id, number, standing, body },
        sha256: hash,
      })),
      expected.entries,
    );
    for (const entry of store.journal.all()) {
      assert.equal(await sha256(new TextEncoder().encode(entry.body)), entry.sha256);
      for (const { id, sha256: hash } of entry.files) {
        const blob = /** @type {Blob} */ (await store.files.get(id));
        assert.equal(await sha256(new Uint8Array(await blob.arrayBuffer())), hash);
      }
    }
    assert.deepEqual(
      store.drafts.begun().map(({ id, filling }) => [id, filling.answers]),
      expected.drafts,
    );
    // And it goes on from there.
    const next = await store.journal.add(inspection(idOf(99)));
    assert.equal(next.number, expected.entries.length + 1);
    close();
  });

test("a fixture stands for every version there ever was", () => {
  assert.deepEqual(
    versions.map(({ version }) => version),
    PERSON.map((_, n) => n + 1),
  );
});

test("a later version's step finds all that the one before left", async () => {
  const before = await openTablet();
  await before.store.journal.add(inspection(idOf(1)));
  before.close();
  const later = database(nameOf(LIN), [
    ...PERSON,
    async (db, tx) => {
      db.createObjectStore("later");
      for (const entry of await tx.objectStore("entries").getAll())
        await tx.objectStore("entries").put({ ...entry, later: true });
    },
  ]);
  const entries = await later.run(["entries"], "readonly", (tx) =>
    tx.objectStore("entries").getAll(),
  );
  assert.deepEqual(
    entries.map(({ id, later }) => [id, later]),
    [[idOf(1), true]],
  );
  later.close();
});

test("a tab of the version before lets the newer one in, and says that it is outdated", async () => {
  const old = await openTablet();
  await old.store.journal.add(inspection(idOf(1)));
  const newer = database(nameOf(LIN), [...PERSON, (db) => void db.createObjectStore("later")]);
  assert.equal(
    await newer.run(["entries"], "readonly", (tx) => tx.objectStore("entries").count()),
    1,
  );
  await assert.rejects(old.store.journal.add(inspection(idOf(2))), { code: "outdated" });
  newer.close();
  old.close();
});

test("a tab that holds the store open and will not let go is named", async () => {
  const deaf = await openDB(nameOf(LIN), 1, {
    upgrade: (db, _from, _to, tx) => void PERSON[0]?.(db, tx),
  });
  const newer = database(nameOf(LIN), [...PERSON, (db) => void db.createObjectStore("later")]);
  const count = () => newer.run(["entries"], "readonly", (tx) => tx.objectStore("entries").count());
  await assert.rejects(count(), { code: "blocked" });
  deaf.close();
  assert.equal(await count(), 0);
  newer.close();
});

test("a full disk is named, and nothing is half written", async () => {
  const { store, close } = await openTablet();
  const photo = await store.files.put("p1", jpeg(photoBytes(100)));
  const { put, add } = IDBObjectStore.prototype;
  /** The disk takes this many more rows; then the browser ends the transaction. */
  let room = 0;
  /** @param {typeof put} write */
  const bounded = (write) =>
    /** @this {any} @param {[any, any?]} parts */
    function (...parts) {
      room -= 1;
      if (room < 0) queueMicrotask(() => this.transaction._abort("QuotaExceededError"));
      return write.apply(this, parts);
    };
  IDBObjectStore.prototype.put = bounded(put);
  IDBObjectStore.prototype.add = bounded(add);
  try {
    for (const rows of [0, 1]) {
      room = rows;
      await assert.rejects(store.files.put("p2", jpeg(photoBytes(2_100_000))), { code: "full" });
      room = rows;
      const news = inspection(idOf(1), { photos: [photo] });
      await assert.rejects(store.journal.add(news), { code: "full" });
    }
  } finally {
    IDBObjectStore.prototype.put = put;
    IDBObjectStore.prototype.add = add;
  }
  await store.journal.reload();
  assert.deepEqual(store.journal.all(), []);
  assert.deepEqual(
    [await store.files.describe("p2"), await store.files.get("p2")],
    [undefined, null],
  );
  assert.equal((await store.files.read("p2", 0, 10)).length, 0);
  // As soon as there is room, the same goes.
  assert.equal((await store.journal.add(inspection(idOf(1), { photos: [photo] }))).number, 1);
  close();
});

test("whatever is recorded is strictly durable; the pack, which can be fetched again, is not", async () => {
  const { store, close } = await openTablet();
  /** @type {[string, string | undefined][]} */
  const asked = [];
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    if (mode === "readwrite") asked.push([String(stores), options?.durability]);
    return transaction.call(this, stores, mode, options);
  };
  try {
    await store.files.put("p1", jpeg(photoBytes(10)));
    await store.journal.add(inspection(idOf(1)));
    await store.journal.outcome(idOf(1), { what: "sent" });
    await store.journal.receipts([], "c");
    await store.rememberUpload("p1", "/u/1");
    await store.pack.put("kinds", { rows: [], gone: [] }, { cursor: "c", mark: "m", anew: true });
  } finally {
    IDBDatabase.prototype.transaction = transaction;
  }
  const pack = asked.pop();
  assert.deepEqual(pack, ["rows,facts", "relaxed"]);
  assert.ok(asked.length >= 5);
  assert.deepEqual(new Set(asked.map(([, durability]) => durability)), new Set(["strict"]));
  close();
});

test("a tablet keeps its name, and knows who used it last", async () => {
  const { device, close } = await openTablet();
  await device.signedIn(/** @type {any} */ ({ id: 8, username: "wang" }), "s1");
  await device.signedIn(/** @type {any} */ ({ id: LIN, username: "lin" }), "s2");
  close();
  const again = await openTablet();
  assert.equal(again.device.id, device.id);
  assert.match(device.id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual([again.device.person()?.username, again.device.session()], ["lin", "s2"]);
  assert.deepEqual(again.device.people(), [8, LIN]);
  await again.device.signedOut();
  assert.deepEqual([again.device.person(), again.device.people()], [null, [8, LIN]]);
  again.close();
});

test("a tablet that is cleared has nothing left of anyone, and writes nothing new", async () => {
  const hers = await openTablet({ person: LIN + 1 });
  await hers.store.journal.add(inspection(idOf(1)));
  hers.close();
  const { store, device } = await openTablet();
  for (const id of [LIN, LIN + 1]) await device.signedIn(/** @type {any} */ ({ id }), "s");
  await store.journal.add(inspection(idOf(2)));
  const otherTab = await openTablet();
  const removed = /** @type {string[]} */ ([]);
  const caches = /** @type {any} */ ({
    keys: async () => ["shell-1", "shell-2"],
    delete: async (/** @type {string} */ name) => removed.push(name),
  });
  const directory = /** @type {any} */ (
    async () => ({
      keys: async function* () {
        yield "basemap-1.pmtiles";
      },
      removeEntry: async (/** @type {string} */ name) => removed.push(name),
    })
  );
  await wipe({ store, device, caches, directory });
  assert.deepEqual(await indexedDB.databases(), []);
  assert.deepEqual(removed, ["shell-1", "shell-2", "basemap-1.pmtiles"]);
  await assert.rejects(store.journal.add(inspection(idOf(3))), { code: "wiped" });
  await assert.rejects(otherTab.store.journal.add(inspection(idOf(4))), { code: "wiped" });
  assert.deepEqual(await indexedDB.databases(), []);
  otherTab.close();
});

test("a connection that dies twice in a row is told", async () => {
  const { store, close } = await openTablet();
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = () => {
    throw new DOMException("gone", "InvalidStateError");
  };
  try {
    await assert.rejects(store.journal.add(inspection(idOf(1))), { code: "failed" });
  } finally {
    IDBDatabase.prototype.transaction = transaction;
  }
  await closeUnder(store);
  assert.equal((await store.journal.add(inspection(idOf(1)))).number, 1);
  close();
});
