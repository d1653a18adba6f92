/**
 * Before and after, one over the other with a divider, or side by side; both are zoomed together.
 *
 *     html`${swipe({ pair, before, after })}`     // as /api/v1/cases/<uuid>/evidence/ tells them
 *
 * It needs no state of the page's: where the divider stands and how near one looks stays with
 * the element, until other pictures come. Its looks are in evidence.css.
 *
 * @import { Pair, Shown, View } from "../../pairs.js"
 */

import { html, nothing } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { apartWord, lackWord, laterWord, movedBy, shortHash, zoomed } from "../../pairs.js";
import { full } from "../../when.js";
import { t } from "../../words.js";
import { icon } from "../parts.js";

const STEP = 1.5;
/** So near the divider a finger means it, also when the picture could be moved. */
const GRIP_PX = 28;
/** @type {View} */
const WHOLE = { zoom: 1, x: 0, y: 0 };

/**
 * What one is looking at, by its figure.
 * @typedef {{ view: View, fingers: Map<number, { x: number, y: number }>,
 *   holds: "divider" | "picture" | null }} Looking
 * @type {WeakMap<Element, Looking>}
 */
const lookings = new WeakMap();

/** @param {{ pair: Pair | null, before: Shown | undefined, after: Shown | undefined }} what */
export const swipe = ({ pair, before, after }) =>
  keyed(
    `${before?.id} ${after?.id}`,
    html`
      <figure class="swipe" data-view="swipe" aria-label=${t("evidence.compare")}>
        <div class="swipe-tools">
          <div class="choice" role="group" aria-label=${t("evidence.compare")}>
            ${way("swipe", t("evidence.swipe"), true)} ${way("side", t("evidence.side"), false)}
          </div>
          <span class="push"></span>
          ${tool("minus", t("evidence.farther"), (figure) => zoom(figure, 1 / STEP))}
          ${tool("plus", t("evidence.closer"), (figure) => zoom(figure, STEP))}
          ${tool("layers", t("evidence.whole"), (figure) => look(figure, WHOLE))}
        </div>
        <div
          class="swipe-frame"
          @pointerdown=${down}
          @pointermove=${moved}
          @pointerup=${up}
          @pointercancel=${up}
          @wheel=${wheeled}
          @dblclick=${doubled}
        >
          ${pane("after", after)} ${pane("before", before)}
          <div class="swipe-line" aria-hidden="true"><i></i></div>
        </div>
        <input
          class="swipe-range"
          type="range"
          min="0"
          max="100"
          step="1"
          value="50"
          aria-label=${t("evidence.divider")}
          aria-valuetext=${t("evidence.dividerAt", { n: 50 })}
          @input=${slid}
          @keydown=${pressed}
        />
        <figcaption>
          <div class="swipe-sides">${side("before", before)} ${side("after", after)}</div>
          ${pair ? between(pair) : nothing}
        </figcaption>
      </figure>
    `,
  );

/** @param {"before" | "after"} which @param {Shown | undefined} photo */
const pane = (which, photo) => html`
  <div class="swipe-pane ${which}">
    ${
      photo?.large
        ? html`<img src=${photo.masked ?? photo.large} alt=${t(`evidence.${which}`)} draggable="false" />`
        : html`<p class="swipe-lack">${lackWord(photo)}</p>`
    }
    <span class="swipe-tag">${t(`evidence.${which}`)}</span>
  </div>`;

/** @param {"before" | "after"} which @param {Shown | undefined} photo */
const side = (which, photo) => html`
  <div class="swipe-side">
    <b>${t(`evidence.${which}`)}</b>
    ${
      photo
        ? html`
            <span>${photo.taken_at ? full(photo.taken_at) : t("evidence.noTime")}</span>
            <span class="soft">${photo.by}</span>
            <span class="tiny soft">
              ${t(`evidence.time_agrees.${photo.time_agrees}`)} ·
              ${t(`evidence.place_agrees.${photo.place_agrees}`)}
            </span>
            <span class="tiny soft" title=${photo.sha256}>
              SHA-256 <code>${shortHash(photo.sha256)}…</code>
              ${photo.original ? html`<a href=${photo.original} download>${t("evidence.file")}</a>` : nothing}
              ${photo.mask ? html`<a href=${photo.mask}>${t("evidence.mask")}</a>` : nothing}
            </span>
          `
        : html`<span class="soft">${t("evidence.noPhoto")}</span>`
    }
  </div>`;

/** @param {Pair} pair */
const between = (pair) => html`
  <dl class="facts">
    <dt>${t("evidence.takenWhere")}</dt>
    <dd>${apartWord(pair)}</dd>
    <dt>${t("evidence.takenWhen")}</dt>
    <dd>${laterWord(pair.minutes)}</dd>
  </dl>
  ${pair.confirmed ? nothing : html`<p class="badge">${t("evidence.proposed")}</p>`}`;

/** @param {"swipe" | "side"} view @param {string} says @param {boolean} chosen */
const way = (view, says, chosen) => html`
  <button type="button" data-way=${view} aria-pressed=${String(chosen)} @click=${turned}>${says}</button>`;

/** @param {"plus" | "minus" | "layers"} name @param {string} says @param {(figure: HTMLElement) => void} act */
const tool = (name, says, act) => html`
  <button
    class="button icon quiet"
    type="button"
    title=${says}
    aria-label=${says}
    @click=${(/** @type {Event} */ event) => act(figureOf(event))}
  >
    ${icon(name)}
  </button>`;

