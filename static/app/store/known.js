/**
 * All that this tablet knows: what the pack told, and over it what its own journal holds and the
 * pack has not told back.
 *
 * @import { Asset, Estate, Kept, PlaceId, PublishedKind } from "../types.d.ts"
 * @import { Decisions } from "./decisions.js"
 * @import { Finding, Register } from "./register.js"
 * @import { Case } from "../recheck.js"
 * @import { Known } from "../reported.js"
 */

import { dueOf, stateOf } from "../due.js";
import { contentOf, findingsOf, lastOf } from "../own.js";
import { assetRow, estateRow } from "../proposals.js";
import { afterOwn, ownCase, toldCase } from "../recheck.js";
import { factsOf } from "./register.js";

/** Nothing of it counts any more. */
const OVER = new Set(["refused", "mended", "cancelled"]);

/** What was only proposed has no number, and no rows in the pack. @param {PlaceId | undefined} id */
const numeric = (id) => (typeof id === "number" ? id : 0);

/** @param {Register} register @param {Decisions} decisions */
export function openKnown(register, decisions) {
  /** @type {Kept[]} */
  let entries = [];
  /** @type {Asset[]} */
  let assets = [];
  /** @type {Estate[]} */
  let estates = [];
  /** @type {Known[]} */
  let own = [];
  /** @type {Case[]} */
  let cases = [];
  /** Own records that count and that the pack has not told. @type {Kept[]} */
  let records = [];
  /** Records that a correction on this tablet stands in for. @type {Set<string>} */
  let replaced = new Set();

  const known = {
    /** The journal, oldest first. */
    entries: () => entries,
    /** @param {string} id */
    entry: (id) => entries.find((entry) => entry.id === id),

    /** What the journal holds now. @param {Kept[]} now */
    take(now) {
      entries = now;
      const told = new Set(
        [...register.estates(), ...register.assets()].map(({ properties }) => properties.proposed),
      );
      const proposals = entries.filter(
        ({ id, type, standing }) =>
          type === "proposal" && !OVER.has(standing) && !told.has(id) && !decisions.isOver(id),
      );
      const contents = proposals.map((entry) => ({ id: entry.id, content: contentOf(entry) }));
      estates = contents
        .filter(({ content }) => content.layer === "estates")
        .map(({ id, content }) => estateRow(id, content, register.communities()));
      assets = contents
        .filter(({ content }) => content.layer !== "estates")
        .map(({ id, content }) => assetRow(id, content));
      // What was recorded of a proposal is of its row, as soon as the register has one.
      records = untold().map((entry) => ({ ...entry, estate: known.idOf(entry.estate) }));
      replaced = new Set(records.map((entry) => contentOf(entry).supersedes).filter(Boolean));
      own = records.flatMap((entry) => {
        const kind = replaced.has(entry.id) ? undefined : register.kind(entry.kind);
        const { estate, asset = null } = contentOf(entry);
        const standing = known.asset(estate, asset);
        return kind
          ? findingsOf(entry, kind, factsOf(known.estate(estate), standing), rootOf(entry.id)).map(
              (finding) => ({
                ...finding,
                estate: known.idOf(estate),
                asset: standing?.id ?? asset,
              }),
            )
          : [];
      });
      cases = [...register.rechecks().map(toldCase), ...opened()].map((each) =>
        afterOwn(each, entries),
      );
    },

    estates: () => [...register.estates(), ...estates],

    /** By its number, or by the UUID it was proposed under. @param {PlaceId | undefined} id @returns {Estate | undefined} */
    estate: (id) =>
      known
        .estates()
        .find((estate) => estate.id === id || (id && estate.properties.proposed === id)),

    /** By which the register knows an estate, where it does. @template {PlaceId | null} Id @param {Id} estate @returns {PlaceId | Id} */
    idOf: (estate) => (estate === null ? estate : (known.estate(estate)?.id ?? estate)),

    /** @param {PlaceId} estate @returns {Asset[]} */
    assetsOf(estate) {
      const row = known.estate(estate);
      const names = new Set([estate, row?.id, row?.properties.proposed]);
      return [...register.assetsOf(numeric(row?.id)), ...assets].filter(
        ({ properties }) => properties.estate !== null && names.has(properties.estate),
      );
    },

    /** @param {PlaceId} estate @param {PlaceId | null} asset @returns {Asset | undefined} */
    asset: (estate, asset) =>
      asset === null || asset === undefined
        ? undefined
        : known
            .assetsOf(estate)
            .find(({ id, properties }) => id === asset || properties.proposed === asset),

    /** Proposed here, and no row of the register yet. */
    proposed: () => [...estates, ...assets],

    /** Own findings that the pack has not told yet. */
    own: () => own,

    /** Open findings as the pack told them. @param {PlaceId} [estate] of all, without it */
    told: (estate) =>
      (estate === undefined ? register.findings() : register.findingsOf(numeric(estate))).filter(
        ({ properties }) => !replaced.has(properties.inspection),
      ),

    /** Open findings of an estate: the server's, then this tablet's own. @param {PlaceId} estate @returns {Known[]} */
    open(estate) {
      const id = known.idOf(estate);
      return [...known.told(id).map(toldOf), ...own.filter((finding) => finding.estate === id)];
    },

    /** When an estate was last looked at, by the server or by this tablet. @param {Estate} estate @param {string} kind */
    last(estate, kind) {
      const told = estate.properties.last_inspected?.[kind] ?? null;
      const mine = lastOf(records, estate.id, kind);
      return told && (!mine || Date.parse(told) > Date.parse(mine)) ? told : mine;
    },

    /** Cases that can be looked at again or put right, as they stand after what was done here. */
    cases: () => cases,

    /** @param {string} id */
    case: (id) => cases.find((each) => each.id === id),

    due: () =>
      dueOf({
        estates: known.estates(),
        kinds: register.kinds(),
        rounds: register.rounds(),
        last: known.last,
        assets: known.assetsOf,
      }),

    /** Whether an estate is due, by one kind. @param {Estate} estate @param {PublishedKind} kind */
    state: (estate, kind) =>
      stateOf(kind, known.last(estate, kind.slug), known.assetsOf(estate.id)),
  };

  /** Records that count, and that the pack has not told. */
  function untold() {
    const told = new Set(register.findings().map(({ properties }) => properties.inspection));
    return entries.filter(
      (entry) =>
        entry.type === "inspection" &&
        !OVER.has(entry.standing) &&
        !told.has(entry.id) &&
        (entry.standing === "waiting" || receivedAt(entry) > (register.toldAt() ?? "")),
    );
  }

  /** The first of a chain of corrections, as far as this tablet knows it. @param {string} id @returns {string} */
  function rootOf(id) {
    const entry = known.entry(id);
    const before = entry && contentOf(entry).supersedes;
    return before ? rootOf(before) : id;
  }

  /** Cases that own findings open and that the pack has not told. */
  function opened() {
    const told = new Set(register.rechecks().map(({ id }) => id));
    return own.flatMap((finding) => {
      if (!finding.case || told.has(finding.case)) return [];
      const entry = known.entry(finding.inspection);
      const kind = entry && register.kind(entry.kind);
      const community = known.estate(finding.estate)?.properties.community ?? 0;
      const title = kind?.items.find(({ code }) => code === finding.item)?.zh ?? finding.item;
      const waits = entry?.standing === "waiting";
      return kind ? [ownCase(finding, { kind: kind.slug, title, community, waits })] : [];
    });
  }

  return known;
}

/** @typedef {ReturnType<typeof openKnown>} AllKnown */

/** @param {Kept} entry */
const receivedAt = ({ outcomes, addedAt }) =>
  outcomes.findLast(({ what }) => what === "received")?.at ?? addedAt;

/** @param {Finding} finding @returns {Known} */
const toldOf = ({ geometry, properties }) => ({
  inspection: properties.inspection,
  item: properties.item,
  severity: properties.severity,
  estate: properties.estate,
  asset: properties.asset,
  point: geometry?.type === "Point" ? geometry.coordinates : null,
  recordedAt: properties.recorded_at,
  waits: false,
  photos: (properties.photos ?? []).map(({ id }) => id),
  sightings: properties.sightings ?? 0,
  advisory: properties.advisory,
  case: properties.case ?? null,
});
