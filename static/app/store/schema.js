/**
 * The stores of a person's database, version by version. A version that was ever on a tablet is
 * never edited here: the next one is added.
 *
 * @import { Step } from "./db.js"
 */

/**
 * entries    what was recorded; never altered
 * outcomes   what became of it, row after row; never altered
 * receipts   what the server last said it holds of an entry
 * pruned     what has left after its time: id, number and hash
 * files      photos, described; pieces: their bytes
 * uploads    where an upload goes on after a cut
 * drafts     checklists begun
 * rows       the pack: one place, finding, round … each; smalls: its before-photos
 * facts      single values: the counter of entries, cursors
 *
 * @type {Step[]}
 */
export const PERSON = [
  function first(db) {
    db.createObjectStore("entries", { keyPath: "id" }).createIndex("number", ["device", "number"], {
      unique: true,
    });
    db.createObjectStore("outcomes", { keyPath: "seq", autoIncrement: true }).createIndex(
      "entry",
      "entry",
    );
    db.createObjectStore("receipts", { keyPath: "id" });
    db.createObjectStore("pruned", { keyPath: "id" });
    db.createObjectStore("files", { keyPath: "id" });
    db.createObjectStore("pieces", { keyPath: ["file", "at"] });
    db.createObjectStore("uploads", { keyPath: "photo" });
    db.createObjectStore("drafts", { keyPath: "key" });
    db.createObjectStore("rows", { keyPath: ["part", "id"] });
    db.createObjectStore("smalls", { keyPath: "id" });
    db.createObjectStore("facts");
  },
];

/** What the tablet knows whoever holds it. @type {Step[]} */
export const DEVICE = [
  function first(db) {
    db.createObjectStore("facts");
    db.createObjectStore("pieces", { keyPath: ["file", "at"] });
  },
];
