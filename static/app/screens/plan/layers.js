/**
 * Which layers the map shows, and the register to take away.
 *
 * @import { Entry } from "../../map/legend.js"
 * @import { Tiled } from "../../map/style.js"
 */

import { html } from "lit-html";
import { LAYERS } from "../../map/legend.js";
import { t } from "../../words.js";

/** @type {Entry[]} */
const LISTED = [
  { layer: "communities", word: "map.communities", swatch: "swatch community" },
  { layer: "estates", word: "map.estates", swatch: "swatch estate" },
  ...LAYERS,
];

/** Layers of the register that can be taken away as files. */
const FILES = LISTED.filter(({ layer }) => layer !== "findings");
const FORMATS = /** @type {const} */ ([
  ["gpkg", "GeoPackage"],
  ["geojson", "GeoJSON"],
  ["xlsx", "XLSX"],
  ["csv", "CSV"],
]);

/** @param {Set<string>} off @param {(layer: Tiled, visible: boolean) => void} turn */
export const layerList = (off, turn) => html`
  <section class="section">
    <h3>${t("plan.layers")}</h3>
    <p>${t("plan.layersSays")}</p>
    <div class="layer-list">
      ${LISTED.map(
        ({ layer, word, swatch }) => html`
          <label class="layer">
            <input
              type="checkbox"
              .checked=${!off.has(layer)}
              @change=${(/** @type {any} */ event) => turn(layer, event.target.checked)}
            />
            <i class=${swatch}></i>
            ${t(word)}
          </label>`,
      )}
    </div>
  </section>`;

export const downloads = () => html`
  <details class="section no-print">
    <summary><b>${t("plan.download")}</b></summary>
    <p class="soft tiny">${t("plan.downloadSays")}</p>
    <div class="downloads">
      ${FILES.map(
        ({ layer, word }) => html`
          <span>${t(word)}</span>
          ${FORMATS.map(
            ([format, name]) =>
              html`<a href="/places/${layer}.${format}" download aria-label=${`${t(word)} ${name}`}>${name}</a>`,
          )}`,
      )}
    </div>
  </details>`;
