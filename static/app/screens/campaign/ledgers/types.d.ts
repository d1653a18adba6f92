/** Ledgers as `/api/v1/campaign/ledgers/` tells them. */

export interface Option {
  key: string;
  zh: string;
  en: string;
}

export type CellValue = string | number | boolean | string[];

export interface Column {
  name: string;
  zh: string;
  en: string;
  type: "text" | "number" | "day" | "yes_no" | "choice" | "several";
  needed: boolean;
  only_if: { column: string; values: CellValue[] } | null;
  given: CellValue | null;
  most?: number;
  min?: number;
  max?: number;
  decimals?: number;
  unit_zh?: string;
  unit_en?: string;
  options?: Option[];
}

export interface Ledger {
  slug: string;
  zh: string;
  en: string;
  says_zh: string;
  says_en: string;
  action: string;
  action_zh: string;
  action_en: string;
  level: "subdistrict" | "community" | "company" | "estate";
  counts: "each" | "month" | "latest";
  monthly: boolean;
  columns: Column[];
  may_keep: boolean;
  rows: number;
  of: number;
  missing: number;
  due_on: string | null;
  late: boolean;
}

export interface Row {
  id: string;
  community: number | null;
  estate: number | null;
  company: number | null;
  place: string | null;
  community_name: string | null;
  community_name_en: string | null;
  day: string;
  month: string;
  data: Record<string, CellValue>;
  attachments: { id: string; name: string }[];
  withdrawn: boolean;
  reason: string;
  by_name: string;
  at: string;
  may_change: boolean;
}

export interface Place {
  id: number | null;
  name: string;
  name_en: string;
  community: number | null;
  community_name: string;
  community_name_en: string;
}

interface Share {
  n: number;
  of: number;
}

export interface ComplaintFigures {
  received: number;
  handled: Share | null;
  same_day: Share | null;
  same_day_reply: Share | null;
  fewer: Share | null;
}

export interface ComplaintSpan {
  since: string;
  until: string;
  whole: ComplaintFigures;
  places: Record<string, ComplaintFigures>;
}

/** As `/api/v1/campaign/complaints/` tells it. */
export interface ComplaintMonths {
  as_of: string;
  year: number;
  communities: { id: number; name: string; name_en: string }[];
  baselines: {
    community: number | null;
    since: string;
    until: string;
    number: number | null;
    source: string;
    holds_from: string;
  }[];
  may_set_baseline: boolean;
  months: (ComplaintSpan & { month: string })[];
  total: ComplaintSpan;
}

/** The card among the ledgers. */
export interface ComplaintCard {
  action: string;
  action_zh: string;
  action_en: string;
  received: number;
}

export interface Owed {
  of: number;
  missing: Place[];
  due_on: string | null;
  late: boolean;
  places: Place[];
}
