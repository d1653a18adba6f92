/**
 * The map of a shape in the registers: what is drawn is written into the text field beside it,
 * and what is written there is drawn. Without WebGL the text field is all there is.
 *
 * @import { GeoJSONSource, FilterSpecification } from "maplibre-gl"
 * @import { Mode, Part } from "./geometry.js"
 * @typedef {{ id: string, geometry: Part }} Drawn
 */

import {
  TerraDraw,
  TerraDrawLineStringMode,
  TerraDrawPointMode,
  TerraDrawPolygonMode,
  TerraDrawSelectMode,
  ValidateNotSelfIntersecting,
} from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";
import { LAYER_OF } from "../map/assets.js";
import { openMap } from "../map/map.js";
import { paletteOf } from "../map/palette.js";
import {
  boundsOf,
  isDrawable,
  joined,
  modeOf,
  partsOf,
  readShape,
  rounded,
  TYPE_OF,
  wholeOf,
} from "./geometry.js";

for (const shape of document.querySelectorAll(".shape")) {
  start(/** @type {HTMLElement} */ (shape));
}

/** @param {HTMLElement} element */
function start(element) {
  const text = /** @type {HTMLTextAreaElement} */ (element.querySelector("textarea"));
  const frame = /** @type {HTMLElement} */ (element.querySelector(".shape-map"));
  const says = /** @type {HTMLElement} */ (element.querySelector(".shape-says"));
  const words = /** @type {HTMLDetailsElement} */ (element.querySelector(".shape-words"));
  const buttons = [
    .../** @type {NodeListOf<HTMLButtonElement>} */ (frame.querySelectorAll("button")),
  ];
  const type = /** @type {HTMLSelectElement | null} */ (document.getElementById("id_type"));
  /** @type {Record<string, string[]>} */
  const byType = JSON.parse(element.dataset.byType || "{}");

  const allowed = () =>
    byType[type?.value ?? ""] ?? /** @type {string[]} */ (element.dataset.types?.split(",") ?? []);

  frame.hidden = false;
  /** @type {ReturnType<typeof openMap>} */
  let opened;
  try {
    opened = openMap({
      container: /** @type {HTMLElement} */ (frame.querySelector(".shape-canvas")),
      palette: paletteOf((token) =>
        getComputedStyle(document.documentElement).getPropertyValue(token),
      ),
      language: document.documentElement.lang.startsWith("en") ? "en" : "zh-hans",
    });
  } catch {
    frame.hidden = true;
    words.open = true;
    return;
  }
  const { map } = opened;

  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map }),
    modes: [
      new TerraDrawPointMode(),
      new TerraDrawLineStringMode(),
      new TerraDrawPolygonMode({ validation: crossesItself }),
      new TerraDrawSelectMode({
        flags: {
          point: { feature: { draggable: true } },
          linestring: corners(),
          polygon: { feature: { ...corners().feature, validation: crossesItself } },
        },
      }),
    ],
  });

  /** Parts with holes: shown, kept, and changed only in the text. @type {Part[]} */
  let fixed = [];
  /** What the text field held before each change, the oldest first. @type {string[]} */
  const past = [];

  /** @returns {Drawn[]} */
  const drawn = () =>
    draw
      .getSnapshot()
      .filter((each) => each.properties.mode && each.properties.mode !== "select")
      .filter((each) => !each.properties.midPoint && !each.properties.selectionPoint)
      .filter((each) => each.geometry.type === TYPE_OF[/** @type {Mode} */ (each.properties.mode)])
      .map((each) => ({ id: String(each.id), geometry: /** @type {Part} */ (each.geometry) }));

  /** Draws what the text field holds. @param {boolean} look */
  function show(look) {
    let parts;
    try {
      parts = partsOf(readShape(text.value)).map(rounded);
    } catch {
      tell("unreadable");
      return;
    }
    fixed = parts.filter((part) => !isDrawable(part));
    draw.clear();
    draw.addFeatures(
      parts.filter(isDrawable).map((geometry) => ({
        type: "Feature",
        geometry,
        properties: { mode: modeOf(geometry.type) },
      })),
    );
    /** @type {GeoJSONSource} */ (map.getSource("kept")).setData({
      type: "FeatureCollection",
      features: fixed.map((geometry) => ({ type: "Feature", geometry, properties: {} })),
    });
    const bounds = boundsOf(parts);
    if (look && bounds) map.fitBounds(bounds, { padding: 60, maxZoom: 18.5, duration: 0 });
    tell();
  }

  /** Writes what is drawn into the text field. @param {Drawn[]} parts */
  function write(parts) {
    past.push(text.value);
    const whole = wholeOf([...fixed, ...parts.map((part) => part.geometry)]);
    text.value = whole ? JSON.stringify(whole) : "";
    tell();
  }

  /** @param {"unreadable"} [trouble] */
  function tell(trouble) {
    const parts = trouble ? [] : partsOf(readShape(text.value));
    const state = trouble ?? (fixed.length ? "holes" : parts.length ? "" : "nothing");
    says.textContent = state ? (says.dataset[state] ?? "") : "";
    says.hidden = !says.textContent;
    const modes = new Set(allowed().map((name) => modeOf(name.replace("Multi", ""))));
    for (const button of buttons) {
      const { mode, act } = button.dataset;
      if (mode && mode !== "select") button.hidden = !modes.has(/** @type {Mode} */ (mode));
      if (mode) button.setAttribute("aria-pressed", String(draw.getMode() === mode));
      if (act === "undo") button.disabled = past.length === 0;
      if (act === "clear") button.disabled = parts.length === 0;
    }
  }

  draw.on("finish", (id, { action }) => {
    const parts = drawn();
    const last = parts.find((part) => part.id === String(id));
    if (action !== "draw" || !last) return write(parts);
    const kept = joined(
      parts.filter((part) => part !== last),
      last,
      allowed(),
    );
    if (!allowed().includes(`Multi${last.geometry.type}`)) fixed = [];
    draw.removeFeatures(parts.filter((part) => !kept.includes(part)).map((part) => part.id));
    write(kept);
  });
  draw.on("change", (_ids, change, context) => {
    if (change === "delete" && !(context && "origin" in context) && draw.getMode() === "select")
      write(drawn());
  });

  frame.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    const { mode, act } = button?.dataset ?? {};
    if (mode) draw.setMode(mode);
    if (act === "clear") {
      fixed = [];
      draw.clear();
      write([]);
      show(false);
    }
    if (act === "undo") {
      text.value = past.pop() ?? text.value;
      show(false);
    }
    if (act === "look") show(true);
    if (act === "in") opened.zoomBy(1);
    if (act === "out") opened.zoomBy(-1);
    tell();
  });
  text.addEventListener("change", () => show(true));
  type?.addEventListener("change", () => {
    draw.setMode("select");
    tell();
  });

  opened.ready.then(() => {
    map.addSource("kept", {
      type: "geojson",
      data: { type: "FeatureCollection", features: [] },
    });
    map.addLayer({
      id: "kept",
      type: "line",
      source: "kept",
      paint: { "line-color": "#0f62d6", "line-width": 3, "line-dasharray": [2, 1] },
    });
    opened.show("findings", false);
    hideSaved(element.dataset.layer ?? "", Number(element.dataset.row));
    draw.start();
    draw.setMode("select");
    show(true);
    const modes = allowed();
    if (!text.value.trim() && modes[0]) draw.setMode(modeOf(modes[0].replace("Multi", "")));
    tell();
  });

  /** The row as it was saved lies in the tiles: it would stand still under what is drawn. */
  /** @param {string} layer @param {number} row */
  function hideSaved(layer, row) {
    if (!layer || !row) return;
    const sources =
      layer === "assets" ? /** @type {string[]} */ (Object.values(LAYER_OF)) : [layer];
    for (const each of map.getStyle().layers) {
      if (!("source" in each) || !sources.includes(each.source)) continue;
      /** @type {any} */
      const others = ["!=", ["id"], row];
      const filter = /** @type {any} */ (map.getFilter(each.id));
      map.setFilter(
        each.id,
        /** @type {FilterSpecification} */ (filter ? ["all", filter, others] : others),
      );
    }
  }
}

/** @param {any} feature @param {{ updateType: string }} update */
function crossesItself(feature, { updateType }) {
  return updateType === "finish" || updateType === "commit"
    ? ValidateNotSelfIntersecting(feature)
    : { valid: true };
}

function corners() {
  return {
    feature: {
      draggable: true,
      coordinates: { midpoints: true, draggable: true, deletable: true },
    },
  };
}
