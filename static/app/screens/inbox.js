/**
 * How much there is to do, beside the name of the page on which it is done.
 *
 * @import { Api } from "../api.js"
 */

import { html, nothing, render } from "lit-html";
import { t } from "../words.js";

/** No sooner than this it is asked for again, whatever deadline comes. */
const LEAST_MS = 60_000;
const MOST_MS = 60 * 60_000;

/** @param {Api} api @param {HTMLElement} place within the page's link */
export function openInbox(api, place) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  async function ask() {
    clearTimeout(timer);
    const reply = await api.ask("GET", "/api/v1/inbox/");
    // Without an answer what was told last stands; the page itself says what is wrong.
    if (reply.outcome !== "received") return;
    show(reply.body);
    const ms = Date.parse(reply.body.again_at) - Date.now();
    timer = setTimeout(ask, Math.min(MOST_MS, Math.max(LEAST_MS, ms)));
  }

  /** @param {{ total: number, late: number }} inbox */
  function show({ total, late }) {
    const says = late ? t("inbox.late", { n: total, late }) : t("inbox.todo", { n: total });
    render(
      total
        ? html`<span class="inbox ${late ? "late" : ""}" title=${says}
            ><span aria-hidden="true">${total > 99 ? "99+" : total}</span
            ><span class="spoken">${says}</span></span
          >`
        : nothing,
      place,
    );
  }

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") ask();
  });
  ask();
}
