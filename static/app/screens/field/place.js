/**
 * Where there is no signal: the building, the floor, the part of the estate, said by hand. A
 * point that was set by hand never has an accuracy.
 *
 * @import { App } from "./app.js"
 * @import { Draft } from "../../store/drafts.js"
 * @import { Screen } from "./screens.js"
 * @import { PlaceId, Position } from "../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import { floorsOf } from "../../label.js";
import { innerPoint } from "../../metres.js";
import { format } from "../../routes.js";
import { ago } from "../../when.js";
import { t } from "../../words.js";
import { icon } from "../parts.js";
import { opened } from "./checklist.js";
import { placingScreen } from "./position.js";

const ZONE_LENGTH = 60;

/** @param {App} app @param {{ estate: PlaceId, kind: string }} route @returns {Screen} */
export function placeScreen(app, route) {
  const { draft, estate, kind } = opened(app, route);
  if (app.local.placing) return placingScreen(app, draft);
  const review = format({ at: "review", estate: route.estate, kind: route.kind });
  return {
    title: t("place.title"),
    height: "full",
    head: html`
      <a class="button icon quiet" href=${review} aria-label=${t("back")}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${t("place.title")}</h1>
        <p class="soft small">${estate?.properties.name}</p></div>`,
    body: html`
      <p class="soft">${t("place.why")}</p>
      ${buildings(app, draft)}
      ${floors(app, draft)}
      <section class="group field"><h2><label for="zone">${t("place.zone")}</label></h2>
        <input class="input" id="zone" maxlength=${ZONE_LENGTH} .value=${draft.zone ?? ""}
          @change=${(/** @type {any} */ { target }) => keep(app, draft, { zone: target.value })}>
        <p class="help">${t("place.zone.help")}</p></section>
      <section class="group"><h2>${t("position.title")}</h2><div class="acts">
        <a class="button big grow" href=${format({ at: "scan", estate: route.estate, kind: route.kind })}>${icon("scan")}${t("place.scan")}</a>
        <button class="button big grow" type="button" @click=${() => point(app)}>${icon("pin")}${t("place.on_plan")}</button>
        ${lastFix(app, draft)}
      </div></section>`,
    foot: html`<div class="acts"><a class="button primary big grow" href=${review}>${t("place.done")}</a></div>`,
    map: {
      estate: route.estate,
      asset: draft.asset,
      assetType: kind.asset,
      position: draft.position,
    },
    onTap(taps) {
      const [first] = taps;
      if (first) keep(app, draft, { position: byHand(app, first.at) });
      return true;
    },
  };
}

/** @param {App} app @param {Draft} draft */
function buildings(app, draft) {
  const list = [...app.register.buildingsOf(draft.estate)].sort((a, b) =>
    nameOf(a).localeCompare(nameOf(b), "zh-CN", { numeric: true }),
  );
  return html`<section class="group"><h2 id="building">${t("place.building")}</h2>${
    list.length
      ? html`<div class="chips" role="group" aria-labelledby="building">${list.map((building) =>
          chip(nameOf(building), draft.building === building.id, () =>
            keep(app, draft, chosen(app, draft, building)),
          ),
        )}</div>`
      : html`<p class="soft">${t("place.no_buildings")}</p>`
  }</section>`;
}

/** @param {App} app @param {Draft} draft */
function floors(app, draft) {
  const building = app.register.buildingsOf(draft.estate).find(({ id }) => id === draft.building);
  const above = Number(building?.properties.floors ?? 0);
  return html`<section class="group"><h2 id="floor">${t("place.floor")}</h2>
    <div class="chips" role="group" aria-labelledby="floor">${floorsOf(above).map((floor) =>
      chip(floor, draft.floor === floor, () =>
        keep(app, draft, { floor: draft.floor === floor ? "" : floor }),
      ),
    )}</div></section>`;
}

/** @param {string} label @param {boolean} chosen @param {() => void} act */
const chip = (label, chosen, act) =>
  html`<button class="button big chip" type="button" aria-pressed=${chosen} @click=${act}>${label}</button>`;

/** The last good position, with its age: worth more than none. @param {App} app @param {Draft} draft */
function lastFix(app, draft) {
  const last = app.receiver.last();
  if (!last?.at) return nothing;
  return html`<button class="button big grow" type="button" aria-pressed=${draft.position?.source === "last_fix"}
    @click=${() => keep(app, draft, { position: { ...last, source: "last_fix" } })}>${icon("history")}${t(
      "place.last",
      { ago: ago(last.at), m: t("metres.m", { n: Math.round(last.accuracyM ?? 0) }) },
    )}</button>`;
}

/**
 * Tapped again it is taken back. What a receiver or a label gave stays; a point of our own goes
 * to the building.
 *
 * @param {App} app
 * @param {Draft} draft
 * @param {ReturnType<App["register"]["buildingsOf"]>[number]} building
 * @returns {Partial<Draft>}
 */
function chosen(app, draft, building) {
  if (draft.building === building.id) return { building: null };
  const mine = !draft.position || draft.position.source === "manual";
  return {
    building: building.id,
    ...(mine && building.geometry ? { position: byHand(app, innerPoint(building.geometry)) } : {}),
  };
}

/** @param {App} app @param {number[]} at @returns {Position} */
export const byHand = (app, [lon = 0, lat = 0]) => ({
  point: [rounded(lon), rounded(lat)],
  source: "manual",
  accuracyM: null,
  datum: app.receiver.datum(),
});

/** @param {App} app @param {Draft} draft @param {Partial<Draft>} news */
function keep(app, draft, news) {
  app.drafts.keep({ ...draft, ...news });
  app.show();
}

/** @param {App} app */
function point(app) {
  app.local.placing = true;
  app.show();
  app.panel().focus();
}

/** @param {{ properties: { number?: unknown, name?: string } }} building */
export const nameOf = ({ properties }) => String(properties.number || properties.name || "");

/** @param {number} degrees */
const rounded = (degrees) => Math.round(degrees * 1e7) / 1e7;
