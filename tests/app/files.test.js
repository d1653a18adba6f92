import assert from "node:assert/strict";
import { test } from "node:test";
import { sendFile } from "../../static/app/files.js";
import { speak } from "../../static/app/words.js";

test("a file goes as it is, and has ten minutes", async () => {
  /** @type {any[]} */
  const asked = [];
  const answer = /** @type {any} */ ({ outcome: "received", status: 201, body: { id: "a" } });
  const api = {
    ask: async (/** @type {any[]} */ ...told) => {
      asked.push(told);
      return answer;
    },
  };
  const file = { arrayBuffer: async () => Uint8Array.of(1, 2, 3).buffer };
  assert.equal(await sendFile(api, "PUT", "/there/", file), answer);
  assert.deepEqual(asked, [
    [
      ...["PUT", "/there/", Uint8Array.of(1, 2, 3)],
      { headers: { "Content-Type": "application/octet-stream" }, patienceMs: 600_000 },
    ],
  ]);
});

test("a file that can't be read is said to be so, and nothing is sent", async () => {
  speak("en");
  const api = { ask: () => assert.fail("nothing to send") };
  const gone = { arrayBuffer: () => Promise.reject(new DOMException("", "NotReadableError")) };
  assert.deepEqual(await sendFile(api, "PUT", "/there/", gone), {
    outcome: "refused",
    status: 0,
    code: "file_unread",
    message: "This file can't be read. Choose it again.",
    details: {},
  });
});
