/**
 * From a proposal to a site in use: where it stands, which step may follow and what it needs, and
 * what was done so far.
 *
 * @import { Reply } from "../../api.js"
 * @import { Counted } from "../../drawing/tally.js"
 * @import { View, World } from "./work.js"
 * @typedef {{ step: string, needs: string[], refused: string | null }} Next
 * @typedef {{ id: string, step: string, note: string, on: string, with: string[],
 *   counted: Counted, wrong: Record<string, string>, says: string, broken: any[],
 *   taking: boolean }} Taking
 */

import { html, nothing } from "lit-html";
import { today } from "../../days.js";
import { owes } from "../../drawing/edits.js";
import { uuid7 } from "../../uuid.js";
import { dayWord } from "../../when.js";
import { either, t, WORDS } from "../../words.js";
import { trouble } from "../desk.js";
import { notice, time, waiting } from "../parts.js";
import { typed } from "./fields.js";
import { openPapers } from "./papers.js";
import { sentence } from "./plans.js";
import { UNCOUNTED, voteForm, voteOf } from "./vote.js";

const API = "/api/v1/planning/proposals/";
/** Steps that lead on, the farthest first. */
const ONWARD = ["open", "build", "approve", "record_vote", "check", "reconsider"];
/** What is done in the plan itself, with undo. */
const OWN = ["take_out", "put_back"];

