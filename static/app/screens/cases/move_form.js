/**
 * One move of the open case: a small form of what it needs.
 *
 * @import { Attached } from "../../case_photos.js"
 * @import { Told } from "../../case_moves.js"
 * @import { CanHandle, CaseFeature, CaseMay, CasePhoto } from "../../types.d.ts"
 * @typedef {{ may: CaseMay, told: Told, photos: Attached[], wrong: Record<string, string>,
 *   notAdded: string[], sending: "" | "move" | "photos", sent: number, byRule: string,
 *   sought: string, found: CaseFeature[] | null,
 *   unheard: { says: string, id: string, body: any } | null }} Making
 */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { t } from "../../words.js";
import { severityBadge } from "../parts.js";
import { sentence } from "../rounds/fields.js";
import { needFields, select } from "./needs.js";
import { moveWord, placeName, stateBadge, stateWord } from "./pieces.js";

/**
 * @param {{ making: Making, handlers: CanHandle[], approvers: { username: string, name: string }[],
 *   earlier: CasePhoto[], severity: number, set: (change: Partial<Told>) => void,
 *   addFiles: (files: File[]) => void, dropPhoto: (id: string) => void,
 *   pair: (id: string, earlier: string) => void, seek: (text: string) => void,
 *   make: () => void, close: () => void }} form
 */
export function moveForm(form) {
  const { making, handlers, approvers, severity, set, make, close } = form;
  const { may, told, wrong, sending } = making;
  const { needs } = may;
  return html`
    <form
      class="section move-form"
      novalidate
      aria-label=${moveWord(may.move)}
      @submit=${(/** @type {Event} */ event) => {
        event.preventDefault();
        make();
      }}
    >
      <h3>${moveWord(may.move)} <span class="soft small">→ ${stateWord(may.to)}</span></h3>
      ${may.move === "file" ? filing(told, severity, wrong, set) : nothing}
      ${needs.includes("into") ? joining(form) : nothing}
      ${needFields({
        needs: ["note", ...needs],
        must: needs,
        told,
        wrong,
        handlers,
        approvers,
        byRule: making.byRule,
        set,
      })}
      ${needs.includes("photo") ? photos(form) : nothing}
      ${wrong.move ? html`<p class="wrong" role="alert">${wrong.move}</p>` : nothing}
      <div class="choices">
        <button class="button primary" aria-disabled=${sending !== ""}>
          ${
            sending === "photos"
              ? t("cases.sendingPhotos", { n: making.sent, all: making.photos.length })
              : moveWord(may.move)
          }
        </button>
        <button class="button" type="button" @click=${close}>${t("cancel")}</button>
      </div>
    </form>`;
}

/** @param {Told} told @param {number} severity @param {Record<string, string>} wrong @param {(change: Partial<Told>) => void} set */
const filing = (told, severity, wrong, set) => html`
  <div class="between">
    ${select(
      "severity",
      t("filter.severity"),
      ["1", "2", "3"].map((each) => [each, t(/** @type {any} */ (`severity.${each}`))]),
      told.severity || String(severity),
      wrong,
      (value) => set({ severity: value }),
    )}
    <label class="layer">
      <input
        type="checkbox"
        .checked=${told.simple === true}
        @change=${(/** @type {any} */ event) => set({ simple: event.target.checked })}
      />
      <span class="grow">${t("cases.simpleSays")}</span>
    </label>
  </div>`;

/** @param {Parameters<typeof moveForm>[0]} form */
const joining = ({ making: { told, sought, found, wrong }, seek, set }) => html`
  <div class="field">
    <label for="move-into">${t("cases.into")}</label>
    <input
      class="input"
      id="move-into"
      type="search"
      autocomplete="off"
      placeholder=${t("cases.searchSays")}
      aria-invalid=${Boolean(wrong.into)}
      aria-describedby="wrong-into"
      .value=${sought}
      @input=${(/** @type {any} */ event) => seek(event.target.value)}
    />
    ${sentence("into", wrong)}
    <div role="radiogroup" aria-label=${t("cases.into")}>
      ${(found ?? []).map(
        ({ id, properties: row }) => html`<label class="layer">
          <input
            type="radio"
            name="into"
            .checked=${told.into === id}
            @change=${() => set({ into: id })}
          />
          <span class="grow"
            >${row.title}
            <span class="tiny soft"
              >${t("cases.number", { n: row.number })} · ${placeName(row)}</span
            ></span
          >
          ${severityBadge(row.severity)} ${stateBadge(row.state)}
        </label>`,
      )}
    </div>
    ${found && !found.length ? html`<p class="soft small">${t("cases.none")}</p>` : nothing}
  </div>`;

/** @param {Parameters<typeof moveForm>[0]} form */
function photos({ making: { photos, wrong, may, notAdded }, earlier, addFiles, dropPhoto, pair }) {
  const paired = may.needs.includes("pair") && earlier.length > 0;
  return html`
    <div class="field">
      <label for="move-photos">${t("cases.photos")}</label>
      <input
        class="input"
        id="move-photos"
        type="file"
        accept="image/*,video/mp4,video/webm,video/quicktime"
        multiple
        aria-invalid=${Boolean(wrong.photos)}
        aria-describedby="wrong-photos"
        @change=${(/** @type {any} */ event) => {
          addFiles([...event.target.files]);
          event.target.value = "";
        }}
      />
      ${sentence("photos", wrong)}
      ${notAdded.map((said) => html`<p class="wrong" role="alert">${said}</p>`)}
      ${paired ? html`<p class="help">${t("cases.pairSays")}</p>` : nothing}
      <ul class="attached">
        ${repeat(
          photos,
          ({ id }) => id,
          (photo) => html`<li>
            <img src=${photo.url ?? ""} alt=${photo.name} />
            <span class="grow">
              <span class="small">${photo.name}</span>
              ${
                paired
                  ? html`<select
                      class="input"
                      aria-label=${t("cases.pairOf", { name: photo.name })}
                      @change=${(/** @type {any} */ event) => pair(photo.id, event.target.value)}
                    >
                      <option value="" ?selected=${!photo.pair}>${t("cases.noPair")}</option>
                      ${earlier.map(
                        (each, n) =>
                          html`<option value=${each.id} ?selected=${photo.pair === each.id}>
                            ${t("cases.earlier", { n: n + 1 })}
                          </option>`,
                      )}
                    </select>`
                  : nothing
              }
            </span>
            <button
              class="button quiet"
              type="button"
              aria-label=${t("cases.dropPhoto", { name: photo.name })}
              @click=${() => dropPhoto(photo.id)}
            >
              ${t("cases.drop")}
            </button>
          </li>`,
        )}
      </ul>
      ${
        paired
          ? html`<ul class="thumbs" aria-label=${t("cases.earlierPhotos")}>
              ${earlier.map(
                (each, n) => html`<li>
                  ${each.small ? html`<img src=${each.small} alt="" loading="lazy" />` : nothing}
                  <span class="tiny">${t("cases.earlier", { n: n + 1 })}</span>
                </li>`,
              )}
            </ul>`
          : nothing
      }
    </div>`;
}
