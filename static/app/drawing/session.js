/**
 * One plan as a planner works on it: what is drawn is kept on this device at once and sent by
 * itself, one thing after the other; what others change comes in between. Without a network it
 * waits; nothing is lost over a reload.
 *
 * @import { Api, Reply } from "../api.js"
 * @import { PlanStore } from "../store/plans.js"
 * @import { Deed, Story } from "./history.js"
 * @import { Errand } from "./edits.js"
 * @import { Edited, Fields } from "./types.d.ts"
 * @typedef {"saved" | "sending" | "waiting" | "signed_out" | "refused"} Saving `waiting`: the
 *   server can't be reached; it is tried again
 * @typedef {"signed_out" | "unreachable" | "gone" | "refused"} Trouble why the plan could not be
 *   read anew
 */

import * as edits from "./edits.js";
import { back, begun, forth, stillMine, told } from "./history.js";
import { rowOf } from "./rows.js";

const API = "/api/v1/planning";
/** Many small movements are sent as one. */
const SETTLE_MS = 700;
/** Of a site that stands otherwise than we thought. */
const MOVED_ON = "moved_on";
const OUT = "withdrawn";
const AGAIN_MS = [2_000, 5_000, 15_000, 60_000];

/**
 * @param {{ api: Api, store: PlanStore, plan: string, onChange: () => void, settleMs?: number,
 *   later?: (work: () => void, ms: number) => any, never?: (timer: any) => void }} world
 */
