/**
 * What a supervisor wants to know before and after a round is given: who has it already, how far
 * it is, and who does it today.
 *
 * @import { Estate, PublishedKind, Round } from "./types.d.ts"
 *
 * @typedef {{ name: string, inspector: string, kinds: string[], estates: number[], since: string,
 *   until: string, shared: boolean, note: string }} Wish
 * @typedef {{ id: number, person: string, person_name: string, stand_in: string,
 *   stand_in_name: string, since: string, until: string }} Leave
 * @typedef {{ when: string, who: string, community: string, kind: string }} Narrowed
 * @typedef {{ username: string, name: string, awayTo: string | null, rounds: Round[],
 *   covers: string[], done: number, all: number }} Doing
 */

import { due } from "./when.js";

const DAY = 24 * 60 * 60 * 1000;

/** @param {Round} round */
export const progressOf = ({ done, estates, kinds }) => ({
  done: done.length,
  all: estates.length * kinds.length,
});

/**
 * Rounds of others with an estate, a kind and a day of this one, and which estates those are.
 *
 * @param {Wish} wish
 * @param {Round[]} rounds
 * @param {number | null} but the round that is being changed
 */
export function overlapsOf({ inspector, kinds, estates, since, until }, rounds, but) {
  if (!since || !until) return [];
  const wanted = new Set(estates);
  return rounds
    .filter(
      (other) =>
        other.id !== but &&
        other.inspector !== inspector &&
        other.since <= until &&
        other.until >= since &&
        other.kinds.some((kind) => kinds.includes(kind)),
    )
    .map((round) => ({ round, estates: round.estates.filter((id) => wanted.has(id)) }))
    .filter((each) => each.estates.length);
}

/**
 * Everyone who has something to do on that day or is away, those with most left first.
 *
 * @param {Round[]} rounds
 * @param {Leave[]} leaves
 * @param {string} day
 * @returns {Doing[]}
 */
export function today(rounds, leaves, day) {
  /** @type {Map<string, Doing>} */
  const people = new Map();
  /** @param {string} username @param {string} name */
  const of = (username, name) => {
    const known = people.get(username) ?? {
      username,
      name,
      awayTo: null,
      rounds: [],
      covers: [],
      done: 0,
      all: 0,
    };
    people.set(username, known);
    return known;
  };
  for (const round of rounds.filter((each) => each.since <= day && each.until >= day)) {
    const { stand_in, stand_in_name, inspector, inspector_name } = round;
    const doing = stand_in
      ? of(stand_in, stand_in_name ?? stand_in)
      : of(inspector, inspector_name);
    const { done, all } = progressOf(round);
    doing.rounds.push(round);
    doing.done += done;
    doing.all += all;
    if (stand_in && !doing.covers.includes(inspector_name)) doing.covers.push(inspector_name);
  }
  for (const leave of leaves.filter((each) => each.since <= day && each.until >= day))
    of(leave.person, leave.person_name).awayTo = leave.stand_in_name;
  return [...people.values()].sort(
    (a, b) => b.all - b.done - (a.all - a.done) || a.name.localeCompare(b.name, "zh"),
  );
}

/**
 * The most urgent state of an estate by these kinds.
 *
 * @param {Estate} estate
 * @param {PublishedKind[]} kinds
 * @param {Date} [now]
 */
export function dueAt(estate, kinds, now = new Date()) {
  const order = ["never", "late", "soon", "fine"];
  return kinds
    .map(({ slug, due_every_days }) =>
      due(estate.properties.last_inspected?.[slug], due_every_days, now),
    )
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || b.days - a.days)[0];
}

/**
 * @param {Round[]} rounds
 * @param {Narrowed} narrowed
 * @param {{ day: string, communityOf: (estate: number) => number | undefined }} world
 */
export const narrowedTo = (rounds, { when, who, community, kind }, { day, communityOf }) =>
  rounds.filter(
    (round) =>
      whenOf(round, day) === when &&
      (!who || round.inspector === who || round.stand_in === who) &&
      (!kind || round.kinds.includes(kind)) &&
      (!community || round.estates.some((id) => String(communityOf(id)) === community)),
  );

/** @param {{ since: string, until: string }} days @param {string} day */
export const whenOf = ({ since, until }, day) =>
  since > day ? "coming" : until < day ? "past" : "now";

/** @param {string} search @returns {Narrowed & { round: number | null, giving: boolean }} */
export function addressRead(search) {
  const query = new URLSearchParams(search);
  const told = query.get("when") ?? "";
  const round = Number(query.get("round"));
  return {
    when: ["coming", "past"].includes(told) ? told : "now",
    who: query.get("who") ?? "",
    community: query.get("community") ?? "",
    kind: query.get("kind") ?? "",
    round: Number.isInteger(round) && round > 0 ? round : null,
    giving: query.has("give"),
  };
}

/** @param {Narrowed & { round: number | null, giving: boolean }} state */
export function addressOf({ when, who, community, kind, round, giving }) {
  const query = new URLSearchParams();
  if (when !== "now") query.set("when", when);
  for (const [name, value] of Object.entries({ who, community, kind }))
    if (value) query.set(name, value);
  if (round) query.set("round", String(round));
  if (giving) query.set("give", "1");
  const told = query.toString();
  return told ? `?${told}` : "?";
}

/** @param {string} day @param {number} days */
export const daysAfter = (day, days) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** What is wrong before it is sent: fields and whether it is about estates or kinds. @param {Wish} wish */
export function missingIn({ name, inspector, kinds, estates, since, until }) {
  /** @type {Record<string, "rounds.needed" | "rounds.neededEstates" | "rounds.neededKinds" | "filter.wrong">} */
  const missing = {};
  if (!name.trim()) missing.name = "rounds.needed";
  if (!inspector) missing.inspector = "rounds.needed";
  if (!kinds.length) missing.kinds = "rounds.neededKinds";
  if (!estates.length) missing.estates = "rounds.neededEstates";
  if (!since) missing.since = "rounds.needed";
  if (!until) missing.until = "rounds.needed";
  if (since && until && until < since) missing.until = "filter.wrong";
  return missing;
}
