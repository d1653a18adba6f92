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

import { mayStand } from "../../drawing/area.js";
import { fieldsOf as shownOf } from "../../drawing/edits.js";
import { centreOf } from "../../drawing/footprint.js";
import { openGround } from "../../drawing/ground.js";
import { keyed, without } from "../../drawing/handles.js";
import { UNTOLD } from "../../drawing/rows.js";
import { openSession } from "../../drawing/session.js";
import { snapCorner, targetsAt } from "../../drawing/snapping.js";
import { boundsOf } from "../../metres.js";
import { judge } from "../../planning/judge.js";
import { uuid7 } from "../../uuid.js";
import { t } from "../../words.js";
import { openCanvas } from "./canvas.js";
import { openChecking } from "./checking.js";
import { footprintOf } from "./facts.js";
import { openHand } from "./hand.js";
import { openKeys } from "./keys.js";
import { openKnown } from "./known.js";
import { openOne } from "./one.js";
import { openOver } from "./over.js";
import { paintSites } from "./painting.js";
import { laidAt, movedTo, whereIs } from "./placing.js";
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

  // ── what is done ──────────────────────────────────────────────────────────────────────────

  /** @param {string} id */
  function pick(id) {
    world.go({ proposal: id }, id ? "push" : "replace");
  }

  /** May this person draw there? Who may not is told so. @param {GeoJSON.Polygon} geom */
  function mayStandAt(geom) {
    const { draws_in } = session?.head() ?? {};
    const may = mayStand(draws_in, world.communities, world.estates, centreOf(geom));
    if (!may) world.toasts.show(t("draw.notYours"));
    return may;
  }

  /** @param {Partial<Fields>} changes @param {{ goesOn?: boolean }} [how] */
  function set(changes, { goesOn = false } = {}) {
    const fields = fieldsOf(picked);
    if (!session || !fields || !mayDraw(picked)) return;
    if (changes.geom && !mayStandAt(changes.geom)) return paint();
    looked = null;
    const where = changes.geom ? movedTo(ground, world.estates, fields.geom, changes.geom) : {};
    const placed = { ...where, ...changes };
    session.edit(picked, placed, goesOn);
    settle(picked);
  }

  /** @param {Footprint} footprint @param {{ goesOn?: boolean }} [how] */
  const put = (footprint, how) => set(footprintOf(footprint), how);

  /** The hand rests: the ground is read, and the server asked. @param {string} id */
  function settle(id) {
    const row = session?.get(id);
    if (!row) return;
    ground?.look(shownOf(row).geom);
    checking.soon(row.plan, row);
    paint();
    world.show();
  }

  /** @param {LonLat} at */
  async function place(at) {
    add(/** @type {Partial<Fields> & Footprint} */ (await laidAt(ground, at)));
  }

  /** @param {Partial<Fields> & Footprint} told */
  function add(told) {
    if (!session || !mayStandAt(told.geom)) return;
    const id = uuid7();
    const n = session.all().length + 1;
    const fields = /** @type {Fields} */ ({
      ...UNTOLD,
      name: t("draw.newSite", { n }),
      ...whereIs(ground, world.estates, told.geom),
      ...told,
    });
    session.add(id, fields);
    world.toasts.show(t("draw.placed", { name: fields.name }), { label: t("undo"), act: undo });
    world.go({ proposal: id, tab: "check" }, "push");
    if (desk.map && desk.map.map.getZoom() < CLOSE) view().goTo(id);
    settle(id);
  }

  /** @param {string} id */
  function takeOut(id) {
    const name = fieldsOf(id)?.name ?? "";
    session?.takeOut(id);
    world.toasts.show(t("draw.takenOut", { name }), { label: t("undo"), act: undo });
    if (picked === id) world.go({ proposal: "" });
    paint();
  }

  function undo() {
    if (!mayEdit()) return;
    session?.undo();
    after();
  }

  function redo() {
    if (!mayEdit()) return;
    session?.redo();
    after();
  }

  function after() {
    hand.stop();
    if (picked) settle(picked);
    else paint();
    world.show();
  }

  /** @param {KeyboardEvent} event @returns {boolean} was it a key of ours? */
  function nudge(event) {
    const fields = picked && mayDraw(picked) ? fieldsOf(picked) : null;
    const next = fields && keyed(fields, event);
    if (!next) return false;
    put(next, { goesOn: true });
    return true;
  }

  // ── under the hand ────────────────────────────────────────────────────────────────────────

  const withinM = () => Math.min(SNAP_MOST_M, SNAP_PX * (canvas?.metresPerPixel() ?? 0));

  // ── what is shown ─────────────────────────────────────────────────────────────────────────

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
      goTo: (/** @type {string} */ id) => {
        const fields = fieldsOf(id);
        if (fields) desk.map?.goTo(centreOf(fields.geom), 19.5);
      },
    };
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
    if (chosen) view().goTo(chosen.id);
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
