/**
 * A sheet as it stands on a page: category by category, an item and its grade. Large enough for
 * gloves; the same on the tablet and at the desk.
 *
 * @import { Answer, LastGrade, Sheet, SheetItem, Standard } from "../../creation/sheet.js"
 *
 * @typedef {{ sheet: Sheet, standard: Standard, last: Record<string, LastGrade>,
 *   refused?: Record<string, string>, closed?: boolean,
 *   onAnswer: (code: string, news: Partial<Answer>) => void }} Filling `last`: how each item was
 *   graded before; `refused`: what the server said of one; `closed`: it is on its way, and takes nothing more
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { askedOf, gradesFor } from "../../creation/sheet.js";
import { dayWord } from "../../when.js";
import { either, t } from "../../words.js";

const TONES = { met: "good", partly: "half", unmet: "bad", na: "neither" };
const LONGEST_NOTE = 300;

/** @param {Filling} filling */
export const sheetForm = (filling) => html`
  <form class="sheet-form" novalidate ?inert=${filling.closed} @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
    ${askedOf(filling.standard).map(
      ({
        code,
        zh,
        en,
        items,
      }) => html`<section class="sheet-category" aria-labelledby="category-${code}">
        <h2 id="category-${code}"><span class="code">${code}</span> ${either(zh, en)}
          <span class="soft small">${t("sheet.points", { n: points(items) })}</span></h2>
        ${items.map((item) => line(item, filling))}
      </section>`,
    )}
  </form>`;

/** @param {SheetItem[]} items */
const points = (items) => Math.round(items.reduce((sum, each) => sum + each.points, 0) * 100) / 100;

/** @param {SheetItem} item @param {Filling} filling */
function line(item, { sheet, last, refused = {}, onAnswer }) {
  const { code } = item;
  const { grade = null, note = "" } = sheet.grades[code] ?? {};
  const wrong = refused[code];
  const evidence = either(item.evidence_zh ?? "", item.evidence_en);
  return html`
    <fieldset class="sheet-item ${wrong ? "wrong" : grade ? TONES[grade] : ""}" id="item-${code}" aria-describedby="about-${code}">
      <legend><span class="code">${code} · ${t("sheet.points", { n: item.points })}</span>
        <span>${either(item.zh, item.en)}</span></legend>
      <div class="sheet-about" id="about-${code}">
        ${evidence ? html`<p class="small soft">${t("sheet.evidence", { what: evidence })}</p>` : nothing}
        ${before(last[code])}
        ${wrong ? html`<p class="wrong small">${wrong}</p>` : nothing}
      </div>
      <div class="sheet-grades">${gradesFor(item).map(
        (each) => html`<label class="sheet-grade ${TONES[each]}">
          <input type="radio" name="grade-${code}" .checked=${live(grade === each)}
            @change=${() => onAnswer(code, { grade: each })}>
          <span>${t(`grade.${each}`)}</span></label>`,
      )}</div>
      ${
        grade || note
          ? html`<label class="sheet-note"><span class="small soft">${t("sheet.note")}</span>
              <textarea class="input" rows="1" maxlength=${LONGEST_NOTE} .value=${live(note)}
                @input=${(/** @type {any} */ event) => onAnswer(code, { note: event.target.value })}></textarea></label>`
          : nothing
      }
    </fieldset>`;
}

/** @param {LastGrade | undefined} told */
const before = (told) =>
  told
    ? html`<p class="small soft">${t("sheet.before", {
        grade: t(`grade.${told.grade}`),
        form: t(`sheet.${told.form}`),
        day: dayWord(told.day),
      })}${told.note ? html` · ${told.note}` : nothing}</p>`
    : nothing;
