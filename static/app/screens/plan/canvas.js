/**
 * The map as a drawing table: what is proposed is shown on it, and hands, fingers and a pen take
 * hold of the chosen one.
 *
 * @import { MapMouseEvent, MapTouchEvent } from "maplibre-gl"
 * @import { Footprint, Handle } from "../../drawing/handles.js"
 * @import { LonLat } from "../../drawing/types.d.ts"
 * @import { OpenMap } from "../../map/map.js"
 * @typedef {{ id: string, geom: GeoJSON.Polygon, look: string, said: string, chosen: boolean }} Shown
 * @typedef {{ footprint: () => Footprint | null,
 *   pull: (handle: Handle, from: LonLat, to: LonLat, free: boolean) => void, drop: () => void,
 *   tap: (id: string | null) => void, cut: (corner: number) => void, busy: () => boolean }} Hands
 *   `footprint`: of what may be changed now; `cut`: a corner is taken away; `busy`: another tool
 *   has the map
 */

import { centreOf } from "../../drawing/footprint.js";
import { gripsOf, knobOf } from "../../drawing/handles.js";
import { paletteOf } from "../../map/palette.js";
import { planLayers, SOURCES, verdictSigns } from "../../map/plan.js";
import { PIXEL_RATIO } from "../../map/symbols.js";
import { contains } from "../../metres.js";

/** How near, in pixels, a pointer or a finger must come. */
const REACH = { mouse: 12, touch: 26 };
/** The knob stands so many pixels off. */
const KNOB_PX = 34;
const EQUATOR_M = 40_075_016.686;

