import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { connect } from "../../static/app/api.js";
import { statement } from "../../static/app/statement.js";
import { openSender } from "../../static/app/sync.js";
import { openServer } from "./tablet/server.js";
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

/** Locks as the browser has them, for all tabs of a test. */
function openLocks() {
  const held = new Set();
  return /** @type {any} */ ({
    /** @param {string} name @param {any} _how @param {(lock: any) => Promise<any>} work */
    async request(name, _how, work) {
      if (held.has(name)) return work(null);
      held.add(name);
      try {
        return await work({ name });
      } finally {
        held.delete(name);
      }
    },
  });
}

/** @param {any} [more] */
function senderOf({ store, device } = tablet, more = {}) {
  const api = connect({
    fetch: server.fetch,
    token: () => "t",
    patienceMs: 15,
    device: device.id,
    now: () => NOON,
  });
  return openSender({
    ...{ store, api, appVersion: "abc123", token: () => "t", now: () => NOON },
    locks: openLocks(),
    uploading: { pause: async () => {}, patienceMs: 15 },
    ...more,
  });
}

/** @param {number} n @param {{ sizes?: number[], content?: any }} [more] */
async function record(n, { sizes = [], content = {} } = {}) {
  const { files, journal } = tablet.store;
  const photos = [];
  for (const [at, size] of sizes.entries())
    photos.push(await files.put(`p${n}.${at}`, jpeg(photoBytes(size, n * 10 + at + 1))));
  const news = inspection(idOf(n), { photos });
  return journal.add({ ...news, content: { ...news.content, ...content } });
}

const standings = () => tablet.store.journal.all().map(({ standing }) => standing);

test("records go oldest first, each with its photos, and are held by the end", async () => {
  for (const n of [1, 2]) await record(n, { sizes: [1000, 700_000] });
  const seen = /** @type {any[]} */ ([]);
  const sender = senderOf(tablet, {
    onChange: (/** @type {any} */ { entries, bytes }) => seen.push([entries.done, bytes.done]),
  });
  assert.equal(await sender.run(), "received");
  assert.deepEqual(standings(), ["held", "held"]);
  for (const n of [1, 2]) {
    const kept = /** @type {any} */ (tablet.store.journal.get(idOf(n)));
    assert.equal(server.records.get(idOf(n))?.body, kept.body);
    assert.equal(
      Buffer.compare(
        /** @type {any} */ (server.photos.get(`p${n}.1`)).bytes,
        photoBytes(700_000, n * 10 + 2),
      ),
      0,
    );
  }
  const puts = server.asked.filter((each) => each.startsWith("PUT /api/v1/inspections"));
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
    server.contacts.map(({ unsent, unsent_bytes }) => [unsent, unsent_bytes > 0]),
    [
      [2, true],
      [0, false],
    ],
  );
});

test("what is refused is kept with its reason, and the next one goes", async () => {
  server.refuses = (id) => (id === idOf(1) ? { status: 404, code: "estate_not_found" } : null);
  server.refusesPhoto = (id) => (id === "p2.0" ? { status: 413, code: "upload_too_large" } : null);
  await record(1, { sizes: [10] });
  await record(2, { sizes: [10, 20] });
  await record(3, { sizes: [10] });
  assert.equal(await senderOf().run(), "refused");
  assert.deepEqual(standings(), ["refused", "sent", "held"]);
  const [first, second] = tablet.store.journal.all();
  assert.equal(first?.refusal?.code, "estate_not_found");
  assert.deepEqual(
    second?.photos.map(({ standing, refusal }) => [standing, refusal?.code]),
    [
      ["refused", "upload_too_large"],
      ["held", undefined],
    ],
  );
  // Nothing of it is sent again by itself; by the person's wish all of it is.
  const before = server.asked.length;
  await senderOf().run();
  assert.ok(!server.asked.slice(before).some((each) => each.includes("inspections")));
  server.refuses = () => null;
  server.refusesPhoto = () => null;
  await tablet.store.journal.again(idOf(1));
  await tablet.store.journal.again(idOf(2));
  assert.equal(await senderOf().run(), "received");
  assert.deepEqual(standings(), ["held", "held", "held"]);
});

