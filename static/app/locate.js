/**
 * Asks the receiver once where this tablet is. Nothing follows a person about: each call is one
 * question, and every end of it has a name.
 *
 * @import { Position } from "./types.d.ts"
 * @typedef {"denied" | "absent" | "insecure" | "slow" | "lost"} NoFix
 * @typedef {{ outcome: "fix", position: Position } | { outcome: NoFix }} Located
 */

const PATIENCE_MS = 20_000;

/**
 * @param {Pick<Geolocation, "getCurrentPosition"> | undefined} [receiver]
 * @param {boolean} [secure] a page that came by TLS, or from this machine
 * @returns {Promise<Located>}
 */
export function locate(
  receiver = globalThis.navigator?.geolocation,
  secure = globalThis.isSecureContext,
) {
  return new Promise((resolve) => {
    if (!secure) return resolve({ outcome: "insecure" });
    if (!receiver) return resolve({ outcome: "absent" });
    receiver.getCurrentPosition(
      ({ coords: { longitude, latitude, accuracy } }) =>
        resolve({
          outcome: "fix",
          position: {
            point: [rounded(longitude), rounded(latitude)],
            source: "gps",
            accuracyM: Math.round(accuracy * 10) / 10,
          },
        }),
      ({ code }) => resolve({ outcome: code === 1 ? "denied" : code === 3 ? "slow" : "lost" }),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 10_000 },
    );
    return undefined;
  });
}

/** To a centimetre: more is noise. @param {number} degrees */
const rounded = (degrees) => Math.round(degrees * 1e7) / 1e7;
