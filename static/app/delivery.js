/**
 * One entry to the server: its record, then its photos, each to the byte where a line broke. What
 * became of it is written beside it in the journal.
 *
 * @import { Api, Reply } from "./api.js"
 * @import { Store } from "./store/index.js"
 * @import { Kept } from "./types.d.ts"
 * @import { Ways as UploadWays } from "./uploads.js"
 */

import { openLine, upload } from "./uploads.js";

/** Kept by the server until what it names arrives. */
const PARKED = new Set(["corrects_unknown", "proposal_unknown", "case_unknown", "move_ahead"]);
/** It did not arrive whole, or the server itself erred: no word on the record. */
const UNHEARD = new Set(["body_cut_short", "length_required", "failed"]);

/**
 * @param {{ store: Store, api: Api, uploading: Partial<UploadWays>,
 *   signal: () => AbortSignal | undefined, bytesDone: () => number,
 *   onBytes: (done: number) => void }} world `bytesDone`: of the whole run, and `onBytes` is told
 *   how many they are by now
 */
export function openDelivery({ store, api, uploading, signal, bytesDone, onBytes }) {
  const { journal, files } = store;
  const line = openLine();

  /** @param {Kept} entry @returns {Promise<Reply>} */
  async function sendRecord(entry) {
    const { id, body } = entry;
    await journal.outcome(id, { what: "sent" });
    const reply = await api.ask("PUT", addressOf(entry), body, { signal: signal() });
    if (reply.outcome === "received") {
      await journal.outcome(id, { what: "received", answer: reply.body });
      return reply;
    }
    if (reply.outcome !== "refused") return reply;
    const { code, message, details } = reply;
    if (UNHEARD.has(code)) return { outcome: "unreachable", why: "server", status: reply.status };
    await journal.outcome(id, {
      what: PARKED.has(code) ? "parked" : "refused",
      ...{ code, message, details },
    });
    return reply;
  }

  /** @param {Kept} kept @param {Kept["photos"][number]} photo @returns {Promise<Reply>} */
  async function sendPhoto({ id }, photo) {
    const before = bytesDone();
    const reply = await upload(
      { ...photo, entry: id },
      {
        ...{ api, line, signal: signal(), at: await store.uploadOf(photo.id) },
        ...uploading,
        read: (from, to) => files.read(photo.id, from, to),
        remember: (at) => store.rememberUpload(photo.id, at),
        onBytes: (sent) => onBytes(before + sent),
      },
    );
    if (reply.outcome === "received")
      await journal.outcome(id, { what: "photo_received", photo: photo.id });
    else {
      onBytes(before);
      if (reply.outcome === "refused") {
        const { code, message, details } = reply;
        await journal.outcome(id, {
          what: "photo_refused",
          photo: photo.id,
          code,
          message,
          details,
        });
      }
    }
    return reply;
  }

  /** @param {string} id @returns {Promise<Reply>} */
  async function send(id) {
    let kept = /** @type {Kept} */ (journal.get(id));
    /** @type {Reply} */
    let reply = { outcome: "received", status: 200, body: null };
    const needsRecord =
      kept.standing === "waiting" || (kept.outcomes.at(-1)?.what === "parked" && !kept.receipt);
    if (needsRecord) {
      reply = await sendRecord(kept);
      kept = /** @type {Kept} */ (journal.get(id));
      if (kept.standing !== "sent" && kept.standing !== "held") return reply;
      onBytes(bytesDone() + kept.bytes);
    }
    for (const photo of kept.photos.filter(({ standing }) => standing === "waiting")) {
      const end = await sendPhoto(kept, photo);
      if (end.outcome !== "received" && end.outcome !== "refused") return end;
    }
    return reply;
  }

  return { send };
}

/** @param {Kept} entry */
function addressOf({ id, type, case: of }) {
  if (type === "move") return `/api/v1/cases/${of}/moves/${id}/`;
  return type === "sheet" ? `/api/v1/campaign/sheets/${id}/` : `/api/v1/${type}s/${id}/`;
}
