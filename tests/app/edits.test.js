import assert from "node:assert/strict";
import { test } from "node:test";
import * as edits from "../../static/app/drawing/edits.js";
import { fieldsOf as footprint } from "../../static/app/drawing/footprint.js";
import * as history from "../../static/app/drawing/history.js";
import {
  counted,
  deciding,
  differing,
  lookOf,
  worstFirst,
  worstOf,
} from "../../static/app/drawing/verdicts.js";

/** @import { Edited, Row, Verdict } from "../../static/app/drawing/types.d.ts" */

const HERE = [118.5729, 24.8103];
const FIELDS = {
  name: "东门",
  estate: 1,
  ports: 5,
  bays: 10,
  bay_length_m: 2.2,
  bay_width_m: 0.8,
  vacant_space: null,
  note: "",
  ...footprint({ centre: HERE, length_m: 8, width_m: 2.2, rotation_deg: 90 }),
};
const MOVED = footprint({
  centre: [118.573, 24.8103],
  length_m: 8,
  width_m: 2.2,
  rotation_deg: 90,
});

/** @param {number} version @param {object} [changes] @returns {Row} */
const row = (version, changes = {}) => ({
  id: "q",
  version,
  state: "proposed",
  site: null,
  fields: { ...FIELDS, ...changes },
  told: {},
});

/** What is sent, and the proposal as it then is. @param {Edited} edited */
function send(edited) {
  const errand = edits.errandOf(edited);
  assert.ok(errand);
  return { errand, after: edits.sending(edited, errand) };
}

test("what is drawn is created with all its fields, then changed by those that changed", () => {
  const { errand, after } = send(edits.drawn("p", "q", FIELDS));
  assert.deepEqual(errand, { does: "create", seen: 0, fields: FIELDS });
  const typing = edits.changed(after, { ports: 6 });
  assert.equal(edits.errandOf(typing), null);
  const landed = edits.landed(typing, row(1), "create");
  assert.deepEqual(edits.errandOf(landed), { does: "change", seen: 1, fields: { ports: 6 } });
  assert.equal(edits.fieldsOf(landed).ports, 6);
});

test("sites stand by their age wherever they were read from, what is drawn here at the end", () => {
  const of = (/** @type {string} */ id, /** @type {string} */ created_at) =>
    edits.kept("p", { ...row(1), id, told: { created_at } });
  const rows = [
    edits.drawn("p", "n", FIELDS),
    of("a", "2026-03-02T08:00:00Z"),
    of("z", "2026-03-01T08:00:00Z"),
  ];
  assert.deepEqual(
    rows.sort(edits.byAge).map(({ id }) => id),
    ["z", "a", "n"],
  );
});

test("a value that is set back is not sent", () => {
  const there = edits.changed(edits.kept("p", row(3)), { ports: 6 });
  assert.equal(edits.errandOf(edits.changed(there, { ports: 5 })), null);
  assert.equal(edits.owes(edits.changed(there, { ports: 5 })), false);
});

test("without a network changes wait, in one errand on the version they were written on", () => {
  const first = send(edits.changed(edits.kept("p", row(3)), { ports: 6 }));
  const waiting = edits.changed(edits.unsent(first.after), { bays: 12, ports: 7 });
  assert.deepEqual(edits.errandOf(waiting), {
    does: "change",
    seen: 3,
    fields: { ports: 7, bays: 12 },
  });
});

test("what somebody else changed beside mine is shown with mine, and mine keeps its version", () => {
  const mine = edits.changed(edits.kept("p", row(3)), { ports: 6 });
  const both = edits.arrived(mine, row(4, { note: "看过现场" }));
  assert.equal(edits.fieldsOf(both).note, "看过现场");
  assert.equal(edits.fieldsOf(both).ports, 6);
  assert.equal(edits.errandOf(both)?.seen, 3);
  const landed = edits.landed(send(both).after, row(5, { note: "看过现场", ports: 6 }), "change");
  assert.equal(edits.owes(landed), false);
  assert.equal(landed.race, null);
});

