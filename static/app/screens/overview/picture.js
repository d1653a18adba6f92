/**
 * The map as it stands, with its title, legend and stamp: a picture to keep, and what is printed.
 *
 * @import { Map as MapLibre } from "maplibre-gl"
 */

/** @typedef {{ title: string, sub: string, stamp: string[], legend: { title: string, unit: string, scale: string[], grey: string, says: string } }} Words */

const EDGE = 32;
const LINE = 30;

/**
 * The map's pixels, without what lies under the panel: they are only there while it is being
 * drawn.
 *
 * @param {MapLibre} map
 */
export function pixels(map) {
  const from = map.getCanvas();
  const { top = 0, right = 0, bottom = 0, left = 0 } = map.getPadding();
  const dense = from.width / from.clientWidth;
  const canvas = document.createElement("canvas");
  canvas.width = from.width - Math.round((left + right) * dense);
  canvas.height = from.height - Math.round((top + bottom) * dense);
  map.redraw();
  canvas.getContext("2d")?.drawImage(from, -Math.round(left * dense), -Math.round(top * dense));
  return canvas;
}

/**
 * @param {MapLibre} map
 * @param {Words} words
 * @returns {Promise<Blob | null>} PNG
 */
export function picture(map, words) {
  const token = (/** @type {string} */ name) =>
    getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const shown = pixels(map);
  // Points of the screen are larger where it has more of them.
  const scale = Math.max(1, map.getCanvas().width / map.getCanvas().clientWidth);
  const canvas = document.createElement("canvas");
  const head = Math.round((LINE * 2 + EDGE * 1.5) * scale);
  const foot = Math.round((LINE * (3 + words.stamp.length) + EDGE) * scale);
  canvas.width = Math.max(shown.width, Math.round(900 * scale));
  canvas.height = head + shown.height + foot;
  const pen = canvas.getContext("2d");
  if (!pen) return Promise.resolve(null);
  const font = (/** @type {number} */ size, strong = false) => {
    pen.font = `${strong ? 600 : 400} ${Math.round(size * scale)}px ${token("--font")}`;
  };
  pen.fillStyle = token("--surface");
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(shown, Math.round((canvas.width - shown.width) / 2), head);
  const left = EDGE * scale;
  const wide = canvas.width - 2 * left;
  pen.fillStyle = token("--ink");
  font(26, true);
  pen.fillText(words.title, left, (EDGE + LINE * 0.6) * scale, wide);
  pen.fillStyle = token("--ink-soft");
  font(16);
  pen.fillText(words.sub, left, (EDGE + LINE * 1.6) * scale, wide);

  const { legend } = words;
  let y = head + shown.height + LINE * scale;
  pen.fillStyle = token("--ink");
  font(16, true);
  pen.fillText(`${legend.title} (${legend.unit})`, left, y, wide);
  const step = Math.min(90 * scale, wide / (legend.scale.length + 3));
  for (const [at, begins] of legend.scale.entries()) {
    pen.fillStyle = token(`--heat-${at + 1}`);
    pen.fillRect(left + at * step, y + 10 * scale, step, 14 * scale);
    pen.fillStyle = token("--ink");
    font(14);
    pen.fillText(
      at === legend.scale.length - 1 ? `≥ ${begins}` : begins,
      left + at * step,
      y + 40 * scale,
    );
  }
  const greyAt = left + (legend.scale.length + 0.4) * step;
  pen.save();
  pen.beginPath();
  pen.rect(greyAt, y + 10 * scale, 28 * scale, 14 * scale);
  pen.clip();
  pen.strokeStyle = token("--heat-none");
  pen.lineWidth = 3 * scale;
  for (let x = -20; x < 40; x += 7) {
    pen.beginPath();
    pen.moveTo(greyAt + x * scale, y + 26 * scale);
    pen.lineTo(greyAt + (x + 18) * scale, y + 8 * scale);
    pen.stroke();
  }
  pen.restore();
  pen.fillStyle = token("--ink");
  pen.fillText(legend.grey, greyAt + 36 * scale, y + 23 * scale);
  pen.fillStyle = token("--ink-soft");
  font(13);
  y += LINE * 2.2 * scale;
  for (const line of [legend.says, ...words.stamp]) {
    pen.fillText(line, left, y, wide);
    y += LINE * 0.8 * scale;
  }
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/** @param {Blob} blob @param {string} name */
export function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** A page on paper has the map as a picture: of the map itself the printer sees nothing. @param {MapLibre} map */
export function printable(map) {
  const frame = /** @type {HTMLElement} */ (map.getContainer().parentElement);
  /** @type {HTMLCanvasElement | null} */
  let shown = null;
  addEventListener("beforeprint", () => {
    shown?.remove();
    shown = pixels(map);
    shown.className = "map-on-paper";
    shown.setAttribute("aria-hidden", "true");
    frame.append(shown);
  });
  addEventListener("afterprint", () => {
    shown?.remove();
    shown = null;
  });
}
