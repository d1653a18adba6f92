/**
 * What coverage and selection show on the map, beside what is drawn.
 *
 * @import { OpenMap } from "../../map/map.js"
 */

import { paletteOf } from "../../map/palette.js";
import { SOURCES, weighLayers } from "../../map/weigh.js";

/** @param {OpenMap} opened @param {(palette: ReturnType<typeof paletteOf>) => import("maplibre-gl").LayerSpecification[]} [layers] @param {string[]} [sources] */
export function openScene({ map, kept }, layers = weighLayers, sources = SOURCES) {
  const palette = () => {
    const style = getComputedStyle(document.documentElement);
    return paletteOf((token) => style.getPropertyValue(token));
  };

  kept.there().then(() => {
    for (const name of sources) kept.add(name);
    for (const layer of layers(palette())) map.addLayer(layer);
  });
  const themes = new MutationObserver(async () => {
    await kept.there();
    for (const { id, paint } of layers(palette()))
      for (const [name, value] of Object.entries(paint ?? {}))
        map.setPaintProperty(id, /** @type {any} */ (name), value);
  });
  themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });

  return {
    /** @param {string} source @param {GeoJSON.Feature[]} features */
    put: (source, features) => kept.put(source, collection(features)),

    close: () => themes.disconnect(),
  };
}

/** @typedef {ReturnType<typeof openScene>} Scene */

/** @param {GeoJSON.Feature[]} features @returns {GeoJSON.FeatureCollection} */
const collection = (features) => ({ type: "FeatureCollection", features });
