/** The campaign's tabs: the day, the programme and the unit go along from one to the other, also
 * where the page has changed its own address since it was opened. */

const CARRIED = ["as_of", "programme", "unit"];

/** @param {Event} event */
function carry({ target }) {
  const tab = /** @type {Element} */ (target).closest?.(".campaign-tabs a");
  if (!(tab instanceof HTMLAnchorElement)) return;
  const here = new URLSearchParams(location.search);
  const told = new URLSearchParams();
  for (const name of CARRIED) if (here.get(name)) told.set(name, here.get(name) ?? "");
  tab.search = told.toString();
}

// On a phone the row of tabs is drawn along: where one is has to be seen.
document
  .querySelector('.campaign-tabs [aria-current="page"]')
  ?.scrollIntoView({ block: "nearest", inline: "nearest" });

// Before it is followed, by whatever button, finger or key.
for (const way of ["pointerover", "pointerdown", "focusin"]) addEventListener(way, carry);
