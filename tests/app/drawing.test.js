import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, placeOf } from "../../static/app/drawing/address.js";
import {
  areaOf,
  BAY,
  centreOf,
  fieldsOf,
  longestSide,
  polygonOf,
  rectangleOf,
  refitted,
  rowsOf,
  turned,
} from "../../static/app/drawing/footprint.js";
import {
  dragged,
  gripsOf,
  isSound,
  keyed,
  knobOf,
  placedAt,
  rotated,
  without,
} from "../../static/app/drawing/handles.js";
import { areaM2, lengthM, metresBetween, planeAt } from "../../static/app/drawing/plane.js";
import {
  aligned,
  layAlong,
  snapCorner,
  snapOf,
  spaceUnder,
  targetsAt,
} from "../../static/app/drawing/snapping.js";
import { tallied } from "../../static/app/drawing/tally.js";

const HERE = [118.5729, 24.8103];
const plane = planeAt(HERE);

/** @param {number} a @param {number} b @param {number} [within] */
const near = (a, b, within = 0.002) => assert.ok(Math.abs(a - b) <= within, `${a} is not ${b}`);

/** @param {[number, number][]} corners in metres from here @returns {GeoJSON.Polygon} */
const area = (...corners) => ({
  type: "Polygon",
  coordinates: [[...corners, corners[0] ?? [0, 0]].map(plane.lonLat)],
});

/** @param {GeoJSON.Polygon[]} shapes @returns {GeoJSON.FeatureCollection} */
const layer = (...shapes) => ({
  type: "FeatureCollection",
  features: shapes.map((geometry, at) => ({
    type: "Feature",
    id: at + 1,
    properties: {},
    geometry,
  })),
});

/** @param {Partial<import("../../static/app/drawing/types.d.ts").Fields>} [told] */
const site = (told = {}) => ({
  name: "东门",
  estate: null,
  ports: null,
  bays: 10,
  ...BAY,
  vacant_space: null,
  ...fieldsOf({ centre: HERE, length_m: 8, width_m: 2.2, rotation_deg: 90 }),
  ...told,
});

test("a degree here is as long as on WGS-84", () => {
  // By the radii of curvature there: 6 346 660 m along the meridian, 6 381 902 m across it.
  near(metresBetween([118.57, 24.81], [118.57, 24.82]), 1107.7, 0.05);
  near(metresBetween([118.57, 24.81], [118.58, 24.81]), 1011.05, 0.05);
});

test("ten bays in a row are eight metres by two point two, turned as told", () => {
  const { geom } = site();
  near(areaOf(geom), 17.6, 0.001);
  assert.deepEqual(rectangleOf(site()), {
    centre: HERE,
    length_m: 8,
    width_m: 2.2,
    rotation_deg: 90,
  });
  near(longestSide(geom), 90, 0.01);
  assert.equal(rowsOf(site()), 1);
  for (const [n, each] of centreOf(geom).entries()) near(each, HERE[n] ?? 0, 1e-8);
});

test("more bays make a longer row about the same middle", () => {
  const after = { ...site(), ...refitted(site(), { bays: 20 }) };
  assert.deepEqual(rectangleOf(after), {
    centre: HERE,
    length_m: 16,
    width_m: 2.2,
    rotation_deg: 90,
  });
  const double = { ...after, ...refitted(after, {}, 2) };
  assert.deepEqual(rectangleOf(double), {
    centre: HERE,
    length_m: 8,
    width_m: 4.4,
    rotation_deg: 90,
  });
  assert.equal(rowsOf(double), 2);
});

test("a row of two is deeper than long, and keeps its direction when it grows again", () => {
  const two = { ...site(), ...refitted(site(), { bays: 2 }) };
  assert.deepEqual(rectangleOf(two), {
    centre: HERE,
    length_m: 2.2,
    width_m: 1.6,
    rotation_deg: 0,
  });
  const ten = { ...two, ...refitted(two, { bays: 10 }) };
  assert.deepEqual(rectangleOf(ten), rectangleOf(site()));
});

test("a size of its own does not follow the bays until it is fitted to them", () => {
  const own = site(fieldsOf({ centre: HERE, length_m: 9.5, width_m: 3, rotation_deg: 90 }));
  assert.equal(rowsOf(own), null);
  assert.deepEqual(refitted(own, { bays: 12 }), { bays: 12 });
  const fitted = { ...own, ...refitted(own, { bays: 12 }, 1) };
  assert.equal(rectangleOf(fitted)?.length_m, 9.6);
});

