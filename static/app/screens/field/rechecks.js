/**
 * 复查: what was handed back and is to be looked at again, and what was just reported and may be
 * put right on the spot; the most urgent first, or in the order of the way there.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 * @import { Case } from "../../recheck.js"
 * @import { LonLat } from "../../metres.js"
 */

import { html, nothing } from "lit-html";
import { deadline, workingDays } from "../../deadline.js";
import { distanceM, innerPoint } from "../../metres.js";
import { answerOf, byUrgency, dueAt } from "../../recheck.js";
import { visitOrder } from "../../visit_order.js";
import { t } from "../../words.js";
import { empty, icon, severityBadge } from "../parts.js";
import { wordsOf } from "./estate.js";
import { distance, positionOf } from "./find.js";
import { entryLine } from "./outbox.js";
import { thumb } from "./pictures.js";

const TONES = { late: "s1", soon: "s2", fine: "", "": "" };
/** What was found, by the move that says it. */
const MOVE_TONES = { fix_on_spot: "good", pass_check: "good", fail_check: "s2" };

/** @param {App} app @returns {Screen} */
export function rechecksScreen(app) {
  const title = t("rechecks.title");
  const state = app.local.state ?? "checking";
  const { open, done, proposed } = sorted(app);
  const shown = inOrder(
    app,
    open.filter((each) => each.state === state),
  );
  const waiting = open.filter((each) => each.state === "checking");
  const late = waiting.filter((each) => deadlineOf(app, each).tone === "late").length;
  return {
    title,
    height: "full",
    head: html`
      <a class="button icon quiet" href="#/day" aria-label=${t("back")}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${title}</h1>
        <p class="soft small">${t("rechecks.count", { n: waiting.length })}${late ? html` · <b class="far">${t("rechecks.late", { n: late })}</b>` : nothing}</p></div>`,
    body: html`
      ${filters(app, open, state)}
      ${shown.length > 1 ? orders(app) : nothing}
      ${
        shown.length
          ? html`<ul class="list">${shown.map((each) => line(app, each))}</ul>`
          : state === "checking"
            ? empty({ title: t("rechecks.none"), text: t("rechecks.none.why") })
            : empty({ title: t("rechecks.reported.none"), text: t("rechecks.reported.none.why") })
      }
      ${
        proposed.length
          ? html`<section class="group" aria-labelledby="proposed"><h2 id="proposed">${t("rechecks.proposed")}</h2>
              <ul class="list">${proposed.map((entry) => entryLine(app, entry))}</ul></section>`
          : nothing
      }
      ${
        done.length
          ? html`<section class="group" aria-labelledby="done"><h2 id="done">${t("rechecks.done")}</h2>
              <ul class="list">${done.map((each) => line(app, each))}</ul></section>`
          : nothing
      }`,
    map: {
      position: positionOf(app),
      day: {
        stops: shown.flatMap((each, at) => {
          const point = pointOf(app, each);
          const isLate = deadlineOf(app, each).tone === "late";
          return point ? [{ point, label: String(at + 1), late: isLate, chosen: true }] : [];
        }),
        way: [],
      },
    },
  };
}

/**
 * What waits for a person here, what was done here and is not yet told back, and what came too
 * late: its case may be on no list of this tablet any more.
 *
 * @param {App} app
 */
export function sorted(app) {
  const all = app.known.cases();
  const standingOf = (/** @type {Case} */ { move }) => move?.standing ?? "refused";
  return {
    open: byUrgency(all.filter((each) => standingOf(each) === "refused")),
    done: all.filter((each) => ["waiting", "sent"].includes(standingOf(each))),
    proposed: app.known
      .entries()
      .filter((entry) => entry.type === "move" && answerOf(entry)?.standing === "proposed"),
  };
}

/** @param {App} app @param {Case} each @param {Date} [now] */
export function deadlineOf(app, each, now = new Date()) {
  const { years } = app.register.calendar();
  const told = Object.values(years);
  const works = workingDays({
    rest: told.flatMap(({ holidays }) => holidays),
    work: told.flatMap(({ workdays }) => workdays),
  });
  return deadline(dueAt(each), now, works);
}

/** Of the case itself, else somewhere in its estate. @param {App} app @param {Case} each @returns {LonLat | null} */
export function pointOf(app, { point, estate }) {
  if (point) return /** @type {LonLat} */ (point);
  const shape = estate === null ? null : app.known.estate(estate)?.geometry;
  return shape ? innerPoint(shape) : null;
}

