/**
 * What is being done to a case: kept like a checklist that is begun, and put into the journal as
 * an entry of its own.
 *
 * @import { App } from "./app.js"
 * @import { Case, MoveName } from "../../recheck.js"
 * @import { Draft, MoveDraft } from "../../store/drafts.js"
 * @import { Kept } from "../../types.d.ts"
 */

import { declared } from "../../evidence.js";
import { fresh } from "../../form/record.js";
import { caseIdOf } from "../../recheck.js";
import { uuid7 } from "../../uuid.js";
import { isoWithOffset } from "../../when.js";
import { t } from "../../words.js";
import { adopt } from "./adding.js";
import { record } from "./recording.js";

/** Drafts of moves are of no estate. */
const NOWHERE = 0;

/** @param {string} id of the case */
export const kindOfMove = (id) => `case:${id}`;

/** The one begun, or a new one: the first photo from before is laid over the picture. @param {App} app @param {Case} one @returns {Draft} */
export function draftOfMove(app, one) {
  const begun = app.drafts.of(NOWHERE, kindOfMove(one.id));
  const draft = begun ?? {
    ...fresh(NOWHERE, kindOfMove(one.id)),
    move: { case: one.id, note: "", pair: one.before[0]?.id ?? null },
  };
  if (!begun) app.drafts.keep(draft);
  adopt(app, draft);
  return draft;
}

/** @param {App} app @param {Draft} draft @param {Partial<MoveDraft>} news */
export function keepMove(app, draft, news) {
  const move = /** @type {MoveDraft} */ (draft.move);
  app.drafts.keep({ ...draft, move: { ...move, ...news } });
  app.show();
}

/** Into the journal, at once and whole. @param {App} app @param {Case} one @param {Draft} draft @param {MoveName} name */
export async function submitMove(app, one, draft, name) {
  const recordedAt = draft.seenAt ?? isoWithOffset(new Date());
  const note = draft.move?.note.trim();
  const recorded = await record(app, draft, {
    type: "move",
    content: {
      case: one.id,
      move: name,
      version: one.version,
      recorded_at: recordedAt,
      ...(note ? { note } : {}),
      ...(draft.photos?.length ? { photos: draft.photos.map(declared) } : {}),
    },
    case: one.id,
    about: { number: one.number, item: one.item, title: one.title },
    estate: one.estate,
    kind: one.kind,
    recordedAt,
    ...(one.after_entry ? { after: one.after_entry } : {}),
  });
  if (!recorded) return;
  app.recorded();
  app.toasts.show(t("case.saved", { what: t(`move.${name}`) }));
  app.go({ at: "rechecks" });
}

/**
 * A record that came back goes as another, and opens another case: what was done to the first
 * one's on this tablet is done to that.
 *
 * @param {App} app
 * @param {Draft} draft of the record that stands for the first
 */
export async function bringAlong(app, { id, mends, photos = [] }) {
  const before = JSON.parse(app.known.entry(mends ?? "")?.body ?? "{}");
  const left = app.known.entries().filter((entry) => entry.after === mends && !isOver(entry));
  for (const entry of left) {
    const { device, number, ...content } = JSON.parse(entry.body);
    const of = caseIdOf(id, entry.about?.item ?? "");
    const copies = [];
    for (const photo of content.photos ?? []) {
      const blob = await app.store.files.get(photo.id);
      if (!blob) continue;
      const file = await app.store.files.put(uuid7(), blob, { type: photo.type });
      copies.push({ ...photo, id: file.id, pair: sameOf(photo.pair, before.photos, photos) });
    }
    await app.journal.add({
      id: uuid7(),
      type: "move",
      content: { ...content, case: of, photos: copies },
      case: of,
      ...(entry.about ? { about: entry.about } : {}),
      after: id,
      estate: entry.estate,
      kind: entry.kind,
      recordedAt: entry.recordedAt,
      mends: entry.id,
    });
  }
}

/** @param {Kept} entry */
const isOver = ({ standing }) => standing === "mended" || standing === "cancelled";

/**
 * The photo of the new record that is the old one's, byte for byte.
 *
 * @param {string | undefined} pair
 * @param {{ id: string, sha256: string }[]} before
 * @param {{ id: string, sha256: string }[]} now
 */
function sameOf(pair, before = [], now) {
  const hash = before.find(({ id }) => id === pair)?.sha256;
  return now.find(({ sha256 }) => sha256 === hash)?.id ?? pair;
}
