/**
 * One case: loaded with all around it, and moved by forms of what each move needs.
 *
 * @import { Reply } from "../../api.js"
 * @import { CaseFeature, CaseMay, CaseMove, CaseWhole } from "../../types.d.ts"
 * @import { Asking } from "./asking.js"
 * @import { World } from "./cases.js"
 * @import { Act } from "./keys.js"
 * @import { List } from "./list.js"
 * @import { Making } from "./move_form.js"
 */

import { html, nothing } from "lit-html";
import { lackingFor, moveOf, nothingTold, wayBack } from "../../case_moves.js";
import { attached, declaredPhotos, sendPhotos } from "../../case_photos.js";
import { today } from "../../filters.js";
import { uuid7 } from "../../uuid.js";
import { isoWithOffset } from "../../when.js";
import { t } from "../../words.js";
import { trouble } from "../desk.js";
import { empty, icon, waiting } from "../parts.js";
import { caseBody } from "./case.js";
import { handlerName, stateWord } from "./pieces.js";

const TYPING_MS = 250;
const MOST_FOUND = 8;

/** @param {World} world @param {List} list @param {Asking} asking */
export function openOne(world, list, asking) {
  const { api, desk, toasts } = world;
  /** @type {string | null} */
  let id = null;
  /** @type {CaseWhole | null} */
  let whole = null;
  /** @type {any} what G's address tells of its pictures */
  let evidence = null;
  /** @type {Reply | null} */
  let failed = null;
  /** @type {Making | null} */
  let making = null;
  /** Who complained, of those complaints whose reading was asked for. @type {Map<string, any>} */
  let complainants = new Map();
  /** @type {{ id: string, accept: boolean, note: string, wrong: string } | null} */
  let deciding = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing;

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
    stop();
    id = to;
    whole = evidence = failed = deciding = null;
    complainants = new Map();
    if (!id) {
      world.marks?.point(null);
      return;
    }
    load().then(() => world.marks?.goTo(whole?.geometry ?? null));
  }

  function stop() {
    for (const { url } of making?.photos ?? []) if (url) URL.revokeObjectURL(url);
    making = null;
  }

  /** @param {CaseMay} may */
  async function begin(may) {
    stop();
    making = {
      may,
      told: nothingTold(),
      photos: [],
      wrong: {},
      notAdded: [],
      sending: "",
      sent: 0,
      byRule: "",
      sought: "",
      found: null,
    };
    // What was asked for is what is granted, unless told otherwise.
    const asked = whole?.moves.findLast(({ move }) => move === "ask_extension");
    if (may.move === "grant_extension" && asked) making.told.until = asked.data.until ?? "";
    world.show();
    const first = desk.panel.querySelector(
      ".move-form :is(input, select, textarea), .move-form .primary",
    );
    /** @type {HTMLElement | null} */ (first)?.focus();
    first?.closest(".move-form")?.scrollIntoView({ block: "nearest" });
    if (may.needs.some((need) => need === "handler" || need === "approver")) {
      await world.loadHandlers(whole?.properties.community);
      if (may.needs.includes("handler")) await askRule();
    }
  }

  /** Whom the rules of dispatch would choose: what the move would make of it. */
  async function askRule() {
    if (!making || !whole) return;
    const body = moveOf({
      move: making.may.move,
      version: whole.properties.version,
      recordedAt: isoWithOffset(new Date()),
    });
    const moves = [{ case: id, id: uuid7(), ...body }];
    const reply = await api.ask("POST", "/api/v1/cases/moves/", { dry_run: true, moves });
    if (!making || reply.outcome !== "received") return;
    const handler = reply.body.moves[0].answer.now?.handler;
    if (handler) making = { ...making, byRule: handlerName(handler) };
    world.show();
  }

  /** @param {Partial<Making["told"]>} told */
  function set(told) {
    if (!making) return;
    for (const name of Object.keys(told)) delete making.wrong[name];
    making = { ...making, told: { ...making.told, ...told } };
    world.show();
  }

  /** @param {File[]} files */
  async function addFiles(files) {
    for (const file of files) {
      if (!making) return;
      const added = await attached(file, making.photos);
      if (!making) return;
      if ("photo" in added) {
        const photo = { ...added.photo, url: URL.createObjectURL(file) };
        making = { ...making, photos: [...making.photos, photo], wrong: { ...making.wrong } };
        delete making.wrong.photos;
      } else {
        const said = t("cases.notAdded", { name: file.name });
        making = { ...making, notAdded: [...making.notAdded, said] };
      }
      world.show();
    }
  }

  /** @param {string} photo */
  function dropPhoto(photo) {
    if (!making) return;
    const url = making.photos.find((each) => each.id === photo)?.url;
    if (url) URL.revokeObjectURL(url);
    making = { ...making, photos: making.photos.filter((each) => each.id !== photo) };
    world.show();
  }

  /** @param {string} photo @param {string} earlier */
  function pair(photo, earlier) {
    if (!making) return;
    const photos = making.photos.map((each) => {
      if (each.id !== photo) return each;
      const { pair: _, ...rest } = each;
      return earlier ? { ...rest, pair: earlier } : rest;
    });
    making = { ...making, photos };
    world.show();
  }

  /** @param {string} text */
  function seek(text) {
    if (!making) return;
    making = { ...making, sought: text };
    world.show();
    clearTimeout(typing);
    typing = setTimeout(async () => {
      const q = new URLSearchParams({ status: "open", q: text, page_size: String(MOST_FOUND) });
      const reply = await api.ask("GET", `/api/v1/cases/?${q}`);
      if (!making || reply.outcome !== "received") return;
      const others = reply.body.features.filter((/** @type {any} */ each) => each.id !== id);
      making = { ...making, found: others };
      world.show();
    }, TYPING_MS);
  }

  async function make() {
    if (!making || !whole || making.sending) return;
    const { may, told, photos } = making;
    const lacking = lackingFor(may.needs, { ...told, photos: photos.map(pairOf) }, today());
    if (Object.keys(lacking).length) {
      return complain(
        Object.fromEntries(Object.entries(lacking).map(([name, word]) => [name, t(word)])),
      );
    }
    making = { ...making, sending: "move" };
    world.show();
    const move = uuid7();
    const reply = await api.ask(
      "PUT",
      `${address()}moves/${move}/`,
      moveOf({
        move: may.move,
        version: whole.properties.version,
        recordedAt: isoWithOffset(new Date()),
        needs: may.needs,
        told,
        photos: declaredPhotos(photos),
      }),
    );
    if (!making) return;
    if (reply.outcome !== "received") {
      making = { ...making, sending: "" };
      return complain(wrongOf(reply));
    }
    if (photos.length) {
      making = { ...making, sending: "photos" };
      world.show();
      const cut = await sendPhotos(api, move, photos, (sent) => {
        if (making) making = { ...making, sent };
        world.show();
      });
      if (cut) toasts.show(t("cases.photosNotSent"));
    }
    stop();
    became(may.move, reply.body);
  }

  /** @param {string} move @param {any} answer */
  function became(move, answer) {
    const number = whole?.properties.number ?? "";
    const back = answer.standing === "made" ? wayBack(move) : null;
    toasts.show(
      answer.standing === "made"
        ? t("cases.madeOne", { number, state: stateWord(answer.state) })
        : t("cases.keptAsProposal"),
      back ? { label: t("undo"), act: () => undo(back, move, answer.version) } : undefined,
    );
    load();
    list.refresh();
  }

  /** @param {string} back @param {string} move @param {number} version */
  async function undo(back, move, version) {
    const told = { ...nothingTold(), note: t("cases.undoNote", { move: asking.word(move) }) };
    const body = moveOf({ move: back, version, recordedAt: isoWithOffset(new Date()), told });
    const reply = await api.ask("PUT", `${address()}moves/${uuid7()}/`, body);
    toasts.show(reply.outcome === "received" ? t("cases.undone", { n: 1 }) : t("cases.notUndone"));
    load();
    list.refresh();
  }

  /** @param {Record<string, string>} wrong */
  function complain(wrong) {
    if (making) making = { ...making, wrong };
    world.show();
    const first = desk.panel.querySelector(".move-form [aria-invalid=true]");
    /** @type {HTMLElement | null} */ (first)?.focus();
  }

  async function decide() {
    if (!deciding) return;
    const { id: move, accept, note } = deciding;
    if (!accept && !note.trim()) {
      deciding = { ...deciding, wrong: t("cases.needed") };
      return world.show();
    }
    const reply = await api.ask("PUT", `${address()}moves/${move}/decision/`, { accept, note });
    if (reply.outcome !== "received") {
      deciding = { ...deciding, wrong: sentenceOf(reply) };
      return world.show();
    }
    deciding = null;
    toasts.show(t(accept ? "cases.accepted" : "cases.declinedNow"));
    load();
    list.refresh();
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
    if (act === "back" && making) {
      stop();
      world.show();
    } else if (act === "back") world.go(null);
    else if (act === "next" || act === "previous") {
      const next = id && list.beside(id, act === "next" ? 1 : -1);
      if (next) world.go(next);
    } else if (act === "file" || act === "assign" || act === "close") {
      const may = whole?.may.find(({ move }) => move === act);
      if (may) begin(may);
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
      making,
      deciding,
      complainants,
      handlers: world.known.handlers,
      approvers: world.approvers,
      begin,
      form: { set, addFiles, dropPhoto, pair, seek, make, close: () => act("back") },
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
      showOnMap: () => world.marks?.goTo(whole?.geometry ?? null),
    });
  }

  return {
    get id() {
      return id;
    },
    open,
    act,
    /** What its clocks are, for the page's own. */
    clocks: () => (whole ? [whole.properties] : []),
    /** Quietly: a form that is being filled in stays. */
    refresh() {
      if (id && !making?.sending) load();
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

/** @param {{ id: string, pair?: string }} photo */
const pairOf = ({ id, pair = "" }) => ({ id, pair });

/** Why it could not be done, by the field it is about. @param {Reply} reply @returns {Record<string, string>} */
const wrongOf = (reply) =>
  reply.outcome === "refused" && reply.details?.fields
    ? Object.fromEntries(
        Object.entries(/** @type {Record<string, string>} */ (reply.details.fields)).map(
          ([name, said]) => [name.split(".")[0] ?? name, said],
        ),
      )
    : { move: sentenceOf(reply) };

/** @param {Reply} reply */
function sentenceOf(reply) {
  if (reply.outcome === "refused")
    return Object.values(reply.details?.fields ?? {}).join(" ") || reply.message;
  return t(reply.outcome === "signed_out" ? "signed_out.title" : "unreachable.title");
}
