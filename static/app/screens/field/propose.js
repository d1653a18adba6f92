/**
 * What is missing in the register, added from the field: drawn under the cross, named, saved, and
 * usable at once.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 * @import { PlaceId } from "../../types.d.ts"
 * @import { ProposalLayer } from "../../proposals.js"
 *
 * @typedef {{ layer: ProposalLayer, corners: number[][], done: boolean, name: string, code: string,
 *   note: string, mends: string | null }} Sketch
 */

import { html, nothing } from "lit-html";
import { drawn, LEAST, PROPOSABLE, proposalBody } from "../../proposals.js";
import { uuid7 } from "../../uuid.js";
import { isoWithOffset } from "../../when.js";
import { t } from "../../words.js";
import { icon, notice } from "../parts.js";

/** @param {ProposalLayer} layer @returns {Sketch} */
const blank = (layer) => ({
  layer,
  corners: [],
  done: false,
  name: "",
  code: "",
  note: "",
  mends: null,
});

/** What came back, to be put right. @param {any} content @param {string} mends @returns {Sketch} */
export function sketchOf({ layer, geometry, name = "", code = "", note = "" }, mends) {
  const corners =
    geometry.type === "Point"
      ? [geometry.coordinates]
      : geometry.type === "LineString"
        ? geometry.coordinates
        : geometry.coordinates[0].slice(0, -1);
  return { layer, corners, done: true, name, code, note, mends };
}

/**
 * @param {App} app
 * @param {{ estate: PlaceId | null, layer: ProposalLayer | null }} route
 * @returns {Screen}
 */
export function proposeScreen(app, { estate, layer }) {
  if (!layer) return choosing(app, estate);
  if (app.sketch?.layer !== layer) app.sketch = blank(layer);
  return app.sketch.done ? naming(app, estate, app.sketch) : drawing(app, estate, app.sketch);
}

/** @param {PlaceId | null} estate */
const backTo = (estate) => (estate === null ? "#/" : `#/estate/${estate}`);

/** @param {App} app @param {PlaceId | null} estate @returns {Screen} */
function choosing(app, estate) {
  const layers = /** @type {ProposalLayer[]} */ (Object.keys(PROPOSABLE)).filter(
    (layer) => (layer === "estates") === (estate === null),
  );
  return {
    title: t("propose.title"),
    head: html`<a class="button icon quiet" href=${backTo(estate)} aria-label=${t("back")}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${t("propose.what")}</h1>
        <p class="soft small">${app.known.estate(estate ?? "")?.properties.name ?? ""}</p></div>`,
    body: html`<p class="soft small count">${t("propose.why")}</p>
      <ul class="kinds">${layers.map(
        (layer) =>
          html`<li><a class="kind" href="#/propose/${estate ?? "new"}/${layer}"><b class="grow">${t(`propose.${layer}`)}</b>${icon("next")}</a></li>`,
      )}</ul>`,
    map: estate === null ? {} : { estate },
  };
}

/** The map is moved under a cross, as a position is set. @param {App} app @param {PlaceId | null} estate @param {Sketch} sketch @returns {Screen} */
function drawing(app, estate, sketch) {
  const { shape } = PROPOSABLE[sketch.layer];
  const { corners } = sketch;
  const enough = corners.length >= LEAST[shape];
  /** @param {Partial<Sketch>} change */
  const become = (change) => {
    app.sketch = { ...sketch, ...change };
    app.show();
  };
  const centre = () => app.map().centre().map(rounded);
  const here = async () => {
    const located = await app.receiver.ask();
    if (located.outcome === "fix") {
      app.located = located;
      app.map().goTo(located.position.point, 18.5);
    } else app.toasts.show(t(`locate.${located.outcome}`));
  };
  const help = { Point: "propose.point", LineString: "propose.line", Polygon: "propose.area" };
  return {
    title: t(`propose.${sketch.layer}`),
    height: "low",
    mode: "drawing",
    head: html`<a class="button icon quiet" href=${backTo(estate)} aria-label=${t("back")}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${t(`propose.${sketch.layer}`)}</h1>
        <p class="soft small">${t(/** @type {"propose.point"} */ (help[shape]))}${corners.length ? ` ${t("propose.points", { n: corners.length })}` : nothing}</p></div>
      <button class="button icon quiet" type="button" aria-label=${t("propose.here")} title=${t("propose.here")} @click=${here}>${icon("locate")}</button>`,
    body:
      shape === "Point"
        ? html`<div class="acts">
          <button class="button primary big grow" type="button" @click=${() => become({ corners: [centre()], done: true })}>${t("position.here")}</button></div>`
        : html`<div class="acts drawing">
          <button class="button big" type="button" ?disabled=${!corners.length} aria-label=${t("undo")} @click=${() => become({ corners: corners.slice(0, -1) })}>${icon("undo")}</button>
          <button class="button ${enough ? "" : "primary"} big grow" type="button" @click=${() => become({ corners: [...corners, centre()] })}>${icon("plus")}${t("propose.add")}</button>
          <button class="button ${enough ? "primary" : ""} big grow" type="button" ?disabled=${!enough} @click=${() => become({ done: true })}>${t("propose.drawn")}</button></div>`,
    map: { ...(estate === null ? {} : { estate }), aim: true, sketch: sketched(shape, corners) },
    onTap(taps, at) {
      app.map().goTo(taps[0]?.at ?? at, 0);
      return true;
    },
  };
}

