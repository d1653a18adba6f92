import type { Light } from "../lights/types.d.ts";

/** What a month's report is, as `/api/v1/campaign/reports/` tells it. */

export type Step = "submit" | "take_back" | "return" | "accept";
export type ReportState = "draft" | "submitted" | "returned" | "accepted";

export interface Figures {
  n: number | null;
  of: number | null;
}

export interface TypedCell extends Figures {
  version: number;
  by_name: string | null;
  at: string | null;
}

export interface KnownValue extends Figures {
  measured_on: string;
  of_month: boolean;
  by_name: string;
}

export interface ReportCell extends TypedCell {
  place: string;
  owed: boolean;
  met_on: string | null;
  stands: Figures;
  known: KnownValue | null;
}

export interface Attached {
  id: string;
  name: string;
  address?: string;
}

export interface Said {
  measured_on: string | null;
  source: string;
  attachment: Attached | null;
  version: number;
  by_name: string | null;
  at: string | null;
}

export interface Indicator {
  id: number;
  code: string;
  zh: string;
  en: string;
  metric: string;
  unit: string;
  level: "subdistrict" | "community" | "company" | "estate";
  recurrence: string;
  note_zh: string;
  note_en: string;
  says_zh: string;
  says_en: string;
  target: {
    op: string | null;
    number: number | null;
    deadline: string | null;
    says_zh: string;
    says_en: string;
  };
}

export interface Matter extends Indicator {
  leads: boolean;
  owed: boolean;
  said: Said;
  cells: ReportCell[];
}

export interface Beside extends Indicator {
  ledger: string | null;
  light: Light | null;
  n: number | null;
  of: number | null;
  places: boolean;
  late_since: string | null;
}

export interface ReportAction {
  code: string;
  zh: string;
  en: string;
  lead: string[];
  matters: Matter[];
  beside: Beside[];
}

export interface ReportMove {
  id: string;
  step: Step;
  state: ReportState;
  reason: string;
  values: number;
  by: string;
  by_name: string;
  at: string;
}

export interface Whose {
  kind: "community" | "unit";
  id: number;
  zh: string;
  en: string;
}

export interface Report {
  as_of: string;
  now: boolean;
  programme: { code: string; zh: string; en: string; year: number };
  month: string;
  last_day: string;
  due_on: string;
  late_since: string | null;
  whose: Whose;
  state: ReportState;
  version: number;
  may_fill: boolean;
  open: boolean;
  steps: Step[];
  owed: number;
  told: number;
  default_day: string;
  default_source: string;
  places: { key: string; level: string; id: number | null; zh: string; en: string }[];
  actions: ReportAction[];
  history: ReportMove[];
}

export interface Line extends Whose {
  state: ReportState | null;
  owed: number;
  told: number;
  came_on: string | null;
  late_since: string | null;
  last: ReportMove | null;
}

export interface Listing {
  as_of: string;
  month: string;
  due_on: string;
  programme: { code: string; zh: string; en: string; year: number };
  mine: Whose[];
  reports: Line[];
}

/** As it stands in the inputs. */
export interface CellText {
  n: string;
  of: string;
}

export interface MatterText {
  measured_on: string;
  source: string;
  attachment: Attached | null;
}

/** Typed and not saved yet: kept on this device until it is. */
export interface Pending {
  text: CellText | MatterText;
  seen: number;
  /** What another typed there meanwhile. */
  theirs?: TypedCell | Said;
  /** Why the server did not take it. */
  wrong?: string;
}
