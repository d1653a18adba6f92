/** The form's small parts: a label, a field, and beside it what needs another look. */

import { html, nothing } from "lit-html";

/** @typedef {Record<string, string>} Wrong field → sentence */

/** @param {string} name @param {Wrong} wrong */
export const sentence = (name, wrong) =>
  wrong[name] ? html`<p class="wrong" id="wrong-${name}" role="alert">${wrong[name]}</p>` : nothing;

/** @param {string} name @param {string} says @param {Wrong} wrong @param {string} value @param {(value: string) => void} onInput @param {{ type?: string, most?: number }} [more] */
export const typed = (name, says, wrong, value, onInput, { type = "text", most = 80 } = {}) => html`
  <div class="field">
    <label for="round-${name}">${says}</label>
    <input
      class="input"
      id="round-${name}"
      type=${type}
      maxlength=${most}
      autocomplete="off"
      aria-invalid=${Boolean(wrong[name])}
      aria-describedby="wrong-${name}"
      .value=${value}
      @input=${(/** @type {any} */ event) => onInput(event.target.value)}
    />
    ${sentence(name, wrong)}
  </div>`;

/** @param {string} name @param {string} says @param {[string, string][]} options @param {string} value @param {(value: string) => void} onChange @param {Wrong} [wrong] */
export const chosen = (name, says, options, value, onChange, wrong = {}) => html`
  <div class="field">
    <label for="round-${name}">${says}</label>
    <select
      class="input"
      id="round-${name}"
      aria-invalid=${Boolean(wrong[name])}
      aria-describedby="wrong-${name}"
      @change=${(/** @type {any} */ event) => onChange(event.target.value)}
    >
      ${options.map(
        ([key, word]) => html`<option value=${key} ?selected=${key === value}>${word}</option>`,
      )}
    </select>
    ${sentence(name, wrong)}
  </div>`;

/** @param {string} says @param {boolean} checked @param {(checked: boolean) => void} onChange @param {any} [more] */
export const ticked = (says, checked, onChange, more = nothing) => html`
  <label class="layer">
    <input
      type="checkbox"
      .checked=${checked}
      @change=${(/** @type {any} */ event) => onChange(event.target.checked)}
    />
    <span class="grow">${says}</span>
    ${more}
  </label>`;
