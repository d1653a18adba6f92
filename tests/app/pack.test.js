import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { connect } from "../../static/app/api.js";
import { sha256 } from "../../static/app/canonical.js";
import { offered, take } from "../../static/app/pack.js";
import { openBasemap } from "../../static/app/store/basemap.js";
import { freshTablet, NOON, openTablet, photoBytes } from "./tablet/world.js";

/** @type {Awaited<ReturnType<typeof openTablet>>} */
let tablet;
/** @type {Awaited<ReturnType<typeof office>>} */
let server;
beforeEach(async () => {
  freshTablet();
  tablet = await openTablet();
  server = await office();
});
afterEach(() => tablet.close());

const MAP = photoBytes(2_500_000);

/** @param {number} id @param {any} [properties] */
const row = (id, properties = {}) => ({ type: "Feature", id, geometry: null, properties });
const finding = (/** @type {string} */ id, /** @type {string[]} */ photos = []) => ({
  ...row(0, {
    estate: 3,
    photos: photos.map((each) => ({ id: each, small: `/small/${each}`, bytes: 40 })),
  }),
  id,
});

/** What an office tells of one community. */
function told() {
  return {
    communities: [row(1, { name: "青阳" })],
    estates: [row(3, { name: "东方花园", community: 1 }), row(4, { name: "西湖苑", community: 1 })],
    buildings: [row(31, { estate: 3, name: "14栋" })],
    assets: [row(11, { estate: 3 }), row(12, { estate: 4 })],
    findings: [finding("f1", ["s1", "s2"]), finding("f2", ["s2"])],
    kinds: [{ id: "lighting", slug: "lighting", version: 2, items: [] }],
    looked: [{ id: "3:lighting", estate: 3, kind: "lighting", at: "2026-11-01T00:00:00Z" }],
    rounds: [{ id: 5, name: "十一月", estates: [3], kinds: ["lighting"], done: [] }],
    people: [{ id: 7, username: "lin" }],
  };
}

/** A server with one pack to give, and the ways in which it fails. */
async function office() {
  const office = {
    /** @type {any} */
    manifest: null,
    /** @type {Map<string, Uint8Array>} */
    bodies: new Map(),
    /** @type {string[]} */
    asked: [],
    /** @type {(path: string) => "offline" | number | null} */
    fault: () => null,
    ranges: true,
    fetch,
    offer,
  };
  /** @param {string} cursor @param {Record<string, any>} parts @param {{ full?: boolean, gone?: any }} [how] */
  async function offer(cursor, parts, { full = true, gone = {} } = {}) {
    const list = [];
    for (const [name, rows] of Object.entries(parts))
      for (const some of name === "assets" && full
        ? rows.map((/** @type {any} */ each) => [each])
        : [rows]) {
        const body =
          name === "calendar"
            ? { ...some, rows: [], gone: [] }
            : { rows: some, gone: gone[name] ?? [] };
        const bytes = new TextEncoder().encode(JSON.stringify(body));
        const hash = await sha256(bytes);
        office.bodies.set(`/parts/${hash}`, bytes);
        list.push({
          name,
          url: `/parts/${hash}`,
          bytes: bytes.length,
          packed: bytes.length,
          sha256: hash,
        });
      }
    office.manifest = {
      ...{ cursor, full, communities: [1], parts: list, bytes: 0, packed: 0 },
      basemap: { url: "/map", bytes: MAP.length, sha256: await sha256(MAP) },
      photos: { count: 2, bytes: 80 },
    };
  }
  /** @param {any} path @param {any} init @returns {Promise<Response>} */
  async function fetch(path, { headers = {}, signal } = {}) {
    office.asked.push(String(path));
    const fault = office.fault(String(path));
    signal?.throwIfAborted();
    if (fault === "offline") throw new TypeError("Failed to fetch");
    if (fault) return new Response('{"code":"not_made_yet"}', { status: fault });
    if (String(path).startsWith("/api/v1/pack/")) {
      const { cursor } = office.manifest;
      const known = String(path).endsWith(`since=${cursor}`);
      const news = known ? { full: false, parts: [] } : {};
      return new Response(JSON.stringify({ ...office.manifest, ...news }));
    }
    if (path === "/map") {
      const [, from = "0", to = "0"] = /bytes=(\d+)-(\d+)/.exec(headers.Range) ?? [];
      return office.ranges
        ? new Response(MAP.slice(Number(from), Number(to) + 1), { status: 206 })
        : new Response(MAP);
    }
    const body = office.bodies.get(String(path)) ?? photoBytes(40, String(path).length);
    return new Response(/** @type {BodyInit} */ (body), {
      headers: { "Content-Type": "image/jpeg" },
    });
  }
  await offer("c1", {
    ...told(),
    calendar: { years: { 2026: { holidays: ["2026-10-01"], workdays: [] } }, missing: [2027] },
  });
  return office;
}

