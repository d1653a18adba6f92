/**
 * The terms on which the best set of sites is asked for.
 *
 * @import { Terms } from "../../weighing/types.d.ts"
 */

import { html, nothing } from "lit-html";
import { FIRST, MODELS } from "../../weighing/terms.js";
import { either, t } from "../../words.js";
import { notice } from "../parts.js";
import { chosen, numbered } from "./fields.js";

/**
 * @param {{ terms: Terms, wrong: Partial<Record<keyof Terms, "needed" | "many">>, refusal: string,
 *   communities: any[], closed: boolean, run: () => void,
 *   set: <K extends keyof Terms>(name: K, value: Terms[K]) => void }} form `closed`: one is on its
 *   way, or running
 */
export function termsForm({ terms, wrong, refusal, communities, closed, run, set }) {
  /** @param {"number" | "budget_yuan" | "radius_m" | "spacing_m" | "grid_m" | "ports" | "bays" | "cost_yuan" | "seconds" | "curve_to"} name @param {string} says @param {{ whole?: boolean, needed?: boolean, without?: string, step?: number, least?: number }} [how] */
  const number = (name, says, how = {}) => html`
    ${numbered({
      id: `select-${name}`,
      says,
      value: terms[name],
      ...how,
      onChange: (value) =>
        set(name, /** @type {any} */ (value ?? (how.needed ? FIRST[name] : null))),
    })}
    ${wrong[name] ? html`<p class="wrong" role="alert">${t(`select.${wrong[name]}`)}</p>` : nothing}`;

  /** @param {"capacitated" | "one_per_estate"} name @param {string} says */
  const tick = (name, says) => html`
    <label class="layer">
      <input
        type="checkbox"
        .checked=${terms[name]}
        @change=${(/** @type {any} */ { target }) => set(name, target.checked)}
      />
      ${says}
    </label>`;

  return html`
    <form class="section" novalidate @submit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      run();
    }}>
      ${chosen({
        id: "select-model",
        says: t("select.model"),
        value: terms.model,
        options: MODELS.map((each) => [each, t(`select.model.${each}`)]),
        onChange: (value) => set("model", /** @type {Terms["model"]} */ (value)),
      })}
      ${chosen({
        id: "select-community",
        says: t("plans.community"),
        value: String(terms.communities[0] ?? ""),
        options: [
          ["", t("select.wholePlan")],
          ...communities.map(
            ({ id, properties: its }) =>
              /** @type {[string, string]} */ ([String(id), either(its.name, its.name_en)]),
          ),
        ],
        onChange: (value) => set("communities", value ? [Number(value)] : []),
      })}
      <div class="terms-grid">
        <div>${number("number", t("select.number"), { whole: true, step: 1, least: 1, without: t("select.noLimit") })}</div>
        <div>${number("budget_yuan", t("select.budget"), { whole: true, step: 10_000, without: t("select.noLimit") })}</div>
        <div>${number("radius_m", t("select.radius"), { step: 10, least: 1, without: t("select.noLimit") })}</div>
      </div>
      <fieldset class="plain">
        <legend>${t("select.each")}</legend>
        <div class="terms-grid">
          <div>${number("ports", t("select.ports"), { whole: true, step: 1, needed: true })}</div>
          <div>${number("bays", t("select.bays"), { whole: true, step: 1, needed: true })}</div>
          <div>${number("cost_yuan", t("select.cost"), { whole: true, step: 1000, needed: true })}</div>
        </div>
      </fieldset>
      <details>
        <summary>${t("select.more")}</summary>
        ${tick("capacitated", t("select.capacitated"))} ${tick("one_per_estate", t("select.onePer"))}
        <div class="terms-grid">
          <div>${number("spacing_m", t("select.spacing"), { step: 10, needed: true })}</div>
          <div>${number("grid_m", t("select.grid"), { step: 5, least: 5, needed: true })}</div>
          <div>${number("seconds", t("select.seconds"), { step: 10, least: 1, needed: true })}</div>
          ${terms.model === "lscp" ? nothing : html`<div>${number("curve_to", t("select.curve"), { whole: true, step: 1, least: 2, without: t("select.noCurve") })}</div>`}
        </div>
      </details>
      ${refusal ? notice("bad", refusal) : nothing}
      <button class="button primary" aria-disabled=${closed}>${t("select.run")}</button>
    </form>`;
}
