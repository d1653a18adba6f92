/**
 * Between the server and what the tablet holds: sends what was recorded, oldest first, and asks
 * what the server has of it. One tab sends for all of them.
 *
 * @import { Api, Reply } from "./api.js"
 * @import { Store } from "./store/index.js"
 * @import { Kept } from "./types.d.ts"
 * @import { Ways as UploadWays } from "./uploads.js"
 *
 * @typedef {"received" | "refused" | "unreachable" | "signed_out" | "someone_else" | "revoked"
 *   | "cancelled" | "busy" | "failed"} End how a run ended, worst first told: `refused`: all was sent, and
 *   something waits for its inspector; `someone_else`: another person is signed in, nothing was
 *   sent; `busy`: another tab sends; `failed`: the tablet's own store
 * @typedef {{ running: boolean, end: End | null, entry: string | null, retryAt: Date | null,
 *   contactAt: Date | null, offsetS: number | null, newest: string | null, letsGoAt: Date | null,
 *   entries: { done: number, total: number }, bytes: { done: number, total: number } }} Progress
 *   `entry`: the one that is under way; `offsetS`: server's clock less the tablet's; `newest`:
 *   the app's version at the server; `letsGoAt`: of a blocked tablet, until when it tries to deliver
 */

import { pathOf } from "./address.js";
import { openDelivery } from "./delivery.js";
import { bytesOwed, needsPerson } from "./store/journal.js";

/** Of what a move depends on: the case that it would open is not there, and will not be. */
const STUCK = new Set(["refused", "mended", "cancelled"]);
const REVOKED = "revoked_at";
/** So long a blocked tablet goes on trying to deliver, counted from when it was told. */
const DELIVERING_MS = 10 * 60_000;
const CONTACT_MS = 10 * 60_000;
const BACK_OFF_MS = { first: 5000, most: 5 * 60_000 };
/** After so many in a row that got no answer, the server is believed to be down. */
const STRIKES = 2;

/**
 * @param {{ store: Store, api: Api, appVersion: string, token?: () => string,
 *   locks?: LockManager | undefined, storage?: () => Promise<Record<string, unknown>>,
 *   random?: () => number, uploading?: Partial<UploadWays>, now?: () => Date,
 *   onChange?: (progress: Progress) => void, onRevoked?: () => void }} world
 *   `token`: changes when someone signs in; `storage`: what the browser says of its room;
 *   `onRevoked`: the office blocked this tablet, and what could be delivered is
 */
