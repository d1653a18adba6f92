/**
 * The property company's page, made for a phone in a basement: what the office asks and by when,
 * and answering it. What is answered is on the phone first and goes when there is a line.
 *
 * @import { Api, Reply } from "../../api.js"
 * @import { CompanyRoute } from "../../asked.js"
 * @import { Row } from "../../creation/list.js"
 * @import { AnswerDraft, Answers } from "../../store/answers.js"
 * @import { CaseFeature, CasePaper, CaseProperties, CaseWhole } from "../../types.d.ts"
 * @import { Shoot } from "./shoot.js"
 */

import { html, nothing, render } from "lit-html";
import { openAnswerer } from "../../answering.js";
import { dueOf, hashOf, routeOf } from "../../asked.js";
import { canonical } from "../../canonical.js";
import { moveOf, nothingTold } from "../../case_moves.js";
import { today } from "../../days.js";
import { deadline, workingDays } from "../../deadline.js";
import { declared } from "../../evidence.js";
import { openMap } from "../../map/map.js";
import { paletteOf } from "../../map/palette.js";
import { openAnswers } from "../../store/answers.js";
import { StoreFailure } from "../../store/db.js";
import { uuid7 } from "../../uuid.js";
import { isoWithOffset } from "../../when.js";
import { either, spoken, t } from "../../words.js";
import { trouble } from "../desk.js";
import { icon, notice, waiting } from "../parts.js";
import { openToasts } from "../toasts.js";
import { answerScreen, askScreen, returnScreen } from "./answer.js";
import { caseScreen } from "./case.js";
import { listScreen } from "./list.js";
import { papersScreen } from "./papers.js";
import { openPictures } from "./photos.js";
import { openShoot, shootScreen } from "./shoot.js";
import { standingOf } from "./standing.js";

const ZOOM_DEGREES = 0.0012;

