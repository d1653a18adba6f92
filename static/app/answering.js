/**
 * Sends what a company answered: the move first, then its photos, and believes that they arrived
 * only when the server says that it holds them all. One tab sends for all of them.
 *
 * @import { Api, Reply } from "./api.js"
 * @import { Answers, Sent } from "./store/answers.js"
 * @import { Ways as UploadWays } from "./uploads.js"
 *
 * @typedef {"sent" | "unreachable" | "signed_out" | "someone_else" | "busy" | "failed"} AnswersEnd
 *   `sent`: nothing waits any more; `someone_else`: another person is signed in, nothing was sent
 * @typedef {{ running: boolean, end: AnswersEnd | null, bytes: { done: number, total: number } }} AnswersProgress
 */

import { openLine, upload } from "./uploads.js";

const BACK_OFF_MS = { first: 3000, most: 2 * 60_000 };
/** It did not arrive whole, or the server itself erred: no word on the answer. */
const UNHEARD = new Set(["body_cut_short", "length_required", "failed"]);

/**
 * @param {{ answers: Answers, api: Api, locks?: LockManager | undefined,
 *   uploading?: Partial<UploadWays>, onChange?: (progress: AnswersProgress) => void,
 *   onHeld?: (answer: Sent) => unknown, onRefused?: (answer: Sent) => unknown }} world
 *   `onHeld`: told of each that has arrived; until it is done with it, the answer counts as on
 *   its way. `onRefused`: of each that was not accepted, once that is kept here
 */
