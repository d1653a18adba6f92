/**
 * Was this already reported? Open findings of one item that may be the very thing one stands
 * before.
 *
 * @import { PlaceId } from "./types.d.ts"
 *
 * @typedef {{ inspection: string, item: string, severity: number, advisory: boolean, estate: PlaceId,
 *   asset: PlaceId | null, point: number[] | null, recordedAt: string, waits: boolean,
 *   photos: string[], sightings: number, case: string | null }} Known a finding that is open: told by the server, or
 *   (`waits`) still on this tablet alone; `case`: none where it is only for note; `photos`: addresses of small ones, or ids of own files
 * @typedef {{ known: Known, metres: number | null }} Candidate `metres`: null where either
 *   position is unknown
 */

import { distanceM } from "./metres.js";

/** What is further apart is not the same thing, unless it is about the same asset. */
const NEAR_M = 30;

/**
 * The nearest first; then, where no distance is known, the newest.
 *
 * @param {Known[]} known
 * @param {{ item: string, estate: PlaceId, asset: PlaceId | null, point: number[] | null }} fresh
 * @returns {Candidate[]}
 */
export function alreadyReported(known, fresh) {
  return known
    .filter(({ item, estate }) => item === fresh.item && estate === fresh.estate)
    .map((each) => ({ known: each, metres: between(each.point, fresh.point) }))
    .filter(({ known: { asset }, metres }) =>
      asset !== null && fresh.asset !== null
        ? asset === fresh.asset
        : metres === null || metres <= NEAR_M,
    )
    .sort(
      (a, b) =>
        (a.metres ?? Number.MAX_VALUE) - (b.metres ?? Number.MAX_VALUE) ||
        b.known.recordedAt.localeCompare(a.known.recordedAt),
    );
}

/** @param {number[] | null} a @param {number[] | null} b */
const between = (a, b) => (a && b ? distanceM(a, b) : null);
