/**
 * The big screen: views and measures one after the other at a calm pace, in large type, until a
 * key is pressed.
 *
 * @import { View } from "../../leading/view.js"
 */

import { html } from "lit-html";
import { t } from "../../words.js";
import { icon } from "../parts.js";

const STAYS_MS = 20_000;

/** What is shown in turn. @type {Pick<View, "view" | "measure">[]} */
const TURNS = [
  { view: "heat", measure: "found" },
  { view: "estates", measure: "rate" },
  { view: "hexagons", measure: "found" },
  { view: "estates", measure: "open" },
  { view: "estates", measure: "overdue" },
  { view: "estates", measure: "households" },
];

/** @param {{ turn: (to: Partial<View>) => void, ended: () => void }} world */
export function openRotation({ turn, ended }) {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  let at = 0;
  let runs = false;

  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (["Control", "Alt", "Shift", "Meta", "F11"].includes(event.key)) return;
    event.preventDefault();
    end();
  };
  const onFull = () => {
    // Left by the browser's own way.
    if (!document.fullscreenElement && wasFull) end();
    wasFull = Boolean(document.fullscreenElement);
  };
  let wasFull = false;

  function next() {
    at = (at + 1) % TURNS.length;
    turn(TURNS[at] ?? {});
  }

  function end() {
    if (!runs) return;
    runs = false;
    clearInterval(timer);
    removeEventListener("keydown", onKey, true);
    document.removeEventListener("fullscreenchange", onFull);
    if (document.fullscreenElement) document.exitFullscreen();
    document.documentElement.classList.remove("big-screen");
    ended();
  }

  return {
    /** @param {boolean} full asked for by hand: a browser fills the screen for nobody else */
    start(full) {
      if (runs) return;
      runs = true;
      document.documentElement.classList.add("big-screen");
      if (full) document.documentElement.requestFullscreen?.().catch(() => {});
      addEventListener("keydown", onKey, true);
      document.addEventListener("fullscreenchange", onFull);
      at = 0;
      timer = setInterval(next, STAYS_MS);
      turn(TURNS[0] ?? {});
    },
    end,
    runs: () => runs,
    template: () => html`
      <div class="turns">
        ${TURNS.map((_, place) => html`<i class=${place === at ? "now" : ""}></i>`)}
        <button class="button" type="button" @click=${end}>${icon("close")}${t("screen.stop")}</button>
      </div>`,
  };
}
