/**
 * Shapes in metres: JSTS and proj4, each in the one file its makers build. Such a file hands over
 * nothing when a page imports it as a module and leaves its name on the page instead; Node is
 * handed it.
 *
 * @import { Coordinate, Jsts, Shape } from "./types.d.ts"
 *
 * @typedef {{ forward(at: number[]): number[], inverse(at: number[]): number[] }} Projection
 */

import * as jstsModule from "jsts/dist/jsts.min.js";
import * as proj4Module from "proj4";

/** @param {any} module @param {string} name */
const built = (module, name) => module.default ?? /** @type {any} */ (globalThis)[name];

/** @type {Jsts} */
const jsts = built(jstsModule, "jsts");
/** @type {(projection: string) => Projection} */
const proj4 = built(proj4Module, "proj4");

const { BufferOp, BufferParameters } = jsts.operation.buffer;
const { DistanceOp } = jsts.operation.distance;
const { OverlayOp } = jsts.operation.overlay;
const { IsValidOp } = jsts.operation.valid;

const reader = new jsts.io.GeoJSONReader(new jsts.geom.GeometryFactory());
const writer = new jsts.io.GeoJSONWriter();

/** As a buffer draws a quarter of a circle, on both sides alike. */
const QUARTER = 8;
const FLAT = new BufferParameters(QUARTER, BufferParameters.CAP_FLAT);

/** @type {Map<string, Projection>} */
const projections = new Map();

/** @param {string} told in the words of PROJ @returns {Projection} */
export function projectionOf(told) {
  const known = projections.get(told) ?? proj4(told);
  projections.set(told, known);
  return known;
}

/** @param {any} coordinates @param {(at: number[]) => number[]} move @returns {any} */
const moved = (coordinates, move) =>
  typeof coordinates[0] === "number"
    ? move(coordinates.slice(0, 2))
    : coordinates.map((/** @type {any} */ each) => moved(each, move));

/** @param {GeoJSON.Geometry} shape @param {(at: number[]) => number[]} move @returns {GeoJSON.Geometry} */
function movedShape(shape, move) {
  if (shape.type === "GeometryCollection")
    return { type: shape.type, geometries: shape.geometries.map((each) => movedShape(each, move)) };
  const { type, coordinates } = shape;
  return /** @type {GeoJSON.Geometry} */ ({
    type,
    coordinates: coordinates.length ? moved(coordinates, move) : [],
  });
}

/** @param {GeoJSON.Geometry} shape WGS-84 @param {Projection} projection @returns {Shape} */
export const inMetres = (shape, projection) => reader.read(movedShape(shape, projection.forward));

/** Back from `inMetres`. @param {Shape} shape @param {Projection} projection */
export const fromMetres = (shape, projection) =>
  movedShape(writer.write(shape), projection.inverse);

/** @param {Shape} shape */
export const isValid = (shape) => IsValidOp.isValid(shape);

/** @param {Shape} one @param {Shape} other */
export const distance = (one, other) => DistanceOp.distance(one, other);

/** From the one to the other, where they are nearest. @param {Shape} one @param {Shape} other */
export function shortest(one, other) {
  const [from, to] = DistanceOp.nearestPoints(one, other).map(({ x, y }) => [x, y]);
  return { from: from ?? [], to: to ?? [] };
}

/** @param {Shape} one @param {Shape} other */
export const intersection = (one, other) => OverlayOp.intersection(one, other);

/** @param {Shape} one @param {Shape} other */
export const difference = (one, other) => OverlayOp.difference(one, other);

/** Of lanes, which stand while a site moves. @type {WeakMap<Shape, { width: number, ground: Shape }>} */
const bands = new WeakMap();

/** The ground of a line so wide, ending where it ends. @param {Shape} line @param {number} width */
export function band(line, width) {
  const known = bands.get(line);
  if (known?.width === width) return known.ground;
  const ground = BufferOp.bufferOp(line, width / 2, FLAT);
  bands.set(line, { width, ground });
  return ground;
}

