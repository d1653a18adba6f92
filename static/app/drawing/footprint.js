/**
 * The ground that a site takes. A rectangle follows from its bays, in one row or in two with
 * nothing between; or the outline is drawn by hand.
 *
 * @import { Fields, LonLat } from "./types.d.ts"
 * @import { Metres } from "./plane.js"
 * @typedef {{ centre: LonLat, length_m: number, width_m: number, rotation_deg: number }} Rectangle
 *   the direction of its long side, clockwise from north, 0 up to 180
 * @typedef {{ bays: number | null, bay_length_m: number | null, bay_width_m: number | null }} Bays
 */

import { areaM2, planeAt, turn } from "./plane.js";

/** What a bay is at least, and what one is until someone says otherwise. */
export const BAY = { bay_length_m: 2.2, bay_width_m: 0.8 };
const RADIANS = Math.PI / 180;
/** As near as two sizes are the same. */
const SAME_M = 0.011;

/** @param {Rectangle} rectangle @returns {GeoJSON.Polygon} against the clock */
export function polygonOf({ centre, length_m, width_m, rotation_deg }) {
  const { lonLat } = planeAt(centre);
  const [along, across] = axes(rotation_deg);
  const ring = [
    [-1, 1],
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([a = 0, b = 0]) =>
    lonLat([
      (a * length_m * along[0] - b * width_m * across[0]) / 2,
      (a * length_m * along[1] - b * width_m * across[1]) / 2,
    ]),
  );
  return { type: "Polygon", coordinates: [ring] };
}

/** What of it is stored. @param {Rectangle} rectangle */
export function fieldsOf(rectangle) {
  const upright = standing(rectangle);
  return {
    outline: /** @type {const} */ ("rectangle"),
    geom: polygonOf(upright),
    anchor: /** @type {GeoJSON.Point} */ ({ type: "Point", coordinates: upright.centre }),
    rotation_deg: upright.rotation_deg,
  };
}

/**
 * The rectangle that a proposal's footprint is; null of a drawn one.
 * @param {Pick<Fields, "outline" | "geom" | "anchor" | "rotation_deg">} fields
 * @returns {Rectangle | null}
 */
export function rectangleOf({ outline, geom, anchor, rotation_deg }) {
  if (outline !== "rectangle" || rotation_deg === null) return null;
  const centre = anchor?.coordinates ?? centreOf(geom);
  const { flat } = planeAt(centre);
  const corners = (geom.coordinates[0] ?? []).map(flat);
  const [along, across] = axes(rotation_deg);
  return {
    centre,
    length_m: centimetres(span(corners, along)),
    width_m: centimetres(span(corners, across)),
    rotation_deg,
  };
}

/**
 * How long and deep so many bays are, side by side.
 * @param {Bays} bays @param {1 | 2} rows
 * @returns {{ row_m: number, depth_m: number } | null} null where nobody said how many
 */
export function rowSize({ bays, bay_length_m, bay_width_m }, rows) {
  if (!bays) return null;
  return {
    row_m: centimetres(Math.ceil(bays / rows) * (bay_width_m ?? BAY.bay_width_m)),
    depth_m: centimetres(rows * (bay_length_m ?? BAY.bay_length_m)),
  };
}

/** In how many rows its bays stand; null where its size is its own. @param {Fields} fields @returns {1 | 2 | null} */
export function rowsOf(fields) {
  const rectangle = rectangleOf(fields);
  const fits = (/** @type {1 | 2} */ rows) => {
    const size = rectangle && rowSize(fields, rows);
    if (!size) return false;
    const [long, short] = [size.row_m, size.depth_m].sort((a, b) => b - a);
    return (
      Math.abs((long ?? 0) - rectangle.length_m) < SAME_M &&
      Math.abs((short ?? 0) - rectangle.width_m) < SAME_M
    );
  };
  return fits(1) ? 1 : fits(2) ? 2 : null;
}

/**
 * The footprint for the bays as they are told now, where it stood and as it was turned.
 *
 * @param {Fields} before
 * @param {Partial<Fields>} changes
 * @param {1 | 2 | null} [rows] null: as its bays stood before; a size of its own stays
 * @returns {Partial<Fields>} with the footprint, where it follows
 */
export function refitted(before, changes, rows = null) {
  const stood = rowsOf(before);
  const standing = rows ?? stood;
  const after = /** @type {Fields} */ ({ ...before, ...changes });
  const size = standing && rowSize(after, standing);
  if (!size) return changes;
  const rectangle = rectangleOf(before);
  return {
    ...changes,
    ...fieldsOf({
      centre: rectangle?.centre ?? centreOf(before.geom),
      length_m: size.row_m,
      width_m: size.depth_m,
      rotation_deg: rowDirection(before, stood) ?? longestSide(before.geom),
    }),
  };
}

