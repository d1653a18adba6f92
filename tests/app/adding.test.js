import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { fresh } from "../../static/app/form/record.js";
import { add, addFiles, adopt } from "../../static/app/screens/field/adding.js";
import { freshTablet, idOf, openTablet, photoBytes } from "./tablet/world.js";

const TAKING = /** @type {any} */ ({
  item: "ZM-01",
  how: "camera",
  takenAt: "2026-11-22T12:00:00+08:00",
  point: null,
  source: null,
  accuracyM: null,
  name: "",
});

/** @param {number} [seed] */
const picture = (seed) => {
  const bytes = photoBytes(5000, seed);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  return new Blob([bytes]);
};

beforeEach(freshTablet);

/** A tablet, and as much of its app as a photo needs. */
async function tablet() {
  const { store, close } = await openTablet();
  return { store, close, app: /** @type {any} */ ({ store, drafts: store.drafts, show() {} }) };
}

/** From now on that store takes nothing more. @param {string} name @returns {() => void} there is room again */
function full(name) {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...parts) {
    if (this.name === name) throw new DOMException("", "QuotaExceededError");
    return put.apply(this, parts);
  };
  return () => {
    IDBObjectStore.prototype.put = put;
  };
}

for (const name of ["files", "drafts"])
  test(`with no room for ${name} a photo is not called saved; tried again it is one`, async () => {
    const { app, store, close } = await tablet();
    const draft = fresh(3, "lighting");
    const emptied = full(name);
    const failed = await add(app, draft, picture(), TAKING);
    emptied();
    assert.ok(failed.outcome === "unsaved");
    assert.equal(failed.code, "full");
    const kept = await add(app, draft, picture(), TAKING, failed.id);
    assert.ok(kept.outcome === "kept");
    assert.equal(kept.photo.id, failed.id);
    close();
    const again = await openTablet();
    const onDisk = again.store.drafts.of(3, "lighting");
    assert.deepEqual(onDisk?.photos, [kept.photo]);
    const files = await again.store.files.ofDraft(store.drafts.of(3, "lighting")?.id ?? "");
    assert.deepEqual(
      files.map(({ id }) => id),
      [failed.id],
    );
    again.close();
  });

test("a photo whose draft does not name it is found again, as of unknown place and time", async () => {
  const before = await tablet();
  const draft = fresh(3, "lighting");
  const kept = await add(before.app, draft, picture(), TAKING);
  assert.ok(kept.outcome === "kept");
  const orphan = await before.store.files.put(idOf(9), picture(2), {
    draft: draft.id,
    type: "image/jpeg",
  });
  before.close();

  const { app, store, close } = await tablet();
  const begun = store.drafts.of(3, "lighting");
  assert.ok(begun);
  await adopt(app, begun);
  await adopt(app, begun);
  assert.equal(await store.drafts.settled(), "saved");
  assert.deepEqual(store.drafts.of(3, "lighting")?.photos, [
    kept.photo,
    { ...orphan, ...TAKING, item: null, how: "picker", takenAt: null },
  ]);
  close();
});

test("a file that can't be read is told of and holds up none of the others, wherever one is by then", async () => {
  const { app, store, close } = await tablet();
  const draft = fresh(3, "lighting");
  const said = /** @type {string[]} */ ([]);
  app.toasts = { show: (/** @type {string} */ text) => said.push(text) };
  app.local = {};
  const left = app.local;
  const cloud = new File([picture()], "cloud.jpg");
  cloud.arrayBuffer = async () => {
    throw new DOMException("", "NotReadableError");
  };
  const files = [new File([picture(2)], "a.jpg"), cloud, new File([picture(3)], "b.jpg")];
  const adding = addFiles(app, draft, "ZM-01", files);
  app.local = {};
  await adding;
  const names = () => store.drafts.of(3, "lighting")?.photos?.map(({ name }) => name);
  assert.deepEqual(names(), ["a.jpg", "b.jpg"]);
  assert.deepEqual([left.reading, left.notAdded.length, said.length], [0, 1, 1]);
  assert.ok(said[0]?.includes("cloud.jpg"));

  // It is offered again, also after others were added, until it is there.
  app.local = left;
  await addFiles(app, draft, "ZM-01", [new File([picture(4)], "c.jpg")]);
  const [{ added }] = left.notAdded;
  cloud.arrayBuffer = Blob.prototype.arrayBuffer;
  await addFiles(app, draft, "ZM-01", [cloud], added.id);
  assert.deepEqual(names(), ["a.jpg", "b.jpg", "c.jpg", "cloud.jpg"]);
  assert.deepEqual(left.notAdded, []);
  close();
});
