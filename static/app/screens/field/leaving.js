/**
 * The office has taken this tablet out of use: what it still delivers, and what is said when
 * nothing is left on it.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 * @import { Store } from "../../store/index.js"
 */

import { html, nothing } from "lit-html";
import { t } from "../../words.js";
import { notice } from "../parts.js";

/** @typedef {{ delivered: number, left: number, drafts: number }} Told `left`: not delivered */

/** What became of the records since the tablet was told. @param {Store} store @returns {Told} */
export function toldOf({ journal, device, drafts }) {
  const since = device.get("revoked_at");
  const owed = new Set(journal.waiting().map(({ id }) => id));
  const arrived = journal.all().filter(({ id, outcomes }) => {
    const received = outcomes.findLast(({ what }) => what === "received");
    return since && received && received.at >= since && !owed.has(id);
  });
  return { delivered: arrived.length, left: owed.size, drafts: drafts.begun().length };
}

/** @param {App} app @returns {Screen} */
export function leavingScreen(app) {
  const { letsGoAt, running, end } = app.sender.progress();
  const { delivered, left, drafts } = toldOf(app.store);
  const of = delivered + left;
  const title = t("leaving.title");
  const time = letsGoAt?.toTimeString().slice(0, 5) ?? "";
  return {
    title,
    height: "full",
    mode: "leaving",
    head: html`<h1 tabindex="-1">${title}</h1>`,
    body: html`
      <p>${t("leaving.sending")}</p>
      <p><b role="status">${t("leaving.done", { done: delivered, of })}</b></p>
      <progress class="sending-progress" max=${of || 1} value=${delivered} aria-label=${title}></progress>
      ${!running && end === "unreachable" ? notice("warn", t("leaving.retry")) : nothing}
      <p class="soft">${t("leaving.until", { time })}${drafts ? html`<br>${t("leaving.drafts", { n: drafts })}` : nothing}</p>`,
    onTap: () => true,
  };
}

/** What is said on the last page. @param {Told} told */
export const lastWords = ({ delivered, left }) => [
  delivered || left ? "" : t("left.nothing"),
  delivered ? t("left.delivered", { n: delivered }) : "",
  left ? t("left.lost", { n: left }) : "",
  t("left.deleted"),
  t("left.return"),
];
