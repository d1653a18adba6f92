/**
 * My day: what is due and where, the way through what one chose, and how sending stands.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 * @import { Due } from "../../due.js"
 * @import { Case } from "../../recheck.js"
 * @import { Plan } from "../../store/plan.js"
 * @import { PlaceId } from "../../types.d.ts"
 *
 * @typedef {{ estate: Due["estate"], due: Due[], cases: Case[] }} Place everything due in one
 *   estate, and what is to be looked at again there
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { innerPoint } from "../../metres.js";
import { visitOrder } from "../../visit_order.js";
import { dueWord } from "../../when.js";
import { either, t } from "../../words.js";
import { empty, icon, time } from "../parts.js";
import { newSites } from "./asset.js";
import { distance, positionOf } from "./find.js";
import { deadlineOf, matterOf, rechecksLine, sorted } from "./rechecks.js";
import { sheetsLine } from "./sheets.js";
import { standingLine } from "./waiting.js";

const DEADLINES = { late: "s1", soon: "s2", fine: "", "": "" };
const TONES = { never: "s2", late: "s2", soon: "s3", fine: "good" };

/** @param {App} app @returns {Screen} */
export function dayScreen(app) {
  const { plan } = app;
  const all = app.known.due();
  const cases = rechecksOf(app);
  const places = placesOf(app, plan.filter);
  const due = gathered(all).length;
  const title = t("day.title");
  const ordering = app.local.ordering === true;
  return {
    title,
    height: "half",
    mode: plan.way ? "way" : "",
    head: html`
      <a class="button icon quiet" href="#/" aria-label=${t("back")}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${title}</h1>
        <p class="soft small">${due ? t("day.due", { n: due }) : t("day.done")}</p></div>`,
    body: plan.way
      ? way(app, plan.way)
      : html`
        ${standingLine(app)}${rechecksLine(app)}${sheetsLine(app)}
        ${all.length + cases.length ? filters(app, all, cases) : nothing}
        ${
          places.length
            ? html`<ul class="due">${places.map((place) => line(app, place))}</ul>`
            : all.length + cases.length
              ? empty({ title: t("day.no_match") })
              : empty({ title: t("day.done"), text: t("day.done.why") })
        }`,
    foot: places.length || plan.way ? foot(app, ordering) : undefined,
    map: { day: stopsOf(app, places), position: positionOf(app) },
    onTap(taps) {
      const tapped = taps.find(({ layer }) => layer === "estates");
      const place = places.find(({ estate }) => estate.id === tapped?.id);
      if (place && !plan.way) choose(app, place.estate.id);
      return true;
    },
  };
}

/** What is to be looked at again, as far as it stands in an estate. @param {App} app */
const rechecksOf = (app) =>
  sorted(app).open.filter(({ state, estate }) => state === "checking" && estate !== null);

/** Where there is something to do, by what is asked for. @param {App} app @param {string} filter */
function placesOf(app, filter) {
  const due = app.known.due().filter((each) => passes(each, filter));
  const places = gathered(due);
  if (filter && filter !== RECHECKS) return places;
  for (const each of rechecksOf(app)) {
    const there = places.find(({ estate }) => estate.id === each.estate);
    const estate = there ? undefined : app.known.estate(each.estate ?? "");
    if (there) there.cases.push(each);
    else if (estate) places.push({ estate, due: [], cases: [each] });
  }
  return places;
}

const RECHECKS = "rechecks";

/** By estate, as the most urgent of each stands. @param {Due[]} due @returns {Place[]} */
export function gathered(due) {
  /** @type {Map<PlaceId, Place>} */
  const places = new Map();
  for (const each of due) {
    const place = places.get(each.estate.id);
    if (place) place.due.push(each);
    else places.set(each.estate.id, { estate: each.estate, due: [each], cases: [] });
  }
  return [...places.values()];
}

