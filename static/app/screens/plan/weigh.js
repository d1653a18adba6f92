/**
 * The parts of a plan beside its sites: coverage, selection, comparing. Which one stands in the
 * address.
 *
 * @import { World } from "./work.js"
 */

import { html, nothing } from "lit-html";
import { t } from "../../words.js";
import { openCompare } from "./compare.js";
import { openCoverage } from "./coverage.js";
import { openScene } from "./scene.js";
import { openSelection } from "./selection.js";

/** @typedef {"sites" | "coverage" | "selection" | "compare"} Part */
/** @type {Part[]} */
const PARTS = ["sites", "coverage", "selection", "compare"];

/** @param {World} world @param {() => void} taken a selection was put into the plan */
export function openWeigh(world, taken) {
  const scene = world.desk.map ? openScene(world.desk.map) : null;
  const panels = {
    coverage: openCoverage(world, scene),
    selection: openSelection(world, scene, taken),
    compare: openCompare(world),
  };
  /** @type {Part} */
  let entered = "sites";

  /** @returns {Part} */
  function part() {
    const { plan, proposal, more } = world.place();
    const wanted = /** @type {Part} */ (new Map(more).get("part"));
    return plan && !proposal && PARTS.includes(wanted) ? wanted : "sites";
  }

  /** @param {Part} to */
  function go(to) {
    const more = world.place().more.filter(([name]) => name !== "part");
    world.go({ more: to === "sites" ? more : [...more, ["part", to]] }, "push");
  }

  return {
    part,

    /** To where the address leads. */
    follow() {
      const to = part();
      if (entered !== "sites" && entered !== to) panels[entered].leave();
      if ((entered === "sites") !== (to === "sites") && !world.place().off.includes("findings"))
        world.desk.map?.show("findings", to === "sites");
      entered = to;
      if (to !== "sites") panels[to].enter(world.place().plan);
    },

    switcher: () => html`
      <div class="parts" role="group" aria-label=${t("weigh.parts")}>
        ${PARTS.map(
          (each) => html`<button
            class="button"
            type="button"
            aria-pressed=${part() === each}
            @click=${() => go(each)}
          >
            ${t(`weigh.part.${each}`)}
          </button>`,
        )}
      </div>`,

    template() {
      const shown = part();
      return shown === "sites" ? nothing : panels[shown].template();
    },
  };
}
