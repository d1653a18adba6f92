/**
 * What the leaders' page shows on one map, whichever view it is: told once, drawn as soon as the
 * map stands, and again where its context was lost or its colours change.
 *
 * @import { ImageSource } from "maplibre-gl"
 * @import { Signs } from "../../leading/signs.js"
 * @import { Grid, Look } from "../../leading/types.d.ts"
 * @import { Looks } from "../../leading/view.js"
 * @import { OpenMap } from "../../map/map.js"
 */

import { hatch, picture } from "../../leading/shades.js";
import { SINGLE_FROM } from "../../map/findings.js";
import {
  CROWD,
  DRAWN,
  findingsAt,
  HATCH,
  HEAT,
  isSeen,
  leadLayers,
  leadSigns,
  OVER,
} from "../../map/leading.js";
import { heat, paletteOf } from "../../map/palette.js";

/** Told to the browser's timeline when all of an address is on the screen. */
const DRAWN_MARK = "lead-drawn";

/**
 * @typedef {{ view: Looks, hot: boolean, looks: Map<number, Look>,
 *   heat: { grid: Grid, scale: number[] } | null,
 *   days: Signs | null, hexagons: GeoJSON.Feature[], sums: GeoJSON.Feature[], signs: GeoJSON.Feature[] }} Shown
 */

/**
 * @param {OpenMap} opened
 * @param {(crowd: boolean) => void} [onCrowd] whether there are findings in sight that are too many
 *   to be told one by one, and so by their days
 */
export function openScene({ map, kept }, onCrowd = () => {}) {
  /** @type {Shown | null} */
  let wanted = null;
  /** What the map holds by now. @type {Partial<Shown>} */
  let drawn = {};
  /** @type {Map<number, Look>} */
  let looked = new Map();
  let open = false;
  /** The address whose answers are all here, and the one that was seen last. */
  let [whole, seen] = ["", ""];

  map.once("style.load", () => {
    map.addImage(HATCH, hatch(palette().none), { pixelRatio: 2 });
    for (const name of DRAWN) kept.add(name);
    map.addSource(HEAT, { type: "image", coordinates: NOWHERE });
    for (const layer of leadLayers(palette())) map.addLayer(layer, OVER);
    for (const layer of leadSigns(palette())) map.addLayer(layer);
    open = true;
    draw();
  });
  map.on("webglcontextlost", () => {
    open = false;
  });
  kept.afterwards(() => {
    if (!map.hasImage(HATCH)) map.addImage(HATCH, hatch(palette().none), { pixelRatio: 2 });
    drawn = {};
    looked = new Map();
    open = true;
    draw();
  });
  let crowd = false;
  map.on("idle", () => {
    if (crowd !== isCrowd()) {
      crowd = !crowd;
      onCrowd(crowd);
    }
    if (!open || !whole || whole === seen) return;
    seen = whole;
    performance.clearMarks(DRAWN_MARK);
    performance.mark(DRAWN_MARK, { detail: whole });
  });
  const themes = new MutationObserver(() => {
    if (!open) return;
    map.updateImage(HATCH, hatch(palette().none));
    for (const { id, paint } of [...leadLayers(palette()), ...leadSigns(palette())])
      for (const [name, value] of Object.entries(paint ?? {}))
        map.setPaintProperty(id, /** @type {any} */ (name), value);
    drawn = { ...drawn };
    delete drawn.heat;
    delete drawn.days;
    // The map's own colours come first.
    kept.there().then(draw);
  });
  themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });

  function draw() {
    if (!open || !wanted) return;
    const { view, hot, looks, heat: warm } = wanted;
    if (drawn.view !== view || drawn.hot !== hot) {
      for (const { id } of map.getStyle().layers)
        if (id.startsWith("lead-") || id.startsWith("findings"))
          map.setLayoutProperty(id, "visibility", isSeen(id, view, hot) ? "visible" : "none");
    }
    if (drawn.looks !== looks) drawLooks(looks);
    if (drawn.heat !== warm) drawHeat(warm);
    if (drawn.days !== wanted.days) drawFindings(wanted.days);
    fill("hexagons", wanted.hexagons, drawn.hexagons);
    fill("sums", wanted.sums, drawn.sums);
    fill("hot", wanted.signs, drawn.signs);
    drawn = { ...wanted };
  }

  /** Only what is other than before. @param {Map<number, Look>} looks */
  function drawLooks(looks) {
    for (const id of looked.keys())
      if (!looks.has(id)) map.removeFeatureState({ ...ESTATES, id }, "shade");
    for (const [id, { shade, grey }] of looks) {
      const was = looked.get(id);
      if (was?.shade !== shade || was.grey !== grey)
        map.setFeatureState({ ...ESTATES, id }, { shade, grey });
    }
    looked = looks;
  }

  /** @param {Shown["days"]} days */
  function drawFindings(days) {
    const { filter, layout, paint } = findingsAt(days);
    map.setFilter("findings", filter);
    map.setFilter("findings-picked", filter);
    for (const [name, value] of Object.entries(layout))
      map.setLayoutProperty("findings", /** @type {any} */ (name), value);
    for (const [name, value] of Object.entries(paint))
      map.setPaintProperty("findings", /** @type {any} */ (name), value);
  }

  function isCrowd() {
    if (!open || !wanted?.days || map.getZoom() < SINGLE_FROM) return false;
    return (
      map.querySourceFeatures("findings", { sourceLayer: "findings", filter: CROWD }).length > 0
    );
  }

  /** @param {Shown["heat"]} warm */
  function drawHeat(warm) {
    const source = /** @type {ImageSource | undefined} */ (map.getSource(HEAT));
    if (!source) return;
    if (!warm) {
      source.updateImage({ image: new ImageData(1, 1), coordinates: NOWHERE });
      return;
    }
    const { width, height, data } = picture(warm.grid, warm.scale, heat(palette()));
    source.updateImage({
      image: new ImageData(data, width, height),
      coordinates: warm.grid.corners,
    });
  }

  /** @param {string} name @param {GeoJSON.Feature[]} features @param {GeoJSON.Feature[]} [before] */
  function fill(name, features, before) {
    if (features !== before) kept.put(name, { type: "FeatureCollection", features });
  }

  return {
    /** @param {Shown} what @param {string} [address] of which this is all, "" while some is on its way */
    put(what, address = "") {
      wanted = what;
      whole = address;
      draw();
      if (whole !== seen) map.triggerRepaint();
    },
    close: () => themes.disconnect(),
  };
}

/** @typedef {ReturnType<typeof openScene>} Scene */

const ESTATES = { source: "estates", sourceLayer: "estates" };

/** An image has to be somewhere. @type {[[number, number], [number, number], [number, number], [number, number]]} */
const NOWHERE = [
  [0, 0.001],
  [0.001, 0.001],
  [0.001, 0],
  [0, 0],
];

function palette() {
  const style = getComputedStyle(document.documentElement);
  return paletteOf((token) => style.getPropertyValue(token));
}
