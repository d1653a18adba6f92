/**
 * The register on the map, layer by layer, and what is known of each thing.
 *
 * @import { Api, Reply } from "../../api.js"
 * @import { Place } from "../../drawing/address.js"
 * @import { Tapped } from "../../map/map.js"
 * @import { Tiled } from "../../map/style.js"
 * @import { OpenDesk } from "../desk.js"
 */

import { html, nothing } from "lit-html";
import { TILED } from "../../map/style.js";
import { boundsOf, innerPoint } from "../../metres.js";
import { matching } from "../../search.js";
import { openTurns } from "../../turns.js";
import { t } from "../../words.js";
import { waiting } from "../parts.js";
import { card } from "./card.js";
import { downloads, layerList } from "./layers.js";

const OFFERED = 8;
/** Where the API keeps what a layer of the tiles draws. */
const KEPT_AT = /** @type {Record<string, string>} */ ({
  estates: "estates",
  communities: "communities",
  lanes: "assets",
  lights: "assets",
  charging_sites: "assets",
  hydrants: "assets",
  operation_areas: "assets",
  vacant_spaces: "assets",
});

/**
 * @param {{ api: Api, desk: OpenDesk, place: () => Place, go: (change: Partial<Place>) => void,
 *   show: () => void, fail: (reply: Reply | null) => void }} world
 */
export function openRegister({ api, desk, place, go, show, fail }) {
  /** @type {any[]} */
  let estates = [];
  let query = "";
  let mayKeep = false;
  let ready = false;
  /** @type {{ layer: string, row: any } | "loading" | "gone" | null} */
  let chosen = null;
  const off = () => new Set(place().off);

  for (const layer of TILED) if (off().has(layer)) desk.map?.show(layer, false);

  /** What is tapped takes the place of what was tapped before. */
  const next = openTurns();

  /** @param {Tapped[]} taps */
  function tapped(taps) {
    const [first] = taps.filter(({ layer }) => !off().has(layer));
    if (!first) return;
    if (first.layer === "findings" && first.properties.n) desk.map?.goTo(first.at, 16);
    else if (first.layer === "findings") find(first);
    else choose(first.layer, first.id);
  }

  /** A finding's sign bears its number; the list is asked for it. @param {Tapped} tap */
  async function find({ id }) {
    const isLast = next();
    chosen = "loading";
    show();
    const reply = await api.ask("GET", `/api/v1/findings/?number=${id}`);
    if (isLast())
      settle("findings", id, reply, reply.outcome === "received" ? reply.body.features[0] : null);
  }

  /** @param {string} layer @param {number} id */
  async function choose(layer, id) {
    const isLast = next();
    chosen = "loading";
    show();
    const reply = await api.ask("GET", `/api/v1/${KEPT_AT[layer]}/${id}/`);
    if (isLast()) settle(layer, id, reply, reply.outcome === "received" ? reply.body : null);
  }

  /** @param {string} layer @param {number} id @param {Reply} reply @param {any} row */
  function settle(layer, id, reply, row) {
    const failed = reply.outcome === "received" || reply.outcome === "refused" ? null : reply;
    fail(failed);
    chosen = row ? { layer, row } : failed ? null : "gone";
    const point = row?.geometry ? innerPointOf(row.geometry) : null;
    desk.map?.pick(row ? { layer, id, ...(layer !== "estates" && point ? { point } : {}) } : null);
    show();
    if (row) desk.panel.querySelector(".feature-card")?.scrollIntoView({ block: "nearest" });
  }

  /** @param {any} estate */
  function goToEstate(estate) {
    if (estate.geometry) desk.map?.fit(boundsOf(estate.geometry));
    query = "";
    choose("estates", estate.id);
  }

  /** @param {Tiled} layer @param {boolean} visible */
  function turn(layer, visible) {
    const away = off();
    if (visible) away.delete(layer);
    else away.add(layer);
    desk.map?.show(layer, visible);
    go({ off: [...away] });
  }

  function close() {
    next();
    chosen = null;
    desk.map?.pick(null);
    show();
  }

  function finder() {
    if (!ready) return waiting(2);
    const found = query.trim() ? matching(estates, query) : [];
    return html`
      <div class="field" role="search">
        <label for="find-estate">${t("plan.find")}</label>
        <input
          class="input"
          id="find-estate"
          type="search"
          autocomplete="off"
          placeholder=${t("plan.findSays")}
          .value=${query}
          @input=${(/** @type {any} */ event) => {
            query = event.target.value;
            show();
          }}
          @keydown=${(/** @type {KeyboardEvent} */ event) => {
            if (event.key === "Enter" && found[0]) goToEstate(found[0]);
          }}
        />
        ${
          query.trim()
            ? html`<ul class="list found-list">
                ${found.slice(0, OFFERED).map(
                  (estate) => html`<li>
                    <button class="entry" type="button" @click=${() => goToEstate(estate)}>
                      <span>${estate.properties.name}</span>
                      <span class="soft small">${estate.properties.community_name}</span>
                    </button>
                  </li>`,
                )}
                ${found.length ? nothing : html`<li class="soft small">${t("plan.noMatch")}</li>`}
                ${found.length > OFFERED ? html`<li class="soft small">${t("plan.more", { n: found.length - OFFERED })}</li>` : nothing}
              </ul>`
            : nothing
        }
      </div>`;
  }

  return {
    tapped,
    close,

    /** @param {any[]} places @param {boolean} keeps */
    start(places, keeps) {
      estates = places;
      mayKeep = keeps;
      ready = true;
    },

    template: () => html`
      ${finder()}
      <div aria-live="polite">
        ${chosen ? card(chosen, { mayKeep, close }) : html`<p class="soft small">${t("plan.tap")}</p>`}
      </div>
      ${layerList(off(), turn)} ${downloads()}
    `,
  };
}

/** @param {GeoJSON.Geometry} geometry */
function innerPointOf(geometry) {
  if (geometry.type === "Point") return geometry.coordinates;
  if (geometry.type === "Polygon" || geometry.type === "MultiPolygon") return innerPoint(geometry);
  return null;
}
