/**
 * What several screens of papers show alike.
 *
 * @import { Paper } from "../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import { full } from "../../when.js";
import { t } from "../../words.js";

/** @param {string} kind */
export const kindWord = (kind) => t(/** @type {any} */ (`papers.kind.${kind}`));

/** @param {string} how */
export const howWord = (how) => t(/** @type {any} */ (`papers.how.${how}`));

/** @param {Paper} paper */
export const whose = (paper) =>
  paper.company_name ?? paper.estate_name ?? paper.community_name ?? t("papers.office");

/** @param {Paper} paper */
export function badges(paper) {
  const how = paper.delivery;
  return html`
    ${paper.void ? html`<span class="badge s1"><i class="mark s1"></i>${t("papers.void")}</span>` : nothing}
    ${
      how
        ? html`<span class="badge good" title=${full(how.at)}><i class="mark good"></i>${t("papers.delivered")}</span>`
        : paper.void
          ? nothing
          : html`<span class="badge">${t("papers.undelivered")}</span>`
    }
    ${
      paper.rendered_at
        ? nothing
        : paper.problem
          ? html`<span class="badge s2" title=${problemWord(paper.problem)}><i class="mark s2"></i>${problemWord(paper.problem)}</span>`
          : html`<span class="badge">${t("papers.making")}</span>`
    }`;
}

/** @param {string} problem */
export const problemWord = (problem) =>
  problem === "no_font" || problem === "picture_gone"
    ? t(/** @type {any} */ (`papers.problem.${problem}`))
    : t("papers.problem");

/** @param {Paper} paper */
export const files = (paper) =>
  paper.pdf && paper.docx
    ? html`<span class="row paper-files">
        <a class="button" href=${paper.pdf} target="_blank" rel="noopener">${t("papers.pdf")}</a>
        <a class="button" href=${paper.docx} download>${t("papers.docx")}</a>
      </span>`
    : html`<span class="soft tiny">–</span>`;
