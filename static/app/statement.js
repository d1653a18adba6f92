/**
 * 上传对账单: what was recorded here against what the server says it holds, entry by entry.
 *
 * @import { Kept, Receipt, Refusal } from "./types.d.ts"
 *
 * @typedef {{ why: "hash" | "photo" | "missing" | "unknown", id: string, number: number | null,
 *   photo?: string }} Difference `hash`: the server holds other content under this id; `photo`:
 *   another photo; `missing`: it was received, and is not among what the server holds; `unknown`:
 *   the server has it from this tablet, which knows nothing of it
 * @typedef {{ taken: number, held: number, sent: number, waiting: number, settled: number,
 *   refused: { entry: Kept, refusal: Refusal, photo: string | null }[],
 *   differences: Difference[], gaps: [from: number, to: number][], balanced: boolean }} Statement
 *   `taken` is the sum of held, sent, waiting, settled and the refused records; `gaps`: numbers of
 *   entries that neither this tablet nor the server knows; `balanced`: nothing differs
 */

/** What has just arrived may not be told of yet, where the server was writing something long. */
const UNTOLD_MS = 10 * 60_000;

/**
 * @param {Kept[]} entries
 * @param {{ receipts: Receipt[], pruned: { id: string, number: number }[], asOf: string | null }} told
 *   all that the server told of this tablet; what has left it; when it was last asked
 * @returns {Statement}
 */
export function statement(entries, { receipts, pruned, asOf }) {
  const of = (/** @type {Kept["standing"]} */ standing) =>
    entries.filter((each) => each.standing === standing);
  const known = new Set([...entries, ...pruned].map(({ id }) => id));
  const differences = [
    ...entries.flatMap((entry) => differing(entry, asOf)),
    ...receipts
      .filter(({ id }) => !known.has(id))
      .map(({ id, number }) => ({ why: /** @type {const} */ ("unknown"), id, number })),
  ];
  const gaps = missing([...entries, ...pruned, ...receipts].map(({ number }) => number ?? 0));
  return {
    taken: entries.length + pruned.length,
    held: of("held").length + pruned.length,
    sent: of("sent").length,
    waiting: of("waiting").length,
    settled: of("mended").length + of("cancelled").length,
    refused: entries.flatMap(refusals),
    differences,
    gaps,
    balanced: !differences.length && !gaps.length,
  };
}

/** @param {Kept} entry @param {string | null} asOf @returns {Difference[]} */
function differing({ id, number, sha256, files, receipt, outcomes }, asOf) {
  if (!receipt) {
    const received = outcomes.findLast(({ what }) => what === "received");
    const old = received && asOf && Date.parse(asOf) - Date.parse(received.at) > UNTOLD_MS;
    return old ? [{ why: "missing", id, number }] : [];
  }
  if (receipt.sha256 !== sha256) return [{ why: "hash", id, number }];
  return files.flatMap((file) => {
    const there = receipt.photos.find((photo) => photo.id === file.id);
    const other = there?.held && there.sha256 !== file.sha256;
    return other ? [{ why: /** @type {const} */ ("photo"), id, number, photo: file.id }] : [];
  });
}

/** @param {Kept} entry */
const refusals = (entry) => [
  ...(entry.standing === "refused" && entry.refusal
    ? [{ entry, refusal: entry.refusal, photo: null }]
    : []),
  ...entry.photos.flatMap(({ id, refusal }) => (refusal ? [{ entry, refusal, photo: id }] : [])),
];

/** Runs of numbers that nobody has. @param {number[]} numbers @returns {[number, number][]} */
function missing(numbers) {
  const sorted = [...new Set(numbers.filter((n) => n > 0))].sort((a, b) => a - b);
  return sorted.flatMap((n, at) => {
    const from = (sorted[at - 1] ?? 0) + 1;
    return from < n ? [/** @type {[number, number]} */ ([from, n - 1])] : [];
  });
}
