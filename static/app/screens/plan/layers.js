/**
 * Which layers the map shows, and the register to take away.
 *
 * @import { Tiled } from "../../map/style.js"
 */

import { html, svg } from "lit-html";
import { t } from "../../words.js";

/** In the order of the list: what stands, then what was found. */
const LISTED = /** @type {const} */ ([
  "communities",
  "estates",
  "buildings",
  "roads",
  "lanes",
  "lights",
  "charging_sites",
  "hydrants",
  "operation_areas",
  "vacant_spaces",
  "findings",
]);

/** Layers of the register that can be taken away as files. */
const FILES = LISTED.filter((layer) => layer !== "findings");
const FORMATS = /** @type {const} */ ([
  ["gpkg", "GeoPackage"],
  ["geojson", "GeoJSON"],
  ["xlsx", "XLSX"],
  ["csv", "CSV"],
]);

const AREA = svg`<rect x="2" y="4" width="16" height="12" rx="1" stroke-width="1.5"></rect>`;
const LINE = svg`<path d="M2 15 8 6l4 6 6-8" fill="none" stroke-width="3"></path>`;
const SHAPES = /** @type {Record<(typeof LISTED)[number], any>} */ ({
  communities: AREA,
  estates: AREA,
  buildings: AREA,
  roads: LINE,
  lanes: LINE,
  lights: svg`<circle cx="10" cy="10" r="6"></circle>`,
  charging_sites: svg`<rect x="4" y="4" width="12" height="12"></rect>`,
  hydrants: svg`<path d="M8 3h4v5h5v4h-5v5H8v-5H3V8h5z"></path>`,
  operation_areas: AREA,
  vacant_spaces: AREA,
  findings: svg`<path d="M10 3 18 17H2z"></path>`,
});

/** @param {Set<string>} off @param {(layer: Tiled, visible: boolean) => void} turn */
export const layerList = (off, turn) => html`
  <section class="section">
    <h3>${t("plan.layers")}</h3>
    <p>${t("plan.layersSays")}</p>
    <div class="layer-list">
      ${LISTED.map(
        (layer) => html`
          <label class="layer">
            <input
              type="checkbox"
              .checked=${!off.has(layer)}
              @change=${(/** @type {any} */ event) => turn(layer, event.target.checked)}
            />
            <svg class="swatch" viewBox="0 0 20 20" aria-hidden="true">
              <g class=${layer}>${SHAPES[layer]}</g>
            </svg>
            ${t(`layer.${layer}`)}
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
        (layer) => html`
          <span>${t(`layer.${layer}`)}</span>
          ${FORMATS.map(
            ([format, name]) =>
              html`<a href="/places/${layer}.${format}" download aria-label=${`${t(`layer.${layer}`)} ${name}`}>${name}</a>`,
          )}`,
      )}
    </div>
  </details>`;
