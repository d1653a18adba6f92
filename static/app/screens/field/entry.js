/**
 * One entry of this tablet's journal: what became of it and of each of its photos; where it came
 * back, why, and the ways on.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 * @import { Kept } from "../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import { answerOf } from "../../recheck.js";
import { bytes } from "../../storage.js";
import { t } from "../../words.js";
import { empty, icon, notice, time } from "../parts.js";
import { correct, mend } from "./mend.js";
import { badge, named, TONES } from "./outbox.js";
import { thumb } from "./pictures.js";
import { adviceOf, photoAdvice } from "./refusals.js";

/** @param {App} app @param {{ id: string }} route @returns {Screen} */
export function entryScreen(app, { id }) {
  const entry = app.known.entry(id);
  const title = t("entry.title");
  if (!entry)
    return {
      title,
      head: html`<a class="button icon quiet" href="#/statement" aria-label=${t("back")}>${icon("back")}</a>
        <h1 tabindex="-1" class="grow">${title}</h1>`,
      body: empty({ title: t("entry.gone") }),
    };
  const { what, where } = named(app, entry);
  return {
    title,
    mode: app.local.aside ? "aside" : "",
    head: html`
      <a class="button icon quiet" href=${entry.standing === "refused" ? "#/outbox" : "#/statement"} aria-label=${t("back")}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${where}</h1><p class="soft small">${what}</p></div>
      ${badge(app, entry)}`,
    body: html`
      ${cameBack(entry)}
      ${app.local.aside ? asideField(app) : nothing}
      <dl class="facts">
        <dt>${t("entry.recorded")}</dt><dd>${time(entry.recordedAt)}</dd>
        <dt>${t("entry.size")}</dt><dd>${bytes(entry.bytes + entry.files.reduce((sum, file) => sum + file.bytes, 0))}</dd>
        <dt>${t("statement.tablet")}</dt><dd>${t("entry.number", { n: entry.number })}</dd>
        <dt>${t("sent.number")}</dt><dd class="tiny">${entry.id}</dd>
        <dt>SHA-256</dt><dd class="tiny">${entry.sha256}</dd>
      </dl>
      ${entry.standing === "refused" ? nothing : html`<p class="soft small">${stands(app, entry)}</p>`}
      ${entry.standing === "cancelled" ? html`<p class="small">${reasonOf(entry)}</p>` : nothing}
      ${decision(app, entry)}
      ${photos(app, entry)}`,
    foot: foot(app, entry),
    map: entry.estate ? { estate: entry.estate } : {},
  };
}

/** @param {Kept} entry */
export const standsFor = ({ standing, outcomes, photos: files }) => {
  if (standing === "refused") return "";
  if (standing !== "sent") return t(`stands.${standing}`);
  if (outcomes.findLast(({ what }) => what === "received" || what === "parked")?.what === "parked")
    return t("stands.parked");
  return files.some((file) => file.standing === "waiting")
    ? t("stands.sent")
    : t("stands.sent.unasked");
};

/** Of a move too, what it became, or what it waits for. @param {App} app @param {Kept} entry */
function stands(app, entry) {
  const answer = entry.type === "move" ? answerOf(entry)?.standing : undefined;
  if (answer === "proposed") return t("move.proposal.why");
  if (answer === "declined") return t("move.declined.why");
  return isBlocked(app, entry) ? t("move.blocked") : standsFor(entry);
}

/** @param {App} app @param {Kept} entry */
function isBlocked(app, { after, standing }) {
  const first = after === undefined ? undefined : app.known.entry(after);
  return standing === "waiting" && first !== undefined && BLOCKING.has(first.standing);
}

/** As the sender has it. */
const BLOCKING = new Set(["refused", "mended", "cancelled"]);

/** What the clerk wrote to it. @param {App} app @param {Kept} entry */
function decision(app, { id }) {
  const told = app.decisions.of(id);
  return told?.note
    ? notice(
        told.standing === "declined" ? "warn" : "good",
        t(`proposed.${told.standing}`),
        told.note,
      )
    : nothing;
}

