/**
 * What is done to the sites of the plan that is open: put, moved, taken out, and taken back. After
 * each the ground is read and the server asked what the rules say.
 *
 * @import { Ground } from "../../drawing/ground.js"
 * @import { Footprint } from "../../drawing/handles.js"
 * @import { Session } from "../../drawing/session.js"
 * @import { Fields, LonLat } from "../../drawing/types.d.ts"
 * @import { World } from "./work.js"
 */

import { mayStand } from "../../drawing/area.js";
import { fieldsOf as shownOf } from "../../drawing/edits.js";
import { centreOf } from "../../drawing/footprint.js";
import { keyed } from "../../drawing/handles.js";
import { UNTOLD } from "../../drawing/rows.js";
import { uuid7 } from "../../uuid.js";
import { t } from "../../words.js";
import { footprintOf } from "./facts.js";
import { laidAt, movedTo, whereIs } from "./placing.js";

/**
 * @param {World} world
 * @param {{ session: () => Session | null, ground: () => Ground | null, picked: () => string,
 *   known: ReturnType<typeof import("./known.js").openKnown>,
 *   checking: ReturnType<typeof import("./checking.js").openChecking>, paint: () => void,
 *   holdOff: () => void, lookAway: () => void, approach: (id: string) => void }} open `holdOff`:
 *   what is in the hand is let go; `lookAway`: no rule's geometry is shown any more; `approach`: the
 *   map goes near enough to it
 */
export function openDeeds(world, open) {
  const { session, ground, picked, known, checking, paint, holdOff, lookAway, approach } = open;
  const { fieldsOf, mayEdit, mayDraw } = known;

  /** May this person draw there? Who may not is told so. @param {GeoJSON.Polygon} geom */
  function mayStandAt(geom) {
    const { draws_in } = session()?.head() ?? {};
    const may = mayStand(draws_in, world.communities, world.estates, centreOf(geom));
    if (!may) world.toasts.show(t("draw.notYours"));
    return may;
  }

  /** @param {Partial<Fields>} changes @param {{ goesOn?: boolean }} [how] */
  function set(changes, { goesOn = false } = {}) {
    const id = picked();
    const fields = fieldsOf(id);
    const plan = session();
    if (!plan || !fields || !mayDraw(id)) return;
    if (changes.geom && !mayStandAt(changes.geom)) return paint();
    lookAway();
    const where = changes.geom ? movedTo(ground(), world.estates, fields.geom, changes.geom) : {};
    const placed = { ...where, ...changes };
    plan.edit(id, placed, goesOn);
    settle(id);
  }

  /** @param {Footprint} footprint @param {{ goesOn?: boolean }} [how] */
  const put = (footprint, how) => set(footprintOf(footprint), how);

  /** The hand rests: the ground is read, and the server asked. @param {string} id */
  function settle(id) {
    const row = session()?.get(id);
    if (!row) return;
    ground()?.look(shownOf(row).geom);
    checking.soon(row.plan, row);
    paint();
    world.show();
  }

  /** @param {LonLat} at */
  async function place(at) {
    add(/** @type {Partial<Fields> & Footprint} */ (await laidAt(ground(), at)));
  }

  /** @param {Partial<Fields> & Footprint} told */
  function add(told) {
    const plan = session();
    if (!plan || !mayStandAt(told.geom)) return;
    const id = uuid7();
    const n = plan.all().length + 1;
    const fields = /** @type {Fields} */ ({
      ...UNTOLD,
      name: t("draw.newSite", { n }),
      ...whereIs(ground(), world.estates, told.geom),
      ...told,
    });
    plan.add(id, fields);
    world.toasts.show(t("draw.placed", { name: fields.name }), { label: t("undo"), act: undo });
    world.go({ proposal: id, tab: "check" }, "push");
    approach(id);
    settle(id);
  }

  /** @param {string} id */
  function takeOut(id) {
    const name = fieldsOf(id)?.name ?? "";
    session()?.takeOut(id);
    world.toasts.show(t("draw.takenOut", { name }), { label: t("undo"), act: undo });
    if (picked() === id) world.go({ proposal: "" });
    paint();
  }

  function undo() {
    if (!mayEdit()) return;
    session()?.undo();
    after();
  }

  function redo() {
    if (!mayEdit()) return;
    session()?.redo();
    after();
  }

  function after() {
    holdOff();
    if (picked()) settle(picked());
    else paint();
    world.show();
  }

  /** @param {KeyboardEvent} event @returns {boolean} was it a key of ours? */
  function nudge(event) {
    const fields = picked() && mayDraw(picked()) ? fieldsOf(picked()) : null;
    const next = fields && keyed(fields, event);
    if (!next) return false;
    put(next, { goesOn: true });
    return true;
  }

  return { set, put, settle, place, add, takeOut, undo, redo, nudge };
}
