/** Addresses of this server. */

/**
 * The path and query of an address, whichever host it names: a proxy may speak for another.
 *
 * @param {string} address
 */
export function pathOf(address) {
  const { pathname, search } = new URL(address, "http://here");
  return pathname + search;
}
