/**
 * One case on one page: what it is, how it stands, what may be done now, and all it rests on.
 *
 * @import { CaseFinding, CaseMay, CaseMove, CasePaper, CaseWhole } from "../../types.d.ts"
 * @import { Clock } from "./pieces.js"
 * @import { Making } from "./move_form.js"
 */

import { html, nothing } from "lit-html";
import { full } from "../../when.js";
import { either, t } from "../../words.js";
import { icon, severityBadge, time } from "../parts.js";
import { chain, details, thumbs, whoOf } from "./chain.js";
import { complaints } from "./complaints.js";
import { keeping, pictures } from "./evidence.js";
import { moveForm } from "./move_form.js";
import {
  dueTold,
  handlerName,
  moveWord,
  placeName,
  provisional,
  stateBadge,
  titleOf,
} from "./pieces.js";

/** The one thing to do next, where there are several: first to last. */
const FIRST = [
  "file",
  "assign",
  "claim",
  "hand_back",
  "grant_extension",
  "pass_check",
  "close",
  "resume",
  "hear_done",
  "reconsider",
];
/** Of which a paper may be wanted. */
const PAPERS = ["record", "notice", "recheck", "reminder"];

/** @param {any} of all that `one.js` knows */
export function caseBody(of) {
  const { whole, evidence, clock, making } = of;
  const row = whole.properties;
  return html`
    <article class="case" aria-labelledby="case-title">
      <header class="section">
        <p class="soft small">
          ${t("cases.number", { n: row.number })} ·
          ${t(/** @type {any} */ (`cases.source.${row.source}`))}${row.outside_number ? ` ${row.outside_number}` : ""}
        </p>
        <h2 id="case-title" tabindex="-1">${titleOf(row, of.kinds)}</h2>
        <div class="case-signs">
          ${severityBadge(row.severity)} ${stateBadge(row.state)}
          ${row.simple ? html`<span class="badge">${t("cases.simple")}</span>` : nothing}
          ${row.reopened ? html`<span class="badge">${t("cases.reopenedTimes", { n: row.reopened })}</span>` : nothing}
          ${row.joined_to ? html`<a href="#/${row.joined_to}">${t("cases.joinedTo")}</a>` : nothing}
        </div>
      </header>
      ${proposals(of)}
      <div class="doing no-print">
        ${making ? moveForm({ making, severity: row.severity, handlers: of.handlers, approvers: of.approvers, earlier: earlierOf(whole), ...of.form }) : buttons(whole.may, of.begin)}
      </div>
      ${facts(whole, clock, of.showOnMap)}
      ${findings(whole)}
      ${pictures(whole, evidence)}
      ${complaints(of)}
      ${joined(whole)}
      ${papers(whole, of.me)}
      ${chain(whole, of.handlers)}
      ${keeping(of)}
    </article>`;
}

/** @param {CaseMay[]} may @param {(may: CaseMay) => void} begin */
function buttons(may, begin) {
  if (!may.length) return html`<p class="soft small">${t("cases.nothingToDo")}</p>`;
  // None stands out where a case is over: nothing waits to be done.
  const first = FIRST.find((move) => may.some((each) => each.move === move));
  const order = [...may].sort((a, b) => Number(b.move === first) - Number(a.move === first));
  return html`<div class="moves" role="group" aria-label=${t("cases.moves")}>
    ${order.map(
      (each) => html`<button
        class="button ${each.move === first ? "primary" : ""}"
        type="button"
        @click=${() => begin(each)}
      >
        ${moveWord(each.move)}
      </button>`,
    )}
  </div>`;
}

/** What came late and waits for a supervisor. @param {any} of */
function proposals({ whole, me, deciding, decide }) {
  const waiting = whole.moves.filter(
    (/** @type {CaseMove} */ { standing }) => standing === "proposed",
  );
  if (!waiting.length) return nothing;
  const known = new Map(whole.photos.map((/** @type {any} */ photo) => [photo.id, photo]));
  const mayDecide = me?.may?.dispatch;
  return html`<section class="section" aria-label=${t("cases.tab.to_decide")}>
    ${waiting.map(
      (/** @type {CaseMove} */ move) => html`<div class="notice warn proposal">
        <i class="mark s2" aria-hidden="true"></i>
        <b>${t("cases.proposal", { name: whoOf(move), move: moveWord(move.move) })}</b>
        <div class="section">
          <p class="small">
            ${t("cases.proposalWhy", { seen: move.seen ?? 0, version: whole.properties.version })}
            ${time(move.recorded_at)} ${details(move)}
          </p>
          ${move.note ? html`<blockquote class="small">${move.note}</blockquote>` : nothing}
          ${thumbs(move.photos.flatMap((id) => known.get(id) ?? []))}
          ${
            deciding?.id === move.id
              ? decision(deciding, decide)
              : mayDecide
                ? html`<div class="choices no-print">
                    <button class="button primary" type="button" @click=${() => decide.begin(move, true)}>
                      ${t("cases.accept")}
                    </button>
                    <button class="button" type="button" @click=${() => decide.begin(move, false)}>
                      ${t("cases.decline")}
                    </button>
                  </div>`
                : nothing
          }
        </div>
      </div>`,
    )}
  </section>`;
}

