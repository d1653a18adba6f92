import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { begin } from "../../static/app/form/filling.js";
import { contentOf, fresh } from "../../static/app/form/record.js";
import { caseIdOf } from "../../static/app/recheck.js";
import { bringAlong } from "../../static/app/screens/field/case_move.js";
import { correct, mend } from "../../static/app/screens/field/mend.js";
import { freshTablet, idOf, inspection, jpeg, openTablet, photoBytes } from "./tablet/world.js";

const CAME_BACK = idOf(1);
const SEEN = "2026-11-22T04:00:00Z";

beforeEach(freshTablet);

/** A tablet with one record that came back, and as much of its app as mending needs. */
async function tablet() {
  const { store, close: shut } = await openTablet();
  const file = await store.files.put(idOf(90), jpeg(photoBytes(5000)));
  const { content, ...facts } = inspection(CAME_BACK);
  await store.journal.add({
    ...facts,
    content: {
      ...content,
      recorded_at: SEEN,
      location: { type: "Point", coordinates: [118.55, 24.81] },
      location_source: "last_fix",
      location_age_s: 600,
      location_datum: "wgs84",
      building: 31,
      floor: "B1",
      zone: "北",
      same_as: { "ZM-02": idOf(2) },
      photos: [{ ...file, item: "ZM-01", how: "camera", taken_at: SEEN }],
    },
  });
  const details = { items: { "ZM-01": "看不清" } };
  await store.journal.outcome(CAME_BACK, { what: "refused", code: "answers_invalid", details });
  const app = /** @type {any} */ ({
    store,
    drafts: store.drafts,
    refusedItems: {},
    said: /** @type {string[]} */ ([]),
    at: /** @type {any[]} */ ([]),
    go: (/** @type {any} */ route) => app.at.push(route),
    toasts: { show: (/** @type {string} */ text) => app.said.push(text) },
  });
  const entry = () => {
    const kept = store.journal.get(CAME_BACK);
    assert.ok(kept);
    return kept;
  };
  const draft = () => store.drafts.of(3, "lighting");
  const close = async () => {
    await store.drafts.settled();
    shut();
  };
  return { app, store, close, entry, draft, file };
}

test("what came back is opened as it was: answers, place, time, and photos under names of their own", async () => {
  const { app, store, close, entry, draft, file } = await tablet();
  await mend(app, entry());
  const mended = draft();
  assert.ok(mended);
  const [photo, ...none] = mended.photos ?? [];
  assert.ok(photo && !none.length);
  assert.notEqual(photo.id, file.id);
  assert.deepEqual(
    new Uint8Array((await (await store.files.get(photo.id))?.arrayBuffer()) ?? []),
    photoBytes(5000),
  );
  const { kind, answers, recorded_at, same_as, device, number, ...said } = JSON.parse(entry().body);
  assert.deepEqual(
    JSON.parse(JSON.stringify(contentOf({ ...mended, recordedAt: SEEN }, 1, answers))),
    {
      ...said,
      ...{ kind, answers, recorded_at, asset: null, accuracy_m: null },
      photos: [{ ...said.photos[0], id: photo.id }],
    },
  );
  assert.deepEqual(
    [mended.filling.answers, mended.mends, mended.seenAt, mended.sameAs],
    [answers, CAME_BACK, SEEN, same_as],
  );
  assert.deepEqual(app.refusedItems, { [mended.id]: { "ZM-01": "看不清" } });
  assert.deepEqual(app.at, [{ at: "checklist", estate: 3, kind: "lighting" }]);
  await close();
});

test("asked for again, what is being mended is shown as far as it is", async () => {
  const { app, close, entry, draft } = await tablet();
  await mend(app, entry());
  const begun = draft();
  await mend(app, entry());
  assert.equal(draft(), begun);
  assert.deepEqual([app.at.length, app.said], [2, []]);
  await close();
});

test("a checklist begun in the same place is never written over", async () => {
  const { app, store, close, entry, draft } = await tablet();
  const begun = { ...fresh(3, "lighting"), filling: begin({ "ZM-05": true }) };
  store.drafts.keep(begun);
  await mend(app, entry());
  await correct(app, idOf(5), { estate: 3, kind: "lighting", answers: { "ZM-01": false } });
  assert.equal(draft(), begun);
  assert.equal(app.said.length, 2);
  assert.equal(app.at.length, 2);
  await close();
});

test("with no room for the photos nothing is begun, and that is said", async () => {
  const { app, close, entry, draft } = await tablet();
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = () => {
    throw new DOMException("", "QuotaExceededError");
  };
  await mend(app, entry());
  IDBObjectStore.prototype.put = put;
  assert.equal(draft(), undefined);
  assert.deepEqual([app.said.length, app.at], [1, []]);
  await close();
});

test("what was done to the case of a record that came back is done to that of its successor", async () => {
  const { app, store, close, entry, draft, file } = await tablet();
  app.journal = store.journal;
  app.known = { entries: store.journal.all, entry: store.journal.get };
  const after = await store.files.put(idOf(91), jpeg(photoBytes(3000, 2)));
  const first = caseIdOf(CAME_BACK, "ZM-01");
  await store.journal.add({
    ...{ id: idOf(5), type: "move", case: first, after: CAME_BACK, estate: 3, kind: "lighting" },
    about: { number: null, item: "ZM-01", title: "路灯不亮" },
    recordedAt: SEEN,
    content: {
      ...{ case: first, move: "fix_on_spot", version: 0, recorded_at: SEEN },
      photos: [{ ...after, pair: file.id }],
    },
  });
  await mend(app, entry());
  const mended = draft();
  assert.ok(mended);
  await bringAlong(app, mended);
  const [old, made] = store.journal.all().filter(({ type }) => type === "move");
  assert.deepEqual([old?.standing, old?.mendedBy], ["mended", made?.id]);
  const content = JSON.parse(made?.body ?? "");
  const second = caseIdOf(mended.id, "ZM-01");
  assert.deepEqual([made?.case, content.case, made?.after], [second, second, mended.id]);
  const [photo] = content.photos;
  // Beside the new record's own photo, and under a name of its own.
  assert.equal(photo.pair, mended.photos?.[0]?.id);
  assert.notEqual(photo.id, after.id);
  assert.equal(photo.sha256, after.sha256);
  assert.deepEqual([content.move, content.recorded_at], ["fix_on_spot", SEEN]);
  await bringAlong(app, mended);
  assert.equal(store.journal.all().filter(({ type }) => type === "move").length, 2);
  await close();
});
