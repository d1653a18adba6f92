/**
 * The page of cases: the list beside the map, or one case beside it. What the list is narrowed to
 * stands in the address, and which case is open behind it: /cases/?tab=overdue#/<uuid>.
 *
 * @import { Api, Reply } from "../../api.js"
 * @import { CaseFeature } from "../../types.d.ts"
 * @import { Known } from "./filter_form.js"
 */

import { html, nothing, render } from "lit-html";
import { nextPassing, workingDays } from "../../deadline.js";
import { t } from "../../words.js";
import { openDesk, trouble } from "../desk.js";
import { waiting } from "../parts.js";
import { openToasts } from "../toasts.js";
import { openAsking } from "./asking.js";
import { actOf } from "./keys.js";
import { openList } from "./list.js";
import { openCaseMarks } from "./marks.js";
import { openOne } from "./one.js";

const MINUTE = 60_000;
/** A deadline has passed for the server too. */
const AFTER_MS = 250;
const NOBODY = { kinds: [], communities: [], estates: [], handlers: [] };

/** @typedef {ReturnType<typeof worldOf>} World what the screens of this page share */

/** @param {Api} api */
export function openCases(api) {
  const page = /** @type {HTMLElement} */ (document.getElementById("main"));
  const toasts = openToasts(/** @type {HTMLElement} */ (document.getElementById("toasts")));
  const dialog = /** @type {HTMLDialogElement} */ (page.querySelector("dialog"));
  /** @type {Reply | null} */
  let failed = null;
  let ready = false;
  /** @type {"list" | "map"} on a narrow screen */
  let shows = "list";
  let turned = matchMedia("(min-width: 64rem)").matches;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const desk = openDesk({
    page,
    findings: "status=open",
    onTap: () => {},
    legend: () => html`<div class="map-note">
      ${[1, 2, 3].map((each) => html`<span><i class="mark s${each}"></i>${t(/** @type {any} */ (`severity.${each}`))}</span>`)}
    </div>`,
  });
  const marks = desk.map ? openCaseMarks(desk.map, tapped) : null;
  const world = worldOf(api, toasts, desk, marks, { show, go, showMap });
  const asking = openAsking(world, dialog);
  const list = openList(world, asking);
  const one = openOne(world, list);

  /** The map knows cases by their numbers. @param {number} number */
  async function tapped(number) {
    const known = list.rows.find(({ properties }) => properties.number === number);
    if (known) return go(known.id);
    const reply = await api.ask("GET", `/api/v1/cases/?number=${number}`);
    if (reply.outcome === "received" && reply.body.features.length) go(reply.body.features[0].id);
  }

  /** @param {string | null} id */
  function go(id) {
    const address = location.pathname + location.search + (id ? `#/${id}` : "");
    if (location.hash === (id ? `#/${id}` : "")) return;
    history.pushState(null, "", address);
    follow();
  }

  /** The map with the open case in its middle; beside it, or in its place where there is no room. */
  function showMap() {
    if (matchMedia("(min-width: 64rem)").matches) one.showOnMap();
    else turn("map");
  }

  /** To where the address leads. */
  function follow() {
    const id = /^#\/([0-9a-f-]{36})$/.exec(location.hash)?.[1] ?? null;
    const before = one.id;
    one.open(id);
    if (id) shows = "list";
    show();
    if (!id && before) list.focus(before);
    else if (id && id !== before) desk.panel.scrollTo(0, 0);
  }

  async function start() {
    failed = null;
    show();
    const [me, kinds, communities, estates, special] = await Promise.all([
      api.me(),
      api.kinds(),
      api.communities(),
      api.estates(),
      api.ask("GET", "/api/v1/working-days/"),
    ]);
    const replies = [me, kinds, communities, estates, special];
    failed = replies.find(({ outcome }) => outcome !== "received") ?? null;
    if (failed) return show();
    const told = replies.map((reply) => /** @type {any} */ (reply).body);
    world.me = told[0];
    world.known = { ...world.known, kinds: told[1].kinds, communities: told[2], estates: told[3] };
    world.clock = { now: new Date(), works: workingDays(told[4]) };
    ready = true;
    list.start();
    follow();
    desk.setPlaces(told[2], told[3], !one.id);
  }

  /** Draws all anew, and again when the next deadline passes or a minute is over. */
  function show() {
    world.clock = { ...world.clock, now: new Date() };
    page.dataset.shows = shows;
    render(
      html`
        ${failed ? trouble(failed, start) : ready ? (one.id ? one.show() : list.show()) : waiting(8)}
        ${ready ? switcher() : nothing}
      `,
      desk.panel,
    );
    if (ready) tick();
  }

  const switcher = () => html`
    <div class="map-switch" role="group" aria-label=${t("cases.shows")}>
      ${
        /** @type {const} */ (["list", "map"]).map(
          (each) => html`<button
          class="button"
          type="button"
          aria-pressed=${shows === each}
          @click=${() => turn(each)}
        >
          ${t(each === "list" && one.id ? "cases.shows.case" : /** @type {any} */ (`cases.shows.${each}`))}
        </button>`,
        )
      }
    </div>`;

  /** @param {"list" | "map"} to */
  function turn(to) {
    shows = to;
    show();
    // A map that was never seen had no room to fit anything into.
    if (to === "map" && !turned) desk.setPlaces(world.known.communities, world.known.estates);
    turned ||= to === "map";
    if (to === "map" && one.id) one.showOnMap();
  }

  function tick() {
    clearTimeout(timer);
    const rows = [...list.rows.map(({ properties }) => properties), ...one.clocks()];
    const passing = nextPassing(rows, world.clock.now);
    const soon = passing !== null && passing < MINUTE;
    timer = setTimeout(
      () => {
        show();
        // Counts and what an overdue list holds are the server's to say.
        if (!document.hidden) refresh();
      },
      soon ? passing + AFTER_MS : MINUTE,
    );
  }

  function refresh() {
    list.refresh();
    one.refresh();
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && ready) refresh();
  });
  addEventListener("hashchange", follow);
  addEventListener("popstate", () => {
    list.follow();
    follow();
  });
  page.addEventListener("keydown", pressed);
  document.body.addEventListener("keydown", (event) => {
    if (event.target === document.body) pressed(event);
  });

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const act = ready ? actOf(event) : null;
    if (!act || event.defaultPrevented) return;
    if (act === "help") asking.keys();
    else if (!(one.id ? one.act(act) : list.act(act))) return;
    event.preventDefault();
  }

  start();
}

/**
 * @param {Api} api
 * @param {ReturnType<typeof openToasts>} toasts
 * @param {ReturnType<typeof openDesk>} desk
 * @param {ReturnType<typeof openCaseMarks> | null} marks
 * @param {{ show: () => void, go: (id: string | null) => void, showMap: () => void }} page
 */
function worldOf(api, toasts, desk, marks, page) {
  return {
    ...page,
    api,
    toasts,
    desk,
    marks,
    /** @type {any} */
    me: null,
    /** @type {Known} */
    known: NOBODY,
    /** @type {{ username: string, name: string }[]} */
    approvers: [],
    clock: { now: new Date(), works: workingDays({ rest: [], work: [] }) },
    /** To whom cases of a community can be given. @param {number} [community] */
    async loadHandlers(community) {
      if (!this.me?.may?.dispatch) return;
      const query = community === undefined ? "" : `?community=${community}`;
      const reply = await api.ask("GET", `/api/v1/handlers/${query}`);
      if (reply.outcome !== "received") return;
      this.known = { ...this.known, handlers: reply.body.handlers };
      this.approvers = reply.body.approvers;
      page.show();
    },
  };
}
