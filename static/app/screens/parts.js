/**
 * Small pieces that every page shows alike.
 *
 * @import { TemplateResult } from "lit-html"
 * @import { Severity } from "../types.d.ts"
 */

import { html, nothing, svg } from "lit-html";
import { ago, full } from "../when.js";
import { severityWord, t } from "../words.js";

const PATHS = /** @type {const} */ ({
  back: "M15.4 4.6 14 3.2 5.2 12l8.8 8.8 1.4-1.400L8 12z",
  close:
    "m6.4 5 5.6 5.600L17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.600L6.4 19 5 17.600l5.6-5.600L5 6.400z",
  search:
    "M10.5 4a6.5 6.5 0 1 0 4 11.600l5 5 1.4-1.4-5-5A6.5 6.5 0 0 0 10.5 4zm0 2a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9z",
  locate:
    "M11 2v2.100A8 8 0 0 0 4.1 11H2v2h2.100a8 8 0 0 0 6.9 6.900V22h2v-2.100a8 8 0 0 0 6.9-6.900H22v-2h-2.100A8 8 0 0 0 13 4.100V2zm1 4a6 6 0 1 1 0 12 6 6 0 0 1 0-12zm0 3a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  layers:
    "m12 3 10 5.5-10 5.500L2 8.500zm0 2.300L6.2 8.500l5.8 3.2 5.8-3.200zM4 12l8 4.4 8-4.4 2 1.1-10 5.5-10-5.500zm0 4 8 4.4 8-4.4 2 1.100L12 22.6 2 17.100z",
  plus: "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z",
  minus: "M5 11h14v2H5z",
  undo: "M9 4 3 10l6 6 1.4-1.400L6.8 11H14a4 4 0 0 1 0 8h-3v2h3a6 6 0 0 0 0-12H6.800l3.6-3.600z",
  redo: "m15 4 6 6-6 6-1.4-1.4 3.6-3.6H10a4 4 0 0 0 0 8h3v2h-3a6 6 0 0 1 0-12h7.2l-3.6-3.6z",
  outline:
    "M5 3h4v1.500l8 2V5h4v4h-1.800l-1.400 7H20v4h-4v-1.200l-8 .500V21H4v-4h1.500L6 7H5zm3 4-.500 10H8v.300l8-.500V16h.300l1.300-7H17v-.500z",
  ruler: "M2 8h20v8H2zm2 2v4h16v-4h-1v2h-2v-2h-2v2h-2v-2h-2v2H9v-2H7v2H5v-2z",
  area: "M3 3h4v4H5v3H3zm7 0h4v2h-4zm7 0h4v4h-2V5h-2zM3 14h2v3h2v2h2v2H3zm16-4h2v4h-2zm0 7h2v4h-7v-2h5zM9 9h6v6H9z",
  print:
    "M7 3h10v4H7zM4 8h16a2 2 0 0 1 2 2v7h-4v4H6v-4H2v-7a2 2 0 0 1 2-2zm4 7v4h8v-4zm10-4v2h2v-2z",
  erase:
    "M8 5h13v14H8l-6-7zm1 2-4.3 5L9 17h10V7zm2.4 2L14 11.6 16.6 9 18 10.4 15.4 13l2.6 2.6-1.4 1.400L14 14.4 11.4 17 10 15.600l2.6-2.600L10 10.400z",
  next: "m8.6 19.4 1.4 1.400L18.8 12 10 3.2 8.6 4.6 16 12z",
  menu: "M4 6h16v2H4zm0 5h16v2H4zm0 5h16v2H4z",
  camera:
    "M9 4 7.200 6H4a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2V8a2 2 0 0 0-2-2h-3.200L15 4zm3 4.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9zm0 2a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z",
  video:
    "M4 6h10a2 2 0 0 1 2 2v2.500L22 7v10l-6-3.500V16a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2z",
  photos:
    "M6 3h14a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zm0 11.500 3.500-4 2.500 3 3.500-4.500 4.500 6V5H6zM2 7v13a2 2 0 0 0 2 2h13v-2H4V7z",
  torch: "M8 2h8l-1 5h4L10 22l2-10H7z",
  bin: "M9 3h6l1 2h4v2H4V5h4zM6 9h12l-1 11a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2zm3 2v8h2v-8zm4 0v8h2v-8z",
  scan: "M3 3h6v2H5v4H3zm12 0h6v6h-2V5h-4zM3 15h2v4h4v2H3zm16 0h2v6h-6v-2h4zM7 7h4v4H7zm6 0h4v4h-4zm-6 6h4v4H7zm6 0h4v4h-4z",
  pin: "M12 2a7 7 0 0 0-7 7c0 5.2 7 13 7 13s7-7.8 7-13a7 7 0 0 0-7-7zm0 4.500a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z",
  play: "M7 4v16l13-8z",
  pause: "M6 4h4v16H6zm8 0h4v16h-4z",
  download: "M11 3h2v9l3.500-3.500L18 10l-6 6-6-6 1.500-1.500L11 12zM4 18h16v2.500H4z",
  screen: "M3 4h18v12H3zm2 2v8h14V6zm3 12h8v2H8z",
  history:
    "M12 4a8 8 0 0 0-7.7 5.900L2.6 8.2 1.2 9.600l4 4 4-4-1.4-1.4-1.6 1.600A6 6 0 1 1 8 16.500l-1.4 1.400A8 8 0 1 0 12 4zm-1 4v5l4 2.4 1-1.7-3-1.800V8z",
});

