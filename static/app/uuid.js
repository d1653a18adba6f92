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
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
