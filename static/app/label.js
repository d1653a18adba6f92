/**
 * What stands in the QR labels that the office prints: `XUNTU:E12` an estate, `XUNTU:B7` a
 * building, `XUNTU:A31` something inspectable; after a building, perhaps a floor: `XUNTU:B7:B2`.
 *
 * @typedef {{ what: "estate" | "building" | "asset", id: number, floor: string }} Label
 */

const LABEL = /^XUNTU:([EBA])([1-9]\d{0,9})(?::([^:\s][^:]{0,19}))?$/;
const WHAT = /** @type {const} */ ({ E: "estate", B: "building", A: "asset" });

/** @param {string} text @returns {Label | null} null: somebody else's label */
export function labelOf(text) {
  const parts = LABEL.exec(text.trim());
  if (!parts) return null;
  return {
    what: WHAT[/** @type {"E"} */ (parts[1])],
    id: Number(parts[2]),
    floor: (parts[3] ?? "").trim(),
  };
}

/** Floors as one chooses them: from below up. @param {number | null | undefined} floors above ground */
export const floorsOf = (floors) => [
  ...["B3", "B2", "B1"],
  ...Array.from({ length: Math.min(floors || 0, 99) }, (_, at) => `${at + 1}F`),
];