/** What it is about, in the language spoken. @param {App} app @param {{ item: string, title: string }} of */
export function matterOf(app, { item, title }) {
  const words = item ? wordsOf(app, item) : "";
  return words && words !== item ? words : title || item;
}

/** @param {App} app @param {Case[]} open @param {string} state */
const filters = (app, open, state) => html`
  <div class="chips one-row" role="group" aria-label=${t("rechecks.show")}>${(
    /** @type {const} */ (["checking", "reported"])
  ).map(
    (name) => html`<button class="button chip-button" type="button" aria-pressed=${state === name}
      @click=${() => {
        app.local.state = name;
        app.show();
      }}>${t(`rechecks.${name}`)} <span class="soft">${open.filter((each) => each.state === name).length}</span></button>`,
  )}</div>`;

/** @param {App} app */
const orders = (app) => html`
  <div class="chips one-row" role="group" aria-label=${t("rechecks.order")}>${(
    /** @type {const} */ (["urgent", "near"])
  ).map(
    (name) => html`<button class="button chip-button" type="button"
      aria-pressed=${(app.local.order ?? "urgent") === name}
      @click=${() => order(app, name)}>${app.local.ordering && name === "near" ? t("rechecks.locating") : t(`rechecks.${name}`)}</button>`,
  )}</div>`;

/** @param {App} app @param {"urgent" | "near"} by */
async function order(app, by) {
  const { local } = app;
  local.order = by;
  if (by === "near" && !positionOf(app)) {
    local.ordering = true;
    app.show();
    const located = await app.receiver.ask();
    if (located.outcome === "fix") app.located = located;
    else app.toasts.show(t(`locate.${located.outcome}`));
    local.ordering = false;
  }
  if (app.local === local) app.show();
}

/** @param {App} app @param {Case[]} cases the most urgent first */
function inOrder(app, cases) {
  if (app.local.order !== "near") return cases;
  const stops = cases.flatMap((each) => {
    const point = pointOf(app, each);
    return point ? [{ each, point }] : [];
  });
  const placed = visitOrder(stops, positionOf(app)?.point ?? null).stops.map(({ each }) => each);
  return [...placed, ...cases.filter((each) => !placed.includes(each))];
}

/** @param {App} app @param {Case} each */
function line(app, each) {
  const due = deadlineOf(app, each);
  const [here, point] = [positionOf(app)?.point, pointOf(app, each)];
  return html`<li><a class="item" href="#/case/${each.id}">
    ${thumb(app, each.before[0]?.id, t("case.before"))}
    <span class="grow"><b>${matterOf(app, each)}</b>
      <span class="soft small">${[
        each.number === null ? t("case.unnumbered") : t("case.number", { n: each.number }),
        each.estate === null ? "" : app.known.estate(each.estate)?.properties.name,
        here && point ? distance(distanceM(here, point)) : "",
      ]
        .filter(Boolean)
        .join(" · ")}</span>
      <span class="badges">${severityBadge(each.severity)}
        ${each.move ? own(each) : due.word ? html`<span class="badge ${TONES[due.tone]}">${due.word}</span>` : nothing}</span></span>
    ${icon("next")}</a></li>`;
}

/** What was done here. @param {Case} each */
const own = ({ move, overtaken }) =>
  !move
    ? nothing
    : overtaken
      ? html`<span class="badge accent">${t("move.proposal")}</span>`
      : html`<span class="badge ${move.standing === "refused" ? "s1" : MOVE_TONES[move.name]}">${t(`move.${move.name}`)}</span>`;

/** The way there, where the day is looked at. @param {App} app */
export function rechecksLine(app) {
  const waiting = sorted(app).open.filter(({ state }) => state === "checking");
  const late = waiting.filter((each) => deadlineOf(app, each).tone === "late").length;
  return html`<ul class="standing">
    <li><a class="item" href="#/rechecks"><i class="lamp ${late ? "bad" : waiting.length ? "warn" : "good"}"></i>
      <span class="grow">${waiting.length ? t("rechecks.count", { n: waiting.length }) : t("rechecks.none")}${late ? html` · ${t("rechecks.late", { n: late })}` : nothing}</span>
      ${icon("next")}</a></li></ul>`;
}
