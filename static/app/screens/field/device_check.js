/**
 * Does this browser hand out positions as they are? Found out once, at a corner that the map
 * knows; what is found holds for this tablet from then on.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 */

import { html, nothing } from "lit-html";
import { datumAt } from "../../datum.js";
import { t } from "../../words.js";
import { icon, notice } from "../parts.js";

/** @param {App} app @returns {Screen} */
export function datumScreen(app) {
  const { asking, result } = app.local;
  return {
    title: t("datum.title"),
    height: "half",
    head: html`
      <a class="button icon quiet" href="#/tablet" aria-label=${t("back")}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${t("datum.title")}</h1>
        <p class="soft small">${t("datum.now", { found: t(`datum.${app.receiver.datum()}`) })}</p></div>`,
    body: html`
      ${result ?? nothing}
      <p>${t("datum.why")}</p>
      <p><b>${t("datum.aim")}</b></p>`,
    foot: html`<div class="acts">
      <button class="button primary big grow" type="button" ?disabled=${asking} @click=${() => check(app)}>
        ${icon("locate")}${asking ? t("locate.asking") : t("datum.here")}</button></div>`,
    map: { aim: true },
    onTap(taps) {
      const [first] = taps;
      if (first) app.map().goTo(first.at, 19);
      return true;
    },
  };
}

/** @param {App} app */
async function check(app) {
  const corner = app.map().centre();
  app.local.asking = true;
  app.show();
  const told = await app.receiver.raw();
  app.local.asking = false;
  if (told.outcome === "fix") {
    const verdict = datumAt(corner, told.fix);
    if (verdict.datum) await app.device.set("position_datum", verdict.datum);
    app.local.result = said(verdict);
  } else
    app.local.result = notice("warn", t(`locate.${told.outcome}`), t(`locate.${told.outcome}.do`));
  app.show();
  app.panel().focus();
}

/** @param {ReturnType<typeof datumAt>} verdict */
function said(verdict) {
  const m = t("metres.m", { n: Math.round(verdict.offM) });
  return verdict.datum
    ? notice("good", t(`datum.found.${verdict.datum}`, { m }))
    : notice(
        "warn",
        t(`datum.unclear.${verdict.why}`, { m }),
        t(`datum.unclear.${verdict.why}.do`),
      );
}
