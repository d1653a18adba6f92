/**
 * Verdicts in the order in which they matter, and where this page and the server say otherwise.
 *
 * @import { Verdict } from "./types.d.ts"
 * @typedef {"breach" | "warn" | "cant_tell" | "note" | "ok" | "none"} Look `warn`: of what should
 *   be; `note`: of what is good to know; `cant_tell` is never `ok`; `none`: nothing to say
 */

import { innerPoint } from "../metres.js";

const FORCES = ["hard", "gate", "should", "note", "score"];

/** @param {Verdict} verdict @returns {Look} */
export function lookOf({ verdict, force }) {
  if (verdict === "breach" && isAside(force)) return "note";
  if (verdict === "breach") return force === "should" ? "warn" : "breach";
  if (verdict === "cant_tell") return "cant_tell";
  return verdict === "ok" ? "ok" : "none";
}

/** @type {Look[]} */
const LOOKS = ["breach", "warn", "cant_tell", "note", "ok", "none"];

const CODES = new Intl.Collator("en", { numeric: true });

/** The worst first; what weighs the same by its code. @param {Verdict[]} verdicts */
export const worstFirst = (verdicts) =>
  [...verdicts].sort(
    (a, b) =>
      LOOKS.indexOf(lookOf(a)) - LOOKS.indexOf(lookOf(b)) ||
      FORCES.indexOf(a.force) - FORCES.indexOf(b.force) ||
      CODES.compare(a.code, b.code),
  );

/** Of the whole site: what is only noted or scored weighs nothing. @param {Verdict[]} verdicts @returns {Look} */
export function worstOf(verdicts) {
  const looks = new Set(verdicts.filter(({ force }) => !isAside(force)).map(lookOf));
  return LOOKS.find((look) => looks.has(look)) ?? "none";
}

/** How many of each. @param {Verdict[]} verdicts @returns {Record<Look, number>} */
export const counted = (verdicts) =>
  /** @type {Record<Look, number>} */ (
    Object.fromEntries(
      LOOKS.map((look) => [look, verdicts.filter((each) => lookOf(each) === look).length]),
    )
  );

/**
 * Rules on which the page's own judgement differs from the server's.
 * @param {Verdict[]} here @param {Verdict[]} there
 * @returns {{ code: string, here: Verdict | null, there: Verdict | null }[]}
 */
export function differing(here, there) {
  const codes = [...new Set([...here, ...there].map(({ code }) => code))].sort();
  return codes
    .map((code) => ({
      code,
      here: here.find((each) => each.code === code) ?? null,
      there: there.find((each) => each.code === code) ?? null,
    }))
    .filter((pair) => said(pair.here) !== said(pair.there));
}

/** @param {Verdict["force"]} force */
const isAside = (force) => force === "note" || force === "score";

/** @param {Verdict | null} verdict */
const said = (verdict) => verdict && `${verdict.verdict} ${verdict.force} ${verdict.value}`;

/**
 * What is drawn on the map of them, the worst on top: the shape that decides, and a point with
 * what was measured.
 * @param {Verdict[]} verdicts @returns {GeoJSON.FeatureCollection}
 */
export const deciding = (verdicts) => ({
  type: "FeatureCollection",
  features: worstFirst(verdicts)
    .reverse()
    .flatMap((each) => {
      const look = lookOf(each);
      if (!each.decides || look === "none") return [];
      const unit = { m: "m", m2: "m²" }[each.unit];
      const said =
        unit && each.value !== null ? `${each.code} ${each.value.toFixed(2)} ${unit}` : "";
      return [
        feature(each.decides, { code: each.code, look, said: "" }),
        ...told(each.decides, said),
      ];
    }),
});

/** @param {GeoJSON.Geometry} shape @param {string} said @returns {GeoJSON.Feature[]} */
function told(shape, said) {
  if (!said || shape.type === "GeometryCollection") return [];
  return [feature({ type: "Point", coordinates: middleOf(shape) }, { said })];
}

/** Of a line between two points the middle, not one of them. @param {GeoJSON.Geometry} shape */
function middleOf(shape) {
  const [from, to, ...more] = shape.type === "LineString" ? shape.coordinates : [];
  if (!from || !to || more.length) return innerPoint(shape);
  return [((from[0] ?? 0) + (to[0] ?? 0)) / 2, ((from[1] ?? 0) + (to[1] ?? 0)) / 2];
}

/** @param {GeoJSON.Geometry} geometry @param {Record<string, unknown>} properties @returns {GeoJSON.Feature} */
const feature = (geometry, properties) => ({ type: "Feature", properties, geometry });
