/**
 * The map under the panel: it follows what the panel speaks of.
 *
 * @import { App } from "./app.js"
 * @import { MapWish } from "./screens.js"
 * @import { MapState, OpenMap } from "../../map/map.js"
 * @import { Tiled } from "../../map/style.js"
 * @import { Found } from "../../map/cells.js"
 * @import { Asset, Estate, Picked } from "../../types.d.ts"
 */

import { html, nothing, render } from "lit-html";
import { LAYER_OF } from "../../map/assets.js";
import { cellsOf } from "../../map/cells.js";
import { dayOf } from "../../map/day.js";
import { openMap } from "../../map/map.js";
import { paletteOf } from "../../map/palette.js";
import { numberOf, rowsOf } from "../../map/rows.js";
import { boundsOf, innerPoint } from "../../metres.js";
import { spoken, t } from "../../words.js";
import { mapControls, mapState } from "../map_controls.js";
import { empty } from "../parts.js";

/** @param {App} app @param {HTMLElement} root */
export function openMapPane(app, root) {
  const ground = element("map", root);
  ground.setAttribute("role", "region");
  const over = element("over-map", root);
  root.prepend(ground, over);

  /** @type {MapState} */
  let state = { loading: true, troubles: {} };
  /** @type {Set<Tiled>} */
  const hidden = new Set();
  /** @type {MapWish} */
  let wish = {};
  let shown = "";
  let picked = "null";
  let locating = false;
  /** @type {Found[]} */
  let found = [];
  /** So many were proposed here. */
  let proposed = 0;

  const palette = () =>
    paletteOf((token) => getComputedStyle(document.documentElement).getPropertyValue(token));
  const map = opened();

  /** @returns {OpenMap | null} null where this device draws no map: the lists serve */
  function opened() {
    if (!document.createElement("canvas").getContext("webgl2")) return null;
    return openMap({
      container: ground,
      palette: palette(),
      language: spoken(),
      stored: true,
      onTap: (taps, at) => app.tapped(taps, at),
      onState: (now) => {
        state = now;
        draw();
      },
    });
  }

  function draw() {
    ground.setAttribute("aria-label", t("map"));
    render(
      map
        ? html`
          ${mapState(state, () => map.retry())}
          ${mapControls({ map, state, hidden, onChange: draw, onLocate: find, locating })}
          ${wish.aim ? html`<div class="aim" aria-hidden="true"></div>` : nothing}`
        : empty({ title: t("map.none"), text: t("map.none.why") }),
      over,
    );
  }

  async function find() {
    locating = true;
    draw();
    const located = await app.receiver.ask();
    locating = false;
    draw();
    if (located.outcome === "fix") {
      map?.setMe(located.position);
      map?.goTo(located.position.point);
    } else app.toasts.show(t(`locate.${located.outcome}`));
  }

  // The themes' colours stand in the style sheet: when the theme changes they are read anew.
  new MutationObserver(() => map?.setPalette(palette())).observe(document.documentElement, {
    attributeFilter: ["data-theme"],
  });
  root.addEventListener("room", room);
  window.addEventListener("resize", room);

  /** Keeps the middle of the map in the middle of what can be seen of it. */
  function room() {
    const covered = app.panel().room();
    root.style.setProperty("--covered", `${covered.bottom}px`);
    root.style.setProperty("--aside", `${covered.left}px`);
    map?.setRoom(covered);
  }

  /** @param {Picked | null} thing */
  function pick(thing) {
    const key = JSON.stringify(thing);
    if (key === picked) return;
    picked = key;
    map?.pick(thing);
  }

  /** @param {MapWish} wanted */
  function follow(wanted) {
    if (!map) return;
    const { estate: id, asset: assetId, position, also, finding, sketch, day } = wanted;
    map.setMe(position ?? null);
    const estate = app.known.estate(id);
    const asset = id === undefined ? undefined : app.known.asset(id, assetId ?? null);
    pick(pickedOf(finding ? findingNumber(finding) : null, asset, estate));
    put("sketch", sketch ?? [], shapes);
    put("day", day ?? null, (told) => dayOf(told?.stops ?? [], told?.way ?? []));
    const now = `${id}/${asset?.id}/${also}`;
    if (now === shown) return;
    shown = now;
    const shape = asset?.geometry ?? estate?.geometry;
    if (shape) map.fit(joined([shape, ...(also ? [pointOf(also)] : [])]), asset ? 18.5 : 17.5);
  }

  /** On this map. @param {string} finding */
  function findingNumber(finding) {
    const told = app.known
      .told()
      .find(({ properties: { inspection, item } }) => `${inspection}/${item}` === finding);
    return told?.properties.number ?? numberOf(finding);
  }

  /**
   * Rows of a layer, handed over only when they are others.
   *
   * @template Told
   * @param {string} source
   * @param {Told} told
   * @param {(told: Told) => GeoJSON.FeatureCollection} made
   */
  function put(source, told, made) {
    const key = JSON.stringify(told);
    if (put.before.get(source) === key) return;
    put.before.set(source, key);
    map?.setRows(source, made(told));
  }
  /** @type {Map<string, string>} */
  put.before = new Map();

  /** Findings by square cells, as large on the screen at every zoom. */
  function cells() {
    const zoom = Math.floor(map?.map.getZoom() ?? 0);
    if (zoom === celled.zoom && found === celled.found) return;
    celled = { zoom, found };
    map?.setRows("cells", cellsOf(found, zoom));
  }
  let celled = { zoom: -1, found };
  map?.map.on("zoom", cells);

  /** All rows, or those that the journal adds to. @param {boolean} all */
  function rows(all) {
    if (!map) return;
    const { known, register } = app;
    const estates = known.estates();
    const made = rowsOf({
      communities: register.communities(),
      estates,
      buildings: all
        ? estates.flatMap(({ id }) => register.buildingsOf(/** @type {number} */ (id)))
        : [],
      assets: register.assets(),
      findings: known.told(),
      own: known.own(),
      proposed: known.proposed(),
      word: t("proposed.proposed"),
    });
    const proposals = known.proposed().length;
    const layers = all || proposals !== proposed ? Object.keys(made) : ["findings"];
    proposed = proposals;
    for (const source of layers)
      if (made[source] && (all || source !== "buildings")) map.setRows(source, made[source]);
    if (all || layers.length > 1) map.setNames(register.communities(), estates);
    found = (made.findings?.features ?? []).map(({ geometry, properties }) => ({
      point: /** @type {GeoJSON.Point} */ (geometry).coordinates,
      severity: properties?.severity,
    }));
    cells();
  }

  draw();
  return {
    /** @param {MapWish} wanted */
    show(wanted) {
      wish = wanted;
      draw();
      follow(wanted);
    },
    /** The pack is another. */
    async placesChanged() {
      rows(true);
      map?.setBase(await app.packs.base());
      const shapes = app.register
        .communities()
        .flatMap(({ geometry }) => (geometry ? [geometry] : []));
      if (shapes.length && app.route.at === "find") map?.fit(joined(shapes));
    },
    /** The journal has more, or less. */
    ownChanged: () => rows(false),
    languageChanged() {
      map?.setLanguage(spoken());
      draw();
    },
    /** @param {number[]} point @param {number} [zoom] */
    goTo: (point, zoom) => map?.goTo(point, zoom),
    /** Both in one view. @param {number[]} point @param {GeoJSON.Geometry | null} shape */
    showBoth: (point, shape) =>
      map?.fit(joined(shape ? [pointOf(point), shape] : [pointOf(point)])),
    /** All of them in one view. @param {number[][]} points */
    fitAll: (points) => {
      if (points.length) map?.fit(joined(points.map(pointOf)));
    },
    /** Nearer, where many lie together. @param {number[]} point */
    zoomTo: (point) => map?.goTo(point, 15.5),
    /** @returns {[number, number]} */
    centre: () => map?.centre() ?? [0, 0],
  };
}

