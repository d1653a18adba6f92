/** What the board's addresses tell, as docs/campaign.md says. */

export type Light =
  | "done"
  | "on_pace"
  | "behind"
  | "late"
  | "no_target"
  | "no_baseline"
  | "no_data";

export interface Cell {
  light: Light | null;
  n: number | null;
  of: number | null;
  places?: boolean;
  missing?: number;
  late_since: string | null;
  /** Estates that may be announced next; null of other indicators. */
  expected?: number | null;
}

export interface ColumnCell extends Cell {
  community: number;
}

export interface Target {
  number: number | null;
  deadline: string | null;
  holds_from: string | null;
  says_zh: string;
  says_en: string;
}

export interface Indicator {
  id: number;
  code: string;
  zh: string;
  en: string;
  action: string;
  metric: string;
  unit: string;
  level: "subdistrict" | "community" | "company" | "estate";
  recurrence: string;
  since: string;
  note_zh: string;
  note_en: string;
  derived: boolean;
  says_zh: string;
  says_en: string;
  target: Target;
}

export interface BoardIndicator extends Indicator {
  whole: Cell | null;
  cells: ColumnCell[];
}

export interface Responsible {
  part: "lead" | "responsible";
  named: string;
  whom: "unit" | "communities" | "units";
  unit: number | null;
  unit_name: string | null;
}

export interface Action {
  code: string;
  zh: string;
  en: string;
  responsible: Responsible[];
  whole: Cell | null;
  cells: ColumnCell[];
  indicators: BoardIndicator[];
}

export interface Community {
  id: number;
  code: string;
  name: string;
  name_en: string;
}

export interface Programme {
  code: string;
  zh: string;
  en: string;
  year: number;
  issued_on: string;
}

export interface Board {
  as_of: string;
  version: string;
  programme: Programme;
  programmes: Programme[];
  communities: Community[];
  actions: Action[];
}

export interface Entered {
  id: string;
  measured_on: string;
  source: string;
  by_name: string;
  attachment: string | null;
  attachment_name: string | null;
}

export interface MonthBehind {
  month: string;
  due_on: string;
  n: number | null;
  of: number | null;
  done: boolean;
  value: Entered | null;
}

export interface RowBehind {
  level: Indicator["level"];
  id: number | null;
  name: string;
  name_en: string;
  community: number | null;
  n: number | null;
  of: number | null;
  light: Light | null;
  late_since: string | null;
  counts: boolean;
  missing: boolean;
  creation: {
    id: string;
    stage: string;
    score: number | null;
    veto: boolean;
    expected: boolean;
  } | null;
  value: Entered | null;
  months: MonthBehind[];
}

export interface Behind {
  as_of: string;
  version: string;
  indicator: Indicator;
  community: number | null;
  cell: Cell | null;
  month: string | null;
  months: MonthBehind[];
  rows: RowBehind[];
}
