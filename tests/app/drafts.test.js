import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { answer } from "../../static/app/form/filling.js";
import { fresh } from "../../static/app/form/record.js";
import { openDrafts } from "../../static/app/store/drafts.js";
import {
  freshTablet,
  idOf,
  inspection,
  jpeg,
  NOON,
  openTablet,
  photoBytes,
} from "./tablet/world.js";

/** @type {Awaited<ReturnType<typeof openTablet>>} */
let tablet;
/** @type {string[]} */
let told;
const open = async (more = {}) => {
  tablet = await openTablet({
    onSaved: (/** @type {string} */ saved) => told.push(saved),
    ...more,
  });
};
beforeEach(async () => {
  freshTablet();
  told = [];
  await open();
});
afterEach(() => tablet.close());

/** A draft with this many answers. @param {number} n */
function begun(n = 1) {
  const draft = fresh(3, "lighting");
  for (let at = 0; at < n; at += 1) draft.filling = answer(draft.filling, `ZM-${at}`, true);
  return draft;
}

test("a checklist left and come back to is as it was; one without an answer was not begun", async () => {
  const { drafts } = tablet.store;
  const draft = fresh(7, "fire_lane");
  drafts.keep(draft);
  assert.deepEqual([drafts.begun(), drafts.state()], [[], "saved"]);
  drafts.keep({ ...draft, filling: answer(draft.filling, "XF-01", true) });
  assert.deepEqual([drafts.begun().length, drafts.state()], [1, "saving"]);
  assert.equal(drafts.of(7, "fire_lane")?.id, draft.id);
  drafts.drop(draft);
  assert.equal(drafts.of(7, "fire_lane"), undefined);
  assert.equal(await drafts.settled(), "saved");
});

test("every answer is on the disk before the page says that it is saved", async () => {
  const { drafts } = tablet.store;
  const draft = begun(60);
  drafts.keep(draft);
  assert.deepEqual(told, ["saving"]);
  assert.equal(await drafts.settled(), "saved");
  assert.deepEqual(told, ["saving", "saved"]);
  tablet.close();
  await open();
  const again = tablet.store.drafts.of(3, "lighting");
  // The steps to undo are of the sitting that is over.
  assert.deepEqual(again, { ...draft, filling: { ...draft.filling, before: null } });
});

test("the last of many quick answers is the one that stays", async () => {
  const { drafts } = tablet.store;
  let draft = begun();
  for (let n = 0; n < 30; n += 1) {
    draft = { ...draft, filling: answer(draft.filling, "ZM-05", n) };
    drafts.keep(draft);
    if (n % 7 === 0) await Promise.resolve();
  }
  await drafts.settled();
  tablet.close();
  await open();
  assert.equal(tablet.store.drafts.of(3, "lighting")?.filling.answers["ZM-05"], 29);
});

test("a photo alone makes a draft, and is there with it after the browser was ended", async () => {
  const { drafts, files } = tablet.store;
  const draft = fresh(3, "lighting");
  const photo = await files.put("p1", jpeg(photoBytes(50)), { draft: draft.id });
  drafts.keep({ ...draft, photos: /** @type {any} */ ([photo]) });
  await drafts.settled();
  tablet.close();
  await open({ now: () => new Date(NOON.getTime() + 10 * 24 * 3600 * 1000) });
  assert.deepEqual(
    tablet.store.drafts.begun().map(({ photos }) => photos),
    [[photo]],
  );
  assert.equal((await tablet.store.files.get("p1"))?.size, 50);
  assert.deepEqual(
    (await tablet.store.files.ofDraft(draft.id)).map(({ id }) => id),
    ["p1"],
  );
});

test("photos of a dropped draft stay for a day, since dropping can be undone", async () => {
  const { drafts, files, journal } = tablet.store;
  const draft = begun();
  await files.put("p1", jpeg(photoBytes(50)), { draft: draft.id });
  const kept = await files.put("p2", jpeg(photoBytes(50)), { draft: draft.id });
  await journal.add(inspection(idOf(1), { photos: [kept] }));
  drafts.keep(draft);
  drafts.drop(draft);
  await drafts.settled();
  for (const [hours, there] of /** @type {[number, boolean][]} */ ([
    [23, true],
    [25, false],
  ])) {
    tablet.close();
    await open({ now: () => new Date(NOON.getTime() + hours * 3600 * 1000) });
    assert.equal(Boolean(await tablet.store.files.get("p1")), there, `${hours} h`);
    // What an entry names stays.
    assert.ok(await tablet.store.files.get("p2"));
  }
});

test("what can't be saved is said, tried again, and saved when it can be", async () => {
  const { db } = tablet.store;
  const { run } = db;
  const codes = ["full", "failed"];
  const drafts = await openDrafts(db, {
    told: (saved) => told.push(saved),
    retryMs: 1,
  });
  db.run = /** @type {any} */ (
    async (/** @type {any[]} */ ...parts) => {
      const code = codes.shift();
      if (code) throw Object.assign(new Error(code), { code });
      return run(.../** @type {Parameters<typeof run>} */ (parts));
    }
  );
  told = [];
  drafts.keep(begun());
  assert.equal(await drafts.settled(), "full");
  await new Promise((resolve) => {
    const look = setInterval(() => {
      if (drafts.state() !== "saved") return;
      clearInterval(look);
      resolve(null);
    }, 1);
  });
  assert.deepEqual(told, ["saving", "full", "saving", "failed", "saving", "saved"]);
  drafts.close();
});

test("a draft becomes an entry: it is the one or the other, whenever the browser is ended", async () => {
  const { store } = tablet;
  const draft = begun();
  store.drafts.keep(draft);
  const kept = await store.record(draft, { ...inspection(draft.id) });
  assert.equal(kept.number, 1);
  assert.deepEqual(store.drafts.begun(), []);
  tablet.close();
  await open();
  assert.deepEqual(tablet.store.drafts.begun(), []);
  assert.deepEqual(
    tablet.store.journal.all().map(({ id }) => id),
    [draft.id],
  );
});

test("where it can't become an entry it stays a draft", async () => {
  const { store } = tablet;
  const draft = begun();
  store.drafts.keep(draft);
  const photos = [{ id: "nowhere", sha256: "0", bytes: 1, type: "image/jpeg" }];
  await assert.rejects(store.record(draft, inspection(draft.id, { photos })), {
    code: "photo_missing",
  });
  tablet.close();
  await open();
  assert.deepEqual(
    tablet.store.drafts.begun().map(({ id }) => id),
    [draft.id],
  );
  assert.deepEqual(tablet.store.journal.all(), []);
});

test("what is filled in in one tab is in the other one too", async () => {
  /** @type {(what: string) => void} */
  let changed = () => {};
  const other = await openTablet({ onChange: (/** @type {string} */ what) => changed(what) });
  /** Until the other tab has read what this one wrote. @param {() => boolean} there */
  const until = (there) =>
    new Promise((resolve) => {
      changed = () => there() && resolve(null);
      changed("");
    });
  const draft = begun();
  tablet.store.drafts.keep(draft);
  await until(() => other.store.drafts.of(3, "lighting")?.id === draft.id);
  await tablet.store.record(draft, inspection(draft.id));
  await until(() => !other.store.drafts.begun().length && other.store.journal.all().length === 1);
  other.close();
});
