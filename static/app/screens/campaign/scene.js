/**
 * The map beside the rows: opened once, and coloured by the light of whichever indicator is shown.
 *
 * @import { Shade } from "../../map/standing.js"
 */

import { hatch } from "../../leading/shades.js";
import { HATCH, OVER } from "../../map/leading.js";
import { OFFICE, openMap } from "../../map/map.js";
import { paletteOf } from "../../map/palette.js";
import { SIGN_OF, SIGNS, standingLayers, standingSigns } from "../../map/standing.js";
import { boundsOf, innerPoint } from "../../metres.js";
import { spoken } from "../../words.js";

/** Says nothing of how far an indicator is. */
const ASIDE = /** @type {const} */ ([
  "findings",
  "lanes",
  "lights",
  "charging_sites",
  "hydrants",
  "operation_areas",
  "vacant_spaces",
]);

/** @typedef {{ source: "communities" | "estates", lights: Map<number, Shade>,
 *   numbers: Map<number, string>, only: number | null }} Shown `numbers`: of what has no light, as
 *   its sign; `only`: the community that is looked at */

/**
 * @param {HTMLElement} container
 * @param {any[]} communities
 * @param {any[]} estates
 * @param {(id: number, source: Shown["source"]) => void} onTap
 * @returns {{ put: (shown: Shown) => void } | null} null where the device can't draw a map
 */
export function openScene(container, communities, estates, onTap) {
  /** @type {Shown | null} */
  let wanted = null;
  let open = false;
  /** @type {{ source: Shown["source"], ids: number[] }} */
  let painted = { source: "estates", ids: [] };
  /** @type {string} */
  let fitted = "";
  const opened = tried();
  if (!opened) return null;
  const { map, kept } = opened;

  function tried() {
    try {
      return openMap({
        container,
        palette: palette(),
        language: spoken(),
        onTap: (taps, at) => tapped(taps, at),
      });
    } catch {
      return null;
    }
  }

  /** @param {{ layer: string, id: number }[]} taps @param {[number, number]} at */
  function tapped(taps, at) {
    const estate = taps.find(({ layer }) => layer === "estates");
    if (estate) onTap(estate.id, "estates");
    else {
      const found = map.queryRenderedFeatures(map.project(at), {
        layers: ["standing-communities"],
      });
      if (found[0]) onTap(Number(found[0].id), "communities");
    }
  }

  for (const layer of ASIDE) opened.show(layer, false);
  opened.setNames(communities, estates);

  function begin() {
    if (!map.hasImage(HATCH)) map.addImage(HATCH, hatch(palette().none), { pixelRatio: 2 });
    if (!map.getSource(SIGNS)) {
      kept.add(SIGNS);
      for (const layer of standingLayers(palette())) map.addLayer(layer, OVER);
      for (const layer of standingSigns(palette())) map.addLayer(layer);
    }
    painted = { source: "estates", ids: [] };
    open = true;
    draw();
  }

  map.once("style.load", begin);
  map.on("webglcontextlost", () => {
    open = false;
  });
  kept.afterwards(begin);
  new MutationObserver(async () => {
    await opened.setPalette(palette());
    if (!open) return;
    map.updateImage(HATCH, hatch(palette().none));
    for (const { id, paint } of [...standingLayers(palette()), ...standingSigns(palette())])
      for (const [name, value] of Object.entries(paint ?? {}))
        map.setPaintProperty(id, /** @type {any} */ (name), value);
  }).observe(document.documentElement, { attributeFilter: ["data-theme"] });

  function draw() {
    if (!open || !wanted) return;
    const { source, lights, numbers, only } = wanted;
    for (const id of painted.ids)
      map.removeFeatureState({ source: painted.source, sourceLayer: painted.source, id }, "light");
    for (const [id, light] of lights)
      map.setFeatureState({ source, sourceLayer: source, id }, { light });
    painted = { source, ids: [...lights.keys()] };
    const places = source === "estates" ? estates : communities;
    kept.put(SIGNS, {
      type: "FeatureCollection",
      features: places.flatMap(({ id, geometry }) => {
        const light = lights.get(id);
        const sign = light === "none" ? (numbers.get(id) ?? "") : light ? SIGN_OF[light] : "";
        if (!geometry || !sign) return [];
        return [
          {
            type: /** @type {const} */ ("Feature"),
            properties: { light, sign },
            geometry: { type: /** @type {const} */ ("Point"), coordinates: innerPoint(geometry) },
          },
        ];
      }),
    });
    look(only);
  }

  /** To the community, or to all of them: once, so that who moved the map finds it where it was. @param {number | null} only */
  function look(only) {
    const key = String(only);
    if (fitted === key) return;
    fitted = key;
    const shown = communities.filter(({ id }) => only === null || id === only);
    const coordinates = shown.flatMap(({ geometry }) => geometry?.coordinates ?? []);
    opened?.fit(
      coordinates.length ? boundsOf({ type: "MultiPolygon", coordinates }) : OFFICE,
      17.5,
      0,
    );
  }

  return {
    put(shown) {
      wanted = shown;
      draw();
    },
  };
}

function palette() {
  const style = getComputedStyle(document.documentElement);
  return paletteOf((token) => style.getPropertyValue(token));
}
