/**
 * How an entry stands, from what became of it.
 *
 * @import { Entry, Kept, Outcome, PhotoFile, Receipt, Refusal } from "../types.d.ts"
 */

/**
 * @param {Entry} entry
 * @param {Outcome[]} outcomes in the order in which they came
 * @param {Receipt | null} receipt
 * @param {string | null} mendedBy
 * @returns {Kept}
 */
export function standingOf(entry, outcomes, receipt, mendedBy) {
  const last = outcomes.findLast(({ what }) => RECORD.has(what));
  const photos = entry.files.map((file) => photoOf(file, outcomes, receipt));
  // An entry of another content under this id is nothing of ours.
  const same = receipt?.sha256 === entry.sha256;
  /** @returns {Kept["standing"]} */
  function standing() {
    if (same && receipt?.status === "held")
      return photos.every((photo) => photo.standing === "held") ? "held" : "sent";
    if (last?.what === "cancelled") return "cancelled";
    if (mendedBy) return "mended";
    if (last?.what === "refused") return "refused";
    return last?.what === "received" || last?.what === "parked" ? "sent" : "waiting";
  }
  const stands = standing();
  return {
    ...entry,
    standing: stands,
    refusal: last && (stands === "refused" || stands === "mended") ? refusalOf(last) : null,
    photos,
    mendedBy,
    receipt,
    outcomes,
  };
}

const RECORD = new Set(["received", "parked", "refused", "again", "cancelled"]);

/**
 * @param {PhotoFile} file
 * @param {Outcome[]} outcomes
 * @param {Receipt | null} receipt
 * @returns {Kept["photos"][number]}
 */
function photoOf(file, outcomes, receipt) {
  const told = receipt?.photos.find(({ id }) => id === file.id);
  if (told?.held && told.sha256 === file.sha256)
    return { ...file, standing: "held", refusal: null };
  const last = outcomes.findLast(({ what, photo }) => what === "again" || photo === file.id);
  if (last?.what === "photo_refused")
    return { ...file, standing: "refused", refusal: refusalOf(last) };
  // The server, asked later, has it no more: it must be sent once more.
  const asked = outcomes.findLastIndex(({ what }) => what === "receipt");
  const lost = last && told?.held === false && asked > outcomes.indexOf(last);
  const sent = last?.what === "photo_received" && !lost;
  return { ...file, standing: sent ? "sent" : "waiting", refusal: null };
}

/** @param {Outcome} outcome @returns {Refusal} */
const refusalOf = ({ code = "", message = "", details = {} }) => ({ code, message, details });

/** What the sender still has to do something for. @param {Kept} kept */
export function isOwed({ standing, photos, receipt, outcomes }) {
  if (standing === "waiting") return true;
  if (standing !== "sent") return false;
  if (photos.some((photo) => photo.standing === "waiting")) return true;
  // A server that had no room to let it wait must be told again, until it says that it waits.
  const last = outcomes.findLast(({ what }) => RECORD.has(what));
  return last?.what === "parked" && !receipt;
}
