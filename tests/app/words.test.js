import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import { ago, due, dueWord, full, isoWithOffset } from "../../static/app/when.js";
import { either, severityWord, speak, t, WORDS } from "../../static/app/words.js";

afterEach(() => speak("zh-Hans"));

test("every phrase is there in both languages, with the same gaps", () => {
  for (const [key, [zh, en]] of Object.entries(WORDS)) {
    const english = typeof en === "string" ? [en] : [en.one, en.other];
    for (const phrase of [zh, ...english]) assert.ok(phrase.trim(), key);
    for (const phrase of english) assert.deepEqual(gaps(phrase), gaps(zh), key);
    assert.doesNotMatch(
      zh,
      /[a-z]{3},|[\u4e00-\u9fff][,;:!?]/,
      `${key}: Chinese has its own marks`,
    );
  }
});

/** @param {string} phrase */
const gaps = (phrase) => [...phrase.matchAll(/\{\w+\}/g)].map(([gap]) => gap).sort();

test("every phrase is said somewhere", () => {
  const app = new URL("../../static/app", import.meta.url).pathname;
  const text = readdirSync(app, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js") && !name.startsWith("words/"))
    .map((name) => readFileSync(join(app, name), "utf8"))
    .join("\n");
  // A key that is put together says its beginning: t(`severity.${…}`).
  const begun = [...text.matchAll(/`([a-z_.]+\.)\$\{/g)].map(([, start = ""]) => start);
  const unsaid = Object.keys(WORDS).filter(
    (key) => !text.includes(`"${key}"`) && !begun.some((start) => key.startsWith(start)),
  );
  assert.deepEqual(unsaid, []);
});

test("a phrase is filled in, and English counts", () => {
  assert.equal(t("when.days", { n: 1 }), "1 天前");
  speak("en-GB");
  assert.equal(t("when.days", { n: 1 }), "1 day ago");
  assert.equal(t("when.days", { n: 3 }), "3 days ago");
  assert.equal(severityWord(1), "Immediate danger");
  assert.equal(either("井盖", "Covers"), "Covers");
  assert.equal(either("井盖", ""), "井盖");
});

test("times are told as people say them, in the office's days", () => {
  const now = new Date("2024-11-30T10:00:00+08:00");
  assert.equal(ago("2024-11-30T09:59:40+08:00", now), "刚刚");
  assert.equal(ago("2024-11-30T09:30:00+08:00", now), "30 分钟前");
  assert.equal(ago("2024-11-30T00:10:00+08:00", now), "今天 00:10");
  assert.equal(ago("2024-11-29T23:50:00+08:00", now), "昨天 23:50");
  assert.equal(ago("2024-11-20T10:00:00+08:00", now), "10 天前");
  assert.equal(full("2024-11-20T10:05:00+08:00"), "2024年11月20日 10:05");
});

test("an inspection is due by the days of the calendar", () => {
  const now = new Date("2024-11-30T00:10:00+08:00");
  assert.deepEqual(due(null, 30, now), { state: "never", days: 0 });
  assert.deepEqual(due("2024-10-30T23:00:00+08:00", 30, now), { state: "late", days: 1 });
  assert.deepEqual(due("2024-10-31T00:00:00+08:00", 30, now), { state: "soon", days: 0 });
  assert.deepEqual(due("2024-11-05T09:00:00+08:00", 30, now), { state: "soon", days: 5 });
  assert.deepEqual(due("2024-11-06T09:00:00+08:00", 30, now), { state: "fine", days: 6 });
  assert.equal(dueWord({ state: "soon", days: 0 }), "今天到期");
  assert.equal(dueWord({ state: "late", days: 3 }), "超期 3 天");
});

test("a moment is sent with its offset, and is the same moment", () => {
  const moment = new Date("2024-11-30T01:30:00.250Z");
  const told = isoWithOffset(moment);
  assert.match(told, /^2024-1[12]-\d\dT\d\d:\d\d:00\.250[+-]\d\d:\d\d$/);
  assert.equal(new Date(told).getTime(), moment.getTime());
});
