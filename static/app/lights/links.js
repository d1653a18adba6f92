/**
 * Where what an indicator is counted from can be read on.
 *
 * @import { Indicator, RowBehind } from "./types.d.ts"
 *
 * @typedef {"cases" | "overview" | "standardisation" | "ledgers" | "month"} Where
 */

/** Cases by where they came from. @type {Record<string, string>} */
const CASES = {
  complaint_handled_rate: "complaint",
  complaint_reduction: "complaint",
  same_day_rate: "complaint",
  same_day_reply_rate: "complaint",
  enforcement_rate: "joint",
  fire_facility_repaired: "",
};
/** What inspectors saw. */
const SEEN = ["hazard_survey", "lamp_ok_rate", "env_defects_open", "waste_ok_rate"];
/** What the register has: no page of its own. */
const REGISTER = ["charging_sites_added"];

/** @param {Indicator} indicator @returns {Where | null} */
export function whereOf({ metric, derived }) {
  if (!derived) return "month";
  if (metric in CASES) return "cases";
  if (SEEN.includes(metric)) return "overview";
  if (metric === "safety_std_estates") return "standardisation";
  return REGISTER.includes(metric) ? null : "ledgers";
}

/**
 * @param {Indicator} indicator
 * @param {{ level: RowBehind["level"], id: number | null } | null} place null: all
 * @param {string} as_of
 * @returns {string | null} null where one can't be sent there
 */
export function addressOf(indicator, place, as_of) {
  const where = whereOf(indicator);
  const query = new URLSearchParams();
  const named = place?.id && place.level !== "subdistrict" ? place : null;
  if (where === "cases") {
    const source = CASES[indicator.metric];
    query.set("status", "any");
    if (source) query.set("source", source);
    if (named) query.set(named.level, String(named.id));
    return `/cases/?${query}`;
  }
  if (where === "overview") {
    if (as_of) query.set("as_of", as_of);
    query.set("since", "");
    query.set("tab", "board");
    if (named) query.set(named.level, String(named.id));
    return `/overview/?${query}`;
  }
  if (!where) return null;
  if (as_of) query.set("as_of", as_of);
  if (named && where !== "month") query.set(named.level, String(named.id));
  return `/campaign/${where}/${query.size ? `?${query}` : ""}`;
}
