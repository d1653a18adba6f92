/**
 * The photo from before, laid over the camera's picture: shared by the inspector's tablet and the
 * company's phone.
 *
 *     const ghost = openGhost({ onChange: show });
 *     ghost.put(url);                          // null: there is none
 *     html`${ghostToggle(ghost)}               // in the head
 *       <div class="finder"><video …></video>${ghostOver(ghost, video)}</div>
 *       ${ghostStrength(ghost)}`               // under it
 *
 * The page draws anew when the video's size becomes known or changes (`loadedmetadata`, `resize`).
 * Its looks are in ghost.css; the video is shown whole (`object-fit: contain`).
 *
 * @typedef {import("../ghost.js").Size} Size
 */

import { html, nothing, svg } from "lit-html";
import { holdIt, laidOver } from "../ghost.js";
import { t } from "../words.js";
import { icon } from "./parts.js";

/** @param {{ onChange: () => void, on?: boolean }} world `on`: shown from the beginning */
export function openGhost({ onChange, on = false }) {
  const ghost = {
    /** @type {string | null} */
    url: null,
    /** @type {Size} */
    size: { width: 0, height: 0 },
    on,
    /** Tenths. */
    strength: 5,

    /** @param {string | null} url an object's address is given back when another one comes */
    async put(url) {
      if (url === ghost.url) return;
      giveBack(ghost.url);
      ghost.url = url;
      ghost.size = { width: 0, height: 0 };
      onChange();
      if (!url) return;
      const picture = new Image();
      picture.src = url;
      try {
        await picture.decode();
      } catch {
        // What can't be drawn here is as good as none.
        if (ghost.url === url) ghost.url = null;
        giveBack(url);
      }
      if (ghost.url === url)
        ghost.size = { width: picture.naturalWidth, height: picture.naturalHeight };
      onChange();
    },

    toggle() {
      ghost.on = !ghost.on;
      onChange();
    },

    /** @param {number} strength tenths */
    setStrength(strength) {
      ghost.strength = strength;
      onChange();
    },

    end() {
      giveBack(ghost.url);
      ghost.url = null;
    },
  };
  return ghost;
}

/** @typedef {ReturnType<typeof openGhost>} Ghost */

/** @param {string | null} url */
function giveBack(url) {
  if (url?.startsWith("blob:")) URL.revokeObjectURL(url);
}

/**
 * Over the video, in the same box.
 *
 * @param {Ghost} ghost
 * @param {HTMLVideoElement | null} video
 */
export function ghostOver(ghost, video) {
  const frame = { width: video?.videoWidth ?? 0, height: video?.videoHeight ?? 0 };
  const laid = ghost.on && ghost.url ? laidOver(frame, ghost.size) : null;
  if (!laid) return nothing;
  const hold = holdIt(frame, ghost.size);
  return html`
    <svg class="ghost" viewBox="0 0 ${frame.width} ${frame.height}" role="img" aria-label=${t("camera.ghost.before")}>
      ${svg`<image href=${ghost.url} x=${laid.x} y=${laid.y} width=${laid.width} height=${laid.height}
        preserveAspectRatio="none" opacity=${ghost.strength / 10}></image>`}</svg>
    ${hold ? html`<p class="ghost-hold" role="status">${t(`camera.ghost.${hold}`)}</p>` : nothing}`;
}

/** @param {Ghost} ghost */
export const ghostToggle = (ghost) =>
  ghost.url
    ? html`<button class="button icon" type="button" aria-pressed=${ghost.on} aria-label=${t("camera.ghost")}
        title=${t("camera.ghost")} @click=${ghost.toggle}>${icon("layers")}</button>`
    : nothing;

/** @param {Ghost} ghost */
export const ghostStrength = (ghost) =>
  ghost.on && ghost.url
    ? html`<label class="strength"><span class="spoken">${t("camera.ghost.strength")}</span>
        <input type="range" min="1" max="9" step="1" .value=${String(ghost.strength)}
          @input=${(/** @type {any} */ { target }) => ghost.setStrength(Number(target.value))}></label>`
    : nothing;
