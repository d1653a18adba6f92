/**
 * What this person recorded, newest first: on this tablet, at once; with the server, when it can
 * be asked. One record in full, and the way to correct it.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 * @import { Answers, Item, PlaceId, Value } from "../../types.d.ts"
 *
 * @typedef {{ id: string, properties: { kind: string, kind_version: number, estate: PlaceId,
 *   estate_name: string, asset: PlaceId | null, placed: "on_site" | "near" | "far" | "unknown",
 *   distance_m: number | null, recorded_at: string, received_at: string, answers: Answers,
 *   in_force: boolean, supersedes: string | null, reason: string, findings: string[] } }} Inspection
 */

import { html, nothing } from "lit-html";
import { unit } from "../../form/limits.js";
import { COULD_NOT_CHECK, judge, NOT_APPLICABLE, read } from "../../rules.js";
import { factsOf } from "../../store/register.js";
import { either, t } from "../../words.js";
import { empty, icon, severityBadge, time, waiting } from "../parts.js";
import { correct } from "./mend.js";
import { entryLine } from "./outbox.js";

/** @param {App} app @returns {Screen} */
export function mineScreen(app) {
  const title = t("mine.title");
  const { local } = app;
  if (!local.asked) load(app, 1);
  return {
    title,
    head: html`<a class="button icon quiet" href="#/" aria-label=${t("back")}>${icon("back")}</a>
      <h1 tabindex="-1" class="grow">${title}</h1>`,
    body: html`${here(app)}${earlier(app)}`,
  };
}

/** What is on this tablet. @param {App} app */
function here(app) {
  const own = app.known.entries().toReversed();
  if (!own.length) return nothing;
  return html`<section class="group"><h2>${t("mine.here")}</h2>
    <ul class="list">${own.map((entry) => entryLine(app, entry))}</ul></section>`;
}

/** What else the server has of this person. @param {App} app */
function earlier(app) {
  const { outcome, next } = app.local;
  const records = app.local.records?.filter(
    (/** @type {Inspection} */ { id }) => !app.known.entry(id),
  );
  const own = app.known.entries().length > 0;
  const title = html`<h2>${t("mine.earlier")}</h2>`;
  if (!records && outcome)
    return own
      ? html`<section class="group">${title}<p class="soft small">${t("mine.earlier.away")}</p></section>`
      : notHad(app, outcome);
  if (!records)
    return html`<section class="group">${own ? title : nothing}${waiting(own ? 2 : 6)}</section>`;
  if (!records.length)
    return own ? nothing : empty({ title: t("mine.none"), text: t("mine.none.why") });
  return html`<section class="group">${own ? title : nothing}<ul class="list">${records.map(
    (
      /** @type {Inspection} */ { id, properties: record },
    ) => html`<li><a class="item" href="#/record/${id}">
      <span class="grow"><b>${record.estate_name}</b>
        <span class="soft small">${kindTitle(app, record.kind)} · ${time(record.recorded_at)}</span></span>
      ${record.in_force ? nothing : html`<span class="badge">${t("record.corrected")}</span>`}
      ${record.findings.length ? html`<span class="badge s2">${t("checklist.faults", { n: record.findings.length })}</span>` : html`<span class="badge good">${t("sent.clean.short")}</span>`}
      ${icon("next")}
    </a></li>`,
  )}</ul>
  ${next ? html`<button class="button wide" type="button" @click=${() => load(app, next)}>${t("more")}</button>` : nothing}</section>`;
}

/** @param {App} app @param {number} page */
async function load(app, page) {
  const { local } = app;
  local.asked = true;
  const reply = await app.api.inspectionsOf(app.register.me()?.username ?? "", page);
  local.outcome = reply.outcome;
  if (reply.outcome === "received") {
    local.records = [...(local.records ?? []), ...reply.body.features];
    local.next = reply.body.next ? page + 1 : 0;
  }
  if (app.local === local) app.show();
}

/** @param {App} app @param {string} outcome */
const notHad = (app, outcome) =>
  outcome === "refused"
    ? empty({ title: t("record.gone"), text: t("missing.why") })
    : empty({
        title: outcome === "signed_out" ? t("signed_out.title") : t("unreachable.title"),
        text: outcome === "signed_out" ? t("signed_out.text") : t("unreachable.text"),
        act: t("again"),
        onAct: () => {
          app.local = {};
          app.show();
        },
      });

