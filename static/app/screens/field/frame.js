/**
 * What stands around the screens: the words that the page itself holds, in the language spoken,
 * and one line below the bar for what needs a hand now.
 *
 * @import { App } from "./app.js"
 */

import { html, nothing, render } from "lit-html";
import { spoken, t } from "../../words.js";
import { whyFailed } from "./tablet.js";
import { isSignedOut } from "./waiting.js";

/** Screens on which something is being filled in: nothing may change under it. */
const FILLING = new Set([
  ...["asset", "checklist", "review", "camera", "photos", "place", "scan"],
  ...["case", "case_camera", "case_photos", "sheet"],
]);

/** @param {App} app */
export function openFrame(app) {
  const [skip, band, needs] = [part("skip"), part("demo-band"), part("needs")];
  return {
    show() {
      document.documentElement.lang = spoken() === "en" ? "en" : "zh-Hans";
      skip.textContent = t("skip");
      band.textContent = t("demonstration");
      band.hidden = !app.register.me()?.demonstration;
      app.tablet.standby.open(FILLING.has(app.route.at));
      app.tablet.heard(app.sender.progress().newest);
      render(line(app), needs);
    },
  };
}

/** What the page itself holds. @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** The first thing that matters, and nothing where all is well. @param {App} app */
function line(app) {
  const { tablet, route } = app;
  const now = tablet.standby.now();
  if (route.at === "tablet") return nothing;
  if (now.kept === "failed") return say("bad", `${t("tablet.failed")}：${whyFailed(now)}`);
  if (now.kept === "absent") return say("bad", t("tablet.failed"));
  if (app.register.me()?.may.record === false)
    return html`<p class="line bad">${t("tablet.may_not")}</p>`;
  if (tablet.room?.short) return say("warn", t("tablet.room.short"));
  if (tablet.clearedSoon()) return say("warn", t("tablet.safari"));
  if (isSignedOut(app))
    return html`<a class="line" href="/sign-in/?next=/field/"><span class="grow">${t("signed_out.field")}</span><span class="link">${t("signed_out.act")}</span></a>`;
  if (now.newer) return say("", t("tablet.newer"));
  return nothing;
}

/** @param {string} tone @param {string} text */
const say = (tone, text) =>
  html`<a class="line ${tone}" href="#/tablet"><span class="grow">${text}</span><span class="link">${t("tablet.title")}</span></a>`;
