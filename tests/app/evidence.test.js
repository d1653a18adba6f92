import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  declared,
  lacking,
  MOST,
  noRoom,
  PHOTO_BYTES,
  RECORD_BYTES,
  typeOf,
  VIDEO_BYTES,
} from "../../static/app/evidence.js";
import { exifOf } from "../../static/app/exif.js";
import { answer, begin, look } from "../../static/app/form/filling.js";
import { contentOf, fresh } from "../../static/app/form/record.js";

/** @type {import("../../static/app/types.d.ts").Kind[]} */
const KINDS = JSON.parse(readFileSync(new URL("../kinds.json", import.meta.url), "utf8"));
/** @param {string} slug */
const kind = (slug) =>
  /** @type {import("../../static/app/types.d.ts").Kind} */ (
    KINDS.find((each) => each.slug === slug)
  );

/** @param {Partial<import("../../static/app/evidence.js").Photo>} [news] @returns {import("../../static/app/evidence.js").Photo} */
const photo = (news = {}) => ({
  id: "01934567-89ab-7cde-8f01-23456789abcd",
  sha256: "0".repeat(64),
  bytes: 1000,
  type: "image/jpeg",
  item: "XF-01",
  how: "camera",
  takenAt: "2024-11-20T09:30:05.000+08:00",
  point: [118.5725, 24.81],
  source: "gps",
  accuracyM: 8,
  name: "",
  ...news,
});

test("what a file is stands in its first bytes, whatever its name says", () => {
  const bytes = (/** @type {string} */ text) =>
    Uint8Array.from(text.padEnd(16, "\0"), (letter) => letter.charCodeAt(0));
  for (const [head, type] of /** @type {const} */ ([
    ["\xff\xd8\xff\xe1", "image/jpeg"],
    ["\x89PNG\r\n\x1a\n", "image/png"],
    ["RIFF\x10\0\0\0WEBP", "image/webp"],
    ["\0\0\0\x18ftypheic", "image/heic"],
    ["\0\0\0\x18ftypmif1", "image/heic"],
    ["\0\0\0\x14ftypqt  ", "video/quicktime"],
    ["\0\0\0\x18ftypmp42", "video/mp4"],
    ["\x1a\x45\xdf\xa3", "video/webm"],
    ["\0\0\0\x18ftypavif", null],
    ["GIF89a", null],
    ["<svg xmlns", null],
    ["RIFF\x10\0\0\0WAVE", null],
    ["", null],
  ]))
    assert.equal(typeOf(bytes(head)), type, JSON.stringify(head));
});

test("what finds no room is told why", () => {
  const jpeg = { bytes: 5000, type: "image/jpeg" };
  assert.equal(noRoom([], jpeg), null);
  assert.equal(noRoom(Array(MOST - 1).fill(photo()), jpeg), null);
  assert.equal(noRoom(Array(MOST).fill(photo()), jpeg), "count");
  assert.equal(noRoom([], { bytes: PHOTO_BYTES + 1, type: "image/png" }), "photo_bytes");
  assert.equal(noRoom([], { bytes: VIDEO_BYTES, type: "video/mp4" }), null);
  assert.equal(noRoom([], { bytes: VIDEO_BYTES + 1, type: "video/mp4" }), "video_bytes");
  assert.equal(noRoom([photo({ bytes: RECORD_BYTES - 4999 })], jpeg), "record_bytes");
  assert.equal(noRoom([], { bytes: 5000, type: null }), "type");
  assert.equal(noRoom([], { bytes: 0, type: "image/jpeg" }), "empty");
});

