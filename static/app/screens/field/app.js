/**
 * The inspector's page as a whole: what it knows, what it can do, and what it shows where.
 *
 * @import { Api, Reply } from "../../api.js"
 * @import { Device } from "../../store/device.js"
 * @import { Receiver } from "../../receiver.js"
 * @import { Sender } from "../../sync.js"
 * @import { Store } from "../../store/index.js"
 * @import { Route } from "../../routes.js"
 * @import { Located } from "../../locate.js"
 * @import { Tapped } from "../../map/map.js"
 *
 * @typedef {{ api: Api, device: Device, store: Store, sender: Sender, receiver: Receiver }} World
 * @typedef {"loading" | "ready" | "unreachable" | "signed_out" | "refused" | "revoked"
 *   | "cancelled"} Standing
 */

import { languageCookie } from "../../language.js";
import { format, parse } from "../../routes.js";
import { refresh, refreshEstate } from "../../sync.js";
import { speak, spoken, t } from "../../words.js";
import { chooseTheme } from "../theme.js";
import { openToasts } from "../toasts.js";
import { openBar } from "./bar.js";
import { openFrame } from "./frame.js";
import { openMapPane } from "./map_pane.js";
import { openPanel } from "./panel.js";
import { takeIfAllowed } from "./position.js";
import { screenOf } from "./screens.js";
import { openTablet } from "./tablet.js";

/** @param {World} world */
export function openField(world) {
  const { api, device, store } = world;
  const { register, drafts, journal } = store;
  const root = /** @type {HTMLElement} */ (document.getElementById("main"));
  const panel = openPanel(root);
  const toasts = openToasts(/** @type {HTMLElement} */ (document.getElementById("toasts")));

  const app = {
    ...world,
    register,
    drafts,
    journal,
    toasts,
    tablet: openTablet({ onChange: () => app.show() }),
    /** @type {Route} */
    route: parse(location.hash),
    /** @type {Standing} */
    standing: "loading",
    /** @type {Record<number, Standing>} of what stands in an estate */
    estates: {},
    query: "",
    /** What the server said of single answers, by draft and item. @type {Record<string, Record<string, string>>} */
    refusedItems: {},
    /** @type {Located | "asking" | null} */
    located: null,
    /** The finding last pointed at, by its number. */
    finding: 0,
    /** What the current screen keeps for itself; forgotten when it is left. @type {any} */
    local: {},

    /** @param {Route} route */
    go(route) {
      const hash = format(route);
      if (location.hash === hash) app.show();
      else location.hash = hash;
    },

    /** Draws what is now so. */
    show() {
      const screen = screenOf(app);
      panel.show(screen, app.route);
      map.show(screen.map ?? {});
      bar.show();
      frame.show();
      const { title } = screen;
      document.title = title ? `${title} · ${t("xuntu")}` : t("xuntu");
    },

    async load() {
      // With a pack there is something to work with, whatever becomes of the network.
      app.standing = register.toldAt() ? "ready" : "loading";
      app.show();
      const reply = register.toldAt() ? await api.me() : await refresh(register, api);
      if (reply.outcome === "received") {
        await device.signedIn(reply.body);
        // Someone else's tablet until now: what is theirs stays closed.
        if (reply.body.id !== store.person) location.reload();
      }
      if (!register.toldAt() || reply.outcome === "received") app.standing = standingOf(reply);
      map.placesChanged();
      app.show();
      visit();
    },

    /** @param {number} estate */
    async loadEstate(estate) {
      app.estates[estate] = register.toldAt() ? "ready" : "loading";
      app.show();
      const reply = await refreshEstate(register, api, estate);
      if (!register.toldAt()) app.estates[estate] = standingOf(reply);
      app.show();
    },

    /** @param {string} language */
    speak(language) {
      speak(language);
      // The server reads it there too; with no network nobody else could be told.
      document.cookie = languageCookie(spoken(), location.protocol === "https:");
      map.languageChanged();
      app.show();
    },

    /** @param {string} theme */
    paint(theme) {
      chooseTheme(theme);
      bar.show();
    },

    /** Says it to who listens, without showing it. @param {string} text */
    say: (text) => panel.say(text),

    /** @param {Tapped[]} taps */
    tapped(taps) {
      const screen = screenOf(app);
      if (screen.onTap?.(taps)) return;
      const [first] = taps;
      if (!first) return;
      const single = first.properties.estate !== undefined;
      const estate = first.layer === "estates" ? first.id : Number(first.properties.estate);
      if (first.layer === "findings" && !single) {
        map.zoomTo(first.at);
        return;
      }
      app.finding = first.layer === "findings" ? first.id : 0;
      if (register.estate(estate)) app.go({ at: "estate", estate });
    },

    map: () => map,
    panel: () => panel,
  };

  const map = openMapPane(app, root);
  const bar = openBar(app);
  const frame = openFrame(app);

  /** What the new place needs to be known. */
  function visit() {
    const { route } = app;
    if (app.standing === "ready" && "estate" in route && !app.estates[route.estate])
      app.loadEstate(route.estate);
    if (app.standing === "ready" && route.at === "review") takeIfAllowed(app, route);
  }

  window.addEventListener("hashchange", () => {
    const before = app.route;
    app.route = parse(location.hash);
    if (format(before) !== format(app.route)) app.local = {};
    app.show();
    panel.focus();
    visit();
  });

  // What is on the disk is opened again; what is not would be lost.
  window.addEventListener("beforeunload", (event) => {
    if (drafts.state() !== "saved") event.preventDefault();
  });

  app.load();
  app.tablet.start();
  return app;
}

/** @typedef {ReturnType<typeof openField>} App */

/** @param {Reply} reply @returns {Standing} */
const standingOf = (reply) => (reply.outcome === "received" ? "ready" : reply.outcome);
