/**
 * One paper: what it says, where it stands, and what may be done with it.
 *
 * @import { WholePaper } from "../../types.d.ts"
 * @import { Attached } from "../../case_photos.js"
 * @import { Papers } from "./papers.js"
 * @typedef {{ form: "" | "deliver" | "void", wrong: Record<string, string>, saving: boolean,
 *   how: string, photos: Attached[], photoWhy: string }} Doing
 */

import { html, nothing } from "lit-html";
import { hashOf } from "../../paper_routes.js";
import { full } from "../../when.js";
import { t } from "../../words.js";
import { notice, waiting } from "../parts.js";
import { sentence } from "../rounds/fields.js";
import { badges, files, howWord, kindWord, problemWord, whose } from "./pieces.js";
import { sheet } from "./sheet.js";

const HOW = ["in_person", "left", "post", "electronic"];

/** @returns {Doing} */
export const doing = () => ({
  form: "",
  wrong: {},
  saving: false,
  how: "in_person",
  photos: [],
  photoWhy: "",
});

/** @param {Papers} page */
export function oneScreen(page) {
  const paper = page.one;
  if (!paper)
    return html`<a class="button quiet" href=${page.listAddress()}>${t("papers.back")}</a>${waiting(8)}`;
  return html`
    <div class="papers-head">
      <a class="button quiet" href=${page.listAddress()}>${t("papers.back")}</a>
    </div>
    <div class="paper-one">
      <section class="paper-facts" aria-label=${t("papers.state")}>
        <h2>${paper.number}</h2>
        <p class="soft">${kindWord(paper.kind)} · ${whose(paper)}</p>
        <p class="row" role="status">${badges(paper)}</p>
        ${paper.problem ? notice("warn", problemWord(paper.problem)) : nothing}
        ${paper.void ? notice("bad", t("papers.voided", { when: full(paper.void.at), reason: paper.void.reason })) : nothing}
        <p>${files(paper)} ${paper.pages ? html`<span class="soft tiny">${t("papers.pages", { n: paper.pages })}</span>` : nothing}</p>
        ${facts(paper)}
        ${actions(page, paper)}
      </section>
      <section class="paper-page">${sheet(paper.says, Boolean(paper.void))}</section>
    </div>`;
}

/** @param {WholePaper} paper */
const facts = (paper) => html`
  <dl class="facts">
    <dt>${t("papers.issued")}</dt>
    <dd>${t("papers.issuedBy", { when: full(paper.issued_at), name: paper.issued_by })}</dd>
    ${
      paper.delivery
        ? html`<dt>${t("papers.delivered")}</dt>
            <dd>
              ${t("papers.deliveredTold", { how: howWord(paper.delivery.how), when: full(paper.delivery.at) })}
              ${paper.delivery.receiver ? html`<br />${t("papers.receiver")}: ${paper.delivery.receiver}` : nothing}
              ${paper.delivery.refusal ? html`<br />${t("papers.refusal")}: ${paper.delivery.refusal}` : nothing}
              ${paper.delivery.photos.map(
                (id, n) =>
                  html` <a href="/api/v1/photos/${id}/large.jpg" target="_blank" rel="noopener">${t("papers.photo", { n: n + 1 })}</a>`,
              )}
            </dd>`
        : nothing
    }
    ${
      paper.reissues
        ? html`<dt>${t("papers.replaces")}</dt>
            <dd><a href=${hashOf({ at: "one", id: paper.reissues })}>${t("papers.open")}</a></dd>`
        : nothing
    }
    ${
      paper.reissued_as
        ? html`<dt>${t("papers.replacedBy")}</dt>
            <dd><a href=${hashOf({ at: "one", id: paper.reissued_as })}>${t("papers.open")}</a></dd>`
        : nothing
    }
    ${
      paper.cases.length
        ? html`<dt>${t("papers.cases")}</dt>
            <dd>${paper.cases.map((id) => html`<a href="/cases/#/${id}">${t("papers.openCase")}</a> `)}</dd>`
        : nothing
    }
  </dl>`;

