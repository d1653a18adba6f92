/**
 * The photos of one item in a row: a button to take more, and what is there.
 *
 * @import { App } from "./app.js"
 * @import { Draft } from "../../store/drafts.js"
 * @import { Line } from "../../form/filling.js"
 * @import { Photo } from "../../evidence.js"
 * @import { Route } from "../../routes.js"
 */

import { html, nothing } from "lit-html";
import { isVideo, lacking, photosOf, typeWord } from "../../evidence.js";
import { format } from "../../routes.js";
import { t } from "../../words.js";
import { icon } from "../parts.js";
import { thumbOf } from "./thumbs.js";

const SHOWN = 4;

/**
 * @param {App} app
 * @param {Draft} draft
 * @param {string} item "" for the record as a whole
 */
export function strip(app, draft, item) {
  const photos = photosOf(draft.photos ?? [], item || null);
  const [camera, shown] = placesOf(draft, item);
  const name = item || t("photos.whole");
  return html`<div class="strip">
    <a class="button big shoot" href=${format(camera)}
      aria-label=${t("photos.take_for", { code: name, n: photos.length })}>${icon("camera")}${photos.length ? nothing : html`<span>${t("photos.take")}</span>`}</a>
    ${
      photos.length
        ? html`<a class="shots" href=${format(shown)}
            aria-label=${t("photos.show_for", { code: name, n: photos.length })}>
            ${photos.slice(-SHOWN).map((photo) => small(app, photo))}
            <b class="count">${photos.length}</b></a>`
        : nothing
    }
  </div>`;
}

/** Where its photos are taken, and shown. @param {Draft} draft @param {string} item @returns {[Route, Route]} */
function placesOf({ estate, kind, move }, item) {
  if (move)
    return [
      { at: "case_camera", case: move.case },
      { at: "case_photos", case: move.case },
    ];
  return [
    { at: "camera", estate, kind, item },
    { at: "photos", estate, kind, item },
  ];
}

/** What belongs to no single item. @param {App} app @param {Draft} draft */
export const ofTheWhole = (app, draft) =>
  html`<section class="group"><h2>${t("photos.whole")}</h2>${strip(app, draft, "")}</section>`;

/** What a finding's item asks to be shown and is not there yet. @param {Line} line @param {Draft} draft */
export function lackOf(line, draft) {
  const [lack] = lacking([line], draft.photos ?? []);
  return lack
    ? html`<p class="small lack">${t(`evidence.${lack.wanted}`, { n: lack.held })}</p>`
    : nothing;
}

/** @param {App} app @param {Photo} photo */
export function small(app, photo) {
  const thumb = thumbOf(app, photo);
  if (thumb && typeof thumb === "object") return html`<img class="thumb" src=${thumb.url} alt="">`;
  const what = isVideo(photo.type)
    ? icon("video")
    : thumb === "hidden"
      ? html`<b>${typeWord(photo.type)}</b>`
      : "";
  return html`<span class="thumb ${thumb ?? "making"}">${what}</span>`;
}
