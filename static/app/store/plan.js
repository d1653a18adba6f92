/**
 * What was chosen for the day and in which order, over a reload; the next day begins without it.
 *
 * @import { PlaceId } from "../types.d.ts"
 * @import { Database } from "./db.js"
 * @typedef {{ chosen: PlaceId[], filter: string, way: { stops: PlaceId[], metres: number,
 *   from: number[] | null } | null }} Plan `filter`: a kind's slug, "rounds", or "" for all
 */

const KEY = "plan";

/** The office's day. @param {Date} moment */
const dayOf = (moment) => moment.toLocaleDateString("en-CA", { timeZone: "Asia/Shanghai" });

/** @param {Database} db @param {() => Date} [now] */
export function openPlan(db, now = () => new Date()) {
  return {
    /** @returns {Promise<Plan | null>} today's */
    async read() {
      const kept = await db.run(["facts"], "readonly", (tx) => tx.objectStore("facts").get(KEY));
      return kept?.day === dayOf(now()) ? kept.plan : null;
    },

    /** Where the disk takes no more, it is remembered until the page is closed. @param {Plan} plan */
    put: (plan) =>
      db
        .run(
          ["facts"],
          "readwrite",
          (tx) => tx.objectStore("facts").put({ day: dayOf(now()), plan }, KEY),
          "relaxed",
        )
        .catch(() => {}),
  };
}