const world = async (more = {}) => ({
  api: connect({ fetch: server.fetch, token: () => "t", patienceMs: 50 }),
  store: tablet.store,
  basemap: await openBasemap(tablet.device, async () => null),
  now: () => NOON,
  ...more,
});

test("a pack is rows that the screens read at once, also after the tablet was started again", async () => {
  assert.equal((await take(await world(), [1])).outcome, "received");
  for (let starts = 0; starts < 2; starts += 1) {
    const { register, pack } = tablet.store;
    assert.deepEqual(
      register.estates().map(({ id }) => id),
      [3, 4],
    );
    assert.deepEqual(
      register.assetsOf(3).map(({ id }) => id),
      [11],
    );
    assert.deepEqual(
      register.assets().map(({ id }) => id),
      [11, 12],
    );
    assert.deepEqual(
      register.buildingsOf(3).map(({ properties }) => properties.name),
      ["14栋"],
    );
    assert.deepEqual(
      register.findingsOf(3).map(({ id }) => id),
      ["f1", "f2"],
    );
    assert.deepEqual(register.findingsOf(4), []);
    assert.equal(register.kind("lighting")?.version, 2);
    assert.deepEqual(
      register.rounds().map(({ name }) => name),
      ["十一月"],
    );
    assert.deepEqual(register.calendar().years[2026]?.holidays, ["2026-10-01"]);
    assert.deepEqual(register.calendar().missing, [2027]);
    assert.deepEqual(register.estate(3)?.properties.last_inspected, {
      lighting: "2026-11-01T00:00:00Z",
    });
    assert.equal(register.toldAt(), NOON.toISOString());
    assert.deepEqual(pack.taken(), { cursor: "c1", communities: [1], at: NOON.toISOString() });
    assert.equal((await pack.small("s1"))?.size, 40);
    tablet.close();
    tablet = await openTablet();
  }
});

test("what is to be fetched is told in bytes before it is", async () => {
  const { offer } = await offered(await world(), [1]);
  const parts = server.manifest.parts.reduce(
    (/** @type {number} */ sum, /** @type {any} */ { packed }) => sum + packed,
    0,
  );
  assert.equal(offer?.bytes, parts + MAP.length + 80);
});

test("changes come by themselves: rows anew, rows gone, short parts whole", async () => {
  await take(await world(), [1]);
  await server.offer(
    "c2",
    { estates: [row(4, { name: "西湖苑二期" })], findings: [], rounds: [], looked: [] },
    { full: false, gone: { estates: [3], findings: ["f1"] } },
  );
  server.asked.length = 0;
  assert.equal((await take(await world(), [1])).outcome, "received");
  const { register, pack } = tablet.store;
  assert.ok(server.asked[0]?.endsWith("community=1&since=c1"));
  assert.deepEqual(
    register.estates().map(({ properties }) => properties.name),
    ["西湖苑二期"],
  );
  assert.deepEqual(
    register.findings().map(({ id }) => id),
    ["f2"],
  );
  assert.deepEqual([register.rounds(), register.assets().length], [[], 2]);
  // A photo that no open finding shows any more goes; one that still does stays.
  assert.deepEqual(await pack.smalls(), new Set(["s2"]));
  // The base map that is here is not fetched again.
  assert.ok(!server.asked.includes("/map"));
});

