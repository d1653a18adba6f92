/**
 * A file that somebody chose goes to the server as it is.
 *
 * @import { Api, Reply } from "./api.js"
 */

import { t } from "./words.js";

/** A slow line takes its time over 20 MB. */
const PATIENCE_MS = 10 * 60_000;

/**
 * @param {Pick<Api, "ask">} api @param {"PUT" | "POST"} method @param {string} path
 * @param {Pick<File, "arrayBuffer">} file
 * @returns {Promise<Reply>} refused by ourselves where the device can't read it, as after it was
 *   moved or changed
 */
export async function sendFile(api, method, path, file) {
  let content;
  try {
    content = new Uint8Array(await file.arrayBuffer());
  } catch {
    const message = t("attach.unread");
    return { outcome: "refused", status: 0, code: "file_unread", message, details: {} };
  }
  return api.ask(method, path, content, {
    headers: { "Content-Type": "application/octet-stream" },
    patienceMs: PATIENCE_MS,
  });
}
