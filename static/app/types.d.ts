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

/** Of a row of the register its number; of what was proposed from the field its UUID. */
export type PlaceId = number | string;

/** A row of the register as the API gives it: a GeoJSON feature with an id of its own. */
export interface Place<Properties = PlaceProperties, Id = number> {
  type: "Feature";
  id: Id;
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
  /** Proposed from the field under this UUID. */
  proposed?: string | null;
}

export interface AssetProperties extends PlaceProperties {
  type: string;
  code: string;
  estate: PlaceId | null;
  status: string;
  /** Of what was planned first: since when it is there to be inspected. */
  built_at?: string | null;
  width_m: number | null;
  ports: number | null;
  bays: number | null;
  indoor: boolean | null;
  area_m2: number | null;
  /** Proposed from the field under this UUID. */
  proposed?: string | null;
}

export type Estate = Place<EstateProperties, PlaceId>;
export type Asset = Place<AssetProperties, PlaceId>;

/** A round as `GET /api/v1/rounds/` and the pack tell it; both days are included. */
export interface Round {
  id: number;
  name: string;
  inspector: string;
  inspector_name: string;
  stand_in: string | null;
  stand_in_name: string | null;
  kinds: string[];
  estates: number[];
  since: string;
  until: string;
  /** Part of it is another inspector's too: `shared_with`. */
  shared: boolean;
  shared_with: { id: number; name: string; inspector: string; inspector_name: string }[];
  done: { estate: number; kind: string; at: string; by: string }[];
  /** `due_on` by the kind's own rhythm; null: never inspected. */
  left: { estate: number; kind: string; last: string | null; due_on: string | null }[];
  note: string;
}

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
  /** When the receiver found it. */
  at?: string;
  /** What this device's browser was known to give. */
  datum?: "unchecked" | "wgs84" | "gcj02";
  doubts?: ("frozen" | "jump" | "coarse" | "mock")[];
}

/** What the map marks: a row of a tile layer, or a point, or both. */
export interface Picked {
  layer: string;
  id?: number;
  point?: number[];
}

/** What the tablet recorded. It is never altered: what became of it are `Outcome` rows. */
export interface Entry {
  id: string;
  type: "inspection" | "proposal" | "move" | "sheet";
  /** Counts this person's entries on this tablet, from 1, without a gap. */
  number: number;
  device: string;
  /** The canonical JSON that is sent, its SHA-256 and its length. */
  body: string;
  sha256: string;
  bytes: number;
  files: PhotoFile[];
  /** Of the register, or the UUID of a proposal; null for a proposed estate, and for a case that
   * is about none. */
  estate: number | string | null;
  /** Of an inspection, or of the one that opened the case; the layer of a proposal; the form of a
   * sheet. */
  kind: string;
  /** Of a move: the case, what it is about, and the record here that opens it. */
  case?: string;
  about?: { number: number | null; item: string; title: string };
  after?: string;
  recordedAt: string;
  addedAt: string;
  appVersion: string;
  /** The refused entry that this one stands for. */
  mends?: string;
}

export interface PhotoFile {
  id: string;
  sha256: string;
  bytes: number;
  type: string;
}

/** `draft`: for which draft it was taken, until an entry names it. */
export type StoredFile = PhotoFile & { draft: string | null; addedAt: string };

/**
 * `sent`: it may have left the tablet. `received`: the server has the record. `parked`: it keeps
 * the record until another arrives. `photo_received`, `photo_refused`: one photo. `receipt`: what
 * the server holds has changed. `again`: the person wants it sent once more. `cancelled`: the
 * person takes it back.
 */
export interface Outcome {
  seq?: number;
  entry: string;
  at: string;
  what:
    | "sent"
    | "received"
    | "parked"
    | "refused"
    | "photo_received"
    | "photo_refused"
    | "receipt"
    | "again"
    | "cancelled";
  photo?: string;
  code?: string;
  message?: string;
  details?: RefusalDetails;
  /** Of `received`: what the server made of the record. */
  answer?: {
    placed?: string;
    distance_m?: number | null;
    findings?: unknown[];
    evidence?: { declared: number; held: number };
    doubts?: string[];
    [more: string]: unknown;
  };
}

