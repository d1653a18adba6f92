import assert from "node:assert/strict";
import { test } from "node:test";
import { eachOnATablet, openLocks, record, senderOf, standings, world } from "./tablet/sender.js";
import { idOf, LIN, openTablet, photoBytes } from "./tablet/world.js";

eachOnATablet();

test("records go oldest first, each with its photos, and are held by the end", async () => {
  for (const n of [1, 2]) await record(n, { sizes: [1000, 700_000] });
  const seen = /** @type {any[]} */ ([]);
  const sender = senderOf(world.tablet, {
    onChange: (/** @type {any} */ { entries, bytes }) => seen.push([entries.done, bytes.done]),
  });
  assert.equal(await sender.run(), "received");
  assert.deepEqual(standings(), ["held", "held"]);
  for (const n of [1, 2]) {
    const kept = /** @type {any} */ (world.tablet.store.journal.get(idOf(n)));
    assert.equal(world.server.records.get(idOf(n))?.body, kept.body);
    assert.equal(
      Buffer.compare(
        /** @type {any} */ (world.server.photos.get(`p${n}.1`)).bytes,
        photoBytes(700_000, n * 10 + 2),
      ),
      0,
    );
  }
  const puts = world.server.asked.filter((each) => each.startsWith("PUT /api/v1/inspections"));
  assert.deepEqual(
    puts,
    [1, 2].map((n) => `PUT /api/v1/inspections/${idOf(n)}/`),
  );
  const { bytes, entries } = sender.progress();
  assert.deepEqual([entries, bytes.done], [{ done: 2, total: 2 }, bytes.total]);
  const done = seen.map(([, n]) => n);
  assert.deepEqual(
    done,
    [...done].sort((a, b) => a - b),
  );
  assert.deepEqual(
    world.server.contacts.map(({ unsent, unsent_bytes }) => [unsent, unsent_bytes > 0]),
    [
      [2, true],
      [0, false],
    ],
  );
});

test("what is refused is kept with its reason, and the next one goes", async () => {
  world.server.refuses = (id) =>
    id === idOf(1) ? { status: 404, code: "estate_not_found" } : null;
  world.server.refusesPhoto = (id) =>
    id === "p2.0" ? { status: 413, code: "upload_too_large" } : null;
  await record(1, { sizes: [10] });
  await record(2, { sizes: [10, 20] });
  await record(3, { sizes: [10] });
  assert.equal(await senderOf().run(), "refused");
  assert.deepEqual(standings(), ["refused", "sent", "held"]);
  const [first, second] = world.tablet.store.journal.all();
  assert.equal(first?.refusal?.code, "estate_not_found");
  assert.deepEqual(
    second?.photos.map(({ standing, refusal }) => [standing, refusal?.code]),
    [
      ["refused", "upload_too_large"],
      ["held", undefined],
    ],
  );
  // Nothing of it is sent again by itself; by the person's wish all of it is.
  const before = world.server.asked.length;
  await senderOf().run();
  assert.ok(!world.server.asked.slice(before).some((each) => each.includes("inspections")));
  world.server.refuses = () => null;
  world.server.refusesPhoto = () => null;
  await world.tablet.store.journal.again(idOf(1));
  await world.tablet.store.journal.again(idOf(2));
  assert.equal(await senderOf().run(), "received");
  assert.deepEqual(standings(), ["held", "held", "held"]);
});

test("one that the server never answers does not hold up the others", async () => {
  world.server.fault = ({ path }) => (path.includes(idOf(1)) ? "hangs" : null);
  for (const n of [1, 2, 3]) await record(n);
  assert.equal(await senderOf().run(), "unreachable");
  assert.deepEqual(standings(), ["waiting", "held", "held"]);
});

test("two that the server can't answer come last the next time", async () => {
  world.server.fault = ({ path }) =>
    path.includes(idOf(1)) || path.includes(idOf(2)) ? 500 : null;
  for (const n of [1, 2, 3, 4]) await record(n);
  const sender = senderOf();
  assert.equal(await sender.run(), "unreachable");
  assert.deepEqual(standings(), ["waiting", "waiting", "waiting", "waiting"]);
  assert.equal(await sender.run(), "unreachable");
  assert.deepEqual(standings(), ["waiting", "waiting", "held", "held"]);
});

