/**
 * Checklists begun and not yet recorded. The screens read and write them at once in memory;
 * behind that each change goes to the disk, and `state` says truly how far that is.
 *
 * @import { Database } from "./db.js"
 * @import { PlaceId, Position } from "../types.d.ts"
 * @import { Filling } from "../form/filling.js"
 * @import { Photo } from "../evidence.js"
 * @import { Sheet } from "../creation/sheet.js"
 *
 * @typedef {{ id: string, estate: PlaceId, kind: string, asset: PlaceId | null, filling: Filling,
 *   position: Position | null, recordedAt: string | null, supersedes: string | null,
 *   reason: string, photos?: Photo[], building?: number | null, floor?: string, zone?: string,
 *   removed?: string[], seenAt?: string, mends?: string, sameAs?: Record<string, string>,
 *   move?: MoveDraft, sheet?: Sheet }} Draft
 *   `photos`: what the record will declare; the bytes are in `files`. `removed`: photos taken out
 *   again, whose bytes may still be there. `mends`: the entry that came
 *   back, and `seenAt` when it was recorded. `sameAs`: item → the inspection that first found it,
 *   "" where it is another one. `sheet`: of 创建; of no estate (0) either, and its kind names it.
 * @typedef {{ case: string, note: string, pair: string | null }} MoveDraft what is to be done to a
 *   case: `pair`: the earlier photo that lies over the camera's picture. Such a draft is of no
 *   estate (0), and its kind names the case
 * @typedef {"saved" | "saving" | "full" | "failed"} Saved
 */

import { dropFile, FILES, namedFiles } from "./files.js";

/** A photo of a draft that is gone is kept this long: dropping a draft can be undone. */
const ORPHAN_MS = 24 * 3600 * 1000;
const RETRY_MS = 5000;

/** @param {{ estate: Draft["estate"], kind: string }} draft */
export const keyOfDraft = ({ estate, kind }) => `${estate}/${kind}`;

/**
 * @param {Database} db
 * @param {{ told?: (saved: Saved) => void, changed?: (key: string) => void,
 *   recorded?: Set<string>, today?: Date, retryMs?: number }} [world] `told`: the state is
 *   another; `changed`: this draft is on the disk, for other tabs; `recorded`: ids that are in
 *   the journal, and so no drafts any more
 */
export async function openDrafts(db, world = {}) {
  const { told = () => {}, changed = () => {}, recorded = new Set() } = world;
  const { today = new Date(), retryMs = RETRY_MS } = world;
  /** @type {Map<string, Draft>} */
  const held = new Map();
  /** What the disk does not have yet. @type {Set<string>} */
  const unsaved = new Set();
  /** @type {Saved} */
  let state = "saved";
  let busy = false;
  /** @type {Promise<void>} */
  let writing = Promise.resolve();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retry;

  /** @param {Saved} next */
  function become(next) {
    if (state === next) return;
    state = next;
    told(next);
  }

  /** @param {string} key */
  function save(key) {
    unsaved.add(key);
    become("saving");
    if (!busy) writing = write();
  }

  async function write() {
    busy = true;
    clearTimeout(retry);
    while (unsaved.size) {
      const keys = [...unsaved];
      unsaved.clear();
      try {
        await db.run(["drafts"], "readwrite", (tx) =>
          Promise.all(
            keys.map((key) => {
              const draft = held.get(key);
              return draft
                ? tx.objectStore("drafts").put({ key, draft: plain(draft) })
                : tx.objectStore("drafts").delete(key);
            }),
          ),
        );
      } catch (failure) {
        for (const key of keys) unsaved.add(key);
        busy = false;
        become(/** @type {any} */ (failure).code === "full" ? "full" : "failed");
        retry = setTimeout(() => {
          const [first] = unsaved;
          if (first !== undefined) save(first);
        }, retryMs);
        return;
      }
      for (const key of keys) changed(key);
    }
    busy = false;
    become("saved");
  }

  for (const { key, draft } of await db.run(["drafts"], "readonly", (tx) =>
    tx.objectStore("drafts").getAll(),
  ))
    if (!recorded.has(draft.id)) held.set(key, draft);
  await tidy(db, new Set([...held.values()].map(({ id }) => id)), today);

  return {
    /** @param {Draft["estate"]} estate @param {string} kind */
    of: (estate, kind) => held.get(keyOfDraft({ estate, kind })),

    /** @param {Draft} draft */
    keep(draft) {
      const key = keyOfDraft(draft);
      const before = held.get(key);
      held.set(key, draft);
      // A checklist only looked at leaves nothing behind.
      if (before !== draft && (before || isBegun(draft))) save(key);
    },

    /** @param {Draft} draft */
    drop(draft) {
      const key = keyOfDraft(draft);
      if (held.delete(key)) save(key);
    },

    /** It is in the journal now, and its row went with that. @param {Draft} draft */
    recorded(draft) {
      const key = keyOfDraft(draft);
      held.delete(key);
      unsaved.delete(key);
      changed(key);
    },

    /** Those with an answer or a photo. */
    begun: () => [...held.values()].filter(isBegun),

    /** Is all that was filled in on the disk? */
    state: () => state,

    /** Waits until it is, or can't be. @returns {Promise<Saved>} */
    async settled() {
      while (busy) await writing;
      return state;
    },

    /** Another tab wrote it. @param {string} key */
    async reread(key) {
      if (unsaved.has(key)) return;
      const row = await db.run(["drafts"], "readonly", (tx) => tx.objectStore("drafts").get(key));
      if (unsaved.has(key)) return;
      if (row) held.set(key, row.draft);
      else held.delete(key);
    },

    close: () => clearTimeout(retry),
  };
}

/** @typedef {Awaited<ReturnType<typeof openDrafts>>} Drafts */

/** @param {Draft} draft */
const isBegun = ({ filling, photos, move, sheet }) =>
  Object.keys(filling.answers).length > 0 ||
  (photos?.length ?? 0) > 0 ||
  Boolean(move?.note) ||
  Object.keys(sheet?.grades ?? {}).length > 0;

/** The steps to undo are of this sitting. @param {Draft} draft */
const plain = (draft) => ({ ...draft, filling: { ...draft.filling, before: null } });

/** @param {Database} db @param {Set<string>} drafts ids @param {Date} today */
async function tidy(db, drafts, today) {
  const until = new Date(today.getTime() - ORPHAN_MS).toISOString();
  await db.run([...FILES, "entries"], "readwrite", async (tx) => {
    const named = await namedFiles(tx);
    const files = await tx.objectStore("files").getAll();
    const orphans = files.filter(
      (/** @type {import("../types.d.ts").StoredFile} */ { id, draft, addedAt }) =>
        !named.has(id) && !(draft && drafts.has(draft)) && addedAt < until,
    );
    await Promise.all(
      orphans.map((/** @type {import("../types.d.ts").StoredFile} */ { id }) => dropFile(tx, id)),
    );
  });
}
