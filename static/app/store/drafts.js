/**
 * Checklists begun and not yet received. They live as long as the page is open.
 *
 * @import { Position } from "../types.d.ts"
 * @import { Filling } from "../form/filling.js"
 * @import { Photo } from "../evidence.js"
 *
 * @typedef {{ id: string, estate: number, kind: string, asset: number | null, filling: Filling,
 *   position: Position | null, recordedAt: string | null, supersedes: string | null,
 *   reason: string, photos?: Photo[], building?: number | null, floor?: string,
 *   zone?: string }} Draft `recordedAt` is fixed when it is first sent, so that sending again
 *   sends the same.
 */

export function openDrafts() {
  /** @type {Map<string, Draft>} */
  const held = new Map();
  return {
    /** @param {number} estate @param {string} kind */
    of: (estate, kind) => held.get(`${estate}/${kind}`),
    /** @param {Draft} draft */
    keep: (draft) => held.set(`${draft.estate}/${draft.kind}`, draft),
    /** @param {Draft} draft */
    drop: (draft) => held.delete(`${draft.estate}/${draft.kind}`),
    /** Those with an answer. */
    begun: () => [...held.values()].filter(({ filling }) => Object.keys(filling.answers).length),
  };
}

/** @typedef {ReturnType<typeof openDrafts>} Drafts */
