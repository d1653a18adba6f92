/**
 * Asks the browser once where this tablet is. Nothing follows a person about: each call is one
 * question, and every end of it has a name.
 *
 * @import { Fix } from "./fixes.js"
 * @import { Position } from "./types.d.ts"
 * @typedef {"denied" | "absent" | "insecure" | "slow" | "lost"} NoFix
 * @typedef {{ outcome: "fix", fix: Fix } | { outcome: NoFix }} Told
 * @typedef {{ outcome: "fix", position: Position } | { outcome: NoFix }} Located
 */

const PATIENCE_MS = 20_000;

/**
 * @param {Pick<Geolocation, "getCurrentPosition"> | undefined} [receiver]
 * @param {boolean} [secure] a page that came by TLS, or from this machine
 * @returns {Promise<Told>}
 */
export function locate(
  receiver = globalThis.navigator?.geolocation,
  secure = globalThis.isSecureContext,
) {
  return new Promise((resolve) => {
    if (!secure) return resolve({ outcome: "insecure" });
    if (!receiver) return resolve({ outcome: "absent" });
    receiver.getCurrentPosition(
      (told) => resolve({ outcome: "fix", fix: fixOf(told) }),
      ({ code }) => resolve({ outcome: code === 1 ? "denied" : code === 3 ? "slow" : "lost" }),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 10_000 },
    );
    return undefined;
  });
}

/** @param {Pick<GeolocationPosition, "coords" | "timestamp">} told @returns {Fix} */
export const fixOf = ({ coords: { longitude, latitude, accuracy }, timestamp }) => ({
  point: [longitude, latitude],
  accuracyM: accuracy,
  at: timestamp,
});
