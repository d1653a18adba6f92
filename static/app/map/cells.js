/**
 * Open findings by square cells, as geo/tiles.py counts them for the tiles of other pages: 32
 * along the edge of a tile, hence of the same size on the screen at every zoom.
 *
 * @typedef {{ point: number[], severity: number }} Found
 */

const CELLS_LOG2 = 5;

/**
 * @param {Found[]} found
 * @param {number} zoom of the map
 * @returns {GeoJSON.FeatureCollection<GeoJSON.Polygon, { open: number, worst: number }>}
 */
export function cellsOf(found, zoom) {
  const across = 2 ** (Math.max(0, Math.floor(zoom)) + CELLS_LOG2);
  /** @type {Map<string, { x: number, y: number, open: number, worst: number }>} */
  const cells = new Map();
  for (const { point, severity } of found) {
    const [x, y] = [column(point[0] ?? 0, across), row(point[1] ?? 0, across)];
    const cell = cells.get(`${x}/${y}`) ?? { x, y, open: 0, worst: severity };
    cells.set(`${x}/${y}`, {
      ...cell,
      open: cell.open + 1,
      worst: Math.min(cell.worst, severity),
    });
  }
  return {
    type: "FeatureCollection",
    features: [...cells.values()].map(({ x, y, open, worst }) => ({
      type: "Feature",
      properties: { open, worst },
      geometry: { type: "Polygon", coordinates: [square(x, y, across)] },
    })),
  };
}

/** @param {number} lon @param {number} across */
const column = (lon, across) => Math.floor(((lon + 180) / 360) * across);

/** @param {number} lat @param {number} across */
function row(lat, across) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * across);
}

/** @param {number} x @param {number} y @param {number} across */
function square(x, y, across) {
  const [west, east] = [x, x + 1].map((at) => (at / across) * 360 - 180);
  const [north, south] = [y, y + 1].map((at) => latitude(at / across));
  return /** @type {number[][]} */ ([
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]);
}

/** @param {number} share of the way from the north of the web's map */
const latitude = (share) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * share))) * 180) / Math.PI;
