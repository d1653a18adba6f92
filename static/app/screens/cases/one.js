/**
 * One case: loaded with all around it, and moved by forms of what each move needs.
 *
 * @import { Reply } from "../../api.js"
 * @import { CaseMove, CaseWhole } from "../../types.d.ts"
 * @import { World } from "./cases.js"
 * @import { Act } from "./keys.js"
 * @import { List } from "./list.js"
 */

import { html, nothing } from "lit-html";
import { t } from "../../words.js";
import { trouble } from "../desk.js";
import { empty, icon, waiting } from "../parts.js";
import { caseBody } from "./case.js";
import { openMaking, sentenceOf } from "./making.js";

/** @param {World} world @param {List} list */
export function openOne(world, list) {
  const { api, toasts } = world;
  /** @type {string | null} */
  let id = null;
  /** @type {CaseWhole | null} */
  let whole = null;
  /** @type {any} what G's address tells of its pictures */
  let evidence = null;
  /** @type {Reply | null} */
  let failed = null;
  /** Who complained, of those complaints whose reading was asked for. @type {Map<string, any>} */
  let complainants = new Map();
  /** @type {{ id: string, text: string, wrong: string } | null} */
  let replying = null;
  /** @type {{ id: string, accept: boolean, note: string, wrong: string } | null} */
  let deciding = null;
  /** A decision or a reply is on its way. */
  let answering = false;

  const making = openMaking(world, () => whole, changed);
  const address = () => `/api/v1/cases/${id}/`;

  async function load() {
    const asked = id;
    const reply = await api.ask("GET", address());
    if (asked !== id) return;
    failed = reply.outcome === "received" ? null : reply;
    if (reply.outcome === "received") whole = reply.body;
    if (whole) {
      world.marks?.point(whole.geometry);
      loadEvidence();
    }
    world.show();
  }

  function changed() {
    load();
    list.refresh();
  }

  async function loadEvidence() {
    const asked = id;
    const reply = await api.ask("GET", `${address()}evidence/`);
    if (asked !== id || reply.outcome !== "received") return;
    evidence = reply.body;
    world.show();
  }

  /** @param {string | null} to */
  function open(to) {
    if (to === id) return;
    making.stop();
    id = to;
    whole = evidence = failed = deciding = replying = null;
    complainants = new Map();
    if (!id) {
      world.marks?.point(null);
      return;
    }
    load().then(() => world.marks?.goTo(whole?.geometry ?? null));
  }

  async function decide() {
    if (!deciding || answering) return;
    const asked = id;
    const { id: move, accept, note } = deciding;
    if (!accept && !note.trim()) {
      deciding = { ...deciding, wrong: t("cases.needed") };
      return world.show();
    }
    answering = true;
    const reply = await api.ask("PUT", `${address()}moves/${move}/decision/`, { accept, note });
    answering = false;
    const stays = asked === id && deciding?.id === move;
    if (reply.outcome !== "received") {
      if (stays) deciding = { ...deciding, wrong: sentenceOf(reply) };
      return world.show();
    }
    if (stays) deciding = null;
    toasts.show(t(accept ? "cases.accepted" : "cases.declinedNow"));
    changed();
  }

  async function sendReply() {
    if (!replying || answering) return;
    const { id: complaint, text } = replying;
    answering = true;
    const reply = text.trim()
      ? await api.ask("PUT", `/api/v1/complaints/${complaint}/reply/`, { text })
      : null;
    answering = false;
    const stays = replying?.id === complaint;
    if (reply?.outcome !== "received") {
      if (stays) replying = { ...replying, wrong: reply ? sentenceOf(reply) : t("cases.needed") };
      return world.show();
    }
    if (stays) replying = null;
    toasts.show(t("cases.replyNoted"));
    load();
  }

  /** @param {string} complaint */
  async function readComplainant(complaint) {
    const reply = await api.ask("GET", `/api/v1/complaints/${complaint}/complainant/`);
    complainants = new Map(complainants).set(
      complaint,
      reply.outcome === "received" ? reply.body : { wrong: sentenceOf(reply) },
    );
    world.show();
  }

  /** @param {Act} act */
  function act(act) {
    if (act === "back" && making.now) making.form.close();
    else if (act === "back") world.go(null);
    else if (act === "next" || act === "previous") {
      const next = id && list.beside(id, act === "next" ? 1 : -1);
      if (next) world.go(next);
    } else if (act === "file" || act === "assign" || act === "close") {
      const may = whole?.may.find(({ move }) => move === act);
      if (may) making.begin(may);
    } else return false;
    return true;
  }

  function body() {
    if (failed && failed.outcome === "refused" && failed.status === 404)
      return empty({
        title: t("cases.notThere"),
        text: t("cases.notThereSays"),
        act: t("cases.backToList"),
        onAct: () => world.go(null),
      });
    if (!whole) return failed ? nothing : waiting(10);
    return caseBody({
      whole,
      evidence,
      clock: world.clock,
      me: world.me,
      kinds: world.known.kinds,
      making: making.now,
      deciding,
      complainants,
      handlers: world.known.handlers,
      approvers: world.approvers,
      begin: making.begin,
      form: making.form,
      decide: {
        begin: (/** @type {CaseMove} */ move, /** @type {boolean} */ accept) => {
          deciding = { id: move.id, accept, note: "", wrong: "" };
          world.show();
          document.getElementById("decision-note")?.focus();
        },
        note: (/** @type {string} */ note) => {
          if (deciding) deciding = { ...deciding, note, wrong: "" };
          world.show();
        },
        make: decide,
        close: () => {
          deciding = null;
          world.show();
        },
      },
      readComplainant,
      replying,
      reply: {
        begin: (/** @type {string} */ complaint) => {
          replying = { id: complaint, text: "", wrong: "" };
          world.show();
          document.getElementById("reply-text")?.focus();
        },
        say: (/** @type {string} */ text) => {
          if (replying) replying = { ...replying, text, wrong: "" };
          world.show();
        },
        make: sendReply,
        close: () => {
          replying = null;
          world.show();
        },
      },
      hold: {
        put: async (/** @type {string} */ reason) => {
          const reply = await api.ask("PUT", `${address()}hold/`, { reason });
          if (reply.outcome !== "received") toasts.show(sentenceOf(reply));
          loadEvidence();
        },
        lift: async () => {
          const reply = await api.ask("DELETE", `${address()}hold/`);
          if (reply.outcome !== "received") toasts.show(sentenceOf(reply));
          loadEvidence();
        },
      },
      showOnMap: world.showMap,
    });
  }

  return {
    get id() {
      return id;
    },
    open,
    act,
    showOnMap: () => world.marks?.goTo(whole?.geometry ?? null),
    /** What its clocks are, for the page's own. */
    clocks: () => (whole ? [whole.properties] : []),
    /** Quietly: a form that is being filled in stays. */
    refresh() {
      if (id && !making.now?.sending) load();
    },
    show: () => html`
      <div class="case-bar no-print">
        <button class="button quiet" type="button" @click=${() => world.go(null)}>
          ${icon("back")}${t("cases.backToList")}
        </button>
        <span class="push"></span>
        ${beside(-1, t("cases.keys.previous"), "k")} ${beside(1, t("cases.keys.next"), "j")}
        <button class="button" type="button" @click=${() => print()}>${t("cases.print")}</button>
      </div>
      ${failed && failed.outcome !== "refused" ? trouble(failed, load) : nothing}
      ${body()}`,
  };

  /** @param {number} steps @param {string} says @param {string} key */
  function beside(steps, says, key) {
    const to = id && list.beside(id, steps);
    return html`<button
      class="button icon"
      type="button"
      aria-label=${says}
      title="${says} (${key})"
      aria-disabled=${!to}
      @click=${() => to && world.go(to)}
    >
      ${icon(steps < 0 ? "back" : "next")}
    </button>`;
  }
}
