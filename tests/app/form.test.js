import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, test } from "node:test";
import {
  answer,
  answersOf,
  begin,
  count,
  look,
  type,
  undo,
} from "../../static/app/form/filling.js";
import { limitOf, weightOf } from "../../static/app/form/limits.js";
import { parse, press } from "../../static/app/form/number.js";
import { contentOf, fresh } from "../../static/app/form/record.js";
import { factsOf } from "../../static/app/store/register.js";
import { uuid7 } from "../../static/app/uuid.js";
import { speak } from "../../static/app/words.js";

/** @type {import("../../static/app/types.d.ts").Kind[]} */
const KINDS = JSON.parse(readFileSync(new URL("../kinds.json", import.meta.url), "utf8"));
const LANE = /** @type {import("../../static/app/types.d.ts").Kind} */ (
  KINDS.find(({ slug }) => slug === "fire_lane")
);

/** @param {string} code */
const item = (code) => {
  const found = LANE.items.find((each) => each.code === code);
  assert.ok(found, code);
  return found;
};

/** @param {ReturnType<typeof begin>} filling @param {string} code */
const line = (filling, code, facts = {}) =>
  look(LANE, filling, facts).find((each) => each.item.code === code);

afterEach(() => speak("zh-Hans"));

test("an answer is judged as it is given", () => {
  const filling = answer(answer(begin(), "XF-01", true), "XF-02", false);
  assert.equal(line(filling, "XF-01")?.state, "fault");
  assert.equal(line(filling, "XF-02")?.state, "good");
  assert.equal(line(filling, "XF-03")?.state, "open");
  assert.deepEqual(count(look(LANE, filling, {})), {
    open: 18,
    good: 1,
    fault: 1,
    skipped: 0,
    wrong: 0,
    asked: 20,
    done: 2,
  });
});

test("not applicable and could not check are answers and no faults", () => {
  const filling = answer(answer(begin(), "XF-01", "not_applicable"), "XF-03", "could_not_check");
  assert.equal(line(filling, "XF-01")?.state, "skipped");
  assert.equal(line(filling, "XF-03")?.state, "skipped");
  assert.deepEqual(answersOf(LANE, filling, {}), {
    "XF-01": "not_applicable",
    "XF-03": "could_not_check",
  });
});

test("a number being typed is an answer as soon as it says something", () => {
  const typed = ["3", "3.", "3.5"].reduce(
    (filling, text) => type(filling, item("XF-03"), "", text),
    begin(),
  );
  assert.equal(typed.texts["XF-03"], "3.5");
  assert.deepEqual(answersOf(LANE, typed, {}), { "XF-03": 3.5 });
  assert.equal(line(typed, "XF-03")?.state, "fault");
  assert.equal(line(type(typed, item("XF-03"), "", ""), "XF-03")?.state, "open");
});

test("what can't be a number, or not this one, is wrong and not sent", () => {
  const nonsense = type(begin(), item("XF-03"), "", "4m");
  assert.deepEqual(
    [line(nonsense, "XF-03")?.state, line(nonsense, "XF-03")?.wrong],
    ["wrong", "number"],
  );
  const huge = type(begin(), item("XF-03"), "", "450");
  assert.deepEqual(
    [line(huge, "XF-03")?.state, line(huge, "XF-03")?.wrong],
    ["wrong", "out_of_range"],
  );
  assert.deepEqual(answersOf(LANE, huge, {}), {});
});

test("several measures make one answer, once all are there", () => {
  const one = type(begin(), item("XF-09"), "length_m", "12");
  assert.equal(line(one, "XF-09")?.wrong, "measures");
  const both = type(one, item("XF-09"), "width_m", "10");
  assert.deepEqual(answersOf(LANE, both, {}), { "XF-09": { length_m: 12, width_m: 10 } });
  assert.equal(line(both, "XF-09")?.state, "fault");
});

test("the last step can be undone; the digits of one number are one step", () => {
  const first = answer(begin(), "XF-01", true);
  const typed = type(type(first, item("XF-03"), "", "3"), item("XF-03"), "", "3.5");
  assert.deepEqual(undo(typed).answers, { "XF-01": true });
  assert.deepEqual(undo(undo(typed)).answers, {});
  const start = begin();
  assert.equal(undo(start), start);
});

test("only so many steps are kept", () => {
  let filling = begin();
  for (let step = 0; step < 200; step += 1) filling = answer(filling, "XF-01", step % 2 === 0);
  let steps = 0;
  for (let at = filling; at.before; at = at.before) steps += 1;
  assert.ok(steps <= 51, String(steps));
});

test("another answer to a number takes its text away", () => {
  const typed = type(begin(), item("XF-09"), "length_m", "12");
  assert.deepEqual(answer(typed, "XF-09", "not_applicable").texts, {});
});

