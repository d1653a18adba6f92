/** Days of the office: 2024-11-30, wherever the device thinks it is. */

const DAY = 24 * 60 * 60 * 1000;
const ZONE = "Asia/Shanghai";

/** Today in the office. @param {Date} [now] */
export const today = (now = new Date()) =>
  new Intl.DateTimeFormat("en-CA", { timeZone: ZONE }).format(now);

/**
 * @param {number} days
 * @param {string} day its last day
 * @returns {{ since: string, until: string }} both days included
 */
export function lastDays(days, day) {
  const first = new Date(Date.parse(`${day}T00:00:00Z`) - (days - 1) * DAY);
  return { since: first.toISOString().slice(0, 10), until: day };
}
