/** A word that passes by, with a way back: what was done can be undone. */

import { html, nothing, render } from "lit-html";

const STAYS_MS = 8000;

/** @param {HTMLElement} element */
export function openToasts(element) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const clear = () => render(nothing, element);
  return {
    /** @param {string} text @param {{ label: string, act: () => void }} [way] */
    show(text, way) {
      clearTimeout(timer);
      timer = setTimeout(clear, STAYS_MS);
      const act = () => {
        clear();
        way?.act();
      };
      render(
        html`<div class="toast"><span class="grow">${text}</span>${
          way
            ? html`<button class="button" type="button" @click=${act}>${way.label}</button>`
            : nothing
        }</div>`,
        element,
      );
    },
    clear,
  };
}
