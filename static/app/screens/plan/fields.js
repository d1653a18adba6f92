/** The small parts of the planners' forms. "Not known" is always an answer. */

import { html, nothing } from "lit-html";
import { parse } from "../../form/number.js";
import { t } from "../../words.js";

/**
 * @param {{ id: string, says: string, value: string, type?: string, most?: number, help?: string,
 *   wrong?: string, disabled?: boolean, onInput?: (value: string) => void,
 *   onChange?: (value: string) => void }} field
 */
export const typed = ({ id, says, value, type = "text", most = 100, ...field }) => html`
  <div class="field">
    <label for=${id}>${says}</label>
    <input
      class="input"
      id=${id}
      type=${type}
      maxlength=${most}
      autocomplete="off"
      ?disabled=${field.disabled ?? false}
      aria-invalid=${Boolean(field.wrong)}
      aria-describedby=${`${id}-wrong`}
      .value=${value}
      @input=${(/** @type {any} */ event) => field.onInput?.(event.target.value)}
      @change=${(/** @type {any} */ event) => field.onChange?.(event.target.value)}
    />
    ${field.help ? html`<p class="help">${field.help}</p>` : nothing}
    ${field.wrong ? html`<p class="wrong" id=${`${id}-wrong`} role="alert">${field.wrong}</p>` : nothing}
  </div>`;

/**
 * A number, or nothing where it is not known. What is none is said and not taken.
 * @param {{ id: string, says: string, value: number | null, whole?: boolean, least?: number,
 *   step?: number, needed?: boolean, without?: string, disabled?: boolean,
 *   onChange: (value: number | null) => void }} field `without`: what it means to fill in nothing
 */
export const numbered = ({
  id,
  says,
  value,
  whole = false,
  least = 0,
  step,
  onChange,
  ...field
}) => html`
  <div class="field">
    <label for=${id}>${says}</label>
    <input
      class="input"
      id=${id}
      type="text"
      inputmode=${whole ? "numeric" : "decimal"}
      maxlength="16"
      autocomplete="off"
      placeholder=${field.needed ? "" : (field.without ?? t("site.unknown"))}
      ?disabled=${field.disabled ?? false}
      aria-describedby=${`${id}-wrong`}
      .value=${value === null ? "" : String(value)}
      @change=${(/** @type {any} */ { target }) => {
        const told = parse(target.value);
        const wrong =
          (told === null && field.needed) ||
          (told !== null &&
            (Number.isNaN(told) || told < least || (whole && !Number.isInteger(told))));
        target.setAttribute("aria-invalid", String(Boolean(wrong)));
        target.nextElementSibling.hidden = !wrong;
        if (!wrong) onChange(told);
      }}
      @keydown=${(/** @type {any} */ event) => {
        const way = { ArrowUp: 1, ArrowDown: -1 }[/** @type {string} */ (event.key)];
        const told = parse(event.target.value);
        if (!way || !step || told === null || Number.isNaN(told)) return;
        event.preventDefault();
        const by = step * (event.shiftKey ? 10 : 1) * way;
        const next = Math.max(least, Math.round((told + by) * 1e9) / 1e9);
        event.target.value = String(next);
        onChange(next);
      }}
    />
    <p class="wrong" id=${`${id}-wrong`} role="alert" hidden>
      ${t(whole ? "site.whole" : "site.number")}
    </p>
  </div>`;

/**
 * @param {{ id: string, says: string, options: [string, string][], value: string,
 *   disabled?: boolean, help?: string, onChange: (value: string) => void }} field
 */
export const chosen = ({ id, says, options, value, disabled = false, help, onChange }) => html`
  <div class="field">
    <label for=${id}>${says}</label>
    <select
      class="input"
      id=${id}
      ?disabled=${disabled}
      .value=${value}
      @change=${(/** @type {any} */ event) => onChange(event.target.value)}
    >
      ${options.map(
        ([key, word]) => html`<option value=${key} ?selected=${key === value}>${word}</option>`,
      )}
    </select>
    ${help ? html`<p class="help">${help}</p>` : nothing}
  </div>`;

/**
 * Yes, no, or not known.
 * @param {{ id: string, says: string, value: boolean | null, yes?: string, no?: string,
 *   disabled?: boolean, help?: string, onChange: (value: boolean | null) => void }} field
 */
export const answered = ({ value, yes = t("site.yes"), no = t("site.no"), onChange, ...field }) =>
  chosen({
    ...field,
    value: value === null ? "" : String(value),
    options: [
      ["", t("site.unknown")],
      ["true", yes],
      ["false", no],
    ],
    onChange: (told) => onChange(told === "" ? null : told === "true"),
  });
