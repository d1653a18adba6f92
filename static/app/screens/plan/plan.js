/**
 * The planners' page: the register on the map, layer by layer, and what is known of each thing.
 *
 * @import { Api, Reply } from "../../api.js"
 * @import { Tapped } from "../../map/map.js"
 * @import { Tiled } from "../../map/style.js"
 */

import { html, nothing, render } from "lit-html";
import { STEPS } from "../../map/findings.js";
import { TILED } from "../../map/style.js";
import { boundsOf, innerPoint } from "../../metres.js";
import { matching } from "../../search.js";
import { t } from "../../words.js";
import { openDesk, trouble } from "../desk.js";
import { waiting } from "../parts.js";
import { scale } from "../scale.js";
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

const legend = () =>
  scale(t("plan.open"), t("plan.openUnit"), STEPS, [`${t("heat.nothing")} · ${t("heat.near")}`]);

/** @param {Api} api */
export function openPlan(api) {
  const page = /** @type {HTMLElement} */ (document.getElementById("main"));
  const off = new Set(new URLSearchParams(location.search).getAll("off"));
  /** @type {any[]} */
  let estates = [];
  let query = "";
  let mayKeep = false;
  let ready = false;
  /** @type {Reply | null} */
  let failed = null;
  /** @type {{ layer: string, row: any } | "loading" | "gone" | null} */
  let chosen = null;

  const desk = openDesk({ page, findings: "status=open", onTap: tapped, legend });
  for (const layer of TILED) if (off.has(layer)) desk.map?.show(layer, false);

  /** @param {Tapped[]} taps */
  function tapped(taps) {
    const [first] = taps.filter(({ layer }) => !off.has(layer));
    if (!first) return;
    if (first.layer === "findings" && first.properties.n) desk.map?.goTo(first.at, 16);
    else if (first.layer === "findings") find(first);
    else choose(first.layer, first.id);
  }

  /** A finding's sign bears its number; the list is asked for it. @param {Tapped} tap */
  async function find({ id }) {
    chosen = "loading";
    show();
    const reply = await api.ask("GET", `/api/v1/findings/?number=${id}`);
    settle("findings", id, reply, reply.outcome === "received" ? reply.body.features[0] : null);
  }

  /** @param {string} layer @param {number} id */
  async function choose(layer, id) {
    chosen = "loading";
    show();
    const reply = await api.ask("GET", `/api/v1/${KEPT_AT[layer]}/${id}/`);
    settle(layer, id, reply, reply.outcome === "received" ? reply.body : null);
  }

  /** @param {string} layer @param {number} id @param {Reply} reply @param {any} row */
  function settle(layer, id, reply, row) {
    failed = reply.outcome === "received" || reply.outcome === "refused" ? null : reply;
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
    if (visible) off.delete(layer);
    else off.add(layer);
    const address = new URLSearchParams([...off].map((each) => ["off", each]));
    history.replaceState(null, "", off.size ? `?${address}` : location.pathname);
    desk.map?.show(layer, visible);
    show();
  }

  function close() {
    chosen = null;
    desk.map?.pick(null);
    show();
  }

  async function start() {
    failed = null;
    show();
    const [me, places, towns] = await Promise.all([api.me(), api.estates(), api.communities()]);
    for (const reply of [me, places, towns]) if (reply.outcome !== "received") failed ??= reply;
    if (me.outcome === "received") mayKeep = me.body.may.keep_register;
    if (places.outcome === "received" && towns.outcome === "received") {
      estates = places.body;
      ready = true;
      desk.setPlaces(towns.body, estates);
    }
    show();
  }

  function show() {
    render(
      html`
        <h2>${t("plan.title")}</h2>
        ${failed ? trouble(failed, start) : nothing}
        ${finder()}
        <div aria-live="polite">
          ${chosen ? card(chosen, { mayKeep, close }) : html`<p class="soft small">${t("plan.tap")}</p>`}
        </div>
        ${layerList(off, turn)} ${downloads()}
      `,
      desk.panel,
    );
  }

  function finder() {
    if (!ready) return failed ? nothing : waiting(2);
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

  start();
}

/** @param {GeoJSON.Geometry} geometry */
function innerPointOf(geometry) {
  if (geometry.type === "Point") return geometry.coordinates;
  if (geometry.type === "Polygon" || geometry.type === "MultiPolygon") return innerPoint(geometry);
  return null;
}
