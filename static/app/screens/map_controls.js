/**
 * What floats over a map: its buttons, its layers and legend, and how it is doing.
 *
 * @import { Key } from "../words.js"
 * @import { MapState, OpenMap } from "../map/map.js"
 * @import { Tiled } from "../map/style.js"
 * @import { TemplateResult } from "lit-html"
 */

import { html, nothing } from "lit-html";
import { LAYERS, SIGNS } from "../map/legend.js";
import { t } from "../words.js";
import { icon } from "./parts.js";

/**
 * @param {{ map: OpenMap, state: MapState, hidden: Set<Tiled>, onChange: () => void,
 *   onLocate?: () => void, locating?: boolean, more?: TemplateResult }} options `hidden`: layers
 *   put away, changed here; `onChange`: draw anew
 */
export function mapControls({ map, state, hidden, onChange, onLocate, locating, more }) {
  /** @param {Tiled} layer */
  const toggle = (layer) => {
    if (!hidden.delete(layer)) hidden.add(layer);
    map.show(layer, !hidden.has(layer));
    onChange();
  };
  return html`
    <div class="map-buttons">
      <details class="menu">
        <summary class="button icon big" aria-label=${t("map.layers")} title=${t("map.layers")}>${icon("layers")}</summary>
        <div class="sheet-of-menu legend">
          <p class="group">${t("map.layers")}</p>
          ${LAYERS.map(
            ({
              layer,
              word,
              swatch,
            }) => html`<button class="entry" type="button" role="switch" aria-checked=${!hidden.has(layer)}
              @click=${() => toggle(layer)}><i class=${swatch}></i>${t(word)}${
                state.troubles[layer]
                  ? html`<span class="badge s2">${t("layer.failed")}</span>`
                  : nothing
              }</button>`,
          )}
          <p class="group">${t("map.signs")}</p>
          <ul class="signs">${SIGNS.map(({ word, swatch }) => html`<li><i class=${swatch}></i>${t(word)}</li>`)}</ul>
          ${more ?? nothing}
        </div>
      </details>
      <button class="button icon big" type="button" aria-label=${t("map.in")} title=${t("map.in")} @click=${() => map.zoomBy(1)}>${icon("plus")}</button>
      <button class="button icon big" type="button" aria-label=${t("map.out")} title=${t("map.out")} @click=${() => map.zoomBy(-1)}>${icon("minus")}</button>
      ${
        onLocate
          ? html`<button class="button icon big" type="button" aria-label=${t("map.locate")} title=${t("map.locate")} ?disabled=${locating} @click=${onLocate}>${icon("locate")}</button>`
          : nothing
      }
    </div>`;
}

/** One line over the map: loading, or what could not be had. @param {MapState} state @param {() => void} onRetry */
export function mapState({ loading, troubles }, onRetry) {
  const failed = Object.entries(troubles);
  if (!failed.length)
    return html`<div class="map-state" role="status">${loading ? html`<span class="map-loading"><span class="spoken">${t("map.loading")}</span></span>` : nothing}</div>`;
  const signedOut = failed.some(([, trouble]) => trouble === "signed_out");
  const names = failed
    .map(([layer]) => t(/** @type {Key} */ (`map.${layer}`)))
    .join(t("list.comma"));
  return html`<div class="map-state" role="status"><div class="chip">
    <i class="mark s2"></i><span>${signedOut ? t("signed_out.title") : t("map.failed", { layers: names })}</span>
    ${signedOut ? html`<a class="button" href="/sign-in/">${t("signed_out.act")}</a>` : html`<button class="button" type="button" @click=${onRetry}>${t("again")}</button>`}
  </div></div>`;
}
