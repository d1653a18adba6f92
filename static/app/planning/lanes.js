/**
 * The clear width that a lane keeps beside a site: how it is worked out is told in
 * planning/checking/lanes.py, whose twin this is, step by step.
 *
 * @typedef {[number, number]} Point
 * @typedef {Point[]} Ring
 * @typedef {[Point, Point]} Segment
 * @typedef {(at: number) => number} Edge
 * @typedef {[low: Edge, high: Edge]} Gap
 * @typedef {{ at: number, low: number, high: number }} Cut
 * @typedef {{ a: number, b: number, edges: Edge[] }} Stretch
 * @typedef {{ width: number, section: [Point, Point] }} Narrowest
 */

const SAME = 1e-6;
const SAME_ANGLE = 1e-8;
const SLIT_M = 0.01;
const PARTS = 16;
const NARROWINGS = 60;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** @param {Cut} cut */
const widthOf = ({ low, high }) => high - low;

/**
 * @param {Point[]} line @param {number} width @param {Ring[]} rings the site's outlines, each closed
 * @returns {Narrowest | null} null for a line without a length; all in metres
 */
export function narrowest(line, width, rings) {
  const half = width / 2;
  const points = distinct(line);
  /** @type {Narrowest | null} */
  let best = null;
  for (const [start, end, after] of windows(points)) {
    const length = apart(start, end);
    /** @type {Point} */
    const along = [(end[0] - start[0]) / length, (end[1] - start[1]) / length];
    const cut = leg(length, half, seenFrom(rings, start, along));
    best = less(best, cut, start, along, half, false);
    if (!after) continue;
    const by = bend(along, [after[0] - end[0], after[1] - end[1]]);
    if (Math.abs(by) > SAME_ANGLE)
      best = less(best, corner(by, half, seenFrom(rings, end, along)), end, along, half, true);
  }
  return best;
}

/** @param {Point[]} points @returns {[Point, Point, Point | undefined][]} */
const windows = (points) =>
  points.slice(1).map((end, n) => [/** @type {Point} */ (points[n]), end, points[n + 2]]);

/**
 * @param {Narrowest | null} best @param {Cut} cut @param {Point} start @param {Point} along
 * @param {number} half @param {boolean} turned @returns {Narrowest}
 */
function less(best, cut, start, along, half, turned) {
  const width = widthOf(cut);
  if (best && best.width <= width) return best;
  const ends = (width > 0 ? [cut.low, cut.high] : [-half, half]).map((t) => {
    const [x, y] = turned ? [-Math.sin(cut.at) * t, Math.cos(cut.at) * t] : [cut.at, t];
    return [start[0] + x * along[0] - y * along[1], start[1] + x * along[1] + y * along[0]];
  });
  return { width, section: /** @type {[Point, Point]} */ (ends) };
}

/** @param {Point} p @param {Point} q */
const apart = (p, q) => Math.hypot(q[0] - p[0], q[1] - p[1]);

/** @param {Point[]} line */
function distinct(line) {
  /** @type {Point[]} */
  const points = [];
  for (const point of line) {
    const last = points.at(-1);
    if (!last || apart(last, point) > SAME) points.push(point);
  }
  return points;
}

/** @param {Ring[]} rings @param {Point} origin @param {Point} along @returns {Segment[]} */
const seenFrom = (rings, origin, along) =>
  rings.flatMap((ring) => {
    const seen = ring.map(([px, py]) => {
      const [x, y] = [px - origin[0], py - origin[1]];
      return /** @type {Point} */ ([x * along[0] + y * along[1], y * along[0] - x * along[1]]);
    });
    return seen.slice(1).map((q, n) => /** @type {Segment} */ ([seen[n], q]));
  });

/** @param {Point} along @param {Point} then */
const bend = (along, then) =>
  Math.atan2(along[0] * then[1] - along[1] * then[0], along[0] * then[0] + along[1] * then[1]);

/** @param {number} length @param {number} half @param {Segment[]} edges */
function leg(length, half, edges) {
  const places = [0, length];
  for (const [[s, t], [sTo, tTo]] of edges) {
    places.push(s);
    for (const side of [-half, half])
      if ((t - side) * (tTo - side) < 0) places.push(s + ((sTo - s) * (side - t)) / (tTo - t));
  }
  const stretches = between(places, 0, length, SAME).map(([a, b]) => {
    const middle = (a + b) / 2;
    const met = edges
      .filter(([p, q]) => Math.min(p[0], q[0]) < middle && middle < Math.max(p[0], q[0]))
      .map(straight);
    return { a, b, edges: inOrder(met, middle) };
  });
  return narrowestOf(stretches, half, SLIT_M, leastOfLinear) ?? { at: 0, low: -half, high: half };
}

