/**
 * The background out of one PMTiles file that the tablet keeps. MapLibre asks for `tablet://…`
 * addresses; they are answered from the file alone, and without a file they are empty.
 *
 * @import { Source } from "pmtiles"
 */

import { addProtocol } from "maplibre-gl";
import { PMTiles } from "pmtiles";

/** What the style asks for. */
export const BASE_TILES = "tablet://base/{z}/{x}/{y}";

/** @type {PMTiles | null} */
let archive = null;

/** @param {Source | null} file null: there is none */
export function chooseBase(file) {
  archive = file && new PMTiles(file);
}

/** From now on `tablet://` is understood. */
export function answerBase() {
  addProtocol("tablet", async ({ url }, { signal }) => {
    const [z = 0, x = 0, y = 0] = url.split("/").slice(-3).map(Number);
    const tile = await archive?.getZxy(z, x, y, signal);
    return { data: tile?.data ?? new ArrayBuffer(0) };
  });
}
