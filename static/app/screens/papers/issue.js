/**
 * Drafting a paper: what may be put otherwise on the one side, what it would say on the other.
 *
 * @import { Draft, Edits } from "../../types.d.ts"
 * @import { Reply } from "../../api.js"
 * @import { Papers } from "./papers.js"
 * @import { Officer, Writing } from "../../paper_draft.js"
 */

import { html, nothing } from "lit-html";
import { asked, plainEntries, writing } from "../../paper_draft.js";
import { hashOf, KINDS, MONTHLY } from "../../paper_routes.js";
import { uuid7 } from "../../uuid.js";
import { t } from "../../words.js";
import { trouble } from "../desk.js";
import { notice, waiting } from "../parts.js";
import { openChoosing } from "./choosing.js";
import { entryField, faultList, officerFields } from "./fields.js";
import { kindWord } from "./pieces.js";
import { sheet } from "./sheet.js";

const QUIET_MS = 350;
const REMEMBERED = "xuntu.officers";
const DRAFT = "/api/v1/papers/draft/";

/** @param {Papers} page */
export function openIssuing(page) {
  /** @type {Writing} */
  let from = writing({});
  /** @type {Draft | null} */
  let draft = null;
  /** @type {Reply | null} */
  let failed = null;
  /** What was refused, by field; told once it was to be issued. @type {Record<string, string>} */
  let wrong = {};
  let saving = false;
  let asks = 0;
  /** The paper's own, however often it is sent. */
  let id = uuid7();
  /** @type {Officer[]} */
  let known = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const choosing = openChoosing(page.api, page.show, (cases) =>
    put({ ...from, cases, edits: kept(from.edits) }),
  );

  /** @param {Partial<Writing>} told */
  function begin(told) {
    known = remembered();
    from = writing({
      ...told,
      ...(KINDS.some((kind) => kind === told.kind) ? {} : { kind: "notice" }),
    });
    draft = null;
    failed = null;
    wrong = {};
    id = uuid7();
    choosing.learn(from.cases);
    redraft();
  }

  /** @param {Writing} next */
  function put(next) {
    const other = next.kind !== from.kind || next.cases !== from.cases;
    from = next;
    if (other) history.replaceState(null, "", page.address(hashOf({ at: "new", ...from })));
    clearTimeout(timer);
    timer = setTimeout(redraft, other ? 0 : QUIET_MS);
    page.show();
  }

  async function redraft() {
    if (!MONTHLY.includes(from.kind) && !from.cases.length) {
      draft = null;
      failed = null;
      return page.show();
    }
    asks += 1;
    const asking = asks;
    const reply = await page.api.ask("POST", DRAFT, asked(from));
    if (asking !== asks) return;
    if (reply.outcome === "received") {
      draft = reply.body;
      failed = null;
      // What is put right is not blamed any longer.
      wrong = Object.fromEntries(
        Object.keys(wrong).flatMap((name) => {
          const said = /** @type {Draft} */ (reply.body).wrong[name];
          return said ? [[name, said]] : [];
        }),
      );
    } else {
      failed = reply;
      if (reply.outcome === "refused" && reply.details.fields?.cases) draft = null;
    }
    page.show();
  }

  async function issue() {
    if (saving || !draft) return;
    wrong = draft.wrong;
    if (Object.keys(wrong).length) return complain();
    saving = true;
    page.show();
    const reply = await page.api.ask("PUT", `/api/v1/papers/${id}/`, asked(from));
    saving = false;
    if (reply.outcome === "received") {
      remember(from.officers);
      page.toasts.show(t("papers.issuedDone", { number: reply.body.number }));
      page.issued(reply.body);
      return;
    }
    if (reply.outcome === "refused" && reply.details.fields) wrong = reply.details.fields;
    else failed = reply;
    complain();
  }

  function complain() {
    page.show();
    const first = page.room.querySelector("[aria-invalid=true], .wrong");
    first?.scrollIntoView({ block: "center" });
    if (first instanceof HTMLElement) first.focus();
  }

  function screen() {
    const filling = draft ? { from, draft, wrong, put, known } : null;
    const refused = failed?.outcome === "refused" ? failed.details.fields?.cases : undefined;
    return html`
      <div class="papers-head">
        <a class="button quiet" href=${page.listAddress()}>${t("papers.back")}</a>
        <h2>${t("papers.new")}</h2>
      </div>
      <div class="paper-new">
        <form class="paper-form stack" novalidate @submit=${(/** @type {SubmitEvent} */ event) => {
          event.preventDefault();
          issue();
        }}>
          <div class="field">
            <label for="draft-kind">${t("papers.kind")}</label>
            <select class="input" id="draft-kind" ?disabled=${Boolean(from.reissues)}
              @change=${(/** @type {any} */ event) => put({ ...from, kind: event.target.value, edits: {}, escalation: "" })}>
              ${KINDS.map((kind) => html`<option value=${kind} ?selected=${kind === from.kind}>${kindWord(kind)}</option>`)}
            </select>
          </div>
          ${MONTHLY.includes(from.kind) ? communityField() : choosing.show(from.cases, refused)}
          ${failed && !refused ? trouble(failed, redraft) : nothing}
          ${
            filling
              ? html`${officerFields(filling)}${faultList(filling)}
                  ${plainEntries(filling.draft.entries).map((entry) => entryField(filling, entry))}
                  ${Object.keys(wrong).length ? notice("warn", t("papers.wrong")) : nothing}
                  <button class="button to-preview" type="button" @click=${() => page.room.querySelector(".paper-page")?.scrollIntoView()}>${t("papers.preview")}</button>
                  <p class="small soft">${t("papers.issueSays")}</p>
                  <button class="button primary wide" type="submit" ?disabled=${saving}>${t(saving ? "papers.issuing" : "papers.issue")}</button>`
              : from.cases.length && !failed
                ? waiting(6)
                : nothing
          }
        </form>
        <section class="paper-page" tabindex="0" aria-label=${t("papers.preview")} aria-live="off">
          ${draft ? sheet(draft.says) : nothing}
        </section>
      </div>`;
  }

  const communityField = () => html`
    <div class="field">
      <label for="draft-community">${t("papers.community")}</label>
      <select class="input" id="draft-community" @change=${(/** @type {any} */ event) => put({ ...from, community: event.target.value })}>
        <option value="">${t("papers.everywhere")}</option>
        ${page.communities.map(
          ({ id: each, properties }) =>
            html`<option value=${each} ?selected=${String(each) === from.community}>${properties.name}</option>`,
        )}
      </select>
    </div>`;

  return { begin, screen };
}

/** What does not depend on which cases there are. @param {Edits} edits */
function kept({ rows: _, photos: __, ...edits }) {
  return edits;
}

/** @returns {Officer[]} */
function remembered() {
  try {
    const told = JSON.parse(localStorage.getItem(REMEMBERED) ?? "[]");
    return Array.isArray(told) ? told : [];
  } catch {
    return [];
  }
}

/** @param {Officer[]} officers */
function remember(officers) {
  const told = officers.filter(({ name, number }) => name && number);
  const names = new Set(told.map(({ name }) => name));
  const others = remembered().filter(({ name }) => !names.has(name));
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify([...told, ...others].slice(0, 20)));
  } catch {
    // A browser that keeps nothing: it is typed again.
  }
}
