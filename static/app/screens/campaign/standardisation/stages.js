/**
 * The stages gone through, each with its evidence, and the next moves: what each still lacks, and
 * making it.
 *
 * @import { Api, Reply } from "../../../api.js"
 * @import { Card, May, Stage } from "../../../creation/card.js"
 */

import { html, nothing, render } from "lit-html";
import { today } from "../../../days.js";
import { uuid7 } from "../../../uuid.js";
import { dayWord } from "../../../when.js";
import { either, t } from "../../../words.js";
import { trouble } from "../../desk.js";
import { icon, notice } from "../../parts.js";
import { openAttaching } from "./attaching.js";
import { stageWord, track } from "./pieces.js";

/** @param {Card} card @param {((may: May) => void) | null} move null: only looked at */
export const stageSection = ({ stage, stages, may }, move) => html`
  <section class="section creation-stages" aria-labelledby="stages">
    <h2 id="stages">${t("card.stages")}</h2>
    <p>${track(stage)} <b>${stage} ${stageWord(stage)}</b></p>
    <ol class="stage-list">${stages.map(stageLine)}</ol>
    ${
      move && may.length
        ? html`<div class="no-print"><h3>${t("card.next")}</h3>
            <ul class="list">${may.map(
              (
                each,
              ) => html`<li class="next-stage"><span class="grow"><b>${each.to} ${stageWord(each.to)}</b>
                ${
                  each.lacking.length
                    ? html`<ul class="lacking">${each.lacking.map((one) => html`<li class="small">${either(one.zh, one.en)}</li>`)}</ul>`
                    : each.to === "SX"
                      ? nothing
                      : html`<span class="soft small">${t("card.next.ready")}</span>`
                }</span>
                <button class="button ${each.lacking.length || each.to === "SX" ? "" : "primary"}" type="button" ?disabled=${each.lacking.length > 0} @click=${() => move(each)}>${t(
                  each.to === "SX" ? "card.return" : "card.move",
                )}</button></li>`,
            )}</ul></div>`
        : nothing
    }
  </section>`;

/** @param {Stage} one */
const stageLine = ({ to, on, by_name, note, reason, attachments, announcement }) => html`
  <li><span class="code">${to}</span> <b>${stageWord(to)}</b> <span class="soft small">${dayWord(on)} · ${by_name}</span>
    ${announcement ? html`<span class="small">${t("card.announcement", { n: announcement })}</span>` : nothing}
    ${[reason, note].filter(Boolean).map((said) => html`<span class="small">${said}</span>`)}
    ${attachments.map(
      ({ id, name }) =>
        html`<a class="small file" href="/api/v1/campaign/attachments/${id}/" download>${icon("download")}${name}</a>`,
    )}</li>`;

/**
 * @param {HTMLDialogElement} dialog
 * @param {{ api: Api, enrolment: string, done: () => void }} world
 */
export function openMoving(dialog, { api, enrolment, done }) {
  /** @type {{ id: string, may: May, on: string, note: string, announcement: string } | null} */
  let wish = null;
  /** @type {Reply | null} */
  let failed = null;
  /** @type {Record<string, string>} */
  let wrong = {};
  let sending = false;
  const attaching = openAttaching(api, () => show());

  dialog.addEventListener("close", () => {
    wish = null;
    render(nothing, dialog);
  });

  /** @param {Partial<NonNullable<typeof wish>>} news */
  function set(news) {
    if (!wish) return;
    wish = { ...wish, ...news };
    for (const name of Object.keys(news)) delete wrong[name];
    show();
  }

  async function send() {
    if (!wish || sending || attaching.busy()) return;
    const { id, may, on, note, announcement } = wish;
    const { to, needs } = may;
    wrong = {};
    if (!on || on > today()) wrong.on = t("sheet.day.late");
    if (needs.includes("reason") && !note.trim()) wrong.note = t("card.reason.needed");
    if (needs.includes("announcement") && !announcement.trim())
      wrong.announcement = t("card.announcement.needed");
    if (needs.includes("file") && !attaching.ids().length) wrong.attachments = t("attach.needed");
    if (Object.keys(wrong).length) return show();
    sending = true;
    failed = null;
    show();
    const reply = await api.ask("PUT", `/api/v1/campaign/creation/${enrolment}/stages/${id}/`, {
      to,
      on,
      ...(needs.includes("reason") ? { reason: note.trim() } : { note: note.trim() }),
      attachments: attaching.ids(),
      ...(needs.includes("announcement") ? { announcement: announcement.trim() } : {}),
    });
    sending = false;
    if (!wish) return;
    if (reply.outcome === "received") {
      dialog.close();
      return done();
    }
    failed = reply;
    if (reply.outcome === "refused") wrong = reply.details.fields ?? {};
    show();
  }

  function show() {
    if (!wish) return;
    const { may, on, note, announcement } = wish;
    const { to, needs } = may;
    const back = needs.includes("reason");
    render(
      html`<form class="asking-form" novalidate @submit=${(/** @type {Event} */ event) => {
        event.preventDefault();
        send();
      }}>
        <header class="desk-head"><h2 id="move-title">${to} ${stageWord(to)}</h2>
          <button class="button icon quiet" type="button" aria-label=${t("cancel")} @click=${() => dialog.close()}>${icon("close")}</button></header>
        ${failed ? trouble(failed, send) : nothing}
        ${to === "SX" ? notice("warn", t("card.return.why")) : nothing}
        <div class="field"><label for="move-on">${t("card.move.on")}</label>
          <input class="input" id="move-on" type="date" max=${today()} .value=${on} aria-invalid=${Boolean(wrong.on)} @change=${(/** @type {any} */ event) => set({ on: event.target.value })}>
          ${wrong.on ? html`<p class="wrong">${wrong.on}</p>` : nothing}</div>
        ${
          needs.includes("announcement")
            ? html`<div class="field"><label for="move-announcement">${t("card.move.announcement")}</label>
                <input class="input" id="move-announcement" maxlength="60" .value=${announcement} aria-invalid=${Boolean(wrong.announcement)} @input=${(/** @type {any} */ event) => set({ announcement: event.target.value })}>
                ${wrong.announcement ? html`<p class="wrong">${wrong.announcement}</p>` : nothing}</div>`
            : nothing
        }
        <div class="field"><label for="move-note">${t(back ? "card.move.reason" : "card.move.note")}</label>
          <textarea class="input" id="move-note" rows="3" maxlength="1000" .value=${note} aria-invalid=${Boolean(wrong.note ?? wrong.reason)} @input=${(/** @type {any} */ event) => set({ note: event.target.value })}></textarea>
          ${(wrong.note ?? wrong.reason) ? html`<p class="wrong">${wrong.note ?? wrong.reason}</p>` : nothing}</div>
        ${attaching.field()}
        ${wrong.attachments ? html`<p class="wrong">${wrong.attachments}</p>` : nothing}
        <footer class="row">
          <button class="button" type="button" @click=${() => dialog.close()}>${t("cancel")}</button>
          <button class="button primary" ?disabled=${sending || attaching.busy()}>${t(to === "SX" ? "card.return" : "card.move")}</button></footer>
      </form>`,
      dialog,
    );
  }

  return {
    /** @param {May} may */
    open(may) {
      wish = { id: uuid7(), may, on: today(), note: "", announcement: "" };
      failed = null;
      wrong = {};
      attaching.clear();
      show();
      dialog.setAttribute("aria-labelledby", "move-title");
      dialog.showModal();
    },
  };
}
