import assert from "node:assert/strict";
import { test } from "node:test";
import { languageCookie, languageOf } from "../../static/app/language.js";
import { askToKeep, bytes, roomOf } from "../../static/app/storage.js";

/** A browser's storage, as it tells of itself. @param {Partial<StorageManager>} told */
const browser = (told) => /** @type {StorageManager} */ (told);

/** @param {number} usage @param {number} quota */
const told = (usage, quota) =>
  browser({ estimate: async () => ({ usage, quota }), persisted: async () => false });

test("little room is told while there is still some", async () => {
  const GB = 1e9;
  const short = [];
  for (const [used, quota] of [
    [0, 10 * GB],
    [8.9 * GB, 10 * GB],
    [9.1 * GB, 10 * GB],
    [1.4 * GB, 2 * GB],
    [1.6 * GB, 2 * GB],
    [3 * GB, 2 * GB],
  ])
    short.push((await roomOf(told(used ?? 0, quota ?? 0)))?.short);
  assert.deepEqual(short, [false, false, true, false, true, true]);
});

test("what is left is never less than nothing", async () => {
  assert.deepEqual(await roomOf(told(5, 3)), {
    used: 5,
    quota: 3,
    left: 0,
    persisted: false,
    short: true,
  });
});

test("a browser that does not tell, and one that fails, is unknown", async () => {
  const failing = browser({ estimate: () => Promise.reject(new TypeError()) });
  assert.deepEqual([await roomOf(undefined), await roomOf(failing)], [null, null]);
});

test("a promise to keep data is asked for only where there is none", async () => {
  let asked = 0;
  /** @param {boolean} before @param {boolean} answer */
  const keeping = (before, answer) =>
    browser({
      persisted: async () => before,
      persist: async () => {
        asked += 1;
        return answer;
      },
    });
  assert.deepEqual(
    [
      await askToKeep(keeping(true, false)),
      await askToKeep(keeping(false, true)),
      await askToKeep(keeping(false, false)),
      await askToKeep(undefined),
    ],
    [true, true, false, false],
  );
  assert.equal(asked, 2);
});

test("sizes are told in the steps people know", () => {
  assert.deepEqual([0, 1, 999_400, 999_500, 820e6, 999.6e6, 3.44e9].map(bytes), [
    "0 kB",
    "1 kB",
    "1000 kB",
    "1 MB",
    "820 MB",
    "1.0 GB",
    "3.4 GB",
  ]);
});

test("the language is the one chosen, else English where the browser wishes for it", () => {
  assert.deepEqual(
    [
      languageOf("", "zh-CN"),
      languageOf("", "de"),
      languageOf("", "en-GB"),
      languageOf("csrftoken=x; django_language=en", "zh-CN"),
      languageOf("django_language=zh-hans; csrftoken=x", "en"),
    ],
    ["zh-hans", "zh-hans", "en", "en", "zh-hans"],
  );
});

test("what was chosen stays a year, and goes by TLS alone where the page did", () => {
  assert.deepEqual(
    [languageCookie("en", false), languageCookie("zh-hans", true)],
    [
      "django_language=en; path=/; max-age=31536000; SameSite=Lax",
      "django_language=zh-hans; path=/; max-age=31536000; SameSite=Lax; Secure",
    ],
  );
});
