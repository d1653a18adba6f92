/**
 * Taking a complaint, or a case that came by another way: what is written in the form, what is
 * still missing, and what is sent.
 *
 * @import { Attached } from "./case_photos.js"
 * @typedef {"complaint" | "joint" | "platform"} Mode
 * @typedef {{ mode: Mode, channel: string, number: string, text: string, title: string,
 *   estate: number | null, point: [number, number] | null, placeTold: string, received: string,
 *   severity: number, simple: boolean, name: string, phone: string, address: string,
 *   wantsReply: boolean, join: string | null, photos: Attached[] }} Taking `received`: in the
 *   office's own time, as 2024-11-30T16:30; `photos`: those that the resident sent, of a complaint
 */

import { declaredPhotos } from "./case_photos.js";

export const MODES = /** @type {const} */ (["complaint", "joint", "platform"]);
export const CHANNELS = /** @type {const} */ ([
  "phone",
  "visit",
  "hotline",
  "miniapp",
  "letter",
  "other",
]);

const CLOCK = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Asia/Shanghai",
  dateStyle: "short",
  timeStyle: "short",
});

/** As a field for date and time wants it. @param {Date} moment */
export const officeTime = (moment) => CLOCK.format(moment).replace(" ", "T");

/** A form with nothing in it. @param {Mode} mode @param {string} channel @param {Date} now @returns {Taking} */
export const blank = (mode, channel, now) => ({
  mode,
  channel,
  number: "",
  text: "",
  title: "",
  estate: null,
  point: null,
  placeTold: "",
  received: officeTime(now),
  severity: 3,
  simple: false,
  name: "",
  phone: "",
  address: "",
  wantsReply: true,
  join: null,
  photos: [],
});

/** Has anything been written that would be lost? @param {Taking} taking */
export const begun = ({ text, title, name, phone, address, number, placeTold, ...more }) =>
  Boolean(text || title || name || phone || address || number || placeTold) ||
  Boolean(more.estate || more.point || more.photos.length);

/**
 * @param {Taking} taking
 * @returns {Partial<Record<"text" | "title" | "estate" | "number" | "received", "intake.needed" | "intake.neededPlace">>}
 */
export function missingOf({ mode, text, title, estate, point, number, received, join }) {
  /** @type {ReturnType<typeof missingOf>} */
  const missing = {};
  if (mode === "complaint" && !text.trim()) missing.text = "intake.needed";
  if (!title.trim() && !join) missing.title = "intake.needed";
  if (!estate && !point) missing.estate = "intake.neededPlace";
  if (mode === "platform" && !number.trim()) missing.number = "intake.needed";
  if (mode === "complaint" && !received) missing.received = "intake.needed";
  return missing;
}

/** What is sent: nothing that was left empty. @param {Taking} taking @returns {Record<string, unknown>} */
export const bodyOf = (taking) =>
  taking.mode === "complaint" ? complaintOf(taking) : caseOf(taking);

/** @param {Taking} taking */
function complaintOf(taking) {
  const { name, phone, address, wantsReply } = taking;
  const known = filled({ name, phone, address });
  return {
    channel: taking.channel,
    text: taking.text.trim(),
    received_at: `${taking.received}:00+08:00`,
    ...placeOf(taking),
    ...filled({
      outside_number: taking.number,
      place_told: taking.placeTold,
      title: taking.join ? "" : taking.title,
    }),
    ...(taking.join ? { join: taking.join } : { severity: taking.severity, simple: taking.simple }),
    ...(taking.photos.length ? { photos: declaredPhotos(taking.photos) } : {}),
    ...(Object.keys(known).length ? { complainant: { ...known, wants_reply: wantsReply } } : {}),
  };
}

/** @param {Taking} taking */
const caseOf = (taking) => ({
  source: taking.mode,
  title: taking.title.trim(),
  severity: taking.severity,
  simple: taking.simple,
  ...placeOf(taking),
  ...filled({ outside_number: taking.number }),
});

/** @param {Taking} taking */
const placeOf = ({ estate, point }) => ({
  ...(estate ? { estate } : {}),
  ...(point ? { place: { type: "Point", coordinates: point } } : {}),
});

/** @param {Record<string, string>} told */
const filled = (told) =>
  Object.fromEntries(
    Object.entries(told)
      .map(([name, value]) => [name, value.trim()])
      .filter(([, value]) => value),
  );
