/**
 * The map of what was proposed from the field: its shape, and what of its kind stands near by.
 * Without WebGL the page tells the same in words.
 */

import { openMap } from "../map/map.js";
import { paletteOf } from "../map/palette.js";
import { boundsOf } from "../metres.js";

/** Room left around the shape, in degrees: some sixty metres. */
const AROUND = 0.0006;

for (const element of document.querySelectorAll(".look")) {
  start(/** @type {HTMLElement} */ (element));
}

/** @param {HTMLElement} element */
async function start(element) {
  /** @type {GeoJSON.FeatureCollection} */
  const shapes = JSON.parse(element.dataset.shapes ?? "");
  const proposed = shapes.features.find(({ properties }) => properties?.proposed);
  if (!proposed) return;
  const [west, south, east, north] = boundsOf(proposed.geometry);
  const palette = paletteOf((token) =>
    getComputedStyle(document.documentElement).getPropertyValue(token),
  );
  let opened;
  try {
    opened = openMap({
      container: /** @type {HTMLElement} */ (element.querySelector(".shape-canvas")),
      palette,
      language: document.documentElement.lang.startsWith("en") ? "en" : "zh-hans",
      bounds: [west - AROUND, south - AROUND, east + AROUND, north + AROUND],
    });
  } catch {
    element.hidden = true;
    return;
  }
  const { map, ready } = opened;
  await ready;
  map.addSource("look", { type: "geojson", data: shapes });
  /** @type {any} */
  const colour = ["case", ["to-boolean", ["get", "proposed"]], palette.picked, palette.inkSoft];
  map.addLayer({
    id: "look-lines",
    type: "line",
    source: "look",
    filter: ["!=", ["geometry-type"], "Point"],
    paint: { "line-color": colour, "line-width": 4 },
  });
  map.addLayer({
    id: "look-points",
    type: "circle",
    source: "look",
    filter: ["==", ["geometry-type"], "Point"],
    paint: {
      "circle-radius": ["case", ["to-boolean", ["get", "proposed"]], 10, 6],
      "circle-color": colour,
      "circle-stroke-color": palette.surface,
      "circle-stroke-width": 2,
    },
  });
}
