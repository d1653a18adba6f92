/**
 * One case on the spot: what was found, what was answered, by when; and the photo from the same
 * place, with what one has to say of it.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 * @import { Case, MoveName, Shot } from "../../recheck.js"
 * @import { Draft } from "../../store/drafts.js"
 */

import { html, nothing } from "lit-html";
import { lackingOf, movesOf } from "../../recheck.js";
import { t } from "../../words.js";
import { empty, icon, notice, severityBadge, time } from "../parts.js";
import { finder } from "./camera.js";
import { draftOfMove, keepMove, submitMove } from "./case_move.js";
import { taken } from "./photos.js";
import { addressOf, thumb } from "./pictures.js";
import { deadlineOf, matterOf, pointOf } from "./rechecks.js";
import { strip } from "./strip.js";

const TONES = { late: "s1", soon: "s2", fine: "", "": "" };

/** @param {App} app @param {{ case: string }} route @returns {Screen} */
export function caseScreen(app, { case: id }) {
  const one = app.known.case(id);
  if (!one) return gone(app, id);
  const draft = draftOfMove(app, one);
  const names = movesOf(one);
  const title = matterOf(app, one);
  return {
    title,
    height: "full",
    head: html`
      <a class="button icon quiet" href="#/rechecks" aria-label=${t("back")}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${title}</h1><p class="soft small">${numberOf(one)}</p></div>
      ${severityBadge(one.severity)}`,
    body: html`
      ${failure(app)}
      ${own(one)}
      ${facts(app, one)}
      ${before(app, one, draft, names.length > 0)}
      ${answered(app, one)}
      ${one.own_work && one.state === "checking" ? notice("warn", t("case.own_work")) : nothing}
      ${names.length ? again(app, one, draft, names) : nothing}`,
    foot: names.length ? foot(app, one, draft, names) : undefined,
    map: {
      ...(one.estate === null ? {} : { estate: one.estate }),
      asset: one.asset,
      also: pointOf(app, one),
    },
    onTap: () => true,
  };
}

/** @param {Case} one */
const numberOf = ({ number, item }) =>
  [number === null ? t("case.unnumbered") : t("case.number", { n: number }), item]
    .filter(Boolean)
    .join(" · ");

/** The pack has let go of it; what was done here is still here. @param {App} app @param {string} id @returns {Screen} */
function gone(app, id) {
  const entries = app.known.entries().filter((entry) => entry.case === id);
  const last = entries.at(-1);
  const title = last?.about ? matterOf(app, last.about) : t("case.title");
  return {
    title,
    head: html`<a class="button icon quiet" href="#/rechecks" aria-label=${t("back")}>${icon("back")}</a>
      <h1 tabindex="-1" class="grow">${title}</h1>`,
    body: html`${empty({ title: t("case.gone"), text: t("case.gone.why") })}
      ${
        last
          ? html`<p class="group"><a class="button wide" href="#/entry/${last.id}">${t("move.entry")}</a></p>`
          : nothing
      }`,
  };
}

/** What was done here, and how it stands. @param {Case} one */
function own({ move, overtaken }) {
  if (!move) return nothing;
  const { standing, name, id } = move;
  const word = {
    proposal: "move.proposal.why",
    waiting: overtaken ? "move.overtaken" : "move.waiting",
    sent: "move.sent",
    refused: "move.refused",
  };
  const tone = standing === "refused" ? "bad" : overtaken ? "warn" : "good";
  return notice(
    tone,
    t(`move.${name}`),
    html`<p role="status">${t(/** @type {"move.sent"} */ (word[standing]))}</p>
      <a class="button" href="#/entry/${id}">${t("move.entry")}</a>`,
  );
}

/** @param {App} app @param {Case} one */
function facts(app, one) {
  const { estate, reported_at: at, provisional, reopened, state, handler } = one;
  const due = deadlineOf(app, one);
  const place = estate === null ? "" : app.known.estate(estate)?.properties.name;
  return html`<dl class="facts">
    ${place ? html`<dt>${t("case.place")}</dt><dd>${place}</dd>` : nothing}
    <dt>${t("case.found")}</dt><dd>${time(at)}</dd>
    ${handler ? html`<dt>${t("case.handler")}</dt><dd>${handlerOf(one)}</dd>` : nothing}
    ${
      due.word
        ? html`<dt>${t(state === "checking" ? "case.due" : "case.due.whole")}</dt>
            <dd><span class="badge ${TONES[due.tone]}">${due.word}</span>${
              provisional
                ? html` <span class="soft small">${t("case.provisional")}</span>`
                : nothing
            }</dd>`
        : nothing
    }
    ${reopened ? html`<dt>${t("case.reopened")}</dt><dd>${t("case.times", { n: reopened })}</dd>` : nothing}
  </dl>`;
}

/** @param {Case} one */
const handlerOf = ({ company_name: company, unit_name: unit, person_name: person }) =>
  [company || unit || t("case.handler.community"), person].filter(Boolean).join(" · ");

