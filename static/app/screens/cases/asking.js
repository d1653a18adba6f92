/**
 * Before a move is made from the list: what will happen to each case; and afterwards what became
 * of it, with the way back where the workflow has one.
 *
 * @import { TemplateResult } from "lit-html"
 * @import { Reply } from "../../api.js"
 * @import { Outcome } from "../../bulk.js"
 * @import { Told } from "../../case_moves.js"
 * @import { CaseFeature, PublishedKind } from "../../types.d.ts"
 * @import { World } from "./cases.js"
 */

import { html, nothing, render } from "lit-html";
import { outcomesOf, summaryOf } from "../../bulk.js";
import { lackingFor, moveOf, nothingTold, wayBack } from "../../case_moves.js";
import { today } from "../../days.js";
import { uuid7 } from "../../uuid.js";
import { isoWithOffset } from "../../when.js";
import { t } from "../../words.js";
import { trouble } from "../desk.js";
import { icon, waiting } from "../parts.js";
import { keysTold } from "./keys.js";
import { needFields } from "./needs.js";
import { handlerName, moveWord, stateWord, titleOf } from "./pieces.js";

const MOVES = "/api/v1/cases/moves/";
const TYPING_MS = 300;
const MOST_NAMED = 4;
/** What a move asks for that can be made for many. @type {Record<string, string[]>} */
const NEEDS = {
  file: [],
  assign: ["handler"],
  close: [],
  reject: ["note"],
  void: ["note"],
  suspend: ["note", "until", "approver"],
  refer: ["note", "body"],
};

/** @param {World} world @param {HTMLDialogElement} dialog */
export function openAsking(world, dialog) {
  const { api, toasts } = world;
  /** @type {{ move: string, cases: CaseFeature[], ids: string[], told: Told,
   *   recordedAt: string, done: () => void } | null} */
  let wish = null;
  /** @type {Outcome[] | null} */
  let preview = null;
  /** @type {Outcome[] | null} */
  let became = null;
  /** @type {Reply | null} */
  let failed = null;
  /** @type {Record<string, any>} */
  let wrong = {};
  let sending = false;
  /** @type {AbortController | null} */
  let asked = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing;

  dialog.addEventListener("close", () => {
    const closed = wish;
    wish = null;
    if (closed && became) closed.done();
    render(nothing, dialog);
  });

  /** @param {string} title @param {TemplateResult | typeof nothing} body @param {TemplateResult | typeof nothing} [foot] */
  function draw(title, body, foot = nothing) {
    render(
      html`<form
        method="dialog"
        class="asking-form"
        novalidate
        @submit=${(/** @type {Event} */ event) => {
          event.preventDefault();
          if (wish && !became) make();
          else dialog.close();
        }}
      >
        <header class="desk-head">
          <h2 id="asking-title">${title}</h2>
          <button
            class="button icon quiet"
            type="button"
            aria-label=${t("cases.close")}
            @click=${() => dialog.close()}
          >
            ${icon("close")}
          </button>
        </header>
        ${body}
        <footer class="choices">${foot}</footer>
      </form>`,
      dialog,
    );
    dialog.setAttribute("aria-labelledby", "asking-title");
    if (!dialog.open) dialog.showModal();
  }

  /** @param {{ wish: NonNullable<typeof wish>, dry: boolean, signal?: AbortSignal }} what */
  function send({ wish: { move, cases, ids, told, recordedAt }, dry, signal }) {
    const moves = cases.map(({ id, properties: { version } }, at) => ({
      case: id,
      id: ids[at],
      ...moveOf({ move, version, recordedAt, needs: NEEDS[move] ?? [], told }),
    }));
    return api.ask("POST", MOVES, { ...(dry ? { dry_run: true } : {}), moves }, { signal });
  }

  async function look() {
    if (!wish) return;
    asked?.abort();
    asked = new AbortController();
    const mine = wish;
    const reply = await send({ wish, dry: true, signal: asked.signal });
    if (reply.outcome === "cancelled" || wish !== mine) return;
    failed = reply.outcome === "received" ? null : reply;
    preview = reply.outcome === "received" ? outcomesOf(wish.cases, reply.body.moves) : null;
    show();
  }

  async function make() {
    if (!wish || sending || !preview) return;
    const lacking = lackingFor(NEEDS[wish.move] ?? [], wish.told, today());
    wrong = Object.fromEntries(Object.entries(lacking).map(([name, word]) => [name, t(word)]));
    if (Object.keys(wrong).length) return show();
    if (!summaryOf(preview).n) return;
    sending = true;
    show();
    const reply = await send({ wish, dry: false });
    sending = false;
    if (!wish) return;
    failed = reply.outcome === "received" ? null : reply;
    if (reply.outcome === "received") became = outcomesOf(wish.cases, reply.body.moves);
    if (became?.length === 1 && became[0]?.became === "made") return told(became);
    show();
  }

  /** One that went well needs no reading. @param {Outcome[]} outcomes */
  function told(outcomes) {
    const move = /** @type {NonNullable<typeof wish>} */ (wish).move;
    const done = /** @type {NonNullable<typeof wish>} */ (wish).done;
    dialog.close();
    const word = t("cases.madeOne", {
      number: outcomes[0]?.case.properties.number ?? "",
      state: stateWord(outcomes[0]?.state ?? ""),
    });
    toasts.show(
      word,
      wayBack(move) ? { label: t("undo"), act: () => undo(move, outcomes, done) } : undefined,
    );
  }

  /** @param {string} move @param {Outcome[]} outcomes @param {() => void} done */
  async function undo(move, outcomes, done) {
    const back = /** @type {string} */ (wayBack(move));
    const made = outcomes.filter(({ became }) => became === "made");
    const recordedAt = isoWithOffset(new Date());
    const moves = made.map(({ case: { id }, version }) => ({
      case: id,
      id: uuid7(),
      ...moveOf({
        move: back,
        version,
        recordedAt,
        told: { ...nothingTold(), note: t("cases.undoNote", { move: moveWord(move) }) },
      }),
    }));
    const reply = await api.ask("POST", MOVES, { moves });
    const n =
      reply.outcome === "received"
        ? outcomesOf(
            made.map((each) => each.case),
            reply.body.moves,
          ).filter(({ became }) => became === "made").length
        : 0;
    toasts.show(n ? t("cases.undone", { n }) : t("cases.notUndone"));
    if (dialog.open) dialog.close();
    done();
  }

  function show() {
    if (!wish) return;
    const { move, cases, told } = wish;
    const n = preview ? summaryOf(preview).n : 0;
    if (became) {
      const made = became.filter((each) => each.became === "made").length;
      const done = wish.done;
      const outcomes = became;
      return draw(
        t("cases.became", { move: moveWord(move) }),
        html`<ul class="outcomes">${became.map((each) => outcome(each, world.known.kinds))}</ul>`,
        html`
          ${
            wayBack(move) && made
              ? html`<button class="button" type="button" @click=${() => undo(move, outcomes, done)}>
                  ${t("cases.undoAll", { n: made })}
                </button>`
              : nothing
          }
          <button class="button primary" autofocus>${t("cases.done")}</button>`,
      );
    }
    draw(
      t("cases.moveOf", { move: moveWord(move), n: cases.length }),
      html`
        ${needFields({
          needs: ["note", ...(NEEDS[move] ?? [])],
          must: NEEDS[move] ?? [],
          told,
          wrong,
          handlers: world.known.handlers,
          approvers: world.approvers,
          set: (change) => {
            if (wish) wish = { ...wish, told: { ...wish.told, ...change } };
            for (const name of Object.keys(change)) delete wrong[name];
            show();
            clearTimeout(typing);
            typing = setTimeout(look, TYPING_MS);
          },
        })}
        <section class="section summary" aria-live="polite">
          <h3>${t("cases.willHappen")}</h3>
          ${failed ? trouble(failed, look) : preview ? summary(preview) : waiting(3)}
        </section>`,
      html`
        <button class="button primary" aria-disabled=${sending || !n} autofocus>
          ${t("cases.doMove", { move: moveWord(move), n })}
        </button>
        <button class="button" type="button" @click=${() => dialog.close()}>${t("cancel")}</button>`,
    );
  }

  return {
    /**
     * @param {string} move @param {CaseFeature[]} cases
     * @param {() => void} done when something was made of it
     */
    async ask(move, cases, done) {
      wish = {
        move,
        cases,
        done,
        ids: cases.map(() => uuid7()),
        told: nothingTold(),
        recordedAt: isoWithOffset(new Date()),
      };
      preview = became = failed = null;
      wrong = {};
      sending = false;
      show();
      await world.loadHandlers(cases[0]?.properties.community);
      look();
    },
    keys() {
      wish = null;
      draw(
        t("cases.keys"),
        keysTold(),
        html`<button class="button primary" autofocus>${t("cases.close")}</button>`,
      );
    },
  };
}

