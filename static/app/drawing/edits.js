/**
 * What was changed here and the server has not been told, proposal by proposal. Values in, values
 * out: what is stored, sent and shown follows from them, with a network or without.
 *
 * A change is sent with the version it was written on. The server merges what others changed
 * meanwhile; where both changed the same, it says so, and a person chooses.
 *
 * @import { Edited, Fields, Race, Row } from "./types.d.ts"
 * @typedef {{ does: "create" | "change" | "withdraw" | "restore", seen: number,
 *   fields: Partial<Fields> }} Errand what the server is to be told next
 */

import { equal } from "./history.js";

/** What goes together: half of a footprint would be none. */
const FOOTPRINT = ["geom", "outline", "anchor", "rotation_deg"];

/** As the server has it. @param {string} plan @param {Row} row @returns {Edited} */
export const kept = (plan, row) => ({
  id: row.id,
  plan,
  base: row,
  seen: row.version,
  mine: {},
  flying: null,
  held: "yes",
  wanted: true,
  race: null,
  refusal: null,
});

/** Drawn here. @param {string} plan @param {string} id @param {Fields} fields @returns {Edited} */
export const drawn = (plan, id, fields) => ({
  id,
  plan,
  base: null,
  seen: 0,
  mine: fields,
  flying: null,
  held: "no",
  wanted: true,
  race: null,
  refusal: null,
});

/** As it is shown. @param {Edited} edited @returns {Fields} */
export const fieldsOf = ({ base, flying, mine }) =>
  /** @type {Fields} */ ({ ...base?.fields, ...flying, ...mine });

/** @param {Edited} edited @param {Partial<Fields>} changes @returns {Edited} */
export function changed(edited, changes) {
  const fresh = !owes(edited);
  /** @type {Partial<Fields>} */
  const mine = { ...edited.mine, ...changes };
  const sent = /** @type {Fields} */ ({ ...edited.base?.fields, ...edited.flying });
  const news = Object.keys(mine).filter((name) => !equal(sent[name], mine[name]));
  const all = /** @type {Fields} */ ({ ...sent, ...mine });
  return {
    ...edited,
    mine: edited.held === "no" && !edited.flying ? mine : named(all, whole(news)),
    seen: fresh && edited.base ? edited.base.version : edited.seen,
    refusal: null,
  };
}

/** Taken out, or back in. @param {Edited} edited @param {boolean} wanted @returns {Edited} */
export const present = (edited, wanted) => ({ ...edited, wanted, refusal: null });

/** What is to be sent now; null: nothing, or something is on its way. @param {Edited} edited @returns {Errand | null} */
export function errandOf(edited) {
  const { held, wanted, mine, flying, seen, refusal, base } = edited;
  if (flying || refusal) return null;
  if (held === "no") return wanted ? { does: "create", seen: 0, fields: mine } : null;
  if (held === "yes" && !wanted)
    return { does: "withdraw", seen: base?.version ?? seen, fields: {} };
  if (held === "withdrawn")
    return wanted ? { does: "restore", seen: base?.version ?? seen, fields: {} } : null;
  return Object.keys(mine).length ? { does: "change", seen, fields: mine } : null;
}

/** The errand is on its way. @param {Edited} edited @param {Errand} errand @returns {Edited} */
export const sending = (edited, errand) => ({
  ...edited,
  flying: errand.fields,
  mine: without(edited.mine, errand.fields),
});

/** It did not arrive: it is sent again. @param {Edited} edited @returns {Edited} */
export const unsent = (edited) => ({
  ...edited,
  mine: { ...edited.flying, ...edited.mine },
  flying: null,
});

/** The server would not have it: it stays, with why, until it is changed. @param {Edited} edited @param {string} why @returns {Edited} */
export const refused = (edited, why) => ({ ...unsent(edited), refusal: why });

/** The errand was done. @param {Edited} edited @param {Row | null} row as it stands now @param {Errand["does"]} does @returns {Edited} */
export function landed(edited, row, does) {
  const { base, flying, mine } = edited;
  if (does === "withdraw") return { ...edited, flying: null, held: "withdrawn", base: row ?? base };
  if (!row) return unsent(edited);
  // What is left was written on what stood then: where somebody else changed the same, it is a race.
  const stood = { ...base?.fields, ...flying };
  const raced = does === "change" ? racedIn(mine, stood, row.fields) : [];
  return {
    ...edited,
    base: row,
    seen: row.version,
    flying: null,
    held: "yes",
    mine: without(mine, named(mine, raced)),
    race: raceOf(edited.race, named(mine, raced), row.fields),
  };
}

