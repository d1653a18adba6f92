import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { connect } from "../../static/app/api.js";
import { sha256 } from "../../static/app/canonical.js";
import { LARGEST, openLine, SMALLEST, upload } from "../../static/app/uploads.js";
import { openServer } from "./tablet/server.js";
import { photoBytes } from "./tablet/world.js";

const SIZE = 1_000_000;
const BYTES = photoBytes(SIZE);
const PHOTO = {
  ...{ id: "p1", entry: "e1", bytes: SIZE, type: "image/jpeg" },
  sha256: await sha256(BYTES),
};

/** @type {ReturnType<typeof openServer>} */
let server;
/** Where the upload stands, as the tablet keeps it. @type {string | null} */
let at;
/** @type {number[]} */
let told;
/** @type {number[]} */
let pauses;
let line = openLine();
beforeEach(() => {
  server = openServer();
  at = null;
  told = [];
  pauses = [];
  line = openLine();
});

/** One attempt. @param {any} [more] */
const send = (more = {}) =>
  upload(PHOTO, {
    api: connect({ fetch: server.fetch, token: () => "t", patienceMs: 15 }),
    ...{ line, at, patienceMs: 15 },
    read: async (from, to) => BYTES.subarray(from, to),
    remember: async (place) => {
      at = place;
    },
    onBytes: (n) => told.push(n),
    pause: async (ms) => {
      pauses.push(ms);
    },
    ...more,
  });

/** The server has it, once, byte for byte; and the tablet is done with it. */
function arrived() {
  assert.equal(Buffer.compare(server.photos.get("p1")?.bytes ?? Buffer.alloc(0), BYTES), 0);
  assert.deepEqual([server.photos.size, at], [1, null]);
}

/** @param {"PATCH" | "HEAD" | "POST"} method */
const asked = (method) => server.asked.filter((each) => each.startsWith(method)).length;

test("a photo goes in chunks, says whose it is, and is told of in bytes", async () => {
  line.chunk = 256 << 10;
  assert.equal((await send()).outcome, "received");
  arrived();
  assert.equal(server.photos.get("p1")?.entry, "e1");
  assert.deepEqual(told, [0, 256 << 10, 768 << 10, SIZE]);
});

test("an answer is lost at each border of a chunk in turn, before and after it was kept", async () => {
  for (const fault of /** @type {const} */ (["lost", "offline", "hangs", "hangs_after"]))
    for (let cut = 1; cut <= 17; cut += 1) {
      server = openServer();
      at = null;
      line = { chunk: SMALLEST };
      let n = 0;
      server.fault = () => {
        n += 1;
        return n === cut ? fault : null;
      };
      // Small chunks all along: a line that never gets faster.
      const clock = steps(15_000);
      for (let tries = 0; tries < 3 && !server.photos.size; tries += 1) await send({ clock });
      arrived();
      const again = server.asked.filter((each) => each === "POST /api/v1/uploads/").length;
      assert.ok(again <= 2, `${fault} ${cut}: ${again}`);
    }
});

test("after a cut it goes on at the byte that the server has, after the browser was ended too", async () => {
  line.chunk = 128 << 10;
  let n = 0;
  server.fault = ({ method }) => {
    if (method === "PATCH") n += 1;
    return n > 2 ? "offline" : null;
  };
  assert.equal((await send()).outcome, "unreachable");
  const [upload] = server.uploads.values();
  assert.deepEqual([at, upload?.bytes.length], ["/api/v1/uploads/u1/", 384 << 10]);
  const from = /** @type {string[]} */ ([]);
  server.fault = ({ headers }) => {
    if (headers["Upload-Offset"]) from.push(headers["Upload-Offset"]);
    return null;
  };
  assert.equal((await send()).outcome, "received");
  arrived();
  assert.equal(from[0], String(384 << 10));
  assert.equal(asked("POST"), 1);
});

test("an upload that the server forgot is begun anew", async () => {
  line.chunk = 128 << 10;
  let n = 0;
  server.fault = ({ method }) => {
    if (method === "PATCH") n += 1;
    if (n === 3) server.uploads.clear();
    return null;
  };
  assert.equal((await send()).outcome, "received");
  arrived();
  assert.equal(asked("POST"), 2);
  at = "/api/v1/uploads/long-gone/";
  server.photos.clear();
  assert.equal((await send()).outcome, "received");
  arrived();
});

test("a photo that the server has already costs one request", async () => {
  await send();
  server.asked.length = 0;
  assert.equal((await send()).outcome, "received");
  assert.deepEqual(server.asked, ["POST /api/v1/uploads/"]);
});

