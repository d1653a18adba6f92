/**
 * Small pictures out of the tablet's store: they come a moment after the line they stand in.
 *
 * @import { App } from "./app.js"
 */

import { html } from "lit-html";
import { until } from "lit-html/directives/until.js";
import { t } from "../../words.js";

/** Addresses of what was already read; "" for what can't be drawn here. @type {Map<string, string>} */
const addresses = new Map();

/**
 * An own photo, or the small one of a finding that came with the pack.
 *
 * @param {App} app
 * @param {string | undefined} id
 * @param {string} says
 */
export function thumb(app, id, says) {
  const known = id === undefined ? "" : addresses.get(id);
  if (known !== undefined) return picture(known, says);
  return html`${until(read(app, id ?? "", says), picture("", says))}`;
}

/** @param {App} app @param {string} id @param {string} says */
async function read(app, id, says) {
  const blob = (await app.store.files.get(id)) ?? (await app.store.pack.small(id));
  const drawable = blob?.type.startsWith("image/") && blob.type !== "image/heic";
  addresses.set(id, blob && drawable ? URL.createObjectURL(blob) : "");
  return picture(addresses.get(id) ?? "", says);
}

/** @param {string} address @param {string} says */
const picture = (address, says) =>
  address
    ? html`<img class="picture" src=${address} alt=${says} width="56" height="56">`
    : html`<span class="picture" role="img" aria-label=${t("same.no_photo")}></span>`;
