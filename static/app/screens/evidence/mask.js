/**
 * Boxes are drawn over faces and plates, and burnt into a copy. The photo itself stays as it is.
 *
 * @import { Api, Reply } from "../../api.js"
 * @import { Box, Drawing } from "../../boxes.js"
 */

import { html, nothing, render, svg } from "lit-html";
import {
  added,
  arrowed,
  begun,
  boxBetween,
  chosen,
  drawingOf,
  LEAST,
  moved,
  put,
  removed,
  sized,
  takenBack,
} from "../../boxes.js";
import { uuid7 } from "../../uuid.js";
import { full } from "../../when.js";
import { t } from "../../words.js";
import { trouble } from "../desk.js";
import { icon, waiting } from "../parts.js";
import { openToasts } from "../toasts.js";

/** The overlay counts in thousandths of the picture, either way. */
const UNITS = 1000;

/** @param {Api} api */
export function openMask(api) {
  const page = /** @type {HTMLElement} */ (document.getElementById("main"));
  const at = /** @type {HTMLElement} */ (page.querySelector(".mask"));
  const toasts = openToasts(/** @type {HTMLElement} */ (document.getElementById("toasts")));
  const address = `/api/v1/photos/${at.dataset.photo}/`;
  /** @type {any} */
  let photo = null;
  /** @type {Reply | null} */
  let failed = null;
  /** @type {Drawing} */
  let drawing = drawingOf();
  /** @type {{ n: number, from: { x: number, y: number }, box: Box, how: "draw" | "move" | "size" } | null} */
  let held = null;
  let saving = false;
  /** The copy's id: sent again after a broken line it is the same copy. */
  let id = uuid7();

  async function start() {
    failed = null;
    show();
    const reply = await api.ask("GET", address);
    if (reply.outcome === "received") {
      photo = reply.body;
      drawing = drawingOf((photo.masked?.boxes ?? []).map(boxOf));
    } else failed = reply;
    show();
  }

  function show() {
    render(body(), at);
  }

  function body() {
    if (failed) return trouble(failed, start);
    if (!photo) return waiting();
    if (!photo.large) return html`<p class="notice warn"><b>${t("mask.nothing")}</b></p>`;
    const n = drawing.boxes.length;
    return html`
      <div class="mask-tools">
        <button class="button" type="button" @click=${() => change(added(drawing), true)}>
          ${icon("plus")} ${t("mask.add")}
        </button>
        <button class="button" type="button" ?disabled=${!drawing.before.length} @click=${undo}>
          ${icon("undo")} ${t("mask.undo")}
        </button>
        <button
          class="button"
          type="button"
          ?disabled=${drawing.chosen === null}
          @click=${() => remove(drawing.chosen)}
        >
          ${icon("bin")} ${t("mask.delete")}
        </button>
        <span class="push"></span>
        <button
          class="button primary"
          type="button"
          ?disabled=${!n || saving || !drawing.before.length}
          @click=${save}
        >
          ${saving ? t("mask.saving") : t("mask.save", { n })}
        </button>
      </div>
      <div class="mask-frame">
        <img src=${photo.large} alt=${t("mask.photo")} draggable="false" />
        <svg
          viewBox="0 0 ${UNITS} ${UNITS}"
          preserveAspectRatio="none"
          @pointerdown=${down}
          @pointermove=${drag}
          @pointerup=${up}
          @pointercancel=${up}
        >
          ${drawing.boxes.map(one)}
        </svg>
      </div>
      <p class="soft small">${t("mask.says")}</p>
      <p class="soft small">${t("mask.keys")}</p>
      ${photo.masked ? shared() : nothing}
    `;
  }

  /** @param {Box} box @param {number} n */
  const one = (box, n) => svg`
    <g class=${n === drawing.chosen ? "chosen" : ""}>
      <rect
        class="mask-box"
        tabindex="0"
        role="group"
        aria-roledescription=${t("mask.box")}
        aria-label=${t("mask.boxAt", {
          n: n + 1,
          left: Math.round(box.left * 100),
          top: Math.round(box.top * 100),
          width: Math.round(box.width * 100),
          height: Math.round(box.height * 100),
        })}
        data-box=${n}
        x=${box.left * UNITS}
        y=${box.top * UNITS}
        width=${box.width * UNITS}
        height=${box.height * UNITS}
        @focus=${() => choose(n)}
        @keydown=${(/** @type {KeyboardEvent} */ event) => pressed(event, n)}
      ></rect>
      <circle
        class="mask-grip"
        data-grip=${n}
        cx=${(box.left + box.width) * UNITS}
        cy=${(box.top + box.height) * UNITS}
        r="12"
      ></circle>
    </g>`;

  const shared = () => html`
    <section class="mask-shared">
      <h2>${t("mask.shared")}</h2>
      <p class="soft small">${t("mask.sharedSays", { when: full(photo.masked.made_at) })}</p>
      <a href=${photo.masked.address}>
        <img src=${photo.masked.address} alt=${t("mask.shared")} loading="lazy" />
      </a>
    </section>`;

  /** @param {Drawing} next @param {boolean} [focus] on the chosen box */
  function change(next, focus = false) {
    drawing = next;
    show();
    if (focus && drawing.chosen !== null)
      /** @type {SVGElement | null} */ (
        at.querySelector(`[data-box="${drawing.chosen}"]`)
      )?.focus();
  }

  /** @param {number} n */
  function choose(n) {
    if (drawing.chosen !== n) change(chosen(drawing, n));
  }

  /** @param {number | null} n */
  function remove(n) {
    if (n !== null) change(removed(drawing, n), true);
  }

  function undo() {
    if (drawing.before.length) change(takenBack(drawing));
  }

  /** @param {KeyboardEvent} event @param {number} n */
  function pressed(event, n) {
    const box = drawing.boxes[n];
    if (!box) return;
    const next = arrowed(box, event);
    if (next) change(chosen(put(begun(drawing), n, next), n));
    else if (event.key === "Delete" || event.key === "Backspace") remove(n);
    else return;
    event.preventDefault();
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      event.preventDefault();
      undo();
    }
  });

  /** As a share of the picture. @param {PointerEvent} event */
  function placeOf(event) {
    const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    return {
      x: (event.clientX - box.left) / box.width,
      y: (event.clientY - box.top) / box.height,
    };
  }

  /** @param {PointerEvent} event */
  function down(event) {
    if (event.button !== 0 || held) return;
    const from = placeOf(event);
    const { box: under, grip } = /** @type {SVGElement} */ (event.target).dataset;
    const n = Number(grip ?? under ?? drawing.boxes.length);
    const how = grip ? "size" : under ? "move" : "draw";
    drawing = how === "draw" ? added(drawing, boxBetween(from, from)) : begun(drawing);
    held = { n, from, box: drawing.boxes[n] ?? boxBetween(from, from), how };
    /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
    change(chosen(drawing, n), how !== "draw");
  }

  /** @param {PointerEvent} event */
  function drag(event) {
    if (!held) return;
    const { n, from, box, how } = held;
    const to = placeOf(event);
    const by = /** @type {const} */ ([to.x - from.x, to.y - from.y]);
    const next =
      how === "draw"
        ? boxBetween(from, to)
        : how === "move"
          ? moved(box, ...by)
          : sized(box, ...by);
    change(put(drawing, n, next));
  }

  function up() {
    if (!held) return;
    const { n, box, how } = held;
    held = null;
    const now = drawing.boxes[n];
    const slight = how === "draw" && now && (now.width < LEAST || now.height < LEAST);
    const still = how !== "draw" && now && JSON.stringify(now) === JSON.stringify(box);
    // A tap is no box, and one that was only touched was not changed.
    if (slight) change(takenBack(drawing));
    else if (still) change(chosen({ ...drawing, before: drawing.before.slice(0, -1) }, n), true);
    else change(drawing, true);
  }

  async function save() {
    saving = true;
    show();
    const reply = await api.ask("PUT", `${address}masked/${id}/`, { boxes: drawing.boxes });
    saving = false;
    if (reply.outcome === "received") {
      id = uuid7();
      photo.masked = reply.body;
      drawing = drawingOf(drawing.boxes);
      toasts.show(t("mask.saved"));
    } else if (reply.outcome === "refused") {
      // Another one of these boxes: what was sent before stands under its own id.
      id = uuid7();
      toasts.show(reply.message);
    } else toasts.show(t("mask.unsaved"), { label: t("desk.again"), act: save });
    show();
  }

  start();
}

/** @param {number[]} told @returns {Box} */
const boxOf = ([left = 0, top = 0, width = 0, height = 0]) => ({ left, top, width, height });
