/**
 * This tablet: its app and how it stands with no network, its room, its name. Reached from the
 * menu, and from the line below the bar where something needs a hand.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 * @import { Standby } from "../../standby.js"
 * @import { Room } from "../../storage.js"
 * @typedef {{ at: string, name: string, offsetS: number }} Contact what the server said when this
 *   tablet last spoke of itself; `offsetS`: its clock less the tablet's
 */

import { html, nothing } from "lit-html";
import { openStandby } from "../../standby.js";
import { askToKeep, bytes, roomOf } from "../../storage.js";
import { t } from "../../words.js";
import { icon, notice, time } from "../parts.js";

const HOUR_MS = 3_600_000;
/** Differences of clocks that nobody needs to know of. */
const CLOCK_S = 120;

/** The version of the app that this page is. */
export const version =
  document.querySelector('meta[name="version"]')?.getAttribute("content") ?? "";

/** @param {{ onChange: () => void }} world */
export function openTablet({ onChange }) {
  /** Chromium's offer to install, kept until it is taken. @type {any} */
  let offer = null;
  /** A newer version that was looked for. */
  let told = "";
  const tablet = {
    /** @type {Room | null} */
    room: null,
    standby: openStandby({ reload: () => location.reload(), onChange }),

    /** Runs from a home screen, or can't tell. */
    installed: () =>
      matchMedia("(display-mode: standalone)").matches ||
      /** @type {any} */ (navigator).standalone === true,

    /** Only Apple's browsers have the word, and only they clear after seven days. */
    clearedSoon: () => /** @type {any} */ (navigator).standalone === false,

    installable: () => offer !== null,

    async install() {
      const taken = offer;
      offer = null;
      await taken?.prompt();
      onChange();
    },

    async measure() {
      tablet.room = await roomOf();
      onChange();
    },

    async keep() {
      await askToKeep();
      await tablet.measure();
    },

    /** The server told which version is the newest. @param {string | null} newest */
    heard(newest) {
      if (!newest || newest === version || newest === told) return;
      told = newest;
      tablet.standby.look();
    },

    async start() {
      tablet.keep();
      await tablet.standby.start();
      tablet.standby.look();
    },
  };
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event;
    onChange();
  });
  window.addEventListener("appinstalled", () => {
    offer = null;
    onChange();
  });
  window.addEventListener("online", () => tablet.standby.look());
  // Photos take room from one screen to the next.
  window.addEventListener("hashchange", () => tablet.measure());
  setInterval(() => tablet.standby.look(), HOUR_MS);
  return tablet;
}

/** @typedef {ReturnType<typeof openTablet>} Tablet */

/** @param {App} app @returns {Screen} */
export function tabletScreen(app) {
  const title = t("tablet.title");
  return {
    title,
    height: "full",
    head: html`<a class="button icon quiet" href="#/" aria-label=${t("back")}>${icon("back")}</a>
      <h1 tabindex="-1" class="grow">${title}</h1>`,
    body: html`${appPart(app.tablet)}${roomPart(app.tablet)}${devicePart(app)}`,
  };
}

/** @param {Tablet} tablet */
function appPart(tablet) {
  const { standby } = tablet;
  const now = standby.now();
  return html`<section class="group"><h2>${t("tablet.app")}</h2>
    ${failed(tablet)}${newer(tablet)}
    <dl class="facts">
      <dt>${t("tablet.version")}</dt><dd>${version}</dd>
      <dt>${t("tablet.offline")}</dt><dd>${t(`tablet.kept.${now.kept}`)}</dd>
    </dl>
    ${now.kept === "absent" ? html`<p class="help">${t("tablet.absent.do")}</p>` : nothing}
    ${installing(tablet)}
    ${
      // Stays where one stands by: it is found without being asked for too, also under a finger.
      now.kept === "kept"
        ? html`<button class="button wide" type="button" @click=${() => standby.look()}>${t("tablet.look")}</button>`
        : nothing
    }
  </section>`;
}

/** @param {Tablet} tablet */
function installing(tablet) {
  if (tablet.installed()) return html`<p class="soft small">${t("tablet.installed")}</p>`;
  if (tablet.clearedSoon()) return notice("warn", t("tablet.safari"), t("tablet.safari.do"));
  if (!tablet.installable()) return nothing;
  return html`<button class="button wide" type="button" @click=${() => tablet.install()}>${t("tablet.install")}</button>
    <p class="help">${t("tablet.install.why")}</p>`;
}

