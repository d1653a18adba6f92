import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { fieldsOf } from "../../static/app/drawing/edits.js";
import { fieldsOf as footprint } from "../../static/app/drawing/footprint.js";
import { openGround } from "../../static/app/drawing/ground.js";
import { UNTOLD } from "../../static/app/drawing/rows.js";
import { openSession } from "../../static/app/drawing/session.js";
import { openPlans } from "../../static/app/store/plans.js";

const HERE = [118.5729, 24.8103];
const FIELDS = {
  ...UNTOLD,
  name: "东门",
  bays: 10,
  ...footprint({ centre: HERE, length_m: 8, width_m: 2.2, rotation_deg: 90 }),
};

/** A server that merges as ours does, and a line to it that can be cut. */
function office() {
  /** @type {Map<string, any>} */
  const proposals = new Map();
  /** What each version changed. @type {{ id: string, version: number, names: string[] }[]} */
  const history = [];
  const world = { cut: false, signedIn: true, asked: /** @type {string[]} */ ([]) };
  const head = { id: "p", name: "第一版", version: 1 };

  /** @param {any} row */
  const told = ({ geom, ...properties }) => ({
    type: "Feature",
    id: properties.id,
    geometry: geom,
    properties,
  });
  /** @param {number} status @param {any} body */
  const received = (status, body) =>
    /** @type {const} */ ({ outcome: "received", status, body, headers: new Headers() });
  /** @param {number} status @param {string} code @param {any} [details] */
  const refused = (status, code, details = {}) =>
    /** @type {const} */ ({ outcome: "refused", status, code, message: code, details });

  /** @param {string} method @param {string} path @param {any} content */
  async function ask(method, path, content) {
    world.asked.push(`${method} ${path}`);
    if (world.cut)
      return /** @type {const} */ ({ outcome: "unreachable", why: "offline", status: 0 });
    if (!world.signedIn) return /** @type {const} */ ({ outcome: "signed_out" });
    const [, id = "", last = ""] = /proposals\/([^/]+)\/(\w*)/.exec(path) ?? [];
    if (path.includes("/plans/")) {
      const features = [...proposals.values()].filter((each) => !each.out).map(told);
      return received(200, { ...head, proposals: { type: "FeatureCollection", features } });
    }
    const row = proposals.get(id);
    if (method === "GET") return row ? received(200, told(row)) : refused(404, "not_found");
    if (last === "restore") {
      proposals.set(id, { ...row, out: false, version: row.version + 1 });
      return received(200, told(proposals.get(id)));
    }
    if (method === "PUT") {
      const { plan: _, ...fields } = content;
      if (row) return refused(409, "recorded_differently");
      if (fields.ports === -1)
        return refused(400, "proposal_invalid", { fields: { ports: "不对" } });
      proposals.set(id, { ...fields, id, version: 1, state: "proposed", site: null });
      return received(201, told(proposals.get(id)));
    }
    if (method === "DELETE") {
      proposals.set(id, { ...row, out: true, version: row.version + 1 });
      return received(200, null);
    }
    const since = new Set(
      history.flatMap((each) => (each.id === id && each.version > content.seen ? each.names : [])),
    );
    const both = Object.keys(content.changes).filter(
      (name) =>
        since.has(name) && JSON.stringify(row[name]) !== JSON.stringify(content.changes[name]),
    );
    if (both.length)
      return refused(409, "changed_meanwhile", {
        yours: Object.fromEntries(both.map((name) => [name, content.changes[name]])),
        theirs: Object.fromEntries(both.map((name) => [name, row[name]])),
        version: row.version,
      });
    const version = row.version + 1;
    history.push({ id, version, names: Object.keys(content.changes) });
    proposals.set(id, { ...row, ...content.changes, version });
    return received(200, told(proposals.get(id)));
  }
  return { world, proposals, api: /** @type {any} */ ({ ask }) };
}

/** @type {(() => void)[]} */
let closing = [];
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  for (const close of closing) close();
  closing = [];
});

/** Nothing goes by itself: a test says when. @param {any} api @param {number} [person] */
async function planner(api, person = 1) {
  const store = openPlans(person);
  const session = await openSession({
    api,
    store,
    plan: "p",
    onChange: () => {},
    later: () => 0,
    never: () => {},
  });
  closing.push(session.close, store.close);
  return session;
}

/** @param {Awaited<ReturnType<typeof planner>>} session @param {string} [id] */
const shown = (session, id = "q") => {
  const row = session.get(id);
  return row ? fieldsOf(row) : null;
};

test("what is drawn is on the server, and the next planner has it", async () => {
  const { api, proposals } = office();
  const one = await planner(api);
  await one.poll();
  one.add("q", FIELDS);
  assert.equal(one.saving(), "sending");
  await one.flush();
  assert.equal(one.saving(), "saved");
  assert.equal(proposals.get("q").bays, 10);
  const other = await planner(api, 2);
  await other.poll();
  assert.equal(shown(other)?.name, "东门");
  assert.equal(other.head()?.name, "第一版");
});

test("with no network edits wait, outlive a reload, and are sent when it is back", async () => {
  const { api, world, proposals } = office();
  const one = await planner(api);
  one.add("q", FIELDS);
  await one.flush();
  world.cut = true;
  one.edit("q", { ports: 6 });
  one.add("r", { ...FIELDS, name: "西门" });
  await one.flush();
  assert.equal(one.saving(), "waiting");
  await one.settled();
  one.close();

  const again = await planner(api);
  assert.equal(shown(again)?.ports, 6);
  assert.equal(shown(again, "r")?.name, "西门");
  await again.poll();
  assert.equal(again.trouble(), "unreachable");
  world.cut = false;
  await again.poll();
  await again.flush();
  assert.equal(again.saving(), "saved");
  assert.equal(proposals.get("q").ports, 6);
  assert.equal(proposals.get("r").name, "西门");
});

