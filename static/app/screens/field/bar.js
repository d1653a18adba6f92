/**
 * The bar on top of the inspector's page. It is drawn here and not by the server: the page that
 * the server sends says nothing of who asks for it.
 *
 * @import { App } from "./app.js"
 */

import { html, nothing, render } from "lit-html";
import { csrfToken } from "../../api.js";
import { spoken, t } from "../../words.js";
import { icon } from "../parts.js";
import { theme } from "../theme.js";
import { barLine } from "./waiting.js";

const THEMES = /** @type {const} */ (["", "light", "dark", "outdoor"]);

/** @param {App} app */
export function openBar(app) {
  const element = /** @type {HTMLElement} */ (document.getElementById("bar"));
  return { show: () => render(bar(app), element) };
}

/** @param {App} app */
function bar(app) {
  const me = app.register.me();
  const other = spoken() === "en" ? "zh-Hans" : "en";
  return html`
    <a class="brand" href="#/"><img src="/static/icons/icon.svg" alt="" width="28" height="28">${t("xuntu")}</a>
    <span class="push"></span>
    ${barLine(app)}
    <a class="button quiet big spare" href="#/mine" aria-label=${t("mine.title")} aria-current=${app.route.at === "mine" ? "page" : nothing}>${icon("history")}<span class="wide-only">${t("mine.title")}</span></a>
    <button class="button quiet big" type="button" lang=${other} @click=${() => app.speak(other)}>${other === "en" ? "EN" : "中文"}</button>
    <details class="menu">
      <summary class="button icon quiet big" aria-label=${t("menu")}>${icon("menu")}</summary>
      <div class="sheet-of-menu">
        ${me ? html`<p class="who"><b>${me.name || me.username}</b><br><span class="soft small">${me.username}</span></p>` : nothing}
        <a class="entry" href="#/day">${t("day.title")}</a>
        <a class="entry" href="#/rechecks">${t("rechecks.title")}</a>
        ${
          app.creation.enrolments().some(({ forms }) => forms.length)
            ? html`<a class="entry" href="#/sheets">${t("sheets.title")}</a>`
            : nothing
        }
        <a class="entry" href="#/mine">${t("mine.title")}</a>
        <a class="entry" href="#/outbox">${t("outbox.title")}</a>
        <a class="entry" href="#/statement">${t("statement.title")}</a>
        <a class="entry" href="#/pack">${t("pack.title")}</a>
        <a class="entry" href="#/tablet">${t("tablet.title")}</a>
        <p class="group">${t("theme")}</p>
        ${THEMES.map(
          (name) => html`<button class="entry" type="button" aria-pressed=${theme() === name}
            @click=${() => app.paint(name)}>${t(`theme.${name || "system"}`)}</button>`,
        )}
        ${pages(app)}
        ${
          me
            ? html`<p class="group">${t("account")}</p>
          <a class="entry" href="/people/password/">${t("account.password")}</a>
          <a class="entry" href="/people/privacy/">${t("account.privacy")}</a>
          <form method="post" action="/sign-out/" @submit=${(/** @type {Event} */ event) => signOut(app, event)}>
            <input type="hidden" name="csrfmiddlewaretoken" .value=${csrfToken(document.cookie)}>
            <button class="entry">${t("account.sign_out")}</button>
          </form>`
            : nothing
        }
      </div>
    </details>`;
}

/** The other pages this person may open. @param {App} app */
function pages(app) {
  const may = app.register.me()?.may;
  if (!may?.plan && !may?.overview) return nothing;
  return html`<p class="group">${t("pages")}</p>
    ${may.plan ? html`<a class="entry" href="/plan/">${t("pages.plan")}</a>` : nothing}
    ${may.overview ? html`<a class="entry" href="/overview/">${t("pages.overview")}</a>` : nothing}
    ${may.keep_register ? html`<a class="entry" href="/admin/">${t("pages.admin")}</a>` : nothing}`;
}

/** Whoever comes next begins with signing in; what is not sent yet waits for this person. @param {App} app @param {Event} event */
async function signOut(app, event) {
  event.preventDefault();
  await app.drafts.settled();
  await app.device.signedOut();
  /** @type {HTMLFormElement} */ (event.target).submit();
}