/** @type {WeakMap<Shape, Shape>} */
const sound = new WeakMap();

/** An area that can be reckoned with, where it crosses itself. @param {Shape} area */
export function mended(area) {
  const known = sound.get(area);
  if (known) return known;
  const whole = isValid(area) ? area : BufferOp.bufferOp(area, 0);
  sound.set(area, whole);
  return whole;
}

/** @param {number[][]} at @returns {Shape} a line, or a point of one */
export const drawn = (at) =>
  reader.read(
    at.length === 1
      ? { type: "Point", coordinates: at[0] ?? [] }
      : { type: "LineString", coordinates: at },
  );

/** @param {Shape} shape @returns {Shape[]} */
export const partsOf = (shape) =>
  Array.from({ length: shape.getNumGeometries() }, (_, n) => shape.getGeometryN(n));

/** @param {Shape} line */
export const pointsOf = (line) =>
  line.getCoordinates().map(({ x, y }) => /** @type {[number, number]} */ ([x, y]));

/** The outlines of an area, the outer one first. @param {Shape} area */
export const ringsOf = (area) => [
  pointsOf(area.getExteriorRing()),
  ...Array.from({ length: area.getNumInteriorRing() }, (_, n) =>
    pointsOf(area.getInteriorRingN(n)),
  ),
];

/** Two ways to reckon the same distance differ by less. */
const SAME_M = 1e-6;

/**
 * Shapes that are found by place. Each stands in a frame, and no shape is nearer than its frame:
 * what is reckoned in full are the few whose frames are near enough.
 *
 * @typedef {{ west: number, south: number, east: number, north: number }} Frame
 */
export class Index {
  /** @param {readonly Shape[]} shapes */
  constructor(shapes) {
    this.shapes = shapes;
    this.frames = shapes.map(frameOf);
  }

  /**
   * Which are nearer than so many metres or just as near, in their order.
   * @param {Shape} shape @param {number} metres @returns {number[]}
   */
  within(shape, metres) {
    return this.#framed(shape, metres)
      .map(({ n }) => n)
      .filter((n) => distance(this.#at(n), shape) <= metres)
      .sort((a, b) => a - b);
  }

  /**
   * The nearest of those that are wanted; of several just as near the first.
   * @param {Shape} shape @param {number} metres none that is farther @param {(n: number) => boolean} wanted
   * @returns {{ n: number, metres: number } | null}
   */
  nearest(shape, metres, wanted) {
    /** @type {{ n: number, metres: number } | null} */
    let best = null;
    for (const { n, least } of this.#framed(shape, metres).sort((a, b) => a.least - b.least)) {
      if (best && least > best.metres + SAME_M) break;
      if (!wanted(n)) continue;
      const apart = distance(shape, this.#at(n));
      if (apart > metres) continue;
      if (!best || apart < best.metres || (apart === best.metres && n < best.n))
        best = { n, metres: apart };
    }
    return best;
  }

  /** @param {number} n */
  #at(n) {
    return /** @type {Shape} */ (this.shapes[n]);
  }

  /** @param {Shape} shape @param {number} metres @returns {{ n: number, least: number }[]} */
  #framed(shape, metres) {
    const own = frameOf(shape);
    const near = [];
    for (const [n, frame] of this.frames.entries()) {
      const least = own && frame ? between(own, frame) : Number.POSITIVE_INFINITY;
      if (least <= metres + SAME_M) near.push({ n, least });
    }
    return near;
  }
}

/** @param {Shape} shape @returns {Frame | null} null where it is empty */
function frameOf(shape) {
  if (shape.isEmpty()) return null;
  const frame = shape.getEnvelopeInternal();
  return {
    west: frame.getMinX(),
    south: frame.getMinY(),
    east: frame.getMaxX(),
    north: frame.getMaxY(),
  };
}

/** @param {Frame} one @param {Frame} other */
const between = (one, other) =>
  Math.hypot(
    Math.max(0, one.west - other.east, other.west - one.east),
    Math.max(0, one.south - other.north, other.south - one.north),
  );
