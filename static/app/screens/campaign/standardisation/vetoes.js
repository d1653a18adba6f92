/**
 * What only people know of: a death or serious fire, records that were false. Declared with a day
 * and what proves it, and lifted with a day.
 *
 * @import { Api, Reply } from "../../../api.js"
 * @import { Card, Veto } from "../../../creation/card.js"
 */

import { html, nothing, render } from "lit-html";
import { today } from "../../../days.js";
import { uuid7 } from "../../../uuid.js";
import { either, t } from "../../../words.js";
import { trouble } from "../../desk.js";
import { icon } from "../../parts.js";
import { openAttaching } from "./attaching.js";

/**
 * @param {HTMLDialogElement} dialog
 * @param {{ api: Api, enrolment: string, done: () => void }} world
 */
export function openDeclaring(dialog, { api, enrolment, done }) {
  /** @type {{ id: string, lifts: Veto | null, code: string, day: string, note: string,
   *   codes: NonNullable<Card["declarable"]> } | null} */
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
    wrong = {};
    show();
  }

  async function send() {
    if (!wish || sending || attaching.busy()) return;
    const { id, lifts, code, day, note } = wish;
    wrong = {};
    if (!day || day > today()) wrong.day = t("sheet.day.late");
    if (!note.trim()) wrong.note = t("veto.note.needed");
    if (Object.keys(wrong).length) return show();
    sending = true;
    failed = null;
    show();
    const [attachment] = attaching.ids();
    const base = `/api/v1/campaign/creation/${enrolment}/vetoes/`;
    const proof = attachment ? { attachment } : {};
    const reply = lifts
      ? await api.ask("PUT", `${base}${lifts.id}/lifted/`, { on: day, note: note.trim() })
      : await api.ask("PUT", `${base}${id}/`, { code, since: day, note: note.trim(), ...proof });
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
    const { lifts, code, codes, day, note } = wish;
    render(
      html`<form class="asking-form" novalidate @submit=${(/** @type {Event} */ event) => {
        event.preventDefault();
        send();
      }}>
        <header class="desk-head"><h2 id="veto-title">${t(lifts ? "veto.lift" : "veto.declare")}</h2>
          <button class="button icon quiet" type="button" aria-label=${t("cancel")} @click=${() => dialog.close()}>${icon("close")}</button></header>
        ${failed ? trouble(failed, send) : nothing}
        ${
          lifts
            ? html`<p><b>${either(lifts.zh, lifts.en)}</b></p>`
            : html`<div class="field"><label for="veto-code">${t("veto.what")}</label>
                <select class="input" id="veto-code" @change=${(/** @type {any} */ event) => set({ code: event.target.value })}>${codes.map(
                  (each) =>
                    html`<option value=${each.code} ?selected=${each.code === code}>${either(each.zh, each.en)}</option>`,
                )}</select></div>`
        }
        <div class="field"><label for="veto-day">${t(lifts ? "veto.until" : "veto.since")}</label>
          <input class="input" id="veto-day" type="date" max=${today()} .value=${day} aria-invalid=${Boolean(wrong.day)} @change=${(/** @type {any} */ event) => set({ day: event.target.value })}>
          ${wrong.day ? html`<p class="wrong">${wrong.day}</p>` : nothing}</div>
        <div class="field"><label for="veto-note">${t("veto.note")}</label>
          <textarea class="input" id="veto-note" rows="3" maxlength="1000" .value=${note} aria-invalid=${Boolean(wrong.note)} @input=${(/** @type {any} */ event) => set({ note: event.target.value })}></textarea>
          ${wrong.note ? html`<p class="wrong">${wrong.note}</p>` : nothing}</div>
        ${lifts ? nothing : attaching.field()}
        <footer class="row">
          <button class="button" type="button" @click=${() => dialog.close()}>${t("cancel")}</button>
          <button class="button primary" ?disabled=${sending || attaching.busy()}>${t(lifts ? "card.veto.lift" : "veto.declare")}</button></footer>
      </form>`,
      dialog,
    );
  }

  /** @param {NonNullable<Card["declarable"]>} codes @param {Veto | null} lifts */
  function begin(codes, lifts) {
    wish = { id: uuid7(), lifts, code: codes[0]?.code ?? "", codes, day: today(), note: "" };
    failed = null;
    wrong = {};
    attaching.clear();
    show();
    dialog.setAttribute("aria-labelledby", "veto-title");
    dialog.showModal();
  }

  return {
    /** @param {NonNullable<Card["declarable"]>} codes */
    open: (codes) => begin(codes, null),
    /** @param {Veto} veto */
    lift: (veto) => begin([], veto),
  };
}
