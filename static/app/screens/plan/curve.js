/** Coverage by number of sites, as a drawing that is told in words and as a table too. */

import { html, nothing, svg } from "lit-html";
import { bend, curveOf } from "../../weighing/curve.js";
import { t } from "../../words.js";
import { percent, whole } from "./figures.js";

const [WIDTH, HEIGHT, LEFT, FOOT] = [300, 120, 40, 20];
/** One more site that adds less than this share of the demand is said to add little. */
const LITTLE = 0.05;

/** @param {{ number: number, objective: number, share: number, gap: number }[]} steps */
export function curve(steps) {
  if (steps.length < 2) return nothing;
  const { points, path, lines } = curveOf(steps, WIDTH, HEIGHT);
  const little = bend(steps, LITTLE);
  return html`
    <section class="section">
      <h3>${t("select.curveTitle")}</h3>
      <svg
        class="curve"
        viewBox="0 0 ${WIDTH + LEFT + 12} ${HEIGHT + FOOT + 12}"
        role="list"
        aria-label=${t("select.curveTitle")}
      >
        <g transform="translate(${LEFT} 8)">
          ${lines.map(
            ({ y, share }) => svg`<line x1="0" x2=${WIDTH} y1=${y} y2=${y}></line>
              <text x="-6" y=${y + 4} text-anchor="end">${percent(share)}</text>`,
          )}
          <path d=${path}></path>
          ${points.map(
            ({ x, y, step }) => svg`<g role="listitem" aria-label=${says(step)}>
              <title>${says(step)}</title>
              <circle cx=${x} cy=${y} r="4"></circle>
              <text x=${x} y=${HEIGHT + FOOT - 4} text-anchor="middle">${step.number}</text>
            </g>`,
          )}
        </g>
      </svg>
      ${little ? html`<p>${t("select.bend", { number: whole(little.number), least: percent(LITTLE) })}</p>` : nothing}
    </section>`;
}

/** @param {{ number: number, share: number }} step */
const says = ({ number, share }) =>
  t("select.curveSays", { n: number, number: whole(number), share: percent(share) });
