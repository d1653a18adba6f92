/**
 * The planners' page: the map is the page, and beside it the register, the list of plans, one
 * plan or one proposed site. Which of them stands in the address.
 *
 * @import { Api, Reply } from "../../api.js"
 * @import { Place } from "../../drawing/address.js"
 * @import { World } from "./work.js"
 */

import { html, nothing, render } from "lit-html";
import { addressOf, placeOf } from "../../drawing/address.js";
import { STEPS } from "../../map/findings.js";
import { openPlans } from "../../store/plans.js";
import { t } from "../../words.js";
import { openDesk, trouble } from "../desk.js";
import { waiting } from "../parts.js";
import { scale } from "../scale.js";
import { openToasts } from "../toasts.js";
import { verdictLegend } from "./checks.js";
import { openList } from "./plans.js";
import { openRegister } from "./register.js";
import { openWork } from "./work.js";

/** @param {Api} api */
export function openPlan(api) {
  const page = /** @type {HTMLElement} */ (document.getElementById("main"));
  let place = placeOf(location.search);
  let ready = false;
  /** @type {Reply | null} */
  let failed = null;

  const desk = openDesk({
    page,
    findings: "status=open",
    onTap: (taps) => place.show === "register" && register.tapped(taps),
    legend: () =>
      place.plan
        ? verdictLegend()
        : scale(t("plan.open"), t("plan.openUnit"), STEPS, [
            `${t("plan.none")} · ${t("plan.near")}`,
          ]),
  });

  /** @type {World} */
  const world = {
    api,
    desk,
    page,
    store: openPlans(Number(desk.panel.dataset.person)),
    toasts: openToasts(/** @type {HTMLElement} */ (document.getElementById("toasts"))),
    me: null,
    estates: [],
    communities: [],
    place: () => place,
    go,
    show,
    fail: (reply) => {
      failed = reply;
    },
  };
  const register = openRegister(world);
  const list = openList(world);
  const work = openWork(world);

  /** Elsewhere on this page. What is not told stays. @param {Partial<Place>} change @param {"push" | "replace"} [how] */
  function go(change, how = "replace") {
    place = { ...place, ...change };
    const query = addressOf(place);
    const address = query ? `?${query}` : location.pathname;
    if (how === "push") history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    follow();
  }

  /** To where the address leads. */
  function follow() {
    if (place.show !== "register") register.close();
    desk.show();
    if (ready && place.show === "plans" && !place.plan) list.enter();
    if (ready) work.follow();
    show();
  }

  async function start() {
    failed = null;
    show();
    const [me, places, towns] = await Promise.all([api.me(), api.estates(), api.communities()]);
    for (const reply of [me, places, towns]) if (reply.outcome !== "received") failed ??= reply;
    if (me.outcome === "received") world.me = me.body;
    if (places.outcome === "received" && towns.outcome === "received") {
      world.estates = places.body;
      world.communities = towns.body;
      register.start(places.body, Boolean(world.me?.may.keep_register));
      desk.setPlaces(towns.body, places.body, !place.plan);
    }
    // What is kept on this device is shown whether the server answers or not.
    ready = true;
    follow();
  }

  function show() {
    page.dataset.shows = place.plan ? "plan" : place.show;
    render(
      html`
        <h2 class=${place.plan ? "spoken" : ""}>${t("plan.title")}</h2>
        ${place.plan ? nothing : switcher()} ${failed ? trouble(failed, start) : nothing} ${panel()}
      `,
      desk.panel,
    );
    work.showOver();
  }

  function panel() {
    if (!ready && place.show !== "register") return waiting(6);
    if (place.plan) return work.template();
    return place.show === "plans" ? list.template() : register.template();
  }

  const switcher = () => html`
    <div class="choices" role="group" aria-label=${t("plans.panels")}>
      ${
        /** @type {const} */ (["plans", "register"]).map(
          (each) => html`<button
            class="button"
            type="button"
            aria-pressed=${place.show === each}
            @click=${() => go({ show: each }, "push")}
          >
            ${t(each === "plans" ? "plans.title" : "plans.register")}
          </button>`,
        )
      }
    </div>`;

  addEventListener("popstate", () => {
    place = placeOf(location.search);
    follow();
  });
  start();
}
