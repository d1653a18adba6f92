/**
 * The company's cases, the most pressing first: what is asked, and by when.
 *
 * @import { Shelf } from "../../asked.js"
 * @import { CaseFeature } from "../../types.d.ts"
 * @import { Company } from "./company.js"
 */

import { html, nothing } from "lit-html";
import { dueOf, hashOf, onShelf, SHELVES } from "../../asked.js";
import { deadline } from "../../deadline.js";
import { full } from "../../when.js";
import { t, WORDS } from "../../words.js";
import { empty, severityBadge, time } from "../parts.js";
import { lostAnswers, standingOf } from "./standing.js";

/** @param {Company} company @param {CaseFeature[]} rows @param {Shelf} shelf */
export function listScreen(company, rows, shelf) {
  const shown = onShelf(rows, shelf);
  return html`
    <h1 class="spoken" tabindex="-1">${t("company.title")}</h1>
    <nav class="shelves" aria-label=${t("company.shelf")}>
      ${SHELVES.map(
        (each) => html`<a
          class="shelf"
          href=${hashOf({ at: "list", shelf: each })}
          aria-current=${each === shelf ? "true" : nothing}
          >${t(`company.shelf.${each}`)}
          ${each === "ended" ? nothing : html`<b>${onShelf(rows, each).length}</b>`}</a
        >`,
      )}
    </nav>
    ${lostAnswers(company)}
    ${shelf === "todo" ? creationOf(company) : nothing}
    ${
      shown.length
        ? html`<ul class="asked-list">
            ${shown.map((each) => line(company, each))}
          </ul>`
        : empty(
            shelf === "todo"
              ? { title: t("company.none.todo"), text: t("company.none.todoSays") }
              : { title: t("company.none") },
          )
    }`;
}

/** Estates that are to reach the standard: what they lack, and the sheet that is theirs. @param {Company} company */
function creationOf({ creation }) {
  const rows = creation();
  if (!rows.length) return nothing;
  const vetoed = rows.filter(({ veto }) => veto).length;
  return html`<details class="asked-creation"><summary><b>${t("company.creation")}</b>
      <span class="soft small">${t("sheets.count", { n: rows.length })}</span>
      ${vetoed ? html`<span class="badge s1"><i class="mark s1"></i>${t("card.vetoed", { n: vetoed })}</span>` : nothing}</summary>
    <ul class="asked-list">${rows.map(
      ({ id, estate, stage, score, veto, missing }) => html`<li class="asked-line">
        <span class="asked-head"><b>${estate.name}</b>
          ${veto ? html`<span class="badge s1"><i class="mark s1"></i>${t("creation.tone.veto")}</span>` : nothing}</span>
        <span class="soft small">${t(`stage.${/** @type {"S1"} */ (stage)}`)}${
          score === null
            ? nothing
            : html` · ${t("sheets.score", { n: Math.round(score * 10) / 10 })}`
        } · ${t("card.missing", { n: missing })}</span>
        <span class="row"><a class="button" href="/campaign/standardisation/${id}/">${t("company.creation.card")}</a>
          ${stage === "S10" ? nothing : html`<a class="button primary" href="/campaign/standardisation/${id}/#/sheet/self">${t("card.fill", { what: t("sheet.self") })}</a>`}</span></li>`,
    )}</ul></details>`;
}

/** @param {Company} company @param {CaseFeature} feature */
function line(company, { properties }) {
  const { id, number, title, severity, estate_name, community_name, ended_at } = properties;
  return html`<li>
    <a class="asked-line" href=${hashOf({ at: "case", id })}>
      <span class="asked-head">${severityBadge(severity)}<span class="soft tiny">${t("cases.number", { n: number })}</span></span>
      <b>${company.titleOf(properties)}</b>
      <span class="soft small">${estate_name ?? community_name}</span>
      <span class="asked-foot">
        <span>${asks(properties)}</span>
        ${ended_at ? html`<span class="soft tiny">${time(ended_at)}</span>` : dueBadge(company, properties)}
      </span>
      ${standingOf(company, id, { brief: true })}
      <span class="spoken">${title}</span>
    </a>
  </li>`;
}

/** What is asked, in a few words. @param {CaseFeature["properties"]} properties */
export function asks({ state, reopened }) {
  if (reopened && (state === "assigned" || state === "in_progress")) return t("company.again");
  const key = /** @type {keyof typeof WORDS} */ (`company.asks.${state}`);
  return key in WORDS ? t(key) : t("company.asks.other");
}

/** @param {Company} company @param {CaseFeature["properties"]} properties */
export function dueBadge({ works }, properties) {
  const due = dueOf(properties);
  if (!due) return nothing;
  const { tone, word } = deadline(due, new Date(), works());
  return html`<time class="due ${tone}" datetime=${due} title=${full(due)}>${word}</time>`;
}
