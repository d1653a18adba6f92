/**
 * Whether what a page shows is still so: the server is asked for the version of its data again and
 * again, and costs almost nothing while that is the same one.
 *
 * @import { Reply } from "./api.js"
 *
 * @typedef {"fresh" | "stale" | "ended"} State `stale`: the server does not answer, so nobody
 *   knows; `ended`: signed out, or no longer allowed, and asked no more
 */

const OVERVIEW = "/api/v1/overview/version/";
const EVERY_MS = 2000;
/** A page that nobody looks at, and a server that does not answer. */
const SELDOM_MS = 60_000;

/**
 * Begins to ask at once.
 *
 * @param {{ ask: (method: string, path: string) => Promise<Reply>, visible: () => boolean,
 *   onNews: (version: string) => unknown, onState?: (state: State) => void,
 *   later?: (act: () => void, ms: number) => any, forget?: (timer: any) => void,
 *   version?: string }} world
 *   `onNews`: there is another version than the one that is shown, and every web process knows it;
 *   the next question waits until what it promises is done. `later` and `forget`: as setTimeout
 *   and clearTimeout, which they are unless told otherwise; `version`: the address that tells it
 */
export function keepFresh({
  ask,
  visible,
  onNews,
  onState = () => {},
  later = (act, ms) => setTimeout(act, ms),
  forget = (timer) => clearTimeout(timer),
  version: address = OVERVIEW,
}) {
  /** @type {string | null} */
  let shown = null;
  /** @type {State} */
  let state = "fresh";
  let failures = 0;
  let asking = false;
  /** @type {any} */
  let timer;

  /** @param {State} now */
  function say(now) {
    if (now === state) return;
    state = now;
    onState(now);
  }

  /** @param {Reply} reply @returns {Promise<number>} milliseconds until the next question */
  async function heard(reply) {
    if (reply.outcome === "unreachable") {
      failures += 1;
      say("stale");
      const wait = Math.min(SELDOM_MS, EVERY_MS * 2 ** failures);
      return Math.max(wait, reply.retryAfterMs ?? 0);
    }
    if (reply.outcome !== "received") {
      say("ended");
      return 0;
    }
    failures = 0;
    say("fresh");
    const { version, everywhere_ms } = reply.body;
    if (shown !== null && version !== shown) {
      await new Promise((resolve) => later(() => resolve(null), everywhere_ms));
      shown = version;
      await onNews(version);
    }
    shown ??= version;
    return visible() ? EVERY_MS : SELDOM_MS;
  }

  async function look() {
    if (asking || state === "ended") return;
    asking = true;
    forget(timer);
    let wait = EVERY_MS;
    try {
      wait = await heard(await ask("GET", address));
    } finally {
      asking = false;
      // It may have been ended meanwhile.
      if (/** @type {State} */ (state) !== "ended") timer = later(look, wait);
    }
  }

  look();

  return {
    /** Asks now: the page is looked at again, or the network is back. */
    look,
    /** @param {string} version of the data that the page shows from now on */
    shows(version) {
      shown = version;
    },
    state: () => state,
    stop() {
      state = "ended";
      forget(timer);
    },
  };
}
