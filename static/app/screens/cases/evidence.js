/**
 * What a case rests on: before beside after, masked copies, the sealed file; and that it is kept
 * whole while there is a dispute.
 *
 * @import { CaseWhole } from "../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import { t } from "../../words.js";
import { swipe } from "../evidence/swipe.js";
import { time } from "../parts.js";

/** Before and after. @param {CaseWhole} whole @param {any} evidence */
export function pictures({ photos }, evidence) {
  if (!evidence || !photos.length) return nothing;
  const known = new Map(evidence.photos.map((/** @type {any} */ photo) => [photo.id, photo]));
  if (!evidence.pairs.length && !evidence.file) return nothing;
  return html`<section class="section" aria-labelledby="case-evidence">
    <div class="desk-head">
      <h3 id="case-evidence">${t("cases.beforeAfter")}</h3>
      ${
        evidence.file
          ? html`<a class="no-print small" href=${evidence.file} download>${t("cases.sealed")}</a>`
          : nothing
      }
    </div>
    ${
      evidence.pairs.length
        ? evidence.pairs.map((/** @type {any} */ pair) =>
            swipe({ pair, before: known.get(pair.before), after: known.get(pair.after) }),
          )
        : html`<p class="soft small">${t("cases.noPairs")}</p>`
    }
    ${evidence.may_mask ? masking(evidence.photos) : nothing}
  </section>`;
}

/** Where faces and plates are covered on a copy. @param {any[]} photos */
function masking(photos) {
  const shown = photos.filter(({ small, type }) => small && type.startsWith("image/"));
  if (!shown.length) return nothing;
  return html`<details class="no-print">
    <summary class="small">${t("cases.mask")}</summary>
    <ul class="thumbs">
      ${shown.map(
        (photo) => html`<li>
          <a href="/photos/${photo.id}/mask/" title=${t("cases.maskThis")}>
            <img src=${photo.small} alt=${t("cases.maskThis")} loading="lazy" />
            ${photo.masked ? html`<span class="tiny">${t("cases.masked")}</span>` : nothing}
          </a>
        </li>`,
      )}
    </ul>
  </details>`;
}

/** What is kept whole for a dispute. @param {any} of */
export function keeping({ evidence, hold }) {
  if (!evidence || (!evidence.hold && !evidence.may_hold)) return nothing;
  if (evidence.hold)
    return html`<section class="section notice">
      <b>${t("cases.held")}</b>
      <div class="small">
        ${evidence.hold.reason} · ${evidence.hold.by} · ${time(evidence.hold.since)}
        ${
          evidence.may_hold
            ? html`<button class="button no-print" type="button" @click=${hold.lift}>
                ${t("cases.lift")}
              </button>`
            : nothing
        }
      </div>
    </section>`;
  return html`<details class="no-print">
    <summary class="small">${t("cases.hold")}</summary>
    <form
      class="section"
      @submit=${(/** @type {any} */ event) => {
        event.preventDefault();
        hold.put(event.target.elements.reason.value);
      }}
    >
      <p class="soft small">${t("cases.holdSays")}</p>
      <label class="small" for="hold-reason">${t("cases.holdReason")}</label>
      <input class="input" id="hold-reason" name="reason" maxlength="300" required />
      <button class="button">${t("cases.hold")}</button>
    </form>
  </details>`;
}
