import assert from "node:assert/strict";
import { test } from "node:test";
import { eachOnATablet, record, senderOf, standings, world } from "./tablet/sender.js";
import { LIN, NOON, openTablet } from "./tablet/world.js";

eachOnATablet();

test("a blocked tablet delivers what waits, and is told so", async () => {
  await record(1, { sizes: [10] });
  await world.tablet.device.signedIn(/** @type {any} */ ({ id: LIN }), "t");
  world.server.revoked = true;
  let told = 0;
  assert.equal(await senderOf(world.tablet, { onRevoked: () => (told += 1) }).run(), "revoked");
  assert.deepEqual([world.server.records.size, world.server.photos.size, told], [1, 1, 1]);
  world.server.signedIn = false;
  assert.equal(await senderOf().run({ asked: true }), "revoked");
});

test("a blocked tablet that can't deliver tries for ten minutes, then has to let go", async () => {
  await record(1, { sizes: [10] });
  await world.tablet.device.signedIn(/** @type {any} */ ({ id: LIN }), "t");
  world.server.revoked = true;
  world.server.fault = ({ path }) => (path.includes("inspections") ? 502 : null);
  let clock = NOON;
  let told = 0;
  const sender = senderOf(world.tablet, { now: () => clock, onRevoked: () => (told += 1) });
  assert.deepEqual([await sender.run(), told], ["unreachable", 0]);
  clock = new Date(NOON.getTime() + 9 * 60_000);
  assert.deepEqual([await sender.run(), told], ["unreachable", 0]);
  // Blocked by mistake: the office lets it go on, and later blocks it again.
  world.server.revoked = false;
  await sender.run({ asked: true });
  world.server.revoked = true;
  clock = new Date(NOON.getTime() + 12 * 60_000);
  assert.deepEqual([await sender.run({ asked: true }), told], ["unreachable", 0]);
  clock = new Date(NOON.getTime() + 22 * 60_000);
  assert.deepEqual([await sender.run(), told], ["revoked", 1]);
  await sender.tellWiped();
  assert.equal(world.server.contacts.at(-1).wiped, true);
});

test("a clock three days wrong changes nothing of what arrives, and its offset is known", async () => {
  const wrong = new Date(NOON.getTime() - 3 * 24 * 3600 * 1000);
  world.tablet.close();
  world.tablet = await openTablet({ now: () => wrong });
  const { fetch } = world.server;
  world.server.fetch = async (path, init) => {
    const reply = await fetch(path, init);
    if (!String(path).includes("devices")) return reply;
    return new Response(
      JSON.stringify({ clock_offset_s: 259200, app_version: "x", revoked: false }),
    );
  };
  await record(1, { sizes: [10] });
  const sender = senderOf(world.tablet, { now: () => wrong });
  assert.equal(await sender.run(), "received");
  assert.deepEqual([standings(), sender.progress().offsetS], [["held"], 259200]);
});

test("a server that asks to be left alone is", async () => {
  await record(1);
  const { fetch } = world.server;
  world.server.fetch = async (path, init) =>
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
  world.server.fault = () => "offline";
  const sender = senderOf(world.tablet, { random: () => 1 });
  const waits = [];
  await sender.start();
  for (let n = 0; n < 8; n += 1) {
    waits.push((Number(sender.progress().retryAt) - NOON.getTime()) / 1000);
    await sender.run();
  }
  sender.stop();
  assert.deepEqual(waits, [5, 10, 20, 40, 80, 160, 300, 300]);
});
