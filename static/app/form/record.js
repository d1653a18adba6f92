/**
 * A record from its beginning to what the server wants.
 *
 * @import { Draft } from "../store/drafts.js"
 * @import { Answers } from "../types.d.ts"
 */

import { uuid7 } from "../uuid.js";
import { begin } from "./filling.js";

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

/**
 * The body of `PUT /api/v1/inspections/<id>/`.
 *
 * @param {Draft} draft
 * @param {number} version of the kind
 * @param {Answers} answers
 */
export function contentOf(draft, version, answers) {
  const { position } = draft;
  return {
    kind: draft.kind,
    kind_version: version,
    estate: draft.estate,
    asset: draft.asset,
    location: position && { type: "Point", coordinates: position.point },
    location_source: position?.source ?? null,
    accuracy_m: position?.accuracyM ?? null,
    recorded_at: draft.recordedAt,
    answers,
    ...(draft.supersedes ? { supersedes: draft.supersedes, reason: draft.reason.trim() } : {}),
  };
}
