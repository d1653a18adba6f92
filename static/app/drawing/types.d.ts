/** Shapes that drawing shares. Checked by tsc, never loaded. */

/** Degrees in WGS-84: longitude, latitude. */
export type LonLat = number[];

/** What can be told of a proposal; null: not known. `geom` is its footprint, whatever else. */
export interface Fields {
  name: string;
  estate: number | null;
  geom: GeoJSON.Polygon;
  outline: "rectangle" | "drawn";
  anchor: GeoJSON.Point | null;
  rotation_deg: number | null;
  ports: number | null;
  bays: number | null;
  bay_length_m: number | null;
  bay_width_m: number | null;
  vacant_space: number | null;
  [more: string]: unknown;
}

/** A proposal as the server has it. */
export interface Row {
  id: string;
  version: number;
  state: string;
  site: number | null;
  fields: Fields;
  /** What only the server says of it: who, when, what may follow. */
  told: Record<string, unknown>;
}

/** Of a field that two people changed: `value` null stands for "not known". */
export interface Race {
  yours: Record<string, unknown>;
  theirs: Record<string, unknown>;
}

/** A proposal here: what the server last said, and what it has not been told yet. */
export interface Edited {
  id: string;
  plan: string;
  /** null: the server never had it. */
  base: Row | null;
  /** The version that `mine` was written on. */
  seen: number;
  /** Not sent yet. */
  mine: Partial<Fields>;
  /** On its way. */
  flying: Partial<Fields> | null;
  /** Does the server hold it, or hold it as taken out? */
  held: "no" | "yes" | "withdrawn";
  /** Is it to be there? */
  wanted: boolean;
  race: Race | null;
  /** Why the server would not have it, until it is changed. */
  refusal: string | null;
}

export type Verdict = {
  code: string;
  measure: string;
  force: "hard" | "should" | "note" | "score" | "gate";
  verdict: "ok" | "breach" | "cant_tell" | "not_applicable";
  value: number | null;
  limit: number | null;
  unit: string;
  zh: string;
  en: string;
  why_zh?: string | null;
  why_en?: string | null;
  source_zh: string;
  source_en: string;
  source_on: string | null;
  sure: "V" | "S" | "M" | "P";
  decides: GeoJSON.Geometry | null;
};
