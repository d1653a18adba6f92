/**
 * What is typed into a month's report: kept on this device at once, sent a moment later, and let go
 * only when the server holds it. Where another was faster, both stand until somebody chooses.
 *
 * @import { Reply } from "../api.js"
 * @import { CellText, Figures, Matter, MatterText, Pending, Report, ReportCell, Said, TypedCell } from "./types.d.ts"
 * @typedef {"saved" | "typing" | "saving" | "kept" | "signed_out" | "closed"} Saving `kept`: the
 *   server can't be reached, and this device holds it; `closed`: the report takes nothing now
 * @typedef {{ getItem: (key: string) => string | null, setItem: (key: string, value: string) => void,
 *   removeItem: (key: string) => void }} Kept
 */

import { isRate, read } from "./check.js";

const PAUSE_MS = 600;
const AGAIN_MS = 2000;
const SELDOM_MS = 60_000;

/** @param {Matter} matter @param {ReportCell | string} cell */
export const cellKey = (matter, cell) =>
  `${matter.id}:${typeof cell === "string" ? cell : cell.place}`;
/** @param {Matter} matter */
export const matterKey = (matter) => `${matter.id}`;

/**
 * @param {{ place: string, address: string, ask: (method: string, path: string, content?: unknown) => Promise<Reply>,
 *   kept: Kept, onChange: () => void, onBehind: () => void,
 *   later?: (act: () => void, ms: number) => any, forget?: (timer: any) => void }} world `place`:
 *   where it is kept on the device, of whom and which report; `address`: where cells are put;
 *   `onBehind`: the report was changed by somebody else, and has to be read anew
 */