test("one that the server never answers does not hold up the others", async () => {
  server.fault = ({ path }) => (path.includes(idOf(1)) ? "hangs" : null);
  for (const n of [1, 2, 3]) await record(n);
  assert.equal(await senderOf().run(), "unreachable");
  assert.deepEqual(standings(), ["waiting", "held", "held"]);
});

test("two that the server can't answer come last the next time", async () => {
  server.fault = ({ path }) => (path.includes(idOf(1)) || path.includes(idOf(2)) ? 500 : null);
  for (const n of [1, 2, 3, 4]) await record(n);
  const sender = senderOf();
  assert.equal(await sender.run(), "unreachable");
  assert.deepEqual(standings(), ["waiting", "waiting", "waiting", "waiting"]);
  assert.equal(await sender.run(), "unreachable");
  assert.deepEqual(standings(), ["waiting", "waiting", "held", "held"]);
});

test("with no line it stops at once; when it is back it goes on", async () => {
  for (const n of [1, 2]) await record(n, { sizes: [500_000] });
  server.fault = () => "offline";
  const sender = senderOf();
  assert.equal(await sender.run(), "unreachable");
  assert.equal(server.asked.length, 1);
  server.fault = () => null;
  assert.equal(await sender.run(), "received");
});

test("an answer that is lost after the server took the record costs nothing but a repeat", async () => {
  const lost = new Set();
  server.fault = ({ method, path }) => {
    const once = `${method} ${path}`;
    if (lost.has(once) || method === "GET") return null;
    lost.add(once);
    return "lost";
  };
  await record(1, { sizes: [500_000] });
  for (let n = 0; n < 4 && standings()[0] !== "held"; n += 1) await senderOf().run();
  assert.deepEqual(standings(), ["held"]);
  assert.deepEqual([server.records.size, server.photos.size], [1, 1]);
});

test("an expired sign-in stops it and loses nothing; the same person goes on", async () => {
  await record(1, { sizes: [10] });
  server.signedIn = false;
  assert.equal(await senderOf().run(), "signed_out");
  assert.deepEqual(standings(), ["waiting"]);
  server.signedIn = true;
  assert.equal(await senderOf().run(), "received");
});

test("someone else signed in sends nothing of this one's", async () => {
  await record(1);
  server.person = LIN + 1;
  assert.equal(await senderOf().run(), "someone_else");
  assert.equal(server.records.size, 0);
  server.person = LIN;
  assert.equal(await senderOf().run(), "received");
});

test("someone else who signs in between two records is noticed before the second", async () => {
  for (const n of [1, 2]) await record(n);
  let session = "lin";
  const sender = senderOf(tablet, { token: () => session });
  server.fault = ({ path }) => {
    if (path.includes(idOf(1))) {
      session = "wang";
      server.person = LIN + 1;
    }
    return null;
  };
  assert.equal(await sender.run(), "someone_else");
  assert.deepEqual([...server.records.keys()], [idOf(1)]);
});

test("a correction that comes before what it corrects waits at the server and is held with it", async () => {
  await record(1);
  await record(2, { content: { supersedes: idOf(1), reason: "?" } });
  server.fault = ({ path }) => (path.includes(idOf(1)) ? 500 : null);
  const sender = senderOf();
  await sender.run();
  assert.deepEqual(standings(), ["waiting", "sent"]);
  server.fault = () => null;
  assert.equal(await sender.run(), "received");
  assert.deepEqual(standings(), ["held", "held"]);
});

test("only one tab sends", async () => {
  const locks = openLocks();
  const other = await openTablet();
  await record(1, { sizes: [2_000_000] });
  const [first, second] = await Promise.all([
    senderOf(tablet, { locks }).run(),
    senderOf(other, { locks }).run(),
  ]);
  assert.deepEqual([first, second], ["received", "busy"]);
  assert.equal(server.records.get(idOf(1))?.times, 1);
  other.close();
});

