/**
 * An owners' vote as it is typed in, with the fractions worked out beside it.
 *
 * @import { Counted, Share } from "../../drawing/tally.js"
 */

import { html } from "lit-html";
import { tallied } from "../../drawing/tally.js";
import { t } from "../../words.js";
import { notice } from "../parts.js";
import { typed } from "./fields.js";

/** @type {Counted} */
export const UNCOUNTED = {
  heads: "",
  area_m2: "",
  heads_took_part: "",
  area_took_part_m2: "",
  heads_agreed: "",
  area_agreed_m2: "",
};
const NAMES = /** @type {(keyof Counted)[]} */ (Object.keys(UNCOUNTED));
const HEADS = ["heads", "heads_took_part", "heads_agreed"];

/** As it is sent: heads as whole numbers, areas as they were written. @param {Counted} counted */
export const voteOf = (counted) =>
  Object.fromEntries(
    NAMES.map((name) => [
      name,
      HEADS.includes(name) ? wholeOf(counted[name]) : counted[name].trim(),
    ]),
  );

/** @param {string} text */
const wholeOf = (text) => (/^\s*\d+\s*$/.test(text) ? Number(text) : text.trim());

/** @param {Counted} counted @param {(name: keyof Counted, value: string) => void} set */
export function voteForm(counted, set) {
  const { shares, carried } = tallied(counted);
  return html`
    <fieldset class="section">
      <legend class="label">${t("vote.title")}</legend>
      <p class="soft small">${t("vote.says")}</p>
      <div class="filters">
        ${NAMES.map((name) =>
          typed({
            id: `vote-${name}`,
            says: t(`vote.${name}`),
            value: counted[name],
            most: 12,
            onInput: (value) => set(name, value),
          }),
        )}
      </div>
      <ul class="vote-shares" aria-live="polite">
        ${line(t("vote.heads_took_part"), shares.heads_took_part, "2/3")}
        ${line(t("vote.area_took_part"), shares.area_took_part, "2/3")}
        ${line(t("vote.heads_agreed"), shares.heads_agreed, "3/4")}
        ${line(t("vote.area_agreed"), shares.area_agreed, "3/4")}
      </ul>
      ${
        carried === null
          ? ""
          : carried
            ? notice("good", t("vote.carried"))
            : notice("warn", t("vote.lost"))
      }
    </fieldset>`;
}

/** @param {string} says @param {Share | null} share @param {string} fraction */
const line = (says, share, fraction) => html`
  <li>
    <i class="mark look ${share ? (share.met ? "ok" : "warn") : "none"}"></i>
    ${says}${t("colon")}${
      share
        ? share.met
          ? t("vote.met", { percent: share.percent, fraction })
          : t("vote.short", { percent: share.percent, fraction, short: share.short })
        : t("vote.untold")
    }
  </li>`;
