import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { unzipSync } from "fflate";
import { rescue, rescued, rescueFile } from "../../static/app/rescue.js";
import { statement } from "../../static/app/statement.js";
import {
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

/** @param {number} n @param {number[]} [sizes] */
async function record(n, sizes = []) {
  const { files, journal } = tablet.store;
  const photos = [];
  for (const [at, size] of sizes.entries())
    photos.push(await files.put(`p${n}.${at}`, jpeg(photoBytes(size, n + at)), {}));
  return journal.add(inspection(idOf(n), { photos }));
}

/** @param {import("../../static/app/types.d.ts").Kept} kept @param {any} [more] */
const receiptOf = ({ id, type, number, sha256, bytes, files }, more = {}) => ({
  ...{ id, type, number, sha256, bytes, received_at: "2026-11-22T04:00:00Z" },
  status: /** @type {const} */ ("held"),
  photos: files.map((file) => ({ ...file, held: true, received_bytes: file.bytes })),
  ...more,
});

const told = async () => statement(tablet.store.journal.all(), await tablet.store.journal.told());

test("a tablet with nothing on it agrees with the server", async () => {
  assert.deepEqual(await told(), {
    ...{ taken: 0, held: 0, sent: 0, waiting: 0, settled: 0, refused: [] },
    ...{ differences: [], gaps: [], balanced: true },
  });
});

test("taken is what is held, on the way, waiting, settled and refused", async () => {
  const { journal } = tablet.store;
  const [held, sent, , refused, back, mended] = [
    await record(1),
    await record(2, [10, 20]),
    await record(3),
    await record(4),
    await record(5),
    await record(6),
  ];
  await journal.add(inspection(idOf(7), { mends: mended.id }));
  for (const { id } of [held, sent]) await journal.outcome(id, { what: "received" });
  await journal.receipts([receiptOf(held)], "c");
  await journal.outcome(refused.id, { what: "refused", code: "kind_unknown", message: "?" });
  await journal.outcome(sent.id, {
    ...{ what: "photo_refused", photo: "p2.1", code: "photo_type", message: "!" },
  });
  await journal.cancel(back.id);
  const { refused: reasons, ...all } = await told();
  assert.deepEqual(all, {
    ...{ taken: 7, held: 1, sent: 1, waiting: 2, settled: 2 },
    ...{ differences: [], gaps: [], balanced: true },
  });
  assert.deepEqual(
    reasons.map(({ entry, refusal, photo }) => [entry.number, refusal.code, photo]),
    [
      [2, "photo_type", "p2.1"],
      [4, "kind_unknown", null],
    ],
  );
});

test("what the two do not agree on is named, entry by entry", async () => {
  const { journal } = tablet.store;
  const [other, photo, lost, fresh] = [
    await record(1),
    await record(2, [10]),
    await record(3),
    await record(4),
  ];
  const soon = new Date(NOON.getTime() - 11 * 60_000).toISOString();
  for (const { id } of [other, photo, fresh]) await journal.outcome(id, { what: "received" });
  // Received eleven minutes before the server was asked, which does not tell of it.
  await tablet.store.db.run(["outcomes"], "readwrite", (tx) =>
    tx.objectStore("outcomes").add({ entry: lost.id, what: "received", at: soon }),
  );
  await journal.reload();
  const strange = { ...receiptOf(other), id: idOf(99), number: 12 };
  await journal.receipts(
    [
      receiptOf(other, { sha256: "0".repeat(64) }),
      receiptOf(photo, {
        photos: [{ ...photo.files[0], sha256: "0".repeat(64), held: true, received_bytes: 10 }],
      }),
      strange,
    ],
    "c",
  );
  const { differences, gaps, balanced } = await told();
  assert.deepEqual(differences, [
    { why: "hash", id: other.id, number: 1 },
    { why: "photo", id: photo.id, number: 2, photo: "p2.0" },
    { why: "missing", id: lost.id, number: 3 },
    { why: "unknown", id: idOf(99), number: 12 },
  ]);
  assert.deepEqual([gaps, balanced], [[[5, 11]], false]);
});

test("what has left after its 30 days is counted, and is no difference when told again", async () => {
  const { journal } = tablet.store;
  const kept = await record(1);
  const receipt = receiptOf(kept);
  await journal.receipts([receipt], "c");
  await journal.prune(new Date("2027-01-01"));
  await journal.receipts([receipt], "c2");
  const { taken, held, balanced } = await told();
  assert.deepEqual([taken, held, balanced], [1, 1, true]);
});

/** @param {AsyncGenerator<Uint8Array>} pieces */
async function unzipped(pieces) {
  const parts = [];
  let largest = 0;
  for await (const piece of pieces) {
    parts.push(piece);
    largest = Math.max(largest, piece.length);
  }
  return { files: unzipSync(Buffer.concat(parts)), largest };
}

test("the last resort: all that the server does not hold, in one ZIP", async () => {
  const { journal } = tablet.store;
  const held = await record(1, [10]);
  const waits = await record(2, [2_500_000, 0]);
  const refused = await record(3, [30]);
  const gone = await record(4, [40]);
  await journal.receipts([receiptOf(held)], "c");
  await journal.outcome(refused.id, { what: "refused", code: "x", message: "" });
  await journal.cancel(gone.id);
  const { files, largest } = await unzipped(
    rescue(tablet.store, { appVersion: "abc123", now: NOON }),
  );
  const text = (/** @type {string} */ name) => new TextDecoder().decode(files[name]);
  assert.deepEqual(JSON.parse(text("manifest.json")), {
    person: LIN,
    device: tablet.device.id,
    app_version: "abc123",
    made_at: NOON.toISOString(),
    entries: [waits, refused].map(({ id, number, sha256, files: photos }) => ({
      ...{ id, type: "inspection", number, sha256, file: `entries/${id}.json` },
      photos: photos.map(({ id: photo, sha256: hash, bytes }) => ({
        ...{ id: photo, sha256: hash, bytes, file: `photos/${photo}` },
      })),
    })),
  });
  assert.deepEqual(
    Object.keys(files).sort(),
    [
      "manifest.json",
      ...[waits, refused].map(({ id }) => `entries/${id}.json`),
      ...["photos/p2.0", "photos/p2.1", "photos/p3.0"],
    ].sort(),
  );
  assert.equal(text(`entries/${waits.id}.json`), waits.body);
  assert.equal(
    Buffer.compare(files["photos/p2.0"] ?? new Uint8Array(), photoBytes(2_500_000, 2)),
    0,
  );
  // A video never stands in the memory as a whole.
  assert.ok(largest <= 1 << 20, String(largest));
});

test("as a file it can be saved; with nothing to rescue it says so", async () => {
  assert.deepEqual(rescued(tablet.store.journal.all()), []);
  await record(1, [1000]);
  const file = await rescueFile(tablet.store, { appVersion: "abc123", now: NOON });
  assert.equal(file.type, "application/zip");
  const files = unzipSync(new Uint8Array(await file.arrayBuffer()));
  assert.equal(files["photos/p1.0"]?.length, 1000);
});
