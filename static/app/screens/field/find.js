/**
 * Choosing an estate: by its name, by its community, by what is near, or on the map.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 * @import { Draft } from "../../store/drafts.js"
 * @import { Estate } from "../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import { matching, nearest } from "../../search.js";
import { either, t } from "../../words.js";
import { empty, icon, notice } from "../parts.js";
import { gathered } from "./day.js";
import { matterOf } from "./rechecks.js";

const SHOWN = 60;

/** @param {App} app @returns {Screen} */
export function findScreen(app) {
  const title = t("find.title");
  return {
    title,
    head: html`
      <h1 tabindex="-1" class="spoken">${title}</h1>
      <div class="search">
        <label class="search-box">${icon("search")}<span class="spoken">${t("find.search")}</span>
          <input class="input" type="search" name="estate" autocomplete="off" enterkeyhint="search"
            placeholder=${t("find.search")} .value=${app.query}
            @input=${(/** @type {any} */ event) => {
              app.query = event.target.value;
              app.show();
            }}>
        </label>
        <button class="button big" type="button" ?disabled=${app.located === "asking"}
          @click=${() => findNearest(app)}>${icon("locate")}<span>${t("find.nearest")}</span></button>
      </div>`,
    body: html`${today(app)}${begun(app)}${whereabouts(app)}${results(app)}`,
    map: { position: positionOf(app) },
  };
}

/** @param {App} app */
async function findNearest(app) {
  app.located = "asking";
  app.show();
  app.located = await app.receiver.ask();
  app.query = app.located.outcome === "fix" ? "" : app.query;
  app.show();
  const position = positionOf(app);
  if (!position) return;
  const [first] = nearest(app.register.estates(), position.point);
  app.map().showBoth(position.point, first?.estate.geometry ?? null);
}

/** @param {App} app */
export const positionOf = ({ located }) =>
  located && located !== "asking" && located.outcome === "fix" ? located.position : null;

/** The way to the day's work, first of all. @param {App} app */
function today(app) {
  if (app.query || !app.known.estates().length) return nothing;
  const n = gathered(app.known.due()).length;
  return html`<a class="kind today" href="#/day">${icon("history")}
    <span class="grow"><b>${t("day.title")}</b><span class="soft small">${n ? t("day.due", { n }) : t("day.done")}</span></span>
    ${icon("next")}</a>`;
}

/** What is being filled in comes first. @param {App} app */
function begun(app) {
  const drafts = app.drafts.begun();
  if (!drafts.length) return nothing;
  return html`<section class="group"><h2>${t("find.begun")}</h2><ul class="list">${drafts.map(
    (draft) => {
      if (draft.move) return begunMove(app, draft);
      const kind = app.register.kind(draft.kind);
      return html`<li><a class="item" href="#/estate/${draft.estate}/${draft.kind}">
      <span class="grow"><b>${app.register.estate(draft.estate)?.properties.name}</b>
        <span class="soft small">${kind ? either(kind.title_zh, kind.title_en) : ""}</span></span>
      <span class="badge accent">${t("estate.begun", { n: Object.keys(draft.filling.answers).length })}</span>
    </a></li>`;
    },
  )}</ul></section>`;
}

/** @param {App} app @param {Draft} draft */
function begunMove(app, { move, photos }) {
  const one = app.known.case(move?.case ?? "");
  return html`<li><a class="item" href="#/case/${move?.case}">
    <span class="grow"><b>${one ? matterOf(app, one) : t("case.title")}</b>
      <span class="soft small">${t("rechecks.title")}</span></span>
    <span class="badge accent">${t("photos.title")} ${photos?.length ?? 0}</span></a></li>`;
}

/** @param {App} app */
function whereabouts({ located }) {
  if (!located || located === "asking")
    return located ? html`<p class="soft small" role="status">${t("locate.asking")}</p>` : nothing;
  if (located.outcome !== "fix")
    return notice("warn", t(`locate.${located.outcome}`), t(`locate.${located.outcome}.do`));
  const { accuracyM } = located.position;
  return html`<p class="soft small" role="status">${t("locate.fix", { n: Math.round(accuracyM ?? 0) })}</p>`;
}

/** @param {App} app */
function results(app) {
  const estates = app.register.estates();
  if (!estates.length) return empty({ title: t("find.none"), text: t("find.none.why") });
  const found = matching(estates, app.query);
  if (!found.length)
    return html`${empty({
      title: t("find.unmatched", { query: app.query }),
      text: t("find.unmatched.do"),
    })}${proposeLink()}`;
  const position = positionOf(app);
  const listed = position
    ? nearest(found, position.point)
    : (app.query ? found : latestFirst(app, found)).map((estate) => ({ estate, metres: null }));
  return html`
    <p class="soft small count" role="status">${t("find.count", { n: found.length })}</p>
    <ul class="list">${listed.slice(0, SHOWN).map(({ estate, metres }) => line(app, estate, metres))}</ul>
    ${listed.length > SHOWN ? html`<p class="soft small count">${t("find.more", { n: listed.length - SHOWN })}</p>` : nothing}
    ${proposeLink()}`;
}

const proposeLink = () =>
  html`<p class="group"><a class="button wide" href="#/propose/new/estates">${icon("plus")}${t("propose.missing.estate")}</a></p>`;

/** @param {App} app @param {Estate} estate @param {number | null} metres */
function line(app, estate, metres) {
  const { id, properties } = estate;
  const late = lateKinds(app, estate);
  return html`<li><a class="item" href="#/estate/${id}">
    <span class="grow">
      <b>${properties.name}</b>
      <span class="soft small">${properties.community_name}${
        metres === null || !Number.isFinite(metres) ? nothing : html` · ${distance(metres)}`
      }</span>
    </span>
    ${properties.proposed && properties.unconfirmed ? html`<span class="badge accent">${t("proposed.proposed")}</span>` : nothing}
    ${properties.target_year ? html`<span class="badge accent">${t("estate.target")}</span>` : nothing}
    ${late ? html`<span class="badge s2">${t("find.late", { n: late })}</span>` : nothing}
    ${icon("next")}
  </a></li>`;
}

/** @param {App} app @param {Estate} estate */
const lateKinds = (app, estate) =>
  app.register.kinds().filter((kind) => {
    const { state } = app.known.state(estate, kind);
    return state === "late" || state === "never";
  }).length;

/** Those with most overdue come first. @param {App} app @param {Estate[]} estates */
const latestFirst = (app, estates) =>
  estates
    .map((estate) => ({ estate, late: lateKinds(app, estate) }))
    .sort((a, b) => b.late - a.late)
    .map(({ estate }) => estate);

/** @param {number} metres */
export const distance = (metres) =>
  metres < 1
    ? t("metres.here")
    : metres < 1000
      ? t("metres.m", { n: Math.round(metres) })
      : t("metres.km", { n: (metres / 1000).toFixed(1) });
