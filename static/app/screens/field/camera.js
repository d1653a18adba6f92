/**
 * The camera over the checklist. What is written over the picture is for the person who takes it:
 * the photo itself stays as the camera gave it.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 * @import { Session } from "./camera_session.js"
 * @import { Draft } from "../../store/drafts.js"
 * @import { Route } from "../../routes.js"
 * @import { Item } from "../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { photosOf } from "../../evidence.js";
import { films } from "../../film.js";
import { format } from "../../routes.js";
import { bytes } from "../../storage.js";
import { either, t } from "../../words.js";
import { ghostOver, ghostStrength, ghostToggle } from "../ghost.js";
import { icon, notice } from "../parts.js";
import { saidOf } from "./adding.js";
import { beforeOf } from "./before.js";
import { openSession } from "./camera_session.js";
import { opened } from "./checklist.js";
import { notAdded, picker } from "./photos.js";
import { small } from "./strip.js";

/** @param {App} app @param {{ estate: import("../../types.d.ts").PlaceId, kind: string, item: string }} route @returns {Screen} */
export function cameraScreen(app, route) {
  const { kind, draft, estate } = opened(app, route);
  const item = kind.items.find(({ code }) => code === route.item);
  const { estate: place, kind: slug } = route;
  return finder(app, draft, {
    item: route.item,
    title: item?.code ?? t("photos.title"),
    text: item ? either(item.evidence_zh, item.evidence_en) : t("photos.whole"),
    place: `${estate?.properties.name ?? ""} ${item?.code ?? ""}`,
    back: { at: "checklist", estate: place, kind: slug },
    photos: { at: "photos", estate: place, kind: slug, item: route.item },
    before: () => beforeOf(app, draft, item),
    of: item,
  });
}

/**
 * @param {App} app
 * @param {Draft} draft that the photos are for
 * @param {{ item: string, title: string, text: string, place: string, back: Route, photos: Route,
 *   before: () => Promise<string | null>, compared?: boolean, of?: Item | undefined }} what
 *   `item`: that they show, "" for all of it
 * @returns {Screen}
 */
export function finder(app, draft, what) {
  if (!app.local.camera) {
    const { back, before, compared = false, of: item } = what;
    app.local.camera = openSession(app, draft, { item, back, before, compared });
    app.local.leave = app.local.camera.end;
  }
  /** @type {Session} */
  const session = app.local.camera;
  const photos = photosOf(draft.photos ?? [], what.item || null);
  const open = session.state === "open";
  return {
    title: t("camera.title"),
    height: "full",
    cover: true,
    head: html`
      <a class="button icon quiet" href=${format(what.back)} aria-label=${t("back")} @click=${session.leave}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${what.title}</h1>
        <p class="small cut">${what.text}</p></div>
      ${open && session.camera?.torch ? torch(session) : nothing}
      ${open ? ghostToggle(session.ghost) : nothing}`,
    body: html`
      <div class="finder ${session.flash ? "flash" : ""}">
        <video ${ref(session.attach)} ?hidden=${!open} playsinline muted autoplay
          @loadedmetadata=${session.sized} @resize=${session.sized}></video>
        ${open ? ghostOver(session.ghost, session.video()) : nothing}
        ${open ? caption(app, session, what.place) : nothing}
        ${open ? nothing : closed(app, session, what.item)}
        <div class="said">${troubles(session)}${notAdded(app, draft)}</div>
      </div>`,
    foot: html`
      ${open ? ghostStrength(session.ghost) : nothing}
      ${session.canFilm && films() && open ? modes(session) : nothing}
      <div class="shutter-row">
        <a class="last" href=${format(what.photos)}
          aria-label=${t("photos.show_for", { code: what.item || t("photos.whole"), n: photos.length })}>
          ${photos.slice(-1).map((photo) => small(app, photo))}<b class="count">${photos.length}</b></a>
        ${open ? shutter(session) : picker(app, draft, what.item)}
        <button class="button primary big" type="button" @click=${session.leave} ?disabled=${session.busy()}>
          ${session.busy() ? t("photos.saving") : t("camera.done")}</button>
      </div>`,
    onTap: () => true,
  };
}

/** @param {Session} session */
const shutter = (session) =>
  session.filming
    ? html`<button class="shutter filming" type="button" aria-label=${t("camera.film.stop")} @click=${session.stopFilm}><i></i></button>`
    : session.mode === "video"
      ? html`<button class="shutter video" type="button" aria-label=${t("camera.film")} @click=${session.startFilm}><i></i></button>`
      : html`<button class="shutter" type="button" aria-label=${t("camera.shoot")} ?disabled=${session.taking} @click=${session.shoot}><i></i></button>`;

/** @param {Session} session */
const modes = (session) => html`
  <div class="modes" role="group">${(/** @type {const} */ (["photo", "video"])).map(
    (
      mode,
    ) => html`<button class="button big mode" type="button" aria-pressed=${session.mode === mode}
      ?disabled=${session.filming !== null} @click=${() => session.choose(mode)}>${t(`camera.mode.${mode}`)}</button>`,
  )}</div>`;

/** @param {Session} session */
const torch = ({ lit, toggleTorch }) => html`
  <button class="button icon" type="button" aria-pressed=${lit} aria-label=${t("camera.torch")} title=${t("camera.torch")} @click=${toggleTorch}>${icon("torch")}</button>`;

/** @param {App} app @param {Session} session @param {string} place */
function caption(app, session, place) {
  const me = app.register.me();
  const { filming, position } = session;
  return html`<div class="caption">
    ${filming ? html`<p class="left"><i class="recording"></i>${t("camera.film.left", { n: filming.seconds, size: bytes(filming.bytes) })}</p>` : nothing}
    <p><b>${place}</b></p>
    <p>${stamp(new Date())}</p>
    <p>${
      position
        ? html`${position.point[1].toFixed(5)}, ${position.point[0].toFixed(5)} ± ${t("metres.m", { n: Math.round(position.accuracyM ?? 0) })}`
        : session.positionKnown
          ? t("camera.finding_position")
          : t("camera.no_position")
    }</p>
    <p>${me?.name || me?.username || ""}</p>
  </div>`;
}

/** @param {App} app @param {Session} session @param {string} item */
function closed(app, session, item) {
  const { state } = session;
  if (state === "opening") return html`<p class="opening" role="status">${t("camera.opening")}</p>`;
  if (state === "open") return nothing;
  return html`<div class="no-camera">${notice(
    "warn",
    t(`camera.${state}`),
    html`<p>${t(`camera.${state}.do`)}</p>
      <div class="acts">
        ${
          state === "insecure" || state === "absent"
            ? nothing
            : html`<button class="button big grow" type="button" @click=${session.open}>${icon("camera")}${t("camera.again")}</button>`
        }
        ${state === "absent" ? nothing : picker(app, session.draft(), item, true)}
      </div>`,
  )}</div>`;
}

/** What could not be saved, and a way to try again. @param {Session} session */
const troubles = (session) =>
  session.troubles.map((trouble) =>
    notice(
      trouble.added.outcome === "unsaved" ? "bad" : "warn",
      saidOf(trouble.added, ""),
      trouble.added.outcome === "unsaved"
        ? html`<p>${t("photos.unsaved.do")}</p>
          <button class="button big" type="button" @click=${() => session.again(trouble)}>${t("photos.unsaved.again")}</button>`
        : nothing,
    ),
  );

const CLOCK = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Asia/Shanghai",
  dateStyle: "short",
  timeStyle: "medium",
});

/** As it is drawn on papers: 2024-11-20 09:30:05. @param {Date} moment */
const stamp = (moment) => CLOCK.format(moment);
