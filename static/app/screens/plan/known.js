/**
 * What is known of each site as it stands, or as it is in the hand: its fields, whether this person
 * may change it, and what the rules say of it, here and on the server.
 *
 * @import { Ground } from "../../drawing/ground.js"
 * @import { Session } from "../../drawing/session.js"
 * @import { Fields, Verdict } from "../../drawing/types.d.ts"
 * @import { Checked } from "./checks.js"
 * @import { Draft } from "./hand.js"
 */

import { fieldsOf as shownOf } from "../../drawing/edits.js";
import { DRAWN } from "../../drawing/rows.js";
import { footprintOf } from "./facts.js";
import { mayPlan } from "./plans.js";

/** States that a carried vote leads to. */
const VOTED = ["voted", "planned", "built", "in_use", "retired"];

/**
 * @param {{ me: () => any, session: () => Session | null, ground: () => Ground | null,
 *   draft: () => Draft | null, checking: ReturnType<typeof import("./checking.js").openChecking> }} open
 *   what is open just now
 */
export function openKnown({ me, session, ground, draft, checking }) {
  /** @type {Map<string, { key: string, verdicts: Verdict[] | null }>} */
  const judged = new Map();

  /** @param {string} id @returns {Fields | null} as it is shown */
  function fieldsOf(id) {
    const row = session()?.get(id);
    if (!row) return null;
    const fields = shownOf(row);
    const held = draft();
    return held?.id === id ? { ...fields, ...footprintOf(held.footprint) } : fields;
  }

  /** May this person draw in this plan? */
  function mayEdit() {
    const head = session()?.head();
    if (!head || head.archived_at || head.draws_in?.length === 0) return false;
    return mayPlan(me());
  }

  /** @param {string} id */
  function mayDraw(id) {
    const row = session()?.get(id);
    return Boolean(row) && mayEdit() && (!row?.base || DRAWN.includes(row.base.state));
  }

  /** What a rule asks that no field tells. @param {string} id */
  function aboutOf(id) {
    const base = session()?.get(id)?.base;
    return { site: base?.site ?? null, voted: base && VOTED.includes(base.state) ? true : null };
  }

  /** @param {string} id @returns {Verdict[] | null} as this page judges it */
  function verdictsOf(id) {
    const fields = fieldsOf(id);
    const around = ground();
    if (!fields || !around) return null;
    const about = aboutOf(id);
    const key = JSON.stringify([fields, about]);
    const known = judged.get(id);
    if (known?.key === key && known.verdicts) return known.verdicts;
    const verdicts = around.judged(fields, about);
    judged.set(id, { key, verdicts });
    return verdicts;
  }

  /** What the server said of it as it stands. @param {string} id @returns {Checked} */
  function checkedOf(id) {
    const row = session()?.get(id);
    return row ? checking.of(row) : { state: "none", verdicts: null, why: "" };
  }

  return {
    fieldsOf,
    mayEdit,
    mayDraw,
    verdictsOf,
    checkedOf,

    /** The truth where it is known, else what is judged here. @param {string} id @returns {Verdict[] | null} */
    knownOf: (id) => (draft()?.id === id ? null : checkedOf(id).verdicts) ?? verdictsOf(id),

    /** In the hand: how long it takes is measured. @param {string} id */
    judgeHeld(id) {
      const begun = performance.now();
      verdictsOf(id);
      performance.measure("plan-judge", { start: begun, end: performance.now() });
    },

    /** The ground or the rules are others now. */
    forget: () => judged.clear(),
  };
}

/** @typedef {ReturnType<typeof openKnown>} Known */
