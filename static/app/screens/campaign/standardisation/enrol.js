/**
 * An estate comes onto the list: chosen, confirmed, and then there.
 *
 * @import { Api, Reply } from "../../../api.js"
 * @import { Estate } from "../../../types.d.ts"
 */

import { html, nothing, render } from "lit-html";
import { today } from "../../../days.js";
import { matching } from "../../../search.js";
import { uuid7 } from "../../../uuid.js";
import { dayWord } from "../../../when.js";
import { t } from "../../../words.js";
import { trouble } from "../../desk.js";
import { icon, notice } from "../../parts.js";

const MOST_FOUND = 8;

/**
 * @param {HTMLDialogElement} dialog
 * @param {{ api: Api, programme: () => string, estates: () => Estate[], enrolled: () => Set<number>,
 *   done: (id: string, name: string) => void }} world
 */
export function openEnrolling(dialog, { api, programme, estates, enrolled, done }) {
  /** @type {{ id: string, q: string, estate: Estate | null, person: string, day: string,
   *   confirming: boolean } | null} */
  let wish = null;
  /** @type {Reply | null} */
  let failed = null;
  /** @type {Record<string, string>} */
  let wrong = {};
  let sending = false;

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

  function ask() {
    if (!wish) return;
    wrong = {};
    if (!wish.estate) wrong.estate = t("enrol.estate.needed");
    if (!wish.person.trim()) wrong.person = t("enrol.person.needed");
    if (!wish.day || wish.day > today()) wrong.day = t("sheet.day.late");
    if (Object.keys(wrong).length) return show();
    set({ confirming: true });
    /** @type {HTMLElement | null} */ (dialog.querySelector(".primary"))?.focus();
  }

  async function send() {
    if (!wish?.estate || sending) return;
    sending = true;
    failed = null;
    show();
    const { id, estate, person, day } = wish;
    const reply = await api.ask("PUT", `/api/v1/campaign/creation/${id}/`, {
      programme: programme(),
      estate: estate.id,
      person: person.trim(),
      enrolled_on: day,
    });
    sending = false;
    if (!wish) return;
    if (reply.outcome === "received") {
      dialog.close();
      return done(id, estate.properties.name);
    }
    failed = reply;
    if (reply.outcome === "refused") wrong = reply.details.fields ?? {};
    set({ confirming: false });
  }

  function show() {
    if (!wish) return;
    render(
      html`<form class="asking-form" novalidate @submit=${(/** @type {Event} */ event) => {
        event.preventDefault();
        if (wish?.confirming) send();
        else ask();
      }}>
        <header class="desk-head"><h2 id="enrol-title">${t("enrol.title")}</h2>
          <button class="button icon quiet" type="button" aria-label=${t("cancel")} @click=${() => dialog.close()}>${icon("close")}</button></header>
        ${failed ? trouble(failed, send) : nothing}
        ${wish.confirming ? confirming(wish) : fields(wish)}
        <footer class="row">
          <button class="button" type="button" @click=${() => (wish?.confirming ? set({ confirming: false }) : dialog.close())}>${wish.confirming ? t("back") : t("cancel")}</button>
          <button class="button primary" ?disabled=${sending}>${wish.confirming ? t("enrol.confirm") : t("enrol.next")}</button></footer>
      </form>`,
      dialog,
    );
  }

  /** @param {NonNullable<typeof wish>} told */
  function fields({ q, estate, person, day }) {
    const there = enrolled();
    const found = q ? matching(estates(), q).slice(0, MOST_FOUND) : [];
    return html`
      <div class="field"><label for="enrol-q">${t("enrol.estate")}</label>
        ${
          estate
            ? html`<p class="row"><b class="grow">${estate.properties.name}</b>
                <button class="button" type="button" @click=${() => set({ estate: null, q: "" })}>${t("change")}</button></p>
                <p class="help">${estate.properties.company_name ?? ""}</p>`
            : html`<input class="input" id="enrol-q" type="search" autocomplete="off" .value=${q}
                aria-invalid=${Boolean(wrong.estate)} @input=${(/** @type {any} */ event) => set({ q: event.target.value })}>
              <ul class="found-estates">${found.map((each) => {
                const { has_company: company, name, community_name } = each.properties;
                const why = there.has(Number(each.id))
                  ? t("enrol.there")
                  : company === false || !each.properties.company_name
                    ? t("enrol.no_company")
                    : "";
                return html`<li><button class="entry" type="button" ?disabled=${Boolean(why)} @click=${() => set({ estate: each })}>
                  <span>${name} <span class="soft small">${community_name}</span></span>
                  ${why ? html`<span class="soft small">${why}</span>` : nothing}</button></li>`;
              })}</ul>
              ${q && !found.length ? html`<p class="help">${t("enrol.none")}</p>` : nothing}`
        }
        ${wrong.estate ? html`<p class="wrong">${wrong.estate}</p>` : nothing}</div>
      <div class="field"><label for="enrol-person">${t("enrol.person")}</label>
        <input class="input" id="enrol-person" maxlength="100" .value=${person} aria-invalid=${Boolean(wrong.person)}
          @input=${(/** @type {any} */ event) => set({ person: event.target.value })}>
        ${wrong.person ? html`<p class="wrong">${wrong.person}</p>` : html`<p class="help">${t("enrol.person.help")}</p>`}</div>
      <div class="field"><label for="enrol-day">${t("enrol.day")}</label>
        <input class="input" id="enrol-day" type="date" max=${today()} .value=${day} aria-invalid=${Boolean(wrong.day)}
          @change=${(/** @type {any} */ event) => set({ day: event.target.value })}>
        ${wrong.day ? html`<p class="wrong">${wrong.day}</p>` : nothing}</div>`;
  }

  /** @param {NonNullable<typeof wish>} told */
  const confirming = ({ estate, person, day }) =>
    notice(
      "",
      t("enrol.sure", { name: estate?.properties.name ?? "" }),
      html`<p>${estate?.properties.company_name ?? ""} · ${person} · ${dayWord(day)}</p>
        <p class="soft">${t("enrol.sure.why")}</p>`,
    );

  return {
    /** @param {string} day to begin with */
    open(day) {
      wish = { id: uuid7(), q: "", estate: null, person: "", day, confirming: false };
      failed = null;
      wrong = {};
      show();
      dialog.setAttribute("aria-labelledby", "enrol-title");
      dialog.showModal();
      /** @type {HTMLElement | null} */ (dialog.querySelector("input"))?.focus();
    },
  };
}
