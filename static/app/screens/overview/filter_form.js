/**
 * What the page is narrowed to: folded away, with what is chosen in sight.
 *
 * @import { Many, View } from "../../leading/view.js"
 * @typedef {[key: string, word: string]} Option
 * @typedef {{ kinds: any[], communities: any[], estates: any[], companies: any[],
 *   mayOpenCases: boolean, demonstration: boolean }} Known `mayOpenCases`: is that page open to the
 *   reader?
 */

import { html, nothing } from "lit-html";
import { lastDays, today } from "../../days.js";
import { narrowing, PERIODS, periodOf, widened } from "../../leading/view.js";
import { dayWord } from "../../when.js";
import { either, severityWord, t } from "../../words.js";

/** @param {View} view @param {Known} known @param {(change: Partial<View>) => void} narrow */
export function filterForm(view, known, narrow) {
  const wrong = Boolean(view.since && view.until && view.since > view.until);
  return html`
    <details class="filter-fold no-print" ?open=${wrong}>
      <summary><b>${t("filter.title")}</b> <span>${saidOf(view, known)}</span></summary>
      <form class="filters" aria-label=${t("filter.title")} @submit=${stay}>
        ${period(view, wrong, narrow)}
        ${choosing(view, "kind", t("filter.kindAll"), kindsOf(known), (kind) => narrow({ kind, item: [] }))}
        ${choosing(view, "severity", t("filter.severityAll"), SEVERITIES(), (severity) => narrow({ severity }))}
        ${choosing(view, "item", t("filter.itemAll"), itemsOf(known, view), (item) => narrow({ item }))}
        ${choosing(view, "community", t("filter.communityAll"), namesOf(known.communities), (community) => narrow({ community, estate: [] }))}
        ${choosing(
          view,
          "company",
          t("filter.companyAll"),
          known.companies.map(({ key, name }) => /** @type {Option} */ ([String(key), name])),
          (company) => narrow({ company }),
        )}
        ${choosing(view, "estate", t("filter.estateAll"), estatesOf(known, view), (estate) => narrow({ estate }))}
        <button class="button quiet whole" type="button" @click=${() => narrow({ ...widened(view), as_of: "" })}>${t("filter.clear")}</button>
      </form>
    </details>`;
}

/** In words: for the fold, for pictures and paper. @param {View} view @param {Known} known */
export function saidOf(view, known) {
  /** @param {Option[]} options @param {string[]} keys */
  const words = (options, keys) =>
    keys.map((key) => options.find(([each]) => each === key)?.[1] ?? key);
  const named = periodOf(view, today());
  const span = t("filter.from", {
    since: view.since ? dayWord(view.since) : t("filter.first"),
    until: view.until ? dayWord(view.until) : t("filter.today"),
  });
  return [
    named === 0 ? t("filter.allTime") : named ? t("filter.days", { n: named }) : span,
    ...words(kindsOf(known), view.kind),
    ...words(itemsOf(known, view), view.item),
    ...words(SEVERITIES(), view.severity),
    ...words(namesOf(known.communities), view.community),
    ...view.company.map(
      (key) => known.companies.find((each) => String(each.key) === key)?.name ?? key,
    ),
    ...words(estatesOf(known, view), view.estate),
  ].join(" · ");
}

/** @param {View} view @param {boolean} wrong @param {(change: Partial<View>) => void} narrow */
const period = (view, wrong, narrow) => {
  const now = today();
  const named = periodOf(view, now);
  return html`
    <div class="field whole" role="group" aria-label=${t("filter.period")}>
      <span class="label">${t("filter.period")}</span>
      <div class="choices">
        ${PERIODS.map((days) => choice(t("filter.days", { n: days }), named === days, () => narrow(lastDays(days, now))))}
        ${choice(t("filter.allTime"), named === 0, () => narrow({ since: "", until: "" }))}
      </div>
      <div class="between three">
        ${dayField("since", t("filter.since"), view.since, wrong, narrow)}
        ${dayField("until", t("filter.until"), view.until, wrong, narrow)}
        ${dayField("as_of", t("filter.asOf"), view.as_of, false, narrow)}
      </div>
      ${wrong ? html`<p class="wrong" role="alert">${t("filter.wrong")}</p>` : nothing}
    </div>`;
};

/** @param {Known} known @returns {Option[]} */
const kindsOf = ({ kinds }) =>
  kinds.map(({ slug, title_zh, title_en }) => [slug, either(title_zh, title_en)]);

/** @returns {Option[]} */
const SEVERITIES = () => [1, 2, 3].map((each) => [String(each), severityWord(each)]);

/** Of the kinds that are chosen. @param {Known} known @param {View} view @returns {Option[]} */
const itemsOf = ({ kinds }, { kind }) =>
  kinds
    .filter(({ slug }) => !kind.length || kind.includes(slug))
    .flatMap(({ items }) =>
      items.map((/** @type {any} */ { code, zh, en }) => [code, `${code} ${either(zh, en)}`]),
    );

/** @param {any[]} places @returns {Option[]} */
const namesOf = (places) =>
  places.map(({ id, properties: { name, name_en } }) => [String(id), either(name, name_en)]);

/** Of the communities that are chosen. @param {Known} known @param {View} view @returns {Option[]} */
const estatesOf = ({ estates }, { community }) =>
  namesOf(
    estates.filter(
      ({ properties }) => !community.length || community.includes(String(properties.community)),
    ),
  );

/**
 * One of them by hand; an address may name several.
 *
 * @param {View} view
 * @param {Many} name
 * @param {string} all
 * @param {Option[]} options
 * @param {(value: string[]) => void} onChange
 */
function choosing(view, name, all, options, onChange) {
  const chosen = view[name];
  return html`
    <div class="field">
      <label for=${`filter-${name}`}>${t(`filter.${name}`)}</label>
      <select class="input" id=${`filter-${name}`}
        @change=${(/** @type {any} */ { target }) => onChange(target.value ? target.value.split(",") : [])}>
        <option value="" ?selected=${!chosen.length}>${all}</option>
        ${chosen.length > 1 ? html`<option value=${chosen.join(",")} selected>${t("filter.several", { n: chosen.length })}</option>` : nothing}
        ${options.map(([key, word]) => html`<option value=${key} ?selected=${chosen.length === 1 && chosen[0] === key}>${word}</option>`)}
      </select>
    </div>`;
}

/** Whether anything but the period narrows it. @param {View} view */
export const isNarrowed = (view) => narrowing(view) > 0;

/** @param {Event} event */
const stay = (event) => event.preventDefault();

/** @param {string} says @param {boolean} pressed @param {() => void} onClick */
export const choice = (says, pressed, onClick) => html`
  <button class="button" type="button" aria-pressed=${pressed} @click=${onClick}>${says}</button>`;

/**
 * @param {"since" | "until" | "as_of"} name
 * @param {string} says
 * @param {string} value
 * @param {boolean} wrong
 * @param {(change: Partial<View>) => void} narrow
 */
const dayField = (name, says, value, wrong, narrow) => html`
  <label class="field">
    <span class="tiny soft">${says}</span>
    <input class="input" type="date" .value=${value} aria-invalid=${wrong}
      @change=${(/** @type {any} */ event) => narrow({ [name]: event.target.value })} />
  </label>`;
