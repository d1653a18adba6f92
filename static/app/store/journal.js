/**
 * What was sent from this page and how it ended, newest first.
 *
 * @typedef {{ id: string, content: any, reply: any }} Entry
 */

export function openJournal() {
  /** @type {Map<string, Entry>} */
  const held = new Map();
  return {
    /** @param {Entry} entry */
    keep: (entry) => held.set(entry.id, entry),
    /** @param {string} id */
    get: (id) => held.get(id),
  };
}

/** @typedef {ReturnType<typeof openJournal>} Journal */
