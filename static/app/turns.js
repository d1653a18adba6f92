/**
 * Questions that take each other's place: an answer to an earlier one that comes later says nothing
 * any more.
 */

/** @returns {() => () => boolean} a new turn begins; what it hands back tells whether it is still on */
export function openTurns() {
  let now = 0;
  return () => {
    now += 1;
    const mine = now;
    return () => mine === now;
  };
}