/** As `GET /api/v1/receipts/` tells it. */
export interface Receipt {
  id: string;
  type: "inspection" | "proposal" | "move" | "sheet";
  number: number | null;
  sha256: string;
  bytes: number;
  received_at: string;
  status: "held" | "waits" | "refused";
  code?: string;
  message?: string;
  photos: {
    id: string;
    sha256: string;
    bytes: number;
    held: boolean;
    received_bytes: number;
    problem?: string;
  }[];
}

export interface Refusal {
  code: string;
  message: string;
  details?: RefusalDetails;
}

/** `items` and `fields`: by code or name, what is to be looked at again. */
export interface RefusalDetails {
  items?: Record<string, string>;
  fields?: Record<string, string>;
  [more: string]: unknown;
}

/**
 * `waiting`: the server does not have the record. `sent`: it has it, not yet receipted with every
 * photo. `held`: every byte is receipted. `refused`: it has a reason against it. `mended`: another
 * entry stands for it. `cancelled`: taken back before the server had it.
 */
export type EntryStanding = "waiting" | "sent" | "held" | "refused" | "mended" | "cancelled";

/** An entry, and how it stands. */
export type Kept = Entry & {
  standing: EntryStanding;
  refusal: Refusal | null;
  photos: (PhotoFile & {
    standing: "waiting" | "sent" | "held" | "refused";
    refusal: Refusal | null;
  })[];
  /** The entry that stands for this one. */
  mendedBy: string | null;
  receipt: Receipt | null;
  outcomes: Outcome[];
};

/** A case, as `GET /api/v1/cases/` tells it. */
export interface CaseProperties {
  id: string;
  number: number;
  source: "inspection" | "complaint" | "joint" | "platform";
  outside_number: string;
  state: string;
  version: number;
  community: number;
  community_name: string;
  estate: number | null;
  estate_name: string | null;
  asset: number | null;
  kind: string;
  item: string;
  title: string;
  severity: Severity;
  simple: boolean;
  handler: CaseHandler | null;
  reported_at: string;
  opened_at: string;
  assigned_at: string | null;
  ended_at: string | null;
  step: string | null;
  step_began_at: string;
  step_due_at: string | null;
  due_at: string | null;
  first_due_at: string | null;
  overdue: boolean;
  step_late: boolean;
  provisional: boolean;
  paused: boolean;
  reopened: number;
  joined_to: string | null;
  findings: number;
  complaints: number;
  undecided: number;
}

export interface CaseHandler {
  kind: "company" | "unit" | "community";
  id: number;
  name: string;
  person: string | null;
  person_name: string | null;
}

export interface CaseFeature {
  type: "Feature";
  id: string;
  geometry: GeoJSON.Point | null;
  properties: CaseProperties;
}

/** Of each tab of the page of cases. */
export type CaseCounts = Record<
  "to_file" | "to_dispatch" | "to_decide" | "checking" | "overdue" | "lapsed" | "all",
  number
> & {
  /** Null for who is told of none. */
  escalations: number | null;
};

export interface SavedFilter {
  id: number;
  name: string;
  query: string;
  shared: boolean;
  mine: boolean;
  owner_name: string;
}

/** To whom a case can be given; `id`: null for the group of the case's own community. */
export interface CanHandle {
  kind: "company" | "unit" | "community";
  id: number | null;
  name: string;
  people: { username: string; name: string }[];
}

/** One case with all around it, as `GET /api/v1/cases/<uuid>/` tells it. */
export interface CaseWhole extends CaseFeature {
  findings: CaseFinding[];
  complaints: CaseComplaint[];
  moves: CaseMove[];
  photos: CasePhoto[];
  papers: CasePaper[];
  pairs: { before: string; after: string }[];
  joined: { id: string; number: number; title: string }[];
  may: CaseMay[];
}

/** A move that this person may make now, what it needs and to which state it leads. */
export interface CaseMay {
  move: string;
  needs: string[];
  to: string;
}

export interface CaseFinding {
  id: string;
  number: number;
  inspection: string;
  kind: string;
  item: string;
  item_zh: string;
  item_en: string;
  severity: Severity;
  advisory: boolean;
  recorded_at: string;
  closed_at: string | null;
  in_force: boolean;
  same_as: string | null;
  by_name: string;
}

export interface CaseComplaint {
  id: string;
  channel: string;
  outside_number: string;
  text: string;
  place_told: string;
  received_at: string;
  reply_due_at: string | null;
  replied_at: string | null;
  reply: string;
}

