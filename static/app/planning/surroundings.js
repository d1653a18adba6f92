/**
 * What lies around, in metres and found by place. Worked out once for what `around/` told, and
 * kept while that is.
 *
 * @import { Around, Properties, Shape, Site } from "./types.d.ts"
 * @import { Projection } from "./geometry.js"
 *
 * @typedef {{ id: number, about: Properties, shape: Shape }} Thing
 */

import { Index, inMetres } from "./geometry.js";

const LAYERS = [
  "lanes",
  "operation_areas",
  "buildings",
  "exits",
  "hydrants",
  "sensitive_places",
  "excluded_areas",
  "estates",
];

/** @type {GeoJSON.Geometry} */
const NOWHERE = { type: "GeometryCollection", geometries: [] };

/** @type {WeakMap<Around, { projection: Projection, ready: Surroundings }>} */
const kept = new WeakMap();

export class Layer {
  /** @param {Thing[]} things */
  constructor(things) {
    this.things = things.sort((a, b) => a.id - b.id);
    this.index = new Index(this.things.map(({ shape }) => shape));
  }

  /** @param {Shape} shape @param {number} metres @returns {Thing[]} by their ids */
  within(shape, metres) {
    return this.index.within(shape, metres).map((n) => this.#at(n));
  }

  /**
   * The nearest of those that are wanted, and how near; of several just as near that of the least id.
   * @param {Shape} shape @param {number} metres none that is farther
   * @param {(thing: Thing) => boolean} [wanted]
   * @returns {{ thing: Thing, metres: number } | null}
   */
  nearest(shape, metres, wanted = () => true) {
    const found = this.index.nearest(shape, metres, (n) => wanted(this.#at(n)));
    return found && { thing: this.#at(found.n), metres: found.metres };
  }

  /** @param {number} n */
  #at(n) {
    return /** @type {Thing} */ (this.things[n]);
  }
}

const NONE = new Layer([]);

export class Surroundings {
  /** @param {Around} around @param {Projection} projection */
  constructor(around, projection) {
    /** @type {Map<string, Layer | null>} */
    this.layers = new Map();
    this.surveyed = around.surveyed;
    for (const name of LAYERS) {
      const told = around.layers[name];
      this.layers.set(name, told ? layerOf(told.features, projection) : (told ?? null));
    }
  }

  /** @param {string} name */
  layer(name) {
    return this.layers.get(name) ?? NONE;
  }

  /**
   * Was this layer drawn where the site lies? A survey of its estate says so, or else a row of
   * that estate within reach. In the open street any row does, for want of an estate.
   * @param {string} name @param {Site} site @param {Shape} shape @param {number} metres
   */
  knows(name, site, shape, metres) {
    const estate = site.estate ?? null;
    if (!this.layers.get(name)) return false;
    if (estate !== null && this.surveyed[estate]?.includes(name)) return true;
    const own = (/** @type {Thing} */ { about }) => estate === null || about.estate === estate;
    return this.layer(name).nearest(shape, metres, own) !== null;
  }
}

/** @param {import("./types.d.ts").Row[]} rows @param {Projection} projection */
const layerOf = (rows, projection) =>
  new Layer(
    rows.map(({ id, geometry, properties }) => ({
      id,
      about: properties,
      shape: inMetres(geometry ?? NOWHERE, projection),
    })),
  );

/** @param {Around} around must not be changed afterwards @param {Projection} projection */
export function surroundingsOf(around, projection) {
  const known = kept.get(around);
  if (known?.projection === projection) return known.ready;
  const ready = new Surroundings(around, projection);
  kept.set(around, { projection, ready });
  return ready;
}