/** @param {World} world */
export function openLife(world) {
  /** @type {any} */
  let told = null;
  /** @type {Reply | null} */
  let failed = null;
  let [asked, open] = ["", ""];
  /** @type {Taking | null} */
  let taking = null;
  const papers = openPapers(world, () => {
    asked = "";
    world.show();
  });

  /** @param {string} id @param {string} key */
  async function load(id, key) {
    asked = key;
    const reply = await world.api.ask("GET", `${API}${id}/`);
    if (asked !== key) return;
    failed = reply.outcome === "received" ? null : reply;
    if (reply.outcome === "received") told = { id, ...reply.body.properties };
    world.show();
  }

  /** @param {Next} next */
  function begin({ step }) {
    taking = {
      id: uuid7(),
      step,
      note: "",
      on: today(),
      with: [],
      counted: UNCOUNTED,
      wrong: {},
      says: "",
      broken: [],
      taking: false,
    };
    world.show();
  }

  /** @param {View} view @param {Next} next */
  async function take(view, { needs }) {
    if (!taking || taking.taking) return;
    const mine = { ...taking, taking: true };
    taking = mine;
    world.show();
    const reply = await world.api.ask("PUT", `${API}${view.picked}/steps/${mine.id}/`, {
      step: mine.step,
      seen: told.version,
      ...(mine.note.trim() ? { note: mine.note.trim() } : {}),
      ...(needs.includes("on") ? { on: mine.on } : {}),
      ...(needs.includes("vote") ? { vote: voteOf(mine.counted) } : {}),
      ...(mine.with.length ? { documents: mine.with } : {}),
    });
    if (reply.outcome === "received") {
      world.toasts.show(t("life.did", { step: stepWord(mine.step) }));
      taking = null;
      view.session.took(reply.body.proposal);
    } else
      taking = {
        ...mine,
        // The same again is the same step; one that was refused may be another.
        ...(reply.outcome === "refused" ? { id: uuid7() } : {}),
        taking: false,
        says: reply.outcome === "refused" ? sentence(reply) : t("unreachable.text"),
        broken: reply.outcome === "refused" ? (reply.details?.verdicts ?? []) : [],
      };
    asked = "";
    await view.session.poll();
    world.show();
  }

  /** @param {View} view @param {Next} next @param {boolean} first the one thing to do next */
  function offered(view, next, first) {
    if (taking?.step === next.step) return form(view, next, taking);
    return html`
      <li class="past-line">
        <button
          class="button ${first ? "primary" : ""}"
          type="button"
          aria-disabled=${Boolean(next.refused)}
          @click=${() => next.refused || begin(next)}
        >
          ${stepWord(next.step)}
        </button>
        ${
          next.needs.length
            ? html`<span class="soft small">
                ${t("life.needs")}${t("colon")}${next.needs.map(needWord).join(t("list.comma"))}
              </span>`
            : nothing
        }
        ${next.refused ? html`<span class="small">${cantWord(next.refused)}</span>` : nothing}
      </li>`;
  }

  /** @param {View} view @param {Next} next @param {Taking} now */
  function form(view, next, now) {
    const { needs } = next;
    /** @param {Partial<Taking>} change */
    const set = (change) => {
      taking = { ...now, ...change, says: "", broken: [] };
      world.show();
    };
    return html`
      <li>
        <form class="step-form card" novalidate @submit=${(/** @type {Event} */ event) => {
          event.preventDefault();
          take(view, next);
        }}>
          <h3>${stepWord(next.step)}</h3>
          ${needs.includes("vote") ? voteForm(now.counted, (name, value) => set({ counted: { ...now.counted, [name]: value } })) : nothing}
          ${
            needs.includes("on")
              ? typed({
                  id: "step-on",
                  says: t(needs.includes("vote") ? "vote.on" : "life.on"),
                  type: "date",
                  value: now.on,
                  onInput: (on) => set({ on }),
                })
              : nothing
          }
          ${typed({
            id: "step-note",
            says: t("life.note"),
            value: now.note,
            most: 1000,
            onInput: (note) => set({ note }),
          })}
          ${attached(now, needs, set)}
          ${now.says ? notice("bad", now.says) : nothing}
          ${
            now.broken.length
              ? notice(
                  "bad",
                  t("life.broken"),
                  html`<ul>
                    ${now.broken.map((each) => html`<li>${each.code} ${either(each.zh, each.en)}</li>`)}
                  </ul>`,
                )
              : nothing
          }
          <div class="choices">
            <button class="button primary" aria-disabled=${now.taking}>${t("life.take")}</button>
            <button
              class="button"
              type="button"
              @click=${() => {
                taking = null;
                world.show();
              }}
            >
              ${t("cancel")}
            </button>
          </div>
        </form>
      </li>`;
  }

  /** @param {Taking} now @param {string[]} needs @param {(change: Partial<Taking>) => void} set */
  function attached(now, needs, set) {
    const known = told.documents ?? [];
    if (!known.length)
      return needs.includes("document")
        ? html`<p class="small">${t("life.documentsNone")}</p>`
        : nothing;
    return html`
      <fieldset class="field">
        <legend class="label">${t(needs.includes("vote") ? "vote.paper" : "life.with")}</legend>
        ${known.map(
          (/** @type {any} */ { id, name }) => html`<label class="layer">
            <input
              type="checkbox"
              .checked=${now.with.includes(id)}
              @change=${(/** @type {any} */ { target }) =>
                set({
                  with: target.checked ? [...now.with, id] : now.with.filter((each) => each !== id),
                })}
            />
            <span class="grow">${name}</span>
          </label>`,
        )}
      </fieldset>`;
  }

  /** @param {any} step */
  const taken = (step) => html`
    <li class="past-line">
      <p>
        <b>${stepWord(step.step)}</b> ${step.on ? dayWord(step.on) : nothing}
      </p>
      <p class="soft small">${time(step.at)} · ${step.by_name ?? ""}</p>
      ${step.note ? html`<p>${step.note}</p>` : nothing}
      ${
        step.vote
          ? html`<p class="small">${t(step.vote.carried ? "vote.carried" : "vote.lost")}</p>`
          : nothing
      }
    </li>`;

  /** @param {View} view */
  const links = (view) => html`
    <section class="section">
      <h3>${t("life.links")}</h3>
      <p class="choices">
        <a class="button" href="${API}${view.picked}/sheet.pdf" download>${t("life.sheet")}</a>
        ${
          told.site && world.me?.may.keep_register
            ? html`<a class="button" href="/admin/geo/asset/${told.site}/change/">${t("life.site")}</a>`
            : nothing
        }
        ${
          told.links
            ? html`
                <a class="button" href=${told.links.amap} target="_blank" rel="noreferrer">${t("life.amap")}</a>
                <a class="button" href=${told.links.baidu} target="_blank" rel="noreferrer">${t("life.baidu")}</a>
              `
            : nothing
        }
      </p>
    </section>`;

  return {
    /** @param {View} view */
    template(view) {
      const row = view.session.get(view.picked);
      if (!row) return nothing;
      if (!row.base) return notice("warn", t("life.cant.unsaved"));
      const key = `${row.id} ${row.base.version} ${row.base.state}`;
      if (open !== row.id) taking = null;
      open = row.id;
      if (asked !== key) load(row.id, key);
      if (told?.id !== row.id)
        return failed
          ? trouble(failed, () => {
              asked = "";
              world.show();
            })
          : waiting(4);
      /** @type {Next[]} */
      const next = told.can.filter((/** @type {Next} */ { step }) => !OWN.includes(step));
      const waits = owes(row);
      const first = waits ? null : firstOf(next);
      return html`
        <section class="section">
          <p><b>${t("life.now", { state: t(/** @type {any} */ (`site.state.${told.state}`)) })}</b></p>
          <h3>${t("life.next")}</h3>
          ${waits ? notice("warn", t("life.cant.unsaved")) : nothing}
          ${
            next.length
              ? html`<ul class="list">
                  ${next.map((each) => offered(view, waits ? { ...each, refused: "unsaved" } : each, each === first))}
                </ul>`
              : html`<p class="soft small">${t("life.none")}</p>`
          }
        </section>
        ${papers.template(row.id, told.documents ?? [], view.mayEdit || next.length > 0)}
        ${
          (told.steps ?? []).length
            ? html`<section class="section">
                <h3>${t("life.steps")}</h3>
                <ol class="list">
                  ${[...told.steps].reverse().map(taken)}
                </ol>
              </section>`
            : nothing
        }
        ${links(view)}
      `;
    },
  };
}

/** The farthest on that can be taken now. @param {Next[]} next */
const firstOf = (next) =>
  ONWARD.map((name) => next.find(({ step, refused }) => step === name && !refused)).find(Boolean);

/** @param {string} step */
const stepWord = (step) => t(/** @type {any} */ (`life.step.${step}`));

/** @param {string} need */
const needWord = (need) =>
  t(/** @type {any} */ (need === "document" ? "life.need.papers" : `life.need.${need}`));

/** @param {string} code */
const cantWord = (code) =>
  `life.cant.${code}` in WORDS ? t(/** @type {any} */ (`life.cant.${code}`)) : code;