/** Those to stand before again: one of them lies over the camera's picture. @param {App} app @param {Case} one @param {Draft} draft @param {boolean} choosing */
function before(app, one, draft, choosing) {
  const shots = one.before;
  const chosen = draft.move?.pair;
  /** @param {Shot} shot @param {number} at */
  const choice = (shot, at) =>
    html`<li><button class="shot-choice" type="button" aria-pressed=${shot.id === chosen}
      aria-label=${t("case.before.choose", { n: at + 1 })}
      @click=${() => keepMove(app, draft, { pair: shot.id })}>${thumb(app, shot.id, t("case.before"), "shot")}</button></li>`;
  return html`<section class="group"><h2>${t("case.before")}</h2>
    ${
      shots.length
        ? html`<ul class="shots-of-case">${shots.map((shot, at) =>
            choosing && shots.length > 1
              ? choice(shot, at)
              : html`<li>${thumb(app, shot.id, t("case.before"), "shot")}</li>`,
          )}</ul>`
        : html`<p class="soft small">${t("case.before.none")}</p>`
    }</section>`;
}

/** What the handler says, and shows. @param {App} app @param {Case} one */
function answered(app, { state, after, note, handed_back_at: at }) {
  if (state === "reported" || !at) return nothing;
  return html`<section class="group"><h2>${t("case.after")}</h2>
    ${
      after.length
        ? html`<ul class="shots-of-case">${after.map(({ id }) => html`<li>${thumb(app, id, t("case.after"), "shot")}</li>`)}</ul>`
        : html`<p class="soft small">${t("case.after.none")}</p>`
    }
    <dl class="facts"><dt>${t("case.answer")}</dt><dd>${note || "–"} <span class="soft small">${time(at)}</span></dd></dl></section>`;
}

/** @param {App} app @param {Case} one @param {Draft} draft @param {MoveName[]} names */
function again(app, one, draft, names) {
  const fixing = names.includes("fix_on_spot");
  return html`
    <section class="group"><h2>${t("case.mine")}</h2>
      ${strip(app, draft, "")}
      ${one.before.length ? html`<p class="help">${t("case.mine.help")}</p>` : nothing}</section>
    <section class="group field"><label for="case-note">${t(fixing ? "case.note.fix" : "case.note")}</label>
      <textarea class="input" id="case-note" rows="2" maxlength="1000" .value=${draft.move?.note ?? ""}
        @input=${(/** @type {any} */ { target }) => keepMove(app, draft, { note: target.value })}></textarea>
      ${fixing ? nothing : html`<p class="help">${t("case.note.help")}</p>`}</section>`;
}

/** @param {App} app @param {Case} one @param {Draft} draft @param {MoveName[]} names */
function foot(app, one, draft, names) {
  const { saving, tried } = app.local;
  const lacking = tried ? lackingOf(tried, madeOf(draft), one) : [];
  return html`
    ${lacking.map((what) => html`<p class="small lack" role="alert">${t(`case.lack.${what}`)}</p>`)}
    <div class="acts">${names.toReversed().map(
      (
        name,
      ) => html`<button class="button big grow ${name === "fail_check" ? "" : "primary"}" type="button"
        ?disabled=${saving} @click=${() => attempt(app, one, draft, name)}>${saving ? t("saved.saving") : t(`move.${name}`)}</button>`,
    )}</div>`;
}

/** @param {Draft} draft */
const madeOf = ({ move, photos }) => ({ note: move?.note ?? "", photos: photos ?? [] });

/** @param {App} app @param {Case} one @param {Draft} draft @param {MoveName} name */
function attempt(app, one, draft, name) {
  app.local.tried = name;
  const [first] = lackingOf(name, madeOf(draft), one);
  if (!first) submitMove(app, one, draft, name);
  else {
    app.show();
    app.say(t(`case.lack.${first}`));
    if (first === "note") document.getElementById("case-note")?.focus();
  }
}

/** Why it could not be put into the journal. @param {App} app */
const failure = ({ local }) =>
  local.failed ? notice("bad", t(`store.${/** @type {"full"} */ (local.failed)}`)) : nothing;

/** @param {App} app @param {{ case: string }} route @returns {Screen} */
export function caseCameraScreen(app, { case: id }) {
  const one = app.known.case(id);
  if (!one) return gone(app, id);
  const draft = draftOfMove(app, one);
  const place = one.estate === null ? "" : (app.known.estate(one.estate)?.properties.name ?? "");
  return finder(app, draft, {
    item: "",
    title: one.number === null ? t("case.unnumbered") : t("case.number", { n: one.number }),
    text: matterOf(app, one),
    place: `${place} ${one.item}`,
    back: { at: "case", case: id },
    photos: { at: "case_photos", case: id },
    before: () =>
      addressOf(
        app,
        one.before.find((shot) => shot.id === draft.move?.pair),
      ),
    compared: true,
  });
}

/** @param {App} app @param {{ case: string }} route @returns {Screen} */
export function casePhotosScreen(app, { case: id }) {
  const one = app.known.case(id);
  if (!one) return gone(app, id);
  return taken(app, draftOfMove(app, one), {
    item: "",
    text: matterOf(app, one),
    back: { at: "case", case: id },
    camera: { at: "case_camera", case: id },
    map: one.estate === null ? {} : { estate: one.estate },
  });
}