/** @param {any} deciding @param {any} decide */
const decision = ({ accept, note, wrong }, decide) => html`
  <form
    class="section"
    novalidate
    @submit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      decide.make();
    }}
  >
    <div class="field">
      <label for="decision-note"
        >${t("cases.note")}${accept ? html` <span class="soft tiny">${t("cases.optional")}</span>` : nothing}</label
      >
      <textarea
        class="input"
        id="decision-note"
        rows="2"
        maxlength="300"
        aria-invalid=${Boolean(wrong)}
        .value=${note}
        @input=${(/** @type {any} */ event) => decide.note(event.target.value)}
      ></textarea>
      ${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : nothing}
    </div>
    <div class="choices">
      <button class="button primary">${t(accept ? "cases.accept" : "cases.decline")}</button>
      <button class="button" type="button" @click=${decide.close}>${t("cancel")}</button>
    </div>
  </form>`;

/** @param {CaseWhole} whole @param {Clock} clock @param {() => void} showOnMap */
function facts({ properties: row, geometry }, clock, showOnMap) {
  return html`<section class="section" aria-labelledby="case-facts">
    <h3 id="case-facts">${t("cases.facts")}</h3>
    <dl class="facts">
      <dt>${t("cases.place")}</dt>
      <dd>
        ${placeName(row)}
        ${
          geometry
            ? html`<button class="button quiet inline no-print" type="button" @click=${showOnMap}>
                ${icon("pin")}${t("cases.onMap")}
              </button>`
            : nothing
        }
      </dd>
      <dt>${t("cases.handler")}</dt>
      <dd>
        ${handlerName(row.handler)}${row.handler?.person_name ? ` · ${row.handler.person_name}` : ""}
      </dd>
      <dt>${t("cases.reportedAt")}</dt>
      <dd>${time(row.reported_at)}</dd>
      ${
        row.ended_at
          ? html`<dt>${t("cases.endedAt")}</dt>
              <dd>${time(row.ended_at)}</dd>`
          : row.paused
            ? html`<dt>${t("cases.due")}</dt>
                <dd>${t("cases.paused")}</dd>`
            : html`
                ${clockLine(t("cases.wholeDue"), row.due_at, clock, row.provisional)}
                ${clockLine(t("cases.stepDue"), row.step_due_at, clock, false)}`
      }
      ${
        row.first_due_at && row.first_due_at !== row.due_at
          ? html`<dt>${t("cases.firstDue")}</dt>
              <dd>${full(row.first_due_at)}</dd>`
          : nothing
      }
    </dl>
  </section>`;
}

/** @param {string} says @param {string | null} due @param {Clock} clock @param {boolean} unsure */
const clockLine = (says, due, clock, unsure) =>
  due
    ? html`<dt>${says}</dt>
        <dd>
          ${dueTold(due, clock)} ${unsure ? provisional() : nothing}
          <span class="soft tiny">${full(due)}</span>
        </dd>`
    : nothing;

/** @param {CaseWhole} whole */
function findings({ findings, photos }) {
  if (!findings.length) return nothing;
  return html`<section class="section" aria-labelledby="case-findings">
    <h3 id="case-findings">${t("cases.findings", { n: findings.length })}</h3>
    <ul class="list">
      ${findings.map(
        (/** @type {CaseFinding} */ each) => html`<li class=${each.in_force ? "" : "soft"}>
          <div class="case-signs">
            ${severityBadge(each.severity)}
            <b class="small">${each.item}</b>
            ${each.same_as ? html`<span class="badge">${t("cases.sameAs")}</span>` : nothing}
            ${each.in_force || each.same_as ? nothing : html`<span class="badge">${t("cases.corrected")}</span>`}
          </div>
          <p>${either(each.item_zh, each.item_en)}</p>
          <p class="tiny soft">${each.by_name} · ${time(each.recorded_at)}</p>
          ${thumbs(photos.filter(({ entry, item }) => entry === each.inspection && item === each.item))}
        </li>`,
      )}
    </ul>
  </section>`;
}

/** @param {CaseWhole} whole */
const joined = ({ joined }) =>
  joined.length
    ? html`<section class="section" aria-labelledby="case-joined">
        <h3 id="case-joined">${t("cases.joined")}</h3>
        <ul>
          ${joined.map(
            ({ id, number, title }) =>
              html`<li><a href="#/${id}">${t("cases.number", { n: number })} ${title}</a></li>`,
          )}
        </ul>
      </section>`
    : nothing;

/** @param {CaseWhole} whole @param {any} me */
function papers({ id, papers }, me) {
  if (!papers.length && !me?.may?.dispatch) return nothing;
  return html`<section class="section ${papers.length ? "" : "no-print"}" aria-labelledby="case-papers">
    <h3 id="case-papers">${t("cases.papers")}</h3>
    <ul class="list">
      ${papers.map(
        (/** @type {CasePaper} */ each) => html`<li class="paper-line">
          <a href="/papers/#/${each.id}"
            >${t(/** @type {any} */ (`cases.paper.${each.kind}`))} ${each.number}</a
          >
          <span class="tiny soft">${time(each.issued_at)}</span>
          ${each.voided_at ? html`<span class="badge">${t("cases.voidPaper")}</span>` : nothing}
          ${each.delivered_at ? html`<span class="badge good">${t("cases.delivered")}</span>` : nothing}
          ${each.pdf ? html`<a class="no-print small" href=${each.pdf}>PDF</a>` : nothing}
        </li>`,
      )}
    </ul>
    ${
      me?.may?.dispatch
        ? html`<p class="choices no-print">
            ${PAPERS.map(
              (kind) =>
                html`<a class="button" href="/papers/#/new?kind=${kind}&case=${id}"
                  >${t("cases.newPaper", { paper: t(/** @type {any} */ (`cases.paper.${kind}`)) })}</a
                >`,
            )}
          </p>`
        : nothing
    }
  </section>`;
}

/** Photos of before, which one taken now may be laid beside. @param {CaseWhole} whole */
const earlierOf = ({ photos }) => photos.filter(({ small, of }) => small && of !== "complaint");
