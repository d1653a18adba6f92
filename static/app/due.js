/**
 * What is due for this person, and where: by the rounds they were given, and by how often each
 * kind is to be looked at.
 *
 * @import { Asset, Estate, PlaceId, PublishedKind, Round } from "./types.d.ts"
 *
 * @typedef {{ estate: Estate, kind: PublishedKind, last: string | null,
 *   state: "never" | "late" | "soon" | "fine", days: number, round: Round | null,
 *   unseen: Asset[] }} Due `days`: over, or left; `fine`: only where a round asks for it;
 *   `unseen`: what was built since it was last looked at
 */

import { due } from "./when.js";

/** Lower is more urgent. */
const RANK = { late: 0, never: 1, soon: 2, fine: 3 };

/**
 * @param {{ estates: Estate[], kinds: PublishedKind[], rounds: Round[],
 *   last: (estate: Estate, kind: string) => string | null,
 *   assets: (estate: PlaceId) => Asset[], now?: Date }} known `last`: when it was last looked at,
 *   by what the server told or by this tablet's own records
 * @returns {Due[]} the most urgent first
 */
export function dueOf({ estates, kinds, rounds, last, assets, now = new Date() }) {
  const running = rounds.filter((round) => isRunning(round, now));
  /** @param {Estate} estate @param {Asset[]} standing @param {PublishedKind} kind @returns {Due[]} */
  const here = (estate, standing, kind) => {
    const at = last(estate, kind.slug);
    const asked = running.filter((round) => asks(round, estate.id, kind.slug));
    const round = asked.find((each) => !isDone(each, estate.id, kind.slug, at)) ?? null;
    const { state, days, unseen } = stateOf(kind, at, standing, now);
    const one = { estate, kind, last: at, round, unseen };
    if (round) return [{ ...one, ...sooner(state, days, round, now) }];
    // What a round asked for and got is not due again before its kind's own time.
    if (state === "fine" || (asked.length && state !== "late" && !unseen.length)) return [];
    return [{ ...one, state, days }];
  };
  return estates
    .flatMap((estate) => {
      const standing = assets(estate.id);
      return kinds.flatMap((kind) => here(estate, standing, kind));
    })
    .sort(
      (a, b) =>
        RANK[a.state] - RANK[b.state] ||
        (a.state === "late" ? b.days - a.days : a.days - b.days) ||
        a.estate.properties.name.localeCompare(b.estate.properties.name, "zh"),
    );
}

/**
 * What is only planned is not there to be looked at. What was built since somebody looked was seen
 * by nobody: it is due at once.
 *
 * @param {PublishedKind} kind
 * @param {string | null} last
 * @param {Asset[]} assets of the estate
 * @param {Date} [now]
 * @returns {Pick<Due, "state" | "days" | "unseen">}
 */
export function stateOf(kind, last, assets, now = new Date()) {
  const unseen = assets.filter(
    ({ properties: { type, status, built_at: built } }) =>
      type === kind.asset &&
      status !== "planned" &&
      built &&
      (!last || Date.parse(built) > Date.parse(last)),
  );
  if (unseen.length) return { state: "never", days: 0, unseen };
  return { ...due(last, kind.due_every_days, now), unseen };
}

/** Today is one of its days; one that ran out unfinished stays due for a month. @param {Round} round @param {Date} now */
function isRunning({ since, until }, now) {
  const today = dayOf(now);
  return since <= today && daysTo(until, now) >= -31;
}

/** @param {Round} round @param {PlaceId} estate @param {string} kind */
const asks = ({ kinds, estates }, estate, kind) =>
  kinds.includes(kind) && estates.includes(/** @type {number} */ (estate));

/**
 * By anyone who shares it, as the server told; or since it began, as this tablet knows.
 *
 * @param {Round} round
 * @param {PlaceId} estate
 * @param {string} kind
 * @param {string | null} at
 */
const isDone = ({ done, since }, estate, kind, at) =>
  done.some((each) => each.estate === estate && each.kind === kind) ||
  (at !== null && dayOf(new Date(at)) >= since);

/**
 * A round's last day counts like the kind's own.
 *
 * @param {Due["state"]} state
 * @param {number} days
 * @param {Round} round
 * @param {Date} now
 * @returns {Pick<Due, "state" | "days">}
 */
function sooner(state, days, { until }, now) {
  if (state === "late") return { state, days };
  const left = daysTo(until, now);
  if (left < 0) return { state: "late", days: -left };
  if (state === "never") return { state, days };
  return state === "soon" && days < left
    ? { state, days }
    : { state: left <= 5 ? "soon" : "fine", days: left };
}

/** The office's day. @param {Date} moment */
const dayOf = (moment) =>
  new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(moment);

/** @param {string} day @param {Date} now */
const daysTo = (day, now) => Math.round((Date.parse(day) - Date.parse(dayOf(now))) / 86_400_000);
