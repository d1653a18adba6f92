/**
 * How the score came to be what it is: a stair over the days, and what moved it.
 *
 * @import { Card } from "../../../creation/card.js"
 */

import { html, nothing, svg } from "lit-html";
import { stairOf } from "../../../creation/card.js";
import { dayWord } from "../../../when.js";
import { either, t } from "../../../words.js";
import { scoreWord } from "./pieces.js";

const BOX = { width: 480, height: 130 };
/** Two stages nearer than this would lie over each other in words. */
const APART = 26;
const FIRST_SHOWN = 12;

/** @param {Card} card @param {string} day @param {{ all: boolean, more: () => void }} ways */
export function historySection({ history, pass_mark }, day, { all, more }) {
  const newest = history.toReversed();
  const rows = all ? newest : newest.slice(0, FIRST_SHOWN);
  return html`<section class="section" aria-labelledby="history">
    <h2 id="history">${t("card.history")}</h2>
    ${history.length > 1 ? chart(history, day, pass_mark) : nothing}
    ${
      rows.length
        ? html`<div class="scrolling" role="region" tabindex="0" aria-labelledby="history"><table class="table stacking creation-history">
            <thead><tr><th scope="col">${t("card.history.day")}</th><th scope="col" class="number">${t("creation.score")}</th>
              <th scope="col">${t("creation.stage")}</th><th scope="col">${t("card.history.why")}</th></tr></thead>
            <tbody>${rows.map(
              (each) => html`<tr><th scope="row" class="once">${dayWord(each.day)}</th>
                <td class="number" data-title=${t("creation.score")}>${scoreWord(each.score)}${each.veto ? html` <span class="badge s1"><i class="mark s1"></i>${t("creation.tone.veto")}</span>` : nothing}</td>
                <td class="once" data-title=${t("creation.stage")}>${each.stage}</td><td class="whole-row">${either(each.zh, each.en)}</td></tr>`,
            )}</tbody></table></div>
          ${rows.length < newest.length ? html`<button class="button no-print" type="button" @click=${more}>${t("more")}</button>` : nothing}`
        : html`<p class="soft">${t("card.history.none")}</p>`
    }
  </section>`;
}

/** @param {Card["history"]} history @param {string} day @param {number | null} mark */
function chart(history, day, mark) {
  const { width, height } = BOX;
  const { line, vetoes, stages } = stairOf(history, day, BOX);
  const y = height - ((mark ?? 0) / 100) * height;
  const first = history[0]?.day ?? day;
  return html`<figure class="creation-chart">
    <svg viewBox="-4 -18 ${width + 8} ${height + 36}" role="img" aria-label=${t("card.chart", { from: dayWord(first), to: dayWord(day) })}>
      ${vetoes.map((each) => svg`<rect class="veto" x=${each.x} y="0" width=${each.width} height=${height}></rect>`)}
      <line class="axis" x1="0" x2=${width} y1=${height} y2=${height}></line>
      ${mark === null ? nothing : svg`<line class="mark-line" x1="0" x2=${width} y1=${y} y2=${y}></line>`}
      ${stages.map(
        (each, at) => svg`<line class="stage" x1=${each.x} x2=${each.x} y1="0" y2=${height}></line>
          ${(stages[at + 1]?.x ?? width + APART) - each.x < APART ? nothing : svg`<text x=${each.x} y="-5" text-anchor=${each.x > width - APART ? "end" : "start"}>${each.stage}</text>`}`,
      )}
      <polyline class="score" points=${line}></polyline>
      <text x="0" y=${height + 14}>${dayWord(first)}</text>
      <text x=${width} y=${height + 14} text-anchor="end">${dayWord(day)}</text>
      <text x=${width} y=${y - 4} text-anchor="end">${mark}</text>
    </svg>
    <figcaption class="tiny soft">${t("card.chart.says")}</figcaption>
  </figure>`;
}
