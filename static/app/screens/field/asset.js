/**
 * Which lane, light or charging site it is about: chosen from the list or on the map, or left
 * open.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 * @import { Asset, PlaceId, PublishedKind } from "../../types.d.ts"
 */

import { html } from "lit-html";
import { fresh } from "../../form/record.js";
import { LAYER_OF } from "../../map/assets.js";
import { idOf } from "../../map/rows.js";
import { either, t } from "../../words.js";
import { icon } from "../parts.js";

/** @param {App} app @param {{ estate: PlaceId, kind: string }} route @returns {Screen} */
export function assetScreen(app, { estate, kind: slug }) {
  const kind = /** @type {PublishedKind} */ (app.register.kind(slug));
  const choices = assetsFor(app, estate, kind);
  // What is not built yet is shown, and there is nothing to be looked at.
  const planned = choices.filter(isPlanned);
  const there = choices.filter((asset) => !isPlanned(asset));
  const draft = app.drafts.of(estate, slug) ?? fresh(estate, slug);
  const title = t(`asset.which.${/** @type {"lane"} */ (kind.asset)}`);
  /** @param {PlaceId | null} asset */
  const choose = (asset) => {
    app.drafts.keep({ ...draft, asset });
    app.go({ at: "checklist", estate, kind: slug });
  };
  return {
    title,
    head: html`
      <a class="button icon quiet" href="#/estate/${estate}" aria-label=${t("back")}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${title}</h1>
        <p class="soft small">${app.register.estate(estate)?.properties.name} · ${either(kind.title_zh, kind.title_en)}</p></div>`,
    body: html`
      <p class="soft small count">${t("asset.tap")}</p>
      <ul class="list">
        <li><button class="item" type="button" @click=${() => choose(null)}>
          <span class="grow"><b>${t("asset.whole")}</b><span class="soft small">${t("asset.whole.why")}</span></span>
          ${icon("next")}</button></li>
        ${there.map(
          (asset) => html`<li><button class="item" type="button" @click=${() => choose(asset.id)}>
            <span class="grow"><b>${assetName(asset)}</b><span class="soft small">${assetFacts(asset)}</span></span>
            ${icon("next")}</button></li>`,
        )}
        ${planned.map(
          (asset) => html`<li class="item planned"><span class="grow"><b>${assetName(asset)}</b>
            <span class="soft small">${assetFacts(asset)}</span></span></li>`,
        )}
      </ul>
      <p class="group"><a class="button wide" href="#/propose/${estate}/${LAYER_OF[/** @type {"lane"} */ (kind.asset)]}">${icon("plus")}${t("propose.missing")}</a></p>`,
    map: { estate, asset: draft.asset, assetType: kind.asset },
    onTap(taps) {
      const layer = LAYER_OF[/** @type {"lane"} */ (kind.asset)];
      const tapped = taps.find(
        (each) => each.layer === layer && there.some(({ id }) => id === idOf(each.id)),
      );
      if (tapped) choose(idOf(tapped.id));
      return true;
    },
  };
}

/** @param {App} app @param {PlaceId} estate @param {PublishedKind} kind */
export const assetsFor = (app, estate, kind) =>
  app.known.assetsOf(estate).filter(({ properties }) => properties.type === kind.asset);

/** @param {Asset} asset */
const isPlanned = ({ properties }) => properties.status === "planned";

/** Built since it was last looked at: after what is said of that. @param {Asset[]} unseen */
export const newSites = (unseen) =>
  unseen.map((asset) => html`<br>${t("asset.new", { name: assetName(asset) })}`);

/** @param {Asset} asset */
export const assetName = ({ properties: { name, code, type } }) =>
  [name, code].filter(Boolean).join(" ") || t(`asset.${/** @type {"lane"} */ (type)}`);

/** @param {Asset} asset */
function assetFacts({ properties }) {
  const { width_m: width, ports, bays, status, proposed, unconfirmed } = properties;
  return [
    proposed && unconfirmed ? t("proposed.proposed") : "",
    width === null ? "" : t("asset.width", { n: width }),
    ports === null ? "" : t("asset.ports", { n: ports }),
    bays === null ? "" : t("asset.bays", { n: bays }),
    status === "planned" ? t("asset.planned") : "",
  ]
    .filter(Boolean)
    .join(" · ");
}
