/**
 * What the ladder of escalation asks for now: one click drafts its paper, or says why not.
 *
 * @import { DueRung } from "../../types.d.ts"
 * @import { Papers } from "./papers.js"
 */

import { html, nothing } from "lit-html";
import { hashOf } from "../../paper_routes.js";
import { t } from "../../words.js";
import { empty, severityBadge, time, waiting } from "../parts.js";
import { kindWord } from "./pieces.js";

/** @param {Papers} page */
export function dueScreen(page) {
  const { due } = page;
  return html`
    <div class="papers-head">
      <a class="button quiet" href=${page.listAddress()}>${t("papers.back")}</a>
      <h2>${t("papers.due.title")}</h2>
    </div>
    ${
      !due
        ? waiting(5)
        : due.due.length
          ? html`<ul class="due-list">${due.due.map((each) => line(page, each))}</ul>
              ${due.count > due.due.length ? html`<p class="soft">${t("papers.due.more", { n: due.due.length })}</p>` : nothing}`
          : empty({ title: t("papers.due.none"), text: t("papers.due.noneSays") })
    }
    ${
      due?.done.length
        ? html`<section class="section">
            <h3>${t("papers.due.done")}</h3>
            <ul class="done-list">
              ${due.done.map(
                (each) => html`<li class="small">
                  ${kindWord(each.rung)} · ${each.title || each.company_name} · ${time(each.at)}
                  ${
                    each.paper
                      ? html`<a href=${hashOf({ at: "one", id: each.paper })}>${each.paper_number}</a>`
                      : html`<span class="soft">${t("papers.due.doneWaived", { note: each.note })}</span>`
                  }
                </li>`,
              )}
            </ul>
          </section>`
        : nothing
    }`;
}

/** @param {Papers} page @param {DueRung} rung */
const line = (page, rung) => html`
  <li class="due-rung">
    <p class="row">
      <b>${kindWord(rung.rung)}</b>
      ${rung.severity ? severityBadge(rung.severity) : nothing}
      ${rung.number ? html`<a href="/cases/#/${rung.case}">${t("papers.caseN", { n: rung.number })}</a>` : nothing}
    </p>
    <p>${[rung.title, rung.estate_name, rung.company_name].filter(Boolean).join(" · ")}</p>
    ${rung.reasons.map(({ says }) => html`<p class="small soft">${says}</p>`)}
    <div class="row">
      <button class="button primary" type="button" @click=${() => page.draftDue(rung)}>
        ${t("papers.due.draft", { kind: kindWord(rung.rung) })}
      </button>
      <details class="asking">
        <summary class="button quiet">${t("papers.due.waive")}</summary>
        <form
          class="stack"
          @submit=${(/** @type {SubmitEvent} */ event) => {
            event.preventDefault();
            const form = /** @type {HTMLFormElement} */ (event.target);
            page.waive(rung, String(new FormData(form).get("note") ?? ""));
          }}
        >
          <div class="field">
            <label for="waive-${rung.id}">${t("papers.due.why")}</label>
            <input class="input" id="waive-${rung.id}" name="note" required maxlength="300" autocomplete="off" />
          </div>
          <button class="button" type="submit">${t("papers.save")}</button>
        </form>
      </details>
    </div>
  </li>`;