/** @param {Event} event */
const figureOf = (event) =>
  /** @type {HTMLElement} */ (/** @type {Element} */ (event.currentTarget).closest(".swipe"));

/** @param {Element} figure */
function lookingAt(figure) {
  let looking = lookings.get(figure);
  if (!looking) {
    looking = { view: WHOLE, fingers: new Map(), holds: null };
    lookings.set(figure, looking);
  }
  return looking;
}

/** @param {Event} event */
function turned(event) {
  const figure = figureOf(event);
  const chosen = /** @type {HTMLElement} */ (event.currentTarget).dataset.way ?? "swipe";
  figure.dataset.view = chosen;
  for (const button of figure.querySelectorAll("[data-way]"))
    button.setAttribute(
      "aria-pressed",
      String(/** @type {HTMLElement} */ (button).dataset.way === chosen),
    );
  look(figure, WHOLE);
}

/** @param {HTMLElement} figure @param {number} at in hundredths from the left */
function divide(figure, at) {
  const range = /** @type {HTMLInputElement} */ (figure.querySelector(".swipe-range"));
  const n = Math.round(Math.min(100, Math.max(0, at)));
  range.value = String(n);
  range.setAttribute("aria-valuetext", t("evidence.dividerAt", { n }));
  figure.style.setProperty("--at", String(n));
}

/** @param {HTMLElement} figure @param {View} view */
function look(figure, view) {
  lookingAt(figure).view = view;
  figure.dataset.near = String(view.zoom > 1);
  for (const name of /** @type {const} */ (["zoom", "x", "y"]))
    figure.style.setProperty(`--${name}`, String(view[name]));
}

/** @param {HTMLElement} figure @param {number} by @param {{ x: number, y: number }} [about] */
const zoom = (figure, by, about) => look(figure, zoomed(lookingAt(figure).view, by, about));

/** @param {Event} event */
const slid = (event) =>
  divide(figureOf(event), Number(/** @type {HTMLInputElement} */ (event.currentTarget).value));

/** Arrows are the slider's own. @param {KeyboardEvent} event */
function pressed(event) {
  const figure = figureOf(event);
  if (event.key === "+" || event.key === "=") zoom(figure, STEP);
  else if (event.key === "-") zoom(figure, 1 / STEP);
  else if (event.key === "0") look(figure, WHOLE);
  else return;
  event.preventDefault();
}

/** Where in the picture's frame, as shares of it from its middle. @param {HTMLElement} figure @param {{ clientX: number, clientY: number }} at */
function within(figure, { clientX, clientY }) {
  const panes = [...figure.querySelectorAll(".swipe-pane")].map((each) =>
    each.getBoundingClientRect(),
  );
  const box =
    panes.find(({ left, right }) => clientX >= left && clientX <= right) ??
    /** @type {DOMRect} */ (panes[0]);
  return {
    x: (clientX - box.left) / box.width - 0.5,
    y: (clientY - box.top) / box.height - 0.5,
    width: box.width,
    height: box.height,
  };
}

/** @param {PointerEvent} event */
function down(event) {
  const figure = figureOf(event);
  const looking = lookingAt(figure);
  looking.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  const { x, width } = within(figure, event);
  const range = /** @type {HTMLInputElement} */ (figure.querySelector(".swipe-range"));
  const off = Math.abs((x + 0.5 - Number(range.value) / 100) * width);
  const swiping = figure.dataset.view === "swipe";
  looking.holds =
    swiping && (looking.view.zoom === 1 || off < GRIP_PX)
      ? "divider"
      : looking.view.zoom > 1
        ? "picture"
        : null;
  if (looking.fingers.size > 1) looking.holds = null;
  if (!looking.holds && looking.fingers.size === 1) return;
  /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
  if (looking.holds === "divider") divide(figure, (x + 0.5) * 100);
}

/** @param {PointerEvent} event */
function moved(event) {
  const figure = figureOf(event);
  const looking = lookingAt(figure);
  const before = looking.fingers.get(event.pointerId);
  if (!before) return;
  const at = within(figure, event);
  if (looking.fingers.size === 2) {
    const other = [...looking.fingers].find(([id]) => id !== event.pointerId)?.[1] ?? before;
    const span = (/** @type {{ x: number, y: number }} */ finger) =>
      Math.max(1, Math.hypot(finger.x - other.x, finger.y - other.y));
    zoom(figure, span({ x: event.clientX, y: event.clientY }) / span(before), at);
  } else if (looking.holds === "divider") divide(figure, (at.x + 0.5) * 100);
  else if (looking.holds === "picture")
    look(
      figure,
      movedBy(
        looking.view,
        (event.clientX - before.x) / at.width,
        (event.clientY - before.y) / at.height,
      ),
    );
  looking.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
}

/** @param {PointerEvent} event */
function up(event) {
  const looking = lookingAt(figureOf(event));
  looking.fingers.delete(event.pointerId);
  if (!looking.fingers.size) looking.holds = null;
}

/** With Ctrl, as a trackpad's pinch says it: the page scrolls otherwise. @param {WheelEvent} event */
function wheeled(event) {
  if (!event.ctrlKey) return;
  event.preventDefault();
  const figure = figureOf(event);
  zoom(figure, 2 ** (-event.deltaY / 200), within(figure, event));
}

/** @param {MouseEvent} event */
function doubled(event) {
  const figure = figureOf(event);
  if (lookingAt(figure).view.zoom > 1) look(figure, WHOLE);
  else zoom(figure, STEP * STEP, within(figure, event));
}
