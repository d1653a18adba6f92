/**
 * Two maps beside each other that move as one.
 *
 * @import { Difference, Drawn } from "../../weighing/types.d.ts"
 * @import { OpenDesk } from "../desk.js"
 */

import { openMap } from "../../map/map.js";
import { PAIR, pairLayers } from "../../map/pair.js";
import { paletteOf } from "../../map/palette.js";
import { boundsOf, innerPoint } from "../../metres.js";
import { spoken, t } from "../../words.js";
import { openScene } from "./scene.js";

/** @param {OpenDesk} desk @returns null where no map can be drawn */
export function openPair(desk) {
  if (!desk.map) return null;
  const first = desk.map;
  const frame = /** @type {HTMLElement} */ (first.map.getContainer().parentElement);
  const box = document.createElement("div");
  box.className = "pair-maps";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", t("compare.maps"));
  frame.append(box);
  const halves = [half(box), half(box)];
  const scenes = halves.map(({ opened }) => openScene(opened, pairLayers, PAIR));
  /** @type {Difference[]} */
  let rows = [];
  let [following, looked] = [false, false];

  for (const [at, { opened }] of halves.entries()) {
    opened.map.jumpTo({ center: first.map.getCenter(), zoom: first.map.getZoom() });
    opened.map.on("move", () => {
      // The one that follows moves as well, and must not lead.
      if (following) return;
      following = true;
      const { map } = /** @type {typeof halves[0]} */ (halves[1 - at]).opened;
      map.jumpTo({ center: opened.map.getCenter(), zoom: opened.map.getZoom() });
      following = false;
    });
  }

  return {
    /** @param {[string, string]} names @param {[Drawn[], Drawn[]]} sites @param {Difference[]} differing */
    show(names, sites, differing) {
      rows = differing;
      for (const at of /** @type {const} */ ([0, 1])) {
        const side = at ? "right" : "left";
        const looks = new Map(rows.map((row) => [String(row[side]?.id), row.what]));
        const { caption } = /** @type {typeof halves[0]} */ (halves[at]);
        caption.textContent = names[at];
        scenes[at]?.put(
          "pair",
          sites[at].flatMap((site) => {
            const look = looks.get(String(site.id)) ?? "same";
            const said = site.properties.name || t("site.unnamed");
            return [
              { ...site, properties: { look, said } },
              {
                type: "Feature",
                properties: { look, said },
                geometry: { type: "Point", coordinates: innerPoint(site.geometry) },
              },
            ];
          }),
        );
      }
      const all = sites.flat();
      if (!looked && all.length)
        halves[0]?.opened.fit(
          boundsOf({
            type: "MultiPolygon",
            coordinates: all.map(({ geometry }) => geometry.coordinates),
          }),
        );
      looked = true;
    },

    /** @param {string} id of a difference */
    look(id) {
      const row = rows.find((each) => each.id === id);
      const geometry = (row?.left ?? row?.right)?.geometry;
      if (geometry) halves[0]?.opened.goTo(innerPoint(geometry), 18);
    },

    close() {
      for (const { opened } of halves) opened.map.remove();
      for (const scene of scenes) scene.close();
      box.remove();
    },
  };
}

/** @param {HTMLElement} box */
function half(box) {
  const side = document.createElement("figure");
  const caption = document.createElement("figcaption");
  const container = document.createElement("div");
  container.className = "map";
  side.append(caption, container);
  box.append(side);
  const style = getComputedStyle(document.documentElement);
  const palette = paletteOf((token) => style.getPropertyValue(token));
  const opened = openMap({ container, palette, language: spoken(), findings: "status=open" });
  return { caption, opened };
}
