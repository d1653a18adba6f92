/**
 * The service worker of /field/: keeps the app's own files, and nothing else, so that it opens
 * with no network. The server puts the list before this text: `self.SHELL`, SHA-256 by address.
 *
 * A version is kept whole or not at all. It takes over only when a page asks for it, so that
 * nobody's form changes under their hands.
 *
 * @typedef {{ version: string, files: Record<string, string> }} Shell
 * @typedef {"missing" | "redirected" | "other" | "unreachable" | "full"} Why
 */

const worker = /** @type {any} */ (self);
/** @type {Shell} */
const { version, files } = worker.SHELL;
const KEPT = "xuntu-shell-";
const AT_ONCE = 6;

class NotWhole extends Error {
  /** @param {string} file @param {Why} why */
  constructor(file, why) {
    super(`${file}: ${why}`);
    this.file = file;
    this.why = why;
  }
}

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install()));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(activate()));
worker.addEventListener("message", (/** @type {any} */ { data }) => {
  if (data === "take-over") worker.skipWaiting();
});
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  // All else — records, tiles, photos — is none of the worker's business.
  if (method !== "GET" || origin !== worker.location.origin || !(pathname in files)) return;
  event.respondWith(answer(pathname, event.request));
});

/** @param {string} path @param {Request} request */
async function answer(path, request) {
  const kept = await caches.match(path, { cacheName: KEPT + version, ignoreVary: true });
  return kept ?? fetch(request);
}

async function install() {
  const cache = await caches.open(KEPT + version);
  const before = await older();
  const waiting = Object.keys(files);
  const take = async () => {
    for (let path = waiting.pop(); path; path = waiting.pop()) {
      // What an attempt that was cut brought in, or the version before, is not asked for again.
      if (await holds(cache, path)) continue;
      await put(cache, path, (await among(before, path)) ?? (await fetched(path)));
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, take));
  } catch (error) {
    const { file = "", why = "unreachable" } = /** @type {Partial<NotWhole>} */ (error);
    await tell({ shell: "failed", version, file, why });
    throw error;
  }
}

/** Only now that this version is the active one does the other go. */
async function activate() {
  for (const { name } of await older()) await caches.delete(name);
  await worker.clients.claim();
}

/** @param {string} path @returns {Promise<Response>} the very bytes that the list names */
async function fetched(path) {
  /** @type {Response} */
  let reply;
  try {
    reply = await fetch(path, { cache: "reload", credentials: "same-origin" });
  } catch {
    throw new NotWhole(path, "unreachable");
  }
  if (reply.redirected) throw new NotWhole(path, "redirected");
  if (reply.status !== 200)
    throw new NotWhole(path, reply.status < 500 ? "missing" : "unreachable");
  if (!(await matches(reply, path))) throw new NotWhole(path, "other");
  return reply;
}

/** @param {Cache} cache @param {string} path @param {Response} reply */
async function put(cache, path, reply) {
  try {
    await cache.put(path, reply);
  } catch {
    throw new NotWhole(path, "full");
  }
}

async function older() {
  const names = await caches.keys();
  return Promise.all(
    names
      .filter((name) => name.startsWith(KEPT) && name !== KEPT + version)
      .map(async (name) => ({ name, cache: await caches.open(name) })),
  );
}

/** @param {{ cache: Cache }[]} before @param {string} path */
async function among(before, path) {
  for (const { cache } of before) {
    if (await holds(cache, path)) return cache.match(path, { ignoreVary: true });
  }
  return undefined;
}

/** @param {Cache} cache @param {string} path */
async function holds(cache, path) {
  const kept = await cache.match(path, { ignoreVary: true });
  return kept !== undefined && matches(kept, path);
}

/** @param {Response} reply @param {string} path */
async function matches(reply, path) {
  const digest = await crypto.subtle.digest("SHA-256", await reply.clone().arrayBuffer());
  return (
    [...new Uint8Array(digest)].map((n) => n.toString(16).padStart(2, "0")).join("") === files[path]
  );
}

/** @param {unknown} news to every page of ours, also those that no worker serves yet */
async function tell(news) {
  for (const client of await worker.clients.matchAll({ includeUncontrolled: true }))
    client.postMessage(news);
}
