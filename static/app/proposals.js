/**
 * What is missing in the register and was proposed from the field: usable on this tablet at once,
 * under the proposal's own UUID, until the pack brings the register's row.
 *
 * @import { Asset, Estate, PlaceId } from "./types.d.ts"
 *
 * @typedef {"estates" | "lanes" | "lights" | "hydrants" | "charging_sites" | "operation_areas" | "vacant_spaces"} ProposalLayer
 * @typedef {{ id: string, layer: ProposalLayer, estate: PlaceId | null, name: string, code: string,
 *   note: string, geometry: GeoJSON.Geometry, recordedAt: string }} Proposal
 */

import { contains, innerPoint } from "./metres.js";

/** Layer → the asset's type, and what is drawn of it. */
export const PROPOSABLE = /** @type {const} */ ({
  lights: { type: "light", shape: "Point" },
  hydrants: { type: "hydrant", shape: "Point" },
  lanes: { type: "lane", shape: "LineString" },
  charging_sites: { type: "charging_site", shape: "Point" },
  operation_areas: { type: "operation_area", shape: "Polygon" },
  vacant_spaces: { type: "vacant_space", shape: "Polygon" },
  estates: { type: null, shape: "Polygon" },
});

/** Corners that a shape needs. */
export const LEAST = { Point: 1, LineString: 2, Polygon: 3 };

/**
 * @param {"Point" | "LineString" | "Polygon"} shape
 * @param {number[][]} corners in the order in which they were set
 * @returns {GeoJSON.Geometry | null} null while corners are missing
 */
export function drawn(shape, corners) {
  const [first] = corners;
  if (corners.length < LEAST[shape] || !first) return null;
  if (shape === "Point") return { type: "Point", coordinates: first };
  if (shape === "LineString") return { type: "LineString", coordinates: corners };
  return { type: "Polygon", coordinates: [[...corners, first]] };
}

/** What is sent. @param {Proposal} proposal */
export const proposalBody = ({ layer, estate, name, code, note, geometry, recordedAt }) => ({
  layer,
  estate,
  name: name.trim() || null,
  code: code.trim() || null,
  note: note.trim() || null,
  geometry,
  recorded_at: recordedAt,
});

/**
 * @param {string} id
 * @param {any} content of the entry
 * @returns {Asset}
 */
export const assetRow = (id, content) => ({
  type: "Feature",
  id,
  geometry: content.geometry,
  properties: {
    name: content.name ?? "",
    code: content.code ?? "",
    type: PROPOSABLE[/** @type {ProposalLayer} */ (content.layer)].type ?? "",
    estate: content.estate ?? null,
    status: "",
    width_m: null,
    ports: null,
    bays: null,
    indoor: null,
    area_m2: null,
    unconfirmed: true,
    proposed: id,
  },
});

/**
 * @param {string} id
 * @param {any} content of the entry
 * @param {{ id: number, geometry: GeoJSON.Geometry | null, properties: { name: string } }[]} communities
 * @returns {Estate}
 */
export function estateRow(id, content, communities) {
  const community = communities.find(
    ({ geometry }) =>
      (geometry?.type === "Polygon" || geometry?.type === "MultiPolygon") &&
      contains(geometry, innerPoint(content.geometry)),
  );
  return {
    type: "Feature",
    id,
    geometry: content.geometry,
    properties: {
      name: content.name ?? "",
      code: content.code ?? null,
      community: community?.id ?? 0,
      community_name: community?.properties.name ?? "",
      company_name: null,
      has_company: null,
      households: null,
      ebikes: null,
      height_class: "unknown",
      tallest_m: null,
      target_year: null,
      unconfirmed: true,
      proposed: id,
    },
  };
}