export function openSender(world) {
  const { store, api, appVersion, token = () => "", storage = async () => ({}) } = world;
  const {
    locks = globalThis.navigator?.locks,
    random = Math.random,
    now = () => new Date(),
  } = world;
  const { onChange = () => {}, onRevoked = () => {}, uploading = {} } = world;
  const { journal, device } = store;

  /** How often an entry got no answer; those come last. @type {Map<string, number>} */
  const strikes = new Map();
  let failures = 0;
  let again = false;
  let stopped = true;
  /** The session that was found to be this person's. */
  let checked = "";
  /** @type {AbortController | null} */
  let stop = null;
  /** @type {Promise<End> | null} */
  let running = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @type {Progress} */
  let progress = {
    running: false,
    end: null,
    entry: null,
    retryAt: null,
    contactAt: null,
    offsetS: null,
    newest: null,
    letsGoAt: letsGoAt(),
    entries: { done: 0, total: 0 },
    bytes: { done: 0, total: 0 },
  };
  /** @returns {Date | null} */
  function letsGoAt() {
    const since = device.get(REVOKED);
    return since ? new Date(Date.parse(since) + DELIVERING_MS) : null;
  }

  /** @param {Partial<Progress>} news */
  function tell(news) {
    progress = { ...progress, ...news };
    onChange(progress);
  }

  /** Is the one who is signed in the one whose records these are? @returns {Promise<End | null>} null: yes */
  async function someoneElse() {
    const session = token();
    if (checked && checked === session) return null;
    const reply = await api.ask("GET", "/api/v1/me/", undefined, { signal: stop?.signal });
    // A blocked tablet may still deliver, and is told of nothing else: who it was last counts.
    if (reply.outcome === "revoked") return device.person()?.id === store.person ? null : "revoked";
    if (reply.outcome !== "received") return endOf(reply);
    if (reply.body.id !== store.person) return "someone_else";
    checked = token() || "known";
    return null;
  }

  /** What the tablet says of itself. @param {{ wiped?: true }} [more] @param {{ signal?: AbortSignal | undefined }} [ways] */
  async function report(more, ways) {
    const { waiting, sent, bytes } = journal.counts();
    return api.ask(
      "PUT",
      `/api/v1/devices/${device.id}/`,
      {
        app_version: appVersion,
        unsent: waiting + sent,
        unsent_bytes: bytes,
        clock: now().toISOString(),
        storage: await storage(),
        position_datum: device.positionDatum(),
        ...more,
      },
      ways,
    );
  }

  /** @returns {Promise<Reply>} */
  async function contact() {
    const reply = await report({}, { signal: stop?.signal });
    if (reply.outcome === "received") {
      const { clock_offset_s: offsetS = null, app_version: newest = null, name = "" } = reply.body;
      await device.set("contact", { at: now().toISOString(), name, offsetS });
      tell({ contactAt: now(), offsetS, newest });
    }
    return reply;
  }

  /** What the server holds of this tablet's entries, all that changed since last asked. @returns {Promise<Reply>} */
  async function receipts() {
    const since = await journal.cursor();
    const entries = [];
    let cursor = since;
    let path = `/api/v1/receipts/?device=${device.id}${since ? `&since=${encodeURIComponent(since)}` : ""}`;
    while (path) {
      const reply = await api.ask("GET", path, undefined, { signal: stop?.signal });
      if (reply.outcome !== "received") return reply;
      entries.push(...reply.body.entries);
      cursor = reply.body.cursor;
      path = reply.body.next ? pathOf(reply.body.next) : "";
    }
    if (cursor !== undefined) await journal.receipts(entries, cursor);
    return { outcome: "received", status: 200, body: entries };
  }

  const delivery = openDelivery({
    ...{ store, api, uploading },
    signal: () => stop?.signal,
    bytesDone: () => progress.bytes.done,
    onBytes: (done) => tell({ bytes: { ...progress.bytes, done } }),
  });

  /** @param {string} id @returns {Promise<Reply | { outcome: End }>} */
  async function sendOne(id) {
    const other = await someoneElse();
    return other ? { outcome: other } : delivery.send(id);
  }

  /** @returns {Promise<Reply["outcome"] | End>} */
  async function sendAll() {
    const owed = journal
      .waiting()
      .filter(isReady)
      .sort((a, b) => (strikes.get(a.id) ?? 0) - (strikes.get(b.id) ?? 0) || a.number - b.number);
    const bytes = owed.reduce((sum, each) => sum + bytesOwed(each), 0);
    tell({ entries: { done: 0, total: owed.length }, bytes: { done: 0, total: bytes } });
    let inARow = 0;
    /** @type {End} */
    let end = "received";
    for (const { id } of owed) {
      // What it depends on may have come back a moment ago.
      if (!isReady(/** @type {Kept} */ (journal.get(id)))) continue;
      tell({ entry: id });
      const reply = await sendOne(id);
      if (reply.outcome === "unreachable" && "why" in reply) {
        strikes.set(id, (strikes.get(id) ?? 0) + 1);
        end = "unreachable";
        inARow += 1;
        // One that the server can't answer does not hold up the next; a dead line does.
        if (reply.why === "offline" || inARow >= STRIKES || reply.retryAfterMs) {
          wait = reply.retryAfterMs ?? 0;
          return end;
        }
        continue;
      }
      if (reply.outcome !== "received" && reply.outcome !== "refused") return reply.outcome;
      inARow = 0;
      strikes.delete(id);
      tell({ entries: { ...progress.entries, done: progress.entries.done + 1 } });
    }
    return end;
  }

  /**
   * What a move depends on is with the server, or is on its way in the same run. While that waits
   * for its inspector, the move waits with it: under another id the record opens another case.
   *
   * @param {Kept} entry
   */
  function isReady({ after }) {
    const first = after === undefined ? undefined : journal.get(after);
    return first === undefined || !STUCK.has(first.standing);
  }

  /** For how long the server asked to be left alone. */
  let wait = 0;

  /** @param {boolean} asked by the person @returns {Promise<End>} */
  async function attempt(asked) {
    await journal.reload();
    const due = !progress.contactAt || now().getTime() - progress.contactAt.getTime() >= CONTACT_MS;
    if (!asked && !due && !journal.waiting().length) return settled();
    checked = "";
    const other = await someoneElse();
    if (other) return other;
    const first = await contact();
    // An older server, or one in trouble with this alone, does not hold up the records.
    if (first.outcome !== "received" && first.outcome !== "refused") return endOf(first);
    const revoked = first.outcome === "received" && first.body.revoked === true;
    if (revoked !== Boolean(device.get(REVOKED)))
      await device.set(REVOKED, revoked ? now().toISOString() : null);
    tell({ letsGoAt: letsGoAt() });
    const had = journal.waiting().length;
    const end = endOf(/** @type {any} */ ({ outcome: await sendAll() }));
    if (end === "received" || end === "unreachable") {
      const told = revoked ? null : await receipts();
      if (had && end === "received") await contact();
      if (revoked) return overdue() ? "revoked" : end;
      if (told && told.outcome !== "received" && told.outcome !== "refused") return endOf(told);
      await journal.prune(now());
    }
    return end === "received" ? settled() : end;
  }

  /** All is delivered, or a blocked tablet has tried for long enough. */
  const overdue = () =>
    !journal.waiting().length || now().getTime() >= (letsGoAt()?.getTime() ?? 0);

  /** @returns {End} */
  const settled = () => {
    if (journal.waiting().some(isReady)) return "unreachable";
    return journal.all().some(needsPerson) ? "refused" : "received";
  };

  /** @param {boolean} asked @returns {Promise<End>} */
  async function alone(asked) {
    const work = async () => {
      try {
        return await attempt(asked);
      } catch {
        // What the store can't do it says by itself; what was sent is with the server.
        return /** @type {End} */ ("failed");
      }
    };
    if (!locks) return work();
    return locks.request(`xuntu-sender-${store.person}`, { ifAvailable: true }, (lock) =>
      lock ? work() : /** @type {End} */ ("busy"),
    );
  }

  /** When it is tried again by itself. @param {End} end */
  function plan(end) {
    clearTimeout(timer);
    failures = end === "unreachable" ? failures + 1 : 0;
    if (stopped) return;
    const backOff = Math.min(BACK_OFF_MS.most, BACK_OFF_MS.first * 2 ** (failures - 1));
    const ms = end === "unreachable" ? Math.max(wait, backOff * (0.5 + random() / 2)) : CONTACT_MS;
    wait = 0;
    timer = setTimeout(() => sender.run(), ms);
    tell({ retryAt: new Date(now().getTime() + ms) });
  }

  const sender = {
    progress: () => progress,

    /**
     * Sends what waits. Called again while it runs, it goes round once more.
     *
     * @param {{ asked?: boolean, forMs?: number }} [how] `asked`: by the person, so that the
     *   server is spoken to even where nothing waits; `forMs`: no longer than that
     * @returns {Promise<End>}
     */
    run({ asked = false, forMs } = {}) {
      if (running) {
        again = true;
        return running;
      }
      const controller = new AbortController();
      stop = controller;
      const limit = forMs === undefined ? 0 : setTimeout(() => controller.abort(), forMs);
      tell({ running: true, retryAt: null });
      running = (async () => {
        let end = await alone(asked);
        while (again && end !== "revoked" && !controller.signal.aborted) {
          again = false;
          end = await alone(false);
        }
        return end;
      })().then((end) => {
        clearTimeout(limit);
        again = false;
        running = null;
        tell({ running: false, end, entry: null });
        plan(end);
        if (end === "revoked") onRevoked();
        return end;
      });
      return running;
    },

    /** The last word of a blocked tablet: nothing is left on it, its own facts neither. */
    tellWiped: () => report({ wiped: true }),

    /** Stops the run; what waits goes on waiting, from the byte it reached. */
    cancel: () => stop?.abort(),

    /** From now on by itself too: at once, and then again and again. */
    start() {
      stopped = false;
      return sender.run();
    },

    stop() {
      stopped = true;
      clearTimeout(timer);
      stop?.abort();
    },
  };
  return sender;
}

/** @typedef {ReturnType<typeof openSender>} Sender */

/** @param {Reply} reply @returns {End} */
const endOf = ({ outcome }) => outcome;