export function openAnswerer(world) {
  const { answers, api, uploading = {}, onChange = () => {} } = world;
  const { onHeld = () => {}, onRefused = () => {} } = world;
  const { locks = globalThis.navigator?.locks } = world;
  const line = openLine();
  let failures = 0;
  let stopped = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Promise<AnswersEnd> | null} */
  let running = null;
  let again = false;
  /** @type {AnswersProgress} */
  let progress = { running: false, end: null, bytes: { done: 0, total: 0 } };

  /** @param {Partial<AnswersProgress>} news */
  function tell(news) {
    progress = { ...progress, ...news };
    onChange(progress);
  }

  /** @param {Sent} answer @returns {Promise<Reply>} */
  async function sendMove({ id, case: of, body }) {
    const reply = await api.ask("PUT", `/api/v1/cases/${of}/moves/${id}/`, body);
    if (reply.outcome === "received") {
      const record = reply.body.standing === "proposed" ? "proposed" : "received";
      await answers.became(id, () => ({ record, code: reply.body.problem ?? "" }));
    } else if (reply.outcome === "refused") {
      const { code, message } = reply;
      if (UNHEARD.has(code)) return { outcome: "unreachable", why: "server", status: reply.status };
      await answers.became(id, () => ({ record: "refused", code, message }));
      onRefused(/** @type {Sent} */ (answers.all().find((each) => each.id === id)));
    }
    return reply;
  }

  /** @param {Sent} answer @param {Sent["files"][number]} file @returns {Promise<Reply>} */
  async function sendPhoto({ id, uploads }, file) {
    const before = progress.bytes.done;
    const reply = await upload(
      { ...file, entry: id },
      {
        ...{ api, line, at: uploads[file.id] ?? null },
        ...uploading,
        read: (from, to) => answers.files.read(file.id, from, to),
        remember: (at) =>
          answers.became(id, (fate) => {
            const { [file.id]: _, ...others } = fate.uploads;
            return { uploads: at ? { ...others, [file.id]: at } : others };
          }),
        onBytes: (sent) => tell({ bytes: { ...progress.bytes, done: before + sent } }),
      },
    );
    if (reply.outcome === "received" || reply.outcome === "refused") {
      const standing = reply.outcome;
      await answers.became(id, (fate) => ({ photos: { ...fate.photos, [file.id]: standing } }));
    }
    return reply;
  }

  /** One answer with its photos. @param {string} id @returns {Promise<Reply>} */
  async function sendOne(id) {
    const find = () => /** @type {Sent} */ (answers.all().find((each) => each.id === id));
    let answer = find();
    if (answer.record === "waiting") {
      const reply = await sendMove(answer);
      if (reply.outcome !== "received") return reply;
      answer = find();
    }
    for (const file of answer.files.filter((each) => !answer.photos[each.id])) {
      const reply = await sendPhoto(find(), file);
      if (reply.outcome !== "received" && reply.outcome !== "refused") return reply;
    }
    // Its own word for what it holds, not what we think that we sent.
    const held = await api.ask("GET", `/api/v1/cases/${answer.case}/moves/${id}/`);
    if (held.outcome !== "received") return held;
    const { evidence } = held.body;
    if (evidence.held < evidence.declared && !refusedPhotos(find()).length) {
      // Some did not get there after all: they are sent again.
      await answers.became(id, () => ({ photos: {} }));
      return { outcome: "unreachable", why: "server", status: 0 };
    }
    await onHeld(find());
    if (!refusedPhotos(find()).length) await answers.held(id);
    return held;
  }

  /** @returns {Promise<AnswersEnd>} */
  async function sendAll() {
    await answers.reload();
    const owed = answers.waiting().filter((each) => !settled(each));
    if (!owed.length) return "sent";
    const me = await api.me();
    if (me.outcome !== "received") return endOf(me);
    if (me.body.id !== answers.person) return "someone_else";
    const total = owed
      .flatMap(({ files, photos }) => files.filter(({ id }) => !photos[id]))
      .reduce((sum, { bytes }) => sum + bytes, 0);
    tell({ bytes: { done: 0, total } });
    for (const { id } of owed) {
      const reply = await sendOne(id);
      if (reply.outcome !== "received" && reply.outcome !== "refused") return endOf(reply);
    }
    await answers.prune();
    return "sent";
  }

  /** @returns {Promise<AnswersEnd>} */
  async function alone() {
    const work = async () => {
      try {
        return await sendAll();
      } catch {
        // What the store can't do it says by itself; what was sent is with the server.
        return /** @type {AnswersEnd} */ ("failed");
      }
    };
    if (!locks) return work();
    return locks.request(`xuntu-answerer-${answers.person}`, { ifAvailable: true }, (lock) =>
      lock ? work() : /** @type {AnswersEnd} */ ("busy"),
    );
  }

  /** @param {AnswersEnd} end */
  function plan(end) {
    clearTimeout(timer);
    const waits = end === "unreachable" || end === "busy" || end === "failed";
    failures = waits ? failures + 1 : 0;
    if (stopped || !waits) return;
    const ms = Math.min(BACK_OFF_MS.most, BACK_OFF_MS.first * 2 ** (failures - 1));
    timer = setTimeout(() => answerer.run(), ms);
  }

  const answerer = {
    progress: () => progress,

    /** Sends what waits; called again while it runs, it goes round once more. @returns {Promise<AnswersEnd>} */
    run() {
      if (running) {
        again = true;
        return running;
      }
      clearTimeout(timer);
      tell({ running: true });
      running = (async () => {
        let end = await alone();
        while (again && end === "sent") {
          again = false;
          end = await alone();
        }
        return end;
      })().then((end) => {
        running = null;
        again = false;
        tell({ running: false, end });
        plan(end);
        return end;
      });
      return running;
    },

    /** From now on by itself too. */
    start() {
      stopped = false;
      return answerer.run();
    },

    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
  return answerer;
}

/** @typedef {ReturnType<typeof openAnswerer>} Answerer */

/** The photos of it that the server can't take. @param {Sent} answer */
export const refusedPhotos = ({ files, photos }) =>
  files.filter(({ id }) => photos[id] === "refused");

/** Nothing of it gets there by being sent once more. @param {Sent} answer */
const settled = (answer) =>
  answer.record !== "waiting" &&
  answer.files.every(({ id }) => answer.photos[id]) &&
  refusedPhotos(answer).length > 0;

/** @param {Reply} reply @returns {AnswersEnd} */
const endOf = ({ outcome }) =>
  outcome === "unreachable" ? "unreachable" : outcome === "signed_out" ? "signed_out" : "failed";
