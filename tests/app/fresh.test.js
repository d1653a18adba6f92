import assert from "node:assert/strict";
import { test } from "node:test";
import { keepFresh } from "../../static/app/fresh.js";

/** A page and its server, on a clock that only the test moves. */
function world() {
  let now = 0;
  /** @type {{ at: number, act: () => void }[]} */
  let timers = [];
  const heard = /** @type {string[]} */ ([]);
  const told = {
    version: "a",
    visible: true,
    asked: /** @type {number[]} */ ([]),
    /** What is answered instead of the version. @type {any} */
    instead: null,
    /** What the page does about news. @type {() => Promise<void>} */
    load: async () => {},
  };
  const fresh = keepFresh({
    ask: async (method, path) => {
      assert.deepEqual([method, path], ["GET", "/api/v1/overview/version/"]);
      told.asked.push(now);
      if (told.instead) return told.instead;
      const body = { version: told.version, everywhere_ms: 500 };
      return { outcome: "received", status: 200, body };
    },
    visible: () => told.visible,
    onNews: async (version) => {
      heard.push(`${version} at ${now}`);
      await told.load();
    },
    onState: (state) => heard.push(state),
    later: (act, ms) => {
      const timer = { at: now + ms, act };
      timers.push(timer);
      return timer;
    },
    forget: (timer) => {
      timers = timers.filter((each) => each !== timer);
    },
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  /** @param {number} ms */
  async function pass(ms) {
    const end = now + ms;
    await settled();
    for (;;) {
      const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      timers = timers.filter((each) => each !== next);
      now = next.at;
      next.act();
      await settled();
    }
    now = end;
  }

  return { fresh, told, heard, pass };
}

test("a page that is looked at asks every other second, and is told once of each version", async () => {
  const { told, heard, pass } = world();
  await pass(4500);
  assert.deepEqual([told.asked, heard], [[0, 2000, 4000], []]);
  told.version = "b";
  await pass(5500);
  // Told when every web process knows it, half a second after the first one did.
  assert.deepEqual(heard, ["b at 6500"]);
  assert.deepEqual(told.asked, [0, 2000, 4000, 6000, 8500]);
});

test("what was written while the page loaded is news, and what it shows already is none", async () => {
  const { fresh, told, heard, pass } = world();
  fresh.shows("before");
  await pass(600);
  assert.deepEqual(heard, ["a at 500"]);
  told.version = "c";
  fresh.shows("c");
  await pass(4000);
  assert.deepEqual(heard, ["a at 500"]);
});

test("the next question waits until the page has loaded the news", async () => {
  const { told, heard, pass } = world();
  await pass(0);
  /** @type {(value: void) => void} */
  let loaded = () => {};
  told.load = () => new Promise((resolve) => (loaded = resolve));
  told.version = "b";
  await pass(30_000);
  assert.deepEqual([told.asked, heard], [[0, 2000], ["b at 2500"]]);
  loaded();
  await pass(2000);
  assert.deepEqual(told.asked.at(-1), 32_000);
});

test("a page that nobody looks at asks once a minute, and at once when it is looked at again", async () => {
  const { fresh, told, pass } = world();
  told.visible = false;
  await pass(90_000);
  assert.deepEqual(told.asked, [0, 60_000]);
  told.visible = true;
  fresh.look();
  await pass(4000);
  assert.deepEqual(told.asked, [0, 60_000, 90_000, 92_000, 94_000]);
});

test("a server that does not answer is asked ever more seldom, and the page says that it may be old", async () => {
  const { fresh, told, heard, pass } = world();
  await pass(0);
  told.instead = { outcome: "unreachable", why: "offline", status: 0 };
  await pass(200_000);
  const seconds = told.asked.map((ms) => ms / 1000);
  assert.deepEqual(seconds, [0, 2, 6, 14, 30, 62, 122, 182]);
  assert.deepEqual([heard, fresh.state()], [["stale"], "stale"]);
  told.instead = null;
  fresh.look();
  await pass(2000);
  assert.deepEqual([heard, told.asked.at(-1)], [["stale", "fresh"], 202_000]);
});

test("a server that says how long it wants to be left alone is left alone", async () => {
  const { told, pass } = world();
  await pass(0);
  told.instead = { outcome: "unreachable", why: "server", status: 503, retryAfterMs: 90_000 };
  await pass(100_000);
  assert.deepEqual(told.asked, [0, 2000, 92_000]);
});

test("who is signed out, or may no longer see it, is asked for no more", async () => {
  for (const instead of [
    { outcome: "signed_out" },
    { outcome: "refused", status: 403, code: "not_allowed", message: "", details: {} },
  ]) {
    const { fresh, told, heard, pass } = world();
    await pass(0);
    told.instead = instead;
    await pass(10_000);
    fresh.look();
    await pass(10_000);
    assert.deepEqual([told.asked, heard, fresh.state()], [[0, 2000], ["ended"], "ended"]);
  }
});

test("looked for twice at once is asked once, and a page that is left asks no more", async () => {
  const { fresh, told, pass } = world();
  fresh.look();
  fresh.look();
  await pass(2000);
  assert.deepEqual(told.asked, [0, 2000]);
  fresh.stop();
  await pass(100_000);
  assert.deepEqual(told.asked, [0, 2000]);
});
