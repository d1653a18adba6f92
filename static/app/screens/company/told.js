/**
 * What the office told the company: its cases and papers, and what is needed to read them. Of each
 * the answer to the last question counts, and what could not be had is said where it is looked at.
 *
 * @import { Api, Reply } from "../../api.js"
 * @import { Row } from "../../creation/list.js"
 * @import { CaseFeature, CasePaper, CaseWhole } from "../../types.d.ts"
 */

import { workingDays } from "../../deadline.js";
import { openTurns } from "../../turns.js";

/** @param {Pick<Api, "ask" | "all" | "kinds">} api @param {() => void} onChange */
export function openTold(api, onChange) {
  /** @type {CaseFeature[] | null} */
  let open = null;
  /** @type {CaseFeature[] | null} */
  let ended = null;
  /** @type {CasePaper[] | null} */
  let papers = null;
  /** @type {Map<string, CaseWhole>} */
  const wholes = new Map();
  /** Own estates on their way to the standard. @type {Row[]} */
  let creation = [];
  /** @type {Map<string, { zh: string, en: string }>} */
  let items = new Map();
  let works = workingDays({ rest: [], work: [] });
  /** By what was asked for: a case's id, "open", "ended" or "papers". @type {Map<string, Reply>} */
  const failures = new Map();
  /** @type {Map<string, ReturnType<typeof openTurns>>} */
  const turns = new Map();

  /** @param {string} what @param {Promise<Reply>} asked @param {(body: any) => void} take @returns {Promise<Reply>} */
  async function answer(what, asked, take) {
    const turn = turns.get(what) ?? openTurns();
    turns.set(what, turn);
    const isLast = turn();
    const reply = await asked;
    if (!isLast()) return reply;
    if (reply.outcome === "received") {
      failures.delete(what);
      take(reply.body);
    } else failures.set(what, reply);
    onChange();
    return reply;
  }

  return {
    open: () => open,
    ended: () => ended,
    papers: () => papers,
    /** @param {string} id */
    whole: (id) => wholes.get(id),
    works: () => works,
    creation: () => creation,
    /** @param {string} code */
    item: (code) => items.get(code),
    /** @param {string} what */
    failed: (what) => failures.get(what) ?? null,
    /** Another screen: it begins without the troubles of the last. */
    begin: () => failures.clear(),
    /** @param {string} id */
    forgetWhole: (id) => wholes.delete(id),

    fetchOpen: () =>
      answer("open", api.all("/api/v1/cases/?status=open&sort=due"), (body) => {
        open = body;
      }),
    fetchEnded: () =>
      answer("ended", api.ask("GET", "/api/v1/cases/?status=ended&page_size=100"), (body) => {
        ended = body.features;
      }),
    fetchPapers: () =>
      answer("papers", api.ask("GET", "/api/v1/papers/"), (body) => {
        papers = body.papers;
      }),
    /** @param {string} id */
    async fetchWhole(id) {
      const asked = api.ask("GET", `/api/v1/cases/${id}/`);
      const reply = await answer(id, asked, (body) => wholes.set(id, body));
      // It is another's by now: nothing more is to be done with it here.
      if (reply.outcome !== "refused" || reply.status !== 404) return;
      wholes.delete(id);
      onChange();
    },

    /** What does not change while the page is open. */
    start() {
      api.ask("GET", "/api/v1/working-days/").then((reply) => {
        if (reply.outcome === "received") works = workingDays(reply.body);
        onChange();
      });
      api.ask("GET", "/api/v1/campaign/creation/").then((reply) => {
        if (reply.outcome !== "received") return;
        creation = reply.body.enrolments;
        onChange();
      });
      api.kinds().then((reply) => {
        if (reply.outcome !== "received") return;
        const all = reply.body.kinds.flatMap((/** @type {any} */ kind) => kind.items);
        items = new Map(all.map((/** @type {any} */ each) => [each.code, each]));
        onChange();
      });
    },
  };
}
