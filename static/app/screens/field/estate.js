/**
 * One estate: what to inspect next, and what was already reported here.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 * @import { Known } from "../../reported.js"
 * @import { Estate, PlaceId, PublishedKind } from "../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import { dueWord } from "../../when.js";
import { either, t } from "../../words.js";
import { empty, icon, severityBadge, time } from "../parts.js";
import { newSites } from "./asset.js";
import { thumb } from "./pictures.js";

const TONES = { never: "s2", late: "s2", soon: "s3", fine: "good" };

/** @param {App} app @param {{ estate: PlaceId }} route @returns {Screen} */
export function estateScreen(app, { estate: id }) {
  const estate = /** @type {Estate} */ (app.register.estate(id));
  const { name, community_name, target_year, unconfirmed, proposed } = estate.properties;
  return {
    title: name,
    head: html`
      <a class="button icon quiet" href="#/" aria-label=${t("back")}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${name}</h1><p class="soft small">${community_name}</p></div>`,
    body: html`
      <p class="row tags">
        ${target_year ? html`<span class="badge accent">${t("estate.target_year", { year: target_year })}</span>` : nothing}
        ${proposed && unconfirmed ? html`<span class="badge accent">${t("proposed.proposed")}</span>` : unconfirmed ? html`<span class="badge">${t("estate.unconfirmed")}</span>` : nothing}
        ${size(estate)}
      </p>
      <section class="group" aria-labelledby="kinds"><h2 id="kinds">${t("estate.kinds")}</h2>
        <ul class="kinds">${app.register.kinds().map((kind) => kindLine(app, estate, kind))}</ul></section>
      <section class="group" aria-labelledby="reported"><h2 id="reported">${t("estate.reported")}</h2>
        ${reported(app, estate)}</section>
      <p class="group"><a class="button wide" href="#/propose/${id}">${icon("plus")}${t("propose.missing")}</a></p>`,
    map: { estate: id, finding: app.finding },
  };
}

/** @param {Estate} estate */
const size = ({ properties: { households, company_name, has_company } }) => html`
  ${households ? html`<span class="badge">${t("estate.households", { n: households })}</span>` : nothing}
  ${company_name ? html`<span class="badge">${company_name}</span>` : nothing}
  ${has_company === false ? html`<span class="badge">${t("estate.no_company")}</span>` : nothing}`;

/** @param {App} app @param {Estate} estate @param {PublishedKind} kind */
function kindLine(app, estate, kind) {
  const last = app.known.last(estate, kind.slug);
  const state = app.known.state(estate, kind);
  const draft = app.drafts
    .begun()
    .find((each) => each.estate === estate.id && each.kind === kind.slug);
  const assets = app.known.assetsOf(estate.id);
  const choosing =
    !draft && kind.asset && assets.some(({ properties }) => properties.type === kind.asset);
  return html`<li><a class="kind" href="#/estate/${estate.id}/${kind.slug}${choosing ? "/asset" : ""}">
    <span class="grow">
      <b>${either(kind.title_zh, kind.title_en)}</b>
      <span class="soft small">${last ? html`${t("estate.last")} ${time(last)}` : t("estate.never")}${newSites(state.unseen)}</span>
    </span>
    ${
      draft
        ? html`<span class="badge accent">${t("estate.begun", { n: Object.keys(draft.filling.answers).length })}</span>`
        : html`<span class="badge ${TONES[state.state]}">${dueWord(state)}</span>`
    }
    ${icon("next")}
  </a></li>`;
}

/** @param {App} app @param {Estate} estate */
function reported(app, estate) {
  const findings = app.known.open(estate.id);
  if (!findings.length) return empty({ title: t("estate.nothing"), text: t("estate.nothing.why") });
  return html`<ul class="list">${findings
    .sort((a, b) => a.severity - b.severity)
    .map((finding) => reportedLine(app, finding))}</ul>`;
}

/** @param {App} app @param {Known} finding */
function reportedLine(app, finding) {
  const { item: code, point, severity, recordedAt, photos, sightings, waits, inspection } = finding;
  const item = wordsOf(app, code);
  const key = `${inspection}/${code}`;
  const one = app.known.case(finding.case ?? "");
  const show = () => {
    app.finding = key;
    app.show();
    if (point) app.map().goTo(point, 18.5);
  };
  return html`<li class="reported"><button class="item grow" type="button" aria-current=${app.finding === key} @click=${show}>
    ${photos.length ? thumb(app, photos[0], item) : nothing}
    <span class="grow"><span>${item}</span>
      <span class="soft small">${code} · ${time(recordedAt)}${sightings ? html` · ${t("estate.seen_again", { n: sightings })}` : nothing}${waits ? html` · ${t("same.mine")}` : nothing}</span></span>
    ${severityBadge(severity)}
  </button>${one ? html`<a class="button icon quiet" href="#/case/${one.id}" aria-label=${t("case.open")} title=${t("case.open")}>${icon("next")}</a>` : nothing}</li>`;
}

/** What an item asks, whichever kind has it. @param {App} app @param {string} code */
export function wordsOf(app, code) {
  for (const { items } of app.register.kinds()) {
    const item = items.find((each) => each.code === code);
    if (item) return either(item.zh, item.en);
  }
  return code;
}
