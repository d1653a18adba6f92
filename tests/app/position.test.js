import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { datumAt, gcj02Of, wgs84Of } from "../../static/app/datum.js";
import { doubtsOf, withFix } from "../../static/app/fixes.js";
import { floorsOf, labelOf } from "../../static/app/label.js";
import { distanceM } from "../../static/app/metres.js";
import { openReceiver } from "../../static/app/receiver.js";
import { freshTablet, openTablet } from "./tablet/world.js";

/** @type {{ pairs: { place: string, wgs84: [number, number], gcj02: [number, number], degrees: number }[] }} */
const { pairs } = JSON.parse(readFileSync(new URL("../datum.json", import.meta.url), "utf8"));
const CORNER = /** @type {[number, number]} */ ([118.5725123, 24.8100456]);
const NOON = Date.UTC(2024, 10, 20, 4);

/** @param {number[]} point @param {number} metres @returns {[number, number]} so many metres east */
const east = ([lon = 0, lat = 0], metres) => [lon + metres / (111_320 * 0.9077), lat];

for (const { place, wgs84, gcj02, degrees } of pairs)
  test(`the shift is the server's, there and back: ${place}`, () => {
    for (const [got, want] of [
      [gcj02Of(wgs84), gcj02],
      [wgs84Of(gcj02), wgs84],
    ])
      for (const at of [0, 1])
        assert.ok(Math.abs((got?.[at] ?? 0) - (want?.[at] ?? 0)) <= degrees, `${got} ${want}`);
  });

test("outside the country nothing is shifted", () => {
  for (const point of [
    [-0.1276, 51.5072],
    [139.6917, 35.6895],
    [118.57, 0.5],
  ]) {
    assert.deepEqual(gcj02Of(point), point);
    assert.deepEqual(wgs84Of(point), point);
  }
});

test("at a known corner a browser that shifts is told from one that does not", () => {
  const fix = { point: east(CORNER, 12), accuracyM: 8 };
  const plain = datumAt(CORNER, fix);
  assert.equal(plain.datum, "wgs84");
  assert.equal(Math.round(plain.offM), 12);
  const shifted = datumAt(CORNER, { ...fix, point: gcj02Of(fix.point) });
  assert.equal(shifted.datum, "gcj02");
  assert.ok(shifted.offM > 540 && shifted.offM < 580, String(shifted.offM));
});

test("where the corner does not tell, it is said why", () => {
  const why = (/** @type {any} */ verdict) => verdict.datum ?? verdict.why;
  assert.equal(why(datumAt(CORNER, { point: CORNER, accuracyM: 151 })), "coarse");
  assert.equal(why(datumAt(CORNER, { point: east(CORNER, 300), accuracyM: 20 })), "neither");
  assert.equal(why(datumAt([139.69, 35.68], { point: [139.69, 35.68], accuracyM: 5 })), "no_shift");
});

/** Fresh from its box. */
function tablet() {
  freshTablet();
  return openTablet({ now: () => new Date(NOON + 60_000) });
}

/** @param {Partial<import("../../static/app/fixes.js").Fix>} [news] */
const fix = (news = {}) => ({ point: CORNER, accuracyM: 8, at: NOON, ...news });

test("an ordinary position raises no doubt", () => {
  assert.deepEqual(doubtsOf([]), []);
  assert.deepEqual(doubtsOf([fix(), fix({ point: east(CORNER, 40), at: NOON + 30_000 })]), []);
});

test("digits that never tremble are frozen, once it takes long enough", () => {
  const still = [0, 10_000, 20_000, 30_000].map((later) => fix({ at: NOON + later }));
  assert.deepEqual(doubtsOf(still.slice(0, 3)), [], "20 seconds are no proof");
  assert.deepEqual(doubtsOf(still), ["frozen"]);
  assert.deepEqual(
    doubtsOf([...still, fix({ at: NOON + 40_000, point: east(CORNER, 0.3) })]),
    [],
    "the last one moved",
  );
  assert.deepEqual(
    doubtsOf([fix(), fix({ at: NOON + 600_000 })]),
    [],
    "the same twice may be one that the browser kept",
  );
});

test("nobody walks a kilometre in ten seconds", () => {
  const jump = [fix(), fix({ point: east(CORNER, 1000), at: NOON + 10_000 })];
  assert.deepEqual(doubtsOf(jump), ["jump"]);
  const vague = [fix({ accuracyM: 600 }), fix({ point: east(CORNER, 1000), at: NOON + 10_000 })];
  assert.deepEqual(doubtsOf(vague), [], "what the accuracy allows is no jump");
  const ride = [fix(), fix({ point: east(CORNER, 1000), at: NOON + 90_000 })];
  assert.deepEqual(doubtsOf(ride), []);
});

test("vague positions and typed ones are noted", () => {
  assert.deepEqual(doubtsOf([fix({ accuracyM: 101 })]), ["coarse"]);
  assert.deepEqual(doubtsOf([fix({ point: [118.5725, 24.81] })]), ["mock"]);
  assert.deepEqual(doubtsOf([fix({ point: [118.5725, 24.8100456] })]), []);
  assert.deepEqual(doubtsOf([fix({ accuracyM: 0 })]), ["mock"]);
});

