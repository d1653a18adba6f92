/**
 * A checklist's questions as they stand on the page: one card an item, large enough for gloves.
 *
 * @import { TemplateResult } from "lit-html"
 * @import { Answers, Facts, Item, NumberAnswer, Value } from "../types.d.ts"
 * @import { Line } from "./filling.js"
 * @import { Typing } from "./pad.js"
 *
 * @typedef {{ onAnswer: (code: string, value: Value | undefined) => void,
 *   onType: (item: Item, name: string, text: string) => void,
 *   onNumber: (typing: Typing | null) => void, onTab: () => void, onNext: () => void,
 *   shown: (line: Line) => unknown, text: (key: string) => string, answers: Answers, facts: Facts,
 *   refused: Record<string, string> }} Asking `shown`: the photos of an item; `refused`: what the server said of an answer
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { COULD_NOT_CHECK, NOT_APPLICABLE } from "../rules.js";
import { either, severityWord, t } from "../words.js";
import { keyOf } from "./filling.js";
import { limitOf, unit, weightOf } from "./limits.js";

/** @param {Line} line @param {Asking} asking @returns {TemplateResult} */
export function question(line, asking) {
  const { item, state } = line;
  const { code } = item;
  const refused = asking.refused[code];
  const begun = state === "wrong" && !isDone(line);
  const shown = refused ? "wrong" : begun ? "open" : state;
  const note = refused ?? (line.wrong && !begun ? t(`wrong.${line.wrong}`) : "");
  return html`
    <fieldset class="question ${shown} s${item.severity}" id="item-${code}" aria-describedby="note-${code}">
      <legend>
        <span class="code">${code}</span>
        <span>${either(item.zh, item.en)}</span>
      </legend>
      ${control(line, asking)}
      ${skipping(line, asking)}
      ${asking.shown(line)}
      <div class="note" id="note-${code}">${
        note ? html`<p class="wrong"><i class="mark s1"></i>${note}</p>` : nothing
      }${state === "fault" && !refused ? fault(line) : nothing}</div>
    </fieldset>`;
}

/** One measurement of several is no mistake yet. @param {Line} line */
const isDone = ({ item, wrong }) => item.answer.type !== "measures" || wrong !== "measures";

/** @param {Line} line @param {Asking} asking */
function control(line, asking) {
  const { item, value } = line;
  switch (item.answer.type) {
    case "yes_no":
      return html`<div class="answers two">
        ${choice(item, "good", t("answer.good"), value === false, () => asking.onAnswer(item.code, false))}
        ${choice(item, "fault", t("answer.fault"), value === true, () => asking.onAnswer(item.code, true))}
      </div>`;
    case "choice":
      return html`<div class="answers">${item.answer.options.map((option) =>
        choice(
          item,
          option.fault ? "fault" : "good",
          either(option.zh, option.en),
          value === option.key,
          () => asking.onAnswer(item.code, option.key),
        ),
      )}</div>`;
    case "number":
      return html`${limit(item, asking)}${numberBox(item, "", "", item.answer, asking)}`;
    case "measures":
      return html`${limit(item, asking)}<div class="measures">${item.answer.measures.map(
        ({ name, zh, en, number, optional }) =>
          numberBox(
            item,
            name,
            either(zh, en) + (optional ? t("answer.optional") : ""),
            number,
            asking,
          ),
      )}</div>`;
  }
}

/** The two answers that every item has. @param {Line} line @param {Asking} asking */
const skipping = ({ item, value }, asking) => html`
  <div class="answers two skipping">
    ${choice(item, "neither", t("answer.not_applicable"), value === NOT_APPLICABLE, () => asking.onAnswer(item.code, NOT_APPLICABLE))}
    ${choice(item, "neither", t("answer.could_not_check"), value === COULD_NOT_CHECK, () => asking.onAnswer(item.code, COULD_NOT_CHECK))}
  </div>`;

/**
 * @param {Item} item
 * @param {"good" | "fault" | "neither"} tone
 * @param {string} label
 * @param {boolean} chosen
 * @param {() => void} onChoose
 */
const choice = (item, tone, label, chosen, onChoose) => html`
  <label class="choice ${tone}">
    <input type="radio" name=${item.code} .checked=${live(chosen)} @change=${onChoose}>
    <span>${label}</span>
  </label>`;

/** @param {Item} item @param {Asking} asking */
function limit(item, asking) {
  const told = limitOf(item, asking.answers, asking.facts);
  const weight = weightOf(item);
  if (!told) return nothing;
  return html`<p class="limit">${t("limit.wanted")} <b>${told}</b>${weight ? html` <span class="badge">${weight}</span>` : nothing}</p>`;
}

/**
 * A number with its unit. What is typed comes from the pad below the list, or from real keys.
 *
 * @param {Item} item
 * @param {string} name of the measure; "" for the item's own number
 * @param {string} label
 * @param {NumberAnswer} number
 * @param {Asking} asking
 */
function numberBox(item, name, label, number, asking) {
  const key = keyOf(item.code, name);
  return html`
    <label class="number-box">
      <span class=${label ? "number-label" : "spoken"}>${label || either(item.zh, item.en)}</span>
      <input type="text" inputmode="none" autocomplete="off" name=${key} placeholder="–"
        .value=${live(asking.text(key))}
        @input=${(/** @type {any} */ event) => asking.onType(item, name, event.target.value)}
        @focus=${() => asking.onNumber({ item, name, number })}
        @keydown=${(/** @type {any} */ event) => {
          if (event.key === "Escape") event.target.blur();
          if (event.key === "Enter") asking.onNext();
          if (event.key === "Tab") asking.onTab();
        }}
        @blur=${() => asking.onNumber(null)}>
      <span class="unit">${unit(number)}</span>
    </label>`;
}

/** What was found, how bad it is, and on what ground. @param {Line} line */
const fault = ({ item, judgement }) => html`
  <p class="fault-word"><i class="mark s${item.severity}"></i><b>${t("fault")} · ${severityWord(item.severity)}</b>
    ${judgement?.advisory ? html`<span class="badge">${t("fault.advisory")}</span>` : nothing}</p>
  <p class="small"><span class="soft">${t("fault.basis")}</span> ${either(item.basis_zh, item.basis_en)}</p>
  <p class="small"><span class="soft">${t("fault.evidence")}</span> ${either(item.evidence_zh, item.evidence_en)}</p>`;
