/**
 * The map's small signs, drawn point by point: a shape for each severity and each kind of asset,
 * so that no colour stands alone and no picture is fetched.
 *
 * @import { Palette } from "./palette.js"
 * @typedef {"triangle" | "diamond" | "disc" | "square" | "cross"} Shape
 * @typedef {{ width: number, height: number, data: Uint8ClampedArray }} Picture
 */

import { severityColour } from "./palette.js";

const SIZE = 30;
const DENSITY = 2;
/** Points on a side of the fine grid that each pixel is an average of. */
const FINE = 3;

/**
 * How far inside a shape a point lies, in units of the shape's half size; negative outside.
 * x to the right and y downward, both from -1 to 1.
 *
 * @type {Record<Shape, (x: number, y: number) => number>}
 */
const INSIDE = {
  disc: (x, y) => 0.84 - Math.hypot(x, y),
  diamond: (x, y) => (1 - Math.abs(x) - Math.abs(y)) * Math.SQRT1_2,
  square: (x, y) => 0.78 - Math.max(Math.abs(x), Math.abs(y)),
  triangle: (x, y) => Math.min(0.72 - y, (y + 1 - 2 * Math.abs(x)) / Math.sqrt(5)),
  cross: (x, y) =>
    Math.max(
      Math.min(0.3 - Math.abs(x), 0.86 - Math.abs(y)),
      Math.min(0.86 - Math.abs(x), 0.3 - Math.abs(y)),
    ),
};

/**
 * @param {Shape} shape
 * @param {string} fill a colour as #rrggbb
 * @param {string} edge a colour as #rrggbb, of the line around it
 * @param {boolean} [hollow] only the outline: what is over and done with
 * @returns {Picture} RGBA, drawn for a screen of two pixels a point
 */
export function draw(shape, fill, edge, hollow = false) {
  const side = SIZE * DENSITY;
  const data = new Uint8ClampedArray(side * side * 4);
  const [body, line] = [rgb(fill), rgb(edge)];
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const sum = [0, 0, 0, 0];
      for (let part = 0; part < FINE * FINE; part += 1) {
        const x = scaled(column + ((part % FINE) + 0.5) / FINE, side);
        const y = scaled(row + (Math.floor(part / FINE) + 0.5) / FINE, side);
        const colour = colourAt(INSIDE[shape](x, y), body, line, hollow);
        if (!colour) continue;
        for (const [channel, value] of colour.entries()) sum[channel] = (sum[channel] ?? 0) + value;
        sum[3] = (sum[3] ?? 0) + 1;
      }
      const [red = 0, green = 0, blue = 0, count = 0] = sum;
      if (!count) continue;
      const at = (row * side + column) * 4;
      data.set([red / count, green / count, blue / count, (255 * count) / FINE ** 2], at);
    }
  }
  return { width: side, height: side, data };
}

/** Every sign by its name in the style. @param {Palette} palette @returns {[string, Picture][]} */
export function signs(palette) {
  /** @type {[number, Shape][]} */
  const severities = [
    [1, "triangle"],
    [2, "diamond"],
    [3, "disc"],
  ];
  return [
    ...severities.flatMap(([severity, shape]) => {
      const colour = severityColour(palette, severity);
      return /** @type {[string, Picture][]} */ ([
        [`finding-${severity}`, draw(shape, colour, palette.halo)],
        [`finding-${severity}-closed`, draw(shape, colour, palette.halo, true)],
      ]);
    }),
    ["light", draw("disc", palette.halo, palette.light)],
    ["charging", draw("square", palette.charging, palette.halo)],
    ["charging-planned", draw("square", palette.charging, palette.halo, true)],
    ["hydrant", draw("cross", palette.hydrant, palette.halo)],
  ];
}

export const PIXEL_RATIO = DENSITY;

/** @param {number} pixel @param {number} side */
const scaled = (pixel, side) => ((pixel / side) * 2 - 1) * 1.14;

/**
 * @param {number} depth
 * @param {number[]} body
 * @param {number[]} line
 * @param {boolean} hollow
 */
function colourAt(depth, body, line, hollow) {
  if (depth < -0.13) return null;
  if (depth < 0.03) return line;
  return hollow && depth > 0.26 ? line : body;
}

/** @param {string} colour */
function rgb(colour) {
  const digits = /^#([0-9a-f]{6})$/i.exec(colour)?.[1] ?? "808080";
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
}