test("a finding lacks what its item asks to be shown, and nothing else does", () => {
  let filling = begin();
  for (const code of ["XF-01", "XF-15", "XF-16"]) filling = answer(filling, code, true);
  filling = answer(filling, "XF-05", 1);
  filling = answer(filling, "XF-17", false);
  const lines = look(kind("fire_lane"), filling, {});
  const lacks = (/** @type {any[]} */ photos) =>
    lacking(lines, photos).map(({ item, wanted, held }) => `${item.code} ${wanted} ${held}`);
  assert.deepEqual(lacks([]), [
    "XF-01 wide_and_close 0",
    "XF-15 photo_or_video 0",
    "XF-16 photo 0",
  ]);
  assert.deepEqual(lacks([photo(), photo({ item: "XF-16" }), photo({ item: null })]), [
    "XF-01 wide_and_close 1",
    "XF-15 photo_or_video 0",
  ]);
  assert.deepEqual(
    lacks([
      photo(),
      photo(),
      photo({ item: "XF-16" }),
      photo({ item: "XF-15", type: "video/mp4" }),
    ]),
    [],
  );
});

test("a flicker is shown by a video and not by a photo", () => {
  const lines = look(kind("lighting"), answer(begin(), "ZM-03", true), {});
  const lacks = (/** @type {string} */ type) => lacking(lines, [photo({ item: "ZM-03", type })]);
  assert.deepEqual(
    lacks("image/jpeg").map(({ wanted }) => wanted),
    ["video"],
  );
  assert.deepEqual(lacks("video/webm"), []);
});

test("an item published before it could say so asks for a photo", () => {
  const [first] = look(kind("fire_lane"), answer(begin(), "XF-16", true), {}).filter(
    ({ state }) => state === "fault",
  );
  assert.ok(first);
  const { evidence, ...item } = first.item;
  assert.equal(evidence, "photo");
  assert.equal(lacking([{ ...first, item }], [])[0]?.wanted, "photo");
});

const DRAFT = { ...fresh(1, "fire_lane"), recordedAt: "2024-11-20T09:40:00.000+08:00" };

test("a record names its photos as the server wants them, and what is unknown of one not at all", () => {
  const content = contentOf({ ...DRAFT, photos: [photo()] }, 3, {});
  assert.deepEqual(content.photos, [
    {
      id: "01934567-89ab-7cde-8f01-23456789abcd",
      sha256: "0".repeat(64),
      bytes: 1000,
      type: "image/jpeg",
      how: "camera",
      item: "XF-01",
      taken_at: "2024-11-20T09:30:05.000+08:00",
      location: { type: "Point", coordinates: [118.5725, 24.81] },
      location_source: "gps",
      accuracy_m: 8,
    },
  ]);
  const unknown = photo({ item: null, takenAt: null, point: null, source: null, accuracyM: null });
  assert.deepEqual(Object.keys(declared({ ...unknown, how: "picker", name: "长".repeat(130) })), [
    "id",
    "sha256",
    "bytes",
    "type",
    "how",
    "name",
  ]);
  assert.equal(declared({ ...unknown, name: "长".repeat(130) }).name?.length, 120);
  assert.equal("photos" in contentOf(DRAFT, 3, {}), false);
});

test("a basement is a building, a floor and a part of the estate; a point by hand has no accuracy", () => {
  const place = { building: 14, floor: "B1", zone: " 2号出入口旁 " };
  const { building, floor, zone, location_source, accuracy_m, location_datum, ...rest } = contentOf(
    {
      ...DRAFT,
      ...place,
      position: { point: [118.57, 24.81], source: "manual", accuracyM: null, datum: "gcj02" },
    },
    3,
    {},
  );
  assert.deepEqual(
    { building, floor, zone, location_source, accuracy_m, location_datum },
    {
      building: 14,
      floor: "B1",
      zone: "2号出入口旁",
      location_source: "manual",
      accuracy_m: null,
      location_datum: "gcj02",
    },
  );
  assert.equal("location_age_s" in rest, false);
  assert.equal("location_doubts" in rest, false);
});

test("the last position carries its age, and what was odd about it", () => {
  const content = contentOf(
    {
      ...DRAFT,
      position: {
        point: [118.57, 24.81],
        source: "last_fix",
        accuracyM: 12,
        at: "2024-11-20T01:30:00.000Z",
        datum: "wgs84",
        doubts: ["frozen"],
      },
    },
    3,
    {},
  );
  assert.equal(content.location_age_s, 600);
  assert.equal(content.accuracy_m, 12);
  assert.deepEqual(content.location_doubts, ["frozen"]);
});

