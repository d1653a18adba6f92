/**
 * Two pictures of one place, before and after: how far apart they were taken, which way, and how
 * long after, as people say it.
 *
 * @typedef {{ before: string, after: string, confirmed: boolean, distance_m: number | null,
 *   bearing: number | null, accuracy_m: number | null, minutes: number | null }} Pair as
 *   `/api/v1/cases/<uuid>/evidence/` tells it; `bearing`: degrees from north, from before to after
 * @typedef {"unknown" | "agrees" | "differs"} Grade
 * @typedef {{ id: string, sha256: string, bytes: number, type: string, item: string,
 *   how: string, by: string, taken_at: string | null, held_at: string | null,
 *   location: { coordinates: number[] } | null, location_source: string,
 *   accuracy_m: number | null, place_agrees: Grade, time_agrees: Grade, small: string | null,
 *   large: string | null, original: string | null, masked: string | null, mask: string | null,
 *   purged_at: string | null, problem: string }} Shown
 */

import { t } from "./words.js";

const WINDS = /** @type {const} */ (["n", "ne", "e", "se", "s", "sw", "w", "nw"]);

/** Of eight. @param {number} bearing */
export const windOf = (bearing) =>
  WINDS[Math.round((((bearing % 360) + 360) % 360) / 45) % 8] ?? "n";

/** @param {number} metres */
const farWord = (metres) =>
  metres < 1000
    ? t("metres.m", { n: metres < 10 ? metres.toFixed(1) : Math.round(metres) })
    : t("metres.km", { n: (metres / 1000).toFixed(1) });

/** Where the later one was taken, seen from the earlier. @param {Pair} pair */
export function apartWord({ distance_m, bearing, accuracy_m }) {
  if (distance_m === null) return t("evidence.apartUnknown");
  const within = accuracy_m === null ? "" : t("evidence.within", { m: Math.round(accuracy_m) });
  // No direction is told that the receivers could not tell.
  if (bearing === null || distance_m <= (accuracy_m ?? 0)) {
    const same = distance_m <= (accuracy_m ?? 0);
    return (same ? t("evidence.samePlace") : farWord(distance_m)) + within;
  }
  const far = farWord(distance_m);
  return t("evidence.apart", { distance: far, wind: t(`wind.${windOf(bearing)}`) }) + within;
}

/** @param {number | null} minutes */
export function laterWord(minutes) {
  if (minutes === null) return t("evidence.laterUnknown");
  const n = Math.abs(minutes);
  const [days, hours] = [Math.floor(n / 1440), Math.floor((n % 1440) / 60)];
  const span = [
    days && t("evidence.days", { n: days }),
    hours && t("evidence.hours", { n: hours }),
    (!days && n % 60) || n === 0 ? t("evidence.minutes", { n: n % 60 }) : "",
  ];
  const said = span.filter(Boolean).join(" ");
  return minutes < 0 ? t("evidence.earlier", { span: said }) : t("evidence.later", { span: said });
}

/** Why there is nothing to be looked at. @param {Shown | undefined} photo */
export function lackWord(photo) {
  if (!photo) return t("evidence.noPhoto");
  if (!photo.held_at) return t("evidence.notHere");
  if (photo.problem) return t("evidence.damaged");
  return photo.purged_at ? t("evidence.purged") : t("evidence.notMade");
}

/** The beginning of a hash, in groups that can be read out. @param {string} sha256 */
export const shortHash = (sha256) =>
  `${sha256.slice(0, 4)} ${sha256.slice(4, 8)} ${sha256.slice(8, 12)}`;

export const LEAST = 1;
export const MOST = 8;

/**
 * The view after zooming about a point of the frame, so that what is under it stays there.
 *
 * @typedef {{ zoom: number, x: number, y: number }} View `x`, `y`: how far the picture is moved,
 *   as a share of the frame
 * @param {View} view
 * @param {number} by
 * @param {{ x: number, y: number }} [about] as shares of the frame from its middle
 * @returns {View}
 */
export function zoomed(view, by, about = { x: 0, y: 0 }) {
  const zoom = Math.min(MOST, Math.max(LEAST, view.zoom * by));
  const grown = zoom / view.zoom;
  return kept({
    zoom,
    x: about.x - (about.x - view.x) * grown,
    y: about.y - (about.y - view.y) * grown,
  });
}

/** @param {View} view @param {number} x @param {number} y */
export const movedBy = (view, x, y) => kept({ ...view, x: view.x + x, y: view.y + y });

/** The picture never leaves the frame. @param {View} view @returns {View} */
function kept({ zoom, x, y }) {
  const room = (zoom - 1) / 2;
  const within = (/** @type {number} */ at) => Math.min(room, Math.max(-room, at)) || 0;
  return { zoom, x: within(x), y: within(y) };
}
