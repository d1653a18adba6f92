/**
 * What coverage and selection show on the map, beside what is drawn.
 *
 * @import { GeoJSONSource } from "maplibre-gl"
 * @import { OpenMap } from "../../map/map.js"
 */

import { paletteOf } from "../../map/palette.js";
import { SOURCES, weighLayers } from "../../map/weigh.js";

/** @param {OpenMap} opened @param {(palette: ReturnType<typeof paletteOf>) => import("maplibre-gl").LayerSpecification[]} [layers] @param {string[]} [sources] */
export function openScene({ map, ready }, layers = weighLayers, sources = SOURCES) {
  /** What was put before the map was there. @type {Record<string, GeoJSON.FeatureCollection>} */
  const wanted = {};
  let open = false;
  const palette = () => {
    const style = getComputedStyle(document.documentElement);
    return paletteOf((token) => style.getPropertyValue(token));
  };

  ready.then(() => {
    for (const name of sources)
      map.addSource(name, { type: "geojson", data: wanted[name] ?? collection([]) });
    for (const layer of layers(palette())) map.addLayer(layer);
    open = true;
  });
  // What a lost context brings back is as it was before it went.
  const refill = () => {
    for (const name of Object.keys(wanted)) fill(name);
  };
  map.on("webglcontextrestored", () => map.once("idle", refill));
  const themes = new MutationObserver(() => {
    if (!open) return;
    for (const { id, paint } of layers(palette()))
      for (const [name, value] of Object.entries(paint ?? {}))
        map.setPaintProperty(id, /** @type {any} */ (name), value);
  });
  themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });

  /** While the context is lost there is no source. @param {string} name */
  function fill(name) {
    const source = /** @type {GeoJSONSource | undefined} */ (map.getSource(name));
    source?.setData(wanted[name] ?? collection([]));
  }

  return {
    /** @param {string} source @param {GeoJSON.Feature[]} features */
    put(source, features) {
      wanted[source] = collection(features);
      if (open) fill(source);
    },

    close: () => themes.disconnect(),
  };
}

/** @typedef {ReturnType<typeof openScene>} Scene */

/** @param {GeoJSON.Feature[]} features @returns {GeoJSON.FeatureCollection} */
const collection = (features) => ({ type: "FeatureCollection", features });
