/**
 * The server has it: what was found, how the position was graded, and what to do next.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 */

import { html } from "lit-html";
import { either, t } from "../../words.js";
import { empty, icon, notice } from "../parts.js";

/** @param {App} app @param {{ id: string }} route @returns {Screen} */
export function sentScreen(app, { id }) {
  const entry = app.journal.get(id);
  const title = t("sent.title");
  const head = html`
    <a class="button icon quiet" href="#/" aria-label=${t("find.title")}>${icon("back")}</a>
    <h1 tabindex="-1" class="grow">${title}</h1>`;
  if (!entry)
    return {
      title,
      head,
      body: empty({
        title: t("sent.gone"),
        act: t("mine.title"),
        onAct: () => app.go({ at: "mine" }),
      }),
    };
  const { estate: estateId, kind: slug } = entry.content;
  const estate = app.register.estate(estateId);
  const { placed, distance_m: metres, findings = [] } = entry.reply.properties ?? entry.reply;
  const kind = app.register.kind(slug);
  const others = app.register.kinds().filter((each) => each.slug !== slug);
  return {
    title,
    head,
    body: html`
      ${notice(
        "good",
        t("sent.received"),
        html`<p>${estate?.properties.name} · ${kind ? either(kind.title_zh, kind.title_en) : slug}</p>
          <p>${findings.length ? t("sent.findings", { n: findings.length }) : t("sent.clean")}</p>
          <p class="soft small">${t(`placed.${/** @type {"far"} */ (placed)}`, { n: Math.round(metres ?? 0) })}</p>
          <p class="soft tiny">${t("sent.number")} ${id}</p>`,
      )}
      <section class="group"><h2>${t("sent.next")}</h2>
        <ul class="kinds">
          ${others.map(
            (each) => html`<li><a class="kind" href="#/estate/${estateId}/${each.slug}">
              <b class="grow">${either(each.title_zh, each.title_en)}</b>${icon("next")}</a></li>`,
          )}
          <li><a class="kind" href="#/"><b class="grow">${t("sent.another")}</b>${icon("next")}</a></li>
        </ul>
      </section>`,
    foot: html`<div class="acts">
      <a class="button big grow" href="#/record/${id}">${t("record.title")}</a>
      <a class="button primary big grow" href="#/estate/${estateId}">${t("sent.back")}</a>
    </div>`,
    map: {
      also: entry.content.location?.coordinates ?? null,
      estate: estateId,
      asset: entry.content.asset,
      assetType: kind?.asset ?? null,
    },
  };
}