/** @param {OpenMap} opened @param {Hands} hands */
export function openCanvas({ map, kept }, hands) {
  /** @type {{ handle: Handle, from: LonLat } | null} */
  let held = null;
  /** @type {Shown[]} */
  let shown = [];

  const palette = () => {
    const style = getComputedStyle(document.documentElement);
    return paletteOf((token) => style.getPropertyValue(token));
  };

  kept.there().then(() => {
    paintSigns();
    for (const name of SOURCES) kept.add(name);
    for (const layer of planLayers(palette())) map.addLayer(layer);
  });
  new MutationObserver(async () => {
    await kept.there();
    paintSigns();
    for (const { id, paint } of planLayers(palette()))
      for (const [name, value] of Object.entries(paint ?? {}))
        map.setPaintProperty(id, /** @type {any} */ (name), value);
  }).observe(document.documentElement, { attributeFilter: ["data-theme"] });

  function paintSigns() {
    for (const [name, picture] of verdictSigns(palette())) {
      if (map.hasImage(name)) map.updateImage(name, picture);
      else map.addImage(name, picture, { pixelRatio: PIXEL_RATIO });
    }
  }

  /** @param {string} source @param {GeoJSON.Feature[]} features */
  const put = (source, features) => kept.put(source, collection(features));

  /** Metres that one pixel of the screen is. */
  const metresPerPixel = () =>
    (EQUATOR_M * Math.cos((map.getCenter().lat * Math.PI) / 180)) / (512 * 2 ** map.getZoom());

  /** @param {{ x: number, y: number }} point @param {LonLat} at @param {number} reach @returns {Handle | null} */
  function handleAt(point, at, reach) {
    const footprint = hands.footprint();
    if (!footprint) return null;
    /** @param {LonLat} place */
    const far = (place) => {
      const { x, y } = map.project([place[0] ?? 0, place[1] ?? 0]);
      return Math.hypot(x - point.x, y - point.y);
    };
    const { corners, middles } = gripsOf(footprint);
    const knob = knobOf(footprint, KNOB_PX * metresPerPixel());
    /** @type {[Handle, number][]} */
    const grips = [
      [{ what: "knob", at: 0 }, far(knob)],
      ...corners.map(
        (each, n) => /** @type {[Handle, number]} */ ([{ what: "corner", at: n }, far(each)]),
      ),
      ...middles.map(
        (each, n) => /** @type {[Handle, number]} */ ([{ what: "middle", at: n }, far(each) + 4]),
      ),
    ];
    const [best] = grips.filter(([, px]) => px <= reach).sort((a, b) => a[1] - b[1]);
    if (best) return best[0];
    // A small site is taken hold of beside it, too.
    const inside = contains(footprint.geom, at) || far(centreOf(footprint.geom)) <= reach;
    return inside ? { what: "body", at: 0 } : null;
  }

  /** @param {MapMouseEvent | MapTouchEvent} event */
  function begin(event) {
    if (hands.busy()) return;
    const touch = "touches" in event.originalEvent;
    if (touch && /** @type {TouchEvent} */ (event.originalEvent).touches.length > 1) return end();
    if (!touch && /** @type {MouseEvent} */ (event.originalEvent).button !== 0) return;
    const from = [event.lngLat.lng, event.lngLat.lat];
    const handle = handleAt(event.point, from, touch ? REACH.touch : REACH.mouse);
    if (!handle) return;
    event.preventDefault();
    held = { handle, from };
  }

  /** @param {MapMouseEvent | MapTouchEvent} event */
  function move(event) {
    const to = [event.lngLat.lng, event.lngLat.lat];
    if (held) hands.pull(held.handle, held.from, to, event.originalEvent.altKey);
    else if (!("touches" in event.originalEvent) && !hands.busy()) {
      const handle = handleAt(event.point, to, REACH.mouse);
      map.getCanvas().style.cursor = handle ? (handle.what === "body" ? "move" : "grab") : "";
    }
  }

  function end() {
    if (!held) return;
    held = null;
    hands.drop();
  }

  map.on("mousedown", begin);
  map.on("touchstart", begin);
  map.on("mousemove", move);
  map.on("touchmove", move);
  map.on("touchend", end);
  map.on("touchcancel", end);
  document.addEventListener("mouseup", end);
  map.on("contextmenu", (event) => {
    const handle = handleAt(event.point, [event.lngLat.lng, event.lngLat.lat], REACH.mouse);
    if (handle?.what !== "corner") return;
    event.preventDefault();
    held = null;
    hands.cut(handle.at);
  });
  map.on("click", (event) => {
    if (hands.busy() || !shown.length) return;
    const at = [event.lngLat.lng, event.lngLat.lat];
    const near = shown.find(({ geom }) => {
      const [x = 0, y = 0] = centreOf(geom);
      const { x: left, y: top } = map.project([x, y]);
      return (
        contains(geom, at) || Math.hypot(left - event.point.x, top - event.point.y) <= REACH.touch
      );
    });
    hands.tap(near?.id ?? null);
  });
  map.on("zoom", () => drawGrips());

  /** The knob keeps its distance on the screen. */
  function drawGrips() {
    const footprint = hands.footprint();
    if (!footprint || hands.busy()) return put("drawing", []);
    const { corners, middles } = gripsOf(footprint);
    const knob = knobOf(footprint, KNOB_PX * metresPerPixel());
    put("drawing", [
      line([centreOf(footprint.geom), knob]),
      ...middles.map((each) => point(each, { what: "middle" })),
      ...corners.map((each) => point(each, { what: "corner" })),
      point(knob, { what: "knob" }),
      ...meets.map((each) => point(each, { what: "met" })),
    ]);
  }
  /** @type {LonLat[]} */
  let meets = [];

  return {
    put,
    metresPerPixel,

    /** @param {Shown[]} sites @param {LonLat[]} met what the chosen one is drawn to */
    show(sites, met) {
      shown = sites;
      meets = met;
      put(
        "proposals",
        sites.flatMap(({ id, geom, look, said, chosen }) => [
          { type: "Feature", properties: { id, look, chosen }, geometry: geom },
          point(centreOf(geom), { id, look, said }),
        ]),
      );
      drawGrips();
    },

    /** @param {GeoJSON.FeatureCollection} deciding */
    showDeciding: (deciding) => put("deciding", deciding.features),

    /** The map as a picture, once everything is drawn. @returns {Promise<string>} a data: address */
    picture: () =>
      new Promise((resolve) => {
        const take = () => {
          map.once("render", () => resolve(map.getCanvas().toDataURL("image/png")));
          map.triggerRepaint();
        };
        if (map.loaded()) take();
        else map.once("idle", take);
      }),
  };
}

/** @typedef {ReturnType<typeof openCanvas>} Canvas */

/** @param {GeoJSON.Feature[]} features @returns {GeoJSON.FeatureCollection} */
const collection = (features) => ({ type: "FeatureCollection", features });

/** @param {LonLat} at @param {Record<string, unknown>} properties @returns {GeoJSON.Feature} */
const point = (at, properties) => ({
  type: "Feature",
  properties,
  geometry: { type: "Point", coordinates: at },
});

/** @param {LonLat[]} line @returns {GeoJSON.Feature} */
const line = (line) => ({
  type: "Feature",
  properties: {},
  geometry: { type: "LineString", coordinates: line },
});
