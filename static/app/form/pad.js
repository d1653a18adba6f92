/**
 * The number pad: it stands below the list like a keyboard, so that nothing moves under a finger
 * when it comes or goes.
 *
 * @import { Item, NumberAnswer } from "../types.d.ts"
 * @typedef {{ item: Item, name: string, number: NumberAnswer }} Typing `name` of the measure; ""
 *   for the item's own number
 */

import { html } from "lit-html";
import { t } from "../words.js";
import { press } from "./number.js";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "0"];

/**
 * @param {Typing} typing
 * @param {{ text: string, onText: (text: string) => void, onNext: () => void }} way
 */
export function pad({ number }, { text, onText, onNext }) {
  return html`
    <div class="pad" role="group" aria-label=${t("pad.label")} @mousedown=${keepFocus}>
      ${KEYS.map(
        (key) => html`<button type="button" tabindex="-1" class=${key === "0" ? "zero" : ""}
          ?disabled=${key === "." && number.whole} @click=${() => onText(press(text, key, number))}>${key}</button>`,
      )}
      <button type="button" tabindex="-1" class="erase" aria-label=${t("pad.back")}
        @click=${() => onText(press(text, "back", number))}>⌫</button>
      <button type="button" tabindex="-1" class="next" @click=${onNext}>${t("pad.next")}</button>
    </div>`;
}

/** The number keeps the focus: the pad is there for it alone. @param {Event} event */
const keepFocus = (event) => event.preventDefault();