test("what is recorded while it sends goes in the same run", async () => {
  await record(1);
  const { fetch } = server;
  server.fetch = async (path, init) => {
    if (String(path).includes("receipts") && tablet.store.journal.all().length === 1) {
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
  server.fault = ({ method }) => {
    if (method === "PATCH") patches += 1;
    if (method === "PATCH" && patches === 3) sender.cancel();
    return null;
  };
  assert.equal(await sender.run(), "cancelled");
  assert.deepEqual(standings(), ["sent", "waiting"]);
  const [upload] = server.uploads.values();
  const reached = upload?.bytes.length ?? 0;
  assert.ok(reached >= 256 << 10, String(reached));
  const from = /** @type {number[]} */ ([]);
  server.fault = ({ method, headers }) => {
    if (method === "PATCH") from.push(Number(headers["Upload-Offset"]));
    return null;
  };
  assert.equal(await sender.run(), "received");
  assert.equal(from[0], reached);
});

test("a blocked tablet delivers what waits, and is told so", async () => {
  await record(1, { sizes: [10] });
  await tablet.device.signedIn(/** @type {any} */ ({ id: LIN }), "t");
  server.revoked = true;
  let told = 0;
  assert.equal(await senderOf(tablet, { onRevoked: () => (told += 1) }).run(), "revoked");
  assert.deepEqual([server.records.size, server.photos.size, told], [1, 1, 1]);
  server.signedIn = false;
  assert.equal(await senderOf().run({ asked: true }), "revoked");
});

test("a blocked tablet that can't deliver tries for ten minutes, then has to let go", async () => {
  await record(1, { sizes: [10] });
  await tablet.device.signedIn(/** @type {any} */ ({ id: LIN }), "t");
  server.revoked = true;
  server.fault = ({ path }) => (path.includes("inspections") ? 502 : null);
  let clock = NOON;
  let told = 0;
  const sender = senderOf(tablet, { now: () => clock, onRevoked: () => (told += 1) });
  assert.deepEqual([await sender.run(), told], ["unreachable", 0]);
  clock = new Date(NOON.getTime() + 9 * 60_000);
  assert.deepEqual([await sender.run(), told], ["unreachable", 0]);
  // Blocked by mistake: the office lets it go on, and later blocks it again.
  server.revoked = false;
  await sender.run({ asked: true });
  server.revoked = true;
  clock = new Date(NOON.getTime() + 12 * 60_000);
  assert.deepEqual([await sender.run({ asked: true }), told], ["unreachable", 0]);
  clock = new Date(NOON.getTime() + 22 * 60_000);
  assert.deepEqual([await sender.run(), told], ["revoked", 1]);
  await sender.tellWiped();
  assert.equal(server.contacts.at(-1).wiped, true);
});

test("a clock three days wrong changes nothing of what arrives, and its offset is known", async () => {
  const wrong = new Date(NOON.getTime() - 3 * 24 * 3600 * 1000);
  tablet.close();
  tablet = await openTablet({ now: () => wrong });
  const { fetch } = server;
  server.fetch = async (path, init) => {
    const reply = await fetch(path, init);
    if (!String(path).includes("devices")) return reply;
    return new Response(
      JSON.stringify({ clock_offset_s: 259200, app_version: "x", revoked: false }),
    );
  };
  await record(1, { sizes: [10] });
  const sender = senderOf(tablet, { now: () => wrong });
  assert.equal(await sender.run(), "received");
  assert.deepEqual([standings(), sender.progress().offsetS], [["held"], 259200]);
});

test("a server that asks to be left alone is", async () => {
  await record(1);
  const { fetch } = server;
  server.fetch = async (path, init) =>
    String(path).includes("inspections")
      ? new Response("", { status: 429, headers: { "Retry-After": "120" } })
      : fetch(path, init);
  const sender = senderOf();
  assert.equal(await sender.start(), "unreachable");
  const { retryAt } = sender.progress();
  assert.equal(retryAt && retryAt.getTime() - NOON.getTime(), 120_000);
  sender.stop();
});

test("it is tried again ever later, up to five minutes, and never all at once", async () => {
  await record(1);
  server.fault = () => "offline";
  const sender = senderOf(tablet, { random: () => 1 });
  const waits = [];
  await sender.start();
  for (let n = 0; n < 8; n += 1) {
    waits.push((Number(sender.progress().retryAt) - NOON.getTime()) / 1000);
    await sender.run();
  }
  sender.stop();
  assert.deepEqual(waits, [5, 10, 20, 40, 80, 160, 300, 300]);
});

/** A generator of numbers between 0 and 1 that a seed starts. @param {number} seed */
function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    // The low bits of such a generator are no dice.
    return (state >>> 8) / 2 ** 24;
  };
}

