/**
 * The panel that floats over the map: at the side of a wide screen, a sheet from below on a
 * tablet held upright and on a phone. The sheet has three heights; a drag, a tap on the grip or
 * the arrow keys change it.
 *
 * @import { TemplateResult } from "lit-html"
 * @import { Route } from "../../routes.js"
 * @import { Screen } from "./screens.js"
 * @typedef {"low" | "half" | "full"} Height
 */

import { html, nothing, render } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { format } from "../../routes.js";
import { t } from "../../words.js";

/** As the style sheet has them. */
const LOW_REM = 13;
const HALF = 0.46;
const aside = matchMedia("(min-width: 56rem), (min-width: 38rem) and (max-height: 34rem)");

/** @type {Height[]} */
const HEIGHTS = ["low", "half", "full"];

/** @param {HTMLElement} root */
export function openPanel(root) {
  const element = document.createElement("section");
  element.className = "panel";
  const said = document.createElement("p");
  said.className = "spoken";
  said.setAttribute("role", "status");
  root.append(element, said);

  /** @type {Height} */
  let height = "half";
  let at = "";
  let dragged = false;

  /** @param {Height} to */
  function set(to) {
    height = to;
    element.dataset.height = to;
    element.style.removeProperty("height");
    element.querySelector(".grip")?.setAttribute("aria-expanded", String(to !== "low"));
    element.dispatchEvent(new CustomEvent("room", { bubbles: true }));
  }

  /** @param {number} step */
  const move = (step) => {
    const to = HEIGHTS[Math.max(0, Math.min(2, HEIGHTS.indexOf(height) + step))];
    if (to) set(to);
  };

  /** @param {PointerEvent} down */
  function drag(down) {
    const grip = /** @type {HTMLElement} */ (down.currentTarget);
    const [startY, startHeight] = [down.clientY, element.offsetHeight];
    let moved = 0;
    grip.setPointerCapture(down.pointerId);
    /** @param {PointerEvent} event */
    const follow = (event) => {
      moved = startY - event.clientY;
      if (Math.abs(moved) > 4) element.style.height = `${startHeight + moved}px`;
    };
    const done = () => {
      grip.removeEventListener("pointermove", follow);
      grip.removeEventListener("pointerup", done);
      grip.removeEventListener("pointercancel", done);
      dragged = Math.abs(moved) > 4;
      if (dragged) set(nearest(element.offsetHeight));
    };
    grip.addEventListener("pointermove", follow);
    grip.addEventListener("pointerup", done);
    grip.addEventListener("pointercancel", done);
  }

  function toggle() {
    // A drag ends in a click too.
    if (!dragged) set(height === "half" ? "full" : "half");
    dragged = false;
  }

  /** @param {KeyboardEvent} event */
  function keys(event) {
    if (event.key === "ArrowUp") move(1);
    else if (event.key === "ArrowDown") move(-1);
    else return;
    event.preventDefault();
  }

  return {
    element,

    /** @param {Screen} screen @param {Route} route */
    show(screen, route) {
      const here = format(route) + (screen.mode ?? "");
      element.toggleAttribute("data-cover", screen.cover === true);
      render(
        html`
          <button class="grip" type="button" aria-label=${t("panel.size")}
            @pointerdown=${drag} @click=${toggle} @keydown=${keys}><i></i></button>
          ${keyed(
            here,
            html`
              <header class="panel-head">${screen.head}</header>
              <div class="panel-body">${screen.body}</div>
              ${screen.foot ? html`<footer class="panel-foot">${screen.foot}</footer>` : nothing}`,
          )}`,
        element,
      );
      if (at !== here) set(screen.height ?? "half");
      at = here;
    },

    set,

    /**
     * What the panel covers of the map, in pixels, once it has come to rest.
     * @returns {{ left: number, bottom: number }}
     */
    room() {
      const whole = root.clientHeight;
      if (!element.offsetParent) return { left: 0, bottom: 0 };
      if (aside.matches) return { left: element.offsetLeft + element.offsetWidth, bottom: 0 };
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      // A sheet that covers all leaves the map as it was before.
      return { left: 0, bottom: height === "low" ? LOW_REM * rem : whole * HALF };
    },

    /** Where the new screen begins, for who reads with a keyboard or by ear. */
    focus() {
      element.querySelector(".panel-body")?.scrollTo(0, 0);
      /** @type {HTMLElement | null} */ (element.querySelector("h1"))?.focus({
        preventScroll: true,
      });
    },

    /** @param {string} text */
    say(text) {
      said.textContent = "";
      requestAnimationFrame(() => {
        said.textContent = text;
      });
    },
  };
}

/** @param {number} pixels @returns {Height} */
function nearest(pixels) {
  const share = pixels / window.innerHeight;
  return share < 0.3 ? "low" : share < 0.68 ? "half" : "full";
}
