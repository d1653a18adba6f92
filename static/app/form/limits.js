/**
 * A limit in words: "≥ 4 m".
 *
 * @import { Answers, Facts, Item, NumberAnswer, Reading, Rule } from "../types.d.ts"
 */

import { speaks } from "../rules.js";
import { either, t } from "../words.js";

const SIGNS = { at_least: "≥", at_most: "≤", less_than: "<" };

/**
 * The limits that apply here, the strictest of each kind.
 *
 * @param {Item} item
 * @param {Answers} answers
 * @param {Facts} facts
 * @returns {string} empty where the item has none
 */
export function limitOf(item, answers, facts) {
  /** @type {Map<string, string>} */
  const told = new Map();
  for (const rule of strictestLast(item.rules)) {
    if (!("limit" in rule) || !speaks(rule, answers, facts)) continue;
    const what = rule.of === null ? "" : `${reading(item, rule.of)} `;
    told.set(
      `${what}${rule.type}`,
      `${what}${SIGNS[rule.type]} ${rule.limit}${unitOf(item, rule.of)}`,
    );
  }
  return [...told.values()].join(t("list.comma"));
}

/** Whether all that a limit rests on is recommendation, or not yet confirmed. @param {Item} item */
export function weightOf(item) {
  if (item.force === "should") return t("force.should");
  if (item.sure === "M") return t("sure.memory");
  return "";
}

/** @param {NumberAnswer} number */
export const unit = ({ unit: zh, unit_en: en }) => either(zh, en || zh);

/** @param {Rule[]} rules */
const strictestLast = (rules) =>
  rules.toSorted((a, b) => {
    if (!("limit" in a) || !("limit" in b)) return 0;
    return a.type === "at_least" ? a.limit - b.limit : b.limit - a.limit;
  });

/** @param {Item} item @param {Reading} of */
function reading(item, of) {
  if (typeof of === "string") return measure(item, of);
  if (of.type === "ratio") return `${measure(item, of.a)} ÷ ${measure(item, of.b)}`;
  return t(of.type === "smaller" ? "limit.shorter" : "limit.longer");
}

/** @param {Item} item @param {string} name */
function measure({ answer }, name) {
  const found = answer.type === "measures" && answer.measures.find((each) => each.name === name);
  return found ? either(found.zh, found.en) : name;
}

/** @param {Item} item @param {Reading | null} of */
function unitOf({ answer }, of) {
  if (answer.type === "number") return ` ${unit(answer)}`;
  if (answer.type !== "measures" || (of !== null && typeof of !== "string" && of.type === "ratio"))
    return "";
  const name = typeof of === "string" ? of : of?.a;
  const found = answer.measures.find((each) => each.name === name);
  return found ? ` ${unit(found.number)}` : "";
}
