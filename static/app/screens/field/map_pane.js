/**
 * The map under the panel: it follows what the panel speaks of.
 *
 * @import { App } from "./app.js"
 * @import { MapWish } from "./screens.js"
 * @import { MapState, OpenMap } from "../../map/map.js"
 * @import { Tiled } from "../../map/style.js"
 * @import { Picked } from "../../types.d.ts"
 */

import { html, nothing, render } from "lit-html";
import { LAYER_OF } from "../../map/assets.js";
import { openMap } from "../../map/map.js";
import { paletteOf } from "../../map/palette.js";
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
      onTap: (taps) => app.tapped(taps),
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
  function follow({ estate: id, asset: assetId, assetType, position, also, finding }) {
    if (!map) return;
    map.setMe(position ?? null);
    const estate = id === undefined ? undefined : app.register.estate(id);
    const asset = app.register.assetsOf(id ?? 0)?.find((each) => each.id === assetId);
    const now = `${id}/${asset?.id}/${also}/${app.standing}`;
    pick(
      finding
        ? { layer: "findings", id: finding }
        : asset?.geometry && assetType
          ? {
              layer: LAYER_OF[/** @type {"lane"} */ (assetType)],
              id: asset.id,
              ...(asset.geometry.type === "Point" ? { point: innerPoint(asset.geometry) } : {}),
            }
          : estate
            ? { layer: "estates", id: estate.id }
            : null,
    );
    if (now === shown) return;
    shown = now;
    const shape = asset?.geometry ?? estate?.geometry;
    if (shape) map.fit(joined([shape, ...(also ? [pointOf(also)] : [])]), asset ? 18.5 : 17.5);
  }

  draw();
  return {
    /** @param {MapWish} wanted */
    show(wanted) {
      wish = wanted;
      draw();
      follow(wanted);
    },
    placesChanged() {
      const communities = app.register.communities();
      map?.setNames(communities, app.register.estates());
      const shapes = communities.flatMap(({ geometry }) => (geometry ? [geometry] : []));
      if (shapes.length && app.route.at === "find") map?.fit(joined(shapes));
    },
    languageChanged() {
      map?.setLanguage(spoken());
      draw();
    },
    /** Something was recorded: the signs are asked for anew. */
    changed: () => map?.refresh("findings"),
    /** @param {number[]} point @param {number} [zoom] */
    goTo: (point, zoom) => map?.goTo(point, zoom),
    /** Both in one view. @param {number[]} point @param {GeoJSON.Geometry | null} shape */
    showBoth: (point, shape) =>
      map?.fit(joined(shape ? [pointOf(point), shape] : [pointOf(point)])),
    /** Nearer, where many lie together. @param {number[]} point */
    zoomTo: (point) => map?.goTo(point, 15.5),
    /** @returns {[number, number]} */
    centre: () => map?.centre() ?? [0, 0],
  };
}

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
