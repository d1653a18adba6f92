/**
 * Every rule on a site while it is drawn. The server judges again, and what it says counts:
 * planning/checking/judging.py is the twin, and tests/planning/vectors.json is read by both.
 *
 * @import { Around, Force, Outcome, Rule, Shape, Site, Verdict, Words } from "./types.d.ts"
 * @import { Case, Found } from "./measures.js"
 */

import { fromMetres, inMetres, isValid, projectionOf } from "./geometry.js";
import { MEASURES, REACH_M } from "./measures.js";
import { rounded, written } from "./rounding.js";
import { surroundingsOf } from "./surroundings.js";
import { CANT, CANT_TELL, CROSSED, NOT_APPLICABLE, NOTHING_NEAR } from "./words.js";

/** The gravest first. @type {Force[]} */
const FORCES = ["hard", "gate", "should", "note", "score"];

/**
 * In the order of their codes.
 *
 * @param {{ site: Site, around: Around, rules: readonly Rule[], projection: string }} asked
 *   `around` is worked out once and must not be changed afterwards; `projection` in PROJ's words
 * @returns {Verdict[]}
 */
export function judge({ site, around, rules, projection: told }) {
  const projection = projectionOf(told);
  const shape = inMetres(site.geom, projection);
  /** @type {Case} */
  const of = {
    site,
    shape,
    around: surroundingsOf(around, projection),
    valid: isValid(shape),
  };
  return rules
    .filter(({ on }) => on !== false)
    .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
    .map((rule) => {
      const { decides, ...verdict } = verdictOf(rule, of);
      return { ...verdict, decides: decides ? fromMetres(decides, projection) : null };
    });
}

/**
 * The gravest force of a breach; else "cant_tell" where something that forbids or advises can't
 * be told; else "ok".
 * @param {Verdict[]} verdicts @returns {Force | "cant_tell" | "ok"}
 */
export function worst(verdicts) {
  const breached = verdicts.filter(({ verdict }) => verdict === "breach");
  const gravest = FORCES.find((force) => breached.some((each) => each.force === force));
  const asked = verdicts.filter(({ force }) => force !== "note" && force !== "score");
  return gravest ?? (asked.some(({ verdict }) => verdict === "cant_tell") ? "cant_tell" : "ok");
}

/** @param {Rule} rule @param {Case} of */
function verdictOf(rule, of) {
  const measured = asked(rule, of);
  if ("notApplicable" in measured) {
    const why = filled(NOT_APPLICABLE[measured.notApplicable], { above: `${rule.above_bays}` });
    return said(rule, "not_applicable", { says: why, why });
  }
  if ("cantTell" in measured) return cantTell(rule, measured.cantTell);
  const { decides = null } = measured;
  const value = typeof measured.value === "number" ? rounded(measured.value) : null;
  if (measured.crossed) return said(rule, "breach", { says: CROSSED, why: CROSSED, decides });
  const says = sentence(rule, value);
  if (breached(rule, measured, value, of))
    return said(rule, "breach", { force: forceAt(rule, value), value, says, decides });
  if (measured.missing) return cantTell(rule, measured.missing, value, decides);
  if (measured.nothing) {
    const reach = written(Math.max(REACH_M, rule.limit ?? 0));
    return said(rule, "ok", { says: filled(NOTHING_NEAR[measured.nothing], { reach }) });
  }
  return said(rule, "ok", { value, says, decides });
}

/** @param {Rule} rule @param {Case} of */
function asked(rule, of) {
  if (rule.above_bays !== null) {
    const { bays = null } = of.site;
    if (bays === null) return { cantTell: "not_told" };
    if (bays <= rule.above_bays) return { notApplicable: "few_bays" };
  }
  // A rule of a newer server, until the page is loaded anew.
  return MEASURES[rule.measure]?.(rule, of) ?? { cantTell: "not_told" };
}

/**
 * @param {Rule} rule @param {string} why
 * @param {number | null} [value] @param {Shape | null} [decides]
 */
function cantTell(rule, why, value = null, decides = null) {
  const [zh, en] = CANT_TELL[why] ?? ["", ""];
  const says = /** @type {Words} */ ([
    CANT[0] + zh,
    CANT[1] + en.charAt(0).toLowerCase() + en.slice(1),
  ]);
  return said(rule, "cant_tell", { value, says, why: [zh, en], decides });
}

/** @param {Rule} rule @param {Found} measured @param {number | null} value @param {Case} of */
function breached(rule, measured, value, of) {
  if (rule.compare === "is") return measured.value === false;
  if (rule.compare === "none") return rule.values.includes(String(measured.value));
  if (value === null || rule.limit === null) return false;
  if (rule.compare === "at_least") return value < rule.limit;
  if (rule.measure.startsWith("cctv_") && of.site.cctv) return false;
  return value > rule.limit;
}

/** Of several steps reached, the one that stands last. @param {Rule} rule @param {number | null} value */
function forceAt({ force, steps }, value) {
  const reached = steps.filter(
    ({ below, above }) =>
      value !== null &&
      ((below !== undefined && value < below) || (above !== undefined && value > above)),
  );
  return reached.at(-1)?.force ?? force;
}

/** @param {Rule} rule @param {number | null} value */
const sentence = (rule, value) =>
  filled([rule.zh, rule.en], {
    value: value === null ? "" : written(value),
    limit: rule.limit === null ? "" : written(rule.limit),
    above: `${rule.above_bays}`,
  });

/** @param {Words | undefined} words @param {Record<string, string>} told @returns {Words} */
function filled(words, told) {
  const [zh, en] = (words ?? ["", ""]).map((text) =>
    Object.entries(told).reduce((said, [name, value]) => said.replaceAll(`{${name}}`, value), text),
  );
  return [zh ?? "", en ?? ""];
}

/**
 * @param {Rule} rule @param {Outcome} verdict
 * @param {{ force?: Force, value?: number | null, says: Words, why?: Words | null,
 *   decides?: Shape | null }} told
 */
const said = (rule, verdict, { force = rule.force, value = null, says, why, decides = null }) => ({
  code: rule.code,
  measure: rule.measure,
  force,
  verdict,
  value,
  limit: rule.limit,
  unit: rule.unit,
  zh: says[0],
  en: says[1],
  why_zh: why?.[0] ?? null,
  why_en: why?.[1] ?? null,
  source_zh: rule.source_zh,
  source_en: rule.source_en,
  source_on: rule.source_on,
  sure: rule.sure,
  decides,
});
