/**
 * The fields of a draft, as the server describes them.
 *
 * @import { Draft, DraftEntry, DraftFault } from "../../types.d.ts"
 * @import { Officer, Writing } from "../../paper_draft.js"
 * @typedef {{ from: Writing, draft: Draft, wrong: Record<string, string>,
 *   put: (next: Writing) => void }} Filling
 */

import { html, nothing } from "lit-html";
import { localOf, momentOf, photosOf, standing, withPhoto, withRow } from "../../paper_draft.js";
import { t } from "../../words.js";
import { severityBadge } from "../parts.js";

const INPUT = /** @type {Record<string, string>} */ ({
  line: "text",
  day: "date",
  moment: "datetime-local",
  month: "month",
});

/** @param {Filling} filling @param {DraftEntry} entry */
export function entryField(filling, entry) {
  const { from, draft, wrong, put } = filling;
  const { name, title, type, most } = entry;
  const value = standing(from, draft, name);
  /** @param {any} told */
  const set = (told) => put({ ...from, edits: { ...from.edits, [name]: told } });
  if (type === "yes")
    return html`<label class="ticked">
        <input type="checkbox" .checked=${Boolean(value)} @change=${(/** @type {any} */ event) => set(event.target.checked)} />
        <span class="grow">${sentenceCase(title)}</span>
      </label>
      ${say(name, wrong)}`;
  const told = `draft-${name}`;
  return html`<div class="field">
    <label for=${told}>${sentenceCase(title)}</label>
    ${
      type === "text"
        ? html`<textarea class="input" id=${told} rows="3" maxlength=${most} aria-invalid=${Boolean(wrong[`edits.${name}`])}
            .value=${String(value)} @input=${(/** @type {any} */ event) => set(event.target.value)}></textarea>`
        : html`<input class="input" id=${told} type=${INPUT[type] ?? "text"} maxlength=${most} autocomplete="off"
            aria-invalid=${Boolean(wrong[`edits.${name}`])}
            .value=${type === "moment" ? localOf(String(value)) : String(value)}
            @input=${(/** @type {any} */ event) => set(type === "moment" ? momentOf(event.target.value) : event.target.value)} />`
    }
    ${say(name, wrong)}
  </div>`;
}

/** What was found, with what is asked of each, by when, and which photos go with it. @param {Filling} filling */
export function faultList(filling) {
  const { from, draft, wrong, put } = filling;
  const asks = draft.entries.some(({ type }) => type === "rows");
  const shows = draft.entries.some(({ type }) => type === "photos");
  if (!draft.faults.length) return nothing;
  const photos = photosOf(from, draft);
  return html`<fieldset class="draft-faults">
    <legend>${t("papers.rows")}</legend>
    ${say("rows", wrong)}${say("photos", wrong)}
    <ol>
      ${draft.faults.map((fault) => {
        const row = { ...draft.edits.rows?.[fault.id], ...from.edits.rows?.[fault.id] };
        return html`<li>
          <p class="row">${severityBadge(fault.severity)}<b>${fault.place}</b></p>
          <p class="small">${fault.what}</p>
          <p class="tiny soft">${[fault.code, fault.basis || t("papers.noBasis")].filter(Boolean).join(" · ")}</p>
          ${
            asks
              ? html`<div class="draft-row">
                  <div class="field">
                    <label for="asks-${fault.id}">${t("papers.requirement")}</label>
                    <textarea class="input" id="asks-${fault.id}" rows="2" maxlength="500" .value=${row.requirement ?? ""}
                      @input=${(/** @type {any} */ event) => put(withRow(from, draft, fault.id, { requirement: event.target.value }))}></textarea>
                  </div>
                  <div class="field">
                    <label for="by-${fault.id}">${t("papers.rowDue")}</label>
                    <input class="input" id="by-${fault.id}" type="date" .value=${row.due ?? ""}
                      @input=${(/** @type {any} */ event) => put(withRow(from, draft, fault.id, { due: event.target.value || null }))} />
                  </div>
                </div>`
              : nothing
          }
          ${shows ? pictures(fault, photos, (id) => put(withPhoto(from, draft, id))) : nothing}
        </li>`;
      })}
    </ol>
  </fieldset>`;
}

/** @param {DraftFault} fault @param {string[]} chosen @param {(id: string) => void} turn */
const pictures = (fault, chosen, turn) => html`
  ${
    fault.photos.length
      ? html`<div class="draft-photos" role="group" aria-label=${t("papers.photos")}>
          ${fault.photos.map(
            (
              { id },
              n,
            ) => html`<button class="draft-photo" type="button" aria-pressed=${chosen.includes(id)} @click=${() => turn(id)}>
              <img src="/api/v1/photos/${id}/small.jpg" alt=${t("papers.photo", { n: n + 1 })} loading="lazy" width="96" height="72" />
            </button>`,
          )}
        </div>`
      : nothing
  }
  ${fault.waiting ? html`<p class="tiny soft">${t("papers.waiting", { n: fault.waiting })}</p>` : nothing}`;

/** Who looked: their names are suggested, their numbers are remembered here. @param {Filling & { known: Officer[] }} filling */
export function officerFields({ from, draft, wrong, put, known }) {
  if (!draft.officers) return nothing;
  const names = [...new Set([...draft.inspectors, ...known.map(({ name }) => name)])];
  /** @param {number} n @param {Partial<Officer>} change */
  const set = (n, change) =>
    put({
      ...from,
      officers: from.officers.map((each, at) => (at === n ? { ...each, ...change } : each)),
    });
  return html`<fieldset class="draft-officers">
    <legend>${t("papers.officers")}</legend>
    <datalist id="officers-known">${names.map((name) => html`<option value=${name}></option>`)}</datalist>
    ${from.officers.map(
      ({ name, number }, n) => html`<div class="draft-row">
        <div class="field">
          <label for="officer-${n}">${t("papers.officer")}</label>
          <input class="input" id="officer-${n}" list="officers-known" maxlength="30" autocomplete="off" .value=${name}
            aria-invalid=${Boolean(wrong.officers)}
            @input=${(/** @type {any} */ event) => {
              const told = event.target.value;
              const same = known.find((each) => each.name === told);
              set(n, same ? { name: told, number: same.number } : { name: told });
            }} />
        </div>
        <div class="field">
          <label for="certificate-${n}">${t("papers.certificate")}</label>
          <input class="input" id="certificate-${n}" maxlength="40" autocomplete="off" .value=${number}
            aria-invalid=${Boolean(wrong.officers)}
            @input=${(/** @type {any} */ event) => set(n, { number: event.target.value })} />
        </div>
      </div>`,
    )}
    ${wrong.officers ? html`<p class="wrong" role="alert">${wrong.officers}</p>` : nothing}
  </fieldset>`;
}

/** @param {string} name @param {Record<string, string>} wrong */
const say = (name, wrong) =>
  wrong[`edits.${name}`]
    ? html`<p class="wrong" role="alert">${wrong[`edits.${name}`]}</p>`
    : nothing;

/** @param {string} told */
const sentenceCase = (told) => told.charAt(0).toUpperCase() + told.slice(1);