/** @param {keyof typeof PATHS} name */
export const icon = (name) =>
  html`<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">${svg`<path d=${PATHS[name]}></path>`}</svg>`;

/** Severity: shape, colour and word. @param {Severity | number} severity */
export const severityBadge = (severity) =>
  html`<span class="badge s${severity}"><i class="mark s${severity}"></i>${severityWord(severity)}</span>`;

/** A moment as people say it, in full on hover. @param {string} moment */
export const time = (moment) =>
  html`<time datetime=${moment} title=${full(moment)}>${ago(moment)}</time>`;

/** @param {number} lines */
export const waiting = (lines = 4) =>
  html`<div class="waiting" role="status"><span class="spoken">${t("loading")}</span>${Array.from({ length: lines }, () => html`<i></i>`)}</div>`;

/**
 * Why there is nothing, and what to do about it.
 * @param {{ title: string, text?: string, act?: string, onAct?: () => void }} what
 */
export const empty = ({ title, text, act, onAct }) => html`
  <div class="empty">
    <b>${title}</b>
    ${text ? html`<p>${text}</p>` : nothing}
    ${act ? html`<button class="button" type="button" @click=${onAct}>${act}</button>` : nothing}
  </div>`;

/**
 * @param {"good" | "warn" | "bad" | ""} tone
 * @param {TemplateResult | string} title
 * @param {TemplateResult | string | typeof nothing} [more]
 */
export const notice = (tone, title, more = nothing) => html`
  <div class="notice ${tone}">
    ${tone === "good" ? html`<i class="mark good"></i>` : nothing}
    ${tone === "bad" ? html`<i class="mark s1"></i>` : nothing}
    ${tone === "warn" ? html`<i class="mark s2"></i>` : nothing}
    <b>${title}</b>
    ${more === nothing ? nothing : html`<div>${more}</div>`}
  </div>`;

/**
 * The sign-in has expired. It opens beside this page, so that what is typed here stays.
 * @param {() => void} again
 */
export const signedOut = (again) =>
  notice(
    "warn",
    t("signed_out.title"),
    html`<p>${t("signed_out.text")}</p>
      <a class="button" target="_blank" href="/sign-in/?next=${encodeURIComponent(location.pathname + location.search)}">${t("signed_out.act")}</a>
      <button class="button" type="button" @click=${again}>${t("again")}</button>`,
  );
