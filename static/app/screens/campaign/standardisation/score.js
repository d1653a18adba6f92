/**
 * The score: how much of what can be earned, category by category, and why each item stands as it
 * does.
 *
 * @import { Card, Category, Item, Missing, Veto, Why } from "../../../creation/card.js"
 */

import { html, nothing } from "lit-html";
import { linkOf } from "../../../creation/card.js";
import { toneOf } from "../../../creation/list.js";
import { dayWord } from "../../../when.js";
import { either, t } from "../../../words.js";
import { icon, notice } from "../../parts.js";
import { scoreWord } from "./pieces.js";

/** The rest is told when asked for. */
const FIRST_SHOWN = 8;
const STATES = { met: "good", partly: "s3", unmet: "s1", expired: "s2", never: "s2", na: "" };

/** What stands above every number. @param {Veto[]} vetoes @param {((veto: Veto) => void) | null} lift */
export const vetoList = (vetoes, lift) =>
  vetoes.length
    ? html`<section class="notice bad creation-vetoes" aria-labelledby="vetoes">
        <i class="mark s1"></i><h2 id="vetoes">${t("card.vetoes", { n: vetoes.length })}</h2>
        <div><ul>${vetoes.map(
          (veto) => html`<li><b>${either(veto.zh, veto.en)}</b>
            <span class="small">${t("card.veto.since", { day: dayWord(veto.since) })}${
              veto.until ? ` · ${t("card.veto.until", { day: dayWord(veto.until) })}` : nothing
            }${veto.by_name ? ` · ${veto.by_name}` : nothing}</span>
            ${veto.note ? html`<span class="small">${veto.note}</span>` : nothing}
            ${veto.attachment ? html`<a class="small file" href="/api/v1/campaign/attachments/${veto.attachment.id}/" download>${icon("download")}${veto.attachment.name}</a>` : nothing}
            ${veto.case ? html`<a href="/cases/#/${veto.case}">${t("cases.number", { n: veto.number ?? "" })}</a>` : nothing}
            ${lift && veto.rule === "declared" ? html`<button class="button no-print" type="button" @click=${() => lift(veto)}>${t("card.veto.lift")}</button>` : nothing}</li>`,
        )}</ul>
        <p class="small">${t("card.vetoes.why")}</p></div></section>`
    : nothing;

/** @param {Card} card */
export function scorePanel(card) {
  const tone = toneOf(card);
  const word = t(`card.says.${tone}`, { n: scoreWord(card.pass_mark) });
  return html`<section class="card creation-score ${tone}" aria-labelledby="score">
    <h2 id="score">${t("card.score")}</h2>
    <p class="score-big"><b>${scoreWord(card.score)}</b><span class="soft">/100</span></p>
    <meter class="share" min="0" max="100" low=${card.pass_mark ?? 0} high="100" optimum="100" value=${card.score ?? 0}
      aria-label=${t("card.score.says", { n: scoreWord(card.score), mark: scoreWord(card.pass_mark) })}></meter>
    <p><b>${word}</b></p>
    ${card.applicable === null ? nothing : html`<p class="soft small">${t("card.earned", { earned: scoreWord(card.earned), of: scoreWord(card.applicable) })}</p>`}
    ${card.version ? html`<p class="soft tiny">${t("card.version", { version: card.version, mark: scoreWord(card.pass_mark) })}</p>` : nothing}
  </section>`;
}

/** @param {Card} card @param {string} address of the card */
export const categoryList = ({ categories }, address) => html`
  <section class="creation-categories" aria-labelledby="categories">
    <h2 id="categories">${t("card.categories")}</h2>
    ${categories.map((category) => fold(category, address))}
  </section>`;

/** @param {Category} category @param {string} address */
function fold({ code, zh, en, weight, earned, applicable, items }, address) {
  const wrong = items.filter(({ applies, state }) => applies && state !== "met").length;
  const says = t("card.category.says", {
    earned: scoreWord(earned),
    of: scoreWord(applicable),
  });
  return html`<details class="creation-category">
    <summary><span class="code">${code}</span>
      <span class="grow">${either(zh, en)} <span class="soft tiny">${t("card.weight", { n: weight })}</span></span>
      ${wrong ? html`<span class="badge s3">${t("card.open", { n: wrong })}</span>` : html`<span class="badge good"><i class="mark good"></i>${t("card.full")}</span>`}
      <meter class="share" min="0" max=${applicable || 1} value=${earned} aria-label=${says}></meter>
      <span class="number small">${scoreWord(earned)}/${scoreWord(applicable)}</span>
      ${icon("next")}</summary>
    <ul class="list">${items.map((item) => itemLine(item, address))}</ul>
  </details>`;
}

/** @param {Item} item @param {string} address */
const itemLine = ({ code, zh, en, points, earned, state, expires_on, why }, address) => html`
  <li class="creation-item">
    <span class="grow"><span class="code">${code}</span> ${either(zh, en)}
      ${
        state === "met" && expires_on
          ? html`<span class="soft tiny">${t("card.item.until", { day: dayWord(expires_on) })}</span>`
          : state === "expired" && expires_on
            ? html`<span class="soft tiny">${t("card.item.expired", { day: dayWord(expires_on) })}</span>`
            : nothing
      }
      ${why.length ? html`<ul class="whys">${why.map((each) => reason(each, address))}</ul>` : nothing}</span>
    <span class="badge ${STATES[state]}">${STATES[state] ? html`<i class="mark ${STATES[state]}"></i>` : nothing}${t(`card.state.${state}`)}</span>
    <span class="number small">${scoreWord(earned)}/${points}</span>
  </li>`;

/** @param {Why} why @param {string} address */
function reason(why, address) {
  const link = linkOf(why, address);
  const text = either(why.zh, why.en);
  return html`<li class="small"><span class="soft">${t(`card.why.${why.what}`)} ${dayWord(why.day)}</span>
    ${link ? html`<a href=${link}>${text}</a>` : text}</li>`;
}

/** @param {Card} card @param {string} day @param {{ all: boolean, more: () => void }} ways */
export function missingTable({ missing }, day, { all, more }) {
  const rows = all ? missing : missing.slice(0, FIRST_SHOWN);
  return html`<section class="section" aria-labelledby="missing">
    <h2 id="missing">${t("card.missing", { n: missing.length })}</h2>
    ${
      missing.length
        ? html`<table class="table stacking missing-table">
            <thead><tr><th scope="col">${t("card.missing.what")}</th><th scope="col">${t("card.missing.whom")}</th><th scope="col">${t("card.missing.by")}</th></tr></thead>
            <tbody>${rows.map((each) => missingLine(each, day))}</tbody></table>
          ${rows.length < missing.length ? html`<p class="no-print"><button class="button" type="button" @click=${more}>${t("card.missing.more", { n: missing.length - rows.length })}</button></p>` : nothing}`
        : notice("good", t("card.missing.none"))
    }</section>`;
}

/** @param {Missing} missing @param {string} day */
function missingLine({ zh, en, whom_zh, whom_en, by, case: of }, day) {
  const whom = either(whom_zh, whom_en);
  return html`<tr><th scope="row">${either(zh, en)}</th>
    <td data-title=${t("card.missing.whom")}>${of ? html`<a href="/cases/#/${of}">${whom}</a>` : whom}</td>
    <td data-title=${t("card.missing.by")}><span class="once">${by ? dayWord(by) : "–"}</span>
      ${by && by < day ? html`<span class="badge s2"><i class="mark s2"></i>${t("card.missing.late")}</span>` : nothing}</td></tr>`;
}
