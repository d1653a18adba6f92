/** What every page can do: choose a theme, close a menu from outside, tell what there is to do. */

import { chooseTheme, theme } from "./screens/theme.js";

function showTheme() {
  for (const button of document.querySelectorAll("[data-choose-theme]")) {
    const name = /** @type {HTMLElement} */ (button).dataset.chooseTheme;
    button.setAttribute("aria-pressed", String(name === theme()));
  }
}

/** @param {Element | null} kept a menu that stays open */
function closeMenus(kept) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== kept) menu.removeAttribute("open");
  }
}

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const button = /** @type {HTMLElement | null} */ (target.closest("[data-choose-theme]"));
  if (button) {
    chooseTheme(button.dataset.chooseTheme ?? "");
    showTheme();
  }
  closeMenus(target.closest("details.menu"));
});

document.addEventListener("keydown", (event) => {
  const open = document.querySelector("details.menu[open]");
  if (event.key !== "Escape" || !open) return;
  open.removeAttribute("open");
  open.querySelector("summary")?.focus();
});

showTheme();

// On a phone the row of pages is drawn along: where one is has to be seen.
document
  .querySelector('.bar nav [aria-current="page"]')
  ?.scrollIntoView({ block: "nearest", inline: "center" });

/** What one has to do, beside the name of each page that is for it. */
const counted = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-inbox]")]);
if (counted.length)
  Promise.all([import("./api.js"), import("./screens/inbox.js"), import("./words.js")]).then(
    ([{ connect }, { openInbox }, { speak }]) => {
      speak(document.documentElement.lang);
      openInbox(connect(), counted);
    },
  );
