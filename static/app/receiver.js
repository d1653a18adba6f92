/**
 * This tablet's receiver: asked when a position is wanted, shifted back where the device was found
 * to give GCJ-02, and graded. The tablet keeps the last good position and nothing of the way there.
 *
 * @import { Fix } from "./fixes.js"
 * @import { Located, NoFix } from "./locate.js"
 * @import { Device } from "./store/device.js"
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
 * @param {{ device: Pick<Device, "positionDatum" | "lastFix" | "keepFix">,
 *   ask?: () => Promise<Told>, geolocation?: Geolocation | undefined }} world
 */
export function openReceiver({
  device,
  ask = locate,
  geolocation = globalThis.isSecureContext ? globalThis.navigator?.geolocation : undefined,
}) {
  /** @type {Fix[]} */
  let fixes = [];
  const datum = () => device.positionDatum();

  /** @param {Fix} fix @returns {Position} */
  function taken(fix) {
    fixes = withFix(fixes, fix);
    const point = datum() === "gcj02" ? wgs84Of(fix.point) : fix.point;
    /** @type {Position & { at: string }} */
    const position = {
      point: [rounded(point[0]), rounded(point[1])],
      source: "gps",
      accuracyM: Math.round(fix.accuracyM * 10) / 10,
      at: new Date(fix.at).toISOString(),
      datum: datum(),
      doubts: doubtsOf(fixes),
    };
    if (fix.accuracyM <= GOOD_M) device.keepFix(position);
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

    /**
     * The last good position, whenever it was. One from before this device was found to shift is
     * no good one.
     */
    last() {
      const good = device.lastFix();
      return (good?.datum === "gcj02") === (datum() === "gcj02") ? good : null;
    },
  };
}

/** @typedef {ReturnType<typeof openReceiver>} Receiver */

/** To a centimetre: more is noise. @param {number | undefined} degrees */
const rounded = (degrees = 0) => Math.round(degrees * 1e7) / 1e7;
