/**
 * The day that a matter's numbers are of, and where they come from.
 *
 * @import { Matter, MatterText, Report, Said } from "../../../monthly/types.d.ts"
 * @import { Draft } from "../../../monthly/draft.js"
 * @import { MonthPage } from "./month.js"
 */

import { html, nothing } from "lit-html";
import { matterKey } from "../../../monthly/draft.js";
import { dayShort } from "../../../when.js";
import { t } from "../../../words.js";

/** @param {MonthPage} page @param {Draft} draft @param {Matter} matter @param {Report} report */
export function about(page, draft, matter, report) {
  const text = draft.matterText(matter);
  const key = matterKey(matter);
  const pending = draft.pendingAt(key);
  const closed = !report.may_fill || !report.open;
  const day = text.measured_on || report.default_day;
  const monthly = matter.recurrence === "monthly";
  return html`<details class="month-about">
    <summary><span class="tiny">${dayShort(day)} · ${text.source || report.default_source}${text.attachment ? " · 📎" : ""}</span>
      ${pending?.wrong || pending?.theirs ? html`<b class="wrong tiny">!</b>` : nothing}</summary>
    <div class="month-about-fields">
      <div class="field"><label for="day-${key}">${t("month.day")}</label>
        <input class="input" id="day-${key}" type="date" max=${report.last_day} min=${monthly ? `${report.month}-01` : nothing}
          ?readonly=${closed} .value=${day} aria-invalid=${pending?.wrong ? "true" : "false"}
          @change=${(/** @type {any} */ event) => draft.typeMatter(matter, { measured_on: event.target.value })} /></div>
      <div class="field"><label for="source-${key}">${t("month.source")}</label>
        <input class="input" id="source-${key}" type="text" maxlength="200" ?readonly=${closed}
          placeholder=${report.default_source} .value=${text.source}
          @input=${(/** @type {any} */ event) => draft.typeMatter(matter, { source: event.target.value })} /></div>
      <div class="field"><span class="label">${t("month.file")}</span>${file(page, draft, matter, text, closed)}</div>
      ${pending?.wrong ? html`<p class="wrong small">${pending.wrong}</p>` : nothing}
      ${
        pending?.theirs
          ? html`<p class="small" role="alert"><b>${t("month.theirsMatter", { name: /** @type {Said} */ (pending.theirs).by_name ?? "" })}</b>
              <button class="link" type="button" @click=${() => draft.keepMine(key)}>${t("month.mineKeep")}</button>
              <button class="link" type="button" @click=${() => draft.takeTheirs(key)}>${t("month.theirsTake")}</button></p>`
          : nothing
      }
    </div>
  </details>`;
}

/** @param {MonthPage} page @param {Draft} draft @param {Matter} matter @param {MatterText} text @param {boolean} closed */
function file(page, draft, matter, text, closed) {
  const attached = text.attachment;
  if (attached)
    return html`<span class="row"><a href=${attached.address ?? `/api/v1/campaign/attachments/${attached.id}/`} download>${attached.name}</a>
      ${closed ? nothing : html`<button class="link" type="button" @click=${() => draft.typeMatter(matter, { attachment: null })}>${t("month.detach")}</button>`}</span>`;
  if (closed) return html`<span class="soft small">–</span>`;
  const chosen = async (/** @type {any} */ event) => {
    const [picked] = event.target.files;
    event.target.value = "";
    const brought = picked && (await page.attach(picked));
    if (brought)
      draft.typeMatter(matter, {
        attachment: { id: brought.id, name: brought.name, address: brought.address },
      });
  };
  return html`<label class="button small" aria-disabled=${page.busy() ? "true" : "false"}>${t(page.busy() === "attach" ? "month.attaching" : "month.attach")}<input class="spoken" type="file" ?disabled=${Boolean(page.busy())}
    accept=".pdf,.jpg,.jpeg,.png,.xlsx,.docx,.ods,.csv" @change=${chosen} /></label>`;
}
