/**
 * The checklist. Every answer is judged as it is given; the last step can be undone.
 *
 * @import { App } from "./app.js"
 * @import { Draft } from "../../store/drafts.js"
 * @import { Filling } from "../../form/filling.js"
 * @import { Typing } from "../../form/pad.js"
 * @import { Screen } from "./screens.js"
 * @import { PlaceId, PublishedKind } from "../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import { answer, count, keyOf, look, type, undo } from "../../form/filling.js";
import { pad } from "../../form/pad.js";
import { question } from "../../form/questions.js";
import { fresh } from "../../form/record.js";
import { factsOf } from "../../store/register.js";
import { either, severityWord, t } from "../../words.js";
import { icon, notice } from "../parts.js";
import { adopt } from "./adding.js";
import { assetName, assetsFor } from "./asset.js";
import { lackOf, ofTheWhole, strip } from "./strip.js";

/** @param {App} app @param {{ estate: PlaceId, kind: string }} route @returns {Screen} */
export function checklistScreen(app, route) {
  const open = opened(app, route);
  const { kind, draft, facts, lines, asset } = open;
  const title = either(kind.title_zh, kind.title_en);
  const counted = count(lines);
  /** @param {Filling} filling */
  const keep = (filling) => {
    app.drafts.keep({ ...draft, filling });
    delete refused[filling.last];
    app.show();
    announce(app, route, lines);
  };
  const refused = app.refusedItems[draft.id] ?? {};
  const asking = {
    onAnswer: (/** @type {string} */ code, /** @type {any} */ value) =>
      keep(answer(draft.filling, code, value)),
    onType: (/** @type {any} */ item, /** @type {string} */ name, /** @type {string} */ text) =>
      keep(type(draft.filling, item, name, text)),
    onNumber: (/** @type {Typing | null} */ typing) => showPad(app, typing),
    onTab: () => hidePad(app, app.local),
    onNext: nextControl,
    shown: (/** @type {any} */ line) =>
      html`${strip(app, draft, line.item.code)}${lackOf(line, draft)}`,
    text: (/** @type {string} */ key) => draft.filling.texts[key] ?? "",
    answers: draft.filling.answers,
    facts,
    refused,
  };
  const choices = assetsFor(app, route.estate, kind);
  return {
    title,
    height: "full",
    head: html`
      <a class="button icon quiet" href="#/estate/${route.estate}" aria-label=${t("back")}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${title}</h1>
        <p class="soft small">${app.register.estate(route.estate)?.properties.name}</p></div>
      <button class="button icon quiet" type="button" aria-label=${t("checklist.drop")} title=${t("checklist.drop")}
        @click=${() => drop(app, draft)}>${icon("close")}</button>`,
    body: html`
      ${
        Object.keys(refused).length
          ? notice(
              "bad",
              t("checklist.refused", { n: Object.keys(refused).length }),
              otherRefusals(lines, refused),
            )
          : nothing
      }
      ${draft.mends ? html`<p class="notice"><b>${t("entry.mending")}</b></p>` : draft.supersedes ? html`<p class="notice"><b>${t("correct.banner")}</b></p>` : nothing}
      ${
        choices.length
          ? html`<a class="about" href="#/estate/${route.estate}/${route.kind}/asset">${icon("pin")}
              <span class="grow">${asset ? assetName(asset) : t("asset.whole")}</span>
              <span class="link">${t("change")}</span></a>`
          : nothing
      }
      <form class="questions" novalidate @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
        ${lines.map((line) => question(line, asking))}
      </form>
      ${ofTheWhole(app, draft)}`,
    foot: app.local.typing
      ? pad(app.local.typing, padWays(app, draft, keep))
      : html`${progress(counted, lines, () => keep(undo(draft.filling)), draft)}${ways(route, counted, lines)}`,
    map: { estate: route.estate, asset: draft.asset, assetType: kind.asset },
    onTap: () => true,
  };
}

/**
 * @param {ReturnType<typeof count>} counted
 * @param {ReturnType<typeof look>} lines
 * @param {() => void} onUndo
 * @param {Draft} draft
 */
const progress = (counted, lines, onUndo, { filling }) => html`
  <div class="progress">
    <progress max=${counted.asked} value=${counted.done} aria-label=${t("checklist.progress", { n: counted.done, of: counted.asked })}></progress>
    <span class="small"><b>${counted.done}</b>/${counted.asked}</span>
    ${
      counted.fault
        ? html`<span class="badge s${worst(lines)}"><i class="mark s${worst(lines)}"></i>${t("checklist.faults", { n: counted.fault })}</span>`
        : html`<span class="small soft">${t("checklist.no_faults")}</span>`
    }
    <button class="button quiet" type="button" ?disabled=${!filling.before} aria-label=${t("undo")} @click=${onUndo}>${icon("undo")}<span>${t("undo")}</span></button>
  </div>`;

/**
 * What to do next: the next open item, and when there is none, the review.
 *
 * @param {{ estate: PlaceId, kind: string }} route
 * @param {ReturnType<typeof count>} counted
 * @param {ReturnType<typeof look>} lines
 */