/** @param {Due} due @param {string} filter */
const passes = ({ kind, round }, filter) =>
  !filter || (filter === "rounds" ? round !== null : kind.slug === filter);

/** @param {App} app @param {Due[]} all @param {Case[]} cases */
function filters(app, all, cases) {
  const kinds = app.register
    .kinds()
    .filter(({ slug }) => all.some(({ kind }) => kind.slug === slug));
  const rounds = all.some(({ round }) => round);
  /** @param {string} filter @param {string} word */
  const chip = (filter, word) => html`<button class="button chip-button" type="button"
    aria-pressed=${app.plan.filter === filter} @click=${() => {
      app.setPlan({ ...app.plan, filter });
    }}>${word} <span class="soft">${placesOf(app, filter).length}</span></button>`;
  return html`<div class="chips one-row" role="group" aria-label=${t("day.filter")}>
    ${chip("", t("day.all"))}
    ${rounds ? chip("rounds", t("day.rounds")) : nothing}
    ${cases.length ? chip(RECHECKS, t("rechecks.title")) : nothing}
    ${kinds.map((kind) => chip(kind.slug, either(kind.title_zh, kind.title_en)))}
  </div>`;
}

/** @param {App} app @param {Place} place */
function line(app, { estate, due, cases }) {
  const { name, community_name } = estate.properties;
  return html`<li class="due-place">
    <label class="due-choice"><input type="checkbox" .checked=${live(app.plan.chosen.includes(estate.id))}
      aria-label=${t("day.choose", { name })} @change=${() => choose(app, estate.id)}><i></i></label>
    <div class="grow">
      <a class="due-name" href="#/estate/${estate.id}"><b>${name}</b> <span class="soft small">${community_name}</span></a>
      <ul>${due.map((each) => kindLine(each))}${cases.map((each) => caseLine(app, each))}</ul>
    </div>
  </li>`;
}

/** @param {Due} due */
function kindLine({ estate, kind, last, state, days, round, unseen }) {
  return html`<li><a class="due-kind" href="#/estate/${estate.id}/${kind.slug}">
    <span class="grow"><span>${either(kind.title_zh, kind.title_en)}</span>
      <span class="soft small">${last ? html`${t("estate.last")} ${time(last)}` : t("estate.never")}${newSites(unseen)}${
        round
          ? html`<br>${t("day.round", { name: round.name, day: round.until.slice(5) })}${asked(round)}`
          : nothing
      }</span></span>
    <span class="badge ${TONES[state]}">${dueWord({ state, days })}</span>
  </a></li>`;
}

/** @param {App} app @param {Case} each */
function caseLine(app, each) {
  const { tone, word } = deadlineOf(app, each);
  return html`<li><a class="due-kind" href="#/case/${each.id}">
    <span class="grow"><span>${t("rechecks.title")} · ${matterOf(app, each)}</span>
      <span class="soft small">${each.number === null ? t("case.unnumbered") : t("case.number", { n: each.number })}</span></span>
    ${word ? html`<span class="badge ${DEADLINES[tone]}">${word}</span>` : nothing}
  </a></li>`;
}

/** @param {NonNullable<Due["round"]>} round */
const asked = ({
  shared,
  shared_with: others,
  stand_in_name: standIn,
  inspector_name: name,
}) => html`
  ${shared ? html` · ${sharers(others)}` : nothing}
  ${standIn ? html` · ${t("day.stand_in", { name })}` : nothing}`;

/** Whoever has part of it too. @param {NonNullable<Due["round"]>["shared_with"]} others */
function sharers(others = []) {
  const names = new Set(others.map((each) => each.inspector_name || each.inspector));
  return names.size
    ? t("day.shared_with", { names: [...names].join(t("list.comma")) })
    : t("day.shared");
}

/** @param {App} app @param {PlaceId} estate */
function choose(app, estate) {
  const { chosen } = app.plan;
  app.setPlan({
    ...app.plan,
    chosen: chosen.includes(estate)
      ? chosen.filter((each) => each !== estate)
      : [...chosen, estate],
  });
}