test("arrows move by a decimetre, with Shift by a metre; brackets turn by one and by fifteen", () => {
  const start = site();
  /** @param {string} key @param {boolean} [shiftKey] */
  const after = (key, shiftKey = false) => keyed(start, { key, shiftKey }) ?? start;
  near(plane.flat(after("ArrowUp").anchor?.coordinates ?? [])[1], 0.1);
  near(plane.flat(after("ArrowLeft", true).anchor?.coordinates ?? [])[0], -1);
  assert.equal(after("[").rotation_deg, 89);
  assert.equal(after("}", true).rotation_deg, 105);
  assert.equal(keyed(start, { key: "a", shiftKey: false }), null);
});

test("a hundred steps there and back end where they began", () => {
  let at = /** @type {any} */ (site());
  for (let n = 0; n < 100; n += 1) at = keyed(at, { key: "ArrowRight", shiftKey: false });
  for (let n = 0; n < 100; n += 1) at = keyed(at, { key: "ArrowLeft", shiftKey: false });
  near(metresBetween(at.anchor.coordinates, HERE), 0, 0.005);
  assert.equal(rectangleOf(at)?.length_m, 8);
});

test("a site that is dragged follows the hand and keeps its size", () => {
  const to = plane.lonLat([30, -12]);
  const { footprint } = dragged(site(), { what: "body", at: 0 }, HERE, to);
  near(metresBetween(footprint.anchor?.coordinates ?? [], to), 0, 0.001);
  assert.equal(rectangleOf(footprint)?.length_m, 8);
});

test("the knob turns it about its middle, to a tenth of a degree, and to a wall's direction", () => {
  const knob = knobOf(site(), 3);
  near(plane.flat(knob)[0], 7, 0.01);
  const to = plane.lonLat([5, -5]);
  const turned45 = dragged(site(), { what: "knob", at: 0 }, knob, to).footprint;
  near(turned45.rotation_deg ?? 0, 135, 0.11);
  const wall = targetsAt({ buildings: layer(area([10, 0], [20, 9.65], [15, 15], [5, 5])) }, HERE);
  const snapped = dragged(site(), { what: "knob", at: 0 }, knob, to, { targets: wall, withinM: 1 });
  near(
    (snapped.footprint.rotation_deg ?? 0) % 90,
    wall.directions.find((each) => Math.abs(each - 45) < 2.5) ?? 0,
    0.02,
  );
});

test("near the corner of a vacant space, corner meets corner; near its edge, the edge", () => {
  const space = area([-20, -10], [20, -10], [20, 10], [-20, 10]);
  const targets = targetsAt({ vacant_spaces: layer(space) }, HERE);
  const corner = site(
    fieldsOf({ centre: plane.lonLat([15.7, 8.6]), length_m: 8, width_m: 2.2, rotation_deg: 90 }),
  );
  const met = snapOf(corner.geom, targets, 0.6);
  near(met?.by[0] ?? 0, 0.3);
  near(met?.by[1] ?? 0, 0.3);
  assert.equal(met?.at.length, 1);
  const along = site(
    fieldsOf({ centre: plane.lonLat([0, 8.6]), length_m: 8, width_m: 2.2, rotation_deg: 90 }),
  );
  assert.equal(snapOf(along.geom, targets, 0.6)?.at.length, 2);
  near(snapOf(along.geom, targets, 0.6)?.by[1] ?? 0, 0.3);
  assert.equal(snapOf(site().geom, targets, 0.6), null);
  const pulled = snapCorner(plane.lonLat([19.8, 9.9]), targets, 0.6);
  near(metresBetween(pulled, plane.lonLat([20, 10])), 0);
  assert.equal(spaceUnder(site().geom, layer(space)), 1);
  assert.equal(spaceUnder(site().geom, layer(area([30, 30], [40, 30], [40, 40]))), null);
});

test("a new site lies along the nearest wall, and due north where there is none", () => {
  const targets = targetsAt({ buildings: layer(area([5, 5], [25, 15], [20, 25], [0, 15])) }, HERE);
  near(layAlong(targets), 63.43, 0.01);
  assert.equal(layAlong(targetsAt({}, HERE)), 0);
  near(aligned(62, targets, 2.5), 63.43, 0.01);
  assert.equal(aligned(50, targets, 2.5), 50);
});

