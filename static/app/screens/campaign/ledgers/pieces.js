/**
 * Small pieces of the ledgers' pages.
 *
 * @import { Reply } from "../../../api.js"
 * @import { CellValue, Column, Place } from "./types.d.ts"
 */

import { html } from "lit-html";
import { today } from "../../../days.js";
import { dayShort } from "../../../when.js";
import { t } from "../../../words.js";
import { icon, notice } from "../../parts.js";
import { moved } from "../month/pieces.js";

/** @param {{ zh: string, en: string }} named */
export const word = ({ zh, en }) => (document.documentElement.lang.startsWith("en") ? en : zh);

/** As a heading. @param {{ zh: string, en: string }} named */
export function titled(named) {
  const told = word(named);
  return told.charAt(0).toUpperCase() + told.slice(1);
}

/** @param {Place} place */
export const placeName = ({ name, name_en }) => word({ zh: name, en: name_en || name });

/**
 * In the order in which they come.
 * @template T, K @param {T[]} all @param {(each: T) => K} key
 */
export function grouped(all, key) {
  /** @type {Map<K, T[]>} */
  const groups = new Map();
  for (const each of all) groups.set(key(each), [...(groups.get(key(each)) ?? []), each]);
  return [...groups.values()];
}

/** What stands in the address: the day and the month that are asked for. */
export function asked() {
  const told = new URLSearchParams(location.search);
  const asOf = told.get("as_of") ?? "";
  return { asOf, month: told.get("month") || (asOf || today()).slice(0, 7), told };
}

/** @param {string} month @param {(month: string) => void} go */
export const monthPicker = (month, go) => html`
  <div class="month-picker" role="group" aria-label=${t("month.month")}>
    <button class="button icon" type="button" aria-label=${t("month.before")} title=${t("month.before")}
      @click=${() => go(moved(month, -1))}>${icon("back")}</button>
    <input class="input" type="month" aria-label=${t("month.month")} .value=${month}
      @change=${(/** @type {any} */ event) => event.target.value && go(event.target.value)} />
    <button class="button icon" type="button" aria-label=${t("month.after")} title=${t("month.after")}
      @click=${() => go(moved(month, 1))}>${icon("next")}</button>
  </div>`;

/** @param {Column} column @param {CellValue | undefined} value */
export function cellWord(column, value) {
  if (value === undefined) return "–";
  const named = (/** @type {unknown} */ key) => {
    const option = column.options?.find((each) => each.key === key);
    return option ? word(option) : String(key);
  };
  switch (column.type) {
    case "yes_no":
      return value ? t("ledgers.yes") : t("ledgers.no");
    case "choice":
      return named(value);
    case "several":
      return /** @type {string[]} */ (value).map(named).join(t("ledgers.comma"));
    case "day":
      return dayShort(String(value));
    default:
      return String(value);
  }
}

/** @param {Reply} reply @param {() => void} again */
export function trouble(reply, again) {
  const button = html`<button class="button" type="button" @click=${again}>${t("again")}</button>`;
  if (reply.outcome === "refused") return notice("bad", reply.message, button);
  return notice("warn", t("unreachable.title"), html`<p>${t("unreachable.text")}</p>${button}`);
}
