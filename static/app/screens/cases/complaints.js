/**
 * What residents say about a case: in their words, what they were answered, and only when asked
 * for who they are.
 *
 * @import { CaseComplaint, CasePhoto } from "../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import { t } from "../../words.js";
import { time } from "../parts.js";
import { thumbs } from "./chain.js";
import { dueTold } from "./pieces.js";

const ANSWERING = ["supervisor", "officer", "clerk"];

/** @param {any} of */
export function complaints({ whole, clock, me, complainants, readComplainant, replying, reply }) {
  if (!whole.complaints.length) return nothing;
  return html`<section class="section" aria-labelledby="case-complaints">
    <h3 id="case-complaints">${t("cases.complaints", { n: whole.complaints.length })}</h3>
    <ul class="list">
      ${whole.complaints.map(
        (/** @type {CaseComplaint} */ each) => html`<li class="section">
          <blockquote>${each.text}</blockquote>
          <p class="tiny soft">
            ${t(/** @type {any} */ (`cases.channel.${each.channel}`))}${each.outside_number ? ` ${each.outside_number}` : ""}
            · ${time(each.received_at)}${each.place_told ? ` · ${each.place_told}` : ""}
          </p>
          ${thumbs(whole.photos.filter((/** @type {CasePhoto} */ { entry }) => entry === each.id))}
          ${answer(each, { clock, me, replying, reply })}
          ${who(complainants.get(each.id), () => readComplainant(each.id))}
        </li>`,
      )}
    </ul>
  </section>`;
}

/** Who complained, only when asked for: that it was read is noted. @param {any} known @param {() => void} read */
const who = (known, read) =>
  known?.wrong
    ? html`<p class="wrong small" role="alert">${known.wrong}</p>`
    : known
      ? html`<dl class="facts no-print">
          <dt>${t("cases.complainant")}</dt>
          <dd>${known.name || "–"}</dd>
          <dt>${t("cases.phone")}</dt>
          <dd>${known.phone || "–"}</dd>
          <dt>${t("cases.address")}</dt>
          <dd>${known.address || "–"}</dd>
        </dl>`
      : html`<p class="no-print">
          <button class="button" type="button" @click=${read}>${t("cases.readComplainant")}</button>
          <span class="tiny soft">${t("cases.readingNoted")}</span>
        </p>`;

/** What was answered; or by when it should be, and the answer. @param {CaseComplaint} each @param {any} of */
function answer(each, { clock, me, replying, reply }) {
  if (each.replied_at)
    return html`<p class="small">
      ${t("cases.repliedWith", { text: each.reply })} <span class="soft tiny">${time(each.replied_at)}</span>
    </p>`;
  const mine = me?.may?.dispatch || ANSWERING.some((role) => me?.roles?.includes(role));
  return html`
    <p class="small">
      ${t("cases.toReply")} ${dueTold(each.reply_due_at, clock)}
    </p>
    ${
      replying?.id === each.id
        ? html`<form
            class="section no-print"
            novalidate
            @submit=${(/** @type {Event} */ event) => {
              event.preventDefault();
              reply.make();
            }}
          >
            <label class="small" for="reply-text">${t("cases.reply")}</label>
            <textarea
              class="input"
              id="reply-text"
              rows="3"
              maxlength="4000"
              aria-invalid=${Boolean(replying.wrong)}
              .value=${replying.text}
              @input=${(/** @type {any} */ event) => reply.say(event.target.value)}
            ></textarea>
            ${replying.wrong ? html`<p class="wrong" role="alert">${replying.wrong}</p>` : nothing}
            <div class="choices">
              <button class="button primary">${t("cases.sendReply")}</button>
              <button class="button" type="button" @click=${reply.close}>${t("cancel")}</button>
            </div>
          </form>`
        : mine
          ? html`<p class="no-print">
              <button class="button" type="button" @click=${() => reply.begin(each.id)}>
                ${t("cases.reply")}
              </button>
            </p>`
          : nothing
    }`;
}
