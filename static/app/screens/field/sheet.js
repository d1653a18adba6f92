/**
 * One sheet of 创建 on the tablet: saved as it is filled, and put into the journal whole.
 *
 * @import { Enrolled, Form, Sheet, Standard } from "../../creation/sheet.js"
 * @import { Draft } from "../../store/drafts.js"
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 * @typedef {Draft & { sheet: Sheet }} SheetDraft
 */

import { html, nothing } from "lit-html";
import { answered, asBefore, contentOf, tallyOf } from "../../creation/sheet.js";
import { today } from "../../days.js";
import { fresh } from "../../form/record.js";
import { isoWithOffset } from "../../when.js";
import { either, t } from "../../words.js";
import { sheetForm } from "../creation/sheet_form.js";
import { empty, icon, notice } from "../parts.js";
import { record } from "./recording.js";

/** Drafts of sheets are of no estate: an estate that is not in the pack has one too. */
const NOWHERE = 0;

/** @param {string} enrolment @param {Form} form */
export const kindOfSheet = (enrolment, form) => `sheet:${form}:${enrolment}`;

/** @param {App} app @param {string} enrolment @param {Form} form */
export const begunOf = (app, enrolment, form) =>
  app.drafts.begun().find(({ kind }) => kind === kindOfSheet(enrolment, form));

/** @param {App} app @param {{ enrolment: string, form: Form }} route @returns {Screen} */
export function sheetScreen(app, route) {
  const title = t(`sheet.${route.form}`);
  const enrolled = app.creation.enrolment(route.enrolment);
  const draft = enrolled ? draftOf(app, enrolled, route.form) : null;
  const standard = draft && app.creation.standard(draft.sheet.standard);
  const back = html`<a class="button icon quiet" href="#/sheets" aria-label=${t("back")}>${icon("back")}</a>`;
  if (!enrolled || !draft || !standard)
    return {
      title,
      height: "full",
      head: html`${back}<h1 tabindex="-1" class="grow">${title}</h1>`,
      body: empty({
        title: t("sheets.gone"),
        text: t("sheets.gone.why"),
        act: t("sheets.title"),
        onAct: () => app.go({ at: "sheets" }),
      }),
    };
  const { sheet } = draft;
  const tally = tallyOf(sheet, standard);
  /** @param {Sheet} now */
  const keep = (now) => {
    app.drafts.keep({ ...draft, sheet: now });
    app.show();
  };
  const late = sheet.day > today();
  const refused = app.refusedItems[draft.id] ?? {};
  return {
    title,
    height: "full",
    head: html`${back}
      <div class="grow"><h1 tabindex="-1">${title}</h1>
        <p class="soft small">${enrolled.estate.name} · ${either(enrolled.community.zh, enrolled.community.en)}</p></div>
      <button class="button icon quiet" type="button" aria-label=${t("sheet.drop")} title=${t("sheet.drop")}
        ?disabled=${!begunOf(app, route.enrolment, route.form)} @click=${() => drop(app, draft)}>${icon("bin")}</button>`,
    body: html`
      ${app.local.failed ? notice("bad", t(`store.${/** @type {"full"} */ (app.local.failed)}`)) : nothing}
      ${draft.mends ? html`<p class="notice"><b>${t("sheet.mending")}</b></p>` : nothing}
      ${sheet.standard === enrolled.standard ? nothing : html`<p class="notice">${t("sheet.other_standard")}</p>`}
      <div class="row sheet-head">
        <div class="field"><label for="sheet-day">${t("sheet.day")}</label>
          <input class="input" id="sheet-day" type="date" max=${today()} .value=${sheet.day} aria-invalid=${late}
            @change=${(/** @type {any} */ event) => {
              app.local.day = event.target.value || today();
              keep({ ...sheet, day: app.local.day });
            }}>
          ${late ? html`<p class="wrong">${t("sheet.day.late")}</p>` : nothing}</div>
        ${
          Object.keys(enrolled.grades).length && tally.open.length
            ? html`<button class="button" type="button" @click=${() => keep(asBefore(sheet, standard, enrolled.grades))}>${t("sheet.as_before")}</button>`
            : nothing
        }
      </div>
      ${sheetForm({
        ...{ sheet, standard, refused, closed: Boolean(app.local.saving) },
        last: enrolled.grades,
        onAnswer: (code, news) => keep(answered(sheet, code, news)),
      })}
      ${tally.open.length && tally.done ? html`<p class="soft small">${t("sheet.part.why")}</p>` : nothing}`,
    foot: html`<div class="progress">
        <progress max=${tally.asked} value=${tally.done} aria-label=${t("sheet.progress", { n: tally.done, of: tally.asked })}></progress>
        <span class="small"><b>${tally.done}</b>/${tally.asked}</span>
        <span class="small soft grow">${t("sheet.comes_to", { earned: tally.earned, of: tally.applicable })}</span>
      </div>
      <div class="acts">
        ${
          tally.open.length
            ? html`<button class="button big grow" type="button" @click=${() => toItem(tally.open[0] ?? "")}>${t("sheet.next", { n: tally.open.length })}</button>`
            : nothing
        }
        <button class="button primary big grow" type="button" ?disabled=${!tally.done || late || app.local.saving}
          @click=${() => submit(app, enrolled, draft, standard)}>${
            app.local.saving
              ? t("saved.saving")
              : tally.open.length
                ? t("sheet.submit.part", { n: tally.open.length })
                : t("sheet.submit")
          }</button></div>`,
    map: { estate: enrolled.estate.id },
  };
}

/** The one begun, or a new one by the standard that holds. @param {App} app @param {Enrolled} enrolled @param {Form} form @returns {SheetDraft} */
export function draftOf(app, enrolled, form) {
  const kind = kindOfSheet(enrolled.id, form);
  const held = app.drafts.of(NOWHERE, kind);
  if (held?.sheet && Object.keys(held.sheet.grades).length) return /** @type {SheetDraft} */ (held);
  // One only looked at is of today, by what holds now, however long the page lay open; nothing of
  // it is written.
  const { standard } = enrolled;
  const day = app.local.day ?? today();
  app.local.looked ??= fresh(NOWHERE, kind);
  return {
    ...app.local.looked,
    sheet: { enrolment: enrolled.id, form, standard, day, grades: {} },
  };
}

/** @param {string} code */
function toItem(code) {
  const item = document.getElementById(`item-${code}`);
  item?.scrollIntoView({ block: "center", behavior: "smooth" });
  item?.querySelector("input")?.focus({ preventScroll: true });
}

/** What was begun is gone, and comes back at a touch. @param {App} app @param {SheetDraft} draft */
function drop(app, draft) {
  app.drafts.drop(draft);
  app.show();
  app.toasts.show(t("sheet.dropped"), {
    label: t("undo"),
    act: () => {
      app.drafts.keep(draft);
      app.show();
    },
  });
}

/** Into the journal, at once and whole. @param {App} app @param {Enrolled} enrolled @param {SheetDraft} draft @param {Standard} standard */
async function submit(app, enrolled, draft, standard) {
  const recordedAt = draft.seenAt ?? isoWithOffset(new Date());
  const recorded = await record(app, draft, {
    type: "sheet",
    content: contentOf(draft.sheet, standard, recordedAt),
    estate: enrolled.estate.id,
    kind: draft.sheet.form,
    recordedAt,
  });
  if (!recorded) return;
  delete app.refusedItems[draft.id];
  app.recorded();
  app.toasts.show(t("sheet.saved", { what: t(`sheet.${draft.sheet.form}`) }));
  app.go({ at: "sheets" });
}
