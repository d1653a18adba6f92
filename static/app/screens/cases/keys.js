/** What the keyboard does on the page of cases. */

import { html } from "lit-html";
import { t } from "../../words.js";

/** @typedef {"next" | "previous" | "open" | "choose" | "file" | "assign" | "close" | "search" | "back" | "help"} Act */

/** In the order in which the help tells them. @type {[string[], Act][]} */
const KEYS = [
  [["j"], "next"],
  [["k"], "previous"],
  [["Enter"], "open"],
  [["x"], "choose"],
  [["f"], "file"],
  [["a"], "assign"],
  [["c"], "close"],
  [["/"], "search"],
  [["Escape"], "back"],
  [["?"], "help"],
];
/** Links and buttons do this by themselves. */
const OWN = "open";

/**
 * What a key asks for, or null: while somebody types or a dialog is open, nothing.
 * @param {KeyboardEvent} event @returns {Act | null}
 */
export function actOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
  const at = /** @type {Element} */ (event.target);
  const typing = at.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
  if (typing && event.key !== "Escape") return null;
  if (at.closest("dialog[open], details.menu[open]")) return null;
  const act = KEYS.find(([keys]) => keys.includes(event.key))?.[1] ?? null;
  return act === OWN ? null : act;
}

export const keysTold = () => html`
  <dl class="facts keys">
    ${KEYS.map(
      ([
        keys,
        act,
      ]) => html`<dt>${keys.map((key) => html`<kbd>${key === "Escape" ? "Esc" : key}</kbd> `)}</dt>
        <dd>${t(/** @type {any} */ (`cases.keys.${act}`))}</dd>`,
    )}
  </dl>`;
