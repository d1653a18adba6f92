/**
 * What is filled in goes into the journal, at once and whole, or stays where it is and says why.
 *
 * @import { Draft } from "../../store/drafts.js"
 * @import { New } from "../../store/journal.js"
 * @import { App } from "./app.js"
 */

import { t } from "../../words.js";

/**
 * @param {App} app @param {Draft} draft @param {Omit<New, "id" | "mends">} entry
 * @returns {Promise<boolean>} false: it could not be, or is under way already
 */
export async function record(app, draft, entry) {
  const { local } = app;
  if (local.saving) return false;
  local.saving = true;
  local.failed = null;
  app.show();
  const mends = draft.mends ? { mends: draft.mends } : {};
  try {
    await app.store.record(draft, { ...entry, id: draft.id, ...mends });
    return true;
  } catch (failure) {
    local.failed = /** @type {any} */ (failure).code ?? "failed";
    local.saving = false;
    app.show();
    app.say(t(`store.${/** @type {"full"} */ (local.failed)}`));
    app.panel().element.querySelector(".panel-body")?.scrollTo({ top: 0, behavior: "smooth" });
    return false;
  }
}
