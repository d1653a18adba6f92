/**
 * The map of every page: opened once in an element handed in, and told what to show.
 *
 * Tiles come from this server alone and are asked for with the person's session. A layer that
 * can't be had is reported, never left silently empty. The tablet's map asks nobody: its rows are
 * handed to it.
 *
 * @import { LayerSpecification, VectorTileSource } from "maplibre-gl"
 * @import { Source } from "pmtiles"
 * @import { Palette } from "./palette.js"
 * @import { Tiled } from "./style.js"
 * @import { Picked, Place, PlaceId, PlaceProperties, Position } from "../types.d.ts"
 * @typedef {"signed_out" | "unreachable" | "refused"} Trouble
 * @typedef {{ loading: boolean, troubles: Record<string, Trouble> }} MapState
 * @typedef {{ layer: string, id: number, properties: Record<string, any>, at: [number, number] }} Tapped
 */

import { Map as MapLibre, ScaleControl, setWorkerUrl } from "maplibre-gl";
import { answerBase, chooseBase } from "./base_file.js";
import { openKept } from "./kept.js";
import { namesOf } from "./labels.js";
import { meOf } from "./me.js";
import { storedLayers, storedStyle } from "./stored.js";
import { layersOf, styleOf, TILED, tileJson } from "./style.js";
import { PIXEL_RATIO, signs } from "./symbols.js";

/** What a tap means, first to last: the small before the large. */
const TAPPABLE = [
  "findings",
  "charging_sites",
  "lights",
  "hydrants",
  "lanes",
  "charging_sites-area",
  "findings-cells",
  "estates",
];
/** A gloved finger's reach, in pixels to each side. */
const REACH = 14;

/**
 * The office's working box, in degrees, until the communities say better.
 * @type {[number, number, number, number]}
 */
export const OFFICE = [118.54, 24.77, 118.605, 24.83];

/** Where a tablet's own copy of the drawing worker is found: people/shell.py says why there. */
const WORKER = "/field/workers/map.js";

/**
 * Opens the map, or throws where the device can't draw one (no WebGL 2).
 *
 * @param {{ container: HTMLElement, palette: Palette, language: string, findings?: string,
 *   stored?: boolean, bounds?: [number, number, number, number], onTap?: (taps: Tapped[], at: [number, number]) => void,
 *   onState?: (state: MapState) => void }} options `findings`: filters as in an address;
 *   `stored`: drawn from rows and a base file that are handed in
 */
