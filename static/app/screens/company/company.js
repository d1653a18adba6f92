/**
 * The property company's page, made for a phone in a basement: what the office asks and by when,
 * and answering it. What is answered is on the phone first and goes when there is a line.
 *
 * @import { Api } from "../../api.js"
 * @import { CompanyRoute } from "../../asked.js"
 * @import { AnswerDraft, Answers } from "../../store/answers.js"
 * @import { CasePaper, CaseProperties, CaseWhole } from "../../types.d.ts"
 * @import { Shoot } from "./shoot.js"
 */

import { html, nothing, render } from "lit-html";
import { openAnswerer } from "../../answering.js";
import { dueOf, hashOf, routeOf } from "../../asked.js";
import { canonical } from "../../canonical.js";
import { moveOf, nothingTold } from "../../case_moves.js";
import { today } from "../../days.js";
import { deadline } from "../../deadline.js";
import { declared } from "../../evidence.js";
import { openAnswers } from "../../store/answers.js";
import { StoreFailure } from "../../store/db.js";
import { uuid7 } from "../../uuid.js";
import { isoWithOffset } from "../../when.js";
import { either, t } from "../../words.js";
import { trouble } from "../desk.js";
import { icon, notice, waiting } from "../parts.js";
import { openToasts } from "../toasts.js";
import { answerScreen, askScreen, returnScreen } from "./answer.js";
import { caseScreen } from "./case.js";
import { listScreen } from "./list.js";
import { papersScreen } from "./papers.js";
import { openPictures } from "./photos.js";
import { openShoot, shootScreen } from "./shoot.js";
import { openSmallMap } from "./small_map.js";
import { standingOf } from "./standing.js";
import { openTold } from "./told.js";

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
  const told = openTold(api, () => show());
  const smallMap = openSmallMap();
  let confirming = "";
  /** @type {Shoot | null} */
  let shoot = null;
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
    onHeld: ({ case: id }) => Promise.all([told.fetchWhole(id), told.fetchOpen()]),
    onRefused: async ({ case: id }) => {
      told.forgetWhole(id);
      await told.fetchOpen();
      if ("id" in route && route.id === id) await told.fetchWhole(id);
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
    works: () => told.works(),
    creation: () => told.creation(),
    mapIn: smallMap.showIn,
    today: () => today(),

    /** In words of the person's language where the matter is an item's. @param {CaseProperties} properties */
    titleOf: ({ item, title }) => {
      const known = told.item(item);
      return known && known.zh === title ? either(title, known.en) : title;
    },
    /** @param {CaseProperties} properties */
    toneOf: (properties) => deadline(dueOf(properties), new Date(), told.works()).tone,

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
      const whole = told.whole(id);
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
      if (confirming) return;
      confirming = paper.id;
      show();
      const reply = await api.ask("PUT", `/api/v1/papers/${paper.id}/delivery/`, {
        how: "electronic",
        at: isoWithOffset(new Date()),
        receiver: me.body.name || me.body.username,
      });
      if (reply.outcome === "received") await refresh();
      else toasts.show(reply.outcome === "refused" ? reply.message : t("unreachable.title"));
      confirming = "";
      show();
    },
    isConfirming: () => confirming !== "",
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

  function arrive() {
    shoot?.end();
    shoot = null;
    smallMap.close();
    company.local = {};
    told.begin();
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
    if (route.at === "list") return route.shelf === "ended" ? told.fetchEnded() : told.fetchOpen();
    if (route.at === "papers") return told.fetchPapers();
    return told.fetchWhole(route.id);
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
      const [open, ended] = [told.open(), told.ended()];
      const over = route.shelf === "ended";
      const rows = over ? ended : open;
      const failed = told.failed(over ? "ended" : "open");
      if (!rows) return failed ? trouble(failed, refresh) : waiting(5);
      return html`${failed ? notice("warn", t("company.stale")) : nothing}
        ${listScreen(company, [...rows, ...(over ? (open ?? []) : [])], route.shelf)}`;
    }
    if (route.at === "papers") {
      const papers = told.papers();
      const failed = told.failed("papers");
      if (!papers) return failed ? trouble(failed, refresh) : waiting(3);
      return papersScreen(company, papers);
    }
    const whole = told.whole(route.id);
    const failed = told.failed(route.id);
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
  // It may be another by now than when the page was opened.
  route = routeOf(location.hash);
  arrive();
  answerer.start();
  told.start();
  if (route.at !== "list") told.fetchOpen();
  return company;
}

/** @typedef {NonNullable<Awaited<ReturnType<typeof openCompany>>>} Company */

/** @param {CompanyRoute} route */
function backOf(route) {
  if (route.at === "answer" || route.at === "ask" || route.at === "return")
    return hashOf({ at: "case", id: route.id });
  return "#/todo";
}
