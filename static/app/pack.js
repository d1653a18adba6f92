/**
 * Everything needed with no network, fetched piece by piece: what is in stays in, whatever
 * becomes of the line.
 *
 * @import { Api, Reply } from "./api.js"
 * @import { Basemap } from "./store/basemap.js"
 * @import { Store } from "./store/index.js"
 *
 * @typedef {{ cursor: string, full: boolean, communities: number[], bytes: number,
 *   parts: { name: string, url: string, bytes: number, packed: number, sha256: string }[],
 *   basemap: { url: string, bytes: number, sha256: string } | null,
 *   photos: { count: number, bytes: number } }} Manifest
 * @typedef {{ manifest: Manifest, bytes: number }} Offer `bytes`: what is still to come over the line
 * @typedef {{ stage: "parts" | "photos" | "basemap", done: number, total: number }} Progress bytes
 * @typedef {{ api: Pick<Api, "ask">, store: Store, basemap: Basemap, signal?: AbortSignal | undefined,
 *   onProgress?: (progress: Progress) => void, now?: () => Date }} World
 */

import { sha256 } from "./canonical.js";

/** Told in full whenever anything of them changed. */
const WHOLE = new Set(["kinds", "looked", "rounds", "people", "calendar"]);

/** Of the base map, in one request. */
const PIECE = 1 << 20;

/**
 * What there is to fetch, before it is.
 *
 * @param {Pick<World, "api" | "store" | "basemap" | "signal">} world
 * @param {number[]} communities
 * @returns {Promise<{ reply: Reply, offer: Offer | null }>}
 */
export async function offered({ api, store, basemap, signal }, communities) {
  const taken = store.pack.taken();
  const query = communities.map((id) => `community=${id}`);
  if (taken && same(taken.communities, communities))
    query.push(`since=${encodeURIComponent(taken.cursor)}`);
  const reply = await api.ask("GET", `/api/v1/pack/?${query.join("&")}`, undefined, { signal });
  if (reply.outcome !== "received") return { reply, offer: null };
  /** @type {Manifest} */
  const manifest = reply.body;
  const done = store.pack.done(manifest.cursor);
  const map = await mapOwed(basemap, manifest);
  const bytes =
    manifest.parts.reduce((sum, part) => sum + (done.has(markOf(part)) ? 0 : part.packed), 0) +
    manifest.photos.bytes +
    map;
  return { reply, offer: { manifest, bytes } };
}

/**
 * Fetches it: the rows, then the base map, then the small photos. Stopped and begun again, it
 * goes on where it was.
 *
 * @param {World} world
 * @param {number[]} communities
 * @returns {Promise<Reply>} refused with `pack_damaged` where what came is not what was promised
 */
export async function take(world, communities) {
  // What is received from now on may not be in it.
  const at = (world.now?.() ?? new Date()).toISOString();
  const { reply, offer } = await offered(world, communities);
  if (!offer) return reply;
  const rows = await takeRows(world, offer.manifest);
  if (rows.outcome !== "received") return rows;
  const { cursor, communities: ids } = offer.manifest;
  await world.store.pack.finish({ cursor, communities: ids, at });
  const map = await takeMap(world, offer.manifest);
  if (map.outcome !== "received") return map;
  return takeSmalls(world);
}

/** @param {World} world @param {Manifest} manifest @returns {Promise<Reply>} */
async function takeRows({ api, store, signal, onProgress = () => {} }, manifest) {
  const { cursor, full } = manifest;
  const done = store.pack.done(cursor);
  const parts = manifest.parts.filter((part) => !done.has(markOf(part)));
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  for (const part of parts) {
    const reply = await api.ask("GET", part.url, undefined, {
      signal,
      read: reading((n) =>
        onProgress({ stage: "parts", done: before + Math.min(n, part.bytes), total }),
      ),
    });
    if (reply.outcome !== "received") return reply;
    if ((await sha256(reply.body)) !== part.sha256) return damaged;
    const { rows, gone, ...more } = JSON.parse(new TextDecoder().decode(reply.body));
    // What is told in no rows is one.
    if (Object.keys(more).length) rows.push({ id: part.name, ...more });
    // A name may come several times: only the first of them begins anew.
    const first = manifest.parts.find(({ name }) => name === part.name) === part;
    const anew = first && (full || WHOLE.has(part.name));
    await store.pack.put(part.name, { rows, gone }, { cursor, mark: markOf(part), anew });
    before += part.bytes;
  }
  return whole;
}