/** @typedef {ReturnType<typeof openAsking>} Asking */

/** @param {Outcome[]} outcomes */
function summary(outcomes) {
  const { made, proposed, refused } = summaryOf(outcomes);
  return html`
    <ul class="outcomes">
      ${made.map(
        ({ state, handler, cases }) => html`<li class="made">
          <i class="mark good"></i>
          <span
            >${
              handler
                ? t("cases.willGo", {
                    n: cases.length,
                    state: stateWord(state),
                    name: handlerName(handler),
                  })
                : t("cases.willBe", { n: cases.length, state: stateWord(state) })
            }
            <span class="tiny soft">${named(cases)}</span></span
          >
        </li>`,
      )}
      ${
        proposed.length
          ? html`<li class="proposed">
              <i class="mark s3"></i>
              <span>${t("cases.willWait", { n: proposed.length })}
                <span class="tiny soft">${named(proposed)}</span></span>
            </li>`
          : nothing
      }
      ${refused.map(
        ({ message, cases }) => html`<li class="refused">
          <i class="mark s1"></i>
          <span>${t("cases.willNot", { n: cases.length })} ${message}
            <span class="tiny soft">${named(cases)}</span></span>
        </li>`,
      )}
    </ul>`;
}

/** @param {Outcome} each @param {PublishedKind[]} kinds */
const outcome = ({ case: { properties }, became, state, message, handler }, kinds) => html`
  <li class=${became}>
    <i class="mark ${became === "made" ? "good" : became === "proposed" ? "s3" : "s1"}"></i>
    <span>
      <b>${t("cases.number", { n: properties.number })}</b> ${titleOf(properties, kinds)}
      <div class="small">
        ${
          became === "made"
            ? html`${stateWord(state)}${handler ? ` · ${handlerName(handler)}` : ""}`
            : became === "proposed"
              ? t("cases.waitsFor")
              : message
        }
      </div>
    </span>
  </li>`;

/** The first numbers, and how many more. @param {CaseFeature[]} cases */
const named = (cases) =>
  cases
    .slice(0, MOST_NAMED)
    .map(({ properties }) => t("cases.number", { n: properties.number }))
    .join(t("list.comma")) + (cases.length > MOST_NAMED ? " …" : "");
