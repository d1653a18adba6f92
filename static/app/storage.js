/**
 * How much room this browser leaves, and whether it promises to keep what is in it.
 *
 * @typedef {{ used: number, quota: number, left: number, persisted: boolean, short: boolean }} Room
 *   in bytes; `short` is said while there is still time to send or to clear something
 */

const LOW_BYTES = 500_000_000;
const LOW_SHARE = 0.1;

/**
 * @param {StorageManager | undefined} [manager] absent where the page is not secure
 * @returns {Promise<Room | null>} null: the browser does not tell
 */
export async function roomOf(manager = globalThis.navigator?.storage) {
  if (!manager?.estimate) return null;
  try {
    const [{ usage: used = 0, quota = 0 }, persisted] = await Promise.all([
      manager.estimate(),
      manager.persisted?.() ?? false,
    ]);
    const left = Math.max(0, quota - used);
    return { used, quota, left, persisted, short: left < LOW_BYTES || left < quota * LOW_SHARE };
  } catch {
    return null;
  }
}

/**
 * Asks the browser to keep everything until somebody clears it. Some ask the person, some decide.
 *
 * @param {StorageManager | undefined} [manager]
 * @returns {Promise<boolean>}
 */
export async function askToKeep(manager = globalThis.navigator?.storage) {
  try {
    return (await manager?.persisted?.()) || ((await manager?.persist?.()) ?? false);
  } catch {
    return false;
  }
}

/** @param {number} bytes in the steps people know: 3.4 GB, 820 MB, 12 kB */
export function bytes(bytes) {
  if (bytes >= 999_500_000) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 999_500) return `${Math.round(bytes / 1e6)} MB`;
  return `${Math.ceil(bytes / 1000)} kB`;
}
