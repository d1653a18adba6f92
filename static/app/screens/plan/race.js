/**
 * Where two planners changed the same: both values side by side, and which of them is taken.
 *
 * @import { Edited, Fields } from "../../drawing/types.d.ts"
 */

import { html } from "lit-html";
import { areaOf, centreOf } from "../../drawing/footprint.js";
import { metresBetween } from "../../drawing/plane.js";
import { t } from "../../words.js";
import { notice } from "../parts.js";

const FOOTPRINT = ["geom", "outline", "anchor", "rotation_deg"];

/**
 * @param {Edited} row @param {(side: "yours" | "theirs", names: string[]) => void} choose
 * @param {Map<number, string>} estates their names
 */
export function race(row, choose, estates) {
  const { yours = {}, theirs = {} } = row.race ?? {};
  const names = Object.keys(yours);
  const shape = names.filter((name) => FOOTPRINT.includes(name));
  const others = names.filter((name) => !FOOTPRINT.includes(name));
  return notice(
    "warn",
    t("race.title"),
    html`
      <p>${t("race.says")}</p>
      ${
        shape.length
          ? pair(t("race.footprint"), apart(yours, theirs), apart(theirs, yours), (side) =>
              choose(side, shape),
            )
          : ""
      }
      ${others.map((name) =>
        pair(
          fieldWord(name),
          valueWord(name, yours[name], estates),
          valueWord(name, theirs[name], estates),
          (side) => choose(side, [name]),
        ),
      )}
    `,
  );
}

/** @param {string} says @param {string} yours @param {string} theirs @param {(side: "yours" | "theirs") => void} take */
const pair = (says, yours, theirs, take) => html`
  <div class="race" role="group" aria-label=${says}>
    <b>${says}</b>
    <p>${t("race.yours")}${t("colon")}${yours}</p>
    <p>${t("race.theirs")}${t("colon")}${theirs}</p>
    <div class="choices">
      <button class="button" type="button" @click=${() => take("yours")}>${t("race.takeYours")}</button>
      <button class="button" type="button" @click=${() => take("theirs")}>
        ${t("race.takeTheirs")}
      </button>
    </div>
  </div>`;

/** @param {Record<string, any>} one @param {Record<string, any>} other */
function apart(one, other) {
  const [a, b] = [one.geom, other.geom];
  if (!a || !b) return "–";
  return t("race.moved", {
    area: areaOf(a).toFixed(2),
    distance: metresBetween(centreOf(a), centreOf(b)).toFixed(2),
  });
}

/** @param {string} name */
export const fieldWord = (name) =>
  FOOTPRINT.includes(name)
    ? t("race.footprint")
    : t(/** @type {any} */ (name === "estate" ? "site.estate" : `site.${name}`));

const WORDED = ["canopy", "power", "level", "place"];

/** @param {string} name @param {unknown} value @param {Map<number, string>} estates @returns {string} */
export function valueWord(name, value, estates) {
  if (value === null || value === undefined || value === "" || value === "unknown")
    return name === "estate" && value === null ? t("site.street") : t("site.unknown");
  if (name === "estate") return estates.get(Number(value)) ?? String(value);
  if (typeof value === "boolean")
    return name === "commercial"
      ? t(value ? "site.yesUsed" : "site.noUsed")
      : t(value ? "site.yes" : "site.no");
  if (WORDED.includes(name)) return t(/** @type {any} */ (`site.${name}.${value}`));
  return String(value);
}
