/**
 * A checklist being filled in: plain values that every step makes anew, so that the last step
 * can be undone.
 *
 * @import { Answers, Facts, Item, Judgement, Kind, Measures, Value, Wrong } from "../types.d.ts"
 *
 * @typedef {{ answers: Answers, texts: Record<string, string>, before: Filling | null, last: string }} Filling
 *   `texts`: numbers as typed, by code or code.measure. `last`: the item that was changed last.
 * @typedef {"open" | "good" | "fault" | "skipped" | "wrong"} State
 * @typedef {{ item: Item, state: State, value: Value | undefined, judgement: Judgement | undefined,
 *   wrong: Wrong | undefined }} Line
 */

import { asks, COULD_NOT_CHECK, judge, NOT_APPLICABLE, read } from "../rules.js";
import { parse } from "./number.js";

const KEPT_STEPS = 50;

/** Under which key a number's text stands. @param {string} code @param {string} name of the measure, or "" */
export const keyOf = (code, name) => (name ? `${code}.${name}` : code);

/** @param {Answers} [answers] those of the record that is corrected @returns {Filling} */
export function begin(answers = {}) {
  /** @type {Record<string, string>} */
  const texts = {};
  for (const [code, value] of Object.entries(answers)) {
    if (typeof value === "number") texts[code] = String(value);
    if (typeof value === "object")
      for (const [name, number] of Object.entries(value)) texts[keyOf(code, name)] = String(number);
  }
  return { answers: { ...answers }, texts, before: null, last: "" };
}

/**
 * @param {Filling} filling
 * @param {string} code
 * @param {Value | undefined} value undefined takes the answer back
 * @returns {Filling}
 */
export function answer(filling, code, value) {
  const answers = { ...filling.answers };
  if (value === undefined) delete answers[code];
  else answers[code] = value;
  return { answers, texts: without(filling.texts, code), before: kept(filling), last: code };
}

/**
 * A number as typed so far, of the item itself or of one of its measures. What can't be read as
 * a number is no answer, and the text stays.
 *
 * @param {Filling} filling
 * @param {Item} item
 * @param {string} name of the measure; "" for the item's own number
 * @param {string} text
 * @returns {Filling}
 */
export function type(filling, item, name, text) {
  const texts = { ...filling.texts, [keyOf(item.code, name)]: text };
  const answers = { ...filling.answers };
  const value =
    item.answer.type === "measures"
      ? measured(item, item.answer, texts)
      : parse(texts[item.code] ?? "");
  if (value === null) delete answers[item.code];
  else answers[item.code] = value;
  // Letters of one number are one step.
  const going = filling.last === item.code && filling.before !== null;
  return { answers, texts, before: going ? filling.before : kept(filling), last: item.code };
}

/** @param {Filling} filling */
export const undo = (filling) => filling.before ?? filling;

/**
 * Every item to ask, and how it stands.
 *
 * @param {Kind} kind
 * @param {Filling} filling
 * @param {Facts} facts
 * @returns {Line[]}
 */
export function look(kind, filling, facts) {
  const { answers, wrong } = read(kind, filling.answers);
  const judged = new Map(judge(kind, answers, facts).map((each) => [each.code, each]));
  const asked = new Set(asks(kind, answers, facts));
  return kind.items
    .filter((item) => asked.has(item.code))
    .map((item) => {
      const value = filling.answers[item.code];
      const judgement = judged.get(item.code);
      return {
        item,
        value,
        judgement,
        wrong: wrong[item.code],
        state: state(value, judgement, wrong[item.code]),
      };
    });
}

/**
 * What is sent: the answers that can be read, of the items that are asked.
 *
 * @param {Kind} kind
 * @param {Filling} filling
 * @param {Facts} facts
 * @returns {Answers}
 */
export function answersOf(kind, filling, facts) {
  const { answers } = read(kind, filling.answers);
  const asked = new Set(asks(kind, answers, facts));
  return Object.fromEntries(Object.entries(answers).filter(([code]) => asked.has(code)));
}

/** @param {Line[]} lines */
export function count(lines) {
  /** @type {Record<State, number>} */
  const counted = { open: 0, good: 0, fault: 0, skipped: 0, wrong: 0 };
  for (const line of lines) counted[line.state] += 1;
  return { ...counted, asked: lines.length, done: lines.length - counted.open - counted.wrong };
}

/**
 * @param {Value | undefined} value
 * @param {Judgement | undefined} judgement
 * @param {Wrong | undefined} wrong
 * @returns {State}
 */
function state(value, judgement, wrong) {
  if (wrong) return "wrong";
  if (value === undefined) return "open";
  if (value === NOT_APPLICABLE || value === COULD_NOT_CHECK) return "skipped";
  return judgement && !judgement.met ? "fault" : "good";
}

/**
 * @param {Item} item
 * @param {Measures} measures
 * @param {Record<string, string>} texts
 * @returns {Record<string, number> | null}
 */
function measured(item, { measures }, texts) {
  const numbers = measures.flatMap(({ name }) => {
    const number = parse(texts[keyOf(item.code, name)] ?? "");
    return number === null ? [] : [/** @type {const} */ ([name, number])];
  });
  return numbers.length ? Object.fromEntries(numbers) : null;
}

/** @param {Record<string, string>} texts @param {string} code */
const without = (texts, code) =>
  Object.fromEntries(
    Object.entries(texts).filter(([key]) => key !== code && !key.startsWith(`${code}.`)),
  );

/** The filling as a step to go back to, with only so many steps behind it. @param {Filling} filling */
function kept(filling) {
  const steps = [];
  for (
    let at = /** @type {Filling | null} */ (filling);
    at && steps.length < KEPT_STEPS;
    at = at.before
  )
    steps.push(at);
  return steps.reduceRight((before, each) => ({ ...each, before }), /** @type {any} */ (null));
}
