/**
 * What a paper says, drawn as the page that it becomes.
 *
 * @import { PaperBlock, PaperSheet } from "../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import { t } from "../../words.js";

/** Always in Chinese, whatever the page speaks. @param {PaperSheet} says @param {boolean} [isVoid] */
export const sheet = (says, isVoid = false) => html`
  <article class="sheet ${isVoid ? "is-void" : ""}" lang="zh-Hans" aria-label=${t("papers.says")}>
    ${isVoid ? html`<p class="sheet-mark" aria-hidden="true">作废</p>` : nothing}
    <p class="sheet-mast">${says.issuer}</p>
    <p class="sheet-number">${says.number}</p>
    <h3 class="sheet-title">${says.title}</h3>
    ${says.to ? html`<p class="flush">${says.to}</p>` : nothing}
    ${says.body.map(block)}
    <div class="sheet-signed">
      <p>${says.signed_by}</p>
      <p>${says.signed_on}</p>
      <p>${says.seal}</p>
    </div>
    ${says.forms.map(block)}
    ${
      says.pictures.length
        ? html`<p class="level1">${says.annex}</p>
            <ul class="sheet-pictures">${says.pictures.map(({ caption }) => html`<li>${caption}</li>`)}</ul>`
        : nothing
    }
    ${
      says.printed
        ? html`<div class="sheet-foot">
            ${says.copies ? html`<p>${says.copies}</p>` : nothing}
            <p>${says.printed}</p>
          </div>`
        : nothing
    }
  </article>`;

/** @param {PaperBlock} each */
function block(each) {
  if (each.type === "paragraph") return html`<p class=${each.style}>${each.text}</p>`;
  if (each.type === "table")
    return html`<div class="sheet-wide">
      <table class="sheet-table">
        <thead><tr>${each.head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>
          ${each.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>`;
  return html`<div class="sheet-wide">
    ${each.title ? html`<p class="sheet-caption">${each.title}</p>` : nothing}
    <table class="sheet-table form">
      <tbody>
        ${each.lines.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}
      </tbody>
    </table>
  </div>`;
}
