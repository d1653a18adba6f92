/**
 * Judges a checklist as the server will (inspections/kind); tests/rules.json keeps the two in
 * step. Takes and returns values; knows no kind by name.
 *
 * @import { Answer, Answers, Condition, Facts, Item, Judgement, Kind, Known, Reading, Rule, Value,
 *   Wrong } from "./types.d.ts"
 */

export const NOT_APPLICABLE = "not_applicable";
export const COULD_NOT_CHECK = "could_not_check";

/** @param {unknown} answer */
const isJudged = (answer) => answer !== NOT_APPLICABLE && answer !== COULD_NOT_CHECK;

/**
 * The answers in the order of the items, and what is wrong with each that can't be read.
 *
 * @param {Kind} kind
 * @param {Record<string, unknown>} sent
 * @returns {{ answers: Answers, wrong: Record<string, Wrong> }}
 */
export function read(kind, sent) {
  const known = new Set(kind.items.map((item) => item.code));
  /** @type {[string, Wrong][]} */
  const wrong = Object.keys(sent)
    .filter((code) => !known.has(code))
    .map((code) => [code, "not_asked"]);
  /** @type {Answers} */
  const answers = {};
  for (const { code, answer } of kind.items) {
    if (!Object.hasOwn(sent, code)) continue;
    const key = isJudged(sent[code]) ? unreadable(answer, sent[code]) : null;
    if (key) wrong.push([code, key]);
    else answers[code] = inOneForm(answer, sent[code]);
  }
  return { answers, wrong: Object.fromEntries(wrong) };
}

/**
 * The codes to ask. What is not known rules nothing out.
 *
 * @param {Kind} kind
 * @param {Answers} answers
 * @param {Facts} facts
 */
export const asks = (kind, answers, facts) =>
  asked(kind, answers, facts).items.map((item) => item.code);

/**
 * What was answered, one judgement an item at most. Facts decide what is asked, never whether an
 * answer counts; an answer that another answer rules out does not.
 *
 * @param {Kind} kind
 * @param {Answers} answers as `read` gives them
 * @param {Facts} facts
 * @returns {Judgement[]}
 */
export function judge(kind, answers, facts) {
  const { items, given } = asked(kind, answers, {});
  return items
    .filter(({ code }) => Object.hasOwn(given, code) && isJudged(given[code]))
    .map((item) => {
      const answer = /** @type {Value} */ (given[item.code]);
      const broken = item.rules.filter(
        (rule) => speaks(rule, given, facts) && !met(rule, answer, item.answer),
      );
      return {
        code: item.code,
        severity: item.severity,
        met: broken.length === 0,
        advisory: broken.length > 0 && broken.every((rule) => advises(rule, item)),
      };
    });
}

/**
 * Whether a rule applies: without a condition always, else where that is known to hold.
 *
 * @param {Rule} rule
 * @param {Answers} answers
 * @param {Facts} facts
 */
export const speaks = (rule, answers, facts) =>
  !rule.only_if || holds(rule.only_if, answers, facts) === true;

/**
 * The items that nothing rules out, and the answers that count: one that is itself ruled out
 * opens no other.
 *
 * @param {Kind} kind
 * @param {Answers} answers
 * @param {Facts} facts
 */
function asked(kind, answers, facts) {
  /** @type {Answers} */
  const given = {};
  const items = kind.items.filter(({ code, only_if, retired }) => {
    if (retired || (only_if && holds(only_if, given, facts) === false)) return false;
    const answer = answers[code];
    if (answer !== undefined) given[code] = answer;
    return true;
  });
  return { items, given };
}

/**
 * @param {Condition} condition
 * @param {Answers} answers
 * @param {Facts} facts
 * @returns {boolean | null} null: not known
 */
function holds(condition, answers, facts) {
  if (condition.type === "any_of") {
    const held = condition.conditions.map((each) => holds(each, answers, facts));
    return held.includes(true) || (held.includes(null) ? null : false);
  }
  const value = known(condition.of, answers, facts);
  if (value === null) return null;
  return condition.type === "is"
    ? value === condition.value
    : typeof value === "number" && value > condition.limit;
}

/**
 * @param {Known} source
 * @param {Answers} answers
 * @param {Facts} facts
 */
function known(source, answers, facts) {
  if (source.type === "fact") return facts[source.name] ?? null;
  const answer = answers[source.code];
  return answer === undefined || answer === COULD_NOT_CHECK ? null : answer;
}

/**
 * @param {Rule} rule
 * @param {Item} item
 */
const advises = (rule, item) =>
  (rule.sure ?? item.sure) === "M" || (rule.force ?? item.force) === "should";

/**
 * @param {Rule} rule
 * @param {Value} given
 * @param {Answer} answer
 */
function met(rule, given, answer) {
  if (rule.type === "must_be") return given === rule.value;
  if (rule.type === "no_fault") {
    const options = answer.type === "choice" ? answer.options : [];
    return !options.some((option) => option.fault && option.key === given);
  }
  const number = numberIn(given, rule.of);
  if (number === null) return true;
  if (rule.type === "at_least") return number >= rule.limit;
  return rule.type === "at_most" ? number <= rule.limit : number < rule.limit;
}

/**
 * @param {Value} given
 * @param {Reading | null} of
 * @returns {number | null} null: not measured
 */
function numberIn(given, of) {
  if (typeof given === "number") return given;
  if (typeof given !== "object" || of === null) return null;
  if (typeof of === "string") return given[of] ?? null;
  const [a, b] = [given[of.a], given[of.b]];
  if (a === undefined || b === undefined) return null;
  if (of.type === "smaller") return Math.min(a, b);
  if (of.type === "larger") return Math.max(a, b);
  // To nine decimals: 0.102 of 0.34 is 0.3, which binary fractions miss.
  return b === 0 ? null : Number((a / b).toFixed(9));
}

/**
 * @param {Answer} answer
 * @param {unknown} sent
 * @returns {Wrong | null}
 */
function unreadable(answer, sent) {
  switch (answer.type) {
    case "yes_no":
      return typeof sent === "boolean" ? null : "yes_or_no";
    case "choice":
      return answer.options.some((option) => option.key === sent) ? null : "choice";
    case "number":
      if (typeof sent !== "number" || !Number.isFinite(sent)) return "number";
      if (sent < answer.min || sent > answer.max) return "out_of_range";
      return answer.whole && !Number.isInteger(sent) ? "whole_number" : null;
    case "measures": {
      if (typeof sent !== "object" || sent === null) return "measures";
      const numbers = new Map(Object.entries(sent));
      const given = answer.measures.filter(({ name }) => numbers.has(name));
      const needed = answer.measures.filter(({ optional }) => !optional);
      if (given.length === 0 || given.length !== numbers.size) return "measures";
      if (!needed.every(({ name }) => numbers.has(name))) return "measures";
      for (const { name, number } of given) {
        const wrong = unreadable(number, numbers.get(name));
        if (wrong) return wrong;
      }
      return null;
    }
  }
}

/**
 * Measures in the order of the item.
 *
 * @param {Answer} answer
 * @param {any} sent what `unreadable` finds nothing wrong with
 * @returns {Value}
 */
function inOneForm(answer, sent) {
  if (answer.type !== "measures" || typeof sent !== "object") return sent;
  return Object.fromEntries(
    answer.measures
      .filter(({ name }) => Object.hasOwn(sent, name))
      .map(({ name }) => [name, sent[name]]),
  );
}
