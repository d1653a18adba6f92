/** Two maps beside each other that move as one, over the map that the page has. */

import { openMap } from "../map/map.js";
import { paletteOf } from "../map/palette.js";
import { spoken } from "../words.js";

/**
 * @import { OpenMap } from "../map/map.js"
 * @param {OpenMap} first the page's own
 * @param {string} says what the two are
 * @param {{ findings?: string, onTap?: (side: number, at: [number, number]) => void }} [ways]
 */
export function openTwoMaps(first, says, { findings = "", onTap } = {}) {
  const frame = /** @type {HTMLElement} */ (first.map.getContainer().parentElement);
  const box = document.createElement("div");
  box.className = "pair-maps";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", says);
  frame.append(box);
  const halves = [0, 1].map((side) => half(box, findings, (at) => onTap?.(side, at)));
  let following = false;
  for (const [at, { opened }] of halves.entries()) {
    opened.map.jumpTo({
      center: first.map.getCenter(),
      zoom: first.map.getZoom() - less(first, opened),
    });
    opened.map.on("move", () => {
      // The one that follows moves as well, and must not lead.
      if (following) return;
      following = true;
      const { map } = /** @type {typeof halves[0]} */ (halves[1 - at]).opened;
      map.jumpTo({ center: opened.map.getCenter(), zoom: opened.map.getZoom() });
      following = false;
    });
  }
  const themes = new MutationObserver(() => {
    for (const { opened } of halves) opened.setPalette(palette());
  });
  themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });

  return {
    halves,
    close() {
      themes.disconnect();
      for (const { opened } of halves) opened.map.remove();
      box.remove();
    },
  };
}

/** By how much a half is zoomed out, to hold what the whole one shows. @param {OpenMap} first @param {OpenMap} half */
function less({ map }, half) {
  const { top = 0, right = 0, bottom = 0, left = 0 } = map.getPadding();
  const [whole, part] = [map.getContainer(), half.map.getContainer()];
  const wide = (whole.clientWidth - left - right) / part.clientWidth;
  const tall = (whole.clientHeight - top - bottom) / part.clientHeight;
  return Math.max(0, Math.log2(Math.max(wide, tall)));
}

/** @param {HTMLElement} box @param {string} findings @param {(at: [number, number]) => void} onTap */
function half(box, findings, onTap) {
  const side = document.createElement("figure");
  const caption = document.createElement("figcaption");
  const container = document.createElement("div");
  container.className = "map";
  side.append(caption, container);
  box.append(side);
  const opened = openMap({
    container,
    palette: palette(),
    language: spoken(),
    findings,
    onTap: (_, at) => onTap(at),
  });
  return { caption, opened };
}

function palette() {
  const style = getComputedStyle(document.documentElement);
  return paletteOf((token) => style.getPropertyValue(token));
}
