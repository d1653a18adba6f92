/**
 * A plan on paper: the map as it is seen, the legend, and every site with its verdicts. Sources
 * that are only remembered are not printed.
 *
 * @import { Verdict } from "../../drawing/types.d.ts"
 * @import { View, World } from "./work.js"
 */

import { html, nothing, render } from "lit-html";
import { areaOf, rectangleOf } from "../../drawing/footprint.js";
import { lookOf, worstFirst, worstOf } from "../../drawing/verdicts.js";
import { full } from "../../when.js";
import { either, t } from "../../words.js";
import { countedLine, LOOKS, lookBadge, measured } from "./checks.js";

/** @param {World} world @param {View} view */
export async function printSheet(world, view) {
  const frame = /** @type {HTMLElement} */ (world.page.querySelector(".plan-sheet"));
  const picture = view.canvas ? await view.canvas.picture() : "";
  render(sheet(view, picture), frame);
  await frame.querySelector("img")?.decode();
  print();
}

/** @param {View} view @param {string} picture */
function sheet(view, picture) {
  const head = view.session.head();
  const rows = view.session.all();
  return html`
    <h1>${head?.name ?? ""}</h1>
    <p>
      ${t("sheet.title")} · ${head?.community_name ?? t("plans.everywhere")} ·
      ${t("sheet.printed", { when: full(new Date().toISOString()) })}
    </p>
    ${picture ? html`<img src=${picture} alt=${t("sheet.map")} />` : nothing}
    <p class="sheet-legend">${LOOKS.map((look) => lookBadge(look))}</p>
    ${rows.length ? rows.map(({ id }) => site(view, id)) : html`<p>${t("sheet.none")}</p>`}
    <p class="tiny">${t("sheet.memory")}</p>
  `;
}

/** @param {View} view @param {string} id */
function site(view, id) {
  const fields = view.fieldsOf(id);
  const verdicts = view.knownOf(id);
  if (!fields) return nothing;
  const rectangle = rectangleOf(fields);
  const state = view.session.get(id)?.base?.state ?? "proposed";
  return html`
    <section>
      <h2>
        ${fields.name || t("site.unnamed")}
        ${verdicts ? lookBadge(worstOf(verdicts)) : nothing}
      </h2>
      <p>
        ${t(/** @type {any} */ (`site.state.${state}`))} ·
        ${t("site.ports")} ${fields.ports ?? t("site.unknown")} ·
        ${t("site.bays")} ${fields.bays ?? t("site.unknown")} ·
        ${t("sheet.size")}
        ${rectangle ? `${rectangle.length_m.toFixed(2)} × ${rectangle.width_m.toFixed(2)} m, ` : ""}
        ${areaOf(fields.geom).toFixed(2)} m²
      </p>
      ${
        verdicts
          ? html`<p class="tiny">${countedLine(verdicts)}</p>
              <table class="table">
                <thead>
                  <tr>
                    <th scope="col"></th>
                    <th scope="col">${t("sheet.verdicts")}</th>
                    <th scope="col" class="number">${t("verdict.value")}</th>
                    <th scope="col" class="number">${t("verdict.limit")}</th>
                    <th scope="col">${t("verdict.source")}</th>
                  </tr>
                </thead>
                <tbody>
                  ${worstFirst(verdicts)
                    .filter((each) => lookOf(each) !== "none")
                    .map(line)}
                </tbody>
              </table>`
          : nothing
      }
    </section>`;
}

/** @param {Verdict} verdict */
const line = (verdict) => html`
  <tr>
    <td>${lookBadge(lookOf(verdict))}</td>
    <td>${verdict.code} ${either(verdict.zh, verdict.en)}</td>
    <td class="number">${measured(verdict.value, verdict.unit)}</td>
    <td class="number">${measured(verdict.limit, verdict.unit)}</td>
    <td>${verdict.sure === "M" ? "–" : either(verdict.source_zh, verdict.source_en)}</td>
  </tr>`;
