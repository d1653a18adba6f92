/**
 * The one form that equal content has, as inspections/services/content.py has it: the tablet sends
 * it as it stands, so that the hash of the body is the hash of the content. tests/canonical.json
 * keeps both in step.
 */

/** Beyond this a double no longer tells one whole number from the next. */
const WHOLE = 2 ** 53;
/** From here on a number is written with an exponent. */
const LARGE = 1e16;
const SMALL = 1e-5;

/**
 * What stands for nothing at the top is left out, names are sorted, `recorded_at` is an instant
 * in UTC. Half characters and NULs, which no one typed and the server refuses, are taken out.
 *
 * @param {Record<string, unknown>} content
 * @returns {string}
 */
export function canonical(content) {
  const { recorded_at: at, supersedes, ...others } = content;
  return written(
    Object.fromEntries(
      Object.entries({
        ...others,
        recorded_at: typeof at === "string" ? (instant(at) ?? at) : at,
        supersedes: typeof supersedes === "string" ? supersedes.toLowerCase() : supersedes,
      }).filter(([, value]) => value !== null),
    ),
  );
}

/** @param {Uint8Array} bytes @returns {Promise<string>} in small hexadecimal digits */
export const sha256 = async (bytes) =>
  Array.from(await digest(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** As tus writes a checksum. @param {Uint8Array} bytes */
export const base64Sha256 = async (bytes) => btoa(String.fromCharCode(...(await digest(bytes))));

/** @param {Uint8Array} bytes */
const digest = async (bytes) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", /** @type {BufferSource} */ (bytes)));

/** @param {any} value @returns {string} */
function written(value) {
  if (typeof value === "number") return number(value);
  if (typeof value === "string") return JSON.stringify(clean(value));
  if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => order(a, b))
    .map(([name, each]) => `${JSON.stringify(clean(name))}:${written(each)}`);
  return `{${members.join(",")}}`;
}

/** @param {number} value */
function number(value) {
  if (!Number.isFinite(value)) throw new RangeError("JSON has no such number");
  const size = Math.abs(value);
  if (size !== 0 && (size < SMALL || size >= LARGE)) return value.toExponential();
  return size > WHOLE ? `${value}.0` : String(value);
}

/** By code points: by UTF-16, what is beyond the first plane would come too early. @param {string} a @param {string} b */
function order(a, b) {
  const left = Array.from(a, (character) => character.codePointAt(0) ?? 0);
  const right = Array.from(b, (character) => character.codePointAt(0) ?? 0);
  const at = left.findIndex((point, index) => point !== right[index]);
  if (at < 0) return left.length - right.length;
  return (left[at] ?? 0) - (right[at] ?? -1);
}

/** @param {string} text */
const clean = (text) => text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\uFFFD");

const INSTANT =
  /^(?!0001|9999)(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(Z|[+-]\d\d:\d\d)$/;

/** In UTC, without zeros at its end; undefined for what is no instant. @param {string} told */
function instant(told) {
  const [, day, minute, second = "00", fraction = "", zone] = INSTANT.exec(told) ?? [];
  const ms = Date.parse(`${day}T${minute}:${second}${zone}`);
  // The 30th of February is read as some day of March.
  if (Number.isNaN(ms) || new Date(`${day}T00:00Z`).toISOString().slice(0, 10) !== day)
    return undefined;
  const parts = fraction.replace(/0+$/, "");
  return `${new Date(ms).toISOString().slice(0, 19)}${parts && `.${parts}`}Z`;
}
