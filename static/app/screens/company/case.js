/**
 * One case: what is wrong and where, what is asked by when, and what can be done.
 *
 * @import { CaseMove, CasePhoto, CaseWhole } from "../../types.d.ts"
 * @import { Company } from "./company.js"
 */

import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { dueOf, hashOf, waysTo } from "../../asked.js";
import { gcj02Of } from "../../datum.js";
import { full } from "../../when.js";
import { either, t } from "../../words.js";
import { icon, notice, severityBadge, time } from "../parts.js";
import { asks, dueBadge } from "./list.js";
import { paperLine } from "./papers.js";
import { standingOf } from "./standing.js";

/** Moves after which something is asked anew, and whose note says what. */
const ASKING = ["fail_check", "reopen", "refuse_extension", "assign"];

/** @param {Company} company @param {CaseWhole} whole @param {boolean} stale */
export function caseScreen(company, whole, stale) {
  const { properties, findings, photos, moves, papers } = whole;
  const { id, number, severity, estate_name, community_name, complaints } = properties;
  const due = dueOf(properties);
  const before = photos.filter((each) => each.of === "inspection");
  const after = photos.filter((each) => each.of === "move");
  const told = moves.findLast(({ move, note }) => ASKING.includes(move) && note);
  return html`
    ${stale ? notice("warn", t("company.stale")) : nothing}
    ${standingOf(company, id)}
    <header class="asked-top">
      <p class="asked-head">${severityBadge(severity)}<span class="soft small">${t("cases.number", { n: number })}</span></p>
      <h1 tabindex="-1">${company.titleOf(properties)}</h1>
      <p class="asks ${properties.ended_at ? "" : (company.toneOf(properties) ?? "")}">
        <b>${asks(properties)}</b>
        ${
          due
            ? html`<span>${t("company.by", { when: full(due) })} ${dueBadge(company, properties)}</span>`
            : nothing
        }
        ${
          due && properties.due_at && properties.due_at !== due
            ? html`<span class="small">${t("company.whole", { when: full(properties.due_at) })}</span>`
            : nothing
        }
        ${properties.provisional && due ? html`<span class="tiny">${t("cases.provisionalSays")}</span>` : nothing}
      </p>
    </header>
    <section class="section">
      <h2>${t("company.what")}</h2>
      <ul class="faults">
        ${findings.map((each) => html`<li><span class="soft tiny">${each.item}</span> ${either(each.item_zh, each.item_en)}</li>`)}
        ${findings.length ? nothing : html`<li>${properties.title}</li>`}
      </ul>
      ${complaints ? html`<p class="soft small">${t("company.complaints", { n: complaints })}</p>` : nothing}
    </section>
    <section class="section">
      <h2>${t("company.required")}</h2>
      <p>${told?.note || t("company.requiredFirst")}</p>
    </section>
    ${gallery(t("company.before"), before)}
    ${gallery(t("company.after"), after)}
    <section class="section">
      <h2>${t("company.where")}</h2>
      <p>${estate_name ?? ""} <span class="soft">${community_name}</span></p>
      ${where(company, whole)}
    </section>
    ${
      papers.length
        ? html`<section class="section"><h2>${t("company.papers")}</h2>
            <ul class="paper-list">${papers.map((each) => paperLine(company, each))}</ul></section>`
        : nothing
    }
    <section class="section">
      <h2>${t("company.history")}</h2>
      <ol class="history">${moves.map(moved)}</ol>
    </section>
    ${acts(company, whole)}`;
}

/** @param {string} title @param {CasePhoto[]} photos */
const gallery = (title, photos) =>
  photos.length
    ? html`<section class="section"><h2>${title}</h2>
        <ul class="gallery">${photos.map((photo, n) => html`<li>${picture(photo, n + 1)}</li>`)}</ul></section>`
    : nothing;

/** @param {CasePhoto} photo @param {number} n */
const picture = ({ small, large, taken_at }, n) =>
  small && large
    ? html`<a href=${large} target="_blank" rel="noopener"><img src=${small} alt=${t("company.photo", { n })} loading="lazy" width="128" height="96"></a>
        ${taken_at ? html`<span class="soft tiny">${time(taken_at)}</span>` : nothing}`
    : html`<p class="soft tiny no-picture">${t("company.photoComing")}</p>`;

/** @param {Company} company @param {CaseWhole} whole */
function where(company, { geometry, properties }) {
  if (!geometry) return nothing;
  const [lon = 0, lat = 0] = geometry.coordinates;
  const ways = waysTo(gcj02Of([lon, lat]), properties.estate_name ?? properties.title);
  return html`
    <div class="asked-map" ${ref((element) => company.mapIn(element, [lon, lat], properties.estate))}></div>
    <p class="ways">
      <a class="button" href=${ways.amap} target="_blank" rel="noopener noreferrer">${icon("pin")}${t("company.amap")}</a>
      <a class="button" href=${ways.baidu} target="_blank" rel="noopener noreferrer">${icon("pin")}${t("company.baidu")}</a>
    </p>`;
}

/** @param {CaseMove} move */
const moved = ({ move, by_name, note, made_at, received_at, standing }) => html`
  <li>
    <b>${t(/** @type {any} */ (`cases.${standing === "made" ? "was" : "move"}.${move}`))}</b>
    <span class="soft tiny">${by_name} · ${time(made_at ?? received_at)}</span>
    ${standing === "proposed" ? html`<span class="badge">${t("company.proposed")}</span>` : nothing}
    ${note ? html`<p class="small">${note}</p>` : nothing}
  </li>`;

/** What can be done now; nothing while an answer is still on its way. @param {Company} company @param {CaseWhole} whole */
function acts(company, { properties: { id }, may }) {
  const pending = company.answers.waiting().some((each) => each.case === id);
  const can = new Set(may.map(({ move }) => move));
  if (pending || !can.size) return nothing;
  const first = can.has("claim") ? "claim" : "hand_back";
  const others = [
    ...(first === "claim" && can.has("hand_back")
      ? [{ href: hashOf({ at: "answer", id }), says: t("company.answer") }]
      : []),
    ...(can.has("ask_extension")
      ? [{ href: hashOf({ at: "ask", id }), says: t("company.ask") }]
      : []),
    ...(can.has("return")
      ? [{ href: hashOf({ at: "return", id }), says: t("company.return") }]
      : []),
  ];
  return html`<div class="asked-acts">
    ${
      first === "claim"
        ? html`<button class="button primary big grow" type="button" @click=${() => company.claim(id)}>${t("company.claim")}</button>`
        : can.has("hand_back")
          ? html`<a class="button primary big grow" href=${hashOf({ at: "answer", id })}>${t("company.answer")}</a>`
          : nothing
    }
    ${others.map(({ href, says }) => html`<a class="button big" href=${href}>${says}</a>`)}
  </div>`;
}