/** @param {Papers} page @param {WholePaper} paper */
function actions(page, paper) {
  const { doing: now } = page;
  const may = (/** @type {string} */ what) => paper.may.includes(what);
  return html`
    <div class="row no-print">
      ${
        may("deliver")
          ? html`<button class="button ${paper.delivery ? "" : "primary"}" type="button" aria-expanded=${now.form === "deliver"} @click=${() => page.open("deliver")}>
              ${t(paper.delivery ? "papers.deliverAgain" : "papers.deliver")}
            </button>`
          : nothing
      }
      ${
        may("reissue") && paper.asked
          ? html`<button class="button" type="button" @click=${() => page.reissue(paper)}>${t("papers.reissue")}</button>`
          : nothing
      }
      ${
        may("void")
          ? html`<button class="button" type="button" aria-expanded=${now.form === "void"} @click=${() => page.open("void")}>${t("papers.makeVoid")}</button>`
          : nothing
      }
    </div>
    ${now.form === "deliver" ? deliverForm(page) : now.form === "void" ? voidForm(page) : nothing}`;
}

/** @param {Papers} page */
const voidForm = (page) => html`
  <form class="card stack" @submit=${(/** @type {SubmitEvent} */ event) => submitted(event, page.makeVoid)}>
    <p class="small">${t("papers.voidSays")}</p>
    <div class="field">
      <label for="void-reason">${t("papers.reason")}</label>
      <input class="input" id="void-reason" name="reason" required maxlength="300" autocomplete="off"
        aria-invalid=${Boolean(page.doing.wrong.reason)} aria-describedby="wrong-reason" />
      ${sentence("reason", page.doing.wrong)}
    </div>
    ${ends(page, t("papers.makeVoid"))}
  </form>`;

/** @param {Papers} page */
function deliverForm(page) {
  const { doing: now } = page;
  const { wrong, how } = now;
  return html`
    <form class="card stack" @submit=${(/** @type {SubmitEvent} */ event) => submitted(event, page.deliver)}>
      <div class="field">
        <label for="deliver-how">${t("papers.how")}</label>
        <select class="input" id="deliver-how" name="how" @change=${(/** @type {any} */ event) => page.tell({ how: event.target.value })}>
          ${HOW.map((each) => html`<option value=${each} ?selected=${each === how}>${howWord(each)}</option>`)}
        </select>
      </div>
      ${line("at", t("papers.at"), wrong, page.nowLocal(), "datetime-local")}
      ${line("receiver", t("papers.receiver"), wrong)}
      ${how === "left" || how === "in_person" ? line("refusal", t("papers.refusal"), wrong) : nothing}
      <div class="field">
        <label for="deliver-photos">${t("papers.signedPhotos")}</label>
        <input class="input" id="deliver-photos" type="file" accept="image/*" multiple @change=${page.addPhotos} />
        ${now.photos.map(({ name }) => html`<p class="tiny">${name}</p>`)}
        ${now.photoWhy ? html`<p class="wrong" role="alert">${now.photoWhy}</p>` : nothing}
      </div>
      ${ends(page, t("papers.save"))}
    </form>`;
}

/** @param {string} name @param {string} says @param {Record<string, string>} wrong @param {string} [value] @param {string} [type] */
const line = (name, says, wrong, value = "", type = "text") => html`
  <div class="field">
    <label for="deliver-${name}">${says}</label>
    <input class="input" id="deliver-${name}" name=${name} type=${type} value=${value} maxlength="300" autocomplete="off"
      aria-invalid=${Boolean(wrong[name])} aria-describedby="wrong-${name}" />
    ${sentence(name, wrong)}
  </div>`;

/** @param {Papers} page @param {string} says */
const ends = (page, says) => html`
  <div class="row">
    <button class="button primary" type="submit" ?disabled=${page.doing.saving}>${page.doing.saving && page.doing.photos.length ? t("papers.sending") : says}</button>
    <button class="button quiet" type="button" @click=${() => page.open("")}>${t("cancel")}</button>
  </div>`;

/** @param {SubmitEvent} event @param {(told: Record<string, string>) => void} act */
function submitted(event, act) {
  event.preventDefault();
  const told = new FormData(/** @type {HTMLFormElement} */ (event.target));
  act(Object.fromEntries([...told].map(([name, value]) => [name, String(value).trim()])));
}