test("where both changed the same, a person chooses, and nothing is lost before they do", () => {
  const mine = edits.changed(edits.kept("p", row(3)), { ports: 6, note: "靠墙" });
  const theirs = row(4, { ports: 8 });
  const race = { yours: { ports: 6 }, theirs: { ports: 8 } };
  const lost = edits.lost(send(mine).after, race, theirs);
  assert.deepEqual(lost.race, race);
  assert.equal(edits.fieldsOf(lost).ports, 8);
  assert.deepEqual(edits.errandOf(lost), { does: "change", seen: 4, fields: { note: "靠墙" } });
  const yours = edits.chosen(lost, "yours");
  assert.deepEqual(edits.errandOf(yours)?.fields, { note: "靠墙", ports: 6 });
  assert.equal(edits.fieldsOf(edits.chosen(lost, "theirs")).ports, 8);
  assert.equal(edits.chosen(lost, "theirs").race, null);
});

test("a footprint is raced for as a whole: nobody gets half of two", () => {
  const mine = edits.changed(edits.kept("p", row(3)), MOVED);
  const others = footprint({ centre: HERE, length_m: 8, width_m: 2.2, rotation_deg: 45 });
  const lost = edits.lost(
    send(mine).after,
    { yours: { geom: MOVED.geom }, theirs: { geom: others.geom } },
    row(4, others),
  );
  assert.deepEqual(Object.keys(lost.race?.yours ?? {}).sort(), ["anchor", "geom", "rotation_deg"]);
  assert.deepEqual(edits.fieldsOf(lost).geom, others.geom);
  assert.equal(edits.errandOf(lost), null);
  assert.deepEqual(edits.errandOf(edits.chosen(lost, "yours"))?.fields.geom, MOVED.geom);
});

test("what was typed while an errand was away is a race where somebody else wrote the same", () => {
  const away = edits.changed(send(edits.changed(edits.kept("p", row(3)), { ports: 6 })).after, {
    note: "靠墙",
  });
  const landed = edits.landed(away, row(5, { ports: 6, note: "靠路" }), "change");
  assert.deepEqual(landed.race, { yours: { note: "靠墙" }, theirs: { note: "靠路" } });
  const calm = edits.landed(away, row(4, { ports: 6 }), "change");
  assert.equal(calm.race, null);
  assert.deepEqual(edits.errandOf(calm), { does: "change", seen: 4, fields: { note: "靠墙" } });
});

test("what is taken out can be put back, before and after the server heard of it", () => {
  const out = edits.present(edits.kept("p", row(3)), false);
  assert.equal(edits.errandOf(edits.present(out, true)), null);
  const gone = edits.landed(send(out).after, null, "withdraw");
  assert.equal(edits.isThere(gone), false);
  const back = send(edits.present(gone, true));
  assert.equal(back.errand.does, "restore");
  assert.equal(edits.landed(back.after, row(5), "restore").held, "yes");
  assert.equal(edits.errandOf(edits.present(edits.drawn("p", "q", FIELDS), false)), null);
});

test("what somebody else takes out goes, unless something of mine still waits", () => {
  assert.equal(edits.isThere(edits.vanished(edits.kept("p", row(3)))), false);
  const mine = edits.vanished(edits.changed(edits.kept("p", row(3)), { ports: 6 }));
  assert.equal(edits.isThere(mine), true);
  assert.equal(edits.errandOf(mine)?.does, "restore");
});

test("what the server refuses stays here with its reason, and goes again when it is changed", () => {
  const away = send(edits.changed(edits.kept("p", row(3)), { ports: -1 })).after;
  const refused = edits.refused(away, "端口数不对");
  assert.equal(edits.fieldsOf(refused).ports, -1);
  assert.equal(edits.errandOf(refused), null);
  assert.ok(edits.owes(refused));
  assert.deepEqual(edits.errandOf(edits.changed(refused, { ports: 3 }))?.fields, { ports: 3 });
});