/** @param {Edge[]} edges @param {number} at */
const inOrder = (edges, at) => edges.sort((one, other) => one(at) - other(at));

/** @param {Segment} segment @returns {Edge} */
const straight =
  ([[s, t], [sTo, tTo]]) =>
  (at) =>
    t + (tTo - t) * part((at - s) / (sTo - s));

/** @param {number} of */
const part = (of) => Math.min(1, Math.max(0, of));

/** @param {number} by @param {number} half @param {Segment[]} edges @returns {Cut} */
function corner(by, half, edges) {
  const [low, high] = [Math.min(0, by), Math.max(0, by)];
  if (edges.every((edge) => Math.hypot(...nearest(edge)) > half) && !aroundOrigin(edges))
    return { at: 0, low: -half, high: half };
  const places = [low, high];
  for (const edge of edges)
    for (const [x, y] of [edge[0], ...onEdge(edge, half)])
      places.push(Math.atan2(-x, y), Math.atan2(x, -y));
  const stretches = between(places, low, high, SAME_ANGLE).map(([a, b]) => {
    const middle = (a + b) / 2;
    const met = edges.filter(([p, q]) => ahead(p, middle) < 0 !== ahead(q, middle) < 0).map(secant);
    const inset = (b - a) * 1e-9;
    return { a: a + inset, b: b - inset, edges: inOrder(met, middle) };
  });
  return (
    narrowestOf(stretches, half, SLIT_M / half, leastBySearch) ?? {
      at: low,
      low: -half,
      high: half,
    }
  );
}

/** @param {Point} point @param {number} angle */
const ahead = (point, angle) => point[0] * Math.cos(angle) + point[1] * Math.sin(angle);

/** @param {Segment} segment @returns {Edge} */
const secant =
  ([p, q]) =>
  (angle) => {
    const [one, other] = [ahead(p, angle), ahead(q, angle)];
    const at = part(one / (one - other));
    const [x, y] = [p[0] + (q[0] - p[0]) * at, p[1] + (q[1] - p[1]) * at];
    return y * Math.cos(angle) - x * Math.sin(angle);
  };

/** @param {Segment} segment @returns {Point} */
function nearest([p, q]) {
  const [dx, dy] = [q[0] - p[0], q[1] - p[1]];
  const square = dx * dx + dy * dy;
  if (square === 0) return p;
  const at = part(-(p[0] * dx + p[1] * dy) / square);
  return [p[0] + dx * at, p[1] + dy * at];
}

/** @param {Segment} segment @param {number} half @returns {Point[]} */
function onEdge([p, q], half) {
  const places = [nearest([p, q])];
  const [dx, dy] = [q[0] - p[0], q[1] - p[1]];
  const square = dx * dx + dy * dy;
  if (square === 0) return places;
  const middle = -(p[0] * dx + p[1] * dy) / square;
  const off = Math.hypot(p[0] + dx * middle, p[1] + dy * middle);
  if (off >= half) return places;
  const away = Math.sqrt((half * half - off * off) / square);
  for (const at of [middle - away, middle + away])
    if (0 < at && at < 1) places.push([p[0] + dx * at, p[1] + dy * at]);
  return places;
}

/** @param {Segment[]} edges */
const aroundOrigin = (edges) =>
  edges.reduce(
    (inside, [[x, y], [xTo, yTo]]) =>
      y > 0 !== yTo > 0 && x + ((xTo - x) * -y) / (yTo - y) > 0 ? !inside : inside,
    false,
  );

/** @param {number[]} places @param {number} low @param {number} high @param {number} same */
function between(places, low, high, same) {
  const within = places.filter((at) => low <= at && at <= high).sort((one, other) => one - other);
  /** @type {[number, number][]} */
  const found = [];
  let a = within[0] ?? low;
  for (const b of within)
    if (b - a > same) {
      found.push([a, b]);
      a = b;
    }
  return found;
}

/**
 * @param {Stretch[]} stretches @param {number} half @param {number} slit
 * @param {(gaps: Gap[], a: number, b: number) => Cut} least
 */
