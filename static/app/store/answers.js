/**
 * What a company's person answers on this phone, kept until the server has every byte of it.
 *
 *     answers.draft(case)   what was begun: words and photos; kept at every change
 *     answers.send(answer)  a draft becomes an answer, both or neither; from then on it is never
 *                           altered, only what became of it
 *     answers.files         the bytes of photos, as `store/files.js` has them
 *
 * Its own database, and a small one: no checklists, no pack, no device that the office keeps.
 *
 * @import { Photo } from "../evidence.js"
 * @import { Step } from "./db.js"
 *
 * @typedef {{ case: string, move: string, note: string, until: string, photos: Photo[] }} AnswerDraft
 *   one for each case and move
 * @typedef {{ id: string, case: string, number: number, title: string, move: string,
 *   body: string, files: { id: string, sha256: string, bytes: number, type: string }[],
 *   addedAt: string }} Answer `body`: as it is sent, in canonical form
 * @typedef {{ id: string, record: "waiting" | "received" | "proposed" | "refused", code: string,
 *   message: string, photos: Record<string, "received" | "refused">,
 *   uploads: Record<string, string>, heldAt: string | null }} Fate what became of it. `uploads`:
 *   where each goes on; `heldAt`: since when the server is known to hold every byte
 * @typedef {Answer & Fate} Sent
 */

import { database } from "./db.js";
import { dropFile, FILES, openFiles } from "./files.js";

/** So long an answer that arrived is still told of. */
const KEPT_MS = 30 * 24 * 3600 * 1000;

/** @type {Step[]} */
const ANSWERS = [
  function first(db) {
    db.createObjectStore("drafts", { keyPath: ["case", "move"] });
    db.createObjectStore("answers", { keyPath: "id" });
    db.createObjectStore("fates", { keyPath: "id" });
    db.createObjectStore("files", { keyPath: "id" });
    db.createObjectStore("pieces", { keyPath: ["file", "at"] });
  },
];

/** @param {number} person */
export const answersNameOf = (person) => `xuntu-answers-${person}`;

/**
 * @param {number} person the user's id
 * @param {{ now?: () => Date, onChange?: () => void }} [world]
 */
export async function openAnswers(person, { now = () => new Date(), onChange = () => {} } = {}) {
  const db = database(answersNameOf(person), ANSWERS);
  const tabs = new BroadcastChannel(answersNameOf(person));
  /** @type {Sent[]} */
  let sent = [];
  /** @type {Map<string, AnswerDraft>} */
  let drafts = new Map();

  async function reload() {
    const [answers, fates, begun] = await db.run(["answers", "fates", "drafts"], "readonly", (tx) =>
      Promise.all([
        tx.objectStore("answers").getAll(),
        tx.objectStore("fates").getAll(),
        tx.objectStore("drafts").getAll(),
      ]),
    );
    const fateOf = new Map(fates.map((each) => [each.id, each]));
    sent = answers
      .map((each) => ({ ...each, ...fateOf.get(each.id) }))
      .sort((a, b) => (a.addedAt < b.addedAt ? -1 : 1));
    drafts = new Map(begun.map((each) => [keyOf(each), each]));
    onChange();
  }

  async function changed() {
    tabs.postMessage(null);
    await reload();
  }

  tabs.onmessage = reload;
  await reload();

  return {
    person,
    files: openFiles(db, { now: () => now().toISOString() }),
    reload,

    /** Every answer that is still told of, oldest first. */
    all: () => sent,

    /** Those that the server does not hold whole, and that may still get there by themselves. */
    waiting: () => sent.filter((each) => !each.heldAt && each.record !== "refused"),

    /** @param {string} id of the case @param {string} move */
    draft: (id, move) => drafts.get(keyOf({ case: id, move })),

    /** On the disk when it returns. @param {AnswerDraft} draft */
    async keep(draft) {
      drafts.set(keyOf(draft), draft);
      await db.run(["drafts"], "readwrite", (tx) => tx.objectStore("drafts").put(draft));
    },

    /** Begun, and given up. @param {AnswerDraft} draft */
    async drop(draft) {
      await db.run(["drafts", ...FILES], "readwrite", (tx) =>
        Promise.all([
          tx.objectStore("drafts").delete([draft.case, draft.move]),
          ...draft.photos.map(({ id }) => dropFile(tx, id)),
        ]),
      );
      await changed();
    },

    /** A draft becomes an answer, and is no draft any more. @param {Answer} answer */
    async send(answer) {
      /** @type {Fate} */
      const fate = {
        id: answer.id,
        record: "waiting",
        code: "",
        message: "",
        photos: {},
        uploads: {},
        heldAt: null,
      };
      await db.run(["answers", "fates", "drafts"], "readwrite", (tx) =>
        Promise.all([
          tx.objectStore("answers").add(answer),
          tx.objectStore("fates").add(fate),
          tx.objectStore("drafts").delete([answer.case, answer.move]),
        ]),
      );
      await changed();
    },

    /** @param {string} id @param {(fate: Fate) => Partial<Fate>} change */
    async became(id, change) {
      await db.run(["fates"], "readwrite", async (tx) => {
        const fate = await tx.objectStore("fates").get(id);
        if (fate) await tx.objectStore("fates").put({ ...fate, ...change(fate) });
      });
      await changed();
    },

    /**
     * The server holds every byte: those here are let go, what was answered is told of for a
     * while.
     * @param {string} id
     */
    async held(id) {
      const answer = sent.find((each) => each.id === id);
      await db.run(["fates", ...FILES], "readwrite", async (tx) => {
        const fate = await tx.objectStore("fates").get(id);
        await Promise.all([
          tx.objectStore("fates").put({ ...fate, heldAt: now().toISOString(), uploads: {} }),
          ...(answer?.files ?? []).map((file) => dropFile(tx, file.id)),
        ]);
      });
      await changed();
    },

    /** What was refused is put aside by the person, who has seen why. @param {string} id */
    async forget(id) {
      const answer = sent.find((each) => each.id === id);
      await db.run(["answers", "fates", ...FILES], "readwrite", (tx) =>
        Promise.all([
          tx.objectStore("answers").delete(id),
          tx.objectStore("fates").delete(id),
          ...(answer?.files ?? []).map((file) => dropFile(tx, file.id)),
        ]),
      );
      await changed();
    },

    /** Lets go of the word on what arrived long ago. */
    async prune() {
      const until = new Date(now().getTime() - KEPT_MS).toISOString();
      const old = sent.filter(({ heldAt }) => heldAt && heldAt <= until);
      if (!old.length) return;
      await db.run(["answers", "fates"], "readwrite", (tx) =>
        Promise.all(
          old.flatMap(({ id }) => [
            tx.objectStore("answers").delete(id),
            tx.objectStore("fates").delete(id),
          ]),
        ),
      );
      await changed();
    },

    close() {
      tabs.close();
      db.close();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openAnswers>>} Answers */

/** @param {{ case: string, move: string }} draft */
const keyOf = ({ case: id, move }) => `${id}/${move}`;
