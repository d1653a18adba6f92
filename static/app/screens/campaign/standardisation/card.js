/**
 * One estate's score card: what stands in its way, what its score is made of, what is missing, how
 * far it is and how it came to be so; as it was on any day.
 *
 * @import { Api, Reply } from "../../../api.js"
 * @import { Card, FilledSheet } from "../../../creation/card.js"
 * @import { Form } from "../../../creation/sheet.js"
 */

import { html, nothing, render } from "lit-html";
import { FORMS } from "../../../creation/sheet.js";
import { today } from "../../../days.js";
import { openTurns } from "../../../turns.js";
import { dayWord } from "../../../when.js";
import { either, t } from "../../../words.js";
import { trouble } from "../../desk.js";
import { icon, notice, waiting } from "../../parts.js";
import { openToasts } from "../../toasts.js";
import { historySection } from "./history.js";
import { forecastWord, scoreWord } from "./pieces.js";
import { categoryList, missingTable, scorePanel, vetoList } from "./score.js";
import { openSheetPage } from "./sheet_page.js";
import { isRemoved, openMoving, stageSection } from "./stages.js";
import { openDeclaring } from "./vetoes.js";

/** @param {Api} api @param {HTMLElement} room @param {string} enrolment */
export function openCard(api, room, enrolment) {
  const toasts = openToasts(/** @type {HTMLElement} */ (document.getElementById("toasts")));
  const query = new URLSearchParams(location.search);
  let asOf = query.get("as_of") ?? "";
  /** @type {Card | null} */
  let card = null;
  /** @type {Reply | null} */
  let failed = null;
  let asking = false;
  const turn = openTurns();
  let wholeHistory = false;
  let allMissing = false;
  /** @type {ReturnType<typeof openSheetPage> | null} */
  let filling = null;

  render(html`<div class="creation-card"></div><dialog class="asking"></dialog>`, room);
  const part = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (room.querySelector(name));
  const dialog = /** @type {HTMLDialogElement} */ (part("dialog"));
  const moved = () => {
    toasts.show(t("card.moved"));
    load();
  };
  const moving = openMoving(dialog, { api, enrolment, done: moved });
  const declaring = openDeclaring(dialog, { api, enrolment, done: moved });

  async function load() {
    const isLast = turn();
    asking = true;
    failed = null;
    show();
    const told = asOf ? `?as_of=${asOf}` : "";
    const reply = await api.ask("GET", `/api/v1/campaign/creation/${enrolment}/${told}`);
    if (!isLast()) return;
    asking = false;
    if (reply.outcome === "received") {
      card = reply.body;
      document.title = `${reply.body.estate.name} · ${document.title.split(" · ").slice(-2).join(" · ")}`;
    } else failed = reply;
    show();
  }

  /** @param {string} day */
  function goTo(day) {
    asOf = day === today() ? "" : day;
    if (asOf) query.set("as_of", asOf);
    else query.delete("as_of");
    history.replaceState(null, "", `${query.size ? `?${query}` : "?"}${location.hash}`);
    load();
  }

  function arrive() {
    const form = FORMS.find((each) => location.hash === `#/sheet/${each}`);
    const done = () => sent(form);
    filling = form ? openSheetPage({ api, enrolment, form, show, done, back }) : null;
    show();
    if (form) scrollTo(0, 0);
  }
  const back = () => {
    location.hash = "#/";
  };
  /** @param {Form | undefined} form */
  function sent(form) {
    toasts.show(t("card.sheet.sent"));
    // Who went on meanwhile is not called back.
    if (location.hash === `#/sheet/${form}`) back();
    load();
  }

  function show() {
    render(filling ? filling.view() : whole(), part(".creation-card"));
  }

  function whole() {
    const list = new URLSearchParams();
    if (asOf) list.set("as_of", asOf);
    const programme = query.get("programme");
    if (programme) list.set("programme", programme);
    const address = `/campaign/standardisation/?${list}`;
    const way = html`<a class="button icon quiet no-print" href=${address} aria-label=${t("creation.title")}>${icon("back")}</a>`;
    if (!card)
      return html`<p><a class="button quiet" href=${address}>${icon("back")}${t("creation.title")}</a></p>${failed ? trouble(failed, load) : waiting(10)}`;
    const day = asOf || today();
    const here = `${location.pathname}${location.search}`;
    const acts = !asOf;
    const { stages } = card;
    const removed = isRemoved(stages);
    return html`
      <header class="row creation-head">${way}
        <div class="grow"><h2>${card.estate.name}</h2>
          <p class="soft small">${[
            either(card.community.zh, card.community.en),
            card.company?.name ?? t("creation.no_company"),
            card.person ? t("creation.person", { name: card.person }) : "",
          ]
            .filter(Boolean)
            .join(" · ")}</p></div>
        <div class="field no-print"><label for="as-of">${t("creation.as_of")}</label>
          <input class="input" id="as-of" type="date" .value=${day} @change=${(/** @type {any} */ event) => goTo(event.target.value || today())}></div>
        ${asOf ? html`<button class="button no-print" type="button" @click=${() => goTo(today())}>${t("creation.as_of.today")}</button>` : nothing}
        <button class="button no-print" type="button" @click=${() => print()}>${icon("print")}${t("card.print")}</button>
      </header>
      <p class="print-only soft">${t("card.as_of", { day: dayWord(day) })}</p>
      ${failed ? trouble(failed, load) : nothing}
      ${asOf ? notice("", t("card.past", { day: dayWord(asOf) })) : nothing}
      <div class="creation-columns" aria-busy=${asking}>
        <div class="creation-column">
          ${vetoList(card.vetoes, acts && card.rights.move ? (veto) => declaring.lift(veto) : null)}
          ${scorePanel(card)}
          ${stageSection(card, acts && card.rights.move ? (may) => moving.open(may, stages) : null)}
          ${removed ? nothing : forecastSection(card)}
          ${sheetSection(card, acts)}
          ${
            acts && card.rights.move && card.declarable?.length
              ? html`<p class="no-print"><button class="button" type="button" @click=${() => declaring.open(card?.declarable ?? [])}>${t("veto.declare")}</button></p>`
              : nothing
          }
        </div>
        <div class="creation-column wide">
          ${
            removed
              ? nothing
              : missingTable(card, day, {
                  all: allMissing,
                  more() {
                    allMissing = true;
                    show();
                  },
                })
          }
          ${categoryList(card, here)}
          ${historySection(card, day, {
            all: wholeHistory,
            more() {
              wholeHistory = true;
              show();
            },
          })}
        </div>
      </div>`;
  }

  window.addEventListener("hashchange", arrive);
  // Paper has no folds to open.
  window.addEventListener("beforeprint", () => {
    wholeHistory = true;
    allMissing = true;
    show();
    for (const fold of room.querySelectorAll("details")) fold.open = true;
  });
  arrive();
  load();
}

