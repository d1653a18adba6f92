/**
 * What is still on this tablet alone: what came back and why, what waits, and the ways out.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 * @import { Progress } from "../../sync.js"
 * @import { Kept } from "../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import { answerOf } from "../../recheck.js";
import { bytes } from "../../storage.js";
import { bytesOwed, needsPerson } from "../../store/journal.js";
import { either, t } from "../../words.js";
import { empty, icon, time } from "../parts.js";
import { matterOf } from "./rechecks.js";
import { refusalWord } from "./refusals.js";
import { percent } from "./waiting.js";

/** @param {App} app @returns {Screen} */
export function outboxScreen(app) {
  const title = t("outbox.title");
  const back = app.known.entries().filter(needsPerson);
  const waiting = app.store.journal.waiting().filter((entry) => !needsPerson(entry));
  const { running } = app.sender.progress();
  return {
    title,
    head: html`
      <a class="button icon quiet" href="#/day" aria-label=${t("back")}>${icon("back")}</a>
      <h1 tabindex="-1" class="grow">${title}</h1>`,
    body: html`
      ${
        back.length
          ? html`<section class="group"><h2>${t("outbox.refused")}</h2>
              <ul class="list">${back.map((entry) => entryLine(app, entry))}</ul></section>`
          : nothing
      }
      ${
        waiting.length
          ? html`<section class="group"><h2>${t("outbox.waiting")}</h2>
              ${line(app)}
              <ul class="list">${waiting.map((entry) => entryLine(app, entry))}</ul></section>`
          : nothing
      }
      ${back.length || waiting.length ? nothing : empty({ title: t("outbox.none"), text: t("outbox.none.why") })}
      <section class="group"><h2>${t("statement.title")}</h2>
        <ul class="list"><li><a class="item" href="#/statement"><span class="grow">${t("statement.title")}</span>${icon("next")}</a></li></ul></section>`,
    // Each in its place: the tablet begins by itself too, and who meant to send would have stopped it.
    foot: waiting.length
      ? html`<div class="acts">
          <button class="button big" type="button" ?disabled=${!running} @click=${() => app.sender.cancel()}>${t("outbox.cancel")}</button>
          <button class="button primary big grow" type="button" @click=${() => app.sender.run({ asked: true })}>${t("outbox.send")}</button></div>`
      : undefined,
  };
}

/** @param {App} app */
function line(app) {
  const progress = app.sender.progress();
  const { bytes: left } = app.store.journal.counts();
  const n = app.store.journal.waiting().length;
  const share = percent(progress);
  if (progress.running)
    return html`<progress class="sending-progress" max="100" value=${share} aria-label=${t("waiting.sending", { share })}></progress>
      <p class="soft small" role="status">${t("outbox.left", { entries: n, size: bytes(left) })}</p>`;
  return html`<p class="soft small">${ended(progress.end, n)}</p>`;
}

/** How the last attempt ended. @param {Progress["end"]} end @param {number} n */
function ended(end, n) {
  if (!end || end === "received") return t("outbox.idle");
  return end === "failed" ? t("store.failed") : t(`send.${end}`, { n });
}

/** One entry of a list. @param {App} app @param {Kept} entry */
export function entryLine(app, entry) {
  const { what, where } = named(app, entry);
  const why = needsPerson(entry) ? refusalWord(entry) : "";
  const owed = bytesOwed(entry);
  return html`<li><a class="item" href="#/entry/${entry.id}">
    <span class="grow"><b>${where}</b><span class="soft small">${what} · ${time(entry.recordedAt)}${
      owed ? ` · ${bytes(owed)}` : nothing
    }</span>${why ? html`<span class="small why">${why}</span>` : nothing}</span>
    ${badge(app, entry)}
    ${icon("next")}</a></li>`;
}

/** How it stands; of a proposal that has arrived, what the office made of it. @param {App} app @param {Kept} entry */
export function badge(app, entry) {
  const { id, type, standing } = entry;
  const answer = type === "move" ? answerOf(entry)?.standing : undefined;
  if (answer === "proposed" || answer === "declined")
    return html`<span class="badge ${answer === "proposed" ? "accent" : "s2"}">${t(answer === "proposed" ? "move.proposal" : "move.declined")}</span>`;
  const arrived = type === "proposal" && (standing === "sent" || standing === "held");
  const decided = arrived ? (app.decisions.of(id)?.standing ?? "proposed") : null;
  return decided
    ? html`<span class="badge ${DECIDED[decided]}">${t(`proposed.${decided}`)}</span>`
    : html`<span class="badge ${TONES[standing]}">${t(`entry.${standing}`)}</span>`;
}

const DECIDED = { proposed: "accent", confirmed: "good", merged: "good", declined: "s2" };

/** @type {Record<Kept["standing"], string>} */
export const TONES = {
  waiting: "s3",
  sent: "s3",
  held: "good",
  refused: "s1",
  mended: "",
  cancelled: "",
};

/** @param {App} app @param {Kept} entry */
function namedMove(app, { body, about, estate }) {
  const { number = null, item = "", title = "" } = about ?? {};
  const place = app.known.estate(estate ?? "")?.properties.name ?? "";
  const what = [
    t(`move.${/** @type {"pass_check"} */ (JSON.parse(body).move)}`),
    number === null ? t("case.unnumbered") : t("case.number", { n: number }),
    matterOf(app, { item, title }),
  ];
  return { what: what.join(" · "), where: place || t("case.title") };
}

/** @param {App} app @param {Kept} entry */
function namedSheet(app, { body, estate, kind }) {
  const enrolled = app.creation.enrolment(JSON.parse(body).enrolment);
  const place = enrolled?.estate.name ?? app.known.estate(estate ?? "")?.properties.name;
  return {
    what: t(`sheet.${/** @type {"self"} */ (kind)}`),
    where: place ?? t("missing.estate"),
  };
}

/** What an entry is about. @param {App} app @param {Kept} entry */
export function named(app, entry) {
  if (entry.type === "move") return namedMove(app, entry);
  if (entry.type === "sheet") return namedSheet(app, entry);
  if (entry.type === "proposal") {
    const { layer, name, code } = JSON.parse(entry.body);
    const word = t(`propose.${/** @type {"lights"} */ (layer)}`);
    return {
      what: `${t("entry.proposal")} · ${word}`,
      where:
        [name, code].filter(Boolean).join(" ") ||
        app.known.estate(entry.estate ?? "")?.properties.name ||
        word,
    };
  }
  const kind = app.register.kind(entry.kind);
  return {
    what: kind ? either(kind.title_zh, kind.title_en) : entry.kind,
    where: app.known.estate(entry.estate ?? "")?.properties.name ?? t("missing.estate"),
  };
}