/** What a bad day does to one request in three. */
const FAULTS = /** @type {const} */ ([
  ...["offline", "lost", "hangs", "hangs_after", "lost", "dies", "kills_app"],
  ...[500, 502, 404, 413, 423, 401, 429],
]);

/** The browser's process ends: nothing of this tab reads or writes any more. */
function kill() {
  const dead = async () => {
    throw new Error("killed");
  };
  tablet.store.db.run = /** @type {any} */ (dead);
  tablet.close();
}

/** @param {number} seed */
async function badDay(seed) {
  freshTablet();
  tablet = await openTablet();
  server = openServer();
  const roll = dice(seed);
  const n = 3 + Math.floor(roll() * 4);
  const refused = new Set([idOf(1 + Math.floor(roll() * n))]);
  server.refuses = (id) => (refused.has(id) ? { status: 400, code: "answers_invalid" } : null);
  let killed = false;
  server.fault = () => {
    if (roll() > 0.35) return null;
    const fault = FAULTS[Math.floor(roll() * FAULTS.length)] ?? null;
    if (fault === "kills_app") {
      killed = true;
      kill();
      return roll() < 0.5 ? "lost" : "offline";
    }
    if (fault === "dies") {
      closeUnder(tablet.store);
      return null;
    }
    return fault;
  };
  let recorded = 0;
  for (let round = 0; round < 14; round += 1) {
    while (recorded < n && roll() < 0.6) {
      recorded += 1;
      const sizes = Array.from(
        { length: Math.floor(roll() * 3) },
        () => 1 + Math.floor(roll() * 400_000),
      );
      await record(recorded, { sizes });
    }
    await senderOf().run({ asked: true });
    if (killed) {
      killed = false;
      tablet = await openTablet();
    }
  }
  // The line is good again.
  server.fault = () => null;
  for (let round = 0; round < 4; round += 1) await senderOf().run({ asked: true });
  return { recorded, refused };
}

for (let seed = 1; seed <= 25; seed += 1)
  test(`a bad day, ${seed}: journal = server + explained refusals, each exactly once`, async () => {
    tablet.close();
    const { recorded, refused } = await badDay(seed);
    const all = tablet.store.journal.all();
    assert.equal(all.length, recorded);
    for (const { id, body, standing, refusal, files, number } of all) {
      const there = server.records.get(id);
      if (refused.has(id)) {
        assert.deepEqual(
          [standing, refusal?.code, there],
          ["refused", "answers_invalid", undefined],
        );
        continue;
      }
      assert.deepEqual([standing, there?.body], ["held", body], `${number}`);
      for (const { id: photo, sha256 } of files) {
        const bytes = Uint8Array.from(server.photos.get(photo)?.bytes ?? []);
        const digest = await crypto.subtle.digest("SHA-256", bytes);
        assert.equal(Buffer.from(digest).toString("hex"), sha256);
        assert.equal(server.photos.get(photo)?.entry, id);
      }
    }
    const accepted = all.filter(({ id }) => !refused.has(id));
    assert.equal(server.records.size, accepted.length);
    assert.equal(server.photos.size, accepted.flatMap(({ files }) => files).length);
    const told = statement(all, await tablet.store.journal.told());
    assert.deepEqual(
      [told.taken, told.held, told.refused.length, told.balanced],
      [recorded, accepted.length, all.length - accepted.length, true],
    );
  });

test("the statement of a day: taken, held, and what the two do not agree on", async () => {
  for (const n of [1, 2, 3]) await record(n, { sizes: [10] });
  await senderOf().run();
  const { journal } = tablet.store;
  const fair = statement(journal.all(), await journal.told());
  assert.deepEqual(fair, {
    ...{ taken: 3, held: 3, sent: 0, waiting: 0, settled: 0, refused: [] },
    ...{ differences: [], gaps: [], balanced: true },
  });
});
