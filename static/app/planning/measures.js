/**
 * What each rule measures of a site: the twin of planning/checking/measures.py.
 *
 * @import { Properties, Rule, Shape, Site } from "./types.d.ts"
 * @import { Surroundings, Thing } from "./surroundings.js"
 *
 * @typedef {{ site: Site, shape: Shape, around: Surroundings, valid: boolean }} Case
 * @typedef {{ value: number | boolean | string | null, decides?: Shape | null,
 *   nothing?: string | null, missing?: string | null, crossed?: boolean }} Found
 * @typedef {Found | { cantTell: string } | { notApplicable: string }} Measured
 * @typedef {(rule: Rule, of: Case) => Measured} Measure
 */

import {
  band,
  difference,
  distance,
  drawn,
  intersection,
  mended,
  partsOf,
  pointsOf,
  ringsOf,
  shortest,
} from "./geometry.js";
import { narrowest } from "./lanes.js";
import { rounded } from "./rounding.js";

export const REACH_M = 100;
const LANE_HALF_M = 10;
const INDOORS = ["b1", "b2", "roof"];

/** @param {Rule} rule */
const reachOf = (rule) => Math.max(REACH_M, rule.limit ?? 0);

/** @param {Rule} rule @param {Case} of @param {string} layer */
const missing = (rule, { around, site, shape }, layer) =>
  around.knows(layer, site, shape, reachOf(rule)) ? null : layer;

/** @param {Case} of */
const onGround = ({ site }) => !INDOORS.includes(site.level ?? "");

/**
 * Only where the shape can be reckoned with.
 * @param {Measure} measure @returns {Measure}
 */
const ofArea = (measure) => (rule, of) => (of.valid ? measure(rule, of) : { cantTell: "crossing" });

/** @param {Measure} measure @returns {Measure} */
const ofGround = (measure) => (rule, of) =>
  onGround(of) ? ofArea(measure)(rule, of) : { notApplicable: "level" };

/** @param {Case} of @param {Iterable<Shape>} shapes @returns {{ value: number, decides: Shape | null }} */
function overlap({ shape }, shapes) {
  /** @type {{ value: number, decides: Shape | null }} */
  let best = { value: 0, decides: null };
  for (const each of shapes) {
    const common = intersection(shape, mended(each));
    if (common.getArea() > best.value) best = { value: common.getArea(), decides: common };
  }
  return best;
}

/** @param {Case} of @param {string} layer */
const met = ({ around, shape }, layer) =>
  around
    .layer(layer)
    .within(shape, 0)
    .map((thing) => thing.shape);

/** @type {Measure} */
const excluded = (rule, of) =>
  of.around.layers.get("excluded_areas")
    ? ofArea(() => overlap(of, met(of, "excluded_areas")))(rule, of)
    : { cantTell: "excluded_areas" };

/** @type {Measure} */
const operationAreas = (rule, of) => ({
  ...overlap(of, met(of, "operation_areas")),
  missing: missing(rule, of, "operation_areas"),
});

/** @param {Case} of */
function lanesNear({ around, shape }) {
  /** @type {{ line: Shape, width: number }[]} */
  const wide = [];
  /** @type {Shape[]} */
  const unknown = [];
  for (const { shape: line, about } of around.layer("lanes").within(shape, LANE_HALF_M * 2)) {
    if (about.width_m) wide.push({ line, width: about.width_m });
    else if (distance(line, shape) < LANE_HALF_M) unknown.push(line);
  }
  return { wide, unknown };
}

/** @type {Measure} */
function laneOverlap(rule, of) {
  const { wide, unknown } = lanesNear(of);
  const near = wide.filter(({ line, width }) => distance(line, of.shape) < width / 2);
  const taken = overlap(
    of,
    near.map(({ line, width }) => band(line, width)),
  );
  if (rounded(taken.value) > 0) return taken;
  for (const line of unknown) {
    const common = intersection(line, of.shape);
    if (rounded(common.getLength()) > 0) return { value: null, decides: common, crossed: true };
  }
  if (unknown.length) return { cantTell: "lane_width" };
  return { ...taken, missing: missing(rule, of, "lanes") };
}

/** @type {Measure} */
function laneClear(rule, of) {
  const { wide, unknown } = lanesNear(of);
  const rings = ringsOf(of.shape);
  /** @type {import("./lanes.js").Narrowest | null} */
  let best = null;
  for (const { line, width } of wide) {
    if (distance(line, of.shape) >= width) continue;
    for (const part of partsOf(line)) {
      const found = narrowest(pointsOf(part), width, rings);
      if (found && (!best || found.width < best.width)) best = found;
    }
  }
  const value = best?.width ?? null;
  const breach = value !== null && rule.limit !== null && rounded(value) < rule.limit;
  if (unknown.length && !breach) return { cantTell: "lane_width" };
  return {
    value,
    decides: best && drawn(best.section),
    nothing: value === null ? "lanes" : null,
    missing: missing(rule, of, "lanes"),
  };
}

/** @param {string} layer @param {string[]} levels @returns {Measure} */
const nearest = (layer, levels) => (rule, of) => {
  if (levels.includes(of.site.level ?? "")) return { notApplicable: "level" };
  const near = of.around.layer(layer).nearest(of.shape, reachOf(rule));
  const unknown = missing(rule, of, layer);
  return near ? closest(of, near, unknown) : { value: null, nothing: layer, missing: unknown };
};

