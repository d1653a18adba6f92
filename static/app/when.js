/** Times as people say them. Days are those of the office, wherever the tablet thinks it is. */

import { spoken, t } from "./words.js";

const ZONE = "Asia/Shanghai";
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** @param {string | Date} moment @returns {string} in full: for a title, and on paper */
export const full = (moment) =>
  new Intl.DateTimeFormat(tag(), {
    timeZone: ZONE,
    dateStyle: "long",
    timeStyle: "short",
  }).format(new Date(moment));

/** A day such as 2024-11-30, with its year where that is not this one. @param {string} day */
export const dayWord = (day) =>
  dayOfYear(day, day.slice(0, 4) === String(new Date().getFullYear()));

/** The same without its year: where others beside it tell which. @param {string} day */
export const dayShort = (day) => dayOfYear(day, true);

/** @param {string} day @param {boolean} alone without its year */
const dayOfYear = (day, alone) => dayFormat(tag(), alone).format(new Date(`${day}T00:00:00Z`));

/** A list tells many days, and to make a format costs more than to use it. @type {Map<string, Intl.DateTimeFormat>} */
const dayFormats = new Map();

/** @param {string} language @param {boolean} alone */
function dayFormat(language, alone) {
  const key = `${language} ${alone}`;
  const format =
    dayFormats.get(key) ??
    new Intl.DateTimeFormat(language, {
      timeZone: "UTC",
      month: "short",
      day: "numeric",
      ...(alone ? {} : { year: "numeric" }),
    });
  dayFormats.set(key, format);
  return format;
}

/** @param {string | Date} moment @param {Date} [now] */
export function ago(moment, now = new Date()) {
  const then = new Date(moment);
  const minutes = Math.floor((now.getTime() - then.getTime()) / MINUTE);
  if (minutes < 1) return t("when.now");
  if (minutes < 60) return t("when.minutes", { n: minutes });
  const days = daysBetween(then, now);
  if (days === 0) return t("when.today", { time: clock(then) });
  if (days === 1) return t("when.yesterday", { time: clock(then) });
  if (days < 60) return t("when.days", { n: days });
  return new Intl.DateTimeFormat(tag(), { timeZone: ZONE, dateStyle: "medium" }).format(then);
}

/**
 * @param {string | null | undefined} last when it was last inspected
 * @param {number} everyDays
 * @param {Date} [now]
 * @returns {{ state: "never" | "late" | "soon" | "fine", days: number }} days over, or left
 */
export function due(last, everyDays, now = new Date()) {
  if (!last) return { state: "never", days: 0 };
  const left = everyDays - daysBetween(new Date(last), now);
  if (left < 0) return { state: "late", days: -left };
  return { state: left <= Math.ceil(everyDays / 6) ? "soon" : "fine", days: left };
}

/** @param {{ state: "never" | "late" | "soon" | "fine", days: number }} state */
export const dueWord = ({ state, days }) =>
  state === "soon" && days === 0 ? t("due.today") : t(`due.${state}`, { n: days });

/** With its offset, as the server wants it. @param {Date} moment */
export function isoWithOffset(moment) {
  const offset = -moment.getTimezoneOffset();
  const local = new Date(moment.getTime() + offset * MINUTE).toISOString().slice(0, 23);
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `${local}${offset < 0 ? "-" : "+"}${two(hours)}:${two(minutes)}`;
}

/** Calendar days from one moment to a later one. @param {Date} from @param {Date} to */
function daysBetween(from, to) {
  return Math.round((dayOf(to) - dayOf(from)) / DAY);
}

/** @param {Date} moment */
function dayOf(moment) {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE }).format(moment);
  return Date.parse(`${day}T00:00:00Z`);
}

/** The time of day. @param {Date} moment */
export const clock = (moment) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" }).format(
    moment,
  );

/** @param {number} number */
const two = (number) => String(number).padStart(2, "0");

const tag = () => (spoken() === "en" ? "en-GB" : "zh-CN");
