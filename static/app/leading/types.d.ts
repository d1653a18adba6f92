/** What the server answers under /api/v1/overview/. */

/** Of a million of them one number, what it is of, and how sure it is (95 %). */
export interface Figure {
  n: number;
  of: number | null;
  value: number | null;
  low: number | null;
  high: number | null;
}

export interface Measure {
  slug: string;
  unit_zh: string;
  unit_en: string;
  title_zh: string;
  title_en: string;
  says_zh: string;
  says_en: string;
  scale: number[];
}

/** `key` is null for what has none: estates without a company. By time, `name` is the first day. */
export interface Row extends Figure {
  key: string | number | null;
  name: string;
  name_en: string;
  looked: boolean;
}

export interface Figures {
  measure: Measure;
  by: string;
  total: Figure;
  rows: Row[];
  as_of: string;
  version: string;
}

export interface Step {
  key: string;
  since: string;
  until: string;
}

export interface Frames {
  steps: Step[];
  estates: number[];
  n: number[][];
  of: number[][] | null;
  looked: boolean[][];
}

export type Place = [lon: number, lat: number];

export interface Heat {
  bandwidth_m: number;
  cell_m: number;
  columns: number;
  rows: number;
  corners: [Place, Place, Place, Place];
  unit_zh: string;
  unit_en: string;
  scale: number[];
  total: number;
  /** Those that have no place, and are in no cell. */
  unplaced: number;
  values: string;
}

/** Decoded: row 0 is the northernmost, each from west to east. */
export interface Grid {
  columns: number;
  rows: number;
  corners: [Place, Place, Place, Place];
  values: Float32Array;
}

export interface Hexagons {
  edge_m: number;
  scale: number[];
  unplaced: number;
  features: GeoJSON.Feature<GeoJSON.Polygon, Figure & { key: string; looked: boolean }>[];
}

export type HotKind =
  | "hot"
  | "cold"
  | "new"
  | "growing"
  | "part"
  | "fading"
  | "outlier"
  | "none"
  | "too_few";

export interface HotSpots {
  state: "ready" | "working" | "unasked" | "failed";
  as_of: string;
  /** Of what the estates are told: the last answer, also where the data have changed since. */
  answered: { version: string; at: string; as_of: string } | null;
  method: string;
  seed: number;
  permutations: number | null;
  neighbours: number;
  alpha: number;
  cells: number | null;
  farthest_m: number | null;
  compared_with: { since: string; until: string } | null;
  estates: { id: number; z: number | null; p: number | null; q: number | null; kind: HotKind }[];
}

/** How an estate is drawn: `shade` from 1 to 6, 0 for none; `grey`: nobody looked. */
export interface Look {
  shade: number;
  grey: boolean;
}

/** A share of a board; `rows`: the address of the list of exactly these, if one may open it. */
export interface BoardFigure extends Figure {
  rows: string | null;
}

export interface BoardSaid {
  slug: string;
  title_zh: string;
  title_en: string;
  says_zh: string;
  says_en: string;
}

export type BoardName =
  | "handled"
  | "on_time"
  | "overdue"
  | "first_time_fixed"
  | "repeat"
  | "found_by_residents"
  | "found_by_inspectors"
  | "inspections";

export interface BoardTold {
  figures: Record<BoardName, BoardFigure> & { overdue_by_step: Record<string, BoardFigure> };
  trend: { key: string; figures: Record<BoardName, { value: number | null }> }[];
}

export interface BoardRow extends BoardTold {
  id: number;
  name: string;
  name_en?: string;
}

export interface BoardAnswer {
  figures: BoardSaid[];
  totals: BoardTold;
  communities: BoardRow[];
  companies: BoardRow[];
}
