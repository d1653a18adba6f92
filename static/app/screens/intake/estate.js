/**
 * Finding the estate: a field that proposes as one types, by the keyboard alone if one likes.
 *
 * @import { Estate } from "../../types.d.ts"
 * @import { Wrong } from "./fields.js"
 */

import { html, nothing } from "lit-html";
import { matching } from "../../search.js";
import { t } from "../../words.js";
import { sentence } from "./fields.js";

const MOST = 8;

/**
 * @param {{ estates: () => Estate[], onPick: (estate: Estate | null) => void,
 *   show: () => void }} world
 */
export function openEstateField({ estates, onPick, show }) {
  let text = "";
  let open = false;
  let at = 0;

  const found = () => (open && text.trim() ? matching(estates(), text).slice(0, MOST) : []);

  /** @param {Estate | undefined} estate */
  function pick(estate) {
    if (!estate) return;
    text = estate.properties.name;
    open = false;
    onPick(estate);
  }

  /** @param {KeyboardEvent} event */
  function keyed(event) {
    const options = found();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (open) at = (at + step + options.length) % Math.max(1, options.length);
      open = true;
    } else if (event.key === "Enter" && options.length && !event.ctrlKey) {
      event.preventDefault();
      pick(options[at]);
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      open = false;
    } else return;
    show();
  }

  return {
    /** What is written in it, when the estate was chosen on the map. @param {string} name */
    set(name) {
      text = name;
      open = false;
    },

    /** @param {Wrong} wrong */
    view(wrong) {
      const options = found();
      return html`
        <div class="field intake-estate">
          <label for="intake-estate">${t("fact.estate")}</label>
          <input
            class="input"
            id="intake-estate"
            type="text"
            role="combobox"
            autocomplete="off"
            placeholder=${t("intake.estateSays")}
            aria-expanded=${options.length > 0}
            aria-controls="intake-estates"
            aria-activedescendant=${options.length ? `intake-estate-${at}` : nothing}
            aria-invalid=${Boolean(wrong.estate)}
            aria-describedby="wrong-estate"
            .value=${text}
            @keydown=${keyed}
            @blur=${() => {
              open = false;
              show();
            }}
            @input=${(/** @type {any} */ event) => {
              text = event.target.value;
              open = true;
              at = 0;
              onPick(null);
            }}
          />
          ${
            open && text.trim()
              ? html`<ul class="intake-estates" id="intake-estates" role="listbox">
                  ${options.map(
                    (estate, n) => html`<li
                      id="intake-estate-${n}"
                      role="option"
                      aria-selected=${n === at}
                      @pointerdown=${(/** @type {Event} */ event) => {
                        event.preventDefault();
                        pick(estate);
                      }}
                    >
                      <span>${estate.properties.name}</span>
                      <span class="soft tiny">${estate.properties.community_name}</span>
                    </li>`,
                  )}
                  ${options.length ? nothing : html`<li class="soft">${t("intake.noEstate")}</li>`}
                </ul>`
              : nothing
          }
          ${sentence("estate", wrong)}
        </div>`;
    },
  };
}
