/**
 * A photo or video on its way into a draft: looked at, saved with its hash, and named in the
 * draft, in this order, so that the draft never names what the tablet does not have.
 *
 * @import { App } from "./app.js"
 * @import { Draft } from "../../store/drafts.js"
 * @import { NoRoom, Photo } from "../../evidence.js"
 *
 * @typedef {Pick<Photo, "item" | "how" | "takenAt" | "point" | "source" | "accuracyM" | "name">} Taking
 * @typedef {{ outcome: "kept", photo: Photo } | { outcome: "no_room", why: NoRoom }
 *   | { outcome: "unsaved", code: string, id: string }} Added
 */

import { MOST, noRoom, PHOTO_BYTES, RECORD_BYTES, typeOf, VIDEO_BYTES } from "../../evidence.js";
import { exifOf } from "../../exif.js";
import { uuid7 } from "../../uuid.js";
import { t } from "../../words.js";

/**
 * @param {App} app
 * @param {Draft} draft
 * @param {Blob} blob the bytes as they came
 * @param {Taking} taking
 * @param {string} [id] of one that could not be saved before; it does not become two
 * @returns {Promise<Added>}
 */
export async function add(app, draft, blob, taking, id = uuid7()) {
  const type = typeOf(new Uint8Array(await blob.slice(0, 16).arrayBuffer()));
  const others = () => (latest(app, draft).photos ?? []).filter((photo) => photo.id !== id);
  const why = noRoom(others(), { bytes: blob.size, type });
  if (why || !type) return { outcome: "no_room", why: why ?? "type" };
  try {
    const { sha256, bytes } = await app.store.files.put(id, blob, { draft: draft.id, type });
    // Of a move: what was laid over the picture while it was taken.
    const pair = latest(app, draft).move?.pair;
    const photo = { id, sha256, bytes, type, ...taking, ...(pair ? { pair } : {}) };
    app.drafts.keep({ ...latest(app, draft), photos: [...others(), photo] });
    const saved = await app.drafts.settled();
    return saved === "saved" ? { outcome: "kept", photo } : { outcome: "unsaved", code: saved, id };
  } catch (failure) {
    return { outcome: "unsaved", code: /** @type {any} */ (failure).code ?? "failed", id };
  }
}

/**
 * Files from the tablet, one after the other: a large one must not push out the rest, and one that
 * can't be read doesn't hold up the next.
 *
 * @param {App} app
 * @param {Draft} draft
 * @param {string | null} item
 * @param {File[]} files
 * @param {string} [id] of the only one, which could not be saved before
 */
export async function addFiles(app, draft, item, files, id) {
  // The screen may be left meanwhile: this one's own, whichever is there by then.
  const { local } = app;
  local.reading = (local.reading ?? 0) + files.length;
  local.notAdded = (local.notAdded ?? []).filter(
    (/** @type {{ file: File, added: Added }} */ { file, added }) =>
      added.outcome === "unsaved" && !files.includes(file),
  );
  app.show();
  for (const file of files) {
    const added = await addFile(app, draft, item, file, id);
    local.reading -= 1;
    if (added.outcome !== "kept") {
      local.notAdded.push({ file, item, added });
      if (app.local !== local) app.toasts.show(saidOf(added, file.name));
    }
    app.show();
  }
}

/** @param {App} app @param {Draft} draft @param {string | null} item @param {File} file @param {string} [id] @returns {Promise<Added>} */
async function addFile(app, draft, item, file, id = uuid7()) {
  try {
    const { takenAt, point, accuracyM } = await exifOf(new Uint8Array(await file.arrayBuffer()));
    const source = point ? "gps" : null;
    /** @type {Taking} */
    const taking = { item, how: "picker", takenAt, point, source, accuracyM, name: file.name };
    return await add(app, draft, file, taking, id);
  } catch {
    // It was deleted meanwhile, or lies in a cloud that can't be reached.
    return { outcome: "unsaved", code: "unreadable", id };
  }
}

/** Drafts whose files were looked through since the page was opened. @type {Set<string>} */
const looked = new Set();

/**
 * A tablet may lose its power after a photo was saved and before its draft named it: such a photo
 * is added to the record as a whole, as the weakest kind of evidence, for how it was taken is not
 * known any more.
 *
 * @param {App} app
 * @param {Draft} draft
 */
export async function adopt(app, draft) {
  if (looked.has(draft.id)) return;
  looked.add(draft.id);
  const files = await app.store.files.ofDraft(draft.id).catch(() => []);
  const now = latest(app, draft);
  const named = new Set([...(now.photos ?? []).map(({ id }) => id), ...(now.removed ?? [])]);
  /** @type {Photo[]} */
  const found = files
    .filter(({ id }) => !named.has(id))
    .map(({ id, sha256, bytes, type }) => ({ id, sha256, bytes, type, ...UNKNOWN }));
  if (!found.length) return;
  app.drafts.keep({ ...now, photos: [...(now.photos ?? []), ...found] });
  app.show();
}

/** @type {Taking} */
const UNKNOWN = {
  item: null,
  how: "picker",
  takenAt: null,
  point: null,
  source: null,
  accuracyM: null,
  name: "",
};

/** @param {App} app @param {Draft} draft @param {Photo} photo */
export function remove(app, draft, photo) {
  const before = latest(app, draft);
  const at = before.photos?.indexOf(photo) ?? -1;
  app.drafts.keep({
    ...before,
    photos: before.photos?.filter(({ id }) => id !== photo.id) ?? [],
    removed: [...(before.removed ?? []), photo.id],
  });
  app.toasts.show(t("photos.deleted"), {
    label: t("undo"),
    act: () => {
      const now = latest(app, draft);
      const photos = [...(now.photos ?? [])];
      photos.splice(at, 0, photo);
      app.drafts.keep({
        ...now,
        photos,
        removed: now.removed?.filter((id) => id !== photo.id) ?? [],
      });
      app.show();
    },
  });
  app.show();
}

/** Why it was not added, as a sentence. @param {Added} added @param {string} name */
export function saidOf(added, name) {
  if (added.outcome === "unsaved") {
    if (added.code === "unreadable") return t("photos.unread", { name });
    return t(added.code === "full" ? "photos.unsaved.full" : "photos.unsaved");
  }
  if (added.outcome === "kept") return "";
  const limits = {
    count: MOST,
    photo_bytes: PHOTO_BYTES / 2 ** 20,
    video_bytes: VIDEO_BYTES / 2 ** 20,
    record_bytes: RECORD_BYTES / 2 ** 20,
    type: 0,
    empty: 0,
  };
  return t(`photos.room.${added.why}`, { n: limits[added.why], name: name || t("photos.title") });
}

/** Something may have been written meanwhile. @param {App} app @param {Draft} draft */
const latest = (app, draft) => {
  const now = app.drafts.of(draft.estate, draft.kind);
  return now?.id === draft.id ? now : draft;
};