test("a correction begins with the answers of the record it corrects", () => {
  const filling = begin({ "XF-01": true, "XF-03": 3.5, "XF-09": { length_m: 12, width_m: 10 } });
  assert.deepEqual(filling.texts, {
    "XF-03": "3.5",
    "XF-09.length_m": "12",
    "XF-09.width_m": "10",
  });
  assert.equal(filling.before, null);
});

test("the pad writes numbers and nothing else", () => {
  const typed = (/** @type {string} */ keys, whole = false) =>
    keys.split("").reduce((text, key) => press(text, key === "<" ? "back" : key, { whole }), "");
  assert.equal(typed("3.5"), "3.5");
  assert.equal(typed("."), "0.");
  assert.equal(typed("1..5"), "1.5");
  assert.equal(typed("05"), "5");
  assert.equal(typed("12<"), "1");
  assert.equal(typed("<"), "");
  assert.equal(typed("1.5", true), "15");
  assert.equal(typed("12345678901"), "123456789");
});

test("a number is read as it was meant", () => {
  assert.equal(parse(" ３．５ "), 3.5);
  assert.equal(parse("3,5"), 3.5);
  assert.equal(parse("3."), 3);
  assert.equal(parse(""), null);
  assert.ok(Number.isNaN(parse("3.5m")));
  assert.ok(Number.isNaN(parse("1e5")));
});

test("the limit that applies is told, and how much weight it has", () => {
  assert.equal(limitOf(item("XF-03"), {}, {}), "≥ 4 m");
  assert.equal(weightOf(item("XF-03")), "");
  assert.equal(limitOf(item("XF-05"), {}, {}), "≥ 9 m");
  assert.equal(limitOf(item("XF-05"), {}, { high_rise: true }), "≥ 12 m");
  assert.equal(weightOf(item("XF-05")), "限值待核实");
  assert.equal(limitOf(item("XF-07"), {}, {}), "≤ 8 %");
  assert.equal(weightOf(item("XF-07")), "宜");
  assert.equal(limitOf(item("XF-01"), {}, {}), "");
  assert.equal(limitOf(item("XF-11"), {}, {}), "短边 ≥ 10 m、长边 ≥ 15 m");
  speak("en");
  assert.equal(
    limitOf(item("XF-11"), {}, { height_m: 60 }),
    "shorter side ≥ 10 m, longer side ≥ 20 m",
  );
});

test("what the register knows of a place is what a checklist may ask", () => {
  /** @type {any} */
  const estate = { properties: { height_class: "mixed", tallest_m: 54.5, ebikes: 120 } };
  /** @type {any} */
  const site = { properties: { indoor: false, ports: 10, bays: null, area_m2: 240 } };
  assert.deepEqual(factsOf(estate, site), {
    high_rise: true,
    height_m: 54.5,
    ebikes: 120,
    indoor: false,
    ports: 10,
    bays: null,
    area_m2: 240,
  });
  /** @type {any} */
  const low = { properties: { height_class: "low", tallest_m: 30 } };
  assert.equal(factsOf(low, undefined).high_rise, true);
  assert.equal(factsOf(undefined, undefined).high_rise, null);
});

test("a record is sent with all that the server asks for", () => {
  const draft = {
    ...fresh(7, "fire_lane"),
    asset: 9,
    recordedAt: "2024-11-30T09:30:00.000+08:00",
    position: /** @type {const} */ ({ point: [118.57, 24.81], source: "manual", accuracyM: null }),
  };
  assert.deepEqual(
    contentOf({ ...draft, position: { ...draft.position, point: [118.57, 24.81] } }, 3, {
      "XF-01": true,
    }),
    {
      kind: "fire_lane",
      kind_version: 3,
      estate: 7,
      asset: 9,
      location: { type: "Point", coordinates: [118.57, 24.81] },
      location_source: "manual",
      accuracy_m: null,
      recorded_at: "2024-11-30T09:30:00.000+08:00",
      answers: { "XF-01": true },
    },
  );
  const correction = { ...fresh(7, "fire_lane"), supersedes: "an-id", reason: " 选错了小区 " };
  const sent = contentOf(correction, 3, {});
  assert.deepEqual(
    [sent.supersedes, sent.reason, sent.location, sent.location_source],
    ["an-id", "选错了小区", null, null],
  );
});

test("an id made on the tablet is a UUIDv7: its time, then chance", () => {
  // RFC 9562, appendix A.6.
  const random = new Uint8Array([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
  assert.equal(uuid7(0x017f22e279b0, random), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  const ids = new Set(Array.from({ length: 1000 }, () => uuid7()));
  assert.equal(ids.size, 1000);
  for (const id of ids)
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
