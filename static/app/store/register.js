/**
 * What this tablet knows of the world: who is signed in, the kinds, the places, what is open and
 * what is due. The pack fills it (pack.js); screens and map only read it.
 *
 * @import { Asset, Estate, Facts, Place, PublishedKind, Round } from "../types.d.ts"
 * @import { Person } from "./device.js"
 *
 * @typedef {Person} Me
 * @typedef {Place<{ name: string, number: number, item: string, item_zh: string, item_en: string,
 *   kind: string, severity: 1 | 2 | 3, advisory: boolean, estate: number, asset: number | null,
 *   inspection: string, recorded_at: string, closed_at: string | null, case?: string | null,
 *   photos?: { id: string, small: string, bytes: number }[], sightings?: number }>
 *   & { id: string }} Finding
 * @typedef {{ id: string, geometry: GeoJSON.Geometry | null,
 *   properties: import("../recheck.js").Told }} Recheck
 * @typedef {Place<{ name: string, estate: number, [more: string]: unknown }>} Building
 * @typedef {{ years: Record<string, { holidays: string[], workdays: string[] }>,
 *   missing: number[] }} Calendar `missing`: years of which nothing is published yet
 */

export function openRegister() {
  /** @type {{ me: Me | null, kinds: PublishedKind[], communities: Place[], estates: Estate[],
   *   rounds: Round[], rechecks: Recheck[], calendar: Calendar }} */
  const held = {
    me: null,
    kinds: [],
    communities: [],
    estates: [],
    rounds: [],
    rechecks: [],
    calendar: { years: {}, missing: [] },
  };
  /** What stands in an estate, by what it is. */
  const within = { assets: new Map(), buildings: new Map(), findings: new Map() };
  /** @type {string | null} */
  let toldAt = null;

  /** @param {"assets" | "buildings" | "findings"} what @param {number} estate */
  const of = (what, estate) => within[what].get(estate) ?? [];

  return {
    /** @param {Partial<typeof held>} news */
    put: (news) => Object.assign(held, news),

    /**
     * The whole pack, part by part, in the place of what was known.
     *
     * @param {Record<string, any[]>} parts
     * @param {string} at when it was taken
     */
    fill(parts, at) {
      toldAt = at;
      held.kinds = parts.kinds ?? [];
      held.communities = parts.communities ?? [];
      held.estates = parts.estates ?? [];
      held.rounds = parts.rounds ?? [];
      held.rechecks = parts.rechecks ?? [];
      held.calendar = parts.calendar?.[0] ?? { years: {}, missing: [] };
      for (const { estate, kind, at } of parts.looked ?? []) this.inspected(estate, kind, at);
      for (const what of /** @type {const} */ (["assets", "buildings", "findings"])) {
        within[what].clear();
        for (const row of parts[what] ?? []) {
          const list = within[what].get(row.properties.estate);
          if (list) list.push(row);
          else within[what].set(row.properties.estate, [row]);
        }
      }
    },

    /** When the pack was taken, by this tablet's clock; null: there is none. */
    toldAt: () => toldAt,

    me: () => held.me,
    kinds: () => held.kinds,
    communities: () => held.communities,
    estates: () => held.estates,
    rounds: () => held.rounds,
    rechecks: () => held.rechecks,
    calendar: () => held.calendar,

    /** @param {number} id */
    estate: (id) => held.estates.find((estate) => estate.id === id),

    /** The wording now in use. @param {string} slug */
    kind: (slug) => held.kinds.find((kind) => kind.slug === slug),

    /** @param {number} estate @returns {Asset[]} */
    assetsOf: (estate) => of("assets", estate),

    /** @param {number} estate @returns {Building[]} */
    buildingsOf: (estate) => of("buildings", estate),

    /** @param {number} estate @returns {Finding[]} */
    findingsOf: (estate) => of("findings", estate),

    /** Of all estates, those that the pack has. @returns {Finding[]} */
    findings: () => [...within.findings.values()].flat(),

    /** Of all estates, those that the pack has. @returns {Asset[]} */
    assets: () => [...within.assets.values()].flat(),

    /** @param {number} estate @param {string} kind @param {string} at */
    inspected(estate, kind, at) {
      const properties = held.estates.find(({ id }) => id === estate)?.properties;
      if (properties) properties.last_inspected = { ...properties.last_inspected, [kind]: at };
    },
  };
}

/** @typedef {ReturnType<typeof openRegister>} Register */

/**
 * What a checklist may know of the place.
 *
 * @param {Estate | undefined} estate
 * @param {Asset | undefined} asset
 * @returns {Facts}
 */
export function factsOf(estate, asset) {
  const { height_class: height, tallest_m: tallest = null, ebikes } = estate?.properties ?? {};
  return {
    high_rise: highRise(height, tallest),
    height_m: tallest,
    ebikes: ebikes ?? null,
    indoor: asset?.properties.indoor ?? null,
    ports: asset?.properties.ports ?? null,
    bays: asset?.properties.bays ?? null,
    area_m2: asset?.properties.area_m2 ?? null,
  };
}

/** As inspections/services/placing.py has it. */
const HIGH_RISE_M = 27;

/** @param {string | undefined} height @param {number | null} tallest */
function highRise(height, tallest) {
  if (tallest !== null && tallest > HIGH_RISE_M) return true;
  return height === "high" || height === "mixed" ? true : height === "low" ? false : null;
}