function narrowestOf(stretches, half, slit, least) {
  /** @type {Cut | null} */
  let best = null;
  /** What was covered a slit ago, and where. @type {Cut[]} */
  let before = [];
  for (const { a, b, edges } of stretches) {
    before = [...before.filter(({ at }) => a - at <= slit), ...covered(edges, a, half)];
    for (const cut of [
      least(gapsOf(edges, (a + b) / 2, half), a, b),
      widestBeside(before, a, half),
    ])
      if (!best || widthOf(cut) < widthOf(best)) best = cut;
    before.push(...covered(edges, b, half));
  }
  return best;
}

/** @param {Edge[]} edges @returns {[Edge, Edge][]} */
const paired = (edges) =>
  edges.flatMap((enters, n) =>
    n % 2 ? [] : [/** @type {[Edge, Edge]} */ ([enters, edges[n + 1] ?? enters])],
  );

/** @param {Edge[]} edges @param {number} middle @param {number} half */
function gapsOf(edges, middle, half) {
  /** @type {Gap[]} */
  const gaps = [];
  /** @type {Edge | null} */
  let low = () => -half;
  for (const [enters, leaves] of paired(edges)) {
    if (leaves(middle) <= -half) continue;
    if (enters(middle) >= half) break;
    if (low && enters(middle) > -half) gaps.push([low, enters]);
    low = leaves(middle) < half ? leaves : null;
  }
  if (low) gaps.push([low, () => half]);
  return gaps;
}

/** @param {Edge[]} edges @param {number} at @param {number} half @returns {Cut[]} */
const covered = (edges, at, half) =>
  paired(edges)
    .map(([enters, leaves]) => ({ at, low: enters(at), high: leaves(at) }))
    .filter(({ low, high }) => high > -half && low < half);

/** @param {Cut[]} spans @param {number} at @param {number} half */
function widestBeside(spans, at, half) {
  let best = { at, low: 0, high: 0 };
  let reached = -half;
  const inTurn = [...spans].sort((p, q) => p.low - q.low || p.high - q.high);
  for (const { low, high } of [...inTurn, { low: half, high: half }]) {
    const end = Math.min(low, half);
    if (end - reached > widthOf(best)) best = { at, low: reached, high: end };
    reached = Math.max(reached, high);
  }
  return best;
}

/** @param {Gap[]} gaps @param {number} at */
function widest(gaps, at) {
  let best = { at, low: 0, high: 0 };
  for (const [low, high] of gaps)
    if (high(at) - low(at) > widthOf(best)) best = { at, low: low(at), high: high(at) };
  return best;
}

/** @param {Gap[]} gaps @param {number} a @param {number} b */
function leastOfLinear(gaps, a, b) {
  const places = [a, b];
  const widths = gaps.map(
    ([low, high]) => /** @type {Point} */ ([high(a) - low(a), high(b) - low(b)]),
  );
  for (const [n, [one, oneTo]] of widths.entries())
    for (const [other, otherTo] of widths.slice(n + 1)) {
      const [lead, leadTo] = [one - other, oneTo - otherTo];
      if (lead * leadTo < 0) places.push(a + ((b - a) * lead) / (lead - leadTo));
    }
  return narrower(places.map((at) => widest(gaps, at)));
}

/** @param {Gap[]} gaps @param {number} a @param {number} b */
function leastBySearch(gaps, a, b) {
  const at = Array.from({ length: PARTS + 1 }, (_, n) => a + ((b - a) * n) / PARTS);
  const cuts = at.map((each) => widest(gaps, each));
  const least = narrower(cuts);
  const lowest = cuts.indexOf(least);
  let low = at[Math.max(lowest - 1, 0)] ?? a;
  let high = at[Math.min(lowest + 1, PARTS)] ?? b;
  for (let n = 0; n < NARROWINGS; n += 1) {
    const [left, right] = [high - (high - low) * GOLDEN, low + (high - low) * GOLDEN];
    if (widthOf(widest(gaps, left)) <= widthOf(widest(gaps, right))) high = right;
    else low = left;
  }
  return narrower([least, widest(gaps, (low + high) / 2)]);
}

/** The first of the narrowest. @param {Cut[]} cuts @returns {Cut} */
const narrower = (cuts) => cuts.reduce((best, cut) => (widthOf(cut) < widthOf(best) ? cut : best));
