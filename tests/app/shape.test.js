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
  const several = { type: "MultiPolygon", coordinates: [[square], [square, hole]] };
  const parts = partsOf(several);
  assert.deepEqual(
    parts.map((part) => part.type),
    ["Polygon", "Polygon"],
  );
  assert.deepEqual(wholeOf(parts), several);
});

test("a shape of one part stays one, and of none is nothing", () => {
  const point = { type: "Point", coordinates: [118.5, 24.8] };
  assert.deepEqual(wholeOf(partsOf(point)), point);
  assert.equal(wholeOf([]), null);
  assert.deepEqual(partsOf(null), []);
});

test("an area with a hole is not drawn on: the hole would be lost", () => {
  assert.equal(isDrawable({ type: "Polygon", coordinates: [square] }), true);
  assert.equal(isDrawable({ type: "Polygon", coordinates: [square, hole] }), false);
});

test("a text field holds a geometry, a feature, nothing, or something unreadable", () => {
  const point = { type: "Point", coordinates: [118.5, 24.8] };
  assert.deepEqual(readShape(JSON.stringify(point)), point);
  assert.deepEqual(
    readShape(JSON.stringify({ type: "Feature", properties: {}, geometry: point })),
    point,
  );
  assert.equal(readShape("  "), null);
  for (const text of ["{", "7", '{"type":"Topology"}', '{"type":"GeometryCollection"}'])
    assert.throws(() => readShape(text), text);
});

test("digits beyond a tenth of a millimetre and heights are left out for drawing only", () => {
  const point = { type: "Point", coordinates: [118.12345678949, 24.8, 31] };
  assert.deepEqual(rounded(point).coordinates, [118.123456789, 24.8]);
  assert.deepEqual(rounded({ type: "Polygon", coordinates: [square] }).coordinates, [square]);
});

test("a second part joins the first where several may be, and replaces it where one may be", () => {
  const [a, b] = [1, 2].map((id) => ({ id, geometry: { type: "Polygon" } }));
  const point = { id: 3, geometry: { type: "Point" } };
  assert.deepEqual(joined([a], b, ["Polygon", "MultiPolygon"]), [a, b]);
  assert.deepEqual(joined([a], b, ["Polygon"]), [b]);
  assert.deepEqual(joined([a, b], point, ["Point", "Polygon", "MultiPolygon"]), [point]);
});

test("a shape is looked at whole", () => {
  assert.deepEqual(boundsOf([{ type: "Polygon", coordinates: [square] }]), [0, 0, 1, 1]);
  assert.deepEqual(boundsOf([{ type: "Point", coordinates: [118, 24] }]), [118, 24, 118, 24]);
  assert.equal(boundsOf([]), null);
});

test("each type of part has its way of being drawn", () => {
  assert.deepEqual(["Point", "LineString", "Polygon"].map(modeOf), [
    "point",
    "linestring",
    "polygon",
  ]);
});
