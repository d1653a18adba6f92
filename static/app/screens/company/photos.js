/**
 * A photo on its way into an answer: looked at, saved with its hash, and named in the draft, in
 * this order, so that the draft never names what the phone does not have.
 *
 * @import { Photo } from "../../evidence.js"
 * @import { AnswerDraft, Answers } from "../../store/answers.js"
 * @import { Company } from "./company.js"
 * @typedef {{ outcome: "kept" } | { outcome: "not_kept", says: string }} Added
 */

import { noRoom, typeOf } from "../../evidence.js";
import { exifOf } from "../../exif.js";
import { uuid7 } from "../../uuid.js";
import { isoWithOffset } from "../../when.js";
import { t } from "../../words.js";

/**
 * @param {Company} company @param {string} id of the case @param {Blob} blob
 * @param {"camera" | "picker"} how @param {string | undefined} pair
 * @returns {Promise<Added>}
 */
export async function addPhoto({ answers, draftOf }, id, blob, how, pair) {
  const type = typeOf(new Uint8Array(await blob.slice(0, 16).arrayBuffer()));
  const why = noRoom(draftOf(id, "hand_back").photos, { bytes: blob.size, type });
  if (why || !type)
    return { outcome: "not_kept", says: t(`photos.room.${why ?? "type"}`, { n: "", name: "" }) };
  const photo = uuid7();
  try {
    // A company's phone is asked for no position: whether it shifts it is not known.
    const read = how === "picker" ? await exifOf(new Uint8Array(await blob.arrayBuffer())) : null;
    const takenAt = how === "camera" ? isoWithOffset(new Date()) : (read?.takenAt ?? null);
    const { sha256, bytes } = await answers.files.put(photo, blob, { draft: id, type });
    /** @type {Photo} */
    const taken = {
      ...{ id: photo, sha256, bytes, type, item: null, how, takenAt },
      ...{ point: null, source: null, accuracyM: null, name: "" },
      ...(pair ? { pair } : {}),
    };
    const draft = draftOf(id, "hand_back");
    await answers.keep({ ...draft, photos: [...draft.photos, taken] });
    return { outcome: "kept" };
  } catch (failure) {
    const { code } = /** @type {any} */ (failure);
    return { outcome: "not_kept", says: t(code === "full" ? "company.full" : "company.unsaved") };
  }
}

/** @param {AnswerDraft} draft @param {string} id */
export const without = (draft, id) => ({
  ...draft,
  photos: draft.photos.filter((each) => each.id !== id),
});

/** Addresses of the bytes on this phone, for as long as the page is open. @param {{ answers: Answers, show: () => void }} world */
export function openPictures({ answers, show }) {
  /** @type {Map<string, string | null>} */
  const urls = new Map();
  return {
    /** @param {string} id */
    of(id) {
      if (!urls.has(id)) {
        urls.set(id, null);
        answers.files.get(id).then((blob) => {
          urls.set(id, blob ? URL.createObjectURL(blob) : null);
          show();
        });
      }
      return urls.get(id) ?? null;
    },
  };
}
