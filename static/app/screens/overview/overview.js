/**
 * The leaders' page: where trouble gathers, whether it grows, who is late, and what to show others.
 *
 * @import { Api } from "../../api.js"
 * @import { Tapped } from "../../map/map.js"
 * @import { View } from "../../leading/view.js"
 */

import { html, nothing, render } from "lit-html";
import { lastDays, today } from "../../days.js";
import { keepFresh } from "../../fresh.js";
import { openAnswers } from "../../leading/answers.js";
import { figuresAt, tilesOf } from "../../leading/questions.js";
import { isList } from "../../leading/rows.js";
import { asOf } from "../../leading/told.js";
import { addressOf, before, during, viewOf } from "../../leading/view.js";
import { boundsOf } from "../../metres.js";
import { clock, dayWord, full } from "../../when.js";
import { t } from "../../words.js";
import { openDesk, trouble } from "../desk.js";
import { icon } from "../parts.js";
import { choosing, tabs } from "./choosing.js";
import { filterForm, saidOf } from "./filter_form.js";
import { legend, legendOf } from "./legend.js";
import { openPair } from "./pair.js";
import { openPanels } from "./panels.js";
import { printable } from "./picture.js";
import { openRotation } from "./rotation.js";
import { openScene } from "./scene.js";
import { openShown } from "./shown.js";
import { openTap } from "./tap.js";
import { openTime } from "./time.js";

const ASIDE = /** @type {const} */ ([
  "lanes",
  "lights",
  "charging_sites",
  "hydrants",
  "operation_areas",
  "vacant_spaces",
]);
/** What the slider takes of the map; on a phone it stands under it, and the legend's strip lies on it. */
const FOOT_PX = matchMedia("(max-width: 40rem)").matches ? 64 : 124;

