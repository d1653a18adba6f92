/**
 * The list of papers and what it is narrowed to.
 *
 * @import { Paper } from "../../types.d.ts"
 * @import { PaperFilters } from "../../paper_routes.js"
 * @import { Papers } from "./papers.js"
 */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { today } from "../../days.js";
import { hashOf, KINDS } from "../../paper_routes.js";
import { t } from "../../words.js";
import { empty, time, waiting } from "../parts.js";
import { badges, files, kindWord, whose } from "./pieces.js";

const FIRST_YEAR = 2024;
const ONLY = /** @type {const} */ (["all", "undelivered", "void"]);

/** @param {Papers} page */
export function listScreen(page) {
  const { filters, list, me, due } = page;
  const narrowed = Object.values(filters).some(Boolean);
  return html`
    <div class="papers-head">
      <h2>${t("papers.title")}</h2>
      ${
        me?.may?.dispatch
          ? html`<a class="button primary" href=${hashOf({ at: "new", kind: "notice", cases: [], community: "", reissues: "", escalation: "" })}>${t("papers.new")}</a>`
          : nothing
      }
    </div>
    <div class="papers-filters">
      <div class="choices" role="group" aria-label=${t("papers.only")}>
        ${ONLY.map((each) => {
          const value = each === "all" ? "" : each;
          return html`<button
            class="button"
            type="button"
            aria-pressed=${filters.only === value}
            @click=${() => page.narrow({ only: value })}
          >${t(/** @type {any} */ (`papers.only.${each}`))}</button>`;
        })}
        ${
          due
            ? html`<a class="button" href="#/due">${t("papers.only.due")}${due.count ? html` <b class="badge s2">${due.count}</b>` : nothing}</a>`
            : nothing
        }
      </div>
      ${select("kind", t("papers.kind"), [["", t("papers.every")], ...KINDS.map((kind) => /** @type {[string, string]} */ ([kind, kindWord(kind)]))], filters.kind, page.narrow)}
      ${select("year", t("papers.year"), years(), filters.year, page.narrow)}
      <div class="field whole">
        <label for="papers-q">${t("papers.find")}</label>
        <input
          class="input"
          id="papers-q"
          type="search"
          maxlength="60"
          placeholder=${t("papers.findSays")}
          .value=${filters.q}
          @input=${(/** @type {any} */ event) => page.narrow({ q: event.target.value })}
        />
      </div>
    </div>
    ${
      filters.company
        ? html`<p><button class="button" type="button" @click=${() => page.narrow({ company: "" })}>
            ${t("papers.company", { name: list?.papers[0]?.company_name ?? "" })} ×
          </button></p>`
        : nothing
    }
    ${
      !list
        ? waiting(6)
        : list.papers.length
          ? html`<p class="soft small" role="status">${t("papers.count", { n: list.count })}</p>
              ${table(list.papers, page)}
              ${list.next ? html`<button class="button" type="button" @click=${page.more}>${t("more")}</button>` : nothing}`
          : narrowed
            ? empty({
                title: t("papers.noneNarrowed"),
                act: t("papers.widen"),
                onAct: () => page.narrow({ kind: "", year: "", company: "", q: "", only: "" }),
              })
            : empty({ title: t("papers.none"), text: t("papers.noneSays") })
    }`;
}

/** @param {Paper[]} papers @param {Papers} page */
const table = (papers, page) => html`
  <table class="table paper-table">
    <caption class="spoken">${t("papers.title")}</caption>
    <thead>
      <tr>
        <th scope="col">${t("papers.number")}</th>
        <th scope="col">${t("papers.whose")}</th>
        <th scope="col">${t("papers.issued")}</th>
        <th scope="col">${t("papers.state")}</th>
        <th scope="col">${t("papers.files")}</th>
      </tr>
    </thead>
    <tbody>
      ${repeat(
        papers,
        ({ id }) => id,
        (paper) => html`<tr class=${paper.void ? "ended" : ""}>
          <th scope="row">
            <a href=${hashOf({ at: "one", id: paper.id })}>${paper.number}</a>
            <div class="tiny soft">${kindWord(paper.kind)}</div>
          </th>
          <td>
            ${
              paper.company
                ? html`<button class="link" type="button" @click=${() => page.narrow({ company: String(paper.company) })}>${whose(paper)}</button>`
                : whose(paper)
            }
            ${paper.estate_name && paper.company_name ? html`<div class="tiny soft">${paper.estate_name}</div>` : nothing}
          </td>
          <td>${time(paper.issued_at)}<div class="tiny soft">${paper.issued_by}</div></td>
          <td class="paper-states">${badges(paper)}</td>
          <td>${files(paper)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;

/** @returns {[string, string][]} */
function years() {
  const last = Number(today().slice(0, 4));
  const every = Array.from({ length: last - FIRST_YEAR + 1 }, (_, n) => String(last - n));
  return [
    ["", t("papers.everyYear")],
    ...every.map((year) => /** @type {[string, string]} */ ([year, year])),
  ];
}

/** @param {keyof PaperFilters} name @param {string} says @param {[string, string][]} options @param {string} value @param {(change: Partial<PaperFilters>) => void} narrow */
const select = (name, says, options, value, narrow) => html`
  <div class="field">
    <label for="papers-${name}">${says}</label>
    <select class="input" id="papers-${name}" @change=${(/** @type {any} */ event) => narrow({ [name]: event.target.value })}>
      ${options.map(([key, word]) => html`<option value=${key} ?selected=${key === value}>${word}</option>`)}
    </select>
  </div>`;