/** @param {World} world @param {Manifest} manifest @returns {Promise<Reply>} */
async function takeMap({ api, basemap, signal, onProgress = () => {} }, { basemap: wanted }) {
  if (!wanted || basemap.inUse()?.sha256 === wanted.sha256) return whole;
  const { url, bytes, sha256: hash } = wanted;
  let at = await basemap.size(hash);
  while (at < bytes) {
    const to = Math.min(at + PIECE, bytes);
    const from = at;
    const reply = await api.ask("GET", url, undefined, {
      signal,
      headers: { Range: `bytes=${at}-${to - 1}` },
      read: reading((n) => onProgress({ stage: "basemap", done: from + n, total: bytes })),
    });
    if (reply.outcome !== "received") return reply;
    // A server, or a proxy before it, may send the whole where a part was asked for.
    const piece = reply.status === 206 ? reply.body : reply.body.subarray(at, to);
    if (!piece.length) return damaged;
    await basemap.append(hash, at, piece);
    at += piece.length;
  }
  if ((await sha256(await basemap.read(hash, 0, bytes))) !== hash) {
    await basemap.drop(hash);
    return damaged;
  }
  await basemap.use({ sha256: hash, bytes });
  return whole;
}

/** The small photos of open findings and of cases; one that is not made yet comes another time. @param {World} world @returns {Promise<Reply>} */
async function takeSmalls({ api, store, signal, onProgress = () => {} }) {
  const { register } = store;
  const shown = [
    ...register.findings().flatMap(({ properties }) => properties.photos ?? []),
    ...register.rechecks().flatMap(({ properties: { before, after } }) => [...before, ...after]),
  ];
  const wanted = new Map(
    shown.flatMap(({ id, small, bytes }) => (small ? [[id, { id, small, bytes }]] : [])),
  );
  const held = await store.pack.smalls();
  const gone = [...held].filter((id) => !wanted.has(id));
  if (gone.length) await store.pack.dropSmalls(gone);
  const missing = [...wanted.values()].filter(({ id }) => !held.has(id));
  const total = missing.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  let done = 0;
  for (const { id, small, bytes } of missing) {
    const reply = await api.ask("GET", small, undefined, { signal, read: reading(() => {}) });
    if (reply.outcome === "received") {
      const type = reply.headers?.get("Content-Type") ?? "image/jpeg";
      await store.pack.putSmall(id, reply.body, type);
    } else if (reply.outcome !== "refused") return reply;
    done += bytes ?? 0;
    onProgress({ stage: "photos", done, total });
  }
  return whole;
}

/** @param {Basemap} basemap @param {Manifest} manifest */
async function mapOwed(basemap, { basemap: wanted }) {
  if (!wanted || basemap.inUse()?.sha256 === wanted.sha256) return 0;
  return wanted.bytes - (await basemap.size(wanted.sha256));
}

/**
 * The bytes of an answer, told of as they come.
 *
 * @param {(n: number) => void} onBytes
 * @returns {(response: Response, alive: () => void) => Promise<Uint8Array>}
 */
const reading = (onBytes) => async (response, alive) => {
  /** @type {Uint8Array[]} */
  const chunks = [];
  let got = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    chunks.push(next.value);
    got += next.value.length;
    alive();
    onBytes(got);
  }
  const all = new Uint8Array(got);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
};

/** Two names may come with the same bytes. @param {Manifest["parts"][number]} part */
const markOf = ({ name, sha256 }) => `${name}/${sha256}`;

/** @param {number[]} a @param {number[]} b */
const same = (a, b) => [...a].sort().join() === [...b].sort().join();

/** @type {Reply} */
const whole = { outcome: "received", status: 200, body: null };
/** @type {Reply} */
const damaged = { outcome: "refused", status: 0, code: "pack_damaged", message: "", details: {} };
