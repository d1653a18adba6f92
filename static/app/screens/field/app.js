/**
 * The inspector's page as a whole: what it knows, what it can do, and what it shows where.
 *
 * @import { Api } from "../../api.js"
 * @import { Basemap } from "../../store/basemap.js"
 * @import { Device } from "../../store/device.js"
 * @import { Receiver } from "../../receiver.js"
 * @import { Sender } from "../../sync.js"
 * @import { Store } from "../../store/index.js"
 * @import { Route } from "../../routes.js"
 * @import { Located } from "../../locate.js"
 * @import { Tapped } from "../../map/map.js"
 * @import { PlaceId } from "../../types.d.ts"
 * @import { Plan } from "../../store/plan.js"
 * @import { Sketch } from "./propose.js"
 *
 * @typedef {{ api: Api, basemap: Basemap, device: Device, store: Store, sender: Sender,
 *   receiver: Receiver }} World
 */

import { csrfToken } from "../../api.js";
import { languageCookie } from "../../language.js";
import { idOf } from "../../map/rows.js";
import { answerOf } from "../../recheck.js";
import { format, parse } from "../../routes.js";
import { openCreation } from "../../store/creation.js";
import { openDecisions } from "../../store/decisions.js";
import { openKnown } from "../../store/known.js";
import { openPlan } from "../../store/plan.js";
import { speak, spoken, t } from "../../words.js";
import { chooseTheme } from "../theme.js";
import { openToasts } from "../toasts.js";
import { openBar } from "./bar.js";
import { openFrame } from "./frame.js";
import { openMapPane } from "./map_pane.js";
import { openPacks } from "./packs.js";
import { openPanel } from "./panel.js";
import { takeIfAllowed } from "./position.js";
import { screenOf } from "./screens.js";
import { openTablet } from "./tablet.js";

