/**
 * Working on one plan: what is shown of it, what hands and keys do to it, and what the rules say
 * while they do.
 *
 * @import { Api, Reply } from "../../api.js"
 * @import { Place } from "../../drawing/address.js"
 * @import { Ground } from "../../drawing/ground.js"
 * @import { Footprint } from "../../drawing/handles.js"
 * @import { Session } from "../../drawing/session.js"
 * @import { Edited, Fields, LonLat, Verdict } from "../../drawing/types.d.ts"
 * @import { PlanStore } from "../../store/plans.js"
 * @import { OpenDesk } from "../desk.js"
 * @import { Checked } from "./checks.js"
 *
 * @typedef {{ api: Api, desk: OpenDesk, page: HTMLElement, store: PlanStore,
 *   toasts: ReturnType<typeof import("../toasts.js").openToasts>, me: any, estates: any[],
 *   communities: any[], place: () => Place,
 *   go: (change: Partial<Place>, how?: "push" | "replace") => void, show: () => void,
 *   fail: (reply: Reply | null) => void }} World what the panels of this page share
 */

import { fieldsOf as shownOf } from "../../drawing/edits.js";
import { centreOf } from "../../drawing/footprint.js";
import { openGround } from "../../drawing/ground.js";
import { without } from "../../drawing/handles.js";
import { openSession } from "../../drawing/session.js";
import { snapCorner, targetsAt } from "../../drawing/snapping.js";
import { boundsOf } from "../../metres.js";
import { judge } from "../../planning/judge.js";
import { openCanvas } from "./canvas.js";
import { openChecking } from "./checking.js";
import { openDeeds } from "./deeds.js";
import { openHand } from "./hand.js";
import { openKeys } from "./keys.js";
import { openKnown } from "./known.js";
import { openOne } from "./one.js";
import { openOver } from "./over.js";
import { paintSites } from "./painting.js";
import { openTools } from "./tools.js";

/** Others' changes are looked for so often. */
const POLL_MS = 6_000;
/** From here on a site is large enough to be taken hold of. */
const CLOSE = 17.5;
const SNAP_PX = 10;
const SNAP_MOST_M = 1.5;

