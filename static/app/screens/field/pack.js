/**
 * The pack: what is taken along before there is no network. At the first start it is all there is
 * to see.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { bytes } from "../../storage.js";
import { either, t } from "../../words.js";
import { empty, icon, notice, time, waiting } from "../parts.js";

/** @param {App} app @returns {Screen} */
export function packScreen(app) {
  const taken = app.packs.taken();
  const { state } = app.packs;
  const title = taken ? t("pack.title") : t("pack.welcome");
  if (!state.communities && !state.listing && !state.end && !app.local.looked) {
    app.local.looked = true;
    // Not while it is being drawn.
    queueMicrotask(() => app.packs.look());
  }
  return {
    title,
    height: taken ? "half" : "full",
    mode: taken ? "" : "welcome",
    head: html`${taken ? html`<a class="button icon quiet" href="#/" aria-label=${t("back")}>${icon("back")}</a>` : nothing}
      <div class="grow"><h1 tabindex="-1">${title}</h1>
        ${taken ? html`<p class="soft small">${told(taken.at)}</p>` : nothing}</div>`,
    body: html`
      ${taken ? nothing : html`<p class="soft">${t("pack.welcome.why")}</p>`}
      ${ended(app)}
      ${choice(app)}`,
    foot: foot(app),
  };
}

/** Of when it is. @param {string} at */
function told(at) {
  const [before = "", after = ""] = t("pack.of", { when: "\u0000" }).split("\u0000");
  return html`${before}${time(at)}${after}`;
}

/** How the last attempt ended. @param {App} app */
function ended(app) {
  const { end, taking } = app.packs.state;
  const taken = app.packs.taken();
  if (taking || !end || end.outcome === "received") return nothing;
  if (end.outcome === "signed_out")
    return notice(
      "warn",
      t("pack.signed_out"),
      html`<a class="button primary" href="/sign-in/?next=/field/">${t("signed_out.act")}</a>`,
    );
  if (end.outcome === "cancelled") return notice("", t("pack.stopped"));
  if (end.outcome === "refused" && end.code === "full") return notice("bad", t("pack.full"));
  if (taken) return notice("warn", t("pack.failed"));
  return notice("warn", t("unreachable.title"), t("pack.unreachable"));
}

/** @param {App} app */
function choice(app) {
  const { communities, listing, sizes, base, chosen, taking } = app.packs.state;
  if (!communities) return listing ? waiting(4) : nothing;
  if (!communities.length) return empty({ title: t("find.none"), text: t("find.none.why") });
  return html`<section class="group"><h2 id="communities">${t("pack.communities")}</h2>
    <ul class="list" aria-labelledby="communities">${communities.map(({ id, properties }) => {
      const size = sizes.get(id);
      return html`<li><label class="item check"><input type="checkbox" ?disabled=${taking}
          .checked=${live(chosen.has(id))} @change=${() => app.packs.choose(id)}><i></i>
        <span class="grow">${either(properties.name, properties.name_en)}</span>
        <span class="soft small">${size ? bytes(size) : size === null ? t("pack.size_unknown") : t("pack.sizing")}</span></label></li>`;
    })}</ul>
    ${base ? html`<p class="soft small">${t("pack.base", { size: bytes(base) })}</p>` : nothing}
  </section>`;
}

/** @param {App} app */
function foot(app) {
  const { state } = app.packs;
  const { communities, sizes, base, chosen, taking, quiet, progress, end } = state;
  const taken = app.packs.taken();
  if (taking)
    return html`
      ${
        progress
          ? html`<p class="soft small">${t(`pack.stage.${progress.stage}`)} ${t("pack.taking", { done: bytes(progress.done), of: bytes(progress.total) })}</p>
            <progress class="sending-progress" max=${progress.total || 1} value=${progress.done} aria-label=${t("pack.title")}></progress>`
          : html`<p class="soft small" role="status">${quiet ? t("pack.refreshing") : t("pack.begun")}</p>`
      }
      <div class="acts"><button class="button big grow" type="button" @click=${() => app.packs.cancel()}>${t("pack.stop")}</button></div>`;
  if (!communities)
    return state.listing
      ? undefined
      : html`<div class="acts"><button class="button big grow" type="button" @click=${() => app.packs.look()}>${t("again")}</button></div>`;
  const ids = [...chosen];
  const total = ids.reduce((sum, id) => sum + (sizes.get(id) ?? 0), base);
  const same =
    taken &&
    taken.communities.length === ids.length &&
    ids.every((id) => taken.communities.includes(id));
  const stopped = end?.outcome === "cancelled";
  return html`${same ? nothing : html`<p class="soft small">${t("pack.total", { size: bytes(total) })}</p>`}
    <div class="acts"><button class="button primary big grow" type="button" ?disabled=${!ids.length}
      @click=${() => app.packs.take(ids)}>${stopped ? t("pack.resume") : same ? t("pack.refresh") : t("pack.take")}</button></div>`;
}