/** @param {Api} api */
export function openOverview(api) {
  const page = /** @type {HTMLElement} */ (document.getElementById("main"));
  let view = viewOf(location.search, today());
  const known = {
    kinds: /** @type {any[]} */ ([]),
    communities: /** @type {any[]} */ ([]),
    estates: /** @type {any[]} */ ([]),
    companies: /** @type {any[]} */ ([]),
    mayOpenCases: false,
    demonstration: false,
  };
  /** @type {Map<number, any>} */
  let register = new Map();
  let news = "";
  let [crowd, byStep] = [false, false];
  let started = false;

  const answers = openAnswers(api, show);
  const [now, earlier] = [openShown(answers, ""), openShown(answers, " before")];
  /** @type {ReturnType<typeof now> | null} */
  let shown = null;
  /** @type {ReturnType<typeof openPair>} */
  let pair = null;
  /** Of two maps the one that was tapped last; and what the first of them shows. */
  let [tappedSide, past] = /** @type {[number, ReturnType<typeof now> | null]} */ ([1, null]);

  const mayOpenCases = () => known.mayOpenCases;
  const rotation = openRotation({
    turn: (change) => narrow({ ...change, tab: "map", at: "", screen: true }),
    ended: () => narrow({ screen: false }),
  });
  const time = openTime({
    view: () => view,
    frames: () => shown?.frames.body ?? null,
    move: (at) => narrow({ at }),
    isReady: () => !shown?.waiting,
    show,
  });
  const tap = openTap({
    answers,
    view: () => view,
    register: () => register,
    narrow,
    mayOpenCases,
  });
  const panels = openPanels({
    api,
    answers,
    known,
    view: () => view,
    register: () => register,
    map: () => desk.map,
    shown: () => shown,
    narrow,
    show,
    showEstate,
    showPlace,
  });

  let tiles = tilesOf(view);
  const desk = openDesk({
    page,
    findings: tiles,
    foot: FOOT_PX,
    onTap: tapped,
    legend: overMap,
  });
  const scene = desk.map ? openScene(desk.map, crowded) : null;
  if (desk.map) {
    // What stands in the estates says nothing of where trouble gathers.
    for (const layer of ASIDE) desk.map.show(layer, false);
    printable(desk.map.map);
    desk.map.map.getCanvas().addEventListener("keydown", readMiddle);
  }
  const fresh = keepFresh({
    ask: api.ask,
    visible: () => document.visibilityState === "visible",
    onNews: renew,
    onState: show,
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") fresh.look();
  });

  /**
   * Where findings are too many to carry their days, those of each step are asked for, until the
   * whole period is shown again.
   * @param {boolean} yes
   */
  function crowded(yes) {
    crowd = yes;
    byStep ||= yes;
    show();
  }

  async function renew() {
    answers.renew();
    show();
    await answers.settled();
    news = clock(new Date());
    if (view.view === "points") desk.map?.refresh("findings");
    show();
  }

  /** @param {Tapped[]} taps @param {[number, number]} at */
  function tapped(taps, at) {
    tap.at(at, taps);
    desk.map?.pick(tap.picked());
    show();
  }

  /** @param {KeyboardEvent} event */
  function readMiddle(event) {
    if (event.key !== "Enter" || !desk.map) return;
    tapped([], desk.map.centre());
  }

  page.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && tap.isOpen()) closeCard();
  });

  // A list that this page can show is not opened as data.
  page.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    const address = link?.getAttribute("href") ?? "";
    if (!isList(address) || link?.hasAttribute("download")) return;
    event.preventDefault();
    narrow({ rows: address });
    desk.panel.querySelector("h2")?.scrollIntoView?.();
  });

  function closeCard() {
    tap.close();
    desk.map?.pick(null);
    show();
  }

  /** @param {Partial<View>} change */
  function narrow(change) {
    const was = view;
    view = { ...view, ...change };
    history.replaceState(null, "", location.pathname + addressOf(view));
    if (!("at" in change) && (was.since !== view.since || was.until !== view.until))
      view = { ...view, at: "" };
    show();
  }

  /** @param {number} id */
  function showEstate(id) {
    const estate = register.get(id);
    tap.estate(id);
    if (estate?.geometry) desk.map?.fit(boundsOf(estate.geometry), 16);
    desk.map?.pick({ layer: "estates", id });
    show();
    toMap();
  }

  /** @param {[number, number]} at */
  function showPlace(at) {
    desk.map?.goTo(at, 14);
    tapped([], at);
    toMap();
  }

  /** Where the map stands over the panel, what is shown on it has to be seen. */
  const toMap = () => page.querySelector(".desk-map")?.scrollIntoView?.({ block: "nearest" });

  function comparing() {
    if (!view.before_since) return null;
    return during(view, { since: view.before_since, until: view.before_until });
  }

  function compare() {
    const period = view.since ? view : { ...view, ...lastDays(90, today()) };
    const then = before(period, today());
    if (!then) return;
    time.stop();
    narrow({
      since: period.since,
      until: period.until || today(),
      before_since: then.since,
      before_until: then.until,
      at: "",
    });
  }

  function show() {
    if (!started) return;
    const day = today();
    const other = comparing();
    const signs = panels.signs();
    shown = now(view, day, register, { slider: !other, hot: view.hot, signs });
    if (!view.at) byStep = false;
    const asked = tilesOf(byStep ? shown.asked : view);
    if (asked !== tiles) desk.map?.filterFindings(asked);
    tiles = asked;
    past = other ? earlier(other, day, register, { slider: false, hot: false, signs: [] }) : null;
    panels.follow(past);
    page.dataset.tab = view.screen ? "screen" : view.tab;
    render(panel(), desk.panel);
    desk.show();
    scene?.put(shown.shown, shown.waiting ? "" : location.search);
    if (past && other) {
      pair ??= openPair(desk, (side, at) => {
        tappedSide = side;
        tapped([], at);
      });
      pair?.put(0, said(other), past.shown);
      pair?.put(1, said(view), shown.shown);
    } else {
      pair?.close();
      pair = null;
    }
  }

  /** @param {{ since: string, until: string }} period */
  const said = ({ since, until }) =>
    t("filter.from", {
      since: since ? dayWord(since) : t("filter.first"),
      until: until ? dayWord(until) : t("filter.today"),
    });

  function panel() {
    const measure = shown?.places.body?.measure ?? null;
    // A list is of what its address says: nothing is chosen over it.
    const listed = isList(view.rows);
    return html`
      <div class="desk-head">
        <h2>${t("overview.title")}</h2>
        ${freshness()}
      </div>
      ${view.as_of ? html`<p class="notice warn past"><span>${t("overview.asOfPast", { when: dayWord(view.as_of) })}</span><button class="button no-print" type="button" @click=${() => narrow({ as_of: "" })}>${t("overview.now")}</button></p>` : nothing}
      ${view.screen ? nothing : tabs(view, narrow)}
      ${panels.head()}
      ${view.screen || listed || view.tab === "board" || view.tab === "take" ? nothing : choosing(view, measure, narrow)}
      ${view.screen || listed ? nothing : filterForm(view, known, narrow)}
      <p class="on-paper">${saidOf(view, known)}</p>
      ${panels.template()}
      ${view.tab === "map" && !view.screen && !listed ? html`<p class="tiny soft no-print">${t("card.how")}</p>` : nothing}
    `;
  }

  function freshness() {
    const state = fresh.state();
    const as_of = shown?.places.body?.as_of;
    return html`<span class="fresh tiny soft" data-state=${state}>
      ${as_of ? html`<span title=${full(as_of)}>${asOf(view, as_of)}</span>` : nothing}
      <span role="status">${state === "fresh" ? (news ? t("overview.news", { time: news }) : t("overview.fresh")) : t(`overview.${state}`)}</span>
    </span>`;
  }

  /** What floats over the map. */
  function overMap() {
    if (!started || !shown) return html``;
    const { measure, looks, heat, hexagons, times } = shown;
    return html`
      ${shown.failed && !shown.places.failed ? html`<div class="lead-trouble" role="status">${trouble(shown.failed, answers.again)}</div>` : nothing}
      ${crowd ? html`<p class="lead-trouble notice" role="status">${t("points.crowd")}</p>` : nothing}
      ${measure ? legend(legendOf(looks, measure, heat, hexagons), view) : nothing}
      ${tap.isOpen() ? tap.template(past && !tappedSide ? past : shown, period(), closeCard) : nothing}
      ${view.before_since || view.screen ? nothing : time.template(measure, stepOfShown(), times, narrow)}
      ${
        view.screen
          ? rotation.template()
          : html`<div class="lead-ways no-print">
              ${view.before_since ? nothing : html`<button class="button" type="button" @click=${compare}>${t("pair.start")}</button>`}
              <button class="button wide-only" type="button" @click=${() => rotation.start(true)}>${icon("screen")}${t("screen.start")}</button>
            </div>`
      }`;
  }

  /** Of two, the one that was tapped. */
  function period() {
    const other = comparing();
    return other ? said(tappedSide ? view : other) : "";
  }

  const stepOfShown = () => panels.step();

  async function start() {
    started = true;
    show();
    const [me, kinds, places, towns] = await Promise.all([
      api.me(),
      api.kinds(),
      api.estates(),
      api.communities(),
    ]);
    if (me.outcome === "received") {
      known.mayOpenCases = me.body.may.cases;
      known.demonstration = me.body.demonstration;
    }
    if (kinds.outcome === "received") known.kinds = kinds.body.kinds;
    if (places.outcome === "received" && towns.outcome === "received") {
      known.estates = places.body;
      known.communities = towns.body;
      register = new Map(places.body.map((/** @type {any} */ estate) => [estate.id, estate]));
      desk.setPlaces(towns.body, places.body);
    }
    show();
    if (view.screen) rotation.start(false);
    await answers.settled();
    const companies = await api.ask(
      "GET",
      figuresAt({ ...viewOf("?since=", today()), ...lastDays(30, today()) }, "company"),
    );
    if (companies.outcome === "received") known.companies = companies.body.rows;
    show();
  }

  start();
}
