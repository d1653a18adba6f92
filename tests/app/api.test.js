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
  assert.deepEqual(await api.ask("PUT", "/api/v1/inspections/x/", { kind: "lighting" }), {
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
    assert.deepEqual(await api.ask("PUT", "/api/v1/inspections/x/", {}), {
      outcome: "refused",
      status,
      ...problem,
    });
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
  assert.equal((await api.ask("PUT", "/api/v1/inspections/x/", { a: 1 })).outcome, "received");
  assert.deepEqual(
    asked.map(({ method, path }) => `${method} ${path}`),
    ["PUT /api/v1/inspections/x/", "GET /api/v1/me/", "PUT /api/v1/inspections/x/"],
  );
  const again = network(stale(), answer(200, {}), stale());
  assert.equal((await again.api.ask("PUT", "/api/v1/inspections/x/", {})).outcome, "refused");
  const out = network(stale(), new Response("", { status: 401 }));
  assert.deepEqual(await out.api.ask("PUT", "/api/v1/inspections/x/", {}), {
    outcome: "signed_out",
  });
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

test("a tablet says which one it is, and what its clock says", async () => {
  /** @type {any} */
  let headers;
  const api = connect({
    token: () => "t",
    device: "0199aaaa-0000-7000-8000-000000000001",
    now: () => new Date("2026-11-22T04:00:00.5Z"),
    fetch: async (_path, request) => {
      headers = request?.headers;
      return answer(200, {});
    },
  });
  await api.me();
  assert.deepEqual(headers, {
    Accept: "application/json",
    "X-Device": "0199aaaa-0000-7000-8000-000000000001",
    "X-Device-Clock": "2026-11-22T04:00:00.500Z",
  });
});

test("a text is sent as it stands: its hash is the record's", async () => {
  const { api, asked } = network(answer(201, {}));
  await api.ask("PUT", "/x/", '{"b":1.50}');
  assert.equal(asked[0]?.body, '{"b":1.50}');
});

test("a blocked tablet is its own outcome", async () => {
  const { api } = network(answer(401, { code: "device_revoked" }), answer(401, { code: "x" }));
  assert.deepEqual(await api.me(), { outcome: "revoked" });
  assert.deepEqual(await api.me(), { outcome: "signed_out" });
});

test("a server that asks to be left alone says for how long", async () => {
  const busy = new Response("", { status: 503, headers: { "Retry-After": "7" } });
  const { api } = network(busy, new Response("", { status: 429, headers: { "Retry-After": "?" } }));
  const told = { outcome: "unreachable", why: "server" };
  assert.deepEqual(await api.me(), { ...told, status: 503, retryAfterMs: 7000 });
  assert.deepEqual(await api.me(), { ...told, status: 429 });
});

test("a request can be taken back, before and while it runs", async () => {
  const stop = new AbortController();
  const never = (/** @type {any} */ { signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const { api } = network(/** @type {any} */ (never), () => Promise.reject(new Error("too late")));
  const running = api.ask("GET", "/x/", undefined, { signal: stop.signal, patienceMs: 1000 });
  stop.abort();
  assert.deepEqual(await running, { outcome: "cancelled" });
  assert.deepEqual(await api.ask("GET", "/x/", undefined, { signal: stop.signal }), {
    outcome: "cancelled",
  });
});

test("what still comes is waited for; what stops coming is not", async () => {
  /** A byte each few milliseconds, all of it longer than one waits for a word. @param {number} pieces */
  const trickle = (pieces) =>
    new Response(
      new ReadableStream({
        async pull(control) {
          await new Promise((resolve) => setTimeout(resolve, 8));
          if (pieces > 0) control.enqueue(new Uint8Array([pieces]));
          else control.close();
          pieces -= 1;
        },
      }),
    );
  /** @param {Response} response @param {() => void} alive */
  const read = async (response, alive) => {
    let got = 0;
    const reader = response.body?.getReader();
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
      got += next.value.length;
      alive();
    }
    return got;
  };
  const awake = setInterval(() => {}, 1000);
  const { api } = network(
    trickle(8),
    // As fetch has it: what is being read fails when the request is given up.
    ({ signal }) =>
      new Response(
        new ReadableStream({
          start(control) {
            signal.addEventListener("abort", () => control.error(signal.reason));
          },
        }),
      ),
  );
  const whole = await api.ask("GET", "/x/", undefined, { read });
  assert.equal(whole.outcome === "received" && whole.body, 8);
  assert.deepEqual(await api.ask("GET", "/x/", undefined, { read }), {
    outcome: "unreachable",
    why: "slow",
    status: 0,
  });
  clearInterval(awake);
});
