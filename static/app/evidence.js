/**
 * Photos and short videos as evidence: what a record says of each, how many there may be, and
 * what a finding still lacks.
 *
 * @import { Line } from "./form/filling.js"
 * @import { Evidence, Item, LocationSource } from "./types.d.ts"
 *
 * @typedef {{ id: string, sha256: string, bytes: number, type: string, item: string | null,
 *   how: "camera" | "picker" | "video", takenAt: string | null, point: [number, number] | null,
 *   source: LocationSource | null, accuracyM: number | null, name: string, pair?: string }} Photo
 *   `pair`: the earlier photo that it was taken to be laid beside
 * @typedef {"count" | "photo_bytes" | "video_bytes" | "record_bytes" | "type" | "empty"} NoRoom
 * @typedef {{ item: Item, wanted: Exclude<Evidence, "none">, held: number }} Lack
 */

export const MOST = 40;
export const PHOTO_BYTES = 30 * 2 ** 20;
export const VIDEO_BYTES = 20 * 2 ** 20;
/** More than this of one record would never leave a basement. */
export const RECORD_BYTES = 300 * 2 ** 20;

/** @param {string} type */
export const isVideo = (type) => type.startsWith("video/");

/** As people call it: HEIC, JPEG. @param {string} type */
export const typeWord = (type) => type.replace(/^\w+\//, "").toUpperCase();

/** Those of one item, or of the record as a whole. @param {Photo[]} photos @param {string | null} item */
export const photosOf = (photos, item) => photos.filter((photo) => photo.item === item);

/**
 * Why it can't be added, or null.
 *
 * @param {Photo[]} photos
 * @param {{ bytes: number, type: string | null }} one
 * @returns {NoRoom | null}
 */
export function noRoom(photos, { bytes, type }) {
  if (photos.length >= MOST) return "count";
  if (!type) return "type";
  if (!bytes) return "empty";
  if (isVideo(type) && bytes > VIDEO_BYTES) return "video_bytes";
  if (!isVideo(type) && bytes > PHOTO_BYTES) return "photo_bytes";
  return photos.reduce((sum, photo) => sum + photo.bytes, bytes) > RECORD_BYTES
    ? "record_bytes"
    : null;
}

/**
 * The findings that lack what their item asks to be shown.
 *
 * @param {Line[]} lines
 * @param {Photo[]} photos
 * @returns {Lack[]}
 */
export function lacking(lines, photos) {
  return lines.flatMap(({ item, state }) => {
    const wanted = item.evidence ?? "photo";
    if (state !== "fault" || wanted === "none") return [];
    const mine = photosOf(photos, item.code);
    const held = wanted === "video" ? mine.filter(({ type }) => isVideo(type)).length : mine.length;
    return held < (wanted === "wide_and_close" ? 2 : 1) ? [{ item, wanted, held }] : [];
  });
}

/**
 * What it is by its first bytes: names and a picker's word for it are not to be trusted. The
 * server decodes it whole.
 *
 * @param {Uint8Array} head at least 16 bytes
 * @returns {string | null} null for what is no photo or video that the office can keep
 */
export function typeOf(head) {
  const text = String.fromCharCode(...head.subarray(0, 16));
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) return "image/webp";
  if (text.startsWith("\x1a\x45\xdf\xa3")) return "video/webm";
  if (!text.startsWith("ftyp", 4)) return null;
  const brand = text.slice(8, 12);
  if (/^(hei[cxms]|hev[cxms]|mif1|msf1)$/.test(brand)) return "image/heic";
  if (brand === "qt  ") return "video/quicktime";
  return /^(avi[fs])$/.test(brand) ? null : "video/mp4";
}

/** As the record declares it. @param {Photo} photo */
export const declared = ({ id, sha256, bytes, type, how, ...rest }) => ({
  id,
  sha256,
  bytes,
  type,
  how,
  ...(rest.item ? { item: rest.item } : {}),
  ...(rest.takenAt ? { taken_at: rest.takenAt } : {}),
  ...(rest.point ? { location: { type: "Point", coordinates: rest.point } } : {}),
  ...(rest.source ? { location_source: rest.source } : {}),
  ...(rest.accuracyM === null ? {} : { accuracy_m: rest.accuracyM }),
  ...(rest.pair ? { pair: rest.pair } : {}),
  ...(rest.name ? { name: rest.name.slice(0, 120) } : {}),
});
