/**
 * From numbers to shades, by a scale that is fixed: the same number has the same colour at every
 * zoom and on every day.
 *
 * @import { Grid, Heat, Place } from "./types.d.ts"
 */

/** Most pixels of a heat's picture: finer than that no screen shows. */
const MOST_PIXELS = 1_500_000;
const FINEST = 6;

/**
 * @param {number | null | undefined} value
 * @param {number[]} scale where each shade begins, from little to much
 * @returns {number} 0 for nothing; what is less than the first shade's has it still
 */
export function shadeOf(value, scale) {
  if (!value || value < 0) return 0;
  let shade = 1;
  while (shade < scale.length && value >= (scale[shade] ?? 0)) shade += 1;
  return shade;
}

/** @param {Heat} heat @returns {Grid} */
export function gridOf({ columns, rows, corners, values }) {
  const bytes = Uint8Array.from(atob(values), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const read = Float32Array.from({ length: columns * rows }, (_, at) =>
    at * 4 + 4 <= bytes.length ? view.getFloat32(at * 4, true) : 0,
  );
  return { columns, rows, corners, values: read };
}

/**
 * The heat as a picture: between the middles of cells it is read along straight lines, so that
 * the edge of a shade is where the value is, not where a cell ends.
 *
 * @param {Grid} grid
 * @param {number[]} scale what is less than its first is left clear
 * @param {string[]} colours as #rrggbb
 * @returns {{ width: number, height: number, data: Uint8ClampedArray<ArrayBuffer> }} RGBA
 */
export function picture(grid, scale, colours) {
  const cells = Math.max(1, grid.columns * grid.rows);
  const finer = Math.max(1, Math.min(FINEST, Math.floor(Math.sqrt(MOST_PIXELS / cells))));
  const [width, height] = [grid.columns * finer, grid.rows * finer];
  const data = new Uint8ClampedArray(width * height * 4);
  const inks = colours.map(rgb);
  const first = scale[0] ?? 0;
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const value = between(grid, (column + 0.5) / finer - 0.5, (row + 0.5) / finer - 0.5);
      if (value < first || value <= 0) continue;
      const ink = inks[shadeOf(value, scale) - 1] ?? [0, 0, 0];
      data.set([...ink, 255], (row * width + column) * 4);
    }
  }
  return { width, height, data };
}

/** Where a heat is highest, in the middle of its cell; null where it is nowhere. @param {Grid} grid */
export function peakOf({ columns, rows, corners: [nw, ne, , sw], values }) {
  const cell = values.reduce((best, value, at) => (value > (values[best] ?? 0) ? at : best), 0);
  const value = values[cell] ?? 0;
  if (value <= 0) return null;
  const [u, v] = [((cell % columns) + 0.5) / columns, (Math.floor(cell / columns) + 0.5) / rows];
  const along = (/** @type {0 | 1} */ axis) =>
    nw[axis] + u * (ne[axis] - nw[axis]) + v * (sw[axis] - nw[axis]);
  return { at: /** @type {[number, number]} */ ([along(0), along(1)]), value };
}

/** The value at a place; 0 outside. @param {Grid} grid @param {Place} place */
export function valueAt(grid, [lon, lat]) {
  const [nw, ne, , sw] = grid.corners;
  const [ax, ay] = [ne[0] - nw[0], ne[1] - nw[1]];
  const [bx, by] = [sw[0] - nw[0], sw[1] - nw[1]];
  const [px, py] = [lon - nw[0], lat - nw[1]];
  const twist = ax * by - ay * bx || 1;
  const [u, v] = [(px * by - py * bx) / twist, (ax * py - ay * px) / twist];
  if (u < 0 || u > 1 || v < 0 || v > 1) return 0;
  return between(grid, u * grid.columns - 0.5, v * grid.rows - 0.5);
}

/** @param {Grid} grid @param {number} x in cells, 0 the middle of the first @param {number} y */
function between({ columns, rows, values }, x, y) {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, down] = [x - left, y - top];
  const cell = (/** @type {number} */ column, /** @type {number} */ row) =>
    values[
      Math.min(rows - 1, Math.max(0, row)) * columns + Math.min(columns - 1, Math.max(0, column))
    ] ?? 0;
  const above = cell(left, top) * (1 - right) + cell(left + 1, top) * right;
  const below = cell(left, top + 1) * (1 - right) + cell(left + 1, top + 1) * right;
  return above * (1 - down) + below * down;
}

/** @param {string} colour as #rrggbb */
const rgb = (colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/**
 * Lines on a slant, for where nobody looked: no shade of its own that could be taken for a value.
 *
 * @param {string} colour as #rrggbb
 * @returns {{ width: number, height: number, data: Uint8ClampedArray<ArrayBuffer> }} RGBA, joins itself
 */
export function hatch(colour) {
  const side = 16;
  const data = new Uint8ClampedArray(side * side * 4);
  const ink = rgb(colour);
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const line = (row + column) % 8 < 3;
      data.set([...ink, line ? 255 : 0], (row * side + column) * 4);
    }
  }
  return { width: side, height: side, data };
}