test("of a drawn outline corners are pulled, added and taken away, and it never crosses itself", () => {
  const drawn = site({
    outline: "drawn",
    geom: area([0, 0], [10, 0], [10, 5], [0, 5]),
    anchor: null,
    rotation_deg: null,
  });
  assert.deepEqual(gripsOf(site()), { corners: [], middles: [] });
  const { corners, middles } = gripsOf(drawn);
  assert.equal(corners.length, 4);
  const pulled = dragged(drawn, { what: "corner", at: 2 }, corners[2] ?? [], plane.lonLat([12, 6]));
  near(areaOf(pulled.footprint.geom), 60);
  const five = dragged(drawn, { what: "middle", at: 1 }, middles[1] ?? [], plane.lonLat([12, 2]));
  assert.equal(gripsOf(five.footprint).corners.length, 5);
  assert.equal(gripsOf(without(five.footprint, 2)).corners.length, 4);
  const crossing = dragged(
    drawn,
    { what: "corner", at: 0 },
    corners[0] ?? [],
    plane.lonLat([15, 3]),
  );
  assert.deepEqual(crossing.footprint, drawn);
  const three = without(drawn, 0);
  assert.equal(without(three, 0), three);
  assert.equal(
    isSound(
      [
        [0, 0],
        [1, 1],
      ].map(([x = 0, y = 0]) => plane.lonLat([x, y])),
    ),
    false,
  );
});

test("typed coordinates are where its middle comes to lie, whatever its outline", () => {
  const to = plane.lonLat([3, 4]);
  near(metresBetween(centreOf(placedAt(site(), to).geom), to), 0, 0.001);
  const drawn = site({ outline: "drawn", anchor: null, rotation_deg: null });
  near(metresBetween(centreOf(placedAt(drawn, to).geom), to), 0, 0.001);
  near(longestSide(rotated(drawn, 10).geom), 100, 0.05);
  near(longestSide(turned(drawn.geom, -10)), 80, 0.05);
});

test("what is measured on the map: along a line, and an area with a hole", () => {
  near(
    lengthM(
      [
        [0, 0],
        [3, 0],
        [3, 4],
      ].map(([x = 0, y = 0]) => plane.lonLat([x, y])),
    ),
    7,
  );
  const hole = area([2, 2], [2, 4], [4, 4], [4, 2]).coordinates[0] ?? [];
  near(areaM2([...area([0, 0], [10, 0], [10, 10], [0, 10]).coordinates, hole]), 96, 0.01);
  near(areaOf(polygonOf({ centre: HERE, length_m: 20, width_m: 5, rotation_deg: 33 })), 100, 0.01);
});

test("the address says which plan, which proposal and what is put away, and keeps what others put there", () => {
  const search = "plan=p1&proposal=q2&tab=life&off=lights&off=roads&walk_m=300";
  assert.equal(addressOf(placeOf(`?${search}`)), search);
  assert.equal(addressOf(placeOf("")), "");
  assert.equal(addressOf(placeOf("?show=plans&archived=1")), "show=plans&archived=1");
  assert.equal(placeOf("?proposal=q2").proposal, "");
  assert.equal(placeOf("?plan=p&tab=nonsense").tab, "check");
});

test("of an owners' vote two thirds take part and three quarters of those agree, by heads and by area", () => {
  const counted = {
    heads: "300",
    area_m2: "30000.00",
    heads_took_part: "200",
    area_took_part_m2: "20000",
    heads_agreed: "150",
    area_agreed_m2: "15000.0",
  };
  assert.equal(tallied(counted).carried, true);
  const one = tallied({ ...counted, heads_agreed: "149" });
  assert.equal(one.carried, false);
  assert.deepEqual(one.shares.heads_agreed, {
    part: 149n,
    whole: 200n,
    percent: "74.5",
    met: false,
    short: "1",
  });
  // 20000.01 m² would need 15000.01 of them: 15000.0075, told in hundredths.
  const hair = tallied({ ...counted, area_took_part_m2: "20000.01" });
  assert.equal(hair.shares.area_agreed?.short, "0.01");
  assert.equal(tallied({ ...counted, heads: "" }).carried, null);
  assert.equal(tallied({ ...counted, heads_took_part: "301" }).shares.heads_took_part, null);
});
