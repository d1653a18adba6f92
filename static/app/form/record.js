/**
 * A record from its beginning to what the server wants.
 *
 * @import { Draft } from "../store/drafts.js"
 * @import { Answers, PlaceId, Position } from "../types.d.ts"
 */

import { declared } from "../evidence.js";
import { uuid7 } from "../uuid.js";
import { begin } from "./filling.js";

/** @param {PlaceId} estate @param {string} kind @returns {Draft} */
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
  photos: [],
  building: null,
  floor: "",
  zone: "",
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
    ...whereabouts(draft),
    ...(draft.photos?.length ? { photos: draft.photos.map(declared) } : {}),
    ...(draft.supersedes ? { supersedes: draft.supersedes, reason: draft.reason.trim() } : {}),
  };
}

/** What is said of the place beside its point; nothing where nothing is known. @param {Draft} draft */
function whereabouts({ building, floor, zone, position, recordedAt }) {
  return {
    ...(building ? { building } : {}),
    ...(floor?.trim() ? { floor: floor.trim() } : {}),
    ...(zone?.trim() ? { zone: zone.trim() } : {}),
    ...(position?.source === "last_fix" ? { location_age_s: ageS(position, recordedAt) } : {}),
    ...(position?.datum ? { location_datum: position.datum } : {}),
    ...(position?.doubts?.length ? { location_doubts: position.doubts } : {}),
  };
}

/** How old the last known position was. @param {Position} position @param {string | null} recordedAt */
const ageS = ({ at }, recordedAt) =>
  at && recordedAt ? Math.max(0, Math.round((Date.parse(recordedAt) - Date.parse(at)) / 1000)) : 0;
