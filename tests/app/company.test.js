import assert from "node:assert/strict";
import { test } from "node:test";
import { openTold } from "../../static/app/screens/company/told.js";

/** A server that answers when the test says so. */
function world() {
  /** @type {{ path: string, answer: (reply: any) => void }[]} */
  const asked = [];
  const ask = (/** @type {string} */ path) =>
    new Promise((answer) => {
      asked.push({ path, answer });
    });
  const api = /** @type {any} */ ({
    ask: (/** @type {string} */ _method, /** @type {string} */ path) => ask(path),
    all: ask,
    kinds: () => ask("kinds"),
  });
  const received = (/** @type {any} */ body) => ({ outcome: "received", status: 200, body });
  return { told: openTold(api, () => {}), asked, received };
}

test("of a case the answer to the last question counts, whichever comes last", async () => {
  const { told, asked, received } = world();
  const [first, second] = [told.fetchWhole("a"), told.fetchWhole("a")];
  asked[1]?.answer(received({ version: 2 }));
  await second;
  asked[0]?.answer(received({ version: 1 }));
  await first;
  assert.deepEqual(told.whole("a"), { version: 2 });
});

test("what could not be had of one case is not said of another", async () => {
  const { told, asked, received } = world();
  const [lost, there] = [told.fetchWhole("a"), told.fetchWhole("b")];
  asked[1]?.answer(received({}));
  asked[0]?.answer({ outcome: "unreachable", why: "slow", status: 0 });
  await Promise.all([lost, there]);
  assert.deepEqual([told.failed("a")?.outcome, told.failed("b")], ["unreachable", null]);
  told.begin();
  assert.equal(told.failed("a"), null);
});

test("a case that went to another is let go", async () => {
  const { told, asked, received } = world();
  const had = told.fetchWhole("a");
  asked[0]?.answer(received({}));
  await had;
  const gone = told.fetchWhole("a");
  asked[1]?.answer({
    outcome: "refused",
    status: 404,
    code: "not_found",
    message: "",
    details: {},
  });
  await gone;
  assert.equal(told.whole("a"), undefined);
});
