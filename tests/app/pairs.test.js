import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import {
  apartWord,
  lackWord,
  laterWord,
  movedBy,
  shortHash,
  windOf,
  zoomed,
} from "../../static/app/pairs.js";
import { speak } from "../../static/app/words.js";

afterEach(() => speak("zh-Hans"));

/** @param {Partial<import("../../static/app/pairs.js").Pair>} told */
const pair = (told) => ({
  before: "a",
  after: "b",
  confirmed: true,
  distance_m: 12,
  bearing: 44,
  accuracy_m: 8,
  minutes: 0,
  ...told,
});

test("a direction is one of eight, and north is on both sides of nought", () => {
  assert.deepEqual([0, 22, 23, 90, 180, 270, 337, 338, 360, -45].map(windOf), [
    "n",
    "n",
    "ne",
    "e",
    "s",
    "w",
    "nw",
    "n",
    "n",
    "nw",
  ]);
});

test("how far apart two pictures were taken is told with its direction where it is known", () => {
  assert.equal(apartWord(pair({})), "相距 12 米，在东北侧（误差 8 米以内）");
  assert.equal(apartWord(pair({ accuracy_m: null })), "相距 12 米，在东北侧");
  assert.equal(apartWord(pair({ distance_m: 6 })), "同一位置（误差 8 米以内）");
  assert.equal(apartWord(pair({ distance_m: 0, bearing: null, accuracy_m: null })), "同一位置");
  assert.equal(apartWord(pair({ distance_m: null })), "至少一张没有位置");
  assert.equal(
    apartWord(pair({ distance_m: 1234, bearing: 180 })),
    "相距 1.2 公里，在南侧（误差 8 米以内）",
  );
  speak("en");
  assert.equal(apartWord(pair({})), "12 m apart, to the north-east (within 8 m)");
});

test("how long after is told in days and hours, and minutes where they count", () => {
  assert.equal(laterWord(2 * 1440 + 125), "2 天 2 小时后");
  assert.equal(laterWord(125), "2 小时 5 分钟后");
  assert.equal(laterWord(0), "0 分钟后");
  assert.equal(laterWord(-61), "早 1 小时 1 分钟");
  assert.equal(laterWord(null), "至少一张没有时间");
});

test("why nothing can be looked at is told", () => {
  const shown = /** @type {any} */ ({
    held_at: "2024-11-30T01:30:00Z",
    problem: "",
    purged_at: null,
  });
  assert.equal(lackWord(undefined), "没有照片");
  assert.equal(lackWord({ ...shown, held_at: null }), "照片还没传到");
  assert.equal(lackWord({ ...shown, problem: "photo_cut" }), "文件损坏，按原样保存");
  assert.equal(lackWord({ ...shown, purged_at: "2025-11-30T01:30:00Z" }), "已到期清除，校验值保留");
  assert.equal(lackWord(shown), "图片正在生成，稍后再看");
  assert.equal(shortHash("0123456789abcdef"), "0123 4567 89ab");
});

test("what is under a finger stays there as one looks closer, and the picture never leaves its frame", () => {
  const whole = { zoom: 1, x: 0, y: 0 };
  const near = zoomed(whole, 2, { x: 0.25, y: 0 });
  assert.deepEqual(near, { zoom: 2, x: -0.25, y: 0 });
  // A point at 0.25 of the frame was at 0.25 of the picture, and is still.
  assert.equal((0.25 - near.x) / near.zoom, 0.25);
  assert.deepEqual(movedBy(near, -9, 9), { zoom: 2, x: -0.5, y: 0.5 });
  assert.deepEqual(zoomed(movedBy(near, -9, 9), 1 / 4), whole);
  assert.equal(zoomed(whole, 100).zoom, 8);
});
