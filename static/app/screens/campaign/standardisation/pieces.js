/**
 * How an estate stands, in small pieces that list and card show alike.
 *
 * @import { Forecast, Row } from "../../../creation/list.js"
 */

import { html, nothing } from "lit-html";
import { STAGES, stepOf, toneOf } from "../../../creation/list.js";
import { dayWord } from "../../../when.js";
import { t } from "../../../words.js";

/** @param {string} stage */
export const stageWord = (stage) => t(`stage.${/** @type {"S1"} */ (stage)}`);

/** What was done by it. @param {{ to: string, removed: boolean }} reached */
export function reachedWord({ to, removed }) {
  if (to !== "SX") return stageWord(to);
  return t(removed ? "stage.removed" : "stage.returned");
}

/** The ten stages in a row, those that are done and the one it stands in. @param {string} stage */
export function track(stage) {
  const step = stepOf(stage);
  const says = t("creation.track", { stage: stageWord(stage), n: step, of: STAGES.length });
  return html`<span class="stage-track ${stage === "SX" ? "returned" : ""}" role="img" aria-label=${says} title=${says}>${STAGES.map(
    (each, at) =>
      html`<i class=${at + 1 < step ? "done" : at + 1 === step ? (each === "S10" ? "done" : "now") : ""}></i>`,
  )}</span>`;
}

/** @param {number | null} score */
export const scoreWord = (score) => (score === null ? "–" : String(Math.round(score * 10) / 10));

const MARKS = { veto: "s1", below: "s2", passes: "good", none: "" };
const BADGES = { veto: "s1", below: "s2", passes: "good", none: "" };

/** The score, and by shape, colour and word what it means. @param {Pick<Row, "score" | "veto" | "passes">} row */
export function scoreBadge(row) {
  const tone = toneOf(row);
  return html`<b class="score">${scoreWord(row.score)}</b>
    <span class="badge ${BADGES[tone]}">${MARKS[tone] ? html`<i class="mark ${MARKS[tone]}"></i>` : nothing}${t(`creation.tone.${tone}`)}</span>`;
}

/** @param {Forecast | null} forecast @param {string} stage */
export function forecastWord(forecast, stage) {
  if (stage === "S10") return html`<span class="soft">${t("creation.standing.announced")}</span>`;
  if (!forecast?.likely) return html`<span class="soft">${t("creation.forecast.none")}</span>`;
  const { low, likely, high } = forecast;
  return html`<span class="once">${dayWord(likely)}</span>
    ${low && high ? html`<span class="soft tiny spread">${t("creation.forecast.spread", { low: dayWord(low), high: dayWord(high) })}</span>` : nothing}`;
}
