/**
 * The cases of the list on its map, and the one that is spoken of.
 *
 * @import { CaseFilters } from "../../case_filters.js"
 * @import { OpenMap } from "../../map/map.js"
 */

import { askedOf } from "../../case_filters.js";
import { caseLayers, caseSource, caseTiles, SOURCE } from "../../map/cases.js";
import { paletteOf } from "../../map/palette.js";
import { TILED } from "../../map/style.js";

const SHOWN = ["communities", "roads", "estates", "buildings"];
const REACH = 14;
const NEAR = 17;

/** @param {OpenMap} map @param {(number: number) => void} open */
export function openCaseMarks(map, open) {
  let asked = "";
  for (const layer of TILED) if (!SHOWN.includes(layer)) map.show(layer, false);
  const palette = () => {
    const style = getComputedStyle(document.documentElement);
    return paletteOf((token) => style.getPropertyValue(token));
  };
  /** Once the first filters are known. @type {Promise<void> | null} */
  let added = null;
  const add = async () => {
    await map.ready;
    map.map.addSource(SOURCE, caseSource(asked));
    for (const layer of caseLayers(palette())) map.map.addLayer(layer);
  };
  new MutationObserver(() => {
    for (const layer of added ? caseLayers(palette()) : [])
      for (const [name, value] of Object.entries(layer.paint ?? {}))
        map.map.setPaintProperty(layer.id, /** @type {any} */ (name), value);
  }).observe(document.documentElement, { attributeFilter: ["data-theme"] });

  map.map.on("click", (event) => {
    if (!map.map.getLayer("cases-signs")) return;
    const { x, y } = event.point;
    const [first] = map.map.queryRenderedFeatures(
      [
        [x - REACH, y - REACH],
        [x + REACH, y + REACH],
      ],
      { layers: ["cases-signs", "cases-cells"] },
    );
    if (first?.layer.id === "cases-signs") open(Number(first.id));
    else if (first) map.goTo([event.lngLat.lng, event.lngLat.lat], map.map.getZoom() + 2);
  });

  return {
    /** @param {CaseFilters} filters */
    async narrow(filters) {
      const query = askedOf(filters);
      if (added && query === asked) return;
      asked = query;
      if (!added) added = add();
      else {
        await added;
        /** @type {any} */ (map.map.getSource(SOURCE)).setUrl(caseTiles(asked));
      }
    },
    async refresh() {
      await added;
      if (map.map.getSource(SOURCE)) map.map.refreshTiles(SOURCE);
    },
    /** @param {GeoJSON.Point | null} geometry */
    point: (geometry) => map.pick(geometry && { layer: "estates", point: geometry.coordinates }),
    /**
     * At once: from case to case, a flight would fetch all that it flies over.
     * @param {GeoJSON.Point | null} geometry
     */
    async goTo(geometry) {
      await map.ready;
      const [lng = 0, lat = 0] = geometry?.coordinates ?? [];
      if (geometry) map.map.jumpTo({ center: [lng, lat], zoom: Math.max(map.map.getZoom(), NEAR) });
    },
  };
}
