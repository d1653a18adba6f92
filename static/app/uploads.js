/**
 * One photo to the server by tus 1.0: in chunks with a checksum each, as large as the line bears,
 * and after any cut from the byte that the server has.
 *
 * @import { Api, Reply } from "./api.js"
 * @import { PhotoFile } from "./types.d.ts"
 *
 * @typedef {{ chunk: number }} Line what the line bore last; one for all photos
 * @typedef {{ api: Pick<Api, "ask">, line: Line, signal?: AbortSignal | undefined,
 *   read: (from: number, to: number) => Promise<Uint8Array>, at: string | null,
 *   remember: (at: string | null) => Promise<void>, onBytes?: (sent: number) => void,
 *   pause?: (ms: number) => Promise<void>, clock?: () => number, patienceMs?: number }} Ways
 *   `at`: where an earlier attempt was going; `remember`: keeps that on the disk
 */

import { pathOf } from "./address.js";
import { base64Sha256 } from "./canonical.js";

export const SMALLEST = 64 << 10;
export const LARGEST = 4 << 20;
const FIRST = 256 << 10;

const FAST_MS = 2000;
const SLOW_MS = 10_000;
const PATIENCE_MS = 60_000;
/** Another request of ours may still be writing, one whose line was cut: so long it is waited for. */
const LOCKED_MS = 2000;
const MOST = { locked: 30, cuts: 3, starts: 3, mismatches: 3 };

/** @returns {Line} */
export const openLine = () => ({ chunk: FIRST });

const TUS = { "Tus-Resumable": "1.0.0" };

/**
 * @param {PhotoFile & { entry: string }} photo
 * @param {Ways} ways
 * @returns {Promise<Reply>} received: the server has every byte and found the same hash
 */
export async function upload(photo, ways) {
  const { api, line, signal, read, remember, onBytes = () => {} } = ways;
  const { pause = wait, clock = () => performance.now(), patienceMs = PATIENCE_MS } = ways;
  const tries = { locked: 0, cuts: 0, starts: 0, mismatches: 0 };
  let { at } = ways;
  /** How many bytes the server has; null: it must be asked. @type {number | null} */
  let offset = null;

  /** @param {keyof typeof MOST} what */
  const once = (what) => {
    tries[what] += 1;
    return tries[what] <= MOST[what];
  };

  /** Somewhere else than before, or nowhere yet. @param {string | null} place */
  async function goTo(place) {
    at = place;
    offset = null;
    await remember(place);
  }

  for (;;) {
    /** @type {Reply} */
    let reply;
    let size = 0;
    const began = clock();
    if (!at) {
      reply = await api.ask("POST", "/api/v1/uploads/", undefined, {
        ...{ signal, bare: true },
        headers: {
          ...TUS,
          "Upload-Length": String(photo.bytes),
          "Upload-Metadata": described(photo),
        },
      });
    } else if (offset === null) {
      reply = await api.ask("HEAD", at, undefined, { signal, bare: true, headers: TUS });
    } else {
      const chunk = await read(offset, Math.min(offset + line.chunk, photo.bytes));
      if (!chunk.length) return damaged;
      size = chunk.length;
      reply = await api.ask("PATCH", at, chunk, {
        ...{ signal, bare: true, patienceMs },
        headers: {
          ...TUS,
          "Content-Type": "application/offset+octet-stream",
          "Upload-Offset": String(offset),
          "Upload-Checksum": `sha256 ${await base64Sha256(chunk)}`,
        },
      });
    }

    if (reply.outcome === "received") {
      const told = reply.headers?.get("Upload-Offset") ?? (at ? null : "0");
      const location = reply.headers?.get("Location");
      const place = at ?? (location ? pathOf(location) : null);
      const has = told === null ? Number.NaN : Number(told);
      // Not our server: some gateway that is pleased with everything.
      if (!Number.isInteger(has) || (!place && has < photo.bytes)) return gateway(reply.status);
      if (!at && place && has < photo.bytes) await goTo(place);
      if (size) tries.cuts = 0;
      if (size) adapt(line, clock() - began);
      offset = has;
      onBytes(Math.min(has, photo.bytes));
      if (has < photo.bytes) continue;
      await remember(null);
      return reply;
    }
    if (reply.outcome === "unreachable") {
      line.chunk = Math.max(SMALLEST, line.chunk / 2);
      if (reply.retryAfterMs || !once("cuts")) return reply;
      offset = null;
      await pause(1000 * tries.cuts);
      continue;
    }
    if (reply.outcome !== "refused") return reply;
    const { status } = reply;
    if (status === 423) {
      if (!once("locked")) return gateway(status);
      offset = null;
      await pause(LOCKED_MS);
    } else if (at && (status === 404 || status === 410 || (status === 403 && offset === null))) {
      if (!once("starts")) return reply.code ? reply : gateway(status);
      await goTo(null);
    } else if (at && (status === 409 || status === 460) && reply.code !== "photo_differs") {
      if (!once("mismatches")) return reply.code ? reply : gateway(status);
      offset = null;
    } else return reply.code ? reply : gateway(status);
  }
}

/** The line bears more, or less. @param {Line} line @param {number} took */
function adapt(line, took) {
  if (took < FAST_MS) line.chunk = Math.min(LARGEST, line.chunk * 2);
  else if (took > SLOW_MS) line.chunk = Math.max(SMALLEST, line.chunk / 2);
}

/** @param {PhotoFile & { entry: string }} photo */
const described = ({ entry, id, sha256, type }) =>
  Object.entries({ entry, photo: id, sha256, type })
    .map(([name, value]) => `${name} ${btoa(value)}`)
    .join(",");

/** @param {number} status @returns {Reply} */
const gateway = (status) => ({ outcome: "unreachable", why: "server", status });

/** @type {Reply} */
const damaged = {
  outcome: "refused",
  status: 0,
  code: "photo_damaged_here",
  message: "",
  details: {},
};

/** @param {number} ms @returns {Promise<void>} */
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
