/** A small map of where a case is: one at a time, for a browser draws few of them at once. */

import { openMap } from "../../map/map.js";
import { paletteOf } from "../../map/palette.js";
import { spoken } from "../../words.js";

const ZOOM_DEGREES = 0.0012;

export function openSmallMap() {
  /** It goes with its screen. */
  let close = () => {};
  return {
    close: () => close(),

    /** @param {Element | undefined} element @param {[number, number]} at @param {number | null} estate */
    showIn(element, at, estate) {
      if (!element || element.childElementCount) return;
      const container = document.createElement("div");
      element.append(container);
      const [lon, lat] = at;
      const style = getComputedStyle(document.documentElement);
      try {
        const map = openMap({
          container,
          palette: paletteOf((token) => style.getPropertyValue(token)),
          language: spoken(),
          findings: "status=open",
          bounds: [lon - ZOOM_DEGREES, lat - ZOOM_DEGREES, lon + ZOOM_DEGREES, lat + ZOOM_DEGREES],
        });
        close = () => {
          map.close();
          container.remove();
          close = () => {};
        };
        map.show("findings", false);
        map.pick({ layer: "estates", point: at, ...(estate ? { id: estate } : {}) });
      } catch {
        // The ways to it are there all the same.
        element.remove();
      }
    },
  };
}
