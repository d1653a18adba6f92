/**
 * The photo that was taken when a finding was first reported, to stand in the same place again.
 *
 * @import { App } from "./app.js"
 * @import { Draft } from "../../store/drafts.js"
 * @import { Item } from "../../types.d.ts"
 */

/**
 * @param {App} app
 * @param {Draft} draft
 * @param {Item | undefined} item
 * @returns {Promise<string | null>} an address, of the newest open finding that has one
 */
export async function beforeOf(app, draft, item) {
  const earlier = (app.register.findingsOf(draft.estate) ?? [])
    .filter(({ properties }) => properties.item === item?.code)
    .filter(({ properties }) => draft.asset === null || properties.asset === draft.asset)
    .sort((a, b) => (a.properties.recorded_at < b.properties.recorded_at ? 1 : -1));
  for (const { properties } of earlier)
    for (const { id, small } of properties.photos ?? []) {
      const kept = await app.store.pack.small(id);
      if (kept) return URL.createObjectURL(kept);
      if (small && navigator.onLine) return small;
    }
  return null;
}