test("only the last quarter of an hour is remembered, and a fix told twice is one", () => {
  const early = fix({ at: NOON - 15 * 60_000 });
  assert.deepEqual(withFix([early, fix()], fix()), [fix()]);
  const many = Array.from({ length: 30 }, (_, at) => fix({ at: NOON + at * 1000 }));
  assert.equal(many.reduce(withFix, /** @type {any[]} */ ([])).length, 20);
});

test("a device that was found to shift has its positions put back, and says so", async () => {
  const told = fix({ point: gcj02Of(CORNER) });
  const { device, close } = await tablet();
  await device.set("position_datum", "gcj02");
  const receiver = openReceiver({
    device,
    ask: async () => ({ outcome: "fix", fix: told }),
  });
  const located = await receiver.ask();
  assert.ok(located.outcome === "fix");
  const { point, ...rest } = located.position;
  assert.ok(distanceM(point, CORNER) < 0.01, String(point));
  assert.deepEqual(rest, {
    source: "gps",
    accuracyM: 8,
    at: "2024-11-20T04:00:00.000Z",
    datum: "gcj02",
    doubts: [],
  });
  assert.deepEqual(receiver.last(), located.position);
  const raw = await receiver.raw();
  assert.deepEqual(
    raw,
    { outcome: "fix", fix: told },
    "the check itself sees what the browser gave",
  );
  await device.set("position_datum", "wgs84");
  assert.equal(receiver.last(), null, "it was put right for a shift that there is not");
  close();
});

test("a vague position does not become the last good one, and none is none", async () => {
  const answers = [
    { outcome: "fix", fix: fix() },
    { outcome: "fix", fix: fix({ accuracyM: 300, at: NOON + 60_000 }) },
    { outcome: "lost" },
  ];
  const { device, close } = await tablet();
  const receiver = openReceiver({
    device,
    ask: async () => /** @type {any} */ (answers.shift()),
  });
  assert.equal(receiver.last(), null);
  await receiver.ask();
  const vague = await receiver.ask();
  assert.ok(vague.outcome === "fix");
  assert.deepEqual(vague.position.doubts, ["coarse"]);
  assert.deepEqual(await receiver.ask(), { outcome: "lost" });
  assert.equal(receiver.last()?.accuracyM, 8);
  close();
});

test("the last good position outlives the page for half a day, and no sign-out", async () => {
  const PERSON = /** @type {any} */ ({ id: 7, username: "lin" });
  const { device: before, close } = await tablet();
  await before.signedIn(PERSON, "one");
  const fixes = [0, 1000, 45_000].map((later) => fix({ at: NOON + later }));
  const receiver = openReceiver({
    device: before,
    ask: async () => ({ outcome: "fix", fix: /** @type {any} */ (fixes.shift()) }),
  });
  for (let n = 0; n < 3; n += 1) await receiver.ask();
  const good = receiver.last();
  assert.equal(good?.at, "2024-11-20T04:00:45.000Z");
  // The disk takes one after the other.
  await before.signedIn(PERSON, "one");
  close();

  const at = async (/** @type {number} */ later) => {
    const { device, close: end } = await openTablet({ now: () => new Date(NOON + later) });
    const last = openReceiver({ device }).last();
    return { device, last, end };
  };
  const noon = await at(60_000);
  assert.deepEqual(noon.last, good);
  await noon.device.signedIn(PERSON, "two");
  assert.deepEqual(noon.device.lastFix(), good, "the same person, signed in again");
  noon.end();
  const evening = await at(12 * 3600_000);
  assert.deepEqual(evening.last, good);
  evening.end();
  const night = await at(12 * 3600_000 + 45_000);
  assert.equal(night.last, null);
  night.end();
  const later = await at(60_000);
  assert.equal(later.last, null, "forgotten for good");
  for (const forget of [
    () => later.device.signedOut(),
    () => later.device.signedIn({ ...PERSON, id: 8 }, "three"),
  ]) {
    later.device.keepFix(/** @type {any} */ (good));
    await forget();
    assert.equal(later.device.lastFix(), null);
  }
  later.end();
});

test("the office's labels are read, and nobody else's", () => {
  assert.deepEqual(labelOf("XUNTU:E12"), { what: "estate", id: 12, floor: "" });
  assert.deepEqual(labelOf("XUNTU:B7:B2"), { what: "building", id: 7, floor: "B2" });
  assert.deepEqual(labelOf(" XUNTU:A31\n"), { what: "asset", id: 31, floor: "" });
  for (const odd of [
    "",
    "https://example.org/XUNTU:E12",
    "XUNTU:E0",
    "XUNTU:X1",
    "XUNTU:E1:",
    "XUNTU:B7:a:b",
    `XUNTU:B7:${"x".repeat(21)}`,
  ])
    assert.equal(labelOf(odd), null, odd);
});

test("floors are offered from below up", () => {
  assert.deepEqual(floorsOf(2), ["B3", "B2", "B1", "1F", "2F"]);
  assert.deepEqual(floorsOf(null), ["B3", "B2", "B1"]);
});
