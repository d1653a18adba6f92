/**
 * What lies around a site, and the rules: read once, kept on this device, and at hand while a
 * site is dragged.
 *
 * @import { Api } from "../api.js"
 * @import { PlanStore } from "../store/plans.js"
 * @import { Fields, Verdict } from "./types.d.ts"
 * @typedef {[number, number, number, number]} Box west, south, east, north
 * @typedef {{ box: Box, body: any, at: string }} Piece
 * @typedef {(ask: { site: any, around: any, rules: any[], projection: string }) => Verdict[]} Judge
 */

import { boundsOf } from "../metres.js";
import { planeAt } from "./plane.js";

const API = "/api/v1/planning";
const AROUND = `${API}/around/?in_bbox=`;
/** What is read at once on each side of a site, and what must be there to judge it. */
const READ_M = 320;
const NEEDED_M = 160;
const PIECES = 12;

/**
 * @param {{ api: Api, store: PlanStore, judge: Judge, onChange: () => void,
 *   now?: () => Date }} world
 */
export async function openGround({ api, store, judge, onChange, now = () => new Date() }) {
  /** @type {{ rules: any[], projection: string, version: string } | null} */
  let rules = (await store.read(`${API}/rules/`)) ?? null;
  /** The newest first. @type {Piece[]} */
  let pieces = (await store.readAll(AROUND)).sort(
    (/** @type {Piece} */ a, /** @type {Piece} */ b) => b.at.localeCompare(a.at),
  );
  /** What is being read. @type {Set<string>} */
  const reading = new Set();
  /** Read in this sitting, hence as the server had it. @type {Set<string>} */
  const fresh = new Set();
  let failed = false;

  /** @param {GeoJSON.Polygon} geom @returns {Piece | null} */
  function pieceOf(geom) {
    const needed = widened(geom, NEEDED_M);
    const found = pieces.find(({ box }) => holds(box, needed));
    return found ?? null;
  }

  /** Reads what lies around it, unless that is here. @param {GeoJSON.Polygon} geom */
  async function look(geom) {
    const here = pieceOf(geom);
    if (here && fresh.has(keyOf(here.box))) return;
    const box = here?.box ?? widened(geom, READ_M);
    const key = keyOf(box);
    if (reading.has(key)) return;
    reading.add(key);
    const reply = await api.ask("GET", AROUND + key);
    reading.delete(key);
    failed = reply.outcome !== "received";
    if (reply.outcome !== "received") return onChange();
    fresh.add(key);
    const piece = { box, body: reply.body, at: now().toISOString() };
    pieces = [piece, ...pieces.filter((each) => keyOf(each.box) !== key)].slice(0, PIECES);
    await store.remember(AROUND + key, piece).catch(() => {});
    onChange();
  }

  return {
    rules: () => rules,

    async readRules() {
      const reply = await api.ask("GET", `${API}/rules/`);
      if (reply.outcome !== "received") return;
      rules = reply.body;
      await store.remember(`${API}/rules/`, rules).catch(() => {});
      onChange();
    },

    look,
    /** Was the last reading in vain? */
    unread: () => failed,

    /** @param {GeoJSON.Polygon} geom @returns {Record<string, GeoJSON.FeatureCollection>} */
    layers: (geom) => pieceOf(geom)?.body.layers ?? {},

    /**
     * At once, of what is here.
     * @param {Fields} fields @param {{ site?: number | null, voted?: boolean | null }} [about]
     * @returns {Verdict[] | null} null: the rules or the ground around are not here yet
     */
    judged(fields, about = {}) {
      const piece = pieceOf(fields.geom);
      if (!piece || !rules) return null;
      return judge({
        site: { ...fields, ...about },
        around: piece.body,
        rules: rules.rules,
        projection: rules.projection,
      });
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openGround>>} Ground */

/** @param {GeoJSON.Polygon} geom @param {number} byM @returns {Box} */
function widened(geom, byM) {
  const [west, south, east, north] = boundsOf(geom);
  const [w = 0, s = 0] = planeAt([west, south]).lonLat([-byM, -byM]);
  const [e = 0, n = 0] = planeAt([east, north]).lonLat([byM, byM]);
  return /** @type {Box} */ ([w, s, e, n].map((degrees) => Number(degrees.toFixed(5))));
}

/** @param {Box} outer @param {Box} inner */
const holds = (outer, inner) =>
  outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];

/** @param {Box} box */
const keyOf = (box) => box.join(",");
