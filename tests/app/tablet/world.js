/** A tablet for a test: an IndexedDB of its own, a clock that stands, and what is on it. */

import "fake-indexeddb/auto";
import { forceCloseDatabase, IDBFactory } from "fake-indexeddb";
import { openDevice } from "../../../static/app/store/device.js";
import { openStore } from "../../../static/app/store/index.js";

export const LIN = 7;
export const NOON = new Date("2026-11-22T04:00:00.000Z");

/** A tablet fresh from its box. */
export function freshTablet() {
  globalThis.indexedDB = new IDBFactory();
}

/**
 * @param {{ person?: number, now?: () => Date, appVersion?: string, onSaved?: any,
 *   onChange?: any }} [world]
 */
export async function openTablet({ person = LIN, now = () => NOON, ...more } = {}) {
  const device = await openDevice({ now });
  const store = await openStore(person, { device, appVersion: "abc123", now, ...more });
  return {
    device,
    store,
    close() {
      store.close();
      device.close();
    },
  };
}

/** The browser closes the connection, as iOS does. @param {import("../../../static/app/store/index.js").Store} store */
export async function closeUnder({ db }) {
  await db
    .run(["facts"], "readonly", (tx) => {
      forceCloseDatabase(/** @type {any} */ (tx.db));
    })
    .catch(() => {});
}

/** @param {string} id @param {Partial<import("../../../static/app/store/journal.js").New> & { photos?: any[] }} [more] */
export function inspection(id, { photos = [], ...more } = {}) {
  return {
    id,
    type: /** @type {const} */ ("inspection"),
    content: {
      kind: "lighting",
      kind_version: 1,
      estate: 3,
      recorded_at: "2026-11-22T12:00:00+08:00",
      answers: { "ZM-01": true },
      ...(photos.length ? { photos } : {}),
    },
    estate: 3,
    kind: "lighting",
    recordedAt: "2026-11-22T12:00:00+08:00",
    ...more,
  };
}

/** @param {number} n @returns {string} an id */
export const idOf = (n) => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;

/** Bytes that differ from photo to photo. @param {number} size @param {number} [seed] */
export function photoBytes(size, seed = 1) {
  const bytes = new Uint8Array(size);
  let state = seed * 2654435761;
  for (let at = 0; at < size; at += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** @param {Uint8Array} bytes */
export const jpeg = (bytes) => new Blob([/** @type {BlobPart} */ (bytes)], { type: "image/jpeg" });
