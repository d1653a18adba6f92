/**
 * A footprint in the hand: it follows the pointer once a frame, however often that moves, and is
 * put down where it was let go.
 *
 * @import { Footprint, Handle } from "../../drawing/handles.js"
 * @import { Fields, LonLat } from "../../drawing/types.d.ts"
 * @import { Targets } from "../../drawing/snapping.js"
 * @typedef {{ id: string, footprint: Footprint, meets: LonLat[] }} Draft `meets`: the corner or
 *   edge that it was drawn to
 */

import { dragged } from "../../drawing/handles.js";

/**
 * @param {{ taken: () => { id: string, fields: Fields } | null,
 *   targets: (start: Fields, to: LonLat) => Targets, withinM: () => number,
 *   moved: (id: string) => void, put: (footprint: Footprint) => void }} world `taken`: what is
 *   taken hold of; `moved`: is called once for each frame in which it moved
 */
export function openHand({ taken, targets, withinM, moved, put }) {
  /** @type {Draft | null} */
  let draft = null;
  /** @type {{ id: string, start: Fields, handle: Handle, from: LonLat, to: LonLat, free: boolean } | null} */
  let pulling = null;
  /** @type {number | null} */
  let frame = null;

  function follow() {
    if (!pulling) return;
    const { id, start, handle, from, to, free } = pulling;
    const snapping = free ? null : { targets: targets(start, to), withinM: withinM() };
    draft = { id, ...dragged(start, handle, from, to, snapping) };
  }

  function move() {
    frame = null;
    if (!pulling) return;
    const begun = performance.now();
    follow();
    moved(pulling.id);
    performance.measure("plan-move", { start: begun, end: performance.now() });
  }

  function stop() {
    if (frame !== null) cancelAnimationFrame(frame);
    frame = null;
    pulling = null;
    draft = null;
  }

  return {
    draft: () => draft,
    holds: () => pulling !== null,
    stop,

    /** @param {Handle} handle @param {LonLat} from @param {LonLat} to @param {boolean} free drawn to nothing */
    pull(handle, from, to, free) {
      const now = taken();
      if (!now) return;
      pulling = pulling
        ? { ...pulling, to, free }
        : { id: now.id, start: now.fields, handle, from, to, free };
      frame ??= requestAnimationFrame(move);
    },

    drop() {
      follow();
      const footprint = draft?.footprint;
      stop();
      if (footprint) put(footprint);
    },
  };
}
