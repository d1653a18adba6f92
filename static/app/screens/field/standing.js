/**
 * What is shown when there is nothing to work with yet: loading, no server, signed out.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 */

import { html } from "lit-html";
import { t } from "../../words.js";
import { empty, waiting } from "../parts.js";

/** @param {App} app @param {"estate" | "kind"} [missing] @returns {Screen} */
export function standingScreen(app, missing) {
  const title = t("find.title");
  return { title, head: html`<h1 tabindex="-1">${title}</h1>`, body: body(app, missing) };
}

/** @param {App} app @param {"estate" | "kind" | undefined} missing */
function body(app, missing) {
  if (missing)
    return empty({
      title: t(`missing.${missing}`),
      text: t("missing.why"),
      act: t("find.title"),
      onAct: () => app.go({ at: "find" }),
    });
  if (app.standing === "loading") return waiting(8);
  if (app.standing === "signed_out")
    return html`<div class="empty"><b>${t("signed_out.title")}</b><p>${t("signed_out.text")}</p>
      <a class="button primary" href="/sign-in/?next=/field/">${t("signed_out.act")}</a></div>`;
  return empty({
    title: t("unreachable.title"),
    text: t("unreachable.text"),
    act: t("again"),
    onAct: () => app.load(),
  });
}
