/**
 * Where the record was made: by the receiver, or set on the map by hand. Never asked for before
 * it is needed, never needed to go on.
 *
 * @import { App } from "./app.js"
 * @import { Draft } from "../../store/drafts.js"
 * @import { Screen } from "./screens.js"
 * @import { PlaceId, Position } from "../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import { distanceToM } from "../../metres.js";
import { format } from "../../routes.js";
import { full } from "../../when.js";
import { t } from "../../words.js";
import { icon, notice } from "../parts.js";
import { distance } from "./find.js";
import { byHand, nameOf } from "./place.js";

/** Beyond this and the receiver's own doubt, one may be in the wrong estate. */
const FAR_M = 100;
/** A position vaguer than this says little inside an estate. */
const VAGUE_M = 50;

/** @param {App} app @param {Draft} draft */
export function positionCard(app, draft) {
  const { position } = draft;
  const asking = app.local.located === "asking";
  const failed =
    app.local.located && !asking && app.local.located.outcome !== "fix"
      ? app.local.located.outcome
      : null;
  return html`
    <div class="position">
      ${stands(app, draft)}
      ${position ? held(app, draft, position) : html`<p class="soft">${asking ? t("locate.asking") : t("position.none")}</p>`}
      ${failed ? notice("warn", t(`locate.${/** @type {"denied"} */ (failed)}`), t(`locate.${/** @type {"denied"} */ (failed)}.do`)) : nothing}
      <div class="acts">
        <button class="button big grow" type="button" ?disabled=${asking} @click=${() => take(app, draft)}>${icon("locate")}${position?.source === "gps" ? t("position.renew") : t("position.take")}</button>
        <button class="button big grow" type="button" @click=${() => place(app, draft)}>${icon("pin")}${t("position.place")}</button>
        <a class="button big grow" href=${format({ at: "place", estate: draft.estate, kind: draft.kind })}>${icon("scan")}${t("place.open")}</a>
      </div>
    </div>`;
}

/** Building, floor and part of the estate, where they were said. @param {App} app @param {Draft} draft */
function stands(app, { estate, building, floor, zone }) {
  const row = app.register.buildingsOf(estate).find(({ id }) => id === building);
  const said = [row ? nameOf(row) : "", floor, zone].filter(Boolean).join(" · ");
  return said ? html`<p><b>${said}</b></p>` : nothing;
}

/** @param {App} app @param {Draft} draft @param {Position} position */
function held(app, draft, { point, source, accuracyM, at, doubts = [] }) {
  const shape = app.register.estate(draft.estate)?.geometry;
  const metres = shape ? distanceToM(point, shape) : null;
  return html`
    <dl class="facts">
      <dt>${t("position.source")}</dt><dd>${t(`position.${/** @type {"gps"} */ (source)}`)}</dd>
      ${accuracyM === null ? nothing : html`<dt>${t("position.accuracy")}</dt><dd>± ${t("metres.m", { n: Math.round(accuracyM) })}</dd>`}
      ${source === "last_fix" && at ? html`<dt>${t("place.age")}</dt><dd>${full(at)}</dd>` : nothing}
      ${metres === null ? nothing : html`<dt>${t("position.estate")}</dt><dd>${metres < 1 ? t("position.inside") : distance(metres)}</dd>`}
    </dl>
    ${metres !== null && metres > FAR_M + (accuracyM ?? 0) ? notice("warn", t("position.away"), t("position.away.do")) : nothing}
    ${doubts.map((doubt) => notice("warn", t(`doubt.${doubt}`), t("doubt.note")))}
    ${accuracyM !== null && accuracyM > VAGUE_M && !doubts.includes("coarse") ? notice("warn", t("position.vague"), t("position.vague.do")) : nothing}`;
}

/**
 * Where the person said yes before, the position is taken without asking again.
 *
 * @param {App} app
 * @param {{ estate: PlaceId, kind: string }} route
 */
export async function takeIfAllowed(app, { estate, kind }) {
  const draft = app.drafts.of(estate, kind);
  if (!draft || draft.position || !navigator.permissions) return;
  const { state } = await navigator.permissions.query({ name: "geolocation" });
  if (state === "granted" && app.route.at === "review") await take(app, draft);
}

/** @param {App} app @param {Draft} draft */
async function take(app, draft) {
  app.local.located = "asking";
  app.show();
  const located = await app.receiver.ask();
  app.local.located = located;
  if (located.outcome === "fix") {
    // Something may have been written while the receiver was asked.
    const now = app.drafts.of(draft.estate, draft.kind) ?? draft;
    app.drafts.keep({ ...now, position: located.position, recordedAt: null });
    app.map().goTo(located.position.point);
  }
  app.show();
}

/** @param {App} app @param {Draft} draft */
function place(app, draft) {
  app.local.placing = true;
  app.show();
  if (draft.position) app.map().goTo(draft.position.point, 18);
  app.panel().focus();
}

/** The map is moved under a cross: more exact than a finger. @param {App} app @param {Draft} draft @returns {Screen} */
export function placingScreen(app, draft) {
  const done = () => {
    app.local.placing = false;
    app.show();
    app.panel().focus();
  };
  return {
    title: t("position.place"),
    height: "low",
    mode: "placing",
    head: html`<div class="grow"><h1 tabindex="-1">${t("position.place")}</h1><p class="soft small">${t("position.aim")}</p></div>`,
    body: html`<div class="acts">
      <button class="button big grow" type="button" @click=${done}>${t("cancel")}</button>
      <button class="button primary big grow" type="button" @click=${() => {
        app.drafts.keep({
          ...draft,
          recordedAt: null,
          position: byHand(app, app.map().centre()),
        });
        app.local.located = null;
        done();
      }}>${t("position.here")}</button>
    </div>`,
    map: { estate: draft.estate, position: draft.position, aim: true },
    onTap(taps) {
      const [first] = taps;
      if (first) app.map().goTo(first.at, 0);
      return true;
    },
  };
}
