/**
 * The tools over the map: placing a site, drawing an outline, measuring; undo and redo; printing.
 * Lines and outlines are drawn by terra-draw, with a mouse or with fingers.
 *
 * @import { TerraDraw as Draw } from "terra-draw"
 * @import { LonLat } from "../../drawing/types.d.ts"
 * @import { OpenMap } from "../../map/map.js"
 * @typedef {"place" | "outline" | "distance" | "area"} Tool
 * @typedef {{ change: () => void, placed: (at: LonLat) => void,
 *   outlined: (geom: GeoJSON.Polygon) => void, snap: (at: LonLat) => LonLat,
 *   put: (source: string, features: GeoJSON.Feature[]) => void }} Ends
 */

import {
  TerraDraw,
  TerraDrawLineStringMode,
  TerraDrawPolygonMode,
  ValidateNotSelfIntersecting,
} from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";
import { isSound } from "../../drawing/handles.js";
import { areaM2, lengthM, rounded } from "../../drawing/plane.js";
import { t } from "../../words.js";

/** @param {OpenMap | null} opened @param {Ends} ends */
export function openTools(opened, ends) {
  /** @type {Tool | null} */
  let tool = null;
  /** @type {Draw | null} */
  let draw = null;
  let says = "";

  opened?.map.on("click", (event) => {
    if (tool !== "place") return;
    const at = [event.lngLat.lng, event.lngLat.lat];
    stop();
    ends.placed(at);
  });

  /** @param {Tool} wanted */
  function take(wanted) {
    const same = tool === wanted;
    stop();
    if (same || !opened) return ends.change();
    tool = wanted;
    says = "";
    ends.put("measured", []);
    opened.map.getCanvas().style.cursor = "crosshair";
    if (wanted !== "place")
      drawing(opened).setMode(wanted === "distance" ? "linestring" : "polygon");
    ends.change();
  }

  /** @param {OpenMap} on */
  function drawing({ map }) {
    const snapping = {
      toCustom: (/** @type {{ lng: number, lat: number }} */ { lng, lat }) =>
        /** @type {[number, number]} */ (ends.snap([lng, lat]).map(rounded)),
    };
    draw = new TerraDraw({
      adapter: new TerraDrawMapLibreGLAdapter({ map, prefixId: "plan-draw" }),
      modes: [
        new TerraDrawLineStringMode({ snapping }),
        new TerraDrawPolygonMode({
          snapping,
          validation: (feature, { updateType }) =>
            updateType === "finish" || updateType === "commit"
              ? ValidateNotSelfIntersecting(feature)
              : { valid: true },
        }),
      ],
    });
    draw.start();
    draw.on("change", () => {
      const coordinates = corners();
      if (tool !== "outline") says = measured(coordinates);
      ends.change();
    });
    draw.on("finish", () => done(false));
    return draw;
  }

  /** What is drawn so far. @returns {LonLat[]} */
  function corners() {
    const [shape] = (draw?.getSnapshot() ?? []).filter(
      ({ geometry }) => geometry.type === "Polygon" || geometry.type === "LineString",
    );
    if (shape?.geometry.type === "LineString") return shape.geometry.coordinates;
    if (shape?.geometry.type === "Polygon")
      return (shape.geometry.coordinates[0] ?? []).slice(0, -1);
    return [];
  }

  /** @param {boolean} early the last corner is only where the pointer is */
  function done(early) {
    const drawn = corners();
    const all = distinct(
      early && drawn.length > (tool === "distance" ? 2 : 3) ? drawn.slice(0, -1) : drawn,
    );
    const was = tool;
    if (was === "outline") {
      stop();
      const [first = [0, 0]] = all;
      if (isSound(all)) ends.outlined({ type: "Polygon", coordinates: [[...all, first]] });
      return ends.change();
    }
    const said = measured(all);
    stop();
    says = said;
    const ring = was === "area" && all[0] ? [...all, all[0]] : all;
    if (said && all[0])
      ends.put("measured", [
        { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: ring } },
        {
          type: "Feature",
          properties: { said },
          geometry: { type: "Point", coordinates: all.at(-1) ?? all[0] },
        },
      ]);
    ends.change();
  }

  /** @param {LonLat[]} line */
  function measured(line) {
    if (line.length < 2) return "";
    if (tool === "distance") return t("draw.measured", { distance: lengthM(line).toFixed(2) });
    const ring = [...line, line[0] ?? []];
    return t("draw.measuredArea", {
      area: areaM2([line]).toFixed(2),
      distance: lengthM(ring).toFixed(2),
    });
  }

  function stop() {
    if (draw) {
      draw.clear();
      draw.stop();
      draw = null;
    }
    tool = null;
    if (opened) opened.map.getCanvas().style.cursor = "";
  }

  return {
    tool: () => tool,
    /** What was measured. */
    says: () => says,
    take,
    finish: () => done(true),

    /** @returns {boolean} was there anything to stop? */
    cancel() {
      const had = tool !== null || says !== "";
      stop();
      says = "";
      ends.put("measured", []);
      ends.change();
      return had;
    },
  };
}

/** @typedef {ReturnType<typeof openTools>} Tools */

/** Without corners that lie on the one before. @param {LonLat[]} line */
const distinct = (line) =>
  line.filter((at, n) => n === 0 || at[0] !== line[n - 1]?.[0] || at[1] !== line[n - 1]?.[1]);
