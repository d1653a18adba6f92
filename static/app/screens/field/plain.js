/**
 * The page while there is no app on it: before the first answer of the server, and after the
 * tablet was cleared.
 */

import { html, nothing, render } from "lit-html";
import { t } from "../../words.js";
import { empty, waiting } from "../parts.js";

/** Where the page itself holds the place of the app. */
const before = () => /** @type {HTMLElement} */ (document.getElementById("before"));

/** In the place of what stood there. @param {import("lit-html").TemplateResult} what */
function put(what) {
  const place = document.createElement("div");
  place.className = "group";
  before().replaceChildren(place);
  render(what, place);
}

/** At once, however long the answer takes. */
export function opening() {
  put(
    html`<p class="soft" role="status">${t("opening")}</p><div aria-hidden="true">${waiting(3)}</div>`,
  );
}

/** The app comes in its place. */
export const opened = () => before().remove();

/** Nobody ever signed in here, and nobody answers. Ends when it is to be tried again. @returns {Promise<void>} */
export function unanswered() {
  return new Promise((resolve) => {
    const again = () => {
      removeEventListener("online", again);
      resolve();
    };
    addEventListener("online", again);
    put(
      empty({
        title: t("opening.dead"),
        text: t("opening.dead.why"),
        act: t("again"),
        onAct: again,
      }),
    );
  });
}

/** There is nothing more to work with on this page. @param {string} title @param {string[]} [sentences] */
export function ended(title, sentences = []) {
  const last = document.createElement("main");
  last.className = "before-app";
  document.title = title;
  document.body.replaceChildren(last);
  render(
    html`<div class="empty" role="alert"><b>${title}</b>
      ${sentences.map((each) => (each ? html`<p>${each}</p>` : nothing))}</div>`,
    last,
  );
}
