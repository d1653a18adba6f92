/**
 * Photos that a resident sent: chosen beside the form, and sent once the complaint is taken, while
 * the next one is written.
 *
 * @import { Api } from "../../api.js"
 * @import { Attached } from "../../case_photos.js"
 * @import { Wrong } from "./fields.js"
 * @typedef {{ complaint: string, photos: Attached[], sent: number, cut: boolean }} Sending
 *   `cut`: it stopped before all of them were there
 */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { attached, sendPhotos } from "../../case_photos.js";
import { t } from "../../words.js";
import { sentence } from "./fields.js";

/** @param {File[]} files @param {() => Attached[]} known @param {(photo: Attached) => void} add @param {(said: string) => void} refuse */
export async function addPhotos(files, known, add, refuse) {
  for (const file of files) {
    const read = await attached(file, known());
    if ("photo" in read) add({ ...read.photo, url: URL.createObjectURL(file) });
    else refuse(t("cases.notAdded", { name: file.name }));
  }
}

/** @param {Attached[]} photos */
export function forget(photos) {
  for (const { url } of photos) if (url) URL.revokeObjectURL(url);
}

/**
 * @param {{ photos: Attached[], notAdded: string[], wrong: Wrong, add: (files: File[]) => void,
 *   drop: (id: string) => void }} of
 */
export const photosField = ({ photos, notAdded, wrong, add, drop }) => html`
  <div class="field">
    <label for="intake-photos">${t("intake.photos")}</label>
    <input
      class="input"
      id="intake-photos"
      type="file"
      accept="image/*,video/mp4,video/webm,video/quicktime"
      multiple
      aria-invalid=${Boolean(wrong.photos)}
      aria-describedby="help-photos wrong-photos"
      @change=${(/** @type {any} */ { target }) => {
        const files = [...target.files];
        target.value = "";
        add(files);
      }}
    />
    <p class="help" id="help-photos">${t("intake.photosSays")}</p>
    ${sentence("photos", wrong)}
    ${notAdded.map((said) => html`<p class="wrong" role="alert">${said}</p>`)}
    <ul class="attached">
      ${repeat(
        photos,
        ({ id }) => id,
        (photo) => html`<li>
          <img src=${photo.url ?? ""} alt=${photo.name} />
          <span class="small grow">${photo.name}</span>
          <button class="button quiet" type="button" @click=${() => drop(photo.id)}>
            ${t("cases.dropPhoto", { name: photo.name })}
          </button>
        </li>`,
      )}
    </ul>
  </div>`;

/**
 * What is still to be sent, from where it was cut. Ends when all are there, or the line is cut.
 * @param {Pick<Api, "ask">} api @param {Sending} sending @param {() => void} show
 */
export async function send(api, sending, show) {
  const before = sending.sent;
  sending.cut = false;
  show();
  const cut = await sendPhotos(api, sending.complaint, sending.photos.slice(before), (n) => {
    sending.sent = before + n;
    show();
  });
  sending.cut = cut !== null;
  if (!cut) forget(sending.photos);
  show();
}

/** @param {Sending} sending */
export const isWhole = ({ photos, sent }) => sent === photos.length;

/** @param {Sending | null} sending @param {() => void} again */
export function howFar(sending, again) {
  if (!sending) return nothing;
  const { photos, sent, cut } = sending;
  if (isWhole(sending))
    return html`<p class="soft tiny">${t("intake.photosSent", { n: sent })}</p>`;
  return cut
    ? html`<p class="wrong small" role="alert">
        ${t("intake.photosCut", { n: photos.length - sent })}
        <button class="button" type="button" @click=${again}>${t("intake.photosAgain")}</button>
      </p>`
    : html`<p class="soft tiny" aria-live="polite">
        ${t("intake.photosSending", { n: sent + 1, all: photos.length })}
      </p>`;
}
