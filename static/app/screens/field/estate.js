/**
 * One estate: what to inspect next, and what was already reported here.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 * @import { Finding } from "../../store/register.js"
 * @import { Estate, PublishedKind } from "../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import { due, dueWord } from "../../when.js";
import { either, t } from "../../words.js";
import { empty, icon, severityBadge, time, waiting } from "../parts.js";

const TONES = { never: "s2", late: "s2", soon: "s3", fine: "good" };

/** @param {App} app @param {{ estate: number }} route @returns {Screen} */
export function estateScreen(app, { estate: id }) {
  const estate = /** @type {Estate} */ (app.register.estate(id));
  const { name, community_name, target_year, unconfirmed } = estate.properties;
  return {
    title: name,
    head: html`
      <a class="button icon quiet" href="#/" aria-label=${t("back")}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${name}</h1><p class="soft small">${community_name}</p></div>`,
    body: html`
      <p class="row tags">
        ${target_year ? html`<span class="badge accent">${t("estate.target_year", { year: target_year })}</span>` : nothing}
        ${unconfirmed ? html`<span class="badge">${t("estate.unconfirmed")}</span>` : nothing}
        ${size(estate)}
      </p>
      <section class="group" aria-labelledby="kinds"><h2 id="kinds">${t("estate.kinds")}</h2>
        <ul class="kinds">${app.register.kinds().map((kind) => kindLine(app, estate, kind))}</ul></section>
      <section class="group" aria-labelledby="reported"><h2 id="reported">${t("estate.reported")}</h2>
        ${reported(app, id)}</section>`,
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
  const last = estate.properties.last_inspected?.[kind.slug];
  const state = due(last, kind.due_every_days);
  const draft = app.drafts
    .begun()
    .find((each) => each.estate === estate.id && each.kind === kind.slug);
  const assets = app.register.assetsOf(estate.id) ?? [];
  const choosing =
    !draft && kind.asset && assets.some(({ properties }) => properties.type === kind.asset);
  return html`<li><a class="kind" href="#/estate/${estate.id}/${kind.slug}${choosing ? "/asset" : ""}">
    <span class="grow">
      <b>${either(kind.title_zh, kind.title_en)}</b>
      <span class="soft small">${last ? html`${t("estate.last")} ${time(last)}` : t("estate.never")}</span>
    </span>
    ${
      draft
        ? html`<span class="badge accent">${t("estate.begun", { n: Object.keys(draft.filling.answers).length })}</span>`
        : html`<span class="badge ${TONES[state.state]}">${dueWord(state)}</span>`
    }
    ${icon("next")}
  </a></li>`;
}

/** @param {App} app @param {number} id */
function reported(app, id) {
  const findings = app.register.findingsOf(id);
  if (!findings) {
    return app.estates[id] === "loading" || !app.estates[id]
      ? waiting(3)
      : empty({ title: t("layer.unreachable"), act: t("again"), onAct: () => app.loadEstate(id) });
  }
  if (!findings.length) return empty({ title: t("estate.nothing"), text: t("estate.nothing.why") });
  return html`<ul class="list">${[...findings]
    .sort((a, b) => a.properties.severity - b.properties.severity)
    .map((finding) => reportedLine(app, finding))}</ul>`;
}

/** @param {App} app @param {Finding} finding */
function reportedLine(app, { geometry, properties: finding }) {
  const show = () => {
    app.finding = finding.number;
    app.show();
    if (geometry?.type === "Point") app.map().goTo(geometry.coordinates, 18.5);
  };
  const current = app.finding === finding.number;
  return html`<li><button class="item" type="button" aria-current=${current} @click=${show}>
    <span class="grow"><span>${either(finding.item_zh, finding.item_en)}</span>
      <span class="soft small">${finding.item} · ${time(finding.recorded_at)}</span></span>
    ${severityBadge(finding.severity)}
  </button></li>`;
}