export async function openSession({
  api,
  store,
  plan,
  onChange,
  settleMs = SETTLE_MS,
  later = setTimeout,
  never = clearTimeout,
}) {
  /** @type {Map<string, Edited>} in the order in which they were drawn */
  const rows = new Map();
  /** The plan's own fields. @type {Record<string, any> | null} */
  let head = null;
  /** @type {Story} */
  let story = begun();
  /** @type {Trouble | null} */
  let trouble = null;
  /** @type {"saved" | "waiting" | "signed_out"} */
  let line = "saved";
  let [etag, landings, failures, pumping, closed] = ["", 0, 0, false, false];
  /** @type {any} */
  let timer;
  /** @type {Promise<unknown>} */
  let writing = Promise.resolve();

  /** @param {Edited} row */
  function set(row) {
    rows.set(row.id, row);
    writing = writing.then(() => store.keep([row])).catch(() => {});
    onChange();
  }

  /** @param {string} id @param {Partial<Fields>} changes @param {boolean} [goesOn] */
  function edit(id, changes, goesOn = false) {
    const row = rows.get(id);
    if (!row) return;
    const before = edits.fieldsOf(row);
    const names = Object.keys(changes);
    const deed = {
      id,
      before: Object.fromEntries(names.map((name) => [name, before[name] ?? null])),
      after: changes,
    };
    story = told(story, deed, { goesOn });
    set(edits.changed(row, changes));
    soon();
  }

  /** @param {Deed | null} deed */
  function apply(deed) {
    const row = deed && rows.get(deed.id);
    if (!row) return;
    if ("there" in deed) set(edits.present(row, deed.there));
    else set(edits.changed(row, stillMine(deed, edits.fieldsOf(row))));
    soon();
  }

  function soon(ms = settleMs) {
    never(timer);
    if (!closed) timer = later(pump, ms);
  }

  async function pump() {
    if (pumping || closed) return;
    pumping = true;
    for (;;) {
      const row = [...rows.values()].find((each) => edits.errandOf(each));
      const errand = row && edits.errandOf(row);
      if (!row || !errand) {
        line = "saved";
        break;
      }
      set(edits.sending(row, errand));
      const reply = await api.ask(...asked(row, errand));
      const held = await settle(row.id, errand, reply);
      if (held) {
        line = held;
        break;
      }
      failures = 0;
    }
    pumping = false;
    onChange();
    if (line === "waiting") {
      soon(AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)]);
      failures += 1;
    }
  }

  /** @param {Edited} row @param {Errand} errand @returns {[string, string, unknown]} */
  function asked({ id }, { does, seen, fields }) {
    const path = `${API}/proposals/${id}/`;
    if (does === "create") return ["PUT", path, { plan, ...fields }];
    if (does === "change") return ["PATCH", path, { seen, changes: fields }];
    if (does === "withdraw") return ["DELETE", path, { seen }];
    return ["PUT", `${path}restore/`, { seen }];
  }

  /** @param {string} id @param {Errand} errand @param {Reply} reply @returns {Promise<"waiting" | "signed_out" | null>} what holds up the rest */
  async function settle(id, { does }, reply) {
    const now = () => /** @type {Edited} */ (rows.get(id));
    if (reply.outcome === "received") {
      landings += 1;
      set(edits.landed(now(), reply.body?.geometry ? rowOf(reply.body) : null, does));
      return null;
    }
    if (reply.outcome === "refused") {
      landings += 1;
      const gone = reply.status === 404 && does !== "create";
      if (gone) set(edits.vanished(edits.unsent(now())));
      else if (reply.status !== 409) set(edits.refused(now(), sentenceOf(reply)));
      else return raced(id, does, reply);
      return null;
    }
    set(edits.unsent(now()));
    return reply.outcome === "signed_out" || reply.outcome === "revoked" ? "signed_out" : "waiting";
  }

  /** It is other than we thought: what stands there now is asked for. @param {string} id @param {Errand["does"]} does @param {Extract<Reply, { outcome: "refused" }>} reply @returns {Promise<"waiting" | "signed_out" | null>} */
  async function raced(id, does, reply) {
    const seen = await api.ask("GET", `${API}/proposals/${id}/`);
    const row = /** @type {Edited} */ (rows.get(id));
    if (seen.outcome === "refused") {
      set(edits.refused(row, sentenceOf(reply)));
      return null;
    }
    if (seen.outcome !== "received") {
      set(edits.unsent(row));
      return seen.outcome === "signed_out" ? "signed_out" : "waiting";
    }
    const there = rowOf(seen.body);
    const { yours = {}, theirs = {} } = reply.details ?? {};
    if (does === "change" && Object.keys(yours).length)
      set(edits.lost(row, { yours, theirs }, there));
    // Its first arrival was never told to us, or it was changed before it was taken out.
    else {
      const known = { ...edits.unsent(row), base: there, seen: there.version };
      const out = there.state === OUT;
      if (does === "create" || reply.code === MOVED_ON)
        set({ ...known, held: out ? "withdrawn" : "yes" });
      else set({ ...known, flying: null, wanted: !out, refusal: sentenceOf(reply) });
    }
    return null;
  }

  /** What the server says of the plan now. @param {any} body */
  function take({ proposals, ...rest }) {
    head = rest;
    const there = proposals.features.map(rowOf);
    for (const row of there) {
      const known = rows.get(row.id);
      rows.set(row.id, known ? edits.arrived(known, row) : edits.kept(plan, row));
    }
    const ids = new Set(there.map((/** @type {{ id: string }} */ { id }) => id));
    for (const [id, row] of rows) if (!ids.has(id)) rows.set(id, edits.vanished(row));
    writing = writing.then(() => store.keep([...rows.values()])).catch(() => {});
  }

  /** Reads the plan anew; what others changed comes in. */
  async function poll() {
    const before = landings;
    const path = `${API}/plans/${plan}/`;
    const reply = await api.ask("GET", path, undefined, { bare: true });
    if (closed) return;
    trouble = troubleOf(reply);
    if (reply.outcome === "received") {
      const now = reply.headers?.get("ETag") ?? "";
      // What was on its way while we asked is told by its own answer.
      if (before === landings && !pumping && (!now || now !== etag)) {
        etag = now;
        take(reply.body);
        writing = writing.then(() => store.remember(path, head)).catch(() => {});
      }
      if (line !== "saved") soon(0);
    }
    onChange();
  }

  for (const row of await store.ofPlan(plan)) rows.set(row.id, edits.unsent(row));
  // What was taken out, and the server knows it, is nobody's to undo any more.
  const over = [...rows.values()].filter((row) => !edits.isThere(row) && !edits.owes(row));
  for (const { id } of over) rows.delete(id);
  await store.drop(over.map(({ id }) => id));
  head = (await store.read(`${API}/plans/${plan}/`)) ?? null;
  // What an earlier sitting could not send.
  if ([...rows.values()].some(edits.owes)) soon(0);

  return {
    plan,
    head: () => head,
    trouble: () => trouble,

    /** Those that are there, the oldest first, whether they were read from here or from the server. */
    all: () => [...rows.values()].filter(edits.isThere).sort(edits.byAge),

    /** @param {string} id */
    get: (id) => {
      const row = rows.get(id);
      return row && edits.isThere(row) ? row : undefined;
    },

    /** @returns {Saving} */
    saving() {
      const owing = [...rows.values()].filter(edits.owes);
      if (!owing.length) return "saved";
      if (line !== "saved") return line;
      return owing.every(({ refusal }) => refusal) ? "refused" : "sending";
    },

    owing: () => [...rows.values()].filter(edits.owes).length,
    mayUndo: () => story.done.length > 0,
    mayRedo: () => story.undone.length > 0,
    poll,
    edit,

    /** @param {string} id @param {Fields} fields */
    add(id, fields) {
      rows.set(id, edits.drawn(plan, id, fields));
      story = told(story, { id, there: true });
      set(edits.drawn(plan, id, fields));
      soon();
    },

    /** @param {string} id */
    takeOut(id) {
      const row = rows.get(id);
      if (!row) return;
      story = told(story, { id, there: false });
      set(edits.present(row, false));
      soon();
    },

    undo() {
      const done = back(story);
      story = done.story;
      apply(done.deed);
      onChange();
    },

    redo() {
      const done = forth(story);
      story = done.story;
      apply(done.deed);
      onChange();
    },

    /** Of what two people changed, one side is taken. @param {string} id @param {"yours" | "theirs"} side @param {string[]} [names] */
    choose(id, side, names) {
      const row = rows.get(id);
      if (!row) return;
      set(edits.chosen(row, side, names));
      soon(0);
    },

    /** Tries what was refused once more. @param {string} id */
    again(id) {
      const row = rows.get(id);
      if (row) set(edits.present(row, row.wanted));
      soon(0);
    },

    /** A step was taken: the server says how it stands now. @param {any} feature */
    took(feature) {
      const row = rows.get(String(feature.id));
      landings += 1;
      if (row) set(edits.arrived(row, rowOf(feature)));
    },

    /** @param {Record<string, any>} news the plan's own fields */
    headed(news) {
      head = { ...head, ...news };
      etag = "";
      onChange();
    },

    /** Now, not when hands rest. */
    flush() {
      failures = 0;
      never(timer);
      return pump();
    },

    /** Everything is on the disk when it returns. */
    settled: () => writing,

    close() {
      closed = true;
      never(timer);
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openSession>>} Session */

/** @param {Extract<Reply, { outcome: "refused" }>} reply */
function sentenceOf({ message, details }) {
  const fields = Object.values(details?.fields ?? {}).flat();
  return [message, ...fields].join(" ");
}

/** @param {Reply} reply @returns {Trouble | null} */
export function troubleOf(reply) {
  if (reply.outcome === "received") return null;
  if (reply.outcome === "refused") return reply.status === 404 ? "gone" : "refused";
  return reply.outcome === "signed_out" || reply.outcome === "revoked"
    ? "signed_out"
    : "unreachable";
}
