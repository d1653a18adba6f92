/**
 * A sheet filled at the desk, or by the company of its own estate: kept in this browser as it is
 * typed, and sent when it is submitted. Until the server has it, nothing of it is let go.
 *
 * @import { Api, Reply } from "../../../api.js"
 * @import { Enrolled, Form, Sheet, Standard, Told } from "../../../creation/sheet.js"
 */

import { html, nothing } from "lit-html";
import { canonical } from "../../../canonical.js";
import { answered, asBefore, contentOf, refusedItems, tallyOf } from "../../../creation/sheet.js";
import { today } from "../../../days.js";
import { uuid7 } from "../../../uuid.js";
import { isoWithOffset } from "../../../when.js";
import { t } from "../../../words.js";
import { sheetForm } from "../../creation/sheet_form.js";
import { trouble, unsent } from "../../desk.js";
import { empty, icon, notice, waiting } from "../../parts.js";

/**
 * @param {{ api: Api, enrolment: string, form: Form, show: () => void, done: () => void,
 *   back: () => void }} world
 */
export function openSheetPage({ api, enrolment, form, show, done, back }) {
  /** @type {Enrolled | null} */
  let enrolled = null;
  /** @type {Standard | null} */
  let standard = null;
  /** @type {{ id: string, sheet: Sheet } | null} */
  let draft = null;
  /** @type {Reply | null} */
  let failed = null;
  /** @type {Record<string, string>} */
  let refused = {};
  let sending = false;
  let unkept = false;
  let key = "";

  function again() {
    failed = null;
    show();
    load();
  }

  async function load() {
    const [me, reply] = await Promise.all([
      api.me(),
      api.ask("GET", "/api/v1/campaign/creation/tablet/"),
    ]);
    failed = [me, reply].find(({ outcome }) => outcome !== "received") ?? null;
    if (me.outcome === "received" && reply.outcome === "received") {
      /** @type {Told} */
      const told = reply.body;
      key = `sheet/${me.body.id}/${enrolment}/${form}`;
      enrolled =
        told.enrolments.find(({ id, forms }) => id === enrolment && forms.includes(form)) ?? null;
      draft = kept();
      const version = draft?.sheet.standard ?? enrolled?.standard;
      standard = told.standards.find((each) => each.version === version) ?? null;
      // By a standard that is told no more nothing new can be said: its grades go along.
      if (!standard && enrolled && draft) {
        standard = told.standards.find((each) => each.version === enrolled?.standard) ?? null;
        if (standard) draft.sheet.standard = standard.version;
      }
      if (!draft && enrolled)
        draft = {
          id: uuid7(),
          sheet: { enrolment, form, standard: enrolled.standard, day: today(), grades: {} },
        };
    }
    show();
  }

  /** @returns {typeof draft} */
  function kept() {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "null");
    } catch {
      return null;
    }
  }

  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify(draft));
      unkept = false;
    } catch {
      unkept = true;
    }
  }

  /** @param {Sheet} sheet */
  function set(sheet) {
    if (!draft || sending) return;
    // What was sent and came back goes under another id: the server keeps what it refused.
    draft = { id: Object.keys(refused).length || failed ? uuid7() : draft.id, sheet };
    failed = null;
    keep();
    show();
  }

  async function submit() {
    if (!draft || !standard || sending) return;
    sending = true;
    failed = null;
    show();
    const content = contentOf(draft.sheet, standard, isoWithOffset(new Date()));
    const reply = await api.ask("PUT", `/api/v1/campaign/sheets/${draft.id}/`, canonical(content));
    sending = false;
    if (reply.outcome === "received") {
      localStorage.removeItem(key);
      return done();
    }
    failed = reply;
    refused = reply.outcome === "refused" ? refusedItems(reply.details) : {};
    show();
  }

  load();

  return {
    view() {
      const head = html`<header class="row creation-head">
        <button class="button icon quiet" type="button" aria-label=${t("back")} @click=${back}>${icon("back")}</button>
        <h2 class="grow" tabindex="-1">${enrolled ? `${enrolled.estate.name} · ` : ""}${t(`sheet.${form}`)}</h2></header>`;
      if (!draft || !enrolled || !standard)
        return html`${head}${failed ? trouble(failed, again) : key ? empty({ title: t("sheet.may_not"), text: t("sheet.may_not.why") }) : waiting(8)}`;
      const { sheet } = draft;
      const tally = tallyOf(sheet, standard);
      const late = sheet.day > today();
      return html`${head}
        ${failed ? unsent(failed, submit) : nothing}
        ${unkept ? notice("warn", t("sheet.unkept")) : nothing}
        ${sheet.standard === enrolled.standard ? nothing : notice("", t("sheet.other_standard"))}
        <div class="row sheet-head">
          <div class="field"><label for="sheet-day">${t("sheet.day")}</label>
            <input class="input" id="sheet-day" type="date" max=${today()} .value=${sheet.day} ?disabled=${sending} aria-invalid=${late}
              @change=${(/** @type {any} */ event) => set({ ...sheet, day: event.target.value || today() })}>
            ${late ? html`<p class="wrong">${t("sheet.day.late")}</p>` : nothing}</div>
          ${
            Object.keys(enrolled.grades).length && tally.open.length
              ? html`<button class="button" type="button" ?disabled=${sending} @click=${() => set(asBefore(sheet, /** @type {Standard} */ (standard), enrolled?.grades ?? {}))}>${t("sheet.as_before")}</button>`
              : nothing
          }</div>
        ${sheetForm({
          ...{ sheet, standard, refused, closed: sending },
          last: enrolled.grades,
          onAnswer: (code, news) => set(answered(/** @type {any} */ (draft).sheet, code, news)),
        })}
        <div class="sheet-foot">
          <progress max=${tally.asked} value=${tally.done} aria-label=${t("sheet.progress", { n: tally.done, of: tally.asked })}></progress>
          <span class="small grow">${t("sheet.progress", { n: tally.done, of: tally.asked })} · ${t("sheet.comes_to", { earned: tally.earned, of: tally.applicable })}</span>
          <button class="button primary" type="button" ?disabled=${!tally.done || late || sending} @click=${submit}>${
            tally.open.length ? t("sheet.submit.part", { n: tally.open.length }) : t("sheet.submit")
          }</button>
        </div>
        ${tally.open.length && tally.done ? html`<p class="soft small">${t("sheet.part.why")}</p>` : nothing}`;
    },
  };
}
