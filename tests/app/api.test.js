import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, csrfToken } from "../../static/app/api.js";

/**
 * A network that answers from a list, and remembers what it was asked.
 * @param {(Response | Error | ((request: any) => Response | Promise<Response>))[]} replies
 */
function network(...replies) {
  /** @type {{ path: string, method: string, token: string | undefined, body: any }[]} */
  const asked = [];
  const api = connect({
    token: () => "a-token",
    patienceMs: 20,
    fetch: async (path, request = {}) => {
      const headers = /** @type {Record<string, string>} */ (request.headers);
      asked.push({
        path: String(path),
        method: request.method ?? "GET",
        token: headers["X-CSRFToken"],
        body: request.body,
      });
      const reply = replies.shift();
      if (typeof reply === "function") return reply(request);
      if (reply instanceof Response) return reply;
      throw reply ?? new Error("nothing more was to be asked");
    },
  });
  return { api, asked };
}

/** @param {number} status @param {unknown} body */
const answer = (status, body) => new Response(JSON.stringify(body), { status });

test("what the server took is received", async () => {
  const { api, asked } = network(answer(201, { id: "x" }));
  assert.deepEqual(await api.sendInspection("x", { kind: "lighting" }), {
    outcome: "received",
    status: 201,
    body: { id: "x" },
  });
  assert.deepEqual(asked, [
    {
      path: "/api/v1/inspections/x/",
      method: "PUT",
      token: "a-token",
      body: '{"kind":"lighting"}',
    },
  ]);
});

test("what the server will not take is refused, in its own words", async () => {
  const problem = { code: "answers_invalid", message: "再看一看。", details: { items: {} } };
  for (const status of [400, 403, 404, 409, 413, 422]) {
    const { api } = network(answer(status, problem));
    assert.deepEqual(await api.sendInspection("x", {}), { outcome: "refused", status, ...problem });
  }
});

test("not signed in is its own outcome, whatever the body", async () => {
  const { api } = network(new Response("<h1>?</h1>", { status: 401 }));
  assert.deepEqual(await api.me(), { outcome: "signed_out" });
});

test("a server in trouble, and a gateway that speaks for it, are unreachable", async () => {
  for (const status of [500, 502, 503, 429]) {
    const { api } = network(answer(status, { code: "x" }));
    assert.deepEqual(await api.me(), { outcome: "unreachable", why: "server", status });
  }
  const { api } = network(new Response("<h1>Bad gateway</h1>", { status: 404 }));
  assert.deepEqual(await api.me(), { outcome: "unreachable", why: "server", status: 404 });
  const hotel = network(new Response("<h1>Welcome to our Wi-Fi</h1>", { status: 200 }));
  assert.deepEqual(await hotel.api.me(), { outcome: "unreachable", why: "server", status: 200 });
});

test("no network is unreachable", async () => {
  const { api } = network(new TypeError("Failed to fetch"));
  assert.deepEqual(await api.me(), { outcome: "unreachable", why: "offline", status: 0 });
});

test("a server that says nothing for too long is unreachable", async () => {
  const { api } = network(
    ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  );
  // Node ends where nothing but an unreferenced timer waits.
  const awake = setTimeout(() => {}, 1000);
  assert.deepEqual(await api.me(), { outcome: "unreachable", why: "slow", status: 0 });
  clearTimeout(awake);
});

test("a stale CSRF token is renewed and the same sent again, once", async () => {
  const stale = () => answer(403, { code: "csrf_stale", message: "…", details: {} });
  const { api, asked } = network(stale(), answer(200, { username: "x" }), answer(201, {}));
  assert.equal((await api.sendInspection("x", { a: 1 })).outcome, "received");
  assert.deepEqual(
    asked.map(({ method, path }) => `${method} ${path}`),
    ["PUT /api/v1/inspections/x/", "GET /api/v1/me/", "PUT /api/v1/inspections/x/"],
  );
  const again = network(stale(), answer(200, {}), stale());
  assert.equal((await again.api.sendInspection("x", {})).outcome, "refused");
  const out = network(stale(), new Response("", { status: 401 }));
  assert.deepEqual(await out.api.sendInspection("x", {}), { outcome: "signed_out" });
});

test("a list is read to its last page, and what stops it is told", async () => {
  const next = "https://xuntu.example/api/v1/communities/?page_size=1000&page=2";
  const { api, asked } = network(
    answer(200, { features: [1, 2], next }),
    answer(200, { features: [3], next: null }),
  );
  assert.deepEqual(await api.communities(), { outcome: "received", status: 200, body: [1, 2, 3] });
  assert.deepEqual(
    asked.map(({ path }) => path),
    ["/api/v1/communities/?page_size=1000", "/api/v1/communities/?page_size=1000&page=2"],
  );
  const cut = network(answer(200, { features: [1], next }), new TypeError("gone"));
  assert.equal((await cut.api.communities()).outcome, "unreachable");
});

test("the CSRF token is found among the cookies", () => {
  assert.equal(csrfToken("a=1; csrftoken=abc; b=2"), "abc");
  assert.equal(csrfToken("xcsrftoken=abc"), "");
});
