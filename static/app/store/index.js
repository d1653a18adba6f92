/**
 * What this tablet holds for one person: the one door to it.
 *
 *     const device = await openDevice();                     // store/device.js
 *     const store = await openStore(person.id, { device });  // `xuntu-<user id>`
 *
 * store.drafts    checklists begun: of keep drop begun, at once; state() is saved, saving, full, failed
 * store.files     bytes of photos: put(id, blob, {draft}) get(id) describe(id) ofDraft(id) read(id, from, to)
 * store.journal   what was recorded: all() get(id) waiting() counts() at once;
 *                 add() outcome() again() cancel() receipts() prune() are on the disk when they return
 * store.register  what the screens read of the world (the pack, and what the network told since)
 * store.pack      the pack's rows and small photos on the disk; filled by pack.js
 * store.record(draft, news)   a draft becomes an entry: at once or not at all
 *
 * Whatever is written here is strictly durable, except the pack, which can be fetched again.
 * What can't be done throws a StoreFailure with a `code` (store/db.js); a page tells it as
 * `store.<code>` of words/offline.js.
 *
 * Sending is sync.js, the statement statement.js, the last resort rescue.js.
 *
 * @import { Device } from "./device.js"
 * @import { Draft, Saved } from "./drafts.js"
 * @import { New } from "./journal.js"
 */

import { database } from "./db.js";
import { keyOfDraft, openDrafts } from "./drafts.js";
import { openFiles } from "./files.js";
import { openJournal } from "./journal.js";
import { openPackRows } from "./pack_rows.js";
import { openRegister } from "./register.js";
import { PERSON } from "./schema.js";

/** @param {number} person */
export const nameOf = (person) => `xuntu-${person}`;

/**
 * @param {number} person the user's id
 * @param {{ device: Device, appVersion?: string, now?: () => Date,
 *   onChange?: (what: "journal" | "drafts") => void, onSaved?: (saved: Saved) => void }} world
 *   `onChange`: it is another than it was, by this tab or another
 */
export async function openStore(person, world) {
  const { device, appVersion = "", now = () => new Date(), onChange, onSaved } = world;
  const db = database(nameOf(person), PERSON);
  const tabs = new BroadcastChannel(nameOf(person));
  const iso = () => now().toISOString();

  const journal = await openJournal(db, {
    device: device.id,
    appVersion,
    now: iso,
    told: () => onChange?.("journal"),
    written: (ids) => tabs.postMessage({ journal: ids }),
  });
  const drafts = await openDrafts(db, {
    told: (saved) => onSaved?.(saved),
    changed: (key) => tabs.postMessage({ draft: key }),
    recorded: new Set(journal.all().map(({ id }) => id)),
    today: now(),
  });
  const register = openRegister();
  const pack = await openPackRows(db, register, () => tabs.postMessage({ pack: true }));

  tabs.onmessage = async ({ data }) => {
    if (data.journal) await (data.journal.length ? journal.look(data.journal) : journal.reload());
    if (data.draft) {
      await drafts.reread(data.draft);
      onChange?.("drafts");
    }
    if (data.pack) await pack.reload();
  };

  return {
    person,
    device,
    db,
    drafts,
    journal,
    files: openFiles(db, { now: iso }),
    register,
    pack,

    /**
     * A draft becomes an entry. It is either still a draft or an entry, never both or neither.
     *
     * @param {Draft} draft
     * @param {New} news
     */
    async record(draft, news) {
      await drafts.settled();
      const kept = await journal.add(news, { draft: keyOfDraft(draft) });
      drafts.recorded(draft);
      return kept;
    },

    /** Where the upload of a photo goes on. @param {string} photo @returns {Promise<string | null>} */
    async uploadOf(photo) {
      const row = await db.run(["uploads"], "readonly", (tx) =>
        tx.objectStore("uploads").get(photo),
      );
      return row?.at ?? null;
    },

    /** @param {string} photo @param {string | null} at null: it has arrived, or begins anew */
    rememberUpload: (photo, at) =>
      db.run(["uploads"], "readwrite", (tx) => {
        const uploads = tx.objectStore("uploads");
        return at ? uploads.put({ photo, at }).then(() => {}) : uploads.delete(photo);
      }),

    close() {
      drafts.close();
      tabs.close();
      db.close();
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openStore>>} Store */