test("with no line it stops at once; when it is back it goes on", async () => {
  for (const n of [1, 2]) await record(n, { sizes: [500_000] });
  world.server.fault = () => "offline";
  const sender = senderOf();
  assert.equal(await sender.run(), "unreachable");
  assert.equal(world.server.asked.length, 1);
  world.server.fault = () => null;
  assert.equal(await sender.run(), "received");
});

test("an answer that is lost after the server took the record costs nothing but a repeat", async () => {
  const lost = new Set();
  world.server.fault = ({ method, path }) => {
    const once = `${method} ${path}`;
    if (lost.has(once) || method === "GET") return null;
    lost.add(once);
    return "lost";
  };
  await record(1, { sizes: [500_000] });
  for (let n = 0; n < 4 && standings()[0] !== "held"; n += 1) await senderOf().run();
  assert.deepEqual(standings(), ["held"]);
  assert.deepEqual([world.server.records.size, world.server.photos.size], [1, 1]);
});

test("an expired sign-in stops it and loses nothing; the same person goes on", async () => {
  await record(1, { sizes: [10] });
  world.server.signedIn = false;
  assert.equal(await senderOf().run(), "signed_out");
  assert.deepEqual(standings(), ["waiting"]);
  world.server.signedIn = true;
  assert.equal(await senderOf().run(), "received");
});

test("someone else signed in sends nothing of this one's", async () => {
  await record(1);
  world.server.person = LIN + 1;
  assert.equal(await senderOf().run(), "someone_else");
  assert.equal(world.server.records.size, 0);
  world.server.person = LIN;
  assert.equal(await senderOf().run(), "received");
});

test("someone else who signs in between two records is noticed before the second", async () => {
  for (const n of [1, 2]) await record(n);
  let session = "lin";
  const sender = senderOf(world.tablet, { token: () => session });
  world.server.fault = ({ path }) => {
    if (path.includes(idOf(1))) {
      session = "wang";
      world.server.person = LIN + 1;
    }
    return null;
  };
  assert.equal(await sender.run(), "someone_else");
  assert.deepEqual([...world.server.records.keys()], [idOf(1)]);
});

test("a correction that comes before what it corrects waits at the server and is held with it", async () => {
  await record(1);
  await record(2, { content: { supersedes: idOf(1), reason: "?" } });
  world.server.fault = ({ path }) => (path.includes(idOf(1)) ? 500 : null);
  const sender = senderOf();
  await sender.run();
  assert.deepEqual(standings(), ["waiting", "sent"]);
  world.server.fault = () => null;
  assert.equal(await sender.run(), "received");
  assert.deepEqual(standings(), ["held", "held"]);
});

test("only one tab sends", async () => {
  const locks = openLocks();
  const other = await openTablet();
  await record(1, { sizes: [2_000_000] });
  const [first, second] = await Promise.all([
    senderOf(world.tablet, { locks }).run(),
    senderOf(other, { locks }).run(),
  ]);
  assert.deepEqual([first, second], ["received", "busy"]);
  assert.equal(world.server.records.get(idOf(1))?.times, 1);
  other.close();
});

test("what is recorded while it sends goes in the same run", async () => {
  await record(1);
  const { fetch } = world.server;
  world.server.fetch = async (path, init) => {
    if (String(path).includes("receipts") && world.tablet.store.journal.all().length === 1) {
      await record(2);
      sender.run();
    }
    return fetch(path, init);
  };
  const sender = senderOf();
  assert.equal(await sender.run(), "received");
  assert.deepEqual(standings(), ["held", "held"]);
});

test("a run that is stopped leaves the rest waiting, from the byte that it reached", async () => {
  await record(1, { sizes: [3_000_000] });
  await record(2);
  const sender = senderOf();
  let patches = 0;
  world.server.fault = ({ method }) => {
    if (method === "PATCH") patches += 1;
    if (method === "PATCH" && patches === 3) sender.cancel();
    return null;
  };
  assert.equal(await sender.run(), "cancelled");
  assert.deepEqual(standings(), ["sent", "waiting"]);
  const [upload] = world.server.uploads.values();
  const reached = upload?.bytes.length ?? 0;
  assert.ok(reached >= 256 << 10, String(reached));
  const from = /** @type {number[]} */ ([]);
  world.server.fault = ({ method, headers }) => {
    if (method === "PATCH") from.push(Number(headers["Upload-Offset"]));
    return null;
  };
  assert.equal(await sender.run(), "received");
  assert.equal(from[0], reached);
});