/** What is drawn so far. @param {"Point" | "LineString" | "Polygon"} shape @param {number[][]} corners @returns {GeoJSON.Geometry[]} */
function sketched(shape, corners) {
  const whole = drawn(shape, corners);
  const line = !whole && corners.length > 1 ? drawn("LineString", corners) : null;
  return [whole, line, ...corners.map((at) => drawn("Point", [at]))].flatMap((each) =>
    each ? [each] : [],
  );
}

/** @param {App} app @param {PlaceId | null} estate @param {Sketch} sketch @returns {Screen} */
function naming(app, estate, sketch) {
  const { shape } = PROPOSABLE[sketch.layer];
  /** @param {"name" | "code" | "note"} name */
  const field = (name, most = 80, wanted = false) => html`<div class="field">
    <label for="propose-${name}">${t(`propose.${name}`)}</label>
    <input class="input" id="propose-${name}" maxlength=${most} ?required=${wanted} autocomplete="off" .value=${sketch[name]}
      @input=${(/** @type {any} */ event) => {
        app.sketch = { ...sketch, [name]: event.target.value };
        app.show();
      }}></div>`;
  const ready = sketch.layer !== "estates" || sketch.name.trim();
  return {
    title: t(`propose.${sketch.layer}`),
    mode: "naming",
    head: html`<a class="button icon quiet" href=${backTo(estate)} aria-label=${t("back")}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${t(`propose.${sketch.layer}`)}</h1>
        <p class="soft small">${app.known.estate(estate ?? "")?.properties.name ?? ""}</p></div>`,
    body: html`<div class="group">
      ${field("name", 80, sketch.layer === "estates")}
      ${sketch.layer === "estates" ? nothing : field("code", 40)}
      ${field("note", 300)}
      ${app.local.failed ? notice("bad", t(app.local.failed)) : nothing}</div>`,
    foot: html`<div class="acts">
      <button class="button big" type="button" @click=${() => {
        app.sketch = { ...sketch, corners: [], done: false };
        app.show();
      }}>${t("propose.redraw")}</button>
      <button class="button primary big grow" type="button" ?disabled=${!ready || app.local.saving} @click=${() => save(app, estate, sketch)}>${t("propose.save")}</button></div>`,
    map: {
      ...(estate === null ? {} : { estate }),
      sketch: sketched(shape, sketch.corners),
    },
    onTap: () => true,
  };
}

/** @param {App} app @param {PlaceId | null} estate @param {Sketch} sketch */
async function save(app, estate, sketch) {
  const { local } = app;
  const geometry = drawn(PROPOSABLE[sketch.layer].shape, sketch.corners);
  if (!geometry) return;
  local.saving = true;
  app.show();
  const id = uuid7();
  const recordedAt = isoWithOffset(new Date());
  try {
    await app.store.journal.add({
      id,
      type: "proposal",
      content: proposalBody({ id, estate, recordedAt, geometry, ...sketch }),
      estate,
      kind: sketch.layer,
      recordedAt,
      ...(sketch.mends ? { mends: sketch.mends } : {}),
    });
  } catch (failure) {
    local.saving = false;
    local.failed = `store.${/** @type {any} */ (failure).code ?? "failed"}`;
    app.show();
    return;
  }
  app.sketch = null;
  app.recorded();
  app.toasts.show(t("propose.saved"));
  app.go({
    at: "estate",
    estate: sketch.layer === "estates" ? id : /** @type {PlaceId} */ (estate),
  });
}

/** @param {number} degrees */
const rounded = (degrees) => Math.round(degrees * 1e7) / 1e7;
