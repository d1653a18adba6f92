/**
 * What stands in a photo's file about where and when it was taken. Most pickers take the position
 * out, so nothing found is nothing known: never a mismatch.
 *
 * @typedef {{ takenAt: string | null, point: [number, number] | null, accuracyM: number | null }} Exif
 */

import exifr from "exifr";

// The small build of the library knows no `pick`.
const READ = { tiff: true, exif: true, gps: true, reviveValues: false };
/** Where a camera says no offset, it shows the office's time. */
const OFFSET = "+08:00";
const MOMENT = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/;

/** @type {Exif} */
const NOTHING = { takenAt: null, point: null, accuracyM: null };

/** @param {Uint8Array} bytes @returns {Promise<Exif>} */
export async function exifOf(bytes) {
  try {
    const read = (await exifr.parse(bytes, READ)) ?? {};
    return { takenAt: moment(read), ...place(read) };
  } catch {
    // A picture with no such part, or a broken one: the photo itself may still be good.
    return NOTHING;
  }
}

/** @param {any} read */
function moment({ DateTimeOriginal: told, OffsetTimeOriginal: offset }) {
  const parts = MOMENT.exec(String(told ?? ""));
  if (!parts) return null;
  const zone = /^[+-]\d\d:\d\d$/.test(offset) ? offset : OFFSET;
  const at = new Date(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}${zone}`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** @param {any} read */
function place({ latitude: lat, longitude: lon, GPSHPositioningError: error }) {
  const known =
    Number.isFinite(lat) && Number.isFinite(lon) && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  // A receiver that has not found itself writes 0, 0.
  if (!known || (lat === 0 && lon === 0)) return { point: null, accuracyM: null };
  /** @type {[number, number]} */
  const point = [rounded(lon), rounded(lat)];
  return { point, accuracyM: Number.isFinite(error) && error >= 0 ? error : null };
}

/** @param {number} degrees */
const rounded = (degrees) => Math.round(degrees * 1e7) / 1e7;
