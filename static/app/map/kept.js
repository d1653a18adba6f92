/**
 * What outlasts the drawing context. The system takes it from a tab that is laid to sleep, or when
 * the graphics card is wanted elsewhere; until it is back the map has no style: nothing can be
 * painted, and what is put meanwhile is filled in afterwards.
 *
 * @import { GeoJSONSource, Map as MapLibre } from "maplibre-gl"
 */

/** @type {GeoJSON.FeatureCollection} */
const NOTHING = { type: "FeatureCollection", features: [] };

/** @param {MapLibre} map @param {Promise<void>} ready its first style is there */
export function openKept(map, ready) {
  /** @type {Record<string, GeoJSON.GeoJSON>} */
  const rows = {};
  /** @type {(() => void)[]} */
  const acts = [];
  let there = ready;

  /** @param {string} name */
  function fill(name) {
    const source = /** @type {GeoJSONSource | undefined} */ (map.getSource(name));
    source?.setData(rows[name] ?? NOTHING);
  }

  function refill() {
    for (const name of Object.keys(rows)) fill(name);
  }

  ready.then(refill);
  map.on("webglcontextlost", () => {
    there = new Promise((resolve) => {
      map.once("webglcontextrestored", () => map.once("idle", () => resolve()));
    });
    there.then(() => {
      refill();
      for (const act of acts) act();
    });
  });

  return {
    /** Resolves when there is a style to paint on: mostly at once. */
    there: () => there,

    /** A source of its own, with what was put for it already. @param {string} name */
    add: (name) => map.addSource(name, { type: "geojson", data: rows[name] ?? NOTHING }),

    /** @param {string} name @param {GeoJSON.GeoJSON} data */
    put(name, data) {
      rows[name] = data;
      fill(name);
    },

    /** What no style remembers is done again. @param {() => void} act */
    afterwards: (act) => acts.push(act),
  };
}
