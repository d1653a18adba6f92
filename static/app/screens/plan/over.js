/**
 * What floats over the map while a plan is open: the tools, what the tool in hand asks for, and
 * the worst verdicts while a site is dragged, where the eye is.
 *
 * @import { Verdict } from "../../drawing/types.d.ts"
 * @import { Tool, Tools } from "./tools.js"
 */

import { html, nothing, render } from "lit-html";
import { lookOf, worstFirst, worstOf } from "../../drawing/verdicts.js";
import { either, t } from "../../words.js";
import { icon } from "../parts.js";
import { countedLine, lookBadge } from "./checks.js";

const TOOLS = /** @type {const} */ ([
  ["place", "pin"],
  ["outline", "outline"],
  ["distance", "ruler"],
  ["area", "area"],
]);
const LIVE = 3;

/** @param {HTMLElement} page */
export function openOver(page) {
  const frame = /** @type {HTMLElement} */ (page.querySelector(".plan-over"));
  return {
    /**
     * @param {{ tools: Tools, may: boolean, draws: boolean, mayUndo: boolean, mayRedo: boolean,
     *   undo: () => void, redo: () => void, print: () => void, placeMiddle: () => void,
     *   live: Verdict[] | null } | null} told null: no plan is open
     */
    show: (told) => render(told ? over(told) : nothing, frame),
  };
}

/** @param {NonNullable<Parameters<ReturnType<typeof openOver>["show"]>[0]>} told */
function over({ tools, may, draws, live, ...acts }) {
  const now = tools.tool();
  return html`
    <div class="plan-tools" role="toolbar" aria-label=${t("draw.tools")}>
      ${
        draws
          ? TOOLS.filter(([tool]) => may || tool === "distance" || tool === "area").map(
              ([tool, name]) => html`<button
                class="button icon"
                type="button"
                aria-pressed=${now === tool}
                title=${t(`draw.${tool}`)}
                aria-label=${t(`draw.${tool}`)}
                @click=${() => tools.take(tool)}
              >
                ${icon(name)}
              </button>`,
            )
          : nothing
      }
      ${
        may
          ? html`
              ${act("undo", t("draw.undo"), acts.undo, !acts.mayUndo)}
              ${act("redo", t("draw.redo"), acts.redo, !acts.mayRedo)}
            `
          : nothing
      }
      ${act("print", t("draw.print"), acts.print, false)}
    </div>
    ${now || tools.says() ? hint(now, tools, acts.placeMiddle) : nothing}
    ${live ? verdicts(live) : nothing}
  `;
}

/** @param {Tool | null} now @param {Tools} tools @param {() => void} placeMiddle */
const hint = (now, tools, placeMiddle) => html`
  <div class="plan-hint" role="status">
    <span>
      ${tools.says() || (now === "place" ? t("draw.placeSays") : now === "outline" ? t("draw.outlineSays") : t("draw.measureSays"))}
    </span>
    ${now === "place" ? html`<button class="button" type="button" @click=${placeMiddle}>${t("draw.middle")}</button>` : nothing}
    ${now && now !== "place" ? html`<button class="button primary" type="button" @click=${tools.finish}>${t("draw.finish")}</button>` : nothing}
    <button class="button" type="button" @click=${tools.cancel}>${t("draw.stop")}</button>
  </div>`;

/** @param {Verdict[]} live */
const verdicts = (live) => html`
  <div class="plan-live" aria-hidden="true">
    <p>${lookBadge(worstOf(live))} <span class="tiny">${countedLine(live)}</span></p>
    ${worstFirst(live)
      .filter((each) => ["breach", "warn"].includes(lookOf(each)))
      .slice(0, LIVE)
      .map(
        (each) =>
          html`<p class="small"><i class="mark look ${lookOf(each)}"></i> ${either(each.zh, each.en)}</p>`,
      )}
  </div>`;

/** @param {"undo" | "redo" | "print"} name @param {string} says @param {() => void} onClick @param {boolean} disabled */
const act = (name, says, onClick, disabled) => html`
  <button
    class="button icon"
    type="button"
    title=${says}
    aria-label=${says}
    aria-disabled=${disabled}
    @click=${() => disabled || onClick()}
  >
    ${icon(name)}
  </button>`;
