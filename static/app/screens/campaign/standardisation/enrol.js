/**
 * An estate comes onto the list: chosen, confirmed, and then there.
 *
 * @import { Api } from "../../../api.js"
 * @import { Estate } from "../../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import { today } from "../../../days.js";
import { matching } from "../../../search.js";
import { dayWord } from "../../../when.js";
import { t } from "../../../words.js";
import { notice } from "../../parts.js";
import { openAsking, wrongLine } from "../asking.js";

const MOST_FOUND = 8;

/**
 * @param {HTMLDialogElement} dialog
 * @param {{ api: Api, programme: () => string, estates: () => Estate[] | null,
 *   enrolled: () => Set<number>, removed: () => Set<number>, done: (name: string) => void }} world `estates`: null until they
 *   are here
 */
export function openEnrolling(dialog, { api, programme, estates, enrolled, removed, done }) {
  /** @typedef {{ q: string, estate: Estate | null, person: string, day: string }} Wish */
  /** @type {import("../asking.js").Asking<Wish>} */
  const asking = openAsking(dialog, {
    title: () => t("enrol.title"),
    act: (_, isSure) => t(isSure ? "enrol.confirm" : "enrol.next"),
    fields,
    done: (_, { estate }) => done(estate?.properties.name ?? ""),

    missing({ estate, person, day }) {
      /** @type {Record<string, string>} */
      const wrong = {};
      if (!estate) wrong.estate = t("enrol.estate.needed");
      if (!person.trim()) wrong.person = t("enrol.person.needed");
      if (!day || day > today()) wrong.enrolled_on = t("sheet.day.late");
      return wrong;
    },

    sure: ({ estate, person, day }) =>
      notice(
        "",
        t("enrol.sure", { name: estate?.properties.name ?? "" }),
        html`<p>${estate?.properties.company_name ?? ""} · ${person} · ${dayWord(day)}</p>
          <p class="soft">${t("enrol.sure.why")}</p>`,
      ),

    send: ({ estate, person, day }, id) =>
      api.ask("PUT", `/api/v1/campaign/creation/${id}/`, {
        programme: programme(),
        estate: estate?.id,
        person: person.trim(),
        enrolled_on: day,
      }),
  });

  /** @param {Wish} wish @param {Record<string, string>} wrong */
  function fields({ q, estate, person, day }, wrong) {
    const there = enrolled();
    const gone = removed();
    const all = estates();
    const found = q && all ? matching(all, q).slice(0, MOST_FOUND) : [];
    return html`
      <div class="field"><label for="enrol-q">${t("enrol.estate")}</label>
        ${
          estate
            ? html`<p class="row"><b class="grow">${estate.properties.name}</b>
                <button class="button" type="button" @click=${() => asking.set({ estate: null, q: "" })}>${t("change")}</button></p>
                <p class="help">${estate.properties.company_name ?? ""}</p>`
            : html`<input class="input" id="enrol-q" type="search" autofocus autocomplete="off" .value=${q}
                aria-invalid=${Boolean(wrong.estate)} @input=${(/** @type {any} */ event) => asking.set({ q: event.target.value })}>
              <ul class="found-estates">${found.map((each) => {
                const { has_company: company, name, community_name } = each.properties;
                const why = there.has(Number(each.id))
                  ? t("enrol.there")
                  : gone.has(Number(each.id))
                    ? t("enrol.removed")
                    : company === false || !each.properties.company_name
                      ? t("enrol.no_company")
                      : "";
                return html`<li><button class="entry" type="button" ?disabled=${Boolean(why)} @click=${() => asking.set({ estate: each })}>
                  <span>${name} <span class="soft small">${community_name}</span></span>
                  ${why ? html`<span class="soft small">${why}</span>` : nothing}</button></li>`;
              })}</ul>
              ${q && !found.length ? html`<p class="help" role="status">${t(all ? "enrol.none" : "loading")}</p>` : nothing}`
        }
        ${wrongLine(wrong.estate)}</div>
      <div class="field"><label for="enrol-person">${t("enrol.person")}</label>
        <input class="input" id="enrol-person" maxlength="60" .value=${person} aria-invalid=${Boolean(wrong.person)}
          @input=${(/** @type {any} */ event) => asking.set({ person: event.target.value })}>
        ${wrong.person ? wrongLine(wrong.person) : html`<p class="help">${t("enrol.person.help")}</p>`}</div>
      <div class="field"><label for="enrol-day">${t("enrol.day")}</label>
        <input class="input" id="enrol-day" type="date" max=${today()} .value=${day} aria-invalid=${Boolean(wrong.enrolled_on)}
          @change=${(/** @type {any} */ event) => asking.set({ day: event.target.value }, ["enrolled_on"])}>
        ${wrongLine(wrong.enrolled_on)}</div>`;
  }

  return {
    /** @param {string} day to begin with */
    open: (day) => asking.open({ q: "", estate: null, person: "", day }),
    /** The estates are here. */
    again: () => asking.show(),
  };
}
