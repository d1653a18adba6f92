/** A tablet that sends to a server of its own, both anew before each test. */

import { afterEach, beforeEach } from "node:test";
import { connect } from "../../../static/app/api.js";
import { openSender } from "../../../static/app/sync.js";
import { openServer } from "./server.js";
import { freshTablet, idOf, inspection, jpeg, NOON, openTablet, photoBytes } from "./world.js";

export const world = {
  tablet: /** @type {Awaited<ReturnType<typeof openTablet>>} */ (/** @type {unknown} */ (null)),
  server: openServer(),
};

/** Once in each file of tests that sends. */
export function eachOnATablet() {
  /** Node ends where nothing but an unreferenced timer waits. @type {any} */
  let awake;
  beforeEach(async () => {
    freshTablet();
    world.tablet = await openTablet();
    world.server = openServer();
    awake = setInterval(() => {}, 1000);
  });
  afterEach(() => {
    clearInterval(awake);
    world.tablet.close();
  });
}

/** Locks as the browser has them, for all tabs of a test. */
export function openLocks() {
  const held = new Set();
  return /** @type {any} */ ({
    /** @param {string} name @param {any} _how @param {(lock: any) => Promise<any>} work */
    async request(name, _how, work) {
      if (held.has(name)) return work(null);
      held.add(name);
      try {
        return await work({ name });
      } finally {
        held.delete(name);
      }
    },
  });
}

/** @param {any} [more] */
export function senderOf({ store, device } = world.tablet, more = {}) {
  const api = connect({
    // Whichever it has by then: a test may put another in its place.
    fetch: (...parts) => world.server.fetch(...parts),
    token: () => "t",
    patienceMs: 15,
    device: device.id,
    now: () => NOON,
  });
  return openSender({
    ...{ store, api, appVersion: "abc123", token: () => "t", now: () => NOON },
    locks: openLocks(),
    uploading: { pause: async () => {}, patienceMs: 15 },
    ...more,
  });
}

/** @param {number} n @param {{ sizes?: number[], content?: any }} [more] */
export async function record(n, { sizes = [], content = {} } = {}) {
  const { files, journal } = world.tablet.store;
  const photos = [];
  for (const [at, size] of sizes.entries())
    photos.push(await files.put(`p${n}.${at}`, jpeg(photoBytes(size, n * 10 + at + 1))));
  const news = inspection(idOf(n), { photos });
  return journal.add({ ...news, content: { ...news.content, ...content } });
}

export const standings = () => world.tablet.store.journal.all().map(({ standing }) => standing);
