/**
 * It is recorded: first on the tablet, then with the server, and always what is true of it now.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 * @import { Kept } from "../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import { innerPoint } from "../../metres.js";
import { findingsOf } from "../../own.js";
import { factsOf } from "../../store/register.js";
import { either, t } from "../../words.js";
import { empty, icon, notice } from "../parts.js";
import { standsFor } from "./entry.js";
import { matterOf } from "./rechecks.js";
import { refusalWord } from "./refusals.js";

/** @param {App} app @param {{ id: string }} route @returns {Screen} */
export function sentScreen(app, { id }) {
  const entry = app.known.entry(id);
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
  const content = JSON.parse(entry.body);
  const estate = app.known.estate(content.estate);
  const kind = app.register.kind(entry.kind);
  const others = app.register.kinds().filter((each) => each.slug !== entry.kind);
  return {
    title,
    head,
    body: html`
      ${told(app, entry, content)}
      ${fixes(app, entry)}
      <section class="group"><h2>${t("sent.next")}</h2>
        <ul class="kinds">
          ${others.map(
            (each) => html`<li><a class="kind" href="#/estate/${content.estate}/${each.slug}">
              <b class="grow">${either(each.title_zh, each.title_en)}</b>${icon("next")}</a></li>`,
          )}
          <li><a class="kind" href="#/day"><b class="grow">${t("day.title")}</b>${icon("next")}</a></li>
          <li><a class="kind" href="#/"><b class="grow">${t("sent.another")}</b>${icon("next")}</a></li>
        </ul>
      </section>`,
    foot: html`<div class="acts">
      <a class="button big grow" href="#/entry/${id}">${t("record.title")}</a>
      <a class="button primary big grow" href="#/estate/${content.estate}">${t("sent.back")}</a>
    </div>`,
    map: {
      also:
        content.location?.coordinates ?? (estate?.geometry ? innerPoint(estate.geometry) : null),
      estate: content.estate,
      asset: content.asset ?? null,
      assetType: kind?.asset ?? null,
    },
  };
}

/** What was found can be put right at once, by whoever stands before it. @param {App} app @param {Kept} entry */
function fixes(app, { id }) {
  const cases = app.known
    .own()
    .filter(({ inspection }) => inspection === id)
    .flatMap((finding) => app.known.case(finding.case ?? "") ?? []);
  if (!cases.length) return nothing;
  return html`<section class="group" aria-labelledby="found"><h2 id="found">${t("sent.fix")}</h2>
    <ul class="list">${cases.map(
      (each) => html`<li><a class="item" href="#/case/${each.id}">
        <span class="grow"><b>${matterOf(app, each)}</b><span class="soft small">${each.item}</span></span>
        ${each.move ? html`<span class="badge good">${t(`move.${each.move.name}`)}</span>` : html`<span class="badge accent">${t("move.fix_on_spot")}</span>`}
        ${icon("next")}</a></li>`,
    )}</ul></section>`;
}

/** @param {App} app @param {Kept} entry @param {any} content */
function told(app, entry, content) {
  const { standing, outcomes, id } = entry;
  const kind = app.register.kind(entry.kind);
  const facts = factsOf(
    app.known.estate(content.estate),
    app.known.asset(content.estate, content.asset ?? null),
  );
  const found = kind ? findingsOf(entry, kind, facts).length : 0;
  const again = Object.keys(content.same_as ?? {}).length;
  /** What the server made of it. */
  const answer = outcomes.findLast(({ what }) => what === "received")?.answer;
  const back = standing === "refused";
  return notice(
    back ? "bad" : standing === "waiting" ? "" : "good",
    t(`entry.${standing}`),
    html`<p>${app.known.estate(content.estate)?.properties.name} · ${kind ? either(kind.title_zh, kind.title_en) : entry.kind}</p>
      ${found || !again ? html`<p>${found ? t("sent.findings", { n: found }) : t("sent.clean")}</p>` : nothing}
      ${again ? html`<p>${t("sent.again", { n: again })}</p>` : nothing}
      ${back ? html`<p>${refusalWord(entry)}</p><a class="button" href="#/entry/${id}">${t("entry.why")}</a>` : html`<p class="soft small" role="status">${standsFor(entry)}</p>`}
      ${answer?.placed ? html`<p class="soft small">${t(`placed.${/** @type {"far"} */ (answer.placed)}`, { n: Math.round(answer.distance_m ?? 0) })}</p>` : nothing}
      <p class="soft tiny">${t("sent.number")} ${id}</p>`,
  );
}
