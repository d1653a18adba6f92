/**
 * What this tablet knows of the world: who is signed in, the kinds, the places. The network only
 * fills it (sync.js); screens and map only read it.
 *
 * @import { Asset, Estate, Facts, Place, PublishedKind } from "../types.d.ts"
 *
 * @typedef {{ username: string, name: string, roles: string[], demonstration: boolean,
 *   may: { record: boolean, plan: boolean, overview: boolean, keep_register: boolean } }} Me
 * @typedef {Place<{ name: string, number: number, item: string, item_zh: string, item_en: string,
 *   kind: string, severity: 1 | 2 | 3, advisory: boolean, estate: number, asset: number | null,
 *   inspection: string, recorded_at: string, closed_at: string | null }> & { id: string }} Finding
 */

export function openRegister() {
  /** @type {{ me: Me | null, kinds: PublishedKind[], communities: Place[], estates: Estate[] }} */
  const held = { me: null, kinds: [], communities: [], estates: [] };
  /** @type {Map<number, Asset[]>} */
  const assets = new Map();
  /** @type {Map<number, Finding[]>} */
  const findings = new Map();

  return {
    /** @param {Partial<typeof held>} news */
    put: (news) => Object.assign(held, news),

    me: () => held.me,
    kinds: () => held.kinds,
    communities: () => held.communities,
    estates: () => held.estates,

    /** @param {number} id */
    estate: (id) => held.estates.find((estate) => estate.id === id),

    /** The wording now in use. @param {string} slug */
    kind: (slug) => held.kinds.find((kind) => kind.slug === slug),

    /** @param {number} estate @param {{ assets?: Asset[], findings?: Finding[] }} news */
    putOf(estate, news) {
      if (news.assets) assets.set(estate, news.assets);
      if (news.findings) findings.set(estate, news.findings);
    },

    /** @param {number} estate @returns {Asset[] | undefined} undefined: not known yet */
    assetsOf: (estate) => assets.get(estate),

    /** @param {number} estate @returns {Finding[] | undefined} undefined: not known yet */
    findingsOf: (estate) => findings.get(estate),

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
