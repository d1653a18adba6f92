/** The small parts of the form: a label, a field, and beside it what needs another look. */

import { html, nothing } from "lit-html";

/** @typedef {Record<string, string>} Wrong field → sentence */

/** @param {string} name @param {Wrong} wrong */
export const sentence = (name, wrong) =>
  wrong[name] ? html`<p class="wrong" id="wrong-${name}" role="alert">${wrong[name]}</p>` : nothing;

/**
 * @param {string} name @param {string} says @param {string} value
 * @param {(value: string) => void} onInput
 * @param {{ wrong?: Wrong, type?: string, most?: number, help?: string, mode?: string }} [more]
 */
export const typed = (name, says, value, onInput, more = {}) => html`
  <div class="field">
    <label for="intake-${name}">${says}</label>
    <input
      class="input"
      id="intake-${name}"
      type=${more.type ?? "text"}
      inputmode=${more.mode ?? nothing}
      maxlength=${more.most ?? 200}
      autocomplete="off"
      aria-invalid=${Boolean(more.wrong?.[name])}
      aria-describedby="wrong-${name} help-${name}"
      .value=${value}
      @input=${(/** @type {any} */ event) => onInput(event.target.value)}
    />
    ${more.help ? html`<p class="help" id="help-${name}">${more.help}</p>` : nothing}
    ${sentence(name, more.wrong ?? {})}
  </div>`;

/**
 * @param {string} name @param {string} says @param {string} value
 * @param {(value: string) => void} onInput @param {Wrong} wrong
 */
export const written = (name, says, value, onInput, wrong) => html`
  <div class="field">
    <label for="intake-${name}">${says}</label>
    <textarea
      class="input"
      id="intake-${name}"
      rows="4"
      maxlength="4000"
      aria-invalid=${Boolean(wrong[name])}
      aria-describedby="wrong-${name}"
      .value=${value}
      @input=${(/** @type {any} */ event) => onInput(event.target.value)}
    ></textarea>
    ${sentence(name, wrong)}
  </div>`;

/** @param {string} name @param {string} says @param {[string, string][]} options @param {string} value @param {(value: string) => void} onChange */
export const chosen = (name, says, options, value, onChange) => html`
  <div class="field">
    <label for="intake-${name}">${says}</label>
    <select
      class="input"
      id="intake-${name}"
      @change=${(/** @type {any} */ event) => onChange(event.target.value)}
    >
      ${options.map(
        ([key, word]) => html`<option value=${key} ?selected=${key === value}>${word}</option>`,
      )}
    </select>
  </div>`;

/**
 * One of a few, side by side; arrow keys go from one to the next.
 * @param {string} name @param {string} says @param {[string, any][]} options
 * @param {string} value @param {(value: string) => void} onChange
 */
export const oneOf = (name, says, options, value, onChange) => html`
  <fieldset class="field intake-one">
    <legend class="label">${says}</legend>
    <div class="intake-options">
      ${options.map(
        ([key, word]) => html`<label
          ><input
            type="radio"
            name="intake-${name}"
            value=${key}
            .checked=${key === value}
            @change=${() => onChange(key)}
          /><span>${word}</span></label
        >`,
      )}
    </div>
  </fieldset>`;

/** @param {string} says @param {boolean} checked @param {(checked: boolean) => void} onChange */
export const ticked = (says, checked, onChange) => html`
  <label class="layer">
    <input
      type="checkbox"
      .checked=${checked}
      @change=${(/** @type {any} */ event) => onChange(event.target.checked)}
    />
    <span class="grow">${says}</span>
  </label>`;