const ways = ({ estate, kind }, counted, lines) => html`
  <div class="acts">
    ${
      counted.done < counted.asked
        ? html`<button class="button primary grow big" type="button" @click=${() => jump(lines)}>${t("checklist.next", { n: counted.asked - counted.done })}</button>`
        : nothing
    }
    <a class="button big grow ${counted.done === counted.asked ? "primary" : ""}" href="#/estate/${estate}/${kind}/review">${t("checklist.review")}</a>
  </div>`;

/** So long may a press last that takes the focus from a number. */
const PRESS_MS = 250;

/**
 * The pad comes with a number's focus, and goes a moment after: a tap that ends a number must
 * not find the page moved under it.
 *
 * @param {App} app
 * @param {Typing | null} typing
 */
function showPad(app, typing) {
  const { local } = app;
  clearTimeout(local.padGoes);
  if (typing) {
    local.typing = typing;
    app.show();
    document.activeElement?.closest(".question")?.scrollIntoView({ block: "nearest" });
    return;
  }
  local.padGoes = setTimeout(() => hidePad(app, local), PRESS_MS);
}

/** At once where a key leads on: what the pad covers is among the stops that follow. @param {App} app @param {any} local */
function hidePad(app, local) {
  local.typing = null;
  if (app.local === local) app.show();
}

/** @param {App} app @param {Draft} draft @param {(filling: Filling) => void} keep */
function padWays(app, draft, keep) {
  /** @type {Typing} */
  const { item, name } = app.local.typing;
  return {
    text: draft.filling.texts[keyOf(item.code, name)] ?? "",
    onText: (/** @type {string} */ text) => keep(type(draft.filling, item, name, text)),
    onNext: nextControl,
  };
}

/** From one number or question to the one that follows it on the page. */
function nextControl() {
  const current = document.activeElement;
  const controls = [
    ...document.querySelectorAll(
      ".number-box input, .question .answers:first-of-type .choice:first-child input",
    ),
  ];
  const next = controls[controls.indexOf(/** @type {Element} */ (current)) + 1];
  if (next instanceof HTMLElement) {
    next.focus({ preventScroll: true });
    next.closest(".question")?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  } else if (current instanceof HTMLElement) current.blur();
}

/** The one begun, or a new one. @param {App} app @param {PlaceId} estate @param {string} kind */
export function draftOf(app, estate, kind) {
  const draft = app.drafts.of(estate, kind) ?? fresh(estate, kind);
  app.drafts.keep(draft);
  adopt(app, draft);
  return draft;
}

/**
 * A checklist that is open: its draft and how every item of it stands.
 *
 * @param {App} app
 * @param {{ estate: PlaceId, kind: string }} route
 */
export function opened(app, { estate: estateId, kind: slug }) {
  const kind = /** @type {PublishedKind} */ (app.register.kind(slug));
  const estate = app.register.estate(estateId);
  const draft = draftOf(app, estateId, slug);
  const asset = app.known.asset(estateId, draft.asset);
  const facts = factsOf(estate, asset);
  return { kind, estate, draft, asset, facts, lines: look(kind, draft.filling, facts) };
}

/**
 * What the server said of items that are not on this page.
 *
 * @param {ReturnType<typeof look>} lines
 * @param {Record<string, string>} refused
 */
function otherRefusals(lines, refused) {
  const shown = new Set(lines.map(({ item }) => item.code));
  return html`${Object.entries(refused)
    .filter(([code]) => !shown.has(code))
    .map(([code, sentence]) => html`<p>${code}: ${sentence}</p>`)}`;
}

/** @param {App} app @param {Draft} draft */
function drop(app, draft) {
  app.drafts.drop(draft);
  app.go({ at: "estate", estate: draft.estate });
  app.toasts.show(t("checklist.dropped"), {
    label: t("undo"),
    act: () => {
      app.drafts.keep(draft);
      app.go({ at: "checklist", estate: draft.estate, kind: draft.kind });
    },
  });
}

/**
 * A fault that has just come up is said aloud.
 *
 * @param {App} app
 * @param {{ estate: PlaceId, kind: string }} route
 * @param {ReturnType<typeof look>} before
 */
function announce(app, route, before) {
  const faults = new Set(
    before.filter(({ state }) => state === "fault").map(({ item }) => item.code),
  );
  const fresh = opened(app, route).lines.find(
    ({ item, state }) => state === "fault" && !faults.has(item.code),
  );
  if (fresh) app.say(`${fresh.item.code} ${t("fault")} ${severityWord(fresh.item.severity)}`);
}

/** To the first item that waits. @param {ReturnType<typeof look>} lines */
function jump(lines) {
  const next =
    lines.find(({ state }) => state === "wrong") ?? lines.find(({ state }) => state === "open");
  const card = next && document.getElementById(`item-${next.item.code}`);
  card?.scrollIntoView({ block: "center", behavior: "smooth" });
  card?.querySelector("input")?.focus({ preventScroll: true });
}

/** @param {ReturnType<typeof look>} lines */
const worst = (lines) =>
  Math.min(...lines.filter(({ state }) => state === "fault").map(({ item }) => item.severity));
