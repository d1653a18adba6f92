/**
 * 创建: the estates that work towards the standard, and which sheet can be filled of each; those
 * begun here first.
 *
 * @import { Enrolled, Form } from "../../creation/sheet.js"
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 */

import { html, nothing } from "lit-html";
import { either, t } from "../../words.js";
import { empty, icon, time } from "../parts.js";
import { entryLine } from "./outbox.js";
import { begunOf } from "./sheet.js";

/** @param {App} app @returns {Screen} */
export function sheetsScreen(app) {
  const title = t("sheets.title");
  const { creation } = app;
  const all = creation.enrolments().filter(({ forms }) => forms.length);
  const sent = app.known
    .entries()
    .filter(({ type }) => type === "sheet")
    .toReversed();
  const told = creation.toldAt();
  return {
    title,
    height: "full",
    head: html`
      <a class="button icon quiet" href="#/day" aria-label=${t("back")}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${title}</h1>
        <p class="soft small">${told ? html`${t("sheets.told")} ${time(told)}` : t("sheets.never")}</p></div>`,
    body: html`
      ${
        all.length
          ? html`<ul class="list">${inOrder(app, all).map((each) => line(app, each))}</ul>`
          : told
            ? empty({ title: t("sheets.none"), text: t("sheets.none.why") })
            : empty({ title: t("sheets.never"), text: t("sheets.never.why") })
      }
      ${
        sent.length
          ? html`<section class="group" aria-labelledby="sheets-here"><h2 id="sheets-here">${t("sheets.here")}</h2>
              <ul class="list">${sent.map((entry) => entryLine(app, entry))}</ul></section>`
          : nothing
      }`,
  };
}

/** Those that are begun, then by community and name. @param {App} app @param {Enrolled[]} all */
function inOrder(app, all) {
  const begun = (/** @type {Enrolled} */ { id, forms }) =>
    forms.some((form) => begunOf(app, id, form));
  return [...all].sort(
    (a, b) =>
      Number(begun(b)) - Number(begun(a)) ||
      a.community.id - b.community.id ||
      a.estate.name.localeCompare(b.estate.name, "zh"),
  );
}

/** @param {App} app @param {Enrolled} each */
const line = (app, { id, estate, community, stage, score, forms }) => html`<li class="sheet-estate">
  <p><b>${estate.name}</b> <span class="soft small">${either(community.zh, community.en)}</span></p>
  <p class="soft small">${t(`stage.${/** @type {"S1"} */ (stage)}`)}${
    score === null ? nothing : html` · ${t("sheets.score", { n: Math.round(score * 10) / 10 })}`
  }</p>
  <p class="row">${forms.map((form) => way(app, id, form))}</p></li>`;

/** @param {App} app @param {string} id @param {Form} form */
function way(app, id, form) {
  const begun = begunOf(app, id, form);
  const n = Object.keys(begun?.sheet?.grades ?? {}).length;
  return html`<a class="button big" href="#/sheet/${id}/${form}">${t(`sheet.${form}`)}${
    begun ? html` <span class="badge accent">${t("sheets.begun", { n })}</span>` : nothing
  }</a>`;
}

/** The way there, where the day is looked at; of who has none to fill, nothing. @param {App} app */
export function sheetsLine(app) {
  const n = app.creation.enrolments().filter(({ forms }) => forms.length).length;
  if (!n) return nothing;
  return html`<ul class="standing">
    <li><a class="item" href="#/sheets"><i class="lamp"></i>
      <span class="grow">${t("sheets.title")} · ${t("sheets.count", { n })}</span>${icon("next")}</a></li></ul>`;
}
