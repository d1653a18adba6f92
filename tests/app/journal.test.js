import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import {
  closeUnder,
  freshTablet,
  idOf,
  inspection,
  jpeg,
  LIN,
  NOON,
  openTablet,
  photoBytes,
} from "./tablet/world.js";

/** @type {Awaited<ReturnType<typeof openTablet>>} */
let tablet;
beforeEach(async () => {
  freshTablet();
  tablet = await openTablet();
});
afterEach(() => tablet.close());

/** @param {Parameters<typeof openTablet>[0]} [world] */
async function restart(world) {
  tablet.close();
  tablet = await openTablet(world);
  return tablet;
}

/** @param {import("../../static/app/types.d.ts").Kept} kept @returns {any} */
const receiptOf = ({ id, type, number, sha256, bytes, files }, more = {}) => ({
  ...{ id, type, number, sha256, bytes, status: "held", received_at: "2026-11-22T04:00:01Z" },
  photos: files.map((file) => ({ ...file, held: true, received_bytes: file.bytes })),
  ...more,
});

test("an entry is the canonical body, its hash, its length and its number", async () => {
  const { journal, device } = tablet.store;
  const kept = await journal.add(inspection(idOf(1)));
  assert.equal(
    kept.body,
    `{"answers":{"ZM-01":true},"device":"${device.id}","estate":3,"kind":"lighting",` +
      `"kind_version":1,"number":1,"recorded_at":"2026-11-22T04:00:00Z"}`,
  );
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(kept.body));
  assert.equal(kept.sha256, Buffer.from(digest).toString("hex"));
  assert.equal(kept.bytes, kept.body.length);
  assert.deepEqual([kept.number, kept.standing, kept.addedAt], [1, "waiting", NOON.toISOString()]);
});

test("entries are counted without a gap, also where many are put at once", async () => {
  const { journal } = tablet.store;
  const ids = Array.from({ length: 12 }, (_, n) => idOf(n));
  await Promise.all(ids.map((id) => journal.add(inspection(id))));
  assert.deepEqual(
    journal.all().map(({ number }) => number),
    ids.map((_, n) => n + 1),
  );
  assert.deepEqual(new Set(journal.all().map(({ id }) => id)), new Set(ids));
});

test("two tabs count together, and each sees what the other recorded", async () => {
  const other = await openTablet();
  await Promise.all([
    tablet.store.journal.add(inspection(idOf(1))),
    other.store.journal.add(inspection(idOf(2))),
    tablet.store.journal.add(inspection(idOf(3))),
  ]);
  await Promise.all([tablet.store.journal.reload(), other.store.journal.reload()]);
  assert.deepEqual(
    tablet.store.journal.all().map(({ number }) => number),
    [1, 2, 3],
  );
  assert.deepEqual(other.store.journal.all(), tablet.store.journal.all());
  other.close();
});

test("an entry and the photos that it names are there together, or neither is", async () => {
  const { journal, files } = tablet.store;
  const photo = await files.put("p1", jpeg(photoBytes(3_000_000)), { draft: "d" });
  await assert.rejects(
    journal.add(inspection(idOf(1), { photos: [photo, { ...photo, id: "p2" }] })),
    { code: "photo_missing" },
  );
  await assert.rejects(
    journal.add(inspection(idOf(1), { photos: [{ ...photo, sha256: "0".repeat(64) }] })),
    { code: "photo_missing" },
  );
  assert.deepEqual(journal.all(), []);
  const kept = await journal.add(inspection(idOf(1), { photos: [photo] }));
  assert.deepEqual([kept.number, kept.files], [1, [photo]]);
});

test("adding the same again gives what is there; other content under its id is told", async () => {
  const { journal } = tablet.store;
  const first = await journal.add(inspection(idOf(1)));
  assert.deepEqual(await journal.add(inspection(idOf(1))), first);
  const other = inspection(idOf(1));
  other.content.answers = { "ZM-01": false };
  await assert.rejects(journal.add(other), { code: "exists" });
  assert.deepEqual(journal.all(), [first]);
});

