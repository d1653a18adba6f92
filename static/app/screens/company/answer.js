/**
 * What a company says of a case: put right, with photos from the same place; more time; not ours.
 * Everything is on the phone as soon as it is written.
 *
 * @import { Photo } from "../../evidence.js"
 * @import { AnswerDraft } from "../../store/answers.js"
 * @import { CasePhoto, CaseWhole } from "../../types.d.ts"
 * @import { Company } from "./company.js"
 */

import { html, nothing } from "lit-html";
import { hashOf } from "../../asked.js";
import { t } from "../../words.js";
import { icon, notice } from "../parts.js";
import { addPhoto, without } from "./photos.js";

/** Those an answer can be laid beside: of what was found first. @param {CaseWhole} whole */
const earlier = ({ photos }) => {
  const found = photos.filter((each) => each.of === "inspection");
  return found.length ? found : photos;
};

/** @param {Company} company @param {CaseWhole} whole */
export function answerScreen(company, whole) {
  const { id } = whole.properties;
  const draft = company.draftOf(id, "hand_back");
  const before = earlier(whole);
  const loose = draft.photos.filter(({ pair }) => !before.some((each) => each.id === pair));
  return html`
    <h1 tabindex="-1">${t("company.answerTitle")}</h1>
    <p class="soft">${company.titleOf(whole.properties)}</p>
    ${company.local.notKept ? notice("bad", company.local.notKept) : nothing}
    <section class="section">
      <h2>${t("company.answerPhotos")}</h2>
      ${before.length ? html`<p class="soft small">${t("company.pairSays")}</p>` : nothing}
      ${before.map((each) => pair(company, draft, each))}
      ${loose.length ? html`<ul class="gallery">${loose.map((each, n) => taken(company, draft, each, n + 1))}</ul>` : nothing}
      <div class="ways">
        <a class="button big" href=${hashOf({ at: "camera", id })}>${icon("camera")}${t("company.shoot")}</a>
        ${picker(company, id, undefined, "company.pick")}
      </div>
      ${wrong(company, "photos")}
    </section>
    ${words(company, draft, "note", "company.done", "company.doneSays")}
    ${foot(company, draft, whole)}`;
}

/** The photo from before, and beside it the one from the same place. @param {Company} company @param {AnswerDraft} draft @param {CasePhoto} before */
function pair(company, draft, before) {
  const beside = draft.photos.filter((each) => each.pair === before.id);
  return html`
    <div class="beside">
      <figure>${before.small ? html`<img src=${before.small} alt=${t("company.before")} width="128" height="96">` : html`<p class="soft tiny no-picture">${t("company.photoComing")}</p>`}<figcaption class="tiny soft">${t("company.before")}</figcaption></figure>
      ${
        beside.length
          ? html`<ul class="gallery">${beside.map((each, n) => taken(company, draft, each, n + 1))}</ul>`
          : html`<div class="beside-acts">
              <a class="button primary big" href=${hashOf({ at: "camera", id: draft.case, pair: before.id })}>${icon("camera")}${t("company.pairShoot")}</a>
              ${picker(company, draft.case, before.id, "company.pickPair")}
            </div>`
      }
    </div>`;
}

/** @param {Company} company @param {AnswerDraft} draft @param {Photo} photo @param {number} n */
const taken = (company, draft, photo, n) => html`
  <li class="taken">
    ${company.pictures.of(photo.id) ? html`<img src=${company.pictures.of(photo.id)} alt=${t("company.photo", { n })} width="128" height="96">` : html`<span class="no-picture"></span>`}
    <button class="button icon" type="button" aria-label=${t("company.remove", { n })} @click=${() => company.keep(without(draft, photo.id))}>${icon("bin")}</button>
  </li>`;

/**
 * @param {Company} company @param {string} id @param {string | undefined} beside
 * @param {"company.pick" | "company.pickPair"} says
 */
export const picker = (company, id, beside, says) => html`
  <label class="button big pick">${icon("photos")}<span>${t(says)}</span>
    <input type="file" class="spoken" accept="image/*" ?multiple=${!beside}
      @change=${async (/** @type {any} */ { target }) => {
        const files = [...target.files];
        target.value = "";
        company.local.notKept = "";
        for (const file of files) {
          const added = await addPhoto(company, id, file, "picker", beside);
          if (added.outcome === "not_kept") company.local.notKept = added.says;
        }
        company.show();
      }}></label>`;

/** @param {Company} company @param {CaseWhole} whole */
export function askScreen(company, whole) {
  const draft = company.draftOf(whole.properties.id, "ask_extension");
  return html`
    <h1 tabindex="-1">${t("company.askTitle")}</h1>
    <p class="soft">${company.titleOf(whole.properties)}</p>
    <p>${t("company.askSays")}</p>
    <div class="field">
      <label for="answer-until">${t("company.askUntil")}</label>
      <input class="input" id="answer-until" type="date" .value=${draft.until} min=${company.today()}
        aria-invalid=${Boolean(company.local.wrong?.until)} aria-describedby="wrong-until"
        @input=${(/** @type {any} */ { target }) => company.keep({ ...draft, until: target.value })}>
      ${wrong(company, "until")}
    </div>
    ${words(company, draft, "note", "company.why")}
    ${foot(company, draft, whole)}`;
}

/** @param {Company} company @param {CaseWhole} whole */
export function returnScreen(company, whole) {
  const draft = company.draftOf(whole.properties.id, "return");
  return html`
    <h1 tabindex="-1">${t("company.returnTitle")}</h1>
    <p class="soft">${company.titleOf(whole.properties)}</p>
    <p>${t("company.returnSays")}</p>
    ${words(company, draft, "note", "company.why")}
    ${foot(company, draft, whole)}`;
}

/**
 * @param {Company} company @param {AnswerDraft} draft @param {"note"} name
 * @param {"company.done" | "company.why"} says @param {"company.doneSays"} [help]
 */
const words = (company, draft, name, says, help) => html`
  <div class="field">
    <label for="answer-${name}">${t(says)}</label>
    <textarea class="input" id="answer-${name}" rows="4" maxlength="2000"
      placeholder=${help ? t(help) : nothing} aria-invalid=${Boolean(company.local.wrong?.[name])}
      aria-describedby="wrong-${name}" .value=${draft[name]}
      @input=${(/** @type {any} */ { target }) => company.keep({ ...draft, [name]: target.value })}></textarea>
    ${wrong(company, name)}
  </div>`;

/** @param {Company} company @param {string} name */
const wrong = (company, name) =>
  company.local.wrong?.[name]
    ? html`<p class="wrong" id="wrong-${name}" role="alert">${company.local.wrong[name]}</p>`
    : nothing;

/** @param {Company} company @param {AnswerDraft} draft @param {CaseWhole} whole */
const foot = (company, draft, whole) => html`
  <div class="asked-acts">
    <button class="button primary big grow" type="button" @click=${() => company.submit(draft, whole)}>${t("company.send")}</button>
    <button class="button quiet big" type="button" @click=${() => company.giveUp(draft)}>${t("company.giveUp")}</button>
  </div>`;
