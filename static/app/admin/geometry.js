/**
 * A shape as the parts that are drawn, and back. Plain values in and out.
 *
 * @typedef {"Point" | "LineString" | "Polygon"} PartType
 * @typedef {GeoJSON.Point | GeoJSON.LineString | GeoJSON.Polygon} Part
 */

/** Places after the point of a degree: 0.1 mm. What draws refuses more. */
const DIGITS = 9;

/** Mode of drawing → type of what comes of it. */
export const TYPE_OF = /** @type {const} */ ({
  point: "Point",
  linestring: "LineString",
  polygon: "Polygon",
});

/** @typedef {keyof typeof TYPE_OF} Mode */

/** @param {string} type @returns {Mode} */
export const modeOf = (type) =>
  /** @type {Mode} */ (
    Object.keys(TYPE_OF).find((mode) => TYPE_OF[/** @type {Mode} */ (mode)] === type) ?? "point"
  );

/**
 * What a text field holds: a GeoJSON geometry or feature; null where it is empty.
 * Throws where it is neither.
 *
 * @param {string} text
 * @returns {GeoJSON.Geometry | null}
 */
export function readShape(text) {
  if (!text.trim()) return null;
  const value = JSON.parse(text);
  const geometry = value?.type === "Feature" ? value.geometry : value;
  partsOf(geometry);
  return geometry;
}

/**
 * @param {GeoJSON.Geometry | null} geometry
 * @returns {Part[]}
 */
export function partsOf(geometry) {
  if (geometry === null) return [];
  switch (geometry.type) {
    case "Point":
    case "LineString":
    case "Polygon":
      return [geometry];
    case "MultiLineString":
      return geometry.coordinates.map((coordinates) => ({ type: "LineString", coordinates }));
    case "MultiPolygon":
      return geometry.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
    default:
      throw new TypeError(`${geometry.type} can't be drawn`);
  }
}

/**
 * One geometry of parts of one type; null of none.
 *
 * @param {Part[]} parts
 * @returns {GeoJSON.Geometry | null}
 */
export function wholeOf(parts) {
  const [first, ...others] = parts;
  if (!first) return null;
  if (!others.length) return first;
  return /** @type {GeoJSON.Geometry} */ ({
    type: `Multi${first.type}`,
    coordinates: parts.map((part) => part.coordinates),
  });
}

/** Can this part be changed by dragging? An area with a hole can't: the hole would be lost. @param {Part} part */
export const isDrawable = (part) => part.type !== "Polygon" || part.coordinates.length === 1;

/**
 * The same part with no more digits than drawing takes.
 *
 * @template {Part} P
 * @param {P} part
 * @returns {P}
 */
export const rounded = (part) => ({ ...part, coordinates: round(part.coordinates) });

/** @param {any} value @returns {any} */
function round(value) {
  if (Array.isArray(value)) return value.slice(0, isPosition(value) ? 2 : undefined).map(round);
  return Number(Number(value).toFixed(DIGITS));
}

/** @param {any[]} value */
const isPosition = (value) => typeof value[0] === "number";

/**
 * Which parts stay when one more was drawn: those of its type, and only where several may be.
 *
 * @template {{ geometry: { type: string } }} F
 * @param {F[]} before
 * @param {F} drawn
 * @param {readonly string[]} types what the row's shape may be
 * @returns {F[]}
 */
export const joined = (before, drawn, types) => [
  ...before.filter(
    (each) =>
      each.geometry.type === drawn.geometry.type && types.includes(`Multi${drawn.geometry.type}`),
  ),
  drawn,
];

/**
 * West, south, east, north.
 *
 * @param {Part[]} parts
 * @returns {[number, number, number, number] | null}
 */
export function boundsOf(parts) {
  const flat = /** @type {any[]} */ (parts.map((part) => part.coordinates)).flat(4);
  if (!flat.length) return null;
  const lons = flat.filter((_, n) => n % 2 === 0);
  const lats = flat.filter((_, n) => n % 2 === 1);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