/** @param {Fields} fields @param {1 | 2 | null} rows @returns {number | null} */
function rowDirection(fields, rows) {
  const size = rows && rowSize(fields, rows);
  if (fields.rotation_deg === null) return null;
  return size && size.row_m < size.depth_m ? fields.rotation_deg + 90 : fields.rotation_deg;
}

/** @param {GeoJSON.Polygon} polygon @param {Metres} by @returns {GeoJSON.Polygon} */
export function moved(polygon, by) {
  const { flat, lonLat } = planeAt(polygon.coordinates[0]?.[0] ?? [0, 0]);
  return each(polygon, (at) => {
    const [x, y] = flat(at);
    return lonLat([x + by[0], y + by[1]]);
  });
}

/** Clockwise. @param {GeoJSON.Polygon} polygon @param {number} degrees @param {LonLat} [about] @returns {GeoJSON.Polygon} */
export function turned(polygon, degrees, about = centreOf(polygon)) {
  const { flat, lonLat } = planeAt(about);
  const [cos, sin] = [Math.cos(degrees * RADIANS), Math.sin(degrees * RADIANS)];
  return each(polygon, (at) => {
    const [x, y] = flat(at);
    return lonLat([x * cos + y * sin, y * cos - x * sin]);
  });
}

/** The centre of its area. @param {GeoJSON.Polygon} polygon @returns {LonLat} */
export function centreOf({ coordinates }) {
  const ring = coordinates[0] ?? [];
  const { flat, lonLat } = planeAt(ring[0] ?? [0, 0]);
  const corners = ring.slice(0, -1).map(flat);
  const area = turn(corners);
  if (!area) return ring[0] ?? [0, 0];
  let [x, y] = [0, 0];
  for (const [at, [ax, ay]] of corners.entries()) {
    const [bx, by] = corners[(at + 1) % corners.length] ?? [0, 0];
    const cross = ax * by - bx * ay;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  return lonLat([x / (6 * area), y / (6 * area)]);
}

/** Clockwise from north, 0 up to 180. @param {GeoJSON.Polygon} polygon */
export function longestSide({ coordinates }) {
  const ring = coordinates[0] ?? [];
  const { flat } = planeAt(ring[0] ?? [0, 0]);
  const corners = ring.map(flat);
  let [longest, direction] = [0, 0];
  for (const [at, [bx, by]] of corners.slice(1).entries()) {
    const [ax, ay] = corners[at] ?? [0, 0];
    const length = Math.hypot(bx - ax, by - ay);
    if (length > longest + 0.005)
      [longest, direction] = [length, Math.atan2(bx - ax, by - ay) / RADIANS];
  }
  return halfTurn(direction);
}

/** @param {GeoJSON.Polygon} polygon */
export const areaOf = ({ coordinates }) => areaM2(coordinates);

/** A direction as 0 up to 180, to a hundredth. @param {number} degrees */
export function halfTurn(degrees) {
  const told = Math.round((((degrees % 180) + 180) % 180) * 100) / 100;
  return told === 180 ? 0 : told;
}

/** With its long side as its length. @param {Rectangle} rectangle @returns {Rectangle} */
function standing({ centre, length_m, width_m, rotation_deg }) {
  const lying = length_m < width_m;
  return {
    centre,
    length_m: lying ? width_m : length_m,
    width_m: lying ? length_m : width_m,
    rotation_deg: halfTurn(lying ? rotation_deg + 90 : rotation_deg),
  };
}

/** Unit vectors along the direction and to its right. @param {number} degrees @returns {[Metres, Metres]} */
function axes(degrees) {
  const [sin, cos] = [Math.sin(degrees * RADIANS), Math.cos(degrees * RADIANS)];
  return [
    [sin, cos],
    [cos, -sin],
  ];
}

/** @param {Metres[]} corners @param {Metres} axis */
function span(corners, [x, y]) {
  const along = corners.map(([cx, cy]) => cx * x + cy * y);
  return Math.max(...along) - Math.min(...along);
}

/** @param {GeoJSON.Polygon} polygon @param {(at: LonLat) => LonLat} change @returns {GeoJSON.Polygon} */
const each = ({ coordinates }, change) => ({
  type: "Polygon",
  coordinates: coordinates.map((ring) => ring.map(change)),
});

/** @param {number} metres */
const centimetres = (metres) => Math.round(metres * 100) / 100;