test("nothing of an entry is ever altered by what becomes of it", async () => {
  const { journal } = tablet.store;
  const { body, sha256, number } = await journal.add(inspection(idOf(1)));
  await journal.outcome(idOf(1), { what: "sent" });
  await journal.outcome(idOf(1), { what: "refused", code: "estate_not_found", message: "?" });
  await journal.again(idOf(1));
  await journal.outcome(idOf(1), { what: "sent" });
  await journal.outcome(idOf(1), { what: "received" });
  const kept = (await restart()).store.journal.get(idOf(1));
  assert.deepEqual([kept?.body, kept?.sha256, kept?.number], [body, sha256, number]);
  assert.deepEqual(
    kept?.outcomes.map(({ what }) => what),
    ["sent", "refused", "again", "received"],
  );
  assert.equal(kept?.standing, "sent");
});

test("how an entry stands is told by what became of it", async () => {
  const { journal, files } = tablet.store;
  const photo = await files.put("p1", jpeg(photoBytes(10)));
  let kept = await journal.add(inspection(idOf(1), { photos: [photo] }));
  const now = () => {
    const { standing, photos } = /** @type {typeof kept} */ (journal.get(idOf(1)));
    return [standing, photos[0]?.standing];
  };
  assert.deepEqual(now(), ["waiting", "waiting"]);
  await journal.outcome(idOf(1), { what: "received" });
  assert.deepEqual(now(), ["sent", "waiting"]);
  await journal.outcome(idOf(1), { what: "photo_received", photo: "p1" });
  assert.deepEqual(now(), ["sent", "sent"]);
  kept = /** @type {typeof kept} */ (journal.get(idOf(1)));
  await journal.receipts([receiptOf(kept, { photos: [{ ...photo, held: false }] })], "c1");
  // The server, asked after, does not have it: it goes once more.
  assert.deepEqual(now(), ["sent", "waiting"]);
  await journal.receipts([receiptOf(kept)], "c2");
  assert.deepEqual(now(), ["held", "held"]);
});

test("a receipt of other bytes is none", async () => {
  const { journal, files } = tablet.store;
  const photo = await files.put("p1", jpeg(photoBytes(10)));
  const kept = await journal.add(inspection(idOf(1), { photos: [photo] }));
  await journal.receipts([receiptOf(kept, { sha256: "f".repeat(64) })], "c");
  assert.equal(journal.get(idOf(1))?.standing, "waiting");
  const photos = [{ ...photo, sha256: "f".repeat(64), held: true, received_bytes: 10 }];
  await journal.receipts([receiptOf(kept, { photos })], "c");
  assert.equal(journal.get(idOf(1))?.standing, "sent");
});

test("an entry leaves 30 days after its every byte was receipted, and is still counted", async () => {
  const { journal, files } = tablet.store;
  const photo = await files.put("p1", jpeg(photoBytes(10)));
  const held = await journal.add(inspection(idOf(1), { photos: [photo] }));
  const sent = await journal.add(inspection(idOf(2), { photos: [photo] }));
  const third = await files.put("p3", jpeg(photoBytes(11)));
  await journal.add(inspection(idOf(3), { photos: [third] }));
  for (const { id } of [held, sent]) await journal.outcome(id, { what: "received" });
  const photos = [{ ...photo, held: false, received_bytes: 4 }];
  await journal.receipts([receiptOf(held), receiptOf(sent, { photos })], "c");
  const day = (/** @type {number} */ n) => new Date(NOON.getTime() + n * 24 * 3600 * 1000);
  assert.equal(await journal.prune(day(29.9)), 0);
  assert.equal(await journal.prune(day(30)), 1);
  assert.equal(await journal.prune(day(400)), 0);
  assert.deepEqual(
    journal.all().map(({ id }) => id),
    [idOf(2), idOf(3)],
  );
  // The photo of the one that left is the other's too.
  assert.equal((await files.get("p1"))?.size, 10);
  const { taken, held: there, sent: under } = journal.counts();
  assert.deepEqual([taken, there, under], [3, 1, 1]);
  assert.deepEqual((await journal.told()).pruned, [
    { id: idOf(1), number: 1, sha256: held.sha256, bytes: held.bytes, at: NOON.toISOString() },
  ]);
});

test("photos leave with the last entry that names them", async () => {
  const { journal, files } = tablet.store;
  const photo = await files.put("p1", jpeg(photoBytes(2_500_000)));
  const kept = await journal.add(inspection(idOf(1), { photos: [photo] }));
  await journal.receipts([receiptOf(kept)], "c");
  await journal.prune(new Date("2027-01-01"));
  assert.equal(await files.get("p1"), null);
  assert.equal((await files.read("p1", 0, 100)).length, 0);
});

