/**
 * A move of the open case while it is filled in: its fields and photos, and what is wrong with
 * them; then sent, first itself and then its photos.
 *
 * @import { Reply } from "../../api.js"
 * @import { CaseFeature, CaseMay, CaseWhole } from "../../types.d.ts"
 * @import { World } from "./cases.js"
 * @import { Making } from "./move_form.js"
 */

import { lackingFor, moveOf, nothingTold, wayBack } from "../../case_moves.js";
import { attached, declaredPhotos, sendPhotos } from "../../case_photos.js";
import { today } from "../../days.js";
import { openTurns } from "../../turns.js";
import { uuid7 } from "../../uuid.js";
import { isoWithOffset } from "../../when.js";
import { t } from "../../words.js";
import { handlerName, moveWord, stateWord } from "./pieces.js";

const TYPING_MS = 250;
const MOST_FOUND = 8;

/** @param {World} world @param {() => CaseWhole | null} shown @param {() => void} done */
export function openMaking(world, shown, done) {
  const { api, desk, toasts } = world;
  /** @type {Making | null} */
  let making = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing;

  const turn = openTurns();
  /** Is the form still the one that was begun? */
  let isSame = turn();

  function stop() {
    isSame = turn();
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
      unheard: null,
    };
    // What was asked for is what is granted, unless told otherwise.
    const asked = shown()?.moves.findLast(({ move }) => move === "ask_extension");
    if (may.move === "grant_extension" && asked) making.told.until = asked.data.until ?? "";
    world.show();
    const first = desk.panel.querySelector(
      ".move-form :is(input, select, textarea), .move-form .primary",
    );
    /** @type {HTMLElement | null} */ (first)?.focus();
    first?.closest(".move-form")?.scrollIntoView({ block: "nearest" });
    if (may.needs.some((need) => need === "handler" || need === "approver")) {
      await world.loadHandlers(shown()?.properties.community);
      if (may.needs.includes("handler")) await askRule();
    }
  }

  /** Whom the rules of dispatch would choose: what the move would make of it. */
  async function askRule() {
    const whole = shown();
    if (!making || !whole) return;
    const body = moveOf({
      move: making.may.move,
      version: whole.properties.version,
      recordedAt: isoWithOffset(new Date()),
    });
    const moves = [{ case: whole.id, id: uuid7(), ...body }];
    const stays = isSame;
    const reply = await api.ask("POST", "/api/v1/cases/moves/", { dry_run: true, moves });
    if (!making || !stays() || reply.outcome !== "received") return;
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
      const others = reply.body.features.filter(
        (/** @type {any} */ each) => each.id !== shown()?.id,
      );
      making = { ...making, found: others };
      world.show();
    }, TYPING_MS);
  }

  async function make() {
    const whole = shown();
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
    const declared = declaredPhotos(photos);
    const says = JSON.stringify([told, declared]);
    // The server may have taken what it could not answer: the same is sent as what it was.
    const sent =
      making.unheard?.says === says
        ? making.unheard
        : {
            says,
            id: uuid7(),
            body: moveOf({
              move: may.move,
              version: whole.properties.version,
              recordedAt: isoWithOffset(new Date()),
              needs: may.needs,
              told,
              photos: declared,
            }),
          };
    const move = sent.id;
    const stays = isSame;
    const reply = await api.ask("PUT", `/api/v1/cases/${whole.id}/moves/${move}/`, sent.body);
    if (reply.outcome !== "received") {
      if (!stays()) return;
      making = { ...making, sending: "", unheard: reply.outcome === "refused" ? null : sent };
      return complain(wrongOf(reply));
    }
    if (photos.length) {
      if (stays()) making = { ...making, sending: "photos" };
      world.show();
      const cut = await sendPhotos(api, move, photos, (sent) => {
        if (making && stays()) making = { ...making, sent };
        world.show();
      });
      if (cut) toasts.show(t("cases.photosNotSent"));
    }
    // Who closed the form meanwhile did not call it back; another that was begun stays.
    if (stays()) stop();
    became(whole, may.move, reply.body);
  }

  /** @param {CaseWhole} whole @param {string} move @param {any} answer */
  function became({ id, properties: { number } }, move, answer) {
    const back = answer.standing === "made" ? wayBack(move) : null;
    toasts.show(
      answer.standing === "made"
        ? t("cases.madeOne", { number, state: stateWord(answer.state) })
        : t("cases.keptAsProposal"),
      back ? { label: t("undo"), act: () => undo(id, back, move, answer.version) } : undefined,
    );
    done();
  }

  /** @param {string} id of the case, whichever is open by then @param {string} back @param {string} move @param {number} version */
  async function undo(id, back, move, version) {
    const told = { ...nothingTold(), note: t("cases.undoNote", { move: moveWord(move) }) };
    const body = moveOf({ move: back, version, recordedAt: isoWithOffset(new Date()), told });
    const reply = await api.ask("PUT", `/api/v1/cases/${id}/moves/${uuid7()}/`, body);
    toasts.show(reply.outcome === "received" ? t("cases.undone", { n: 1 }) : t("cases.notUndone"));
    done();
  }

  /** @param {Record<string, string>} wrong */
  function complain(wrong) {
    if (making) making = { ...making, wrong };
    world.show();
    const first = desk.panel.querySelector(".move-form [aria-invalid=true]");
    /** @type {HTMLElement | null} */ (first)?.focus();
  }

  return {
    get now() {
      return making;
    },
    begin,
    stop,
    form: {
      set,
      addFiles,
      dropPhoto,
      pair,
      seek,
      make,
      close: () => {
        stop();
        world.show();
      },
    },
  };
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
export function sentenceOf(reply) {
  if (reply.outcome === "refused")
    return Object.values(reply.details?.fields ?? {}).join(" ") || reply.message;
  return t(reply.outcome === "signed_out" ? "signed_out.title" : "unreachable.title");
}
