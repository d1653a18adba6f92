/**
 * The address speaks of something that this tablet does not know.
 *
 * @import { App } from "./app.js"
 * @import { Screen } from "./screens.js"
 */

import { html } from "lit-html";
import { t } from "../../words.js";
import { empty } from "../parts.js";

/** @param {App} app @param {"estate" | "kind"} what @returns {Screen} */
export function missingScreen(app, what) {
  const title = t("find.title");
  return {
    title,
    head: html`<h1 tabindex="-1">${title}</h1>`,
    body: empty({
      title: t(`missing.${what}`),
      text: t("missing.why"),
      act: title,
      onAct: () => app.go({ at: "find" }),
    }),
  };
}
