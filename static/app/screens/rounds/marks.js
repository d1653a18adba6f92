/**
 * The chosen estates on the map.
 *
 * @import { OpenMap } from "../../map/map.js"
 */

import { TILED } from "../../map/style.js";

const SHOWN = ["communities", "roads", "estates", "buildings"];

/** @param {OpenMap} map */
export function openMarks(map) {
  /** @type {Set<number>} */
  let marked = new Set();
  for (const layer of TILED) if (!SHOWN.includes(layer)) map.show(layer, false);
  const colour = () =>
    getComputedStyle(document.documentElement).getPropertyValue("--map-picked").trim();
  map.ready.then(() => {
    map.map.addLayer(
      {
        id: "rounds-chosen",
        type: "fill",
        source: "estates",
        "source-layer": "estates",
        paint: {
          "fill-color": colour(),
          "fill-opacity": ["case", ["boolean", ["feature-state", "picked"], false], 0.55, 0],
        },
      },
      "estates-line",
    );
  });
  new MutationObserver(() => {
    if (map.map.getLayer("rounds-chosen"))
      map.map.setPaintProperty("rounds-chosen", "fill-color", colour());
  }).observe(document.documentElement, { attributeFilter: ["data-theme"] });

  /** @param {number} id @param {boolean} picked */
  const set = (id, picked) =>
    map.map.setFeatureState({ source: "estates", sourceLayer: "estates", id }, { picked });

  return {
    /** @param {Iterable<number>} estates these, and no others */
    async show(estates) {
      const wanted = new Set(estates);
      await map.ready;
      for (const id of marked) if (!wanted.has(id)) set(id, false);
      for (const id of wanted) if (!marked.has(id)) set(id, true);
      marked = wanted;
    },
  };
}