/** Why it was set aside. @param {Kept} entry */
const reasonOf = ({ outcomes }) =>
  outcomes.findLast(({ what }) => what === "cancelled")?.message ?? "";

/** @param {Kept} entry */
function cameBack({ standing, refusal }) {
  if (standing !== "refused" || !refusal) return nothing;
  const { fields = {}, items = {} } = refusal.details ?? {};
  return notice(
    "bad",
    refusal.message || t("entry.why"),
    html`<p>${adviceOf(refusal)}</p>
      ${Object.entries({ ...fields, ...items }).map(([name, sentence]) => html`<p class="small">${name}: ${sentence}</p>`)}
      <p class="soft small">${t("entry.safe")}</p>`,
  );
}

/** @param {App} app @param {Kept} entry */
function photos(app, { photos: files, receipt }) {
  if (!files.length) return nothing;
  /** What the server says of one, held or not. @param {typeof files[number]} file */
  const problemOf = ({ id, refusal }) =>
    refusal?.code ?? receipt?.photos.find((told) => told.id === id)?.problem ?? "";
  return html`<section class="group"><h2>${t("entry.photos")}</h2>
    <ul class="list">${files.map(
      (file, at) => html`<li class="item">${thumb(app, file.id, t("entry.photo", { n: at + 1 }))}
        <span class="grow">${t("entry.photo", { n: at + 1 })}<span class="soft small">${bytes(file.bytes)}${
          problemOf(file) ? html` · ${photoAdvice(problemOf(file))}` : nothing
        }</span></span>
        <span class="badge ${TONES[file.standing]}">${t(`entry.${file.standing}`)}</span></li>`,
    )}</ul></section>`;
}

/** @param {App} app @param {Kept} entry */
function foot(app, entry) {
  const photosBack = entry.photos.some(({ refusal }) => refusal);
  if (app.local.aside) {
    const reason = String(app.local.reason ?? "").trim();
    return html`<div class="acts">
      <button class="button big grow" type="button" @click=${() => {
        app.local.aside = false;
        app.show();
      }}>${t("cancel")}</button>
      <button class="button primary big grow" type="button" ?disabled=${!reason} @click=${() => setAside(app, entry, reason)}>${t("entry.set_aside")}</button></div>`;
  }
  if (entry.standing === "refused")
    return html`<div class="acts">
      <button class="button primary big grow" type="button" @click=${() => mend(app, entry)}>${t("entry.mend")}</button>
      <button class="button big grow" type="button" @click=${() => app.again(entry.id)}>${t("entry.resend")}</button>
      <button class="button quiet big" type="button" @click=${() => {
        app.local.aside = true;
        app.show();
        app.panel().focus();
      }}>${t("entry.set_aside")}</button></div>`;
  if (isBlocked(app, entry))
    return html`<div class="acts"><button class="button big grow" type="button" @click=${() => {
      app.local.aside = true;
      app.show();
      app.panel().focus();
    }}>${t("entry.set_aside")}</button></div>`;
  if (photosBack)
    return html`<div class="acts"><button class="button big grow" type="button" @click=${() => app.again(entry.id)}>${t("entry.resend")}</button></div>`;
  if (entry.type === "inspection" && (entry.standing === "sent" || entry.standing === "held"))
    return html`<div class="acts"><button class="button big grow" type="button" @click=${() => correct(app, entry.id, JSON.parse(entry.body))}>${t("correct.act")}</button></div>`;
  return undefined;
}

/** @param {App} app */
const asideField = (app) => html`
  <section class="group field"><label for="reason">${t("entry.set_aside.why")}</label>
    <textarea class="input" id="reason" rows="2" maxlength="300" required .value=${app.local.reason ?? ""}
      @input=${(/** @type {any} */ event) => {
        app.local.reason = event.target.value;
        app.show();
      }}></textarea>
    <p class="help">${t("entry.set_aside.help")}</p></section>`;

/** @param {App} app @param {Kept} entry @param {string} reason */
async function setAside(app, entry, reason) {
  await app.setAside(entry.id, reason);
  app.local.aside = false;
  app.show();
}
