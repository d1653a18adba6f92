import assert from "node:assert/strict";
import { test } from "node:test";
import { begun, blank, bodyOf, missingOf, officeTime } from "../../static/app/intake.js";

const NOW = new Date("2024-11-30T16:30:00Z");

test("a form begins with the office's own hour, wherever the computer thinks it is", () => {
  assert.equal(officeTime(NOW), "2024-12-01T00:30");
  assert.equal(blank("complaint", "phone", NOW).received, "2024-12-01T00:30");
  assert.equal(begun(blank("complaint", "phone", NOW)), false);
});

test("what is missing is told field by field, as the kind of entry needs it", () => {
  assert.deepEqual(missingOf(blank("complaint", "phone", NOW)), {
    text: "intake.needed",
    title: "intake.needed",
    estate: "intake.neededPlace",
  });
  assert.deepEqual(missingOf(blank("platform", "phone", NOW)), {
    title: "intake.needed",
    estate: "intake.neededPlace",
    number: "intake.needed",
  });
  const joint = { ...blank("joint", "phone", NOW), title: "占道", point: [118.58, 24.8] };
  assert.deepEqual(missingOf(/** @type {any} */ (joint)), {});
});

test("a complaint is sent without what was left empty, its time with its offset", () => {
  const taking = {
    ...blank("complaint", "hotline", NOW),
    text: " 楼下停车 ",
    title: "消防通道停车",
    estate: 7,
    number: "12345-1",
    phone: "13800001111",
  };
  assert.equal(begun(taking), true);
  assert.deepEqual(bodyOf(taking), {
    channel: "hotline",
    text: "楼下停车",
    received_at: "2024-12-01T00:30:00+08:00",
    estate: 7,
    outside_number: "12345-1",
    title: "消防通道停车",
    severity: 3,
    simple: false,
    complainant: { phone: "13800001111", wants_reply: true },
  });
});

test("a complaint names the photos that the resident sent, a case none", () => {
  const photo = {
    ...{ id: "p-1", sha256: "ab", bytes: 3, type: "image/jpeg", item: null, how: "picker" },
    ...{ takenAt: null, point: null, source: null, accuracyM: null, name: "楼下.jpg" },
    file: new Blob(["abc"]),
    url: "blob:x",
  };
  const taking = /** @type {any} */ ({ ...blank("complaint", "phone", NOW), photos: [photo] });
  assert.equal(begun(taking), true);
  assert.deepEqual(bodyOf(taking).photos, [
    { id: "p-1", sha256: "ab", bytes: 3, type: "image/jpeg", how: "picker", name: "楼下.jpg" },
  ]);
  assert.equal("photos" in bodyOf({ ...taking, mode: "joint" }), false);
});

test("one that joins a case says nothing of a case of its own", () => {
  const taking = { ...blank("complaint", "phone", NOW), text: "又停了", estate: 7, join: "c-1" };
  assert.deepEqual(missingOf(taking), {});
  assert.deepEqual(bodyOf({ ...taking, title: "写了一半" }), {
    channel: "phone",
    text: "又停了",
    received_at: "2024-12-01T00:30:00+08:00",
    estate: 7,
    join: "c-1",
  });
});

test("a case by hand has a source, and the platform's a number", () => {
  const taking = {
    ...blank("platform", "phone", NOW),
    title: "占道经营",
    number: " P-9 ",
    point: /** @type {[number, number]} */ ([118.58, 24.8]),
    severity: 2,
    simple: true,
  };
  assert.deepEqual(bodyOf(taking), {
    source: "platform",
    title: "占道经营",
    severity: 2,
    simple: true,
    place: { type: "Point", coordinates: [118.58, 24.8] },
    outside_number: "P-9",
  });
});
