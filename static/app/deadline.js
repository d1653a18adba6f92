/**
 * Deadlines as people say them: in working days while there are several, in hours on the last day.
 * Days are those of the office.
 *
 * @typedef {{ rest: string[], work: string[] }} Special days that are other than their weekday says
 * @typedef {{ ended_at: string | null, paused: boolean, due_at: string | null,
 *   step_due_at: string | null }} Clocks
 * @typedef {{ tone: "late" | "soon" | "fine" | "", word: string }} Told
 */

import { today } from "./days.js";
import { clock } from "./when.js";
import { t } from "./words.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** So many working days before it a deadline is called near. */
const SOON = 1;

/** @param {Special} special @returns {(day: string) => boolean} */
export function workingDays({ rest, work }) {
  const [off, on] = [new Set(rest), new Set(work)];
  return (day) => on.has(day) || (!off.has(day) && ![0, 6].includes(new Date(day).getUTCDay()));
}

/**
 * @param {string | null} due
 * @param {Date} now
 * @param {(day: string) => boolean} works
 * @returns {Told}
 */
export function deadline(due, now, works) {
  if (!due) return { tone: "", word: "" };
  const at = new Date(due);
  const left = at.getTime() - now.getTime();
  if (left < 0) return { tone: "late", word: lateWord(-left, at, now) };
  const [first, last] = [today(now), today(at)];
  if (first === last) {
    const n = Math.max(1, Math.ceil(left / MINUTE));
    return {
      tone: "soon",
      word: n < 60 ? t("deadline.minutes", { n }) : t("deadline.today", { time: clock(at) }),
    };
  }
  const days = daysOf(first, last);
  const working = days.filter(works).length;
  return {
    tone: working <= SOON ? "soon" : "fine",
    word: working ? t("deadline.working", { n: working }) : t("deadline.days", { n: days.length }),
  };
}

/**
 * The next moment at which one of these becomes late.
 * @param {Clocks[]} rows @param {Date} now @returns {number | null} milliseconds from now
 */
export function nextPassing(rows, now) {
  const ahead = rows
    .filter(({ ended_at, paused }) => !ended_at && !paused)
    .flatMap(({ due_at, step_due_at }) => [due_at, step_due_at])
    .map((each) => (each ? Date.parse(each) - now.getTime() : -1))
    .filter((ms) => ms >= 0);
  return ahead.length ? Math.min(...ahead) : null;
}

/** @param {number} over milliseconds @param {Date} at @param {Date} now */
function lateWord(over, at, now) {
  const days = daysOf(today(at), today(now)).length;
  if (days) return t("deadline.lateDays", { n: days });
  if (over >= HOUR) return t("deadline.lateHours", { n: Math.floor(over / HOUR) });
  return t("deadline.lateMinutes", { n: Math.max(1, Math.floor(over / MINUTE)) });
}

/** The days after the one, up to and with the other. @param {string} first @param {string} last */
function daysOf(first, last) {
  const days = [];
  for (let at = Date.parse(first) + DAY; at <= Date.parse(last); at += DAY)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
