/**
 * How much there is to do, beside the name of the page on which it is done.
 *
 * @import { Api } from "../api.js"
 * @typedef {{ total: number, late: number,
 *   elsewhere: { page: string, count: number, late: number }[] }} Inbox
 */

import { html, nothing, render } from "lit-html";
import { t } from "../words.js";

/** No sooner than this it is asked for again, whatever deadline comes. */
const LEAST_MS = 60_000;
const MOST_MS = 60 * 60_000;
/** Those with a number of their own. */
const PAGES = new Set(["/campaign/"]);

/**
 * @param {Api} api
 * @param {HTMLElement[]} places within the links of pages, with the page's address: the first of
 *   those that nothing is told of has all that is not done elsewhere
 */
export function openInbox(api, places) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  async function ask() {
    clearTimeout(timer);
    const reply = await api.ask("GET", "/api/v1/inbox/");
    // Without an answer what was told last stands; the page itself says what is wrong.
    if (reply.outcome !== "received") return;
    tell(reply.body);
    const ms = Date.parse(reply.body.again_at) - Date.now();
    timer = setTimeout(ask, Math.min(MOST_MS, Math.max(LEAST_MS, ms)));
  }

  /** @param {Inbox} inbox */
  function tell({ total, late, elsewhere }) {
    const others = places.filter((each) => PAGES.has(each.dataset.inbox ?? ""));
    const first = places.find((each) => !others.includes(each));
    if (first) show(first, total, late);
    for (const place of others) {
      const told = elsewhere.find((each) => each.page === place.dataset.inbox);
      show(place, told?.count ?? 0, told?.late ?? 0);
    }
  }

  /** @param {HTMLElement} place @param {number} total @param {number} late */
  function show(place, total, late) {
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
