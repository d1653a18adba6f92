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
 * @param {"picture" | "shot"} [look] a mark in a line, or to be looked at
 */
export function thumb(app, id, says, look = "picture") {
  const known = id === undefined ? "" : addresses.get(id);
  if (known !== undefined) return picture(known, says, look);
  return html`${until(
    read(app, id ?? "").then((address) => picture(address, says, look)),
    picture("", says, look),
  )}`;
}

/** @param {App} app @param {string} id */
async function read(app, id) {
  const blob = await blobOf(app, id);
  const drawable = blob?.type.startsWith("image/") && blob.type !== "image/heic";
  const address = blob && drawable ? URL.createObjectURL(blob) : "";
  // What is not here yet may come with the next pack.
  if (blob) addresses.set(id, address);
  return address;
}

/** @param {App} app @param {string} id */
const blobOf = async (app, id) =>
  (await app.store.files.get(id)) ?? (await app.store.pack.small(id));

/**
 * An address of its own for an earlier photo, to be given back by whoever asked for it.
 *
 * @param {App} app
 * @param {{ id: string, small: string | null } | undefined} shot
 * @returns {Promise<string | null>}
 */
export async function addressOf(app, shot) {
  if (!shot) return null;
  const blob = await blobOf(app, shot.id);
  if (blob) return URL.createObjectURL(blob);
  return navigator.onLine ? shot.small : null;
}

/** @param {string} address @param {string} says @param {"picture" | "shot"} look */
const picture = (address, says, look) =>
  address
    ? html`<img class=${look} src=${address} alt=${says} width="56" height="56">`
    : html`<span class=${look} role="img" aria-label=${t("same.no_photo")}></span>`;
