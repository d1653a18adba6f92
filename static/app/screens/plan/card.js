/** What is known of the thing that was tapped. */

import { html, nothing } from "lit-html";
import { either, t } from "../../words.js";
import { empty, icon, severityBadge, time, waiting } from "../parts.js";

/** Where the registers keep what a layer draws. */
const ADMIN = /** @type {Record<string, string>} */ ({
  estates: "estate",
  communities: "community",
});

/**
 * @param {{ layer: string, row: any } | "loading" | "gone"} chosen
 * @param {{ mayKeep: boolean, close: () => void }} may
 */
export function card(chosen, { mayKeep, close }) {
  if (chosen === "loading") return html`<div class="feature-card card">${waiting(3)}</div>`;
  if (chosen === "gone")
    return html`<div class="feature-card card">
      ${empty({ title: t("plan.gone"), act: t("plan.close"), onAct: close })}
    </div>`;
  const { layer, row } = chosen;
  const facts = factsOf(layer, row.properties);
  return html`
    <article class="feature-card card">
      <header>
        <div>
          <h2>${titleOf(layer, row)}</h2>
          <p>${t(/** @type {any} */ (`map.${layer}`))}</p>
        </div>
        <button class="button icon quiet" type="button" title=${t("plan.close")} aria-label=${t("plan.close")} @click=${close}>
          ${icon("close")}
        </button>
      </header>
      <dl class="facts">
        ${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}
      </dl>
      ${
        mayKeep && layer !== "findings"
          ? html`<a class="button" href="/admin/geo/${ADMIN[layer] ?? "asset"}/${row.id}/change/">${t("plan.edit")}</a>`
          : nothing
      }
    </article>`;
}

/** @param {string} layer @param {any} row */
function titleOf(layer, { properties: its, id }) {
  if (layer === "findings") return `${its.item} ${either(its.item_zh, its.item_en)}`;
  return (
    either(its.name, its.name_en) || its.code || `${t(/** @type {any} */ (`map.${layer}`))} ${id}`
  );
}

/**
 * @param {string} layer
 * @param {any} its
 * @returns {[string, any][]}
 */
function factsOf(layer, its) {
  if (layer === "findings")
    return [
      [t("fact.severity"), severityBadge(its.severity)],
      [t("fact.estate"), its.estate_name],
      [t("fact.found"), time(its.recorded_at)],
      [t("fact.status"), its.closed_at ? t("fact.settled") : t("fact.open")],
      ...told(t("fact.closed"), its.closed_at && time(its.closed_at)),
    ];
  if (layer === "communities") return [...told(t("fact.code"), its.code), ...shape(its)];
  if (layer === "estates")
    return [
      [t("fact.community"), its.community_name],
      ...told(t("fact.code"), its.code),
      [
        t("fact.company"),
        its.company_name || (its.has_company === false ? t("fact.companyNone") : t("fact.unknown")),
      ],
      [t("fact.households"), its.households ?? t("fact.unknown")],
      [t("fact.ebikes"), its.ebikes ?? t("fact.unknown")],
      [t("fact.height"), t(/** @type {any} */ (`fact.height.${its.height_class}`))],
      ...told(t("fact.target"), its.target_year),
      ...shape(its),
    ];
  return [
    ...told(t("fact.code"), its.code),
    ...told(t("fact.estate"), its.estate_name),
    ...told(
      t("fact.width"),
      its.width_m === null || its.width_m === undefined ? "" : `${its.width_m} m`,
    ),
    ...told(t("fact.ports"), its.ports),
    ...told(t("fact.bays"), its.bays),
    ...told(
      t("fact.indoor"),
      its.indoor === null || its.indoor === undefined
        ? ""
        : its.indoor
          ? t("fact.yes")
          : t("fact.no"),
    ),
    ...(layer === "charging_sites"
      ? told(t("fact.status"), t(/** @type {any} */ (`fact.status.${its.status}`)))
      : []),
    [t("fact.owner"), t(/** @type {any} */ (`fact.owner.${its.owner}`))],
    ...shape(its),
  ];
}

/**
 * A fact, or none where there is nothing to tell.
 * @param {string} name @param {any} value @returns {[string, any][]}
 */
const told = (name, value) => (value || value === 0 ? [[name, value]] : []);

/** @param {any} its */
const shape = ({ unconfirmed }) => told(t("fact.shape"), unconfirmed ? t("fact.unconfirmed") : "");
