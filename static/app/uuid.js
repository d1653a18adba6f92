/** Names for records, made on the tablet. */

/**
 * UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, 74 random bits.
 *
 * @param {number} [ms] since 1970
 * @param {Uint8Array} [random] 10 bytes
 */
export function uuid7(ms = Date.now(), random = crypto.getRandomValues(new Uint8Array(10))) {
  const bytes = new Uint8Array(16);
  for (let at = 0; at < 6; at += 1) bytes[at] = Math.floor(ms / 2 ** (40 - 8 * at)) % 256;
  bytes.set(random, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return dashed(bytes);
}

/**
 * UUIDv5 (RFC 9562 §5.5): the same name in the same name space is the same everywhere, so that
 * the tablet can name what the server will make of a record.
 *
 * @param {string} space a UUID
 * @param {string} name
 */
export function uuid5(space, name) {
  const digits = space.replaceAll("-", "").match(/../g) ?? [];
  const spaced = Uint8Array.from(digits, (pair) => Number.parseInt(pair, 16));
  const told = new TextEncoder().encode(name);
  const whole = new Uint8Array(spaced.length + told.length);
  whole.set(spaced);
  whole.set(told, spaced.length);
  const bytes = sha1(whole).slice(0, 16);
  bytes[6] = 0x50 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return dashed(bytes);
}

/** @param {Uint8Array} bytes 16 of them */
const dashed = (bytes) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** The word turned left. @param {number} word @param {number} by */
const turned = (word, by) => (word << by) | (word >>> (32 - by));

/**
 * SHA-1 (RFC 3174), for names alone: it keeps no secret and proves nothing. The browser's own
 * must be waited for, and a list of cases is drawn at once.
 *
 * @param {Uint8Array} message
 */
function sha1(message) {
  const padded = new Uint8Array((((message.length + 8) >> 6) + 1) << 6);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, message.length * 8);
  const hash = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const words = new Int32Array(80);
  for (let block = 0; block < padded.length; block += 64) {
    for (let n = 0; n < 80; n += 1)
      words[n] =
        n < 16
          ? view.getInt32(block + 4 * n)
          : turned(at(words, n - 3) ^ at(words, n - 8) ^ at(words, n - 14) ^ at(words, n - 16), 1);
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = hash;
    for (let n = 0; n < 80; n += 1) {
      const [f, k] = mixed(n, b, c, d);
      const next = (turned(a, 5) + f + e + k + at(words, n)) | 0;
      [a, b, c, d, e] = [next, a, turned(b, 30), c, d];
    }
    for (const [n, word] of [a, b, c, d, e].entries()) hash[n] = ((hash[n] ?? 0) + word) | 0;
  }
  const told = new DataView(new ArrayBuffer(20));
  for (const [n, word] of hash.entries()) told.setInt32(4 * n, word);
  return new Uint8Array(told.buffer);
}

/** @param {Int32Array} words @param {number} n */
const at = (words, n) => words[n] ?? 0;

/** @param {number} n @param {number} b @param {number} c @param {number} d @returns {[number, number]} */
function mixed(n, b, c, d) {
  if (n < 20) return [(b & c) | (~b & d), 0x5a827999];
  if (n < 40) return [b ^ c ^ d, 0x6ed9eba1];
  if (n < 60) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc];
  return [b ^ c ^ d, 0xca62c1d6];
}
