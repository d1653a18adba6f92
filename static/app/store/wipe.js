/**
 * Clears the tablet: every person's store, the tablet's own, files and the app's caches.
 *
 * @import { Device } from "./device.js"
 * @import { Store } from "./index.js"
 */

import { deleteDB } from "idb";
import { nameOf } from "./index.js";
import { nameOfPlans } from "./plans.js";

/** A tab of an older version may hold a database; the browser deletes it when that closes. */
const PATIENCE_MS = 10_000;

/**
 * @param {{ store: Store, device: Device, caches?: CacheStorage | undefined,
 *   directory?: () => Promise<FileSystemDirectoryHandle | null>, patienceMs?: number,
 *   workers?: ServiceWorkerContainer | undefined }} tablet
 */
export async function wipe(tablet) {
  const { store, device, caches, directory, workers, patienceMs = PATIENCE_MS } = tablet;
  const others = device.people().filter((person) => person !== store.person);
  store.close();
  const gone = [
    store.db.remove(),
    device.db.remove(),
    ...others.map((id) => deleteDB(nameOf(id))),
    ...[store.person, ...others].map((id) => deleteDB(nameOfPlans(id))),
  ];
  const patience = new Promise((resolve) => setTimeout(resolve, patienceMs));
  await Promise.race([Promise.allSettled(gone), patience]);
  for (const worker of (await workers?.getRegistrations()) ?? []) await worker.unregister();
  for (const name of (await caches?.keys()) ?? []) await caches?.delete(name);
  const root = await directory?.();
  // Not every browser's types know that a folder can be gone through.
  for await (const name of /** @type {any} */ (root)?.keys() ?? [])
    await root?.removeEntry(name, { recursive: true });
}
