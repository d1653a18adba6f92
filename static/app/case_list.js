/**
 * The list of cases as the page holds it: asked for in pages, anew as a whole where something has
 * changed, so that what was scrolled to stays.
 *
 * @import { Api, Reply } from "./api.js"
 * @import { CaseFilters } from "./case_filters.js"
 * @import { CaseCounts, CaseFeature } from "./types.d.ts"
 * @typedef {{ rows: CaseFeature[], count: number, next: string | null,
 *   counts: CaseCounts | null }} Page
 */

import { pathOf } from "./address.js";
import { askedOf, orderOf } from "./case_filters.js";

const PAGE = 50;
const MOST = 1000;

/** @param {Pick<Api, "ask">} api */
export function openCaseList(api) {
  /** @type {AbortController | null} */
  let asking = null;

  /**
   * @param {CaseFilters} filters
   * @param {number} held so many rows are held now, and asked for again
   * @returns {Promise<Reply | { outcome: "received", page: Page }>} cancelled where it was asked
   *   anew meanwhile
   */
  async function ask(filters, held = 0) {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const query = askedOf(filters);
    const size = Math.min(MOST, Math.max(PAGE, held));
    const [list, counts] = await Promise.all([
      api.ask(
        "GET",
        `/api/v1/cases/?${query}&sort=${orderOf(filters)}&page_size=${size}`,
        undefined,
        {
          signal,
        },
      ),
      api.ask(
        "GET",
        `/api/v1/cases/counts/?${askedOf({ ...filters, tab: "all", status: "any", state: "" })}`,
        undefined,
        {
          signal,
        },
      ),
    ]);
    if (list.outcome !== "received") return list;
    if (counts.outcome !== "received") return counts;
    return { outcome: "received", page: pageOf(list.body, counts.body) };
  }

  /** @param {Page} page @returns {Promise<Reply | { outcome: "received", page: Page }>} */
  async function more(page) {
    if (!page.next) return { outcome: "received", page };
    const reply = await api.ask("GET", page.next);
    if (reply.outcome !== "received") return reply;
    const { rows, next } = pageOf(reply.body, page.counts);
    const known = new Set(page.rows.map(({ id }) => id));
    return {
      outcome: "received",
      page: { ...page, next, rows: [...page.rows, ...rows.filter(({ id }) => !known.has(id))] },
    };
  }

  return { ask, more };
}

/** @param {any} body @param {CaseCounts | null} counts @returns {Page} */
const pageOf = ({ features, count, next }, counts) => ({
  rows: features,
  count,
  next: next ? pathOf(next) : null,
  counts,
});