/**
 * @param {Case} of @param {{ thing: Thing, metres: number }} near @param {string | null} missing
 * @returns {Measured}
 */
function closest({ shape }, { thing, metres }, missing) {
  const { from, to } = shortest(shape, thing.shape);
  return { value: metres, decides: drawn(metres === 0 ? [from] : [from, to]), missing };
}

/** @type {Measure} */
function walkToExit(_rule, of) {
  const estate = of.site.estate ?? null;
  if (estate === null) return { notApplicable: "street" };
  const own = (/** @type {Thing} */ { about }) => about.estate === estate;
  const door = of.around.layer("exits").nearest(of.shape, Number.POSITIVE_INFINITY, own);
  return door ? closest(of, door, null) : { cantTell: "exits" };
}

/** @param {Case} of */
const estateOf = ({ around, site }) =>
  around.layer("estates").things.find(({ id }) => id === site.estate);

/** @type {Measure} */
const outsideEstate = (rule, of) =>
  (of.site.estate ?? null) === null
    ? { notApplicable: "street" }
    : ofArea(() => {
        const estate = estateOf(of);
        if (!estate || estate.shape.isEmpty()) return { cantTell: "boundary" };
        const outside = difference(of.shape, mended(estate.shape));
        return { value: outside.getArea(), decides: outside.getArea() > 0 ? outside : null };
      })(rule, of);

/** @template T @param {T | null | undefined} value @returns {value is T} */
const said = (value) => value !== null && value !== undefined && value !== "";

/** @param {number | boolean | string | null | undefined} value @returns {Measured} */
const found = (value) => (said(value) ? { value } : { cantTell: "not_told" });

/** @param {keyof Omit<Site, "geom">} name @returns {Measure} */
const told = (name) => (_rule, of) => found(of.site[name]);

/** @param {Case} of */
const groupBays = ({ site }) => site.group_bays ?? site.bays ?? null;

/** @type {Measure} */
function groupLength(_rule, of) {
  if (said(of.site.group_length_m)) return { value: of.site.group_length_m };
  const bays = groupBays(of);
  const width = of.site.bay_width_m;
  return found(said(bays) && said(width) ? bays * width : null);
}

/** @type {Measure} */
function partitions(_rule, of) {
  const { bays, group_bays: group, partitions } = of.site;
  if (said(bays) && (!said(group) || bays <= group)) return { notApplicable: "one_group" };
  return found(partitions);
}

/** @param {number | null | undefined} value @param {Rule} rule @param {Case} of @returns {Measured} */
function cctv(value, rule, of) {
  if (!said(value)) return { cantTell: "not_told" };
  if (rule.limit === null || rounded(value) <= rule.limit) return { value };
  return said(of.site.cctv) ? { value } : { cantTell: "not_told" };
}

/** @param {"ports" | "bays"} name @returns {Measure} */
const perEbike = (name) => (rule, of) => {
  if ((of.site.estate ?? null) === null) return { notApplicable: "street" };
  const own = of.site[name];
  if (!said(own)) return { cantTell: "not_told" };
  const about = estateOf(of)?.about;
  if (!about?.ebikes) return { cantTell: "ebikes" };
  const others = (about.charging ?? [])
    .filter(({ id }) => id !== of.site.site)
    .map((each) => each[name]);
  const value =
    others.reduce((/** @type {number} */ sum, each) => sum + (each ?? 0), own) / about.ebikes;
  const enough = rule.limit !== null && rounded(value) >= rule.limit;
  return others.includes(null) && !enough ? { cantTell: "counts" } : { value };
};

/** @type {Measure} */
function ownersVote(_rule, of) {
  const { commercial, voted, estate = null } = of.site;
  if (estate === null) return { notApplicable: "street" };
  if (!said(commercial)) return { cantTell: "not_told" };
  return commercial ? { value: voted === true } : { notApplicable: "no_business" };
}

/** @type {Record<string, Measure>} */
export const MEASURES = {
  excluded_overlap_m2: excluded,
  lane_overlap_m2: ofGround(laneOverlap),
  lane_clear_m: ofGround(laneClear),
  operation_area_overlap_m2: ofGround(operationAreas),
  wall_m: nearest("buildings", ["ground_indoor", ...INDOORS]),
  exit_m: nearest("exits", INDOORS),
  hydrant_m: nearest("hydrants", INDOORS),
  sensitive_m: nearest("sensitive_places", []),
  walk_to_exit_m: walkToExit,
  outside_estate_m2: outsideEstate,
  group_bays: (_rule, of) => found(groupBays(of)),
  group_length_m: groupLength,
  partitions,
  bay_length_m: told("bay_length_m"),
  bay_width_m: told("bay_width_m"),
  cctv_by_area_m2: ofArea((rule, of) => cctv(of.shape.getArea(), rule, of)),
  cctv_by_bays: (rule, of) => cctv(of.site.bays, rule, of),
  place: told("place"),
  level: told("level"),
  canopy: told("canopy"),
  entrances: told("entrances"),
  ports_per_ebike: perEbike("ports"),
  bays_per_ebike: perEbike("bays"),
  owners_vote: ownersVote,
  gas_and_power: () => ({ cantTell: "ask" }),
};