/** Why the files are not all here. @param {Standby} now */
export function whyFailed({ failure }) {
  const why = /** @type {"missing"} */ (failure?.why ?? "unreachable");
  return t(`tablet.why.${why}`, { file: failure?.file ?? "" });
}

/** @param {Tablet} tablet */
function failed({ standby }) {
  const now = standby.now();
  if (now.kept !== "failed" && !now.failure) return nothing;
  return notice(
    now.kept === "failed" ? "bad" : "warn",
    t(now.kept === "failed" ? "tablet.failed" : "tablet.failed.newer"),
    html`<p>${whyFailed(now)}</p>
      <button class="button" type="button" @click=${() => standby.again()}>${t("again")}</button>`,
  );
}

/** @param {Tablet} tablet */
function newer({ standby }) {
  const now = standby.now();
  if (!now.newer) return nothing;
  return notice(
    "good",
    t("tablet.newer"),
    html`<p>${t(now.held ? "tablet.newer.held" : "tablet.newer.text")}</p>
      <button class="button primary" type="button" @click=${() => standby.takeOver()}>${t("tablet.newer.act")}</button>`,
  );
}

/** @param {Tablet} tablet */
function roomPart(tablet) {
  const { room } = tablet;
  if (!room)
    return html`<section class="group"><h2>${t("tablet.room")}</h2>
      <p class="soft small">${t("tablet.room.unknown")}</p></section>`;
  return html`<section class="group"><h2>${t("tablet.room")}</h2>
    ${
      room.short
        ? notice(
            "warn",
            t("tablet.room.short"),
            t("tablet.room.short.do", { left: bytes(room.left) }),
          )
        : nothing
    }
    <dl class="facts">
      <dt>${t("tablet.room")}</dt>
      <dd>${t("tablet.room.used", { used: bytes(room.used), left: bytes(room.left) })}</dd>
      <dt>${t("tablet.persisted")}</dt>
      <dd>${t(room.persisted ? "tablet.persisted.yes" : "tablet.persisted.no")}</dd>
    </dl>
    ${
      room.persisted
        ? nothing
        : html`<p class="help">${t("tablet.persisted.no.do")}</p>
          <button class="button wide" type="button" @click=${() => tablet.keep()}>${t("tablet.persisted.ask")}</button>`
    }
  </section>`;
}

/** @param {App} app */
function devicePart({ device }) {
  const contact = /** @type {Contact | undefined} */ (device.get("contact"));
  return html`<section class="group"><h2>${t("tablet.device")}</h2>
    <dl class="facts">
      <dt>${t("tablet.name")}</dt><dd>${contact?.name || t("tablet.name.none")}</dd>
      <dt>${t("tablet.id")}</dt><dd>${device.id}</dd>
      <dt>${t("tablet.contact")}</dt><dd>${contact ? time(contact.at) : t("tablet.contact.never")}</dd>
      ${contact ? html`<dt>${t("tablet.clock")}</dt><dd>${clock(contact.offsetS)}</dd>` : nothing}
    </dl>
    ${contact && Math.abs(contact.offsetS) > CLOCK_S ? html`<p class="help">${t("tablet.clock.do")}</p>` : nothing}
    <a class="item" href="#/datum"><span class="grow"><b>${t("datum.title")}</b>
      <span class="soft small">${t(`datum.${/** @type {"wgs84"} */ (device.positionDatum())}`)}</span></span>${icon("next")}</a>
  </section>`;
}

/** @param {number} offsetS the server's clock less the tablet's */
function clock(offsetS) {
  const seconds = Math.abs(offsetS);
  if (seconds <= CLOCK_S) return t("tablet.clock.right");
  const [unit, length] =
    seconds < 7200 ? ["minutes", 60] : seconds < 172_800 ? ["hours", 3600] : ["days", 86_400];
  const span = t(`tablet.span.${/** @type {"days"} */ (unit)}`, {
    n: Math.round(seconds / Number(length)),
  });
  return t(offsetS < 0 ? "tablet.clock.fast" : "tablet.clock.slow", { span });
}