/**
 * What is marked: the smallest thing that is spoken of.
 *
 * @param {number | null} finding
 * @param {Asset | undefined} asset
 * @param {Estate | undefined} estate
 * @returns {Picked | null}
 */
function pickedOf(finding, asset, estate) {
  if (finding !== null) return { layer: "findings", id: finding };
  if (asset?.geometry) {
    const layer = LAYER_OF[/** @type {"lane"} */ (asset.properties.type)];
    const point = asset.geometry.type === "Point" ? { point: innerPoint(asset.geometry) } : {};
    return { layer, id: numberOf(asset.id), ...point };
  }
  return estate ? { layer: "estates", id: numberOf(estate.id) } : null;
}

/** @param {GeoJSON.Geometry[]} drawn @returns {GeoJSON.FeatureCollection} */
const shapes = (drawn) => ({
  type: "FeatureCollection",
  features: drawn.map((geometry) => ({ type: "Feature", properties: {}, geometry })),
});

/** The box around all of them. @param {GeoJSON.Geometry[]} shapes */
const joined = (shapes) =>
  shapes
    .map(boundsOf)
    .reduce((a, b) => [
      Math.min(a[0], b[0]),
      Math.min(a[1], b[1]),
      Math.max(a[2], b[2]),
      Math.max(a[3], b[3]),
    ]);

/** @param {number[]} coordinates @returns {GeoJSON.Point} */
const pointOf = (coordinates) => ({ type: "Point", coordinates });

/** @param {string} name @param {HTMLElement} root */
function element(name, root) {
  const made = document.createElement("div");
  made.className = name;
  root.append(made);
  return made;
}