test("an answer that was lost on its way is not sent as another proposal", async () => {
  const { api, proposals } = office();
  const { ask } = api;
  let lost = false;
  api.ask = async (/** @type {any[]} */ ...parts) => {
    const reply = await ask(...parts);
    if (parts[0] !== "PUT" || lost) return reply;
    lost = true;
    return { outcome: "unreachable", why: "slow", status: 0 };
  };
  const one = await planner(api);
  one.add("q", FIELDS);
  await one.flush();
  one.edit("q", { ports: 6 });
  await one.flush();
  assert.equal(one.saving(), "saved");
  assert.equal(proposals.size, 1);
  assert.equal(proposals.get("q").ports, 6);
});

test("two planners at once: fields are merged, and of the same one a person chooses", async () => {
  const { api, proposals } = office();
  const [one, two] = [await planner(api, 1), await planner(api, 2)];
  one.add("q", FIELDS);
  await one.flush();
  await two.poll();
  one.edit("q", { ports: 6, note: "靠墙" });
  two.edit("q", { ports: 8 });
  await one.flush();
  await two.flush();
  assert.deepEqual(two.get("q")?.race, { yours: { ports: 8 }, theirs: { ports: 6 } });
  assert.equal(shown(two)?.note, "靠墙");
  assert.equal(proposals.get("q").ports, 6);
  two.choose("q", "yours");
  await two.flush();
  await one.poll();
  assert.equal(shown(one)?.ports, 8);
  assert.equal(two.get("q")?.race, null);
});

test("undo goes over fields and over coming and going, and the server follows", async () => {
  const { api, proposals } = office();
  const one = await planner(api);
  one.add("q", FIELDS);
  one.edit("q", { ports: 6 });
  one.edit("q", { canopy: "open" });
  await one.flush();
  one.takeOut("q");
  await one.flush();
  assert.equal(proposals.get("q").out, true);
  assert.equal(one.get("q"), undefined);
  one.undo();
  one.undo();
  await one.flush();
  assert.equal(proposals.get("q").out, false);
  assert.equal(proposals.get("q").canopy, null);
  assert.equal(proposals.get("q").ports, 6);
  one.redo();
  await one.flush();
  assert.equal(proposals.get("q").canopy, "open");
  one.undo();
  one.undo();
  one.undo();
  assert.equal(one.mayUndo(), false);
  await one.flush();
  assert.equal(proposals.get("q").out, true);
});

test("what is taken out elsewhere goes; a sign-in that ended holds up and loses nothing", async () => {
  const { api, world, proposals } = office();
  const [one, two] = [await planner(api, 1), await planner(api, 2)];
  one.add("q", FIELDS);
  await one.flush();
  await two.poll();
  one.takeOut("q");
  await one.flush();
  await two.poll();
  assert.equal(two.get("q"), undefined);
  world.signedIn = false;
  two.add("r", FIELDS);
  await two.flush();
  assert.equal(two.saving(), "signed_out");
  world.signedIn = true;
  await two.flush();
  assert.equal(proposals.get("r").bays, 10);
});

test("what the server will not have stays with its reason", async () => {
  const { api } = office();
  const one = await planner(api);
  one.add("q", { ...FIELDS, ports: -1 });
  await one.flush();
  assert.equal(one.saving(), "refused");
  assert.equal(one.get("q")?.refusal, "proposal_invalid 不对");
  one.edit("q", { ports: 2 });
  await one.flush();
  assert.equal(one.saving(), "saved");
});

test("the ground around is read once, kept, and judged with no network", async () => {
  const asked = /** @type {string[]} */ ([]);
  const network = { cut: false };
  const api = /** @type {any} */ ({
    async ask(/** @type {string} */ _method, /** @type {string} */ path) {
      asked.push(path);
      if (network.cut) return { outcome: "unreachable", why: "offline", status: 0 };
      const body = path.endsWith("/rules/")
        ? { version: "1", projection: "+proj=tmerc", rules: [{ code: "R03" }] }
        : {
            version: "1",
            layers: { lanes: { type: "FeatureCollection", features: [] } },
            surveyed: {},
          };
      return { outcome: "received", status: 200, body };
    },
  });
  const judge = (/** @type {any} */ { site, around, rules }) =>
    rules.map((/** @type {any} */ { code }) => ({ code, site: site.name, layers: around.layers }));
  const open = async () => {
    const store = openPlans(1);
    closing.push(store.close);
    return openGround({ api, store, judge, onChange: () => {} });
  };
  const ground = await open();
  assert.equal(ground.judged(FIELDS), null);
  await ground.readRules();
  await ground.look(FIELDS.geom);
  await ground.look(FIELDS.geom);
  assert.equal(asked.filter((path) => path.includes("around")).length, 1);
  assert.equal(ground.judged(FIELDS)?.length, 1);
  network.cut = true;
  const again = await open();
  await again.look(FIELDS.geom);
  assert.equal(again.judged(FIELDS)?.length, 1);
  const far = footprint({ centre: [118.6, 24.8], length_m: 8, width_m: 2.2, rotation_deg: 90 });
  assert.equal(again.judged({ ...FIELDS, ...far }), null);
});
