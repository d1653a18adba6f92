/**
 * Proposals as the API tells them, and as they are told to it.
 *
 * @import { Fields, Row } from "./types.d.ts"
 */

/** What a planner fills in; "" and null: not told. */
export const FIELDS = [
  "name",
  "estate",
  "geom",
  "outline",
  "anchor",
  "rotation_deg",
  "ports",
  "bays",
  "bay_length_m",
  "bay_width_m",
  "group_bays",
  "group_length_m",
  "partitions",
  "canopy",
  "cctv",
  "power",
  "level",
  "place",
  "entrances",
  "commercial",
  "cost_yuan",
  "note",
  "vacant_space",
];

/** As long as nobody said otherwise. */
export const UNTOLD = {
  name: "",
  estate: null,
  ports: null,
  bays: null,
  bay_length_m: 2.2,
  bay_width_m: 0.8,
  group_bays: null,
  group_length_m: null,
  partitions: null,
  canopy: null,
  cctv: null,
  power: "unknown",
  level: null,
  place: null,
  entrances: null,
  commercial: null,
  cost_yuan: null,
  note: "",
  vacant_space: null,
};

/** States in which it is still drawn on. */
export const DRAWN = ["proposed", "checked", "voted"];

/** @param {GeoJSON.Feature<GeoJSON.Polygon, any>} feature @returns {Row} */
export function rowOf({ id, geometry, properties }) {
  const { version, state, site, ...told } = properties;
  const fields = Object.fromEntries(
    FIELDS.filter((name) => name in told).map((name) => [name, told[name]]),
  );
  return {
    id: String(id),
    version,
    state,
    site: site ?? null,
    fields: /** @type {Fields} */ ({ ...fields, geom: geometry }),
    told: Object.fromEntries(Object.entries(told).filter(([name]) => !FIELDS.includes(name))),
  };
}