test("the counts add up to all that was taken", async () => {
  const { journal, files } = tablet.store;
  const photo = await files.put("p1", jpeg(photoBytes(1000)));
  for (let n = 1; n <= 6; n += 1)
    await journal.add(inspection(idOf(n), n === 2 ? { photos: [photo] } : {}));
  await journal.outcome(idOf(2), { what: "received" });
  await journal.outcome(idOf(3), { what: "refused", code: "x", message: "" });
  await journal.receipts([receiptOf(/** @type {any} */ (journal.get(idOf(4))))], "c");
  assert.equal(await journal.cancel(idOf(5)), true);
  await journal.add(inspection(idOf(7), { mends: idOf(6) }));
  await journal.outcome(idOf(2), { what: "photo_refused", photo: "p1", code: "y", message: "" });
  const { bytes } = /** @type {any} */ (journal.get(idOf(1)));
  assert.deepEqual(journal.counts(), {
    ...{ taken: 7, waiting: 2, sent: 1, held: 1, refused: 1, settled: 2, photosRefused: 1 },
    bytes: bytes + /** @type {any} */ (journal.get(idOf(7))).bytes,
  });
  assert.equal(journal.get(idOf(6))?.mendedBy, idOf(7));
});

test("only what never left, or was refused, can be taken back", async () => {
  const { journal } = tablet.store;
  for (let n = 1; n <= 3; n += 1) await journal.add(inspection(idOf(n)));
  await journal.outcome(idOf(1), { what: "sent" });
  await journal.outcome(idOf(2), { what: "sent" });
  await journal.outcome(idOf(2), { what: "refused", code: "x", message: "" });
  assert.equal(await journal.cancel(idOf(1)), false);
  assert.equal(await journal.cancel(idOf(2), "twice by mistake"), true);
  assert.equal(await journal.cancel(idOf(3)), true);
  assert.deepEqual(
    journal.all().map(({ standing }) => standing),
    ["waiting", "cancelled", "cancelled"],
  );
  assert.equal(journal.get(idOf(2))?.outcomes.at(-1)?.message, "twice by mistake");
});

test("after the browser emptied the store, numbers go on after those the server knows", async () => {
  const { journal } = tablet.store;
  const receipt = { ...receiptOf(await journal.add(inspection(idOf(1)))), id: idOf(9), number: 41 };
  await journal.receipts([receipt], "c");
  assert.equal((await journal.add(inspection(idOf(2)))).number, 42);
});

test("what is read of a photo is what was taken, wherever one begins", async () => {
  const { files } = tablet.store;
  const bytes = photoBytes(2_500_001);
  const { sha256 } = await files.put("p1", jpeg(bytes));
  const whole = new Uint8Array(await /** @type {Blob} */ (await files.get("p1")).arrayBuffer());
  assert.deepEqual(Buffer.compare(whole, bytes), 0);
  for (const [from, to] of /** @type {[number, number][]} */ ([
    [0, 10],
    [1_048_570, 1_048_590],
    [1_048_576, 2_097_152],
    [2_500_000, 9_000_000],
    [2_500_001, 2_500_001],
  ]))
    assert.equal(
      Buffer.compare(await files.read("p1", from, to), bytes.subarray(from, to)),
      0,
      `${from}–${to}`,
    );
  // The same again is the same; other bytes under its name are told.
  assert.equal((await files.put("p1", jpeg(bytes))).sha256, sha256);
  await assert.rejects(files.put("p1", jpeg(photoBytes(5))), { code: "exists" });
});

test("someone else on this tablet has a journal of their own", async () => {
  await tablet.store.journal.add(inspection(idOf(1)));
  const hers = await restart({ person: LIN + 1 });
  assert.deepEqual(hers.store.journal.all(), []);
  assert.equal((await hers.store.journal.add(inspection(idOf(2)))).number, 1);
  const his = await restart();
  assert.deepEqual(
    his.store.journal.all().map(({ id, number }) => [id, number]),
    [[idOf(1), 1]],
  );
});

test("the connection dies under us: it is opened again, and nothing is lost", async () => {
  const { journal, files } = tablet.store;
  await journal.add(inspection(idOf(1)));
  await closeUnder(tablet.store);
  await journal.add(inspection(idOf(2)));
  await closeUnder(tablet.store);
  await files.put("p1", jpeg(photoBytes(5)));
  await closeUnder(tablet.store);
  await journal.reload();
  assert.deepEqual(
    journal.all().map(({ number }) => number),
    [1, 2],
  );
});