/**
 * The beginning of a phone's JPEG: only what a camera writes of place and time.
 *
 * @param {{ told?: string, offset?: string, lat?: number[], lon?: number[] }} [of]
 */
function jpeg({ told, offset, lat, lon } = {}) {
  /** @type {number[]} */
  const tiff = [0x49, 0x49, 42, 0, 8, 0, 0, 0];
  const word = (/** @type {number} */ n) => [n & 255, (n >> 8) & 255];
  const long = (/** @type {number} */ n) => [...word(n & 65535), ...word(n >>> 16)];
  const text = (/** @type {string} */ said) => [...Buffer.from(`${said}\0`)];
  const fractions = (/** @type {number[]} */ parts) =>
    parts.flatMap((part) => [...long(Math.round(part * 10_000)), ...long(10_000)]);

  /** @param {[tag: number, type: number, count: number, bytes: number[]][]} entries */
  function directory(entries) {
    const at = tiff.length;
    let data = at + 2 + entries.length * 12 + 4;
    const later = [];
    tiff.push(...word(entries.length));
    for (const [tag, type, count, bytes] of entries) {
      tiff.push(...word(tag), ...word(type), ...long(count));
      if (bytes.length <= 4) tiff.push(...bytes, ...Array(4 - bytes.length).fill(0));
      else {
        tiff.push(...long(data));
        data += bytes.length;
        later.push(...bytes);
      }
    }
    tiff.push(0, 0, 0, 0, ...later);
    return at;
  }

  const pointers = 8 + 2 + 2 * 12 + 4;
  tiff.push(...Array(pointers - 8).fill(0));
  const exif = directory([
    ...(told ? [/** @type {any} */ ([0x9003, 2, told.length + 1, text(told)])] : []),
    ...(offset ? [/** @type {any} */ ([0x9011, 2, offset.length + 1, text(offset)])] : []),
  ]);
  const gps = directory(
    lat && lon
      ? [
          [1, 2, 2, text("N")],
          [2, 5, 3, fractions(lat)],
          [3, 2, 2, text("E")],
          [4, 5, 3, fractions(lon)],
        ]
      : [],
  );
  const first = [
    ...word(2),
    ...[...word(0x8769), ...word(4), ...long(1), ...long(exif)],
    ...[...word(0x8825), ...word(4), ...long(1), ...long(gps)],
    ...long(0),
  ];
  tiff.splice(8, first.length, ...first);
  const length = tiff.length + 8;
  return Uint8Array.from([
    ...[0xff, 0xd8, 0xff, 0xe1, length >> 8, length & 255],
    ...Buffer.from("Exif\0\0"),
    ...tiff,
    ...[0xff, 0xda, 0, 2, 0xff, 0xd9],
  ]);
}

test("place and time are read where the picker left them", async () => {
  const told = { told: "2024:11:20 09:30:05", lat: [24, 48, 36], lon: [118, 34, 21] };
  assert.deepEqual(await exifOf(jpeg(told)), {
    takenAt: "2024-11-20T01:30:05.000Z",
    point: [118.5725, 24.81],
    accuracyM: null,
  });
  assert.equal(
    (await exifOf(jpeg({ ...told, offset: "+09:00" }))).takenAt,
    "2024-11-20T00:30:05.000Z",
  );
});

test("what is missing, empty or 0,0 is unknown", async () => {
  const nothing = { takenAt: null, point: null, accuracyM: null };
  assert.deepEqual(await exifOf(jpeg()), nothing);
  assert.deepEqual(await exifOf(jpeg({ lat: [0, 0, 0], lon: [0, 0, 0] })), nothing);
  assert.deepEqual(await exifOf(jpeg({ told: "0000:00:00 00:00:00" })), nothing);
  assert.deepEqual(await exifOf(jpeg({ told: "2024:13:45 09:30:05" })), nothing);
  assert.deepEqual(await exifOf(Uint8Array.of(0xff, 0xd8, 0xff)), nothing);
  assert.deepEqual(await exifOf(new TextEncoder().encode("no picture")), nothing);
});