/** @param {App} app @param {{ id: string }} route @returns {Screen} */
export function recordScreen(app, { id }) {
  const { local } = app;
  if (!local.asked) loadOne(app, id);
  /** @type {Inspection | undefined} */
  const record = local.record;
  const title = t("record.title");
  return {
    title,
    head: html`<a class="button icon quiet" href="#/mine" aria-label=${t("back")}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${title}</h1>
        <p class="soft small">${record ? `${record.properties.estate_name} · ${kindTitle(app, record.properties.kind)}` : ""}</p></div>`,
    body: record ? told(app, record) : local.outcome ? notHad(app, local.outcome) : waiting(6),
    foot:
      record?.properties.in_force && app.register.kind(record.properties.kind)
        ? html`<div class="acts"><button class="button big grow" type="button" @click=${() => correct(app, record.id, record.properties)}>${t("correct.act")}</button></div>`
        : undefined,
    map: record ? { estate: record.properties.estate } : {},
  };
}

/** @param {App} app @param {string} id */
async function loadOne(app, id) {
  const { local } = app;
  local.asked = true;
  const reply = await app.api.inspection(id);
  local.outcome = reply.outcome;
  if (reply.outcome === "received") local.record = reply.body;
  if (app.local === local) app.show();
}

/** @param {App} app @param {Inspection} record */
function told(app, { id, properties: record }) {
  return html`
    <dl class="facts">
      <dt>${t("record.recorded")}</dt><dd>${time(record.recorded_at)}</dd>
      <dt>${t("record.received")}</dt><dd>${time(record.received_at)}</dd>
      <dt>${t("position.title")}</dt><dd>${t(`placed.${record.placed}`, { n: Math.round(record.distance_m ?? 0) })}</dd>
      ${record.reason ? html`<dt>${t("correct.reason")}</dt><dd>${record.reason}</dd>` : nothing}
      <dt>${t("sent.number")}</dt><dd class="tiny">${id}</dd>
    </dl>
    ${record.in_force ? nothing : html`<p class="notice"><b>${t("record.not_in_force")}</b></p>`}
    ${answersTold(app, record)}`;
}

/** @param {App} app @param {Inspection["properties"]} record */
function answersTold(app, { kind: slug, answers, estate, asset: assetId }) {
  const kind = app.register.kind(slug);
  if (!kind) return nothing;
  const asset = app.known.asset(estate, assetId);
  const facts = factsOf(app.register.estate(estate), asset);
  const faults = new Set(
    judge(kind, read(kind, answers).answers, facts)
      .filter(({ met }) => !met)
      .map(({ code }) => code),
  );
  return html`<section class="group"><h2>${t("record.answers")}</h2><ul class="list">${kind.items
    .filter(({ code }) => Object.hasOwn(answers, code))
    .sort((a, b) => Number(faults.has(b.code)) - Number(faults.has(a.code)))
    .map(
      (item) => html`<li class="item"><span class="grow">${either(item.zh, item.en)}
        <span class="soft small">${item.code} · ${inWords(item, answers[item.code])}</span></span>
        ${faults.has(item.code) ? severityBadge(item.severity) : nothing}</li>`,
    )}</ul></section>`;
}

/** An answer as people say it. @param {Item} item @param {Value | undefined} value */
function inWords({ answer }, value) {
  if (value === NOT_APPLICABLE) return t("answer.not_applicable");
  if (value === COULD_NOT_CHECK) return t("answer.could_not_check");
  switch (answer.type) {
    case "yes_no":
      return value === true ? t("answer.fault") : t("answer.good");
    case "number":
      return `${value} ${unit(answer)}`;
    case "choice": {
      const option = answer.options.find(({ key }) => key === value);
      return option ? either(option.zh, option.en) : String(value);
    }
    case "measures":
      return answer.measures
        .filter(({ name }) => typeof value === "object" && Object.hasOwn(value, name))
        .map(
          ({ name, zh, en, number }) =>
            `${either(zh, en)} ${/** @type {any} */ (value)[name]} ${unit(number)}`,
        )
        .join(t("list.comma"));
  }
}

/** @param {App} app @param {string} slug */
function kindTitle(app, slug) {
  const kind = app.register.kind(slug);
  return kind ? either(kind.title_zh, kind.title_en) : slug;
}