export function openDraft({
  place,
  address,
  ask,
  kept,
  onChange,
  onBehind,
  later = (act, ms) => setTimeout(act, ms),
  forget = (timer) => clearTimeout(timer),
}) {
  /** @type {Map<string, Pending>} */
  const pending = new Map(remembered());
  /** @type {Map<string, { matter: Matter, cell?: ReportCell }>} */
  let known = new Map();
  /** @type {Report | null} */
  let report = null;
  /** @type {Saving} */
  let saving = "saved";
  let failures = 0;
  /** @type {any} */
  let timer;
  /** @type {Promise<void> | null} */
  let sending = null;

  /** @returns {[string, Pending][]} */
  function remembered() {
    try {
      return JSON.parse(kept.getItem(place) ?? "[]");
    } catch {
      return [];
    }
  }

  function remember() {
    try {
      if (pending.size) kept.setItem(place, JSON.stringify([...pending]));
      else kept.removeItem(place);
    } catch {
      // Full, or forbidden: what is typed still stands in the page.
    }
  }

  /** What the server has now. @param {Report} told */
  function tell(told) {
    report = told;
    known = new Map();
    for (const matter of told.actions.flatMap(({ matters }) => matters)) {
      known.set(matterKey(matter), { matter });
      for (const cell of matter.cells) known.set(cellKey(matter, cell), { matter, cell });
    }
    for (const [key, each] of pending) {
      const stands = standsAt(key);
      if (!stands) pending.delete(key);
      else if (equal(key, each.text)) pending.delete(key);
      else if (stands.version !== each.seen && !each.wrong) each.theirs = stands;
    }
    remember();
    if (saving === "closed" && told.open) saving = "saved";
    if (sendable().length) schedule(failures ? pause() : 0);
    else if (saving === "typing" && !pending.size) saving = "saved";
    onChange();
  }

  /** @param {string} key @returns {TypedCell | Said | undefined} */
  const standsAt = (key) => {
    const at = known.get(key);
    return at?.cell ?? at?.matter.said;
  };

  /** What is typed is what stands there. @param {string} key @param {CellText | MatterText} text */
  function equal(key, text) {
    const at = known.get(key);
    if (!at) return false;
    if (!at.cell) {
      const { measured_on, source, attachment } = at.matter.said;
      const typed = /** @type {MatterText} */ (text);
      return (
        (measured_on ?? "") === typed.measured_on &&
        source === typed.source &&
        attachment?.id === typed.attachment?.id
      );
    }
    const { figures, fault } = read(/** @type {CellText} */ (text), isRate(at.matter));
    const same = at.cell.n === figures.n && at.cell.of === figures.of;
    return same && (fault === null || fault === "half");
  }

  /** @param {Matter} matter @param {ReportCell} cell @returns {CellText} */
  function cellText(matter, cell) {
    const typed = pending.get(cellKey(matter, cell));
    if (typed) return /** @type {CellText} */ (typed.text);
    const from = cell.version ? cell : cell.stands;
    return { n: textOf(from.n), of: textOf(from.of) };
  }

  /** @param {Matter} matter @returns {MatterText} */
  function matterText(matter) {
    const typed = pending.get(matterKey(matter));
    if (typed) return /** @type {MatterText} */ (typed.text);
    const { measured_on, source, attachment } = matter.said;
    return { measured_on: measured_on ?? "", source, attachment };
  }

  /** @param {string} key @param {CellText | MatterText} text */
  function put(key, text) {
    const before = pending.get(key);
    const seen = before?.seen ?? standsAt(key)?.version ?? 0;
    pending.set(key, before?.theirs ? { text, seen, theirs: before.theirs } : { text, seen });
    if (equal(key, text) && !sending) pending.delete(key);
    remember();
    if (saving !== "closed") saving = pending.size ? "typing" : "saved";
    schedule(PAUSE_MS);
    onChange();
  }

  /** @param {Matter} matter @param {ReportCell} cell @param {Partial<CellText>} text */
  const typeCell = (matter, cell, text) =>
    put(cellKey(matter, cell), { ...cellText(matter, cell), ...text });

  /** @param {Matter} matter @param {Partial<MatterText>} text */
  const typeMatter = (matter, text) => put(matterKey(matter), { ...matterText(matter), ...text });

  /** Those that can be sent now. */
  function sendable() {
    return [...pending].filter(([key, { text, theirs, wrong }]) => {
      const at = known.get(key);
      if (!at || theirs || wrong) return false;
      if (!at.cell) return true;
      const { fault } = read(/** @type {CellText} */ (text), isRate(at.matter));
      return fault === null || fault === "half";
    });
  }

  const pause = () => Math.min(SELDOM_MS, AGAIN_MS * 2 ** Math.min(failures, 6));

  /** @param {number} ms */
  function schedule(ms) {
    forget(timer);
    timer = later(() => flush(), ms);
  }

  /** Sends what is typed. @returns {Promise<void>} when all that can be is saved, or it can't */
  async function flush() {
    forget(timer);
    if (sending) {
      await sending;
      return flush();
    }
    if (!report?.may_fill || saving === "closed") return;
    const sent = sendable();
    if (!sent.length) {
      if (saving === "typing" && !pending.size) saving = "saved";
      onChange();
      return;
    }
    sending = send(sent);
    await sending;
    sending = null;
    if (saving === "saving") {
      saving = pending.size ? "typing" : "saved";
      if (sendable().length) schedule(PAUSE_MS);
    }
    onChange();
  }

  /** @param {[string, Pending][]} sent */
  async function send(sent) {
    // Who was signed out is told so until something is taken: a notice must not go under a finger.
    if (saving !== "signed_out") saving = "saving";
    onChange();
    const texts = new Map(sent.map(([key, { text }]) => [key, text]));
    const reply = await ask("PUT", address, bodyOf(sent));
    if (reply.outcome === "received") {
      failures = 0;
      saving = "saving";
      heard(reply.body, texts);
    } else if (reply.outcome === "refused") {
      failures += 1;
      saving = "closed";
      onBehind();
    } else if (reply.outcome === "unreachable") {
      failures += 1;
      saving = "kept";
      schedule(pause());
    } else saving = "signed_out";
  }

  /** @param {[string, Pending][]} sent */
  function bodyOf(sent) {
    const cells = [];
    const matters = [];
    for (const [key, { text, seen }] of sent) {
      const at = known.get(key);
      if (at?.cell) {
        const { figures } = read(/** @type {CellText} */ (text), isRate(at.matter));
        cells.push({ indicator: at.matter.id, place: at.cell.place, ...figures, seen });
      } else if (at) {
        const { measured_on, source, attachment } = /** @type {MatterText} */ (text);
        matters.push({
          indicator: at.matter.id,
          measured_on: measured_on || null,
          source,
          attachment: attachment?.id ?? null,
          seen,
        });
      }
    }
    return { cells, matters };
  }

  /** @param {any} told @param {Map<string, CellText | MatterText>} texts as they were sent */
  function heard(told, texts) {
    for (const each of told.cells) settle(`${each.indicator}:${each.place}`, each, texts);
    for (const each of told.matters) settle(`${each.indicator}`, each, texts);
    // One save is one version: more than that, and somebody else was here.
    const behind = report && told.version > report.version + 1;
    if (report) report = { ...report, version: told.version };
    remember();
    if (behind) onBehind();
  }

  /** @param {string} key @param {any} each @param {Map<string, CellText | MatterText>} texts */
  function settle(key, each, texts) {
    const at = known.get(key);
    const typed = pending.get(key);
    if (!at) return;
    if (each.outcome === "refused") {
      if (typed) typed.wrong = Object.values(each.fields).map(String).join(" ");
      return;
    }
    if (each.outcome === "changed") {
      if (typed) typed.theirs = each.stands;
      return;
    }
    if (at.cell) Object.assign(at.cell, each.stands);
    else Object.assign(at.matter.said, each.stands);
    if (!typed) return;
    if (typed.text === texts.get(key)) pending.delete(key);
    else typed.seen = each.stands.version;
  }

  return {
    tell,
    cellText,
    matterText,
    typeCell,
    typeMatter,
    flush,
    /** @param {string} key */
    pendingAt: (key) => pending.get(key),
    /** Mine over theirs. @param {string} key */
    keepMine(key) {
      const each = pending.get(key);
      if (!each?.theirs) return;
      pending.set(key, { text: each.text, seen: each.theirs.version });
      remember();
      schedule(0);
      onChange();
    },
    /** @param {string} key */
    takeTheirs(key) {
      const each = pending.get(key);
      const at = known.get(key);
      if (!each?.theirs || !at) return;
      Object.assign(at.cell ?? at.matter.said, each.theirs);
      pending.delete(key);
      remember();
      if (!pending.size && saving === "typing") saving = "saved";
      onChange();
    },
    /** The network is back, or somebody signed in again. */
    again() {
      if (saving === "kept" || saving === "signed_out") schedule(0);
    },
    /** Owed cells that have a number by now, as the server counts them. */
    told() {
      let n = 0;
      for (const { matter, cell } of known.values()) {
        if (!cell?.owed) continue;
        const typed = cell.version > 0 || pending.has(cellKey(matter, cell));
        const there = matter.recurrence === "monthly" && cell.known?.of_month;
        if (there || (typed && cellText(matter, cell).n.trim())) n += 1;
      }
      return n;
    },
    saving: () => saving,
    /** Of those that wait, how many can't be sent as they are. */
    stuck: () => pending.size - sendable().length,
    waiting: () => pending.size,
    version: () => report?.version ?? 0,
  };
}

/** @typedef {ReturnType<typeof openDraft>} Draft */

/** @param {number | null} figure */
const textOf = (figure) => (figure === null ? "" : String(figure));
