/**
 * What was done on this page, to be taken back and done again: any field of any proposal, and its
 * coming and going. Values in, values out.
 *
 * @import { Fields } from "./types.d.ts"
 * @typedef {{ id: string, before: Partial<Fields>, after: Partial<Fields> }} Change
 * @typedef {Change | { id: string, there: boolean }} Deed `there`: it was added, or taken out
 * @typedef {{ done: Deed[], undone: Deed[] }} History
 */

const MOST = 200;
/** Within so long, keys that go on with the same are one deed. */
const ONE_MS = 800;

/** @returns {History & { at: number }} */
export const begun = () => ({ done: [], undone: [], at: Number.NEGATIVE_INFINITY });

/** @typedef {ReturnType<typeof begun>} Story */

/**
 * @param {Story} story @param {Deed} deed
 * @param {{ goesOn?: boolean, now?: number }} [how] `goesOn`: it may be one with the deed before
 * @returns {Story}
 */
export function told(story, deed, { goesOn = false, now = Date.now() } = {}) {
  const last = story.done.at(-1);
  if (goesOn && now - story.at < ONE_MS && isSame(last, deed)) {
    const whole = { ...deed, before: /** @type {Change} */ (last).before };
    return { done: [...story.done.slice(0, -1), whole], undone: [], at: now };
  }
  return { done: [...story.done, deed].slice(-MOST), undone: [], at: now };
}

/** @param {Story} story @returns {{ story: Story, deed: Deed | null }} what is to be done now */
export function back(story) {
  const deed = story.done.at(-1);
  if (!deed) return { story, deed: null };
  return {
    story: {
      done: story.done.slice(0, -1),
      undone: [...story.undone, deed],
      at: Number.NEGATIVE_INFINITY,
    },
    deed: reversed(deed),
  };
}

/** @param {Story} story @returns {{ story: Story, deed: Deed | null }} */
export function forth(story) {
  const deed = story.undone.at(-1);
  if (!deed) return { story, deed: null };
  return {
    story: {
      done: [...story.done, deed],
      undone: story.undone.slice(0, -1),
      at: Number.NEGATIVE_INFINITY,
    },
    deed,
  };
}

/**
 * The part of a deed that nobody has gone over meanwhile.
 * @param {Deed} deed @param {Fields | null} now the proposal as it stands
 * @returns {Partial<Fields>}
 */
export function stillMine(deed, now) {
  if (!("before" in deed) || !now) return {};
  return Object.fromEntries(
    Object.entries(deed.after).filter(([name]) => equal(now[name], deed.before[name])),
  );
}

/** Values as they are sent. @param {unknown} a @param {unknown} b */
export const equal = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** @param {Deed} deed @returns {Deed} */
const reversed = (deed) =>
  "there" in deed
    ? { id: deed.id, there: !deed.there }
    : { id: deed.id, before: deed.after, after: deed.before };

/** Of the same fields of the same proposal. @param {Deed | undefined} last @param {Deed} deed */
function isSame(last, deed) {
  if (!last || !("after" in last) || !("after" in deed) || last.id !== deed.id) return false;
  return Object.keys(last.after).sort().join() === Object.keys(deed.after).sort().join();
}
