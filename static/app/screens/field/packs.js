/**
 * The pack as the page speaks of it: what may be taken along, how large it is, how far it has
 * come.
 *
 * @import { World } from "./app.js"
 * @import { Progress } from "../../pack.js"
 * @import { Reply } from "../../api.js"
 * @import { Place } from "../../types.d.ts"
 *
 * @typedef {{ listing: boolean, communities: Place[] | null, sizes: Map<number, number | null>,
 *   base: number, chosen: Set<number>, taking: boolean, quiet: boolean, progress: Progress | null,
 *   end: Reply | null }} State `communities`: that the server offers, null while not asked; a size
 *   is null where it could not be had; `base`: bytes of the map, which all share; `quiet`: nobody
 *   asked for it
 */

import { offered, take } from "../../pack.js";

/**
 * @param {Pick<World, "api" | "store" | "basemap">} world
 * @param {{ onChange: () => void, onPack: () => void }} tell `onPack`: its rows are others now
 */
export function openPacks(world, { onChange, onPack }) {
  const { api, store, basemap } = world;
  /** @type {AbortController | null} */
  let stop = null;
  /** @type {State} */
  const state = {
    listing: false,
    communities: null,
    sizes: new Map(),
    base: 0,
    chosen: new Set(store.pack.taken()?.communities),
    taking: false,
    quiet: false,
    progress: null,
    end: null,
  };

  const packs = {
    state,
    taken: () => store.pack.taken(),

    /** What a map is drawn on. */
    base: () => basemap.source(),

    /** Which communities there are, and how large each is. */
    async look() {
      if (state.listing) return;
      state.listing = true;
      state.end = null;
      onChange();
      const reply = await api.communities();
      if (reply.outcome === "received") {
        state.communities = reply.body;
        if (!state.chosen.size)
          state.chosen = new Set(reply.body.map((/** @type {Place} */ { id }) => id));
        onChange();
        for (const { id } of reply.body) await size(id);
      } else state.end = reply;
      state.listing = false;
      onChange();
    },

    /** @param {number} id */
    choose(id) {
      if (!state.chosen.delete(id)) state.chosen.add(id);
      onChange();
    },

    /** @param {number[]} communities @param {boolean} [quiet] */
    async take(communities, quiet = false) {
      if (state.taking) return;
      const controller = new AbortController();
      stop = controller;
      Object.assign(state, { taking: true, quiet, progress: null, end: null });
      onChange();
      try {
        state.end = await take(
          { api, store, basemap, signal: controller.signal, onProgress },
          communities,
        );
      } catch (failure) {
        const { code = "failed" } = /** @type {{ code?: string }} */ (failure);
        state.end = { outcome: "refused", status: 0, code, message: "", details: {} };
      }
      Object.assign(state, { taking: false, quiet: false, progress: null });
      onPack();
    },

    /** What changed since, where there is a pack. */
    async renew() {
      const { communities } = store.pack.taken() ?? {};
      if (communities) await packs.take(communities, true);
    },

    /** What is in stays in. */
    cancel: () => stop?.abort(),
  };

  /** @param {number} id */
  async function size(id) {
    const { offer } = await offered({ api, store, basemap }, [id]);
    const { parts = [], photos, basemap: map } = offer?.manifest ?? {};
    state.sizes.set(
      id,
      offer && parts.reduce((sum, { packed }) => sum + packed, photos?.bytes ?? 0),
    );
    if (map) state.base = map.bytes;
    onChange();
  }

  /** @param {Progress} progress */
  function onProgress(progress) {
    const before = state.progress?.stage;
    state.progress = progress;
    // Once the rows are in, one can work; map and photos come on top.
    if (before === "parts" && progress.stage !== "parts") onPack();
    else onChange();
  }

  return packs;
}

/** @typedef {ReturnType<typeof openPacks>} Packs */