/** @param {Card} card */
const forecastSection = ({ forecast, stage, few, rests_on }) => html`
  <section class="section" aria-labelledby="forecast"><h2 id="forecast">${t("creation.forecast.one")}</h2>
    <p>${forecastWord(forecast, stage)}</p>
    ${stage === "S10" ? nothing : html`<p class="soft tiny">${few ? t("creation.forecast.few") : t("creation.forecast.rests", { n: rests_on })}</p>`}</section>`;

/** @param {Card} card @param {boolean} acts */
const sheetSection = ({ sheets, stage, stages, rights: { forms } }, acts) => html`
  <section class="section" aria-labelledby="sheets"><h2 id="sheets">${t("card.sheets")}</h2>
    ${
      sheets.length
        ? html`<ul class="list">${sheets.map(sheetLine)}</ul>`
        : html`<p class="soft">${t("card.sheets.none")}</p>`
    }
    ${
      acts && forms.length && stage !== "S10" && !isRemoved(stages)
        ? html`<p class="row no-print">${forms.map((/** @type {Form} */ form) => html`<a class="button" href="#/sheet/${form}">${t("card.fill", { what: t(`sheet.${form}`) })}</a>`)}</p>`
        : nothing
    }</section>`;

/** @param {FilledSheet} sheet */
const sheetLine = ({ id, form, day, by_name, score, version }) => html`
  <li class="row filled-sheet" id="/sheets/${id}"><span class="grow"><b>${t(`sheet.${form}`)}</b>
    <span class="soft small">${dayWord(day)} · ${by_name} · ${t("card.sheet.version", { version })}</span></span>
    <b>${scoreWord(score)}</b></li>`;
