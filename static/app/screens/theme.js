/** The theme chosen on this tablet. start.js sets it before anything is drawn. */

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