export function openMap(options) {
  const { stored = false } = options;
  let { palette, language, findings = "" } = options;
  if (stored) {
    answerBase();
    setWorkerUrl(WORKER);
  }
  const layers = () => (stored ? storedLayers(palette, language) : layersOf(palette, language));
  const map = new MapLibre({
    container: options.container,
    style: stored ? storedStyle(palette, language) : styleOf(palette, language, findings),
    bounds: options.bounds ?? OFFICE,
    minZoom: 9,
    maxZoom: 20.5,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    doubleClickZoom: true,
    refreshExpiredTiles: false,
    fadeDuration: 120,
    transformRequest: (url) => ({ url: new URL(url, location.origin).href }),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new ScaleControl({ maxWidth: 96, unit: "metric" }), "bottom-right");

  /** @type {Record<string, Trouble>} */
  let troubles = {};
  const report = () => options.onState?.({ loading: !map.loaded(), troubles: { ...troubles } });

  map.on("error", (event) => {
    const source = /** @type {any} */ (event).sourceId;
    if (!source) return;
    const { status = 0 } = /** @type {any} */ (event.error);
    troubles[source] =
      status === 401 ? "signed_out" : status >= 400 && status < 500 ? "refused" : "unreachable";
    report();
  });
  map.on("dataloading", report);
  map.on("idle", report);
  // Told to whoever can't see that it is still being drawn.
  const busy = (/** @type {boolean} */ yes) =>
    options.container.setAttribute("aria-busy", String(yes));
  for (const event of /** @type {const} */ (["dataloading", "webglcontextlost"]))
    map.on(event, () => busy(true));
  map.on("idle", () => busy(false));

  /** @type {Promise<void>} */
  const ready = new Promise((resolve) => map.once("load", () => resolve()));
  const kept = openKept(map, ready);
  const paintSigns = () => {
    for (const [name, picture] of signs(palette)) {
      if (map.hasImage(name)) map.updateImage(name, picture);
      else map.addImage(name, picture, { pixelRatio: PIXEL_RATIO });
    }
  };
  map.once("style.load", paintSigns);

  map.on("click", (event) => {
    const { x, y } = event.point;
    const found = map.queryRenderedFeatures(
      [
        [x - REACH, y - REACH],
        [x + REACH, y + REACH],
      ],
      { layers: TAPPABLE },
    );
    /** @type {[number, number]} */
    const at = [event.lngLat.lng, event.lngLat.lat];
    const here = new Set(
      map.queryRenderedFeatures(event.point, { layers: ["estates"] }).map((f) => f.id),
    );
    const taps = found
      // Of areas only what lies under the finger counts; of signs what lies near it.
      .filter((feature) => feature.layer.id !== "estates" || here.has(feature.id))
      .sort((a, b) => TAPPABLE.indexOf(a.layer.id) - TAPPABLE.indexOf(b.layer.id))
      .map((feature) => ({
        layer: feature.source === "cells" ? "findings" : feature.source,
        id: Number(feature.id),
        properties: feature.properties,
        at,
      }));
    options.onTap?.(taps, at);
  });

  /** @type {Picked | null} */
  let picked = null;
  /** @param {boolean} on */
  const mark = (on) => {
    if (picked?.id === undefined) return;
    const { layer, id } = picked;
    map.setFeatureState(
      { source: layer, ...(stored ? {} : { sourceLayer: layer }), id },
      { picked: on },
    );
  };
  kept.afterwards(() => mark(true));

  return {
    /** For what only one page needs: drawing, extra layers. */
    map,
    ready,
    kept,

    /** @param {Palette} to */
    async setPalette(to) {
      palette = to;
      await kept.there();
      paintSigns();
      repaint(map, layers());
    },

    /** @param {string} to */
    async setLanguage(to) {
      language = to;
      await kept.there();
      repaint(map, layers());
    },

    /** What a layer of the tablet's map holds. @param {string} source @param {GeoJSON.FeatureCollection} rows */
    setRows: kept.put,

    /** @param {Source | null} file the base file that the tablet keeps */
    async setBase(file) {
      chooseBase(file);
      await kept.there();
      map.refreshTiles("base");
    },

    /** @param {Place[]} communities @param {Place<PlaceProperties, PlaceId>[]} estates */
    setNames: (communities, estates) => kept.put("names", namesOf(communities, estates)),

    /** @param {Position | null} position */
    setMe: (position) => kept.put("me", meOf(position)),

    /**
     * Marks one thing as the one that is spoken of, and nothing else.
     * @param {Picked | null} thing
     */
    async pick(thing) {
      await kept.there();
      mark(false);
      picked = thing;
      mark(true);
      const point = thing?.point;
      kept.put("picked", {
        type: "FeatureCollection",
        features: point
          ? [{ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: point } }]
          : [],
      });
    },

    /** @param {Tiled} layer @param {boolean} visible */
    async show(layer, visible) {
      await kept.there();
      for (const each of map.getStyle().layers) {
        if (layerOf(each) === layer)
          map.setLayoutProperty(each.id, "visibility", visible ? "visible" : "none");
      }
    },

    /** Other filters for the findings' tiles. @param {string} query as in an address */
    async filterFindings(query) {
      findings = query;
      await kept.there();
      /** @type {VectorTileSource} */ (map.getSource("findings")).setUrl(
        tileJson("findings", query),
      );
    },

    /** Asks anew: an unchanged tile costs one small answer. @param {Tiled[]} layers */
    async refresh(...layers) {
      await kept.there();
      for (const layer of layers.length ? layers : TILED) map.refreshTiles(layer);
    },

    /** Tries what could not be had once more. */
    async retry() {
      const failed = /** @type {Tiled[]} */ (Object.keys(troubles));
      troubles = {};
      report();
      for (const layer of failed) {
        const source = /** @type {VectorTileSource | undefined} */ (map.getSource(layer));
        source?.setUrl(tileJson(layer, layer === "findings" ? findings : ""));
      }
    },

    /** @param {[number, number, number, number]} bounds @param {number} [maxZoom] @param {number} [duration] milliseconds */
    fit(bounds, maxZoom = 17.5, duration = 500) {
      const { clientWidth, clientHeight } = map.getContainer();
      const { top = 0, right = 0, bottom = 0, left = 0 } = map.getPadding();
      const room = Math.min(clientWidth - left - right, clientHeight - top - bottom);
      const [west, south, east, north] = bounds;
      // Where a panel covers all of the map there is nothing to fit into.
      if (room < 8) map.jumpTo({ center: [(west + east) / 2, (south + north) / 2] });
      else map.fitBounds(bounds, { maxZoom, padding: Math.min(32, room / 4), duration });
    },

    /** @param {number[]} point @param {number} [zoom] */
    goTo: ([lng = 0, lat = 0], zoom = 17.5) =>
      map.easeTo({ center: [lng, lat], zoom: Math.max(map.getZoom(), zoom), duration: 500 }),

    /** Room taken by what floats over the map. @param {{ top?: number, right?: number, bottom?: number, left?: number }} room */
    setRoom: (room) => map.setPadding({ top: 0, right: 0, bottom: 0, left: 0, ...room }),

    /** @returns {[number, number]} */
    centre() {
      const { lng, lat } = map.getCenter();
      return [lng, lat];
    },

    /** @param {number} steps */
    zoomBy: (steps) => map.easeTo({ zoom: map.getZoom() + steps, duration: 200 }),

    close: () => map.remove(),
  };
}

/** @typedef {ReturnType<typeof openMap>} OpenMap */

/** Under which name a layer of the style is put away. @param {LayerSpecification} layer */
function layerOf(layer) {
  if (!("source" in layer)) return "";
  return layer.source === "cells" ? "findings" : (layer["source-layer"] ?? layer.source);
}

/**
 * New colours and words on a map that stands: nothing is fetched again.
 *
 * @param {MapLibre} map
 * @param {LayerSpecification[]} layers
 */
function repaint(map, layers) {
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer.paint ?? {}))
      map.setPaintProperty(layer.id, /** @type {any} */ (name), value);
    if (layer.layout && "text-field" in layer.layout)
      map.setLayoutProperty(layer.id, "text-field", layer.layout["text-field"]);
  }
}
