/**
 * Checklists begun and not yet received. They live as long as the page is open.
 *
 * @import { Position } from "../types.d.ts"
 * @import { Filling } from "../form/filling.js"
 *
 * @typedef {{ id: string, estate: number, kind: string, asset: number | null, filling: Filling,
 *   position: Position | null, recordedAt: string | null, supersedes: string | null,
 *   reason: string }} Draft `recordedAt` is fixed when it is first sent, so that sending again
 *   sends the same.
 */

import { begin } from "../form/filling.js";
import { uuid7 } from "../uuid.js";

export function openDrafts() {
  /** @type {Map<string, Draft>} */
  const held = new Map();
  return {
    /** @param {number} estate @param {string} kind @returns {Draft} the one begun, or a new one */
    of(estate, kind) {
      return held.get(`${estate}/${kind}`) ?? fresh(estate, kind);
    },
    /** @param {Draft} draft */
    keep: (draft) => held.set(`${draft.estate}/${draft.kind}`, draft),
    /** @param {Draft} draft */
    drop: (draft) => held.delete(`${draft.estate}/${draft.kind}`),
    /** Those with an answer. */
    begun: () => [...held.values()].filter(({ filling }) => Object.keys(filling.answers).length),
  };
}

/** @typedef {ReturnType<typeof openDrafts>} Drafts */

/** @param {number} estate @param {string} kind @returns {Draft} */
export const fresh = (estate, kind) => ({
  id: uuid7(),
  estate,
  kind,
  asset: null,
  filling: begin(),
  position: null,
  recordedAt: null,
  supersedes: null,
  reason: "",
});
