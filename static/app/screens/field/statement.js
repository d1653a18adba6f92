/**
 * 上传对账单: taken, sent, held by the server, and what does not agree; and the last resort, all
 * that waits as one file.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 * @import { Difference, Statement } from "../../statement.js"
 * @import { Kept } from "../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import { rescued, rescueFile } from "../../rescue.js";
import { statement } from "../../statement.js";
import { ago, full } from "../../when.js";
import { t } from "../../words.js";
import { empty, icon, notice, time, waiting } from "../parts.js";
import { named, TONES } from "./outbox.js";
import { version } from "./tablet.js";

const SHOWN = 200;

/** @param {App} app @returns {Screen} */
export function statementScreen(app) {
  const title = t("statement.title");
  const { local } = app;
  const entries = app.known.entries();
  // Written anew whenever the journal reads otherwise.
  if (local.of !== entries) ask(app);
  /** @type {{ told: Statement, asOf: string | null } | undefined} */
  const made = local.made;
  const { running } = app.sender.progress();
  return {
    title,
    height: "full",
    head: html`
      <a class="button icon quiet" href="#/outbox" aria-label=${t("back")}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${title}</h1>
        <p class="soft small">${made ? asked(made.asOf) : ""}</p></div>`,
    body: made
      ? html`${figures(made.told)}${verdict(made.told)}${list(app, entries)}${rescueSection(app, entries)}`
      : waiting(6),
    foot: html`<div class="acts">
      <button class="button big" type="button" ?disabled=${!made} @click=${() => copy(app)}>${t("statement.copy")}</button>
      <button class="button primary big grow" type="button" ?disabled=${running} @click=${() => app.sender.run({ asked: true })}>${running ? t("statement.refreshing") : t("statement.refresh")}</button></div>`,
  };
}

/** @param {App} app */
async function ask(app) {
  const { local } = app;
  const entries = app.known.entries();
  local.of = entries;
  const told = await app.journal.told();
  if (local.of !== entries) return;
  local.made = { told: statement(entries, told), asOf: told.asOf };
  if (app.local === local) app.show();
}

/** @param {string | null} asOf */
const asked = (asOf) => (asOf ? t("statement.asked", { when: ago(asOf) }) : t("statement.never"));

/** @param {Statement} told */
const figures = ({ taken, sent, held, waiting: still, refused, settled }) => html`
  <dl class="tally three">
    <div><dt>${t("statement.taken")}</dt><dd>${taken}</dd></div>
    <div><dt>${t("statement.sent")}</dt><dd>${sent + held}</dd></div>
    <div><dt>${t("statement.held")}</dt><dd>${held}</dd></div>
    <div><dt>${t("entry.waiting")}</dt><dd>${still}</dd></div>
    <div><dt>${t("entry.refused")}</dt><dd>${recordsOf(refused)}</dd></div>
    <div><dt>${t("statement.settled")}</dt><dd>${settled}</dd></div>
  </dl>`;

/** Records, not their photos. @param {Statement["refused"]} refused */
const recordsOf = (refused) => refused.filter(({ photo }) => !photo).length;

/** @param {Statement} told */
function verdict({ taken, held, settled, differences, gaps, balanced }) {
  const still = taken - held - settled;
  return html`
    ${balanced && !still && taken ? notice("good", t("statement.agrees")) : nothing}
    ${still ? notice("warn", t("statement.differs", { n: still })) : nothing}
    ${gaps.length ? notice("bad", t("statement.gaps", { numbers: numbersOf(gaps) })) : nothing}
    ${differences.length ? notice("bad", t("statement.odd", { n: differences.length }), html`<ul>${differences.map((each) => html`<li class="small">${odd(each)}</li>`)}</ul>`) : nothing}`;
}

/** @param {[number, number][]} gaps */
const numbersOf = (gaps) =>
  gaps.map(([from, to]) => (from === to ? from : `${from}–${to}`)).join(t("list.comma"));

/** @param {Difference} difference */
const odd = ({ why, number }) => t(`statement.odd.${why}`, { n: number ?? "–" });

/** @param {App} app @param {Kept[]} entries */
function list(app, entries) {
  if (!entries.length) return empty({ title: t("statement.none") });
  return html`<section class="group"><h2>${t("statement.list")}</h2>
    <ul class="list">${entries
      .toReversed()
      .slice(0, SHOWN)
      .map((entry) => {
        const { what, where } = named(app, entry);
        const held = entry.photos.filter(({ standing }) => standing === "held").length;
        return html`<li><a class="item" href="#/entry/${entry.id}">
          <span class="entry-number">${entry.number}</span>
          <span class="grow"><b>${where}</b><span class="soft small">${what} · ${time(entry.recordedAt)}${
            entry.photos.length
              ? html` · ${t("statement.photos", { held, of: entry.photos.length })}`
              : nothing
          }</span></span>
          <span class="badge ${TONES[entry.standing]}">${t(`entry.${entry.standing}`)}</span></a></li>`;
      })}</ul></section>`;
}

/** @param {App} app @param {Kept[]} entries */
function rescueSection(app, entries) {
  const left = rescued(entries).length;
  if (!left) return nothing;
  const { rescue } = app.local;
  return html`<section class="group"><h2>${t("rescue.title")}</h2>
    <p class="soft small">${t("rescue.why")}</p>
    ${rescue?.name ? notice("good", t("rescue.done", { name: rescue.name })) : nothing}
    ${rescue?.failed ? notice("bad", t("rescue.failed")) : nothing}
    <button class="button wide big" type="button" ?disabled=${rescue?.making} @click=${() => save(app)}>${rescue?.making ? t("rescue.making") : t("rescue.act", { n: left })}</button></section>`;
}

/** One file, saved as the browser saves files. @param {App} app */
async function save(app) {
  const { local } = app;
  local.rescue = { making: true };
  app.show();
  try {
    const now = new Date();
    const file = await rescueFile(app.store, { appVersion: version, now });
    const name = `xuntu-${app.register.me()?.username ?? "tablet"}-${now.toISOString().slice(0, 16).replace(/[-:T]/g, "")}.zip`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = name;
    link.click();
    // The browser reads it a moment later.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    local.rescue = { name };
  } catch {
    local.rescue = { failed: true };
  }
  app.show();
}

/** The figures as text, to be pasted into a message. @param {App} app */
async function copy(app) {
  const { told, asOf } = /** @type {{ told: Statement, asOf: string | null }} */ (app.local.made);
  const me = app.register.me();
  const lines = [
    `${t("statement.title")} · ${me?.name || me?.username || ""} · ${full(new Date())}`,
    `${t("statement.tablet")} ${app.device.id}`,
    [
      [t("statement.taken"), told.taken],
      [t("statement.sent"), told.sent + told.held],
      [t("statement.held"), told.held],
      [t("entry.waiting"), told.waiting],
      [t("entry.refused"), recordsOf(told.refused)],
      [t("statement.settled"), told.settled],
    ]
      .map(([word, n]) => `${word} ${n}`)
      .join(t("list.comma")),
    ...(told.gaps.length ? [t("statement.gaps", { numbers: numbersOf(told.gaps) })] : []),
    ...told.differences.map(odd),
    ...told.refused.map(
      ({ entry, refusal }) => `${entry.number} ${refusal.message || refusal.code}`,
    ),
    asked(asOf),
  ];
  try {
    await navigator.clipboard.writeText(lines.join("\n"));
    app.toasts.show(t("statement.copied"));
  } catch {
    app.toasts.show(t("statement.not_copied"));
  }
}
