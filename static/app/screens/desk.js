/**
 * What the two pages at the desk share: the map with its tools and its state, and the panel.
 *
 * @import { TemplateResult } from "lit-html"
 * @import { Api, Reply } from "../api.js"
 * @import { MapState, OpenMap, Tapped } from "../map/map.js"
 */

import { html, nothing, render } from "lit-html";
import { OFFICE, openMap } from "../map/map.js";
import { paletteOf } from "../map/palette.js";
import { boundsOf } from "../metres.js";
import { spoken, t } from "../words.js";
import { icon, notice, signedOut } from "./parts.js";

/**
 * @param {{ page: HTMLElement, findings: string, foot?: number,
 *   onTap: (taps: Tapped[], at: [number, number]) => void, legend: () => TemplateResult }} options
 *   `foot`: pixels at the map's lower edge that something lies over
 */
export function openDesk({ page, findings, foot = 0, onTap, legend }) {
  const frame = /** @type {HTMLElement} */ (page.querySelector(".desk-map"));
  const panel = /** @type {HTMLElement} */ (page.querySelector(".desk-panel"));
  const canvas = /** @type {HTMLElement} */ (frame.querySelector(".map"));
  const over = /** @type {HTMLElement} */ (frame.querySelector(".map-over"));
  const wide = matchMedia("(min-width: 64rem)");

  /** @type {[number, number, number, number]} */
  let whole = OFFICE;
  /** @type {MapState} */
  let state = { loading: true, troubles: {} };
  const map = opened();

  /** @returns {OpenMap | null} null where the device can't draw a map */
  function opened() {
    try {
      return openMap({
        container: canvas,
        palette: palette(),
        language: spoken(),
        findings,
        onTap,
        onState: (now) => {
          state = now;
          show();
        },
      });
    } catch {
      return null;
    }
  }

  function show() {
    render(
      html`
        ${map && state.loading ? html`<div class="map-loading" aria-hidden="true"></div>` : nothing}
        <div class="map-state" role="status">${saying()}</div>
        ${
          map
            ? html`<div class="map-tools">
                ${tool("plus", t("desk.zoomIn"), () => map.zoomBy(1))}
                ${tool("minus", t("desk.zoomOut"), () => map.zoomBy(-1))}
                ${tool("layers", t("desk.whole"), () => map.fit(whole))}
              </div>`
            : nothing
        }
        ${legend()}
      `,
      over,
    );
  }

  function saying() {
    if (!map) return notice("warn", t("desk.noMap"), t("desk.noMapSays"));
    const troubles = new Set(Object.values(state.troubles));
    if (troubles.has("signed_out")) return trouble({ outcome: "signed_out" }, map.retry);
    if (troubles.size) return trouble(null, map.retry);
    return nothing;
  }

  // At once: an animation here would be cut short by the one that shows the places.
  const room = () =>
    map?.map.setPadding({
      top: 0,
      right: 0,
      bottom: foot,
      left: wide.matches ? panel.offsetWidth + 12 : 0,
    });
  wide.addEventListener("change", room);
  new MutationObserver(() => {
    map?.setPalette(palette());
    show();
  }).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  room();
  show();

  return {
    map,
    panel,
    show,
    /**
     * Names the places and shows all of them, unless one is shown already.
     * @param {any[]} communities @param {any[]} estates @param {boolean} [fit]
     */
    setPlaces(communities, estates, fit = true) {
      if (!map) return;
      map.setNames(communities, estates);
      const coordinates = communities.flatMap(({ geometry }) => geometry?.coordinates ?? []);
      if (coordinates.length) whole = boundsOf({ type: "MultiPolygon", coordinates });
      // At once: what is on its way of another ground is not asked for in vain.
      if (fit) map.fit(whole, 17.5, 0);
    },
  };
}

/** @typedef {ReturnType<typeof openDesk>} OpenDesk */

/**
 * Why something could not be had, and what to do.
 * @param {Reply | null} reply null: some part of the map
 * @param {() => void} again
 */
export function trouble(reply, again) {
  if (reply?.outcome === "signed_out") return signedOut(again);
  const button = html`<button class="button" type="button" @click=${again}>${t("desk.again")}</button>`;
  if (reply?.outcome !== "refused")
    return notice(
      "warn",
      t("desk.unreachable"),
      html`<p>${t("desk.unreachableSays")}</p>${button}`,
    );
  // Who has no right to it, or asks for what isn't there, gets the same answer again.
  if (reply.status === 403) return notice("bad", t("desk.notYours"), reply.message);
  if (reply.status === 404) return notice("bad", t("desk.refused"), reply.message);
  return notice("bad", t("desk.refused"), html`<p>${reply.message}</p>${button}`);
}

/**
 * Why something that was sent was not done, and what to do. Sent again it has the same id.
 * @param {Reply} reply
 * @param {() => void} again
 */
export function unsent(reply, again) {
  if (reply.outcome === "signed_out") return signedOut(again);
  if (reply.outcome === "refused") return notice("bad", t("desk.notDone"), reply.message);
  return notice(
    "warn",
    t("desk.unsent"),
    html`<p>${t("desk.unsentSays")}</p>
      <button class="button" type="button" @click=${again}>${t("desk.again")}</button>`,
  );
}

/** @param {"plus" | "minus" | "layers"} name @param {string} says @param {() => void} onClick */
const tool = (name, says, onClick) => html`
  <button class="button icon" type="button" title=${says} aria-label=${says} @click=${onClick}>
    ${icon(name)}
  </button>`;

function palette() {
  const style = getComputedStyle(document.documentElement);
  return paletteOf((token) => style.getPropertyValue(token));
}
