/** What the keyboard does while a plan is open. Whoever types in a field keeps their keys. */

/**
 * @param {{ active: () => boolean, undo: () => void, redo: () => void, takeOut: () => void,
 *   cancel: () => void, finish: () => void, move: (event: KeyboardEvent) => boolean }} acts
 */
export function openKeys(acts) {
  document.addEventListener(
    "keydown",
    (event) => {
      const at = /** @type {Element} */ (event.target);
      if (!acts.active() || event.isComposing) return;
      if (at.closest("input, select, textarea, dialog[open], details.menu[open]")) return;
      if (event.ctrlKey || event.metaKey) {
        if (event.key.toLowerCase() === "z") take(event, event.shiftKey ? acts.redo : acts.undo);
        if (event.key.toLowerCase() === "y") take(event, acts.redo);
        return;
      }
      if (event.altKey) return;
      if (event.key === "Escape") return take(event, acts.cancel);
      if (at.closest("button, a, summary")) return;
      if (event.key === "Delete") return take(event, acts.takeOut);
      if (event.key === "Enter") return acts.finish();
      // The map's own keys would move the map along.
      if (acts.move(event)) take(event, () => {});
    },
    { capture: true },
  );
}

/** @param {KeyboardEvent} event @param {() => void} act */
function take(event, act) {
  event.preventDefault();
  event.stopPropagation();
  act();
}
