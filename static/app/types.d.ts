/** Shapes that several modules share. Checked by tsc, never loaded. */

/** A kind of inspection, as `GET /api/v1/kinds/` describes it and inspections/kind words it. */
export interface Kind {
  slug: string;
  title_zh: string;
  title_en: string;
  /** The type of asset it looks at; null for the estate itself. */
  asset: string | null;
  due_every_days: number;
  items: Item[];
}

export interface Item {
  code: string;
  zh: string;
  en: string;
  severity: Severity;
  evidence_zh: string;
  evidence_en: string;
  basis_zh: string;
  basis_en: string;
  sure: Sure;
  /** Absent where the kind was published before items said it: a photo. */
  evidence?: Evidence;
  answer: Answer;
  rules: Rule[];
  force: Force;
  only_if: Condition | null;
  retired: boolean;
}

export type Severity = 1 | 2 | 3;
export type Sure = "V" | "S" | "M" | "P";
export type Force = "must" | "should";

/** What is to be shown of a finding. */
export type Evidence = "none" | "photo" | "wide_and_close" | "photo_or_video" | "video";

export type Answer = YesNo | NumberAnswer | Choice | Measures;

/** true means that what the item says is so, hence a fault. */
export interface YesNo {
  type: "yes_no";
}

export interface NumberAnswer {
  type: "number";
  unit: string;
  /** Where the unit is a word and not a symbol; else empty. */
  unit_en: string;
  min: number;
  max: number;
  whole: boolean;
}

export interface Choice {
  type: "choice";
  options: { key: string; zh: string; en: string; fault: boolean }[];
}

export interface Measures {
  type: "measures";
  measures: { name: string; zh: string; en: string; number: NumberAnswer; optional: boolean }[];
}

interface Spoken {
  /** The rule speaks only where this is known to hold. */
  only_if: Condition | null;
  /** null: as the item. */
  sure: Sure | null;
  force: Force | null;
}

export type Rule = Spoken &
  (
    | { type: "must_be"; value: boolean }
    | { type: "no_fault" }
    | { type: "at_least" | "at_most" | "less_than"; limit: number; of: Reading | null }
  );

/** A measure's name, or what follows from two. */
export type Reading = string | { type: "smaller" | "larger" | "ratio"; a: string; b: string };

export type Known = { type: "fact"; name: keyof Facts } | { type: "answer_to"; code: string };
export type Condition =
  | { type: "is"; of: Known; value: boolean | string }
  | { type: "above"; of: Known; limit: number }
  | { type: "any_of"; conditions: Condition[] };

/** All that a kind may know of the estate or the asset. Absent or null: not known. */
export interface Facts {
  high_rise?: boolean | null;
  height_m?: number | null;
  indoor?: boolean | null;
  ports?: number | null;
  bays?: number | null;
  ebikes?: number | null;
  area_m2?: number | null;
  appliance?: "ordinary" | "large" | "extra_large" | null;
  road?: "path" | "asphalt_branch" | "concrete_branch" | null;
}

/** "not_applicable" and "could_not_check" are strings too. */
export type Value = boolean | number | string | Record<string, number>;
export type Answers = Record<string, Value>;

/** Not met is a finding; an advisory one opens no case by itself. */
export interface Judgement {
  code: string;
  severity: Severity;
  met: boolean;
  advisory: boolean;
}

/** What is wrong with an answer; the sentences are in words.js and in inspections/kind. */
export type Wrong =
  | "yes_or_no"
  | "number"
  | "whole_number"
  | "out_of_range"
  | "choice"
  | "measures"
  | "not_asked";

/** A row of the register as the API gives it: a GeoJSON feature with an id of its own. */
export interface Place<Properties = PlaceProperties> {
  type: "Feature";
  id: number;
  geometry: GeoJSON.Geometry | null;
  properties: Properties;
}

export interface PlaceProperties {
  name: string;
  name_en?: string;
  target_year?: number | null;
  [more: string]: unknown;
}

export interface EstateProperties extends PlaceProperties {
  code: string | null;
  community: number;
  community_name: string;
  company_name: string | null;
  has_company: boolean | null;
  households: number | null;
  ebikes: number | null;
  height_class: "low" | "high" | "mixed" | "unknown";
  tallest_m: number | null;
  unconfirmed: boolean;
  /** Kind → when it was last inspected; a kind never inspected is absent or null. */
  last_inspected?: Record<string, string | null>;
}

export interface AssetProperties extends PlaceProperties {
  type: string;
  code: string;
  estate: number | null;
  status: string;
  width_m: number | null;
  ports: number | null;
  bays: number | null;
  indoor: boolean | null;
  area_m2: number | null;
}

export type Estate = Place<EstateProperties>;
export type Asset = Place<AssetProperties>;

/** A kind as published here: a record names the version it was made with. */
export interface PublishedKind extends Kind {
  version: number;
  sha256: string;
}

export type LocationSource = "gps" | "manual" | "qr" | "last_fix";

/** Where a record was made. Only a receiver gives an accuracy. */
export interface Position {
  point: [number, number];
  source: LocationSource;
  accuracyM: number | null;
}

/** What the map marks: a row of a tile layer, or a point, or both. */
export interface Picked {
  layer: string;
  id?: number;
  point?: number[];
}
