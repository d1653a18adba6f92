/**
 * What was recorded, opened again to be put right: what came back goes as an entry of its own that
 * takes the place of the first, a correction as one that stands in for what the server has.
 *
 * @import { App } from "./app.js"
 * @import { Draft } from "../../store/drafts.js"
 * @import { Photo } from "../../evidence.js"
 * @import { Route } from "../../routes.js"
 * @import { Answers, Kept, PlaceId } from "../../types.d.ts"
 */

import { refusedItems, sheetOf } from "../../creation/sheet.js";
import { begin } from "../../form/filling.js";
import { fresh } from "../../form/record.js";
import { keyOfDraft } from "../../store/drafts.js";
import { uuid7 } from "../../uuid.js";
import { t } from "../../words.js";
import { saidOf } from "./adding.js";
import { kindOfMove } from "./case_move.js";
import { sketchOf } from "./propose.js";
import { kindOfSheet } from "./sheet.js";

/** The same answers, position and photos. @param {App} app @param {Kept} entry */
export async function mend(app, entry) {
  const content = JSON.parse(entry.body);
  if (entry.type === "proposal") {
    app.sketch = sketchOf(content, entry.id);
    app.go({ at: "propose", estate: content.estate ?? null, layer: content.layer });
    return;
  }
  if (entry.type === "move") return mendMove(app, entry, content);
  if (entry.type === "sheet") return mendSheet(app, entry, content);
  const draft = fresh(content.estate, content.kind);
  await reopen(
    app,
    draft,
    ({ mends }) => mends === entry.id,
    async () => {
      const photos = await copied(app, draft.id, content.photos ?? []);
      if (entry.refusal?.details?.items) app.refusedItems[draft.id] = entry.refusal.details.items;
      return {
        ...draft,
        asset: content.asset ?? null,
        filling: begin(content.answers),
        position: positionOf(content),
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
      };
    },
  );
}

/** The same photos and note, on the case's own page. @param {App} app @param {Kept} entry @param {any} content */
async function mendMove(app, entry, content) {
  const id = content.case;
  const draft = fresh(0, kindOfMove(id));
  await reopen(
    app,
    draft,
    ({ mends }) => mends === entry.id,
    async () => ({
      ...draft,
      move: { case: id, note: content.note ?? "", pair: pairOf(content) },
      seenAt: content.recorded_at,
      mends: entry.id,
      photos: await copied(app, draft.id, content.photos ?? []),
    }),
    { at: "case", case: id },
  );
}

/** The same grades, on the sheet's own page. @param {App} app @param {Kept} entry @param {any} content */
async function mendSheet(app, entry, content) {
  const { enrolment, form } = content;
  const draft = fresh(0, kindOfSheet(enrolment, form));
  app.refusedItems[draft.id] = refusedItems(entry.refusal?.details);
  await reopen(
    app,
    draft,
    ({ mends }) => mends === entry.id,
    async () => ({
      ...draft,
      sheet: sheetOf(content),
      seenAt: content.recorded_at,
      mends: entry.id,
    }),
    { at: "sheet", enrolment, form },
  );
}

/** @param {any} content */
const pairOf = ({ photos = [] }) =>
  photos.find((/** @type {any} */ { pair }) => pair)?.pair ?? null;

/**
 * The same form with the same answers.
 *
 * @param {App} app
 * @param {string} id of the record that it stands in for
 * @param {{ estate: PlaceId, kind: string, asset?: PlaceId | null, answers: Answers }} record
 */
export function correct(app, id, { estate, kind, asset = null, answers }) {
  const draft = { ...fresh(estate, kind), asset, filling: begin(answers), supersedes: id };
  return reopen(
    app,
    draft,
    ({ supersedes }) => supersedes === id,
    async () => draft,
  );
}

/**
 * An estate has one checklist of a kind at a time, and one that is begun is nowhere but there: it
 * is shown, never written over.
 *
 * @param {App} app
 * @param {Draft} place
 * @param {(begun: Draft) => boolean} isThis it is the very one that was asked for
 * @param {() => Promise<Draft>} make
 * @param {Route} to
 */
async function reopen(app, place, isThis, make, to = checklistOf(place)) {
  const begun = () => app.drafts.begun().find((each) => keyOfDraft(each) === keyOfDraft(place));
  try {
    const draft = begun() ? null : await make();
    const there = begun();
    if (there && !isThis(there)) app.toasts.show(t("mend.begun"));
    else if (!there && draft) app.drafts.keep(draft);
  } catch (failure) {
    const { code = "failed" } = /** @type {{ code?: string }} */ (failure);
    app.toasts.show(saidOf({ outcome: "unsaved", code, id: "" }, ""));
    return;
  }
  app.go(to);
}

/** @param {Draft} draft @returns {Route} */
const checklistOf = ({ estate, kind }) => ({ at: "checklist", estate, kind });

/** @param {any} content @returns {Draft["position"]} */
function positionOf(content) {
  if (!content.location) return null;
  const { recorded_at: recordedAt, location_age_s: ageS } = content;
  return {
    point: content.location.coordinates,
    source: content.location_source,
    accuracyM: content.accuracy_m ?? null,
    ...(ageS === undefined
      ? {}
      : { at: new Date(Date.parse(recordedAt) - ageS * 1000).toISOString() }),
    ...(content.location_datum ? { datum: content.location_datum } : {}),
    ...(content.location_doubts ? { doubts: content.location_doubts } : {}),
  };
}

/**
 * A photo belongs to one entry: under the new one it has a name of its own. One after the other,
 * for a tablet does not hold forty of them in its memory.
 *
 * @param {App} app
 * @param {string} draft
 * @param {any[]} declared
 * @returns {Promise<Photo[]>}
 */
async function copied(app, draft, declared) {
  const photos = [];
  for (const photo of declared) {
    const blob = await app.store.files.get(photo.id);
    if (!blob) continue;
    const file = await app.store.files.put(uuid7(), blob, { draft, type: photo.type });
    photos.push({
      ...file,
      item: photo.item ?? null,
      how: photo.how,
      takenAt: photo.taken_at ?? null,
      point: photo.location?.coordinates ?? null,
      source: photo.location_source ?? null,
      accuracyM: photo.accuracy_m ?? null,
      name: photo.name ?? "",
      ...(photo.pair ? { pair: photo.pair } : {}),
    });
  }
  return photos;
}