test("other communities are another pack", async () => {
  await take(await world(), [1]);
  await take(await world(), [2]);
  assert.ok(server.asked.includes("/api/v1/pack/?community=2"));
});

test("cut anywhere, it goes on where it was: nothing is fetched twice", async () => {
  const all = server.manifest.parts.length + 3 + 2;
  let ok = 0;
  const fetched = /** @type {string[]} */ ([]);
  for (let round = 0; round < all + 5; round += 1) {
    let more = 1;
    server.fault = (path) => {
      if (path.startsWith("/api/")) return null;
      more -= 1;
      if (more < 0) return "offline";
      fetched.push(path);
      return null;
    };
    const reply = await take(await world(), [1]);
    tablet.close();
    tablet = await openTablet();
    if (reply.outcome === "received") {
      ok = round;
      break;
    }
  }
  assert.ok(ok >= all - 1, String(ok));
  assert.equal(fetched.length, all);
  assert.deepEqual(
    tablet.store.register.assets().map(({ id }) => id),
    [11, 12],
  );
});

test("a part that is not what was promised is not taken, and the one before stays", async () => {
  await take(await world(), [1]);
  await server.offer("c2", { estates: [row(9)] });
  server.bodies.set(
    server.manifest.parts[0].url,
    new TextEncoder().encode('{"rows":[],"gone":[]}'),
  );
  const reply = await take(await world(), [1]);
  assert.deepEqual(
    [reply.outcome, reply.outcome === "refused" && reply.code],
    ["refused", "pack_damaged"],
  );
  assert.deepEqual(
    tablet.store.register.estates().map(({ id }) => id),
    [3, 4],
  );
  assert.equal(tablet.store.pack.taken()?.cursor, "c1");
});

test("the base map is read by its bytes, and the one in use stays until the next is whole", async () => {
  await take(await world(), [1]);
  const { basemap } = await world();
  const source = /** @type {any} */ (basemap.source());
  const { data } = await source.getBytes(1_048_570, 20);
  assert.equal(Buffer.compare(new Uint8Array(data), MAP.subarray(1_048_570, 1_048_590)), 0);
  const before = basemap.inUse();
  server.manifest.basemap = { url: "/map", bytes: MAP.length, sha256: "0".repeat(64) };
  const reply = await take(await world(), [1]);
  assert.equal(reply.outcome === "refused" && reply.code, "pack_damaged");
  assert.deepEqual((await world()).basemap.inUse(), before);
  assert.equal(await basemap.size("0".repeat(64)), 0);
});

test("a proxy that sends the whole where a piece was asked for is understood", async () => {
  server.ranges = false;
  assert.equal((await take(await world(), [1])).outcome, "received");
  const { basemap } = await world();
  assert.equal(basemap.inUse()?.bytes, MAP.length);
});

test("a photo that is not made yet does not hold up the pack", async () => {
  server.fault = (path) => (path === "/small/s1" ? 404 : null);
  assert.equal((await take(await world(), [1])).outcome, "received");
  assert.deepEqual(await tablet.store.pack.smalls(), new Set(["s2"]));
  server.fault = () => null;
  await take(await world(), [1]);
  assert.deepEqual(await tablet.store.pack.smalls(), new Set(["s1", "s2"]));
});

test("it can be stopped, and says how far it is", async () => {
  const stop = new AbortController();
  const stages = new Set();
  const onProgress = (/** @type {any} */ { stage, done, total }) => {
    stages.add(stage);
    assert.ok(done <= total);
    if (stage === "basemap") stop.abort();
  };
  const reply = await take(await world({ signal: stop.signal, onProgress }), [1]);
  assert.deepEqual(
    [reply.outcome, stages],
    [/** @type {any} */ ("cancelled"), new Set(["parts", "basemap"])],
  );
  assert.equal(tablet.store.register.estates().length, 2);
});
