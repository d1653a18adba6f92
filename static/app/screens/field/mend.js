/**
 * What came back, opened again: the same answers, position and photos, to be put right and sent
 * as an entry of its own that takes the place of the first.
 *
 * @import { App } from "./app.js"
 * @import { Photo } from "../../evidence.js"
 * @import { Kept } from "../../types.d.ts"
 */

import { begin } from "../../form/filling.js";
import { fresh } from "../../form/record.js";
import { uuid7 } from "../../uuid.js";
import { sketchOf } from "./propose.js";

/** @param {App} app @param {Kept} entry */
export async function mend(app, entry) {
  const content = JSON.parse(entry.body);
  if (entry.type === "proposal") {
    app.sketch = sketchOf(content, entry.id);
    app.go({ at: "propose", estate: content.estate ?? null, layer: content.layer });
    return;
  }
  const draft = fresh(content.estate, content.kind);
  const photos = await copied(app, draft.id, content.photos ?? []);
  app.drafts.keep({
    ...draft,
    asset: content.asset ?? null,
    filling: begin(content.answers),
    position: content.location
      ? {
          point: content.location.coordinates,
          source: content.location_source,
          accuracyM: content.accuracy_m ?? null,
          ...(content.location_datum ? { datum: content.location_datum } : {}),
          ...(content.location_doubts ? { doubts: content.location_doubts } : {}),
        }
      : null,
    // What was seen was seen then, whenever it is put right.
    seenAt: content.recorded_at,
    supersedes: content.supersedes ?? null,
    reason: content.reason ?? "",
    building: content.building ?? null,
    floor: content.floor ?? "",
    zone: content.zone ?? "",
    sameAs: content.same_as ?? {},
    mends: entry.id,
    photos,
  });
  if (entry.refusal?.details?.items) app.refusedItems[draft.id] = entry.refusal.details.items;
  app.go({ at: "checklist", estate: content.estate, kind: content.kind });
}

/** The same form, filled in as it was: what is sent of it stands in for the first. @param {App} app @param {Kept} entry */
export function correct(app, entry) {
  const content = JSON.parse(entry.body);
  app.drafts.keep({
    ...fresh(content.estate, content.kind),
    asset: content.asset ?? null,
    filling: begin(content.answers),
    supersedes: entry.id,
  });
  app.go({ at: "checklist", estate: content.estate, kind: content.kind });
}

/**
 * A photo belongs to one entry: under the new one it has a name of its own.
 *
 * @param {App} app
 * @param {string} draft
 * @param {any[]} declared
 * @returns {Promise<Photo[]>}
 */
async function copied(app, draft, declared) {
  const photos = await Promise.all(
    declared.map(async (photo) => {
      const blob = await app.store.files.get(photo.id);
      if (!blob) return [];
      const file = await app.store.files.put(uuid7(), blob, { draft, type: photo.type });
      return [
        {
          ...file,
          item: photo.item ?? null,
          how: photo.how,
          takenAt: photo.taken_at ?? null,
          point: photo.location?.coordinates ?? null,
          source: photo.location_source ?? null,
          accuracyM: photo.accuracy_m ?? null,
          name: photo.name ?? "",
        },
      ];
    }),
  );
  return photos.flat();
}