/** @param {World} world */
export function openWork(world) {
  const { api, desk, store } = world;
  /** @type {Session | null} */
  let session = null;
  /** @type {Ground | null} */
  let ground = null;
  let [open, picked] = ["", ""];
  /** The rule whose geometry alone is shown. @type {string | null} */
  let looked = null;

  const canvas = desk.map
    ? openCanvas(desk.map, {
        footprint: () => (picked && mayDraw(picked) ? fieldsOf(picked) : null),
        pull: (...way) => hand.pull(...way),
        drop: () => hand.drop(),
        tap: (id) => {
          if (open && (id ?? "") !== picked) pick(id ?? "");
        },
        cut: (corner) => {
          const fields = fieldsOf(picked);
          if (fields) put(without(fields, corner));
        },
        busy: () => !open || tools.tool() !== null,
      })
    : null;

  const tools = openTools(desk.map, {
    change: () => showOver(),
    placed: (at) => place(at),
    outlined: (geom) =>
      add({ outline: "drawn", geom, anchor: null, rotation_deg: null, bays: null, ports: null }),
    snap: (at) => {
      const within = withinM();
      /** @type {GeoJSON.Polygon} */
      const here = { type: "Polygon", coordinates: [[at, at]] };
      return ground ? snapCorner(at, targetsAt(ground.layers(here), at), within) : at;
    },
    put: (source, features) => canvas?.put(source, features),
  });

  const hand = openHand({
    taken: () => {
      const fields = picked ? fieldsOf(picked) : null;
      return fields && { id: picked, fields };
    },
    targets: (start, to) => targetsAt(ground?.layers(start.geom) ?? {}, to),
    withinM: () => withinM(),
    moved: (id) => {
      known.judgeHeld(id);
      paint();
      world.show();
    },
    put: (footprint) => put(footprint),
  });
  const checking = openChecking({ api, onChange: () => world.show() });
  const known = openKnown({
    me: () => world.me,
    session: () => session,
    ground: () => ground,
    draft: () => hand.draft(),
    checking,
  });
  const { fieldsOf, mayEdit, mayDraw, verdictsOf, checkedOf, knownOf } = known;
  const deeds = openDeeds(world, {
    session: () => session,
    ground: () => ground,
    picked: () => picked,
    ...{ known, checking, paint },
    holdOff: () => hand.stop(),
    lookAway: () => {
      looked = null;
    },
    approach: (id) => {
      if (desk.map && desk.map.map.getZoom() < CLOSE) goTo(id);
    },
  });
  const { set, put, settle, place, add, takeOut, undo, redo, nudge } = deeds;
  const one = openOne(world, () => session?.poll());
  const over = openOver(world.page);
  openKeys({
    active: () => open !== "",
    undo,
    redo,
    takeOut: () => picked && mayDraw(picked) && takeOut(picked),
    cancel: () => {
      if (!tools.cancel() && picked) pick("");
    },
    finish: () => tools.tool() && tools.tool() !== "place" && tools.finish(),
    move: (event) => nudge(event),
  });
  // Leaving the page or the network is no reason to wait.
  addEventListener("online", () => poll().then(() => session?.flush()));
  addEventListener("pagehide", () => session?.flush());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") poll();
    else session?.flush();
  });
  setInterval(() => {
    if (document.visibilityState === "visible" && !hand.holds()) poll();
  }, POLL_MS);

  /** Others' changes come in; what could not be asked before is asked now. */
  async function poll() {
    await session?.poll();
    if (!session || session.trouble() || !picked) return;
    if (checkedOf(picked).state === "unreachable" || checkedOf(picked).state === "none")
      settle(picked);
  }

  /** @param {string} id */
  function pick(id) {
    world.go({ proposal: id }, id ? "push" : "replace");
  }

  const withinM = () => Math.min(SNAP_MOST_M, SNAP_PX * (canvas?.metresPerPixel() ?? 0));

  function paint() {
    const rows = open ? (session?.all() ?? []) : [];
    if (canvas)
      paintSites(canvas, { rows, picked, looked, meets: hand.draft()?.meets ?? [], known });
  }

  function showOver() {
    over.show(
      open && session?.head()
        ? {
            tools,
            may: mayEdit(),
            draws: canvas !== null,
            mayUndo: session?.mayUndo() ?? false,
            mayRedo: session?.mayRedo() ?? false,
            undo,
            redo,
            print: () => one.print(view()),
            placeMiddle: () => {
              const at = desk.map?.centre();
              tools.cancel();
              if (at) place(at);
            },
            live: hand.draft() ? verdictsOf(picked) : null,
          }
        : null,
    );
  }

  function view() {
    return {
      session: /** @type {Session} */ (session),
      rules: ground?.rules() ?? null,
      picked,
      mayEdit: mayEdit(),
      mayDraw,
      fieldsOf,
      verdictsOf,
      knownOf,
      checkedOf,
      dragging: hand.draft() !== null,
      unread: ground?.unread() ?? false,
      canvas,
      set,
      pick,
      takeOut,
      place,
      pad: (/** @type {KeyboardEvent} */ event) => {
        if (!nudge(event)) return;
        event.preventDefault();
        event.stopPropagation();
      },
      again: () => settle(picked),
      look: (/** @type {Verdict} */ { code, decides }) => {
        looked = looked === code ? null : code;
        paint();
        if (decides) desk.map?.fit(boundsOf(decides), 20);
      },
      goTo,
    };
  }

  /** @param {string} id */
  function goTo(id) {
    const fields = fieldsOf(id);
    if (fields) desk.map?.goTo(centreOf(fields.geom), 19.5);
  }

  async function enter() {
    const plan = open;
    session?.flush();
    session?.close();
    session = null;
    known.forget();
    const [mine, around] = await Promise.all([
      openSession({ api, store, plan, onChange: changed }),
      ground ?? openGround({ api, store, judge: /** @type {any} */ (judge), onChange: grown }),
    ]);
    if (open !== plan) return mine.close();
    [session, ground] = [mine, around];
    world.show();
    ground.readRules();
    await mine.poll();
    if (session !== mine) return;
    const rows = mine.all();
    const [first] = rows;
    const chosen = mine.get(picked);
    if (chosen) goTo(chosen.id);
    else if (first) desk.map?.fit(boundsOf(allOf(rows)), 18.5);
    for (const row of rows) await around.look(shownOf(row).geom);
    if (chosen) settle(picked);
  }

  /** More is known of the ground, or other rules. */
  function grown() {
    known.forget();
    changed();
  }

  function changed() {
    if (hand.holds()) return;
    paint();
    world.show();
  }

  return {
    showOver,
    template: () => (session ? one.template(view()) : one.waiting()),

    /** To where the address leads. */
    follow() {
      const { plan, proposal } = world.place();
      if (proposal !== picked) {
        picked = proposal;
        looked = null;
        hand.stop();
        if (plan === open && session?.get(picked)) settle(picked);
      }
      if (plan !== open) {
        open = plan;
        tools.cancel();
        if (plan) enter();
        else {
          session?.flush();
          session?.close();
          session = null;
        }
      }
      one.follow();
      paint();
    },
  };
}

/** @typedef {ReturnType<ReturnType<typeof openWork>["template"]>} Template */
/**
 * @typedef {{ session: Session, rules: any, picked: string, mayEdit: boolean,
 *   mayDraw: (id: string) => boolean, fieldsOf: (id: string) => Fields | null,
 *   verdictsOf: (id: string) => Verdict[] | null, knownOf: (id: string) => Verdict[] | null,
 *   checkedOf: (id: string) => Checked, dragging: boolean, unread: boolean,
 *   canvas: import("./canvas.js").Canvas | null,
 *   set: (changes: Partial<Fields>) => void, pick: (id: string) => void,
 *   takeOut: (id: string) => void, place: (at: LonLat) => void,
 *   pad: (event: KeyboardEvent) => void, again: () => void, look: (verdict: Verdict) => void,
 *   goTo: (id: string) => void }} View what a panel is told of the plan that is open
 */

/** @param {Edited[]} rows @returns {GeoJSON.MultiPolygon} */
const allOf = (rows) => ({
  type: "MultiPolygon",
  coordinates: rows.map((row) => shownOf(row).geom.coordinates),
});
