/**
 * Why something came back, in words that say what to do.
 *
 * @import { Kept, Refusal } from "../../types.d.ts"
 * @import { Key } from "../../words.js"
 */

import { t, WORDS } from "../../words.js";

/** @param {Refusal} refusal what to do about it */
export function adviceOf({ code }) {
  const key = `refused.${code}`;
  return t(Object.hasOwn(WORDS, key) ? /** @type {Key} */ (key) : "refused.other");
}

/** @param {string} code of a photo's refusal */
export function photoAdvice(code) {
  const key = `refused.${code}`;
  return t(Object.hasOwn(WORDS, key) ? /** @type {Key} */ (key) : "refused.photo_other");
}

/** In one line. @param {Kept} entry */
export const refusalWord = ({ standing, refusal }) =>
  standing === "refused" && refusal ? refusal.message || adviceOf(refusal) : t("refused.photo");
