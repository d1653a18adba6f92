/**
 * Files that prove something: sent as they are chosen, so that the form they belong to is small.
 *
 * @import { Api } from "../../../api.js"
 * @typedef {{ id: string, name: string, state: "sending" | "here" | "failed", says: string,
 *   file: File }} Attached
 */

import { html, nothing } from "lit-html";
import { sendFile } from "../../../files.js";
import { bytes } from "../../../storage.js";
import { uuid7 } from "../../../uuid.js";
import { t } from "../../../words.js";
import { icon } from "../../parts.js";

const TYPES = ".pdf,.jpg,.jpeg,.png,.xlsx,.docx,.ods,.csv";
const MOST_BYTES = 20 * 1024 * 1024;

/**
 * @param {Api} api
 * @param {() => void} changed
 * @param {{ several?: boolean }} [how] one file at the most, or as many as there are
 */
export function openAttaching(api, changed, { several = true } = {}) {
  /** @type {Attached[]} */
  let files = [];

  /** @param {string} id @param {Partial<Attached>} news */
  function set(id, news) {
    files = files.map((each) => (each.id === id ? { ...each, ...news } : each));
    changed();
  }

  /** @param {Attached} one */
  async function send({ id, name, file }) {
    if (file.size > MOST_BYTES) return set(id, { state: "failed", says: t("attach.large") });
    set(id, { state: "sending", says: "" });
    const path = `/api/v1/campaign/attachments/${id}/?name=${encodeURIComponent(name)}`;
    const reply = await sendFile(api, "PUT", path, file);
    if (reply.outcome === "received") return set(id, { state: "here" });
    set(id, {
      state: "failed",
      says: reply.outcome === "refused" ? reply.message : t("unreachable.title"),
    });
  }

  return {
    all: () => files,
    ids: () => files.filter(({ state }) => state === "here").map(({ id }) => id),
    busy: () => files.some(({ state }) => state === "sending"),
    clear() {
      files = [];
    },

    field: () => html`<div class="field">
      <label for="attach">${t("attach.title")}</label>
      <input class="input" id="attach" type="file" ?multiple=${several} accept=${TYPES} @change=${(
        /** @type {any} */ event,
      ) => {
        for (const file of event.target.files) {
          /** @type {Attached} */
          const one = { id: uuid7(), name: file.name, file, state: "sending", says: "" };
          files = several ? [...files, one] : [one];
          send(one);
        }
        event.target.value = "";
      }}>
      <p class="help">${t("attach.help")}</p>
      ${
        files.length
          ? html`<ul class="list">${files.map(
              (
                each,
              ) => html`<li class="row attached"><span class="grow">${each.name} <span class="soft small">${bytes(each.file.size)}</span>
                ${each.says ? html`<span class="wrong small">${each.says}</span>` : nothing}</span>
                <span class="badge ${each.state === "here" ? "good" : each.state === "failed" ? "s1" : ""}">${t(`attach.${each.state}`)}</span>
                ${each.state === "failed" ? html`<button class="button" type="button" @click=${() => send(each)}>${t("again")}</button>` : nothing}
                <button class="button icon quiet" type="button" aria-label=${t("attach.remove", { name: each.name })} @click=${() => {
                  files = files.filter(({ id }) => id !== each.id);
                  changed();
                }}>${icon("bin")}</button></li>`,
            )}</ul>`
          : nothing
      }</div>`,
  };
}
