/**
 * What the tablet knows, as the rows of its map. Features are told apart by whole numbers there:
 * what has only a UUID gets one beyond all of the register's. (One below zero would not come back
 * from the map as it went in.)
 *
 * @import { Asset, Estate, Place, PlaceId, PlaceProperties } from "../types.d.ts"
 * @import { Finding } from "../store/register.js"
 * @import { Known } from "../reported.js"
 */

import { innerPoint } from "../metres.js";
import { LAYER_OF } from "./assets.js";

const BEYOND = 2 ** 45;
/** UUID → its number on this map. @type {Map<string, number>} */
const numbers = new Map();

/** @param {PlaceId} id */
export function numberOf(id) {
  if (typeof id === "number") return id;
  const known = numbers.get(id) ?? BEYOND + numbers.size;
  numbers.set(id, known);
  return known;
}

/** The other way round. @param {number} number @returns {PlaceId} */
export const idOf = (number) =>
  number < BEYOND ? number : ([...numbers].find(([, each]) => each === number)?.[0] ?? number);

/**
 * @param {{ communities: Place[], estates: Estate[], buildings: Place[], assets: Asset[],
 *   findings: Finding[], own: Known[], proposed: (Asset | Estate)[], word: string }} known `word`:
 *   what a proposal's sign says
 * @returns {Record<string, GeoJSON.FeatureCollection>} by source of the style
 */
export function rowsOf({ communities, estates, buildings, assets, findings, own, proposed, word }) {
  const places = new Map(estates.map((estate) => [estate.id, estate]));
  const things = [...assets, ...proposed.filter(isAsset)];
  const found = [
    ...findings.map(({ geometry, properties }) =>
      feature(properties.number, geometry, {
        severity: properties.severity,
        estate: properties.estate,
        open: true,
      }),
    ),
    ...own.map((finding) =>
      feature(numberOf(`${finding.inspection}/${finding.item}`), placeOf(finding, places, things), {
        severity: finding.severity,
        estate: numberOf(finding.estate),
        open: true,
        waits: finding.waits,
      }),
    ),
  ].flatMap((each) => (each ? [each] : []));
  return {
    communities: collected(communities.map(plain)),
    estates: collected(estates.map(plain)),
    buildings: collected(buildings.map(plain)),
    findings: { type: "FeatureCollection", features: found },
    proposed: collected(
      proposed.map(({ id, geometry }) =>
        feature(numberOf(id), geometry && { type: "Point", coordinates: innerPoint(geometry) }, {
          word,
        }),
      ),
    ),
    ...Object.fromEntries(
      Object.entries(LAYER_OF).map(([type, layer]) => [
        layer,
        collected(things.filter(({ properties }) => properties.type === type).map(plain)),
      ]),
    ),
  };
}

/** @param {Asset | Estate} row @returns {row is Asset} */
const isAsset = (row) => "type" in row.properties;

/** Where the record was made; else where the thing or the estate is. @param {Known} finding @param {Map<PlaceId, Estate>} estates @param {Asset[]} assets @returns {GeoJSON.Point | null} */
function placeOf({ point, asset, estate }, estates, assets) {
  if (point) return { type: "Point", coordinates: point };
  const shape =
    assets.find(({ id }) => id === asset)?.geometry ?? estates.get(estate)?.geometry ?? null;
  return shape && { type: "Point", coordinates: innerPoint(shape) };
}

/** @param {Place<PlaceProperties, PlaceId>} place */
const plain = ({ id, geometry, properties }) => {
  const { estate } = /** @type {{ estate?: PlaceId | null }} */ (properties);
  return feature(numberOf(id), geometry, {
    ...properties,
    ...(estate === undefined || estate === null ? {} : { estate: numberOf(estate) }),
  });
};

/**
 * @param {number} id
 * @param {GeoJSON.Geometry | null} geometry
 * @param {Record<string, unknown>} properties
 * @returns {GeoJSON.Feature | null}
 */
const feature = (id, geometry, properties) =>
  geometry && { type: "Feature", id, geometry, properties };

/** @param {(GeoJSON.Feature | null)[]} features @returns {GeoJSON.FeatureCollection} */
const collected = (features) => ({
  type: "FeatureCollection",
  features: features.flatMap((each) => (each ? [each] : [])),
});