export interface CaseMove {
  id: string;
  move: string;
  standing: "made" | "proposed" | "declined";
  seen: number | null;
  version: number | null;
  from: string | null;
  to: string | null;
  by: string | null;
  by_name: string;
  by_part: string;
  recorded_at: string;
  received_at: string;
  made_at: string | null;
  note: string;
  /** What it told beside its note. */
  data: {
    until?: string;
    body?: string;
    approver?: string;
    severity?: Severity;
    handler?: { kind: string; company?: number; unit?: number; person?: string };
  };
  problem: string;
  decided_by_name: string | null;
  decided_at: string | null;
  decision: string;
  evidence: { declared: number; held: number };
  photos: string[];
}

export interface CasePhoto {
  id: string;
  of: "move" | "inspection" | "complaint";
  entry: string;
  item: string;
  how: string;
  taken_at: string | null;
  location: GeoJSON.Point | null;
  pair: string | null;
  held: boolean;
  small: string | null;
  large: string | null;
}

export interface CasePaper {
  id: string;
  kind: string;
  number: string;
  issued_at: string;
  voided_at: string | null;
  delivered_at: string | null;
  pdf: string | null;
}

/** A paper as `GET /api/v1/papers/` tells it. */
export interface Paper {
  id: string;
  kind: string;
  number: string;
  title: string;
  year: number;
  community: number | null;
  community_name: string | null;
  estate: number | null;
  estate_name: string | null;
  company: number | null;
  company_name: string | null;
  cases: string[];
  issued_at: string;
  issued_by: string;
  reissues: string | null;
  reissued_as: string | null;
  voided_at: string | null;
  delivered_at: string | null;
  void: { at: string; by: string; reason: string } | null;
  delivery: {
    how: string;
    at: string;
    by: string;
    receiver: string;
    refusal: string;
    photos: string[];
  } | null;
  rendered_at: string | null;
  pages: number | null;
  problem: string;
  pdf: string | null;
  docx: string | null;
  may: string[];
}

/** And as `GET /api/v1/papers/<id>/` does. */
export interface WholePaper extends Paper {
  says: PaperSheet;
  asked: {
    edits: Record<string, unknown>;
    officers: { name: string; number: string }[];
  } | null;
}

/** What a paper says, block by block. */
export interface PaperSheet {
  issuer: string;
  number: string;
  title: string;
  to: string;
  body: PaperBlock[];
  signed_by: string;
  signed_on: string;
  seal: string;
  forms: PaperBlock[];
  annex: string;
  pictures: { file: string; sha256: string; caption: string }[];
  copies: string;
  printed: string;
}

export type PaperBlock =
  | { type: "paragraph"; text: string; style: "body" | "level1" | "level2" | "flush" }
  | { type: "table"; widths: number[]; head: string[]; rows: string[][] }
  | { type: "form"; title: string; lines: [string, string][] };

export interface DraftEntry {
  name: string;
  title: string;
  type: "line" | "text" | "day" | "moment" | "month" | "yes" | "rows" | "photos";
  needed: boolean;
  most: number;
}

/** What its issuer puts otherwise, by entry: lines and photos in their own way, all else as it
 * stands in a field. */
export interface Edits {
  [entry: string]: string | boolean | null | undefined | string[] | Record<string, EditedRow>;
  rows?: Record<string, EditedRow>;
  photos?: string[];
}

export interface EditedRow {
  requirement?: string;
  due?: string | null;
}

/** What a paper would say, as `/api/v1/papers/draft/` tells it. */
export interface Draft {
  kind: string;
  number: string;
  says: PaperSheet;
  entries: DraftEntry[];
  edits: Edits;
  officers: number;
  inspectors: string[];
  addressee: { name: string; credit_code: string };
  faults: DraftFault[];
  wrong: Record<string, string>;
}

export interface DraftFault {
  id: string;
  case: string;
  case_number: number;
  place: string;
  what: string;
  code: string;
  basis: string;
  severity: number;
  photos: { id: string; taken_at: string | null }[];
  waiting: number;
}

/** A rung of the ladder that is due, as `GET /api/v1/escalations/` tells it. */
export interface DueRung {
  id: string;
  rung: string;
  case: string | null;
  number: number | null;
  title: string;
  severity: number | null;
  estate_name: string;
  community_name: string;
  company: number | null;
  company_name: string;
  reasons: { triggers: string[]; met_at: string; says: string }[];
}
