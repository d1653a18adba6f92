/**
 * How sending stands, in one line: in the bar at all times, and where the day is looked at.
 *
 * @import { App } from "./app.js"
 * @import { Progress } from "../../sync.js"
 */

import { html, nothing } from "lit-html";
import { bytes } from "../../storage.js";
import { t } from "../../words.js";
import { icon } from "../parts.js";

/**
 * What is true now, the most pressing first.
 *
 * @param {App} app
 * @returns {{ tone: "" | "good" | "warn" | "bad", text: string }}
 */
export function standing(app) {
  const { refused, photosRefused, bytes: left } = app.store.journal.counts();
  const waiting = app.store.journal.waiting().length;
  const saved = app.drafts.state();
  const progress = app.sender.progress();
  if (saved === "full" || saved === "failed") return { tone: "bad", text: t(`saved.${saved}`) };
  if (progress.running && waiting)
    return {
      tone: "",
      text: `${t("waiting.some", { n: waiting })} · ${t("waiting.sending", { share: percent(progress) })}`,
    };
  if (waiting) return { tone: "warn", text: counted(waiting, left) };
  if (refused + photosRefused)
    return { tone: "bad", text: t("waiting.refused", { n: refused + photosRefused }) };
  return { tone: "good", text: t("waiting.none") };
}

/** @param {number} n @param {number} size */
const counted = (n, size) =>
  size ? `${t("waiting.some", { n })} · ${bytes(size)}` : t("waiting.some", { n });

/** @param {Progress} progress */
export const percent = ({ bytes: { done, total } }) =>
  total ? Math.min(99, Math.floor((100 * done) / total)) : 0;

/** In the bar. @param {App} app */
export function barLine(app) {
  const { tone, text } = standing(app);
  return html`<a class="button quiet big sending ${tone}" href="#/outbox" aria-label=${`${t("outbox.title")}: ${text}`}>
    <i class="lamp" aria-hidden="true"></i><span>${text}</span></a>`;
}

/** On the day's page: what waits, and what came back. @param {App} app */
export function standingLine(app) {
  const { refused, photosRefused } = app.store.journal.counts();
  const { tone, text } = standing(app);
  return html`<ul class="standing">
    <li><a class="item" href="#/outbox"><i class="lamp ${tone}"></i><span class="grow">${text}</span>${icon("next")}</a></li>
    ${
      refused + photosRefused && tone !== "bad"
        ? html`<li><a class="item" href="#/outbox"><i class="lamp bad"></i><span class="grow">${t("waiting.refused", { n: refused + photosRefused })}</span>${icon("next")}</a></li>`
        : nothing
    }
  </ul>`;
}

/** As the server said last; with no network, nobody knows better. @param {App} app */
export function isSignedOut({ signedOut, sender }) {
  const { end } = sender.progress();
  return end === "signed_out" || (signedOut && end !== "received" && end !== "refused");
}
