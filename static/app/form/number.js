/** Numbers typed with a glove: the text as it stands, and what it says. */

/**
 * The text after one key of the pad.
 *
 * @param {string} text
 * @param {string} key "0" to "9", ".", or "back"
 * @param {{ whole: boolean }} number
 */
export function press(text, key, { whole }) {
  if (key === "back") return text.slice(0, -1);
  if (key === ".") return whole || text.includes(".") ? text : `${text || "0"}.`;
  if (text.replace(/\D/g, "").length >= 9) return text;
  return text === "0" ? key : text + key;
}

/**
 * What a text says: a number, null where there is nothing, or NaN for what is none. Full-width
 * digits and a comma for the point are read as they are meant.
 *
 * @param {string} text
 * @returns {number | null}
 */
export function parse(text) {
  const plain = text.normalize("NFKC").replace(/[,。]/, ".").trim();
  if (plain === "") return null;
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : Number.NaN;
}
