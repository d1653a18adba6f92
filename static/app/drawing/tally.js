/**
 * An owners' vote on the use of common ground (Civil Code, article 278): owners of two thirds of
 * the area and two thirds by heads take part; three quarters of both of those agree. Worked out in
 * whole numbers: a third is never 0.33.
 *
 * @typedef {{ heads: string, area_m2: string, heads_took_part: string, area_took_part_m2: string,
 *   heads_agreed: string, area_agreed_m2: string }} Counted as typed
 * @typedef {{ part: bigint, whole: bigint, percent: string, met: boolean, short: string }} Share
 *   `short`: how much is wanting, in the unit that was typed; empty where it is met
 */

/** Square metres are counted to the hundredth. */
const HUNDREDTHS = 100n;

/** @param {Counted} counted */
export function tallied(counted) {
  const { heads_took_part, heads_agreed, area_took_part_m2, area_agreed_m2 } = counted;
  const [heads, headsIn, headsFor] = [counted.heads, heads_took_part, heads_agreed].map(whole);
  const [area, areaIn, areaFor] = [counted.area_m2, area_took_part_m2, area_agreed_m2].map(
    hundredths,
  );
  const shares = {
    heads_took_part: share(headsIn, heads, 2n, 3n, 1n),
    area_took_part: share(areaIn, area, 2n, 3n, HUNDREDTHS),
    heads_agreed: share(headsFor, headsIn, 3n, 4n, 1n),
    area_agreed: share(areaFor, areaIn, 3n, 4n, HUNDREDTHS),
  };
  const all = Object.values(shares);
  return { shares, carried: all.every((each) => each !== null) ? all.every((s) => s?.met) : null };
}

/**
 * @param {bigint | null | undefined} part @param {bigint | null | undefined} whole
 * @param {bigint} over @param {bigint} under @param {bigint} unit
 * @returns {Share | null} null where it can't be worked out yet
 */
function share(part, whole, over, under, unit) {
  if (part === null || part === undefined || !whole || part > whole) return null;
  const least = (whole * over + under - 1n) / under;
  const tenths = (part * 1000n) / whole;
  return {
    part,
    whole,
    percent: `${tenths / 10n}.${tenths % 10n}`,
    met: part * under >= whole * over,
    short: part < least ? shown(least - part, unit) : "",
  };
}

/** @param {bigint} amount @param {bigint} unit */
function shown(amount, unit) {
  if (unit === 1n) return String(amount);
  const rest = String(amount % unit)
    .padStart(2, "0")
    .replace(/0+$/, "");
  return `${amount / unit}${rest ? `.${rest}` : ""}`;
}

/** @param {string} typed */
const whole = (typed) => (/^\s*\d{1,9}\s*$/.test(typed) ? BigInt(typed.trim()) : null);

/** @param {string} typed */
function hundredths(typed) {
  const [, units, rest = ""] = /^\s*(\d{1,9})(?:\.(\d{1,2}))?\s*$/.exec(typed) ?? [];
  return units === undefined ? null : BigInt(units) * HUNDREDTHS + BigInt(rest.padEnd(2, "0"));
}
