/**
 * The photos of one item, or of the record as a whole: seen larger, with how and when each was
 * taken. What is deleted can be brought back.
 *
 * @import { App } from "./app.js"
 * @import { Draft } from "../../store/drafts.js"
 * @import { Screen } from "./screens.js"
 * @import { Route } from "../../routes.js"
 * @import { Photo } from "../../evidence.js"
 */

import { html, nothing } from "lit-html";
import { isVideo, photosOf, typeWord } from "../../evidence.js";
import { distanceToM } from "../../metres.js";
import { format } from "../../routes.js";
import { bytes } from "../../storage.js";
import { either, t } from "../../words.js";
import { empty, icon, notice, time } from "../parts.js";
import { addFiles, remove, saidOf } from "./adding.js";
import { opened } from "./checklist.js";
import { distance } from "./find.js";
import { thumbOf } from "./thumbs.js";

/** Farther than this, a photo may be of another place. */
const FAR_M = 200;

/** @param {App} app @param {{ estate: import("../../types.d.ts").PlaceId, kind: string, item: string }} route @returns {Screen} */
export function photosScreen(app, route) {
  const { kind, draft } = opened(app, route);
  const item = kind.items.find(({ code }) => code === route.item);
  const { estate, kind: slug } = route;
  return taken(app, draft, {
    item: route.item,
    text: `${item?.code ?? ""} ${item ? either(item.zh, item.en) : t("photos.whole")}`,
    back: { at: "checklist", estate, kind: slug },
    camera: { at: "camera", estate, kind: slug, item: route.item },
    map: { estate, asset: draft.asset, assetType: kind.asset },
  });
}

/**
 * @param {App} app
 * @param {Draft} draft
 * @param {{ item: string, text: string, back: Route, camera: Route, map: Screen["map"] }} what
 * @returns {Screen}
 */
export function taken(app, draft, what) {
  const photos = photosOf(draft.photos ?? [], what.item || null);
  return {
    title: t("photos.title"),
    height: "full",
    head: html`
      <a class="button icon quiet" href=${format(what.back)} aria-label=${t("back")}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${t("photos.title")}</h1>
        <p class="soft small">${what.text}</p></div>`,
    body: html`
      ${notAdded(app, draft)}
      ${
        photos.length
          ? html`<ul class="photos">${photos.map((photo, at) => card(app, draft, photo, at + 1))}</ul>`
          : empty({ title: t("photos.none"), text: t("photos.none.why") })
      }`,
    foot: html`<div class="acts">
      <a class="button primary big grow" href=${format(what.camera)}>${icon("camera")}${t("photos.take")}</a>
      ${picker(app, draft, what.item)}
    </div>`,
    ...(what.map ? { map: what.map } : {}),
    onTap: () => true,
  };
}

/**
 * The way beside the camera. With `capture` the tablet's own camera is opened.
 *
 * @param {App} app
 * @param {Draft} draft
 * @param {string} item
 * @param {boolean} [capture]
 */
export const picker = (app, draft, item, capture = false) => html`
  <label class="button big grow pick">${icon(capture ? "camera" : "photos")}
    <span>${t(capture ? "photos.system" : "photos.pick")}</span>
    <input type="file" class="spoken" accept="image/*,video/*" ?multiple=${!capture}
      capture=${capture ? "environment" : nothing}
      @change=${(/** @type {any} */ { target }) => {
        const files = [...target.files];
        target.value = "";
        if (files.length) addFiles(app, draft, item || null, files);
      }}></label>`;

/** What is being read, and what could not be added. @param {App} app @param {Draft} draft */
export function notAdded(app, draft) {
  const { reading = 0, notAdded: left = [] } = app.local;
  return html`
    ${reading ? html`<p class="notice" role="status">${t("photos.reading", { n: reading })}</p>` : nothing}
    ${left.map((/** @type {any} */ each) =>
      notice(
        each.added.outcome === "unsaved" ? "bad" : "warn",
        saidOf(each.added, each.file.name),
        each.added.outcome === "unsaved"
          ? html`<p>${t(each.added.code === "unreadable" ? "photos.unread.do" : "photos.unsaved.do")}</p><button class="button big" type="button"
              @click=${() => addFiles(app, draft, each.item, [each.file], each.added.id)}>${t("photos.unsaved.again")}</button>`
          : nothing,
      ),
    )}`;
}

/** @param {App} app @param {Draft} draft @param {Photo} photo @param {number} n */
const card = (app, draft, photo, n) => html`
  <li class="photo">
    ${picture(app, photo, n)}
    <div class="facts-of-photo">
      <p><b>${t(`photos.how.${photo.how}`)}</b> <span class="soft small">${bytes(photo.bytes)}</span></p>
      <p class="small soft">${photo.takenAt ? time(photo.takenAt) : t("photos.no_time")} · ${placeWord(app, draft, photo)}</p>
    </div>
    <button class="button big quiet" type="button" aria-label="${t("photos.delete")} ${t("photos.one", { n })}"
      @click=${() => remove(app, draft, photo)}>${icon("bin")}</button>
  </li>`;

/** @param {App} app @param {Photo} photo @param {number} n */
function picture(app, photo, n) {
  if (isVideo(photo.type)) return video(app, photo);
  const thumb = thumbOf(app, photo);
  if (thumb && typeof thumb === "object")
    return html`<img class="large" src=${thumb.url} alt=${t("photos.one", { n })}>`;
  const why =
    thumb === "missing"
      ? t("photos.missing")
      : thumb
        ? t("photos.hidden", { type: typeWord(photo.type) })
        : "";
  return html`<p class="large none">${why}</p>`;
}

/** Its bytes are fetched when somebody wants to see it. @param {App} app @param {Photo} photo */
function video(app, photo) {
  const url = app.local.videos?.[photo.id];
  if (url) return html`<video class="large" controls playsinline src=${url}></video>`;
  return html`<button class="large none" type="button" @click=${async () => {
    const blob = await app.store.files.get(photo.id);
    if (!blob) return;
    app.local.videos = { ...app.local.videos, [photo.id]: URL.createObjectURL(blob) };
    app.local.leave = () => Object.values(app.local.videos).forEach(URL.revokeObjectURL);
    app.show();
  }}>${icon("video")} ${t("photos.video")}</button>`;
}

/** Nothing in the file says nothing: never that it is the wrong place. @param {App} app @param {Draft} draft @param {Photo} photo */
function placeWord(app, draft, photo) {
  if (!photo.point) return t("photos.no_place");
  const shape = app.register.estate(draft.estate)?.geometry;
  const metres = shape ? distanceToM(photo.point, shape) : 0;
  return metres > FAR_M + (photo.accuracyM ?? 0)
    ? html`<b class="far">${t("photos.away", { distance: distance(metres) })}</b>`
    : t("photos.place");
}
