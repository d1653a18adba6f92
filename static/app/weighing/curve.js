/** The trade-off curve as a drawing: share of demand by number of sites. */

/**
 * @typedef {{ number: number, share: number, gap: number }} Step
 * @param {Step[]} steps in the order of their number @param {number} width @param {number} height
 * @returns {{ points: { x: number, y: number, step: Step }[], path: string,
 *   lines: { y: number, share: number }[] }} in the units of `width` and `height`; share 0 lies at
 *   the bottom and 1 at the top
 */
export function curveOf(steps, width, height) {
  const first = steps[0]?.number ?? 0;
  const span = Math.max(1, (steps.at(-1)?.number ?? 1) - first);
  const up = (/** @type {number} */ share) => round(height * (1 - Math.min(1, Math.max(0, share))));
  const points = steps.map((step) => ({
    x: round(((step.number - first) / span) * width),
    y: up(step.share),
    step,
  }));
  return {
    points,
    path: points.map(({ x, y }, at) => `${at ? "L" : "M"}${x} ${y}`).join(""),
    lines: [0, 0.25, 0.5, 0.75, 1].map((share) => ({ share, y: up(share) })),
  };
}

/**
 * The step from which one more site adds less than this share of all demand.
 * @param {Step[]} steps @param {number} least
 * @returns {Step | null} null where every further site adds more
 */
export function bend(steps, least) {
  const at = steps.findIndex((step, n) => (steps[n + 1]?.share ?? Infinity) - step.share < least);
  return at < 0 ? null : (steps[at] ?? null);
}

/** @param {number} value */
const round = (value) => Math.round(value * 10) / 10;
