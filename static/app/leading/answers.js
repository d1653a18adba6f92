/**
 * What the server has answered, by place of the page and by address. While another answer is on
 * its way, a place keeps what it had: nothing jumps. What can wait is asked for when nothing else
 * is on its way.
 *
 * @import { Api, Reply } from "../api.js"
 * @typedef {{ body: any, failed: Reply | null, waiting: boolean }} Answer `body`: the last one of
 *   this place; `waiting`: it is of an older question
 */

/** Answers kept beside those in sight: a slider goes back and forth. */
const MOST_KEPT = 120;

/** @param {Pick<Api, "ask">} api @param {() => void} onAnswer */
export function openAnswers(api, onAnswer) {
  /** By address. @type {Map<string, { body: any, failed: Reply | null, stale: boolean, asking: Promise<void> | null, later: boolean }>} */
  const held = new Map();
  /** The last body of each place. @type {Map<string, { path: string, body: any }>} */
  const places = new Map();
  /** What each place asked for last. @type {Map<string, string>} */
  const turns = new Map();

  /** @param {string} path @param {boolean} later */
  function ask(path, later) {
    const one = held.get(path) ?? { body: null, failed: null, stale: false, asking: null, later };
    const here = one.asking || (!one.stale && (one.body || one.failed));
    if (!here && later && busy()) return one;
    held.delete(path);
    held.set(path, one);
    one.later &&= later;
    if (here) return one;
    one.stale = false;
    one.asking = api.ask("GET", path).then((reply) => {
      one.asking = null;
      one.failed = reply.outcome === "received" ? null : reply;
      if (reply.outcome === "received") one.body = reply.body;
      onAnswer();
    });
    for (const [old, { asking }] of held) {
      if (held.size <= MOST_KEPT) break;
      if (!asking && old !== path) held.delete(old);
    }
    return one;
  }

  const busy = () => [...held.values()].some(({ asking, later }) => asking && !later);

  return {
    /**
     * What a place shows of an address; asks where it is not known.
     *
     * @param {string} place
     * @param {string} path
     * @param {{ inTurn?: boolean, later?: boolean }} [ways] `inTurn`: one question at a time; where
     *   a hand runs over many, those that it has left by then are never asked. `later`: not before
     *   what can't wait is here
     * @returns {Answer}
     */
    of(place, path, { inTurn = false, later = false } = {}) {
      const ahead = held.get(turns.get(place) ?? "");
      if (inTurn && ahead?.asking && !held.has(path))
        return { body: places.get(place)?.body ?? null, failed: null, waiting: true };
      turns.set(place, path);
      const { body, failed } = ask(path, later);
      if (body) places.set(place, { path, body });
      const last = places.get(place);
      return { body: last?.body ?? null, failed, waiting: !failed && last?.path !== path };
    },

    /** Everything is asked for anew as it is next looked at; what is shown stays meanwhile. */
    renew() {
      for (const one of held.values()) one.stale = true;
    },

    /** One that changes by itself is asked for anew. @param {string} path */
    anew(path) {
      const one = held.get(path);
      if (one) one.stale = true;
    },

    /** What failed is tried again. */
    again() {
      for (const [path, { failed }] of held) if (failed) held.delete(path);
      onAnswer();
    },

    /** When nothing is on its way. */
    async settled() {
      const asking = () => [...held.values()].flatMap((one) => one.asking ?? []);
      // An answer lets those go that waited for it.
      while (asking().length) await Promise.all(asking());
    },
  };
}

/** @typedef {ReturnType<typeof openAnswers>} Answers */
