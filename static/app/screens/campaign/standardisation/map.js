/**
 * The map beside the list: the estates that are on the list, and no findings.
 *
 * @import { Narrowed, Row } from "../../../creation/list.js"
 */

import { html, nothing, render } from "lit-html";
import { STANDINGS, standingOf, TONES, toneOf } from "../../../creation/list.js";
import { creationLayers, SOURCES } from "../../../map/creation.js";
import { openMap } from "../../../map/map.js";
import { paletteOf } from "../../../map/palette.js";
import { TILED } from "../../../map/style.js";
import { boundsOf, innerPoint } from "../../../metres.js";
import { spoken, t } from "../../../words.js";
import { icon, notice } from "../../parts.js";
import { openScene } from "../../plan/scene.js";

const GROUND = ["communities", "roads", "estates", "buildings"];

/**
 * @param {HTMLElement} frame with `.map` and `.map-over` in it
 * @param {{ open: (estate: number) => void, colour: (by: Narrowed["colour"]) => void }} ways
 */
export function openCreationMap(frame, { open, colour }) {
  const container = /** @type {HTMLElement} */ (frame.querySelector(".map"));
  const over = /** @type {HTMLElement} */ (frame.querySelector(".map-over"));
  /** @type {Narrowed["colour"]} */
  let by = "stage";
  /** @type {GeoJSON.Feature[]} */
  let shapes = [];
  const map = opened();
  const scene = map ? openScene(map, creationLayers, SOURCES) : null;

  function opened() {
    try {
      return openMap({
        container,
        palette: palette(),
        language: spoken(),
        onTap: (taps) => {
          const tap = taps.find(({ layer }) => layer === "estates");
          if (tap) open(tap.id);
        },
      });
    } catch {
      return null;
    }
  }
  if (map) for (const layer of TILED) if (!GROUND.includes(layer)) map.show(layer, false);
  new MutationObserver(() => map?.setPalette(palette())).observe(document.documentElement, {
    attributeFilter: ["data-theme"],
  });

  const fitAll = () => {
    const coordinates = shapes.flatMap(({ geometry }) =>
      geometry.type === "MultiPolygon"
        ? geometry.coordinates
        : geometry.type === "Polygon"
          ? [geometry.coordinates]
          : [],
    );
    if (coordinates.length) map?.fit(boundsOf({ type: "MultiPolygon", coordinates }), 16, 0);
  };

  function drawOver() {
    render(
      html`${
        map
          ? html`<div class="map-tools">
              <button class="button icon" type="button" title=${t("desk.zoomIn")} aria-label=${t("desk.zoomIn")} @click=${() => map.zoomBy(1)}>${icon("plus")}</button>
              <button class="button icon" type="button" title=${t("desk.zoomOut")} aria-label=${t("desk.zoomOut")} @click=${() => map.zoomBy(-1)}>${icon("minus")}</button>
              <button class="button icon" type="button" title=${t("creation.map.all")} aria-label=${t("creation.map.all")} @click=${fitAll}>${icon("layers")}</button>
            </div>`
          : notice("warn", t("desk.noMap"), t("desk.noMapSays"))
      }
      ${map ? legend() : nothing}`,
      over,
    );
  }

  const legend = () => html`
    <div class="creation-legend">
      <div class="choices" role="group" aria-label=${t("creation.colour")}>${(
        /** @type {const} */ (["stage", "score"])
      ).map(
        (each) => html`<button class="button" type="button" aria-pressed=${by === each}
          @click=${() => colour(each)}>${t(`creation.colour.${each}`)}</button>`,
      )}</div>
      <ul>${
        by === "stage"
          ? STANDINGS.map(
              (each) =>
                html`<li><i class="look ${each}"></i>${t(`creation.standing.${each}`)}</li>`,
            )
          : TONES.map(
              (each) => html`<li><i class="look ${each}"></i>${t(`creation.tone.${each}`)}</li>`,
            )
      }</ul>
    </div>`;

  drawOver();
  return {
    /** Names of the ground. @param {any[]} communities @param {any[]} estates */
    setNames: (communities, estates) => map?.setNames(communities, estates),

    /**
     * @param {Row[]} rows those that are shown @param {Narrowed["colour"]} colour
     * @param {Map<number, GeoJSON.Geometry>} geometries by estate
     * @param {boolean} fit to see all of them
     */
    show(rows, colour, geometries, fit) {
      by = colour;
      shapes = rows.flatMap((row) => {
        const geometry = geometries.get(row.estate.id);
        const look = by === "stage" ? standingOf(row) : toneOf(row);
        const said = [row.stage, row.score === null ? "" : String(Math.round(row.score))]
          .filter(Boolean)
          .join(" · ");
        return geometry
          ? [{ type: /** @type {const} */ ("Feature"), geometry, properties: { look, said } }]
          : [];
      });
      scene?.put(
        "creation",
        shapes.filter(({ geometry }) => geometry.type !== "Point"),
      );
      scene?.put(
        "creation-signs",
        shapes.map((shape) => ({
          ...shape,
          geometry: { type: "Point", coordinates: innerPoint(shape.geometry) },
        })),
      );
      if (fit) fitAll();
      drawOver();
    },
  };
}

/** @typedef {ReturnType<typeof openCreationMap>} CreationMap */

function palette() {
  const style = getComputedStyle(document.documentElement);
  return paletteOf((token) => style.getPropertyValue(token));
}
