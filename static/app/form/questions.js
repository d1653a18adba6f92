/**
 * A checklist's questions as they stand on the page: one card an item, large enough for gloves.
 *
 * @import { TemplateResult } from "lit-html"
 * @import { Answers, Facts, Item, NumberAnswer, Value } from "../types.d.ts"
 * @import { Line } from "./filling.js"
 *
 * @typedef {{ onAnswer: (code: string, value: Value | undefined) => void,
 *   onType: (item: Item, name: string, text: string) => void,
 *   text: (key: string) => string, answers: Answers, facts: Facts,
 *   refused: Record<string, string> }} Asking `refused`: what the server said of an answer
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { COULD_NOT_CHECK, NOT_APPLICABLE } from "../rules.js";
import { either, severityWord, t } from "../words.js";
import { limitOf, unit, weightOf } from "./limits.js";
import { press } from "./number.js";

/** @param {Line} line @param {Asking} asking @returns {TemplateResult} */
export function question(line, asking) {
  const { item, state } = line;
  const { code } = item;
  const refused = asking.refused[code];
  const shown = refused ? "wrong" : state;
  const note = refused ?? (line.wrong && isDone(line) ? t(`wrong.${line.wrong}`) : "");
  return html`
    <fieldset class="question ${shown} s${item.severity}" id="item-${code}" aria-describedby="note-${code}">
      <legend>
        <span class="code">${code}</span>
        <span>${either(item.zh, item.en)}</span>
      </legend>
      ${control(line, asking)}
      ${skipping(line, asking)}
      <div class="note" id="note-${code}">${
        note ? html`<p class="wrong"><i class="mark s1"></i>${note}</p>` : nothing
      }${state === "fault" && !refused ? fault(line) : nothing}</div>
    </fieldset>`;
}

/** A text begun is not yet wrong until it says something that can't be. @param {Line} line */
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
      return html`${numberBox(item, "", "", item.answer, asking)}${limit(item, asking)}`;
    case "measures":
      return html`<div class="measures">${item.answer.measures.map(
        ({ name, zh, en, number, optional }) =>
          numberBox(
            item,
            name,
            either(zh, en) + (optional ? t("answer.optional") : ""),
            number,
            asking,
          ),
      )}</div>${limit(item, asking)}`;
  }
}

/** The two answers that every item has. @param {Line} line @param {Asking} asking */
const skipping = ({ item, value }, asking) => html`
  <div class="answers two skipping">
    ${choice(item, "skip", t("answer.not_applicable"), value === NOT_APPLICABLE, () => asking.onAnswer(item.code, NOT_APPLICABLE))}
    ${choice(item, "skip", t("answer.could_not_check"), value === COULD_NOT_CHECK, () => asking.onAnswer(item.code, COULD_NOT_CHECK))}
  </div>`;

/**
 * @param {Item} item
 * @param {"good" | "fault" | "skip"} tone
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
 * A number with its unit, and a pad of large keys while it is being typed.
 *
 * @param {Item} item
 * @param {string} name of the measure; "" for the item's own number
 * @param {string} label
 * @param {NumberAnswer} number
 * @param {Asking} asking
 */
function numberBox(item, name, label, number, asking) {
  const key = name ? `${item.code}.${name}` : item.code;
  const text = asking.text(key);
  /** @param {string} to */
  const put = (to) => asking.onType(item, name, to);
  return html`
    <div class="number">
      <label class="number-box">
        <span class=${label ? "number-label" : "spoken"}>${label || either(item.zh, item.en)}</span>
        <input type="text" inputmode="none" autocomplete="off" name=${key} .value=${live(text)}
          placeholder="–" @input=${(/** @type {any} */ event) => put(event.target.value)}>
        <span class="unit">${unit(number)}</span>
      </label>
      <div class="pad" role="group" aria-label=${t("pad.label")}>
        ${["1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "0", "back"].map(
          (
            each,
          ) => html`<button type="button" tabindex="-1" aria-label=${each === "back" ? t("pad.back") : each}
            ?disabled=${each === "." && number.whole}
            @pointerdown=${keepFocus} @click=${() => put(press(text, each, number))}>${each === "back" ? "⌫" : each}</button>`,
        )}
      </div>
    </div>`;
}

/** The pad is there while its number has the focus: a key must not take it away. @param {Event} event */
const keepFocus = (event) => event.preventDefault();

/** What was found, how bad it is, and on what ground. @param {Line} line */
const fault = ({ item, judgement }) => html`
  <p class="fault-word"><i class="mark s${item.severity}"></i><b>${t("fault")} · ${severityWord(item.severity)}</b>
    ${judgement?.advisory ? html`<span class="badge">${t("fault.advisory")}</span>` : nothing}</p>
  <p class="small"><span class="soft">${t("fault.basis")}</span> ${either(item.basis_zh, item.basis_en)}</p>
  <p class="small"><span class="soft">${t("fault.evidence")}</span> ${either(item.evidence_zh, item.evidence_en)}</p>`;
