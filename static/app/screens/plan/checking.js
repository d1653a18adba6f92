/**
 * What the server says of a site once hands rest: asked a moment after the last change, and kept
 * beside the very fields it was asked for.
 *
 * @import { Api } from "../../api.js"
 * @import { Edited, Fields, Verdict } from "../../drawing/types.d.ts"
 * @import { Checked } from "./checks.js"
 */

import { fieldsOf } from "../../drawing/edits.js";
import { sentence } from "./plans.js";

const SETTLE_MS = 350;
/** What no rule looks at. */
const UNJUDGED = ["name", "note", "cost_yuan"];

/** @param {{ api: Api, onChange: () => void }} world */
export function openChecking({ api, onChange }) {
  /** @type {Map<string, { key: string, checked: Checked }>} */
  const known = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {string} key @param {string} plan @param {Edited} row */
  async function ask(key, plan, row) {
    const { id, base } = row;
    const sent = { ...judgedFields(fieldsOf(row)), plan, ...(base ? { proposal: id } : {}) };
    const reply = await api.ask("POST", "/api/v1/planning/check/", sent);
    if (known.get(id)?.key !== key) return;
    known.set(id, { key, checked: checkedOf(reply) });
    onChange();
  }

  return {
    /** @param {Edited} row @returns {Checked} */
    of(row) {
      const last = known.get(row.id);
      if (!last || last.key !== keyOf(row)) return { state: "none", verdicts: null, why: "" };
      return last.checked;
    },

    /** @param {string} plan @param {Edited} row */
    soon(plan, row) {
      clearTimeout(timer);
      const key = keyOf(row);
      const last = known.get(row.id);
      if (last?.key === key && last.checked.state === "checked") return;
      known.set(row.id, { key, checked: { state: "asking", verdicts: null, why: "" } });
      timer = setTimeout(() => ask(key, plan, row), SETTLE_MS);
    },
  };
}

/** @param {Fields} fields */
const judgedFields = (fields) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !UNJUDGED.includes(name)));

/** A vote is told by its state. @param {Edited} row */
const keyOf = (row) => JSON.stringify([judgedFields(fieldsOf(row)), row.base?.state]);

/** @param {import("../../api.js").Reply} reply @returns {Checked} */
function checkedOf(reply) {
  if (reply.outcome === "received")
    return { state: "checked", verdicts: /** @type {Verdict[]} */ (reply.body.verdicts), why: "" };
  if (reply.outcome === "refused")
    return { state: "refused", verdicts: null, why: sentence(reply) };
  return { state: "unreachable", verdicts: null, why: "" };
}
