/**
 * This tablet's receiver: asked when a position is wanted, shifted back where the device was found
 * to give GCJ-02, and graded. It remembers the last good position and nothing of the way there.
 *
 * @import { Datum } from "./datum.js"
 * @import { Fix } from "./fixes.js"
 * @import { Located, NoFix } from "./locate.js"
 * @import { Position } from "./types.d.ts"
 *
 * @typedef {{ outcome: "fix", fix: Fix } | { outcome: NoFix }} Told
 */

import { wgs84Of } from "./datum.js";
import { doubtsOf, withFix } from "./fixes.js";
import { fixOf, locate } from "./locate.js";

/** Vaguer than this it is of no use later on. */
const GOOD_M = 100;

/**
 * @param {{ datum: () => Datum, ask?: () => Promise<Told>,
 *   geolocation?: Geolocation | undefined }} device
 */
export function openReceiver({
  datum,
  ask = locate,
  geolocation = globalThis.isSecureContext ? globalThis.navigator?.geolocation : undefined,
}) {
  /** @type {Fix[]} */
  let fixes = [];
  /** @type {Position | null} */
  let good = null;

  /** @param {Fix} fix @returns {Position} */
  function taken(fix) {
    fixes = withFix(fixes, fix);
    const point = datum() === "gcj02" ? wgs84Of(fix.point) : fix.point;
    /** @type {Position} */
    const position = {
      point: [rounded(point[0]), rounded(point[1])],
      source: "gps",
      accuracyM: Math.round(fix.accuracyM * 10) / 10,
      at: new Date(fix.at).toISOString(),
      datum: datum(),
      doubts: doubtsOf(fixes),
    };
    if (fix.accuracyM <= GOOD_M) good = position;
    return position;
  }

  return {
    datum,

    /** @returns {Promise<Located>} */
    async ask() {
      const told = await ask();
      return told.outcome === "fix" ? { outcome: "fix", position: taken(told.fix) } : told;
    },

    /** As the browser gives it, for the check of what it gives. */
    raw: () => ask(),

    /**
     * Follows the position while a camera is open, for what is shown over its picture.
     * @param {(position: Position) => void} onPosition
     * @param {() => void} onNone
     * @returns {() => void} ends it
     */
    follow(onPosition, onNone) {
      const watch = geolocation?.watchPosition((told) => onPosition(taken(fixOf(told))), onNone, {
        enableHighAccuracy: true,
        maximumAge: 2_000,
      });
      if (watch === undefined) onNone();
      return () => {
        if (watch !== undefined) geolocation?.clearWatch(watch);
      };
    },

    /** The last good position, whenever it was; null: none since the app was opened. */
    last: () => good,
  };
}

/** @typedef {ReturnType<typeof openReceiver>} Receiver */

/** To a centimetre: more is noise. @param {number | undefined} degrees */
const rounded = (degrees = 0) => Math.round(degrees * 1e7) / 1e7;
