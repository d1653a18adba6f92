/**
 * Papers addressed to the company: read here, and their receipt confirmed.
 *
 * @import { CasePaper } from "../../types.d.ts"
 * @import { Company } from "./company.js"
 */

import { html, nothing } from "lit-html";
import { ago, full } from "../../when.js";
import { t } from "../../words.js";
import { empty } from "../parts.js";

/** @param {Company} company @param {CasePaper[]} papers */
export const papersScreen = (company, papers) => html`
  <h1 tabindex="-1">${t("company.papers")}</h1>
  ${
    papers.length
      ? html`<ul class="paper-list">${papers.map((each) => paperLine(company, each))}</ul>`
      : empty({ title: t("company.papersNone") })
  }`;

/** @param {Company} company @param {CasePaper} paper */
export const paperLine = (company, paper) => html`
  <li class="paper">
    <p><b>${t(/** @type {any} */ (`company.paper.${paper.kind}`))}</b> <span class="soft">${paper.number}</span></p>
    <p class="soft tiny">${t("company.paperIssued", { when: full(paper.issued_at) })}</p>
    ${paper.voided_at ? html`<span class="badge">${t("company.paperVoid")}</span>` : nothing}
    <p class="ways">
      ${
        paper.pdf
          ? html`<a class="button" href=${paper.pdf} target="_blank" rel="noopener">${t("company.paperOpen")}</a>`
          : html`<span class="soft">${t("company.paperWaits")}</span>`
      }
      ${
        paper.delivered_at
          ? html`<span class="badge good" title=${full(paper.delivered_at)}>${t("company.paperDelivered", { when: ago(paper.delivered_at) })}</span>`
          : paper.voided_at
            ? nothing
            : html`<button class="button" type="button" ?disabled=${company.isConfirming()} @click=${() => company.confirm(paper)}>${t("company.paperRead")}</button>`
      }
    </p>
  </li>`;