/** @param {Api} api */
export async function openCompany(api) {
  const page = /** @type {HTMLElement} */ (document.getElementById("main"));
  const panel = /** @type {HTMLElement} */ (page.querySelector(".company"));
  const toasts = openToasts(/** @type {HTMLElement} */ (document.getElementById("toasts")));
  render(waiting(6), panel);
  const me = await api.me();
  if (me.outcome !== "received") {
    const again = () => location.reload();
    render(html`<div class="company-body">${trouble(me, again)}</div>`, panel);
    return;
  }

  let route = routeOf(location.hash);
  /** @type {CaseFeature[] | null} */
  let open = null;
  /** @type {CaseFeature[] | null} */
  let ended = null;
  /** @type {Map<string, CaseWhole>} */
  const wholes = new Map();
  /** @type {CasePaper[] | null} */
  let papers = null;
  /** What could not be had for the screen that is shown. @type {Reply | null} */
  let failed = null;
  /** @type {Shoot | null} */
  let shoot = null;
  /** Own estates on their way to the standard. @type {Row[]} */
  let creation = [];
  /** A browser draws few maps at once: that of a case goes with its screen. */
  let closeMap = () => {};
  /** @type {Map<string, { zh: string, en: string }>} */
  let items = new Map();
  /** @type {(day: string) => boolean} */
  let works = workingDays({ rest: [], work: [] });

  /** @type {Answers} */
  let answers;
  let ready = false;
  try {
    answers = await openAnswers(me.body.id, { onChange: () => ready && show() });
  } catch (failure) {
    if (!(failure instanceof StoreFailure)) throw failure;
    const says = notice("bad", t("company.noStore"), t("company.noStoreSays"));
    render(html`<div class="company-body">${says}</div>`, panel);
    return;
  }

  const answerer = openAnswerer({
    answers,
    api,
    onChange: () => show(),
    // What can be done next is shown as the case stands by then: a button never becomes another
    // under the finger.
    onHeld: ({ case: id }) => Promise.all([fetchWhole(id), fetchList()]),
    onRefused: async ({ case: id }) => {
      wholes.delete(id);
      await fetchList();
      if ("id" in route && route.id === id) await fetchWhole(id);
    },
  });

  const company = {
    api,
    answers,
    answerer,
    pictures: openPictures({ answers, show: () => show() }),
    /** What lives as long as the screen. @type {{ wrong?: Record<string, string>, notKept?: string }} */
    local: {},
    show: () => show(),
    works: () => works,
    creation: () => creation,
    today: () => today(),

    /** In words of the person's language where the matter is an item's. @param {CaseProperties} properties */
    titleOf: ({ item, title }) => {
      const known = items.get(item);
      return known && known.zh === title ? either(title, known.en) : title;
    },
    /** @param {CaseProperties} properties */
    toneOf: (properties) => deadline(dueOf(properties), new Date(), works).tone,

    /** @param {string} id @param {string} move @returns {AnswerDraft} */
    draftOf: (id, move) =>
      answers.draft(id, move) ?? { case: id, move, note: "", until: "", photos: [] },

    /** @param {AnswerDraft} draft */
    async keep(draft) {
      company.local.wrong = {};
      const kept = answers.keep(draft);
      show();
      await kept.catch((failure) => {
        company.local.notKept = t(failure.code === "full" ? "company.full" : "company.unsaved");
      });
      show();
    },

    /** @param {AnswerDraft} draft */
    async giveUp(draft) {
      await answers.drop(draft);
      location.hash = hashOf({ at: "case", id: draft.case });
    },

    /** @param {string} id */
    claim(id) {
      const whole = wholes.get(id);
      if (whole) send(company.draftOf(id, "claim"), whole);
    },

    /** @param {AnswerDraft} draft @param {CaseWhole} whole */
    submit(draft, whole) {
      const wrong = missingOf(draft, whole);
      company.local.wrong = wrong;
      if (Object.keys(wrong).length) {
        show();
        /** @type {HTMLElement | null} */ (
          panel.querySelector("[aria-invalid=true], .wrong")
        )?.scrollIntoView({ block: "center" });
        return;
      }
      send(draft, whole);
    },

    /** @param {CasePaper} paper */
    async confirm(paper) {
      const reply = await api.ask("PUT", `/api/v1/papers/${paper.id}/delivery/`, {
        how: "electronic",
        at: isoWithOffset(new Date()),
        receiver: me.body.name || me.body.username,
      });
      if (reply.outcome === "received") {
        if (route.at === "case") fetchWhole(route.id);
        else fetchPapers();
      } else toasts.show(reply.outcome === "refused" ? reply.message : t("unreachable.title"));
    },

    /** A small map of where it is. @param {Element | undefined} element @param {[number, number]} at @param {number | null} estate */
    mapIn(element, at, estate) {
      if (!element || element.childElementCount) return;
      const container = document.createElement("div");
      element.append(container);
      const [lon, lat] = at;
      const style = getComputedStyle(document.documentElement);
      try {
        const map = openMap({
          container,
          palette: paletteOf((token) => style.getPropertyValue(token)),
          language: spoken(),
          findings: "status=open",
          bounds: [lon - ZOOM_DEGREES, lat - ZOOM_DEGREES, lon + ZOOM_DEGREES, lat + ZOOM_DEGREES],
        });
        closeMap = () => {
          map.close();
          container.remove();
          closeMap = () => {};
        };
        map.show("findings", false);
        map.pick({ layer: "estates", point: at, ...(estate ? { id: estate } : {}) });
      } catch {
        // The ways to it are there all the same.
        element.remove();
      }
    },
  };

  /** @param {AnswerDraft} draft @param {CaseWhole} whole */
  async function send(draft, whole) {
    const here = location.hash;
    const { id, number, title, version } = whole.properties;
    const needs = whole.may.find(({ move }) => move === draft.move)?.needs ?? [];
    const body = moveOf({
      move: draft.move,
      version,
      recordedAt: isoWithOffset(new Date()),
      needs,
      told: { ...nothingTold(), note: draft.note, until: draft.until },
      photos: draft.photos.map(declared),
    });
    try {
      await answers.send({
        id: uuid7(),
        case: id,
        number,
        title,
        move: draft.move,
        body: canonical(body),
        files: draft.photos.map(({ id, sha256, bytes, type }) => ({ id, sha256, bytes, type })),
        addedAt: new Date().toISOString(),
      });
    } catch (failure) {
      const { code } = /** @type {any} */ (failure);
      company.local.notKept = t(code === "full" ? "company.full" : "company.unsaved");
      return show();
    }
    // Who went on meanwhile is not called back.
    if (location.hash === here) location.hash = hashOf({ at: "case", id });
    answerer.run();
  }

  /** @param {AnswerDraft} draft @param {CaseWhole} whole @returns {Record<string, string>} */
  function missingOf({ move, note, until, photos }, { may }) {
    const needs = may.find((each) => each.move === move)?.needs ?? [];
    /** @type {Record<string, string>} */
    const wrong = {};
    if (needs.includes("note") && !note.trim()) wrong.note = t("company.needed");
    if (needs.includes("until") && !until) wrong.until = t("company.needed");
    if (until && until < today()) wrong.until = t("company.neededLater");
    if (needs.includes("photo") && !photos.length) wrong.photos = t("company.neededPhoto");
    else if (needs.includes("pair") && !photos.some(({ pair }) => pair))
      wrong.photos = t("company.neededPair");
    return wrong;
  }

  async function fetchList() {
    const reply = await all("/api/v1/cases/?status=open&sort=due&page_size=200");
    failed = reply.outcome === "received" ? null : reply;
    if (reply.outcome === "received") open = reply.body;
    show();
  }

  async function fetchEnded() {
    const reply = await api.ask("GET", "/api/v1/cases/?status=ended&page_size=100");
    failed = reply.outcome === "received" ? null : reply;
    if (reply.outcome === "received") ended = reply.body.features;
    show();
  }

  /** Every page. @param {string} path @returns {Promise<Reply>} */
  async function all(path) {
    const features = [];
    let next = path;
    while (next) {
      const reply = await api.ask("GET", next);
      if (reply.outcome !== "received") return reply;
      features.push(...reply.body.features);
      const { pathname = "", search = "" } = reply.body.next ? new URL(reply.body.next) : {};
      next = pathname + search;
    }
    return { outcome: "received", status: 200, body: features };
  }

  /** @param {string} id */
  async function fetchWhole(id) {
    const reply = await api.ask("GET", `/api/v1/cases/${id}/`);
    failed = reply.outcome === "received" ? null : reply;
    if (reply.outcome === "received") wholes.set(id, reply.body);
    // It is another's by now: nothing more is to be done with it here.
    else if (reply.outcome === "refused" && reply.status === 404) wholes.delete(id);
    show();
  }

  async function fetchPapers() {
    const reply = await api.ask("GET", "/api/v1/papers/");
    failed = reply.outcome === "received" ? null : reply;
    if (reply.outcome === "received") papers = reply.body.papers;
    show();
  }

  function arrive() {
    shoot?.end();
    shoot = null;
    closeMap();
    company.local = {};
    failed = null;
    if (route.at === "camera") shoot = openShoot(company, route.id, route.pair);
    show();
    scrollTo(0, 0);
    // On a phone the shelves are longer than the screen.
    panel
      .querySelector(".shelf[aria-current]")
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
    /** @type {HTMLElement | null} */ (panel.querySelector("h1"))?.focus({ preventScroll: true });
    refresh();
  }

  function refresh() {
    if (route.at === "list") return route.shelf === "ended" ? fetchEnded() : fetchList();
    if (route.at === "papers") return fetchPapers();
    return fetchWhole(route.id);
  }

  function show() {
    page.classList.toggle("shooting", route.at === "camera");
    render(html`${bar()}<div class="company-body">${body()}</div>`, panel);
  }

  const bar = () =>
    route.at === "list" || route.at === "papers"
      ? html`<nav class="company-bar" aria-label=${t("company.bar")}>
          <a href="#/todo" aria-current=${route.at === "list" ? "page" : nothing}>${t("company.title")}</a>
          <a href="#/papers" aria-current=${route.at === "papers" ? "page" : nothing}>${t("company.papers")}</a>
        </nav>`
      : route.at === "camera"
        ? nothing
        : html`<a class="button quiet company-back" href=${backOf(route)}>${icon("back")}${t("back")}</a>`;

  function body() {
    if (route.at === "list") {
      const rows = route.shelf === "ended" ? ended : open;
      if (!rows) return failed ? trouble(failed, refresh) : waiting(5);
      return html`${failed ? notice("warn", t("company.stale")) : nothing}
        ${listScreen(company, [...rows, ...(route.shelf === "ended" ? (open ?? []) : [])], route.shelf)}`;
    }
    if (route.at === "papers") {
      if (!papers) return failed ? trouble(failed, refresh) : waiting(3);
      return papersScreen(company, papers);
    }
    const whole = wholes.get(route.id);
    if (!whole)
      return failed
        ? html`${standingOf(company, route.id)}${trouble(failed, refresh)}`
        : waiting(6);
    if (route.at === "answer") return answerScreen(company, whole);
    if (route.at === "ask") return askScreen(company, whole);
    if (route.at === "return") return returnScreen(company, whole);
    if (route.at === "camera" && shoot) return shootScreen(company, shoot, whole);
    return caseScreen(company, whole, failed !== null);
  }

  addEventListener("hashchange", () => {
    route = routeOf(location.hash);
    arrive();
  });
  addEventListener("online", () => answerer.run());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    answerer.run();
    refresh();
  });
  // A deadline comes nearer while the page lies open.
  setInterval(show, 60_000);
  if (answers.waiting().length) navigator.storage?.persist?.();

  ready = true;
  arrive();
  answerer.start();
  if (route.at !== "list") fetchList();
  api.ask("GET", "/api/v1/working-days/").then((reply) => {
    if (reply.outcome === "received") works = workingDays(reply.body);
    show();
  });
  api.ask("GET", "/api/v1/campaign/creation/").then((reply) => {
    if (reply.outcome !== "received") return;
    creation = reply.body.enrolments;
    show();
  });
  api.kinds().then((reply) => {
    if (reply.outcome !== "received") return;
    const all = reply.body.kinds.flatMap((/** @type {any} */ kind) => kind.items);
    items = new Map(all.map((/** @type {any} */ each) => [each.code, each]));
    show();
  });
  return company;
}

/** @typedef {NonNullable<Awaited<ReturnType<typeof openCompany>>>} Company */

/** @param {CompanyRoute} route */
function backOf(route) {
  if (route.at === "answer" || route.at === "ask" || route.at === "return")
    return hashOf({ at: "case", id: route.id });
  return "#/todo";
}
