/** To two decimals, a half upward: planning/checking/rounding.py does the same. @param {number} value */
export const rounded = (value) => Math.floor(value * 100 + 0.5) / 100;

/** At most two decimals, and none that say nothing. @param {number} value */
export const written = (value) => value.toFixed(2).replace(/\.?0+$/, "");
