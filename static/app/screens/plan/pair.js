/**
 * Two maps beside each other that move as one.
 *
 * @import { Difference, Drawn } from "../../weighing/types.d.ts"
 * @import { OpenDesk } from "../desk.js"
 */

import { PAIR, pairLayers } from "../../map/pair.js";
import { boundsOf, innerPoint } from "../../metres.js";
import { t } from "../../words.js";
import { openTwoMaps } from "../two_maps.js";
import { openScene } from "./scene.js";

/** @param {OpenDesk} desk @returns null where no map can be drawn */
export function openPair(desk) {
  if (!desk.map) return null;
  const two = openTwoMaps(desk.map, t("compare.maps"), { findings: "status=open" });
  const { halves } = two;
  const scenes = halves.map(({ opened }) => openScene(opened, pairLayers, PAIR));
  /** @type {Difference[]} */
  let rows = [];
  let looked = false;

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
      for (const scene of scenes) scene.close();
      two.close();
    },
  };
}
