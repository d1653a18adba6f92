/**
 * The map's numbers as tables: estate by estate, and the estates that are to reach the standard.
 *
 * @import { Figures } from "../../leading/types.d.ts"
 */

import { html, nothing } from "lit-html";
import { intervalOf, madeOf, plain, whole } from "../../leading/told.js";
import { t } from "../../words.js";
import { empty, time } from "../parts.js";

const MOST_ROWS = 40;

/**
 * In the order of their names in the register, not by their numbers.
 *
 * @param {Figures} figures by estate
 * @param {{ find: string, shown: number | null, onFind: (text: string) => void,
 *   show: (estate: number) => void, rows: (estate: string) => string }} ways
 */
export function places({ measure, rows }, { find, shown, onFind, show, rows: rowsOf }) {
  const word = find.trim().toLowerCase();
  const found = rows.filter(({ name, name_en }) =>
    `${name} ${name_en}`.toLowerCase().includes(word),
  );
  const rate = rows.some(({ of }) => of !== null);
  return html`
    <details class="section-fold">
      <summary>${t("places.title")} <small>${whole(rows.length)}</small></summary>
      <div class="section">
        <label class="field"><span class="label">${t("places.find")}</span>
          <input class="input" type="search" .value=${find} @input=${(/** @type {any} */ { target }) => onFind(target.value)} /></label>
        <div class="scrolling" role="region" tabindex="0" aria-label=${t("places.title")}>
          <table class="table">
            <thead><tr>
              <th scope="col">${t("places.estate")}</th>
              <th scope="col" class="number">${t(`measure.${/** @type {"found"} */ (measure.slug)}`)}</th>
            </tr></thead>
            <tbody>
              ${found.slice(0, MOST_ROWS).map((row) => {
                return html`<tr aria-current=${Number(row.key) === shown}>
                  <th scope="row"><button class="button quiet" type="button" title=${t("places.show", { name: row.name })}
                    @click=${() => show(Number(row.key))}>${row.name}</button>
                    ${row.looked ? nothing : html`<span class="badge">${t("places.notLooked")}</span>`}</th>
                  <td class="number">${row.value === null ? "–" : html`<a href=${rowsOf(String(row.key))}>${plain(row.value)}</a>`}
                    ${rate ? [madeOf(measure.slug, row), intervalOf(row)].filter(Boolean).map((each) => html`<small class="soft">${each}</small>`) : nothing}</td>
                </tr>`;
              })}
            </tbody>
          </table>
        </div>
        ${found.length > MOST_ROWS ? html`<p class="tiny soft">${t("places.more", { n: whole(found.length - MOST_ROWS) })}</p>` : nothing}
      </div>
    </details>`;
}

/**
 * @param {any[]} estates of the register
 * @param {Map<number, { n: number }>} open
 * @param {Map<number, { n: number }>} danger open, and of immediate danger
 * @param {{ shown: number | null, show: (estate: number) => void, past: boolean,
 *   rows: (estate: number, severity?: string) => string }} ways `past`: as of a day that is over
 */
export function targets(estates, open, danger, { shown, show, past, rows }) {
  const year = Math.max(0, ...estates.map(({ properties }) => properties.target_year ?? 0));
  const listed = estates.filter(({ properties }) => year && properties.target_year === year);
  return html`
    <section class="section">
      <h3>${t("overview.targets")}</h3>
      ${
        listed.length
          ? html`<p>${t("overview.targetsSays", { year, n: listed.length })}</p>
            <div class="scrolling" role="region" tabindex="0" aria-label=${t("overview.targets")}>
              <table class="table">
                <thead><tr>
                  <th scope="col">${t("places.estate")}</th>
                  <th scope="col" class="number">${t("number.open")}</th>
                  <th scope="col" class="number">${t("overview.severe")}</th>
                  ${past ? nothing : html`<th scope="col">${t("overview.last")}</th>`}
                </tr></thead>
                <tbody>
                  ${listed.map(({ id, properties }) => {
                    const last = Object.values(properties.last_inspected ?? {})
                      .sort()
                      .at(-1);
                    const severe = danger.get(id)?.n ?? 0;
                    const n = whole(open.get(id)?.n ?? 0);
                    return html`<tr aria-current=${id === shown}>
                      <th scope="row">
                        <button class="button quiet" type="button" title=${t("places.show", { name: properties.name })} @click=${() => show(id)}>${properties.name}</button>
                        <div class="soft tiny">${properties.community_name}</div>
                      </th>
                      <td class="number"><a href=${rows(id)}>${n}</a></td>
                      <td class="number">${severe ? html`<a class="badge s1" href=${rows(id, "1")}><i class="mark s1"></i>${whole(severe)}</a>` : html`<span class="quiet-number">0</span>`}</td>
                      ${past ? nothing : html`<td>${last ? time(String(last)) : html`<span class="quiet-number">${t("overview.never")}</span>`}</td>`}
                    </tr>`;
                  })}
                </tbody>
              </table>
            </div>`
          : empty({ title: t("overview.noTargets"), text: t("overview.noTargetsSays") })
      }
    </section>`;
}
