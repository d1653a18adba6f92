/** What coverage and selection tell. Checked by tsc, never loaded. */

/** Of one estate, one community, or all of the plan. Ratios are null where nothing is known. */
export interface Covered {
  name: string;
  community?: number | string | null;
  estate?: number | null;
  ebikes: number | null;
  demand: number;
  within: number;
  served: number;
  ports: number;
  bays: number;
  ports_per_ebike: number | null;
  bays_per_ebike: number | null;
  by_paths: number | null;
}

export interface Coverage {
  version: string;
  walk_m: number;
  detour: number;
  assumptions: {
    name: string;
    value: number;
    unit: string;
    sure: string;
    says_zh: string;
    says_en: string;
  }[];
  points: GeoJSON.FeatureCollection;
  estates: Covered[];
  communities: Covered[];
  whole: Covered;
  targets: { ports_per_ebike: number; bays_per_ebike: number };
}

export type Model = "mclp" | "lscp" | "pmedian";

/** What a person asks of a selection. null: no limit. */
export interface Terms {
  model: Model;
  number: number | null;
  budget_yuan: number | null;
  radius_m: number | null;
  capacitated: boolean;
  one_per_estate: boolean;
  spacing_m: number;
  forced: string[];
  forbidden: string[];
  admitted: string[];
  communities: number[];
  /** Estates that may have more than one all the same. */
  several: number[];
  ports_at: Record<string, number>;
  grid_m: number;
  ports: number;
  bays: number;
  cost_yuan: number;
  seconds: number;
  curve_to: number | null;
}

export interface Chosen {
  id: string;
  name: string;
  estate: number | null;
  ports: number | null;
  cost_yuan: number | null;
  serves: number | null;
}

export interface Result {
  status: "optimal" | "feasible" | "infeasible" | "unknown";
  objective: number | null;
  bound: number | null;
  gap: number | null;
  seconds: number;
  first: boolean;
  data_version: string;
  sites: GeoJSON.FeatureCollection<GeoJSON.Geometry, Chosen>;
  barred: { rule: string; count: number }[];
  grid: { zh: string; en: string } | null;
  extended: { id: string; name: string; ports: number | null; reckoned: number }[];
  demand: number;
  served: number;
  blocked: {
    estate: number | null;
    name: string;
    demand: number;
    why_zh: string;
    why_en: string;
  }[];
  changes: { zh: string; en: string; parameters: Partial<Terms> }[];
  curve: { number: number; objective: number; share: number; gap: number }[];
}

export interface Selection {
  id: string;
  plan: string;
  model: Model;
  parameters: Omit<Terms, "model">;
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  progress: {
    stage: string;
    seconds: number;
    objective: number | null;
    bound: number | null;
    gap: number | null;
  } | null;
  result: Result | null;
  error: string | null;
  by_name?: string;
  at: string;
  taken_at: string | null;
}

/** A proposal as a plan tells it. */
export type Drawn = GeoJSON.Feature<GeoJSON.Polygon, Record<string, unknown>>;

export interface Difference {
  id: string;
  what: "left" | "right" | "changed" | "same";
  left: Drawn | null;
  right: Drawn | null;
  fields: { name: string; left: unknown; right: unknown }[];
}
