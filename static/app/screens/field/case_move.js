/**
 * What is being done to a case: kept like a checklist that is begun, and put into the journal as
 * an entry of its own.
 *
 * @import { App } from "./app.js"
 * @import { Case, MoveName } from "../../recheck.js"
 * @import { Draft, MoveDraft } from "../../store/drafts.js"
 */

import { declared } from "../../evidence.js";
import { fresh } from "../../form/record.js";
import { isoWithOffset } from "../../when.js";
import { t } from "../../words.js";
import { adopt } from "./adding.js";

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
  const { local } = app;
  local.saving = true;
  local.failed = null;
  app.show();
  const recordedAt = draft.seenAt ?? isoWithOffset(new Date());
  const note = draft.move?.note.trim();
  try {
    await app.store.record(draft, {
      id: draft.id,
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
      ...(draft.mends ? { mends: draft.mends } : {}),
    });
  } catch (failure) {
    local.saving = false;
    local.failed = /** @type {any} */ (failure).code ?? "failed";
    app.show();
    app.say(t(`store.${/** @type {"full"} */ (local.failed)}`));
    return;
  }
  app.recorded();
  app.toasts.show(t("case.saved", { what: t(`move.${name}`) }));
  app.go({ at: "rechecks" });
}
