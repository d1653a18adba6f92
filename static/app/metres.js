/**
 * Metres on the ground, from degrees in WGS-84. Good to a few parts in a thousand over the few
 * kilometres that an office spans: enough to say which estate is nearest. What counts is
 * measured by the server.
 *
 * @typedef {number[]} LonLat
 * @typedef {GeoJSON.Polygon | GeoJSON.MultiPolygon} Area
 */

const DEGREE_M = 111_320;

/** @param {LonLat} a @param {LonLat} b */
export function distanceM(a, b) {
  const [x, y] = flat(a, b);
  return Math.hypot(x, y);
}

/** 0 inside. @param {LonLat} from @param {GeoJSON.Geometry} shape any of the register's shapes */
export function distanceToM(from, shape) {
  if (shape.type === "Point") return distanceM(from, shape.coordinates);
  if (shape.type === "LineString") return alongM(from, shape.coordinates);
  if (shape.type === "MultiLineString")
    return Math.min(...shape.coordinates.map((line) => alongM(from, line)));
  if (shape.type !== "Polygon" && shape.type !== "MultiPolygon") return Number.POSITIVE_INFINITY;
  if (contains(shape, from)) return 0;
  return Math.min(...polygons(shape).flatMap((rings) => rings.map((ring) => alongM(from, ring))));
}

/** @param {Area} shape @param {LonLat} point */
export function contains(shape, point) {
  return polygons(shape).some((rings) =>
    rings.reduce((odd, ring) => odd !== within(ring, point), false),
  );
}

/**
 * A point well inside: the middle of the widest stretch on the line through the middle.
 *
 * @param {GeoJSON.Geometry} shape
 * @returns {LonLat} of a line its middle point, of a point itself
 */
export function innerPoint(shape) {
  if (shape.type === "Point") return shape.coordinates;
  if (shape.type === "LineString") return middle(shape.coordinates);
  if (shape.type === "MultiLineString") return middle(shape.coordinates[0] ?? []);
  if (shape.type !== "Polygon" && shape.type !== "MultiPolygon") return [0, 0];
  const rings = polygons(shape).reduce((a, b) => (size(b[0]) > size(a[0]) ? b : a));
  const ys = (rings[0] ?? []).map((point) => point[1] ?? 0);
  const y = (Math.min(...ys) + Math.max(...ys)) / 2;
  const crossings = rings.flatMap((ring) => crossed(ring, y)).sort((a, b) => a - b);
  let best = [crossings[0] ?? 0, crossings[1] ?? 0];
  for (let at = 2; at + 1 < crossings.length; at += 2) {
    const [from, to] = [crossings[at] ?? 0, crossings[at + 1] ?? 0];
    if (to - from > (best[1] ?? 0) - (best[0] ?? 0)) best = [from, to];
  }
  return [((best[0] ?? 0) + (best[1] ?? 0)) / 2, y];
}

/** @param {GeoJSON.Geometry} shape @returns {[number, number, number, number]} west, south, east, north */
export function boundsOf(shape) {
  /** @type {[number, number, number, number]} */
  const box = [180, 90, -180, -90];
  /** @param {any} part */
  const take = (part) => {
    if (typeof part[0] !== "number") {
      for (const each of part) take(each);
      return;
    }
    box[0] = Math.min(box[0], part[0]);
    box[1] = Math.min(box[1], part[1]);
    box[2] = Math.max(box[2], part[0]);
    box[3] = Math.max(box[3], part[1]);
  };
  if (shape.type !== "GeometryCollection") take([shape.coordinates]);
  return box;
}

/** A circle on the ground. @param {LonLat} centre @param {number} radiusM @returns {GeoJSON.Polygon} */
export function circle([lon = 0, lat = 0], radiusM) {
  const corners = 48;
  const ring = Array.from({ length: corners + 1 }, (_, at) => {
    const angle = ((at % corners) / corners) * 2 * Math.PI;
    return [
      lon + (radiusM * Math.cos(angle)) / (DEGREE_M * Math.cos((lat * Math.PI) / 180)),
      lat + (radiusM * Math.sin(angle)) / DEGREE_M,
    ];
  });
  return { type: "Polygon", coordinates: [ring] };
}

/** Metres east and north of `from`. @param {LonLat} from @param {LonLat} to */
function flat([lon0 = 0, lat0 = 0], [lon = 0, lat = 0]) {
  const shrink = Math.cos((((lat + lat0) / 2) * Math.PI) / 180);
  return /** @type {[number, number]} */ ([
    (lon - lon0) * DEGREE_M * shrink,
    (lat - lat0) * DEGREE_M,
  ]);
}

/** @param {LonLat} from @param {LonLat[]} line */
function alongM(from, line) {
  let best = Number.POSITIVE_INFINITY;
  for (let at = 1; at < line.length; at += 1) {
    const [ax, ay] = flat(from, line[at - 1] ?? []);
    const [bx, by] = flat(from, line[at] ?? []);
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
    best = Math.min(best, Math.hypot(ax + along * dx, ay + along * dy));
  }
  return best;
}

/** @param {Area} shape @returns {LonLat[][][]} */
const polygons = (shape) => (shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates);

/** @param {LonLat[]} ring @param {LonLat} point */
function within(ring, [x = 0, y = 0]) {
  return crossed(ring, y).filter((at) => at > x).length % 2 === 1;
}

/** Where a ring crosses a parallel. @param {LonLat[]} ring @param {number} y */
function crossed(ring, y) {
  return ring.slice(1).flatMap(([x1 = 0, y1 = 0], at) => {
    const [x0 = 0, y0 = 0] = ring[at] ?? [];
    return y0 > y !== y1 > y ? [x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)] : [];
  });
}

/** @param {LonLat[]} line */
const middle = (line) => line[Math.floor(line.length / 2)] ?? [0, 0];

/** In square degrees: to compare only. @param {LonLat[] | undefined} ring */
function size(ring = []) {
  let twice = 0;
  for (let at = 1; at < ring.length; at += 1) {
    const [[x0 = 0, y0 = 0], [x1 = 0, y1 = 0]] = [ring[at - 1] ?? [], ring[at] ?? []];
    twice += x0 * y1 - x1 * y0;
  }
  return Math.abs(twice);
}
