/** What every page can do: choose a theme, close a menu from outside. */

const THEMES = ["", "light", "dark", "outdoor"];

/** The theme chosen on this tablet; "" follows the system. */
export function theme() {
  try {
    return localStorage.getItem("theme") ?? "";
  } catch {
    return ""; // storage is switched off in this browser
  }
}

/** @param {string} name one of light, dark, outdoor, or "" for the system's own */
export function chooseTheme(name) {
  if (!THEMES.includes(name)) return;
  try {
    localStorage.setItem("theme", name);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = name || (dark ? "dark" : "light");
}

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
