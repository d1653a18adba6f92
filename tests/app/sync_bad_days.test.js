import assert from "node:assert/strict";
import { test } from "node:test";
import { statement } from "../../static/app/statement.js";
import { eachOnATablet, record, senderOf, world } from "./tablet/sender.js";
import { openServer } from "./tablet/server.js";
import { closeUnder, freshTablet, idOf, openTablet } from "./tablet/world.js";

eachOnATablet();

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
  world.tablet.store.db.run = /** @type {any} */ (dead);
  world.tablet.close();
}

/** @param {number} seed */
async function badDay(seed) {
  freshTablet();
  world.tablet = await openTablet();
  world.server = openServer();
  const roll = dice(seed);
  const n = 3 + Math.floor(roll() * 4);
  const refused = new Set([idOf(1 + Math.floor(roll() * n))]);
  world.server.refuses = (id) =>
    refused.has(id) ? { status: 400, code: "answers_invalid" } : null;
  let killed = false;
  world.server.fault = () => {
    if (roll() > 0.35) return null;
    const fault = FAULTS[Math.floor(roll() * FAULTS.length)] ?? null;
    if (fault === "kills_app") {
      killed = true;
      kill();
      return roll() < 0.5 ? "lost" : "offline";
    }
    if (fault === "dies") {
      closeUnder(world.tablet.store);
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
      world.tablet = await openTablet();
    }
  }
  // The line is good again.
  world.server.fault = () => null;
  for (let round = 0; round < 4; round += 1) await senderOf().run({ asked: true });
  return { recorded, refused };
}

for (let seed = 1; seed <= 25; seed += 1)
  test(`a bad day, ${seed}: journal = server + explained refusals, each exactly once`, async () => {
    world.tablet.close();
    const { recorded, refused } = await badDay(seed);
    const all = world.tablet.store.journal.all();
    assert.equal(all.length, recorded);
    for (const { id, body, standing, refusal, files, number } of all) {
      const there = world.server.records.get(id);
      if (refused.has(id)) {
        assert.deepEqual(
          [standing, refusal?.code, there],
          ["refused", "answers_invalid", undefined],
        );
        continue;
      }
      assert.deepEqual([standing, there?.body], ["held", body], `${number}`);
      for (const { id: photo, sha256 } of files) {
        const bytes = Uint8Array.from(world.server.photos.get(photo)?.bytes ?? []);
        const digest = await crypto.subtle.digest("SHA-256", bytes);
        assert.equal(Buffer.from(digest).toString("hex"), sha256);
        assert.equal(world.server.photos.get(photo)?.entry, id);
      }
    }
    const accepted = all.filter(({ id }) => !refused.has(id));
    assert.equal(world.server.records.size, accepted.length);
    assert.equal(world.server.photos.size, accepted.flatMap(({ files }) => files).length);
    const told = statement(all, await world.tablet.store.journal.told());
    assert.deepEqual(
      [told.taken, told.held, told.refused.length, told.balanced],
      [recorded, accepted.length, all.length - accepted.length, true],
    );
  });

test("the statement of a day: taken, held, and what the two do not agree on", async () => {
  for (const n of [1, 2, 3]) await record(n, { sizes: [10] });
  await senderOf().run();
  const { journal } = world.tablet.store;
  const fair = statement(journal.all(), await journal.told());
  assert.deepEqual(fair, {
    ...{ taken: 3, held: 3, sent: 0, waiting: 0, settled: 0, refused: [] },
    ...{ differences: [], gaps: [], balanced: true },
  });
});
