/**
 * What can be taken away: by the server's addresses for what is chosen now, and a picture of the
 * map made here.
 */

import { html, nothing } from "lit-html";
import { t } from "../../words.js";
import { icon } from "../parts.js";

/**
 * @param {{ query: string, by: string, map: boolean, busy: boolean, png: () => void,
 *   link: () => void }} ways `query`: as the server reads it; `by`: how tables are grouped
 */
export function take({ query, by, map, busy, png, link }) {
  const table = [query, `by=${by}`].filter(Boolean).join("&");
  const asked = query ? `?${query}` : "";
  const tableSays = t("take.tableSays", { by: byWord(by) });
  return html`
    <section class="section take no-print">
      <h3>${t("overview.tab.take")}</h3>
      <p>${t("take.says")}</p>
      <ul class="list">
        ${way(`/overview/page.pdf${asked}`, t("take.pdf"), t("take.pdfSays"))}
        ${way(`/overview/map.html${asked}`, t("take.html"), t("take.htmlSays"))}
        <li>
          <button class="entry" type="button" ?disabled=${!map || busy} @click=${png}>${icon("download")}<span class="grow"><b>${t("take.png")}</b><br /><small class="soft">${map ? t("take.pngSays") : t("take.noMap")}</small></span></button>
        </li>
        ${way(`/api/v1/overview/table.xlsx?${table}`, t("take.xlsx"), tableSays)}
        ${way(`/api/v1/overview/table.csv?${table}`, t("take.csv"), tableSays)}
        <li>
          <button class="entry" type="button" @click=${() => print()}>${icon("print")}<span class="grow"><b>${t("take.print")}</b><br /><small class="soft">${t("take.printSays")}</small></span></button>
        </li>
        ${navigator.clipboard ? html`<li><button class="entry" type="button" @click=${link}>${icon("outline")}<span class="grow"><b>${t("take.link")}</b><br /><small class="soft">${t("take.linkSays")}</small></span></button></li>` : nothing}
      </ul>
    </section>`;
}

/** @param {string} href @param {string} title @param {string} says */
const way = (href, title, says) => html`
  <li><a class="entry" href=${href} download>${icon("download")}<span class="grow"><b>${title}</b><br /><small class="soft">${says}</small></span></a></li>`;

/** @param {string} by */
const byWord = (by) =>
  ["day", "week", "month"].includes(by) ? t("by.time") : t(`by.${/** @type {"kind"} */ (by)}`);
