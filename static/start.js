// Runs before anything is drawn, in any browser: the theme, and whether this browser is too old.
// A plain script in old words on purpose; everything newer is a module.
(function () {
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return localStorage.getItem("theme");
    } catch (_) {
      return null; // storage is switched off: the system's theme serves
    }
  }

  function paint() {
    root.setAttribute("data-theme", chosen() || (dark.matches ? "dark" : "light"));
  }

  paint();
  if (dark.addEventListener) dark.addEventListener("change", paint);
  window.addEventListener("storage", paint);

  var modern =
    "noModule" in HTMLScriptElement.prototype &&
    HTMLScriptElement.supports &&
    HTMLScriptElement.supports("importmap") &&
    window.CSS &&
    CSS.supports("color", "color-mix(in srgb, red, blue)");
  if (!modern) {
    document.addEventListener("DOMContentLoaded", function () {
      document.getElementById("old-browser").hidden = false;
    });
  }
})();