/** The server and somebody else changed the same. @param {Edited} edited @param {Race} race @param {Row} row as it stands now @returns {Edited} */
export function lost(edited, race, row) {
  const all = { ...edited.flying, ...edited.mine };
  const names = whole(Object.keys(race.yours));
  return {
    ...edited,
    base: row,
    seen: row.version,
    flying: null,
    mine: without(all, named(all, names)),
    race: raceOf(edited.race, { ...named(all, names), ...race.yours }, row.fields),
  };
}

/**
 * Somebody else's change is here. What waits keeps the version it was written on, so that the
 * server sees who changed what.
 * @param {Edited} edited @param {Row} row @returns {Edited}
 */
export function arrived(edited, row) {
  if (edited.base && row.version <= edited.base.version && edited.held === "yes") return edited;
  const held = edited.held === "no" && !edited.flying ? "yes" : edited.held;
  const back = edited.held === "withdrawn" && !edited.flying;
  return {
    ...edited,
    base: row,
    held: back ? "yes" : held,
    wanted: back ? true : edited.wanted,
    seen: owes(edited) ? edited.seen : row.version,
  };
}

/** Taken out by somebody else. @param {Edited} edited @returns {Edited} */
export const vanished = (edited) =>
  edited.held === "yes" && !edited.flying
    ? { ...edited, held: "withdrawn", wanted: owes(edited) ? edited.wanted : false }
    : edited;

/**
 * Of a race one side is taken: of all that was raced for, or of some of it.
 * @param {Edited} edited @param {"yours" | "theirs"} side @param {string[]} [names] @returns {Edited}
 */
export function chosen(edited, side, names = Object.keys(edited.race?.yours ?? {})) {
  const { race } = edited;
  if (!race) return edited;
  const taken = whole(names);
  const left = without(race.yours, named(race.yours, taken));
  const settled = {
    ...edited,
    race: Object.keys(left).length
      ? { yours: left, theirs: named(race.theirs, Object.keys(left)) }
      : null,
  };
  return side === "yours" ? changed(settled, named(race.yours, taken)) : settled;
}

/** Is there something the server does not know yet? @param {Edited} edited */
export const owes = (edited) =>
  edited.flying !== null || Boolean(edited.refusal) || errandOf(edited) !== null;

/** What the server never had is the newest. @param {Edited} one @param {Edited} other */
export const byAge = (one, other) => bornAt(one).localeCompare(bornAt(other), "en");

/** @param {Edited} edited */
const bornAt = ({ id, base }) => `${base?.told.created_at ?? "drawn here"} ${id}`;

/** Is it shown? @param {Edited} edited */
export const isThere = ({ wanted }) => wanted;

/** What `mine` and others changed alike. @param {Partial<Fields>} mine @param {Record<string, unknown>} stood @param {Fields} now */
const racedIn = (mine, stood, now) =>
  whole(
    Object.keys(mine).filter(
      (name) => !equal(now[name], stood[name]) && !equal(now[name], mine[name]),
    ),
  );

/** A footprint is one thing. @param {string[]} names */
const whole = (names) =>
  names.some((name) => FOOTPRINT.includes(name)) ? [...new Set([...names, ...FOOTPRINT])] : names;

/** @param {Race | null} before @param {Record<string, unknown>} yours @param {Fields} now @returns {Race | null} */
function raceOf(before, yours, now) {
  const all = { ...before?.yours, ...yours };
  const names = Object.keys(all).filter((name) => !equal(all[name], now[name]));
  if (!names.length) return null;
  return { yours: named(all, names), theirs: named(now, names) };
}

/** @param {Record<string, unknown>} fields @param {string[]} names */
const named = (fields, names) =>
  Object.fromEntries(names.filter((name) => name in fields).map((name) => [name, fields[name]]));

/** @param {Partial<Fields>} fields @param {Partial<Fields>} others */
const without = (fields, others) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !(name in others)));
