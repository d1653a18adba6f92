/**
 * Which cases a paper is about: those that are chosen, and a search for more.
 *
 * @import { Api } from "../../api.js"
 * @import { CaseFeature } from "../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import { t } from "../../words.js";
import { severityBadge } from "../parts.js";

const MOST_FOUND = 8;
const QUIET_MS = 250;

/**
 * @param {Api} api
 * @param {() => void} show
 * @param {(cases: string[]) => void} put
 */
export function openChoosing(api, show, put) {
  /** @type {Map<string, CaseFeature>} */
  const known = new Map();
  let text = "";
  /** @type {CaseFeature[] | null} */
  let found = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** Those that an address named, to be told by their words. @param {string[]} ids */
  async function learn(ids) {
    const unknown = ids.filter((id) => !known.has(id));
    const replies = await Promise.all(unknown.map((id) => api.ask("GET", `/api/v1/cases/${id}/`)));
    for (const reply of replies)
      if (reply.outcome === "received") known.set(reply.body.id, reply.body);
    if (unknown.length) show();
  }

  /** @param {string} told */
  function seek(told) {
    text = told;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (!text.trim()) found = null;
      else {
        const query = new URLSearchParams({ q: text.trim(), page_size: String(MOST_FOUND) });
        const reply = await api.ask("GET", `/api/v1/cases/?${query}`);
        if (reply.outcome === "received") {
          const rows = /** @type {CaseFeature[]} */ (reply.body.features);
          found = rows.slice(0, MOST_FOUND);
          for (const each of rows) known.set(each.id, each);
        }
      }
      show();
    }, QUIET_MS);
  }

  /** @param {CaseFeature} row */
  const words = ({ properties: row }) =>
    html`<b>${row.number}</b> ${row.title} <span class="tiny soft">${row.estate_name ?? row.community_name}</span>`;

  return {
    learn,
    /** @param {string[]} chosen @param {string} [wrong] */
    show: (chosen, wrong) => html`
      <fieldset class="draft-cases">
        <legend>${t("papers.cases")} <span class="tiny soft">${t("papers.chosen", { n: chosen.length })}</span></legend>
        ${
          chosen.length
            ? html`<ul>
                ${chosen.map((id) => {
                  const row = known.get(id);
                  return html`<li class="row">
                    <span class="grow">${row ? words(row) : id.slice(-8)}</span>
                    <button class="button quiet" type="button" @click=${() => put(chosen.filter((each) => each !== id))}>${t("papers.takeOut")}</button>
                  </li>`;
                })}
              </ul>`
            : nothing
        }
        ${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : nothing}
        <div class="field">
          <label for="cases-q">${t("papers.choose")}</label>
          <input class="input" id="cases-q" type="search" maxlength="60" autocomplete="off" placeholder=${t("papers.chooseSays")}
            .value=${text} @input=${(/** @type {any} */ event) => seek(event.target.value)} />
        </div>
        ${
          found
            ? found.length
              ? html`<ul class="found">
                  ${found
                    .filter(({ id }) => !chosen.includes(id))
                    .map(
                      (row) => html`<li>
                        <button class="button quiet wide" type="button" @click=${() => put([...chosen, row.id])}>
                          ${severityBadge(row.properties.severity)}<span class="grow">${words(row)}</span>
                        </button>
                      </li>`,
                    )}
                </ul>`
              : html`<p class="soft small" role="status">${t("papers.noCases")}</p>`
            : nothing
        }
      </fieldset>`,
  };
}