/** @param {World} world */
export function openField(world) {
  const { api, device, store, sender } = world;
  const { drafts, journal } = store;
  const decisions = openDecisions(store.db);
  const creation = openCreation(store.db);
  const keptPlan = openPlan(store.db);
  const known = openKnown(store.register, decisions);
  const root = /** @type {HTMLElement} */ (document.getElementById("main"));
  const panel = openPanel(root);
  const toasts = openToasts(/** @type {HTMLElement} */ (document.getElementById("toasts")));

  const app = {
    ...world,
    known,
    decisions,
    creation,
    /** What was proposed here is among the places. */
    register: {
      ...store.register,
      estates: known.estates,
      estate: known.estate,
      assetsOf: known.assetsOf,
      /** @param {PlaceId} estate */
      buildingsOf: (estate) => store.register.buildingsOf(Number(estate)),
      /** @param {PlaceId} estate */
      findingsOf: (estate) => store.register.findingsOf(Number(estate)),
    },
    drafts,
    journal,
    toasts,
    tablet: openTablet({ onChange: () => app.show() }),
    packs: openPacks(world, {
      onChange: () => app.show(),
      onPack: () => app.packChanged(),
    }),
    /** @type {Route} */
    route: parse(location.hash),
    /** The server knows no sign-in of ours; everything but sending goes on. */
    signedOut: false,
    query: "",
    /** What the server said of single answers, by draft and item. @type {Record<string, Record<string, string>>} */
    refusedItems: {},
    /** @type {Located | "asking" | null} */
    located: null,
    /** The finding last pointed at: the inspection that first found it, and the item. */
    finding: "",
    /** What was chosen for the day. @type {Plan} */
    plan: { chosen: [], filter: "", way: null },
    /** What is being drawn to be proposed. @type {Sketch | null} */
    sketch: null,
    /** What the current screen keeps for itself; forgotten when it is left, `leave` before that. @type {any} */
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

    /** The journal reads otherwise now. */
    journalChanged() {
      known.take(journal.all());
      map.ownChanged();
      app.show();
    },

    /** The pack is another. */
    packChanged() {
      known.take(journal.all());
      map.placesChanged();
      app.show();
    },

    /** Something was put into the journal: it is sent when it can be. */
    recorded() {
      app.journalChanged();
      sender.run();
    },

    /** @param {string} id */
    async again(id) {
      await journal.again(id);
      sender.run({ asked: true });
    },

    /** Sent no more, for a reason that stays with it. @param {string} id @param {string} reason */
    setAside: (id, reason) => journal.cancel(id, reason),

    /** @param {Plan} plan */
    setPlan(plan) {
      app.plan = plan;
      app.show();
      keptPlan.put(plan);
    },

    /** Who is signed in; with no network, whoever was. */
    async meet() {
      const reply = await api.me();
      app.signedOut = reply.outcome === "signed_out";
      if (reply.outcome === "revoked") sender.run({ asked: true });
      if (reply.outcome === "received") {
        await device.signedIn(reply.body, csrfToken(document.cookie));
        // Someone else's tablet until now: what is theirs stays closed.
        if (reply.body.id !== store.person) location.reload();
        store.register.put({ me: reply.body });
      }
      app.show();
      if (reply.outcome !== "received") return;
      app.packs.renew();
      const told = await api.ask("GET", "/api/v1/proposals/?mine=true");
      if (told.outcome === "received") await decisions.put(told.body.proposals);
      await hearOfMoves();
      await app.hearOfCreation();
      app.journalChanged();
    },

    /** Which estates work towards the standard, and what their sheets ask. */
    async hearOfCreation() {
      const at = new Date().toISOString();
      const reply = await api.ask("GET", "/api/v1/campaign/creation/tablet/");
      if (reply.outcome === "received") await creation.put(reply.body, at);
    },

    /** @param {string} language */
    speak(language) {
      speak(language);
      // The server reads it there too; with no network nobody else could be told.
      // biome-ignore lint/suspicious/noDocumentCookie: not every browser has a cookieStore
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

    /** @param {Tapped[]} taps @param {[number, number]} at */
    tapped(taps, at) {
      const screen = screenOf(app);
      if (screen.onTap?.(taps, at)) return;
      const [first] = taps;
      if (!first) return;
      const single = first.properties.estate !== undefined;
      if (first.layer === "findings" && !single) {
        map.zoomTo(first.at);
        return;
      }
      app.finding = first.layer === "findings" ? findingAt(first.id) : "";
      const estate = idOf(first.layer === "estates" ? first.id : Number(first.properties.estate));
      if (known.estate(estate)) app.go({ at: "estate", estate });
    },

    map: () => map,
    panel: () => panel,
  };

  const map = openMapPane(app, root);
  const bar = openBar(app);
  const frame = openFrame(app);

  /** What the office made of moves that came late. */
  async function hearOfMoves() {
    for (const entry of journal.all()) {
      if (entry.type !== "move" || answerOf(entry)?.standing !== "proposed") continue;
      const reply = await api.ask("GET", `/api/v1/cases/${entry.case}/moves/${entry.id}/`);
      if (reply.outcome !== "received") return;
      if (reply.body.standing !== "proposed")
        await journal.outcome(entry.id, { what: "received", answer: reply.body });
    }
  }

  /** By its number on the map. @param {number} number */
  function findingAt(number) {
    const told = known.told().find(({ properties }) => properties.number === number)?.properties;
    return told ? `${told.inspection}/${told.item}` : String(idOf(number));
  }

  /** What the new place needs to be known. */
  function visit() {
    const { route } = app;
    if (route.at === "review" && known.estate(route.estate)) takeIfAllowed(app, route);
  }

  window.addEventListener("hashchange", () => {
    const before = app.route;
    app.route = parse(location.hash);
    if (format(before) !== format(app.route)) {
      app.local.leave?.();
      app.local = {};
    }
    app.show();
    panel.focus();
    visit();
  });

  // What is on the disk is opened again; what is not would be lost.
  window.addEventListener("beforeunload", (event) => {
    if (drafts.state() !== "saved") event.preventDefault();
  });

  window.addEventListener("online", () => app.meet());

  app.packChanged();
  visit();
  decisions.read().then(app.packChanged);
  creation.read().then(() => app.show());
  keptPlan.read().then((plan) => {
    if (!plan) return;
    app.plan = plan;
    app.show();
  });
  app.meet();
  app.tablet.start();
  return app;
}

/** @typedef {ReturnType<typeof openField>} App */
