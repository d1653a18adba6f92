/**
 * One proposed site: what the rules say of it, what is told of it, what is done about it, and
 * what was done before.
 *
 * @import { View, World } from "./work.js"
 */

import { html, nothing } from "lit-html";
import { TABS } from "../../drawing/address.js";
import { worstOf } from "../../drawing/verdicts.js";
import { t } from "../../words.js";
import { empty, icon, notice } from "../parts.js";
import { checks, lookBadge } from "./checks.js";
import { openEffect } from "./effect.js";
import { facts } from "./facts.js";
import { openLife } from "./life.js";
import { openPast } from "./past.js";
import { race } from "./race.js";

/** @param {World} world */
export function openProposal(world) {
  const effect = openEffect(world);
  const life = openLife(world);
  const past = openPast(world);

  /** @param {View} view */
  function head(view) {
    const fields = view.fieldsOf(view.picked);
    const row = view.session.get(view.picked);
    const verdicts = view.knownOf(view.picked);
    return html`
      <header class="plan-head">
        <button
          class="button icon quiet"
          type="button"
          title=${t("site.back")}
          aria-label=${t("site.back")}
          @click=${() => view.pick("")}
        >
          ${icon("back")}
        </button>
        <div class="grow">
          <h2>${fields?.name || t("site.unnamed")}</h2>
          <p class="soft small">
            ${view.session.head()?.name} ·
            ${t(/** @type {any} */ (`site.state.${row?.base?.state ?? "proposed"}`))}
            ${verdicts ? lookBadge(worstOf(verdicts)) : nothing}
          </p>
        </div>
        <button
          class="button icon quiet"
          type="button"
          title=${t("site.show")}
          aria-label=${t("site.show")}
          @click=${() => view.goTo(view.picked)}
        >
          ${icon("pin")}
        </button>
        ${
          view.mayDraw(view.picked)
            ? html`<button
                class="button icon quiet"
                type="button"
                title=${t("site.takeOut")}
                aria-label=${t("site.takeOut")}
                @click=${() => view.takeOut(view.picked)}
              >
                ${icon("bin")}
              </button>`
            : nothing
        }
      </header>`;
  }

  const tabs = () => html`
    <div class="choices" role="group" aria-label=${t("site.tabs")}>
      ${TABS.map(
        (tab) => html`<button
          class="button"
          type="button"
          aria-pressed=${world.place().tab === tab}
          @click=${() => world.go({ tab })}
        >
          ${t(`site.tab.${tab}`)}
        </button>`,
      )}
    </div>`;

  /** @param {View} view */
  function body(view) {
    const { tab } = world.place();
    const fields = view.fieldsOf(view.picked);
    if (!fields) return nothing;
    if (tab === "life") return html`${life.template(view)} ${effect.template(view)}`;
    if (tab === "past") return past.template(view);
    if (tab === "facts")
      return html`
        ${view.mayEdit && !view.mayDraw(view.picked) ? html`<p class="soft small">${t("site.locked")}</p>` : nothing}
        ${facts({ fields, may: view.mayDraw(view.picked), estates: world.estates, set: view.set, pad: view.pad })}
      `;
    return checks({
      here: view.verdictsOf(view.picked),
      checked: view.checkedOf(view.picked),
      dragging: view.dragging,
      unread: view.unread,
      look: view.look,
      again: view.again,
    });
  }

  return {
    /** @param {View} view @param {unknown} saving */
    template(view, saving) {
      const row = view.session.get(view.picked);
      if (!row)
        return empty({
          title: t("site.gone"),
          act: t("site.back"),
          onAct: () => view.pick(""),
        });
      const names = new Map(world.estates.map(({ id, properties: its }) => [Number(id), its.name]));
      return html`
        ${head(view)} ${saving}
        ${row.race ? race(row, (side, fields) => view.session.choose(row.id, side, fields), names) : nothing}
        ${
          row.refusal
            ? notice(
                "bad",
                t("save.refusedSays", { why: row.refusal }),
                html`<button class="button" type="button" @click=${() => view.session.again(row.id)}>
                  ${t("save.again")}
                </button>`,
              )
            : nothing
        }
        ${tabs()} ${body(view)}
      `;
    },
  };
}
