import assert from "node:assert/strict";
import { test } from "node:test";
import {
  boundsOf,
  isDrawable,
  joined,
  modeOf,
  partsOf,
  readShape,
  rounded,
  wholeOf,
} from "../../static/app/admin/geometry.js";

/** @param {number[]} coordinates @returns {GeoJSON.Point} */
const point = (...coordinates) => ({ type: "Point", coordinates });
/** @param {number[][][]} coordinates @returns {GeoJSON.Polygon} */
const polygon = (...coordinates) => ({ type: "Polygon", coordinates });
const square = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 0],
];
const hole = [
  [0.2, 0.1],
  [0.4, 0.1],
  [0.4, 0.2],
  [0.2, 0.1],
];

test("a shape of several parts is drawn part by part and put together again", () => {
  /** @type {GeoJSON.MultiPolygon} */
  const several = { type: "MultiPolygon", coordinates: [[square], [square, hole]] };
  const parts = partsOf(several);
  assert.deepEqual(
    parts.map((part) => part.type),
    ["Polygon", "Polygon"],
  );
  assert.deepEqual(wholeOf(parts), several);
});

test("a shape of one part stays one, and of none is nothing", () => {
  const here = point(118.5, 24.8);
  assert.deepEqual(wholeOf(partsOf(here)), here);
  assert.equal(wholeOf([]), null);
  assert.deepEqual(partsOf(null), []);
});

test("an area with a hole is not drawn on: the hole would be lost", () => {
  assert.equal(isDrawable(polygon(square)), true);
  assert.equal(isDrawable(polygon(square, hole)), false);
});

test("a text field holds a geometry, a feature, nothing, or something unreadable", () => {
  const here = point(118.5, 24.8);
  assert.deepEqual(readShape(JSON.stringify(here)), here);
  const feature = { type: "Feature", properties: {}, geometry: here };
  assert.deepEqual(readShape(JSON.stringify(feature)), here);
  assert.equal(readShape("  "), null);
  for (const text of ["{", "7", '{"type":"Topology"}', '{"type":"GeometryCollection"}'])
    assert.throws(() => readShape(text), text);
});

test("digits beyond a tenth of a millimetre and heights are left out for drawing only", () => {
  assert.deepEqual(rounded(point(118.12345678949, 24.8, 31)), point(118.123456789, 24.8));
  assert.deepEqual(rounded(polygon(square)), polygon(square));
});

test("a second part joins the first where several may be, and replaces it where one may be", () => {
  /** @param {GeoJSON.Point | GeoJSON.Polygon} geometry */
  const drawn = (geometry) => ({ geometry });
  const a = drawn(polygon(square));
  const b = drawn(polygon(hole));
  const dot = drawn(point(1, 2));
  assert.deepEqual(joined([a], b, ["Polygon", "MultiPolygon"]), [a, b]);
  assert.deepEqual(joined([a], b, ["Polygon"]), [b]);
  assert.deepEqual(joined([a, b], dot, ["Point", "Polygon", "MultiPolygon"]), [dot]);
});

test("a shape is looked at whole", () => {
  assert.deepEqual(boundsOf([polygon(square)]), [0, 0, 1, 1]);
  assert.deepEqual(boundsOf([point(118, 24)]), [118, 24, 118, 24]);
  assert.equal(boundsOf([]), null);
});

test("each type of part has its way of being drawn", () => {
  assert.deepEqual(["Point", "LineString", "Polygon"].map(modeOf), [
    "point",
    "linestring",
    "polygon",
  ]);
});