/** @param {App} app @param {boolean} ordering */
function foot(app, ordering) {
  const { chosen, way: found } = app.plan;
  if (found)
    return html`<div class="acts"><button class="button big grow" type="button"
      @click=${() => app.setPlan({ ...app.plan, way: null })}>${t("day.way.clear")}</button></div>`;
  return html`<p class="soft small">${chosen.length ? t("day.chosen", { n: chosen.length }) : t("day.none_chosen")}</p>
    <div class="acts"><button class="button primary big grow" type="button" ?disabled=${!chosen.length || ordering}
      @click=${() => order(app)}>${ordering ? t("day.ordering") : t("day.order")}</button></div>`;
}

/** @param {App} app */
async function order(app) {
  const { local } = app;
  local.ordering = true;
  app.show();
  const located = await app.receiver.ask();
  if (located.outcome === "fix") app.located = located;
  const from = located.outcome === "fix" ? located.position.point : null;
  const stops = app.plan.chosen.flatMap((id) => {
    const shape = app.known.estate(id)?.geometry;
    return shape ? [{ id, point: innerPoint(shape) }] : [];
  });
  const walk = visitOrder(stops, from);
  local.ordering = false;
  app.setPlan({
    ...app.plan,
    way: { stops: walk.stops.map(({ id }) => id), metres: walk.metres, from },
  });
  app.map().fitAll(walk.stops.map(({ point }) => point).concat(from ? [from] : []));
}

/** @param {App} app @param {NonNullable<Plan["way"]>} found */
function way(app, { stops, metres, from }) {
  const due = app.known.due();
  const cases = rechecksOf(app);
  return html`
    <p class="soft small">${t("day.way.length", { n: stops.length, metres: distance(metres) })} · ${from ? t("day.way.from") : t("day.way.from_first")}</p>
    <ol class="way">${stops.map((id, at) => {
      const estate = app.known.estate(id);
      const left = due.filter((each) => each.estate.id === id);
      const again = cases.filter((each) => each.estate === id).length;
      const words = left.map(({ kind }) => either(kind.title_zh, kind.title_en));
      if (again) words.push(t("rechecks.count", { n: again }));
      return html`<li><a class="item" href="#/estate/${id}"><span class="stop-number">${at + 1}</span>
        <span class="grow"><b>${estate?.properties.name}</b>
          <span class="soft small">${words.join(t("list.comma"))}</span></span>
        ${left.length + again ? html`<span class="badge">${t("find.late", { n: left.length + again })}</span>` : html`<span class="badge good">✓</span>`}
        ${icon("next")}</a></li>`;
    })}</ol>`;
}

/** @param {App} app @param {Place[]} places @returns {{ stops: import("../../map/day.js").Stop[], way: number[][] }} */
function stopsOf(app, places) {
  const { chosen, way: found } = app.plan;
  const points = new Map(
    app.known
      .estates()
      .flatMap(({ id, geometry }) => (geometry ? [[id, innerPoint(geometry)]] : [])),
  );
  if (found) {
    const stops = found.stops.flatMap((id, at) => {
      const point = points.get(id);
      return point ? [{ point, label: String(at + 1), late: false, chosen: true }] : [];
    });
    return {
      stops,
      way: [...(found.from ? [found.from] : []), ...stops.map(({ point }) => point)],
    };
  }
  return {
    stops: places.flatMap(({ estate, due, cases }) => {
      const point = points.get(estate.id);
      const late =
        due.some(({ state }) => state === "late" || state === "never") ||
        cases.some((each) => deadlineOf(app, each).tone === "late");
      const label = String(due.length + cases.length);
      return point ? [{ point, label, late, chosen: chosen.includes(estate.id) }] : [];
    }),
    way: [],
  };
}