test("while another request of ours still writes, it is waited for", async () => {
  let locked = 3;
  const { fetch } = server;
  server.fetch = async (path, init) => {
    if (init.method === "PATCH" && locked > 0) {
      locked -= 1;
      return new Response('{"code":"upload_locked"}', { status: 423 });
    }
    return fetch(path, init);
  };
  assert.equal((await send()).outcome, "received");
  arrived();
  assert.deepEqual(pauses, [2000, 2000, 2000]);
});

test("one that is locked for ever is left for later", async () => {
  server.fetch = async (_path, init) =>
    init.method === "POST"
      ? new Response(null, { status: 201, headers: { Location: "/api/v1/uploads/u1/" } })
      : new Response('{"code":"upload_locked"}', { status: 423 });
  assert.deepEqual(await send(), { outcome: "unreachable", why: "server", status: 423 });
});

test("a chunk that arrives damaged is sent again", async () => {
  let n = 0;
  const { fetch } = server;
  server.fetch = async (path, init) => {
    if (init.method === "PATCH") n += 1;
    if (n !== 2 || init.method !== "PATCH") return fetch(path, init);
    const body = Uint8Array.from(init.body);
    body[0] = (body[0] ?? 0) ^ 1;
    return fetch(path, { ...init, body });
  };
  assert.equal((await send()).outcome, "received");
  arrived();
});

test("a photo that is damaged on the tablet is told as such", async () => {
  const read = async (/** @type {number} */ from, /** @type {number} */ to) =>
    BYTES.subarray(from, Math.min(to, 500_000));
  const reply = await send({ read });
  assert.deepEqual(
    [reply.outcome, reply.outcome === "refused" && reply.code],
    ["refused", "photo_damaged_here"],
  );
});

test("what the server will not have is refused by name, at once", async () => {
  for (const [status, code] of /** @type {[number, string][]} */ ([
    [413, "upload_too_large"],
    [422, "photo_type"],
    [400, "upload_invalid"],
  ])) {
    server = openServer({ refusesPhoto: () => ({ status, code }) });
    const reply = await send();
    assert.deepEqual([reply.outcome, reply.outcome === "refused" && reply.code], ["refused", code]);
    assert.equal(server.asked.length, 1);
  }
});

test("a proxy's own 413 or 404 is no word on the photo: smaller, and later", async () => {
  for (const status of [413, 404, 502]) {
    server = openServer({ fault: ({ method }) => (method === "PATCH" ? status : null) });
    at = null;
    line = openLine();
    const reply = await send();
    assert.equal(reply.outcome, "unreachable", String(status));
    assert.ok(line.chunk < openLine().chunk || status !== 502);
    server.fault = () => null;
    assert.equal((await send()).outcome, "received");
    arrived();
  }
});

test("whoever is pleased with everything is not our server", async () => {
  server.fetch = async () => new Response("<h1>Welcome to our Wi-Fi</h1>", { status: 200 });
  assert.deepEqual(await send(), { outcome: "unreachable", why: "server", status: 200 });
  at = "/api/v1/uploads/u1/";
  assert.deepEqual(await send(), { outcome: "unreachable", why: "server", status: 200 });
});

test("not signed in stops it; what was sent stays", async () => {
  line.chunk = 128 << 10;
  let n = 0;
  server.fault = ({ method }) => {
    if (method === "PATCH") n += 1;
    if (n === 2) server.signedIn = false;
    return null;
  };
  assert.equal((await send()).outcome, "signed_out");
  assert.equal(at, "/api/v1/uploads/u1/");
});

test("chunks grow on a good line and shrink on a bad one, between 64 kB and 4 MB", async () => {
  for (const [took, chunk] of /** @type {[number, number][]} */ ([
    [100, LARGEST],
    [5000, 256 << 10],
    [20_000, SMALLEST],
  ])) {
    server = openServer();
    line = openLine();
    for (let n = 0; n < 3; n += 1) {
      server.photos.clear();
      await send({ clock: steps(took) });
    }
    assert.equal(line.chunk, took === 100 ? line.chunk : chunk, `${took} ms`);
    if (took === 100) assert.ok(line.chunk > 1 << 20 && line.chunk <= LARGEST);
  }
  line = openLine();
  server = openServer({ fault: () => "offline" });
  await send();
  assert.equal(line.chunk, SMALLEST);
});

/** A clock that goes on by half of this each time it is read. @param {number} ms */
function steps(ms) {
  let now = 0;
  return () => {
    now += ms;
    return now;
  };
}
