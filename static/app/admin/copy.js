/** A button that copies a text field, where the browser lets it (secure pages only). */

const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-copy]"));
const text = /** @type {HTMLTextAreaElement | null} */ (
  button && document.getElementById(button.dataset.copy ?? "")
);

if (button && text && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.value);
    button.textContent = button.dataset.done ?? "✓";
  });
}
text?.addEventListener("focus", () => text.select());