test("undo and redo go across proposals and fields, and a held key is one step", () => {
  let story = history.begun();
  const deed = { id: "q", before: { ports: 5 }, after: { ports: 6 } };
  story = history.told(story, deed, { now: 0 });
  story = history.told(story, { id: "r", there: true }, { now: 10 });
  for (const [from, to] of [
    [1, 2],
    [2, 3],
    [3, 4],
  ])
    story = history.told(
      story,
      { id: "r", before: { bays: from ?? 0 }, after: { bays: to ?? 0 } },
      { goesOn: true, now: 100 * (to ?? 0) },
    );
  assert.equal(story.done.length, 3);
  const first = history.back(story);
  assert.deepEqual(first.deed, { id: "r", before: { bays: 4 }, after: { bays: 1 } });
  const second = history.back({ ...first.story, at: 0 });
  assert.deepEqual(second.deed, { id: "r", there: false });
  const third = history.back({ ...second.story, at: 0 });
  assert.deepEqual(third.deed, { id: "q", before: { ports: 6 }, after: { ports: 5 } });
  assert.equal(history.back({ ...third.story, at: 0 }).deed, null);
  assert.deepEqual(history.forth({ ...third.story, at: 0 }).deed, deed);
  assert.equal(history.forth({ ...story, at: 0 }).deed, null);
});

test("undo leaves alone what somebody else went over meanwhile", () => {
  const deed = { id: "q", before: { ports: 6, note: "靠墙" }, after: { ports: 5, note: "" } };
  assert.deepEqual(history.stillMine(deed, { ...FIELDS, ports: 6, note: "靠路" }), { ports: 5 });
  assert.deepEqual(history.stillMine(deed, null), {});
});

/** @param {string} code @param {Partial<Verdict>} told @returns {Verdict} */
const verdict = (code, told) => ({
  code,
  measure: "wall_m",
  force: "should",
  verdict: "ok",
  value: 3,
  limit: 3,
  unit: "m",
  zh: "",
  en: "",
  source_zh: "",
  source_en: "",
  source_on: null,
  sure: "S",
  decides: null,
  ...told,
});

test("the worst verdict comes first, and can't tell is never taken for fine", () => {
  const all = [
    verdict("R06", {}),
    verdict("R05", { verdict: "cant_tell", force: "hard", value: null }),
    verdict("R10", { verdict: "breach" }),
    verdict("R01", { verdict: "breach", force: "hard" }),
    verdict("R15", { verdict: "not_applicable" }),
    verdict("R03", { verdict: "breach" }),
  ];
  assert.deepEqual(
    worstFirst(all).map(({ code }) => code),
    ["R01", "R03", "R10", "R05", "R06", "R15"],
  );
  assert.equal(worstOf(all), "breach");
  assert.equal(worstOf(all.slice(0, 2)), "cant_tell");
  assert.equal(worstOf([]), "none");
  const asking = verdict("R15", { verdict: "cant_tell", force: "note", value: null });
  assert.equal(lookOf(asking), "cant_tell");
  assert.equal(worstOf([asking, verdict("R03", {})]), "ok");
  assert.equal(lookOf(verdict("R12", { verdict: "breach", force: "score" })), "note");
  assert.equal(counted(all).cant_tell, 1);
  assert.equal(lookOf(verdict("R05", { verdict: "cant_tell" })), "cant_tell");
});

test("where the server says otherwise, both are told", () => {
  const here = [verdict("R03", {}), verdict("R04", {})];
  const there = [verdict("R03", { value: 2.99, verdict: "breach" }), verdict("R04", {})];
  assert.deepEqual(differing(here, there), [{ code: "R03", here: here[0], there: there[0] }]);
  assert.deepEqual(differing(there, there), []);
  assert.equal(differing([], there).length, 2);
});

test("what decides is drawn with its metres, the worst on top", () => {
  const decides = { type: /** @type {const} */ ("LineString"), coordinates: [HERE, HERE] };
  const { features } = deciding([
    verdict("R03", { decides, value: 2.5, verdict: "breach" }),
    verdict("R04", { decides, verdict: "breach", force: "hard", value: 1 }),
    verdict("R05", { decides, verdict: "not_applicable" }),
    verdict("R06", {}),
  ]);
  assert.deepEqual(
    features.map(({ properties, geometry }) => [geometry.type, properties]),
    [
      ["LineString", { code: "R03", look: "warn", said: "" }],
      ["Point", { said: "R03 2.50 m" }],
      ["LineString", { code: "R04", look: "breach", said: "" }],
      ["Point", { said: "R04 1.00 m" }],
    ],
  );
});
