/**
 * Hot spots: asked of the worker, shown on the map, and told as a list, with how they were found.
 *
 * @import { Answer } from "../../leading/answers.js"
 * @import { HotKind, HotSpots } from "../../leading/types.d.ts"
 */

import { html, nothing } from "lit-html";
import { percent, plain, whole } from "../../leading/told.js";
import { innerPoint } from "../../metres.js";
import { dayWord, full } from "../../when.js";
import { t } from "../../words.js";
import { trouble } from "../desk.js";
import { empty, notice, waiting } from "../parts.js";
import { HOT_SIGNS } from "./legend.js";

/**
 * @param {Answer} answer
 * @param {Map<number, any>} estates
 * @param {{ shown: number | null, onMap: boolean, asking: boolean, ask: () => void,
 *   again: () => void, toggle: (on: boolean) => void, show: (estate: number) => void }} ways
 */
export function hotSpots({ body, failed, waiting: late }, estates, ways) {
  /** @type {HotSpots | null} */
  const told = late ? null : body;
  return html`
    <section class="section hot-spots">
      <h3>${t("overview.tab.hot")}</h3>
      <p>${t("hot.says")}</p>
      <div aria-live="polite">
        ${failed ? trouble(failed, ways.again) : told ? standing(told, ways) : waiting(4)}
      </div>
      ${told?.answered ? found(told, estates, ways) : nothing}
    </section>`;
}

/** @param {HotSpots} told @param {{ asking: boolean, ask: () => void }} ways */
function standing({ state, answered }, { asking, ask }) {
  const button = (/** @type {string} */ says) =>
    html`<button class="button primary" type="button" ?disabled=${asking} @click=${ask}>${asking ? t("hot.asking") : says}</button>`;
  if (state === "ready") return nothing;
  const older = answered ? html`<p>${t("hot.older", { when: full(answered.at) })}</p>` : nothing;
  if (state === "unasked")
    return answered
      ? html`${older}${button(t("hot.again"))}`
      : html`<p>${t("hot.unasked")}</p>${button(t("hot.ask"))}`;
  if (state === "working")
    return html`${older}<p>${t("hot.working")}</p><progress aria-label=${t("hot.working")}></progress>`;
  return html`${older}${notice("bad", t("hot.failed"), button(t("hot.again")))}`;
}

/**
 * @param {HotSpots} told
 * @param {Map<number, any>} estates
 * @param {{ shown: number | null, onMap: boolean, toggle: (on: boolean) => void, show: (estate: number) => void }} ways
 */
function found(told, estates, { shown, onMap, toggle, show }) {
  const of = (/** @type {HotKind} */ kind) => told.estates.filter((each) => each.kind === kind);
  const few = of("too_few").length;
  const groups = HOT_SIGNS.map(([kind, sign]) => ({ kind, sign, rows: of(kind) })).filter(
    ({ rows }) => rows.length,
  );
  return html`
    <label class="layer"><input type="checkbox" .checked=${onMap} @change=${(/** @type {any} */ { target }) => toggle(target.checked)} />${t("hot.show")}</label>
    ${
      groups.length
        ? groups.map(
            ({ kind, sign, rows }) => html`
              <section>
                <h4><b class="hot-sign ${kind}">${sign}</b> ${t("hot.of", { kind: t(`hot.kind.${kind}`), n: whole(rows.length) })}</h4>
                <ul class="list">
                  ${rows.map(
                    ({
                      id,
                      z,
                      q,
                    }) => html`<li><button class="entry" type="button" aria-current=${id === shown} @click=${() => show(id)}>
                    <span class="grow">${estates.get(id)?.properties.name ?? id}</span>
                    <span class="tiny soft">${t("hot.values", { z: plain(z), q: plain(q) })}</span>
                  </button></li>`,
                  )}
                </ul>
              </section>`,
          )
        : told.estates.length && few === told.estates.length
          ? empty({ title: t("hot.few"), text: t("hot.fewSays", { n: few }) })
          : empty({ title: t("hot.none") })
    }
    ${few && few < told.estates.length ? html`<p class="tiny soft"><span class="badge">${t("hot.few")}</span> ${t("hot.fewSays", { n: few })}</p>` : nothing}
    <dl class="facts">
      <dt>${t("hot.method")}</dt><dd>${t("hot.methodSays", { method: told.method })}</dd>
      <dt>${t("hot.neighbours")}</dt><dd>${t("hot.neighboursSays", { n: told.neighbours, m: whole(told.farthest_m) })}</dd>
      <dt>${t("hot.permutations")}</dt><dd>${told.permutations ? whole(told.permutations) : t("hot.analytic")}</dd>
      <dt>${t("hot.seed")}</dt><dd>${told.seed}</dd>
      <dt>${t("hot.alpha")}</dt><dd>${t("hot.alphaSays", { share: percent(told.alpha) })}</dd>
      <dt>${t("hot.cells")}</dt><dd>${whole(told.cells)}</dd>
      ${told.answered ? html`<dt>${t("hot.answered")}</dt><dd>${t("hot.answeredSays", { when: full(told.answered.at), version: told.answered.version })}</dd>` : nothing}
      ${told.compared_with ? html`<dt>${t("hot.compared")}</dt><dd>${t("filter.from", { since: dayWord(told.compared_with.since), until: dayWord(told.compared_with.until) })}</dd>` : nothing}
    </dl>`;
}

/** Signs on the map. @param {HotSpots | null} told @param {Map<number, any>} estates @returns {GeoJSON.Feature[]} */
export function hotFeatures(told, estates) {
  if (!told?.answered) return [];
  const signs = new Map(HOT_SIGNS);
  return told.estates.flatMap(({ id, kind }) => {
    const sign = signs.get(/** @type {any} */ (kind));
    const geometry = estates.get(id)?.geometry;
    if (!sign || !geometry) return [];
    const said = t(`hot.kind.${kind}`);
    const point = { type: /** @type {const} */ ("Point"), coordinates: innerPoint(geometry) };
    return [{ type: "Feature", id, geometry: point, properties: { kind, sign, said } }];
  });
}
