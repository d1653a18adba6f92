/**
 * What became of a case, move by move: who, when, why, with which photos.
 *
 * @import { CanHandle, CaseHandler, CaseMove, CasePhoto, CaseWhole } from "../../types.d.ts"
 * @typedef {(told: { kind: string, company?: number, unit?: number }) => string} Named
 */

import { html, nothing } from "lit-html";
import { dayWord } from "../../when.js";
import { t } from "../../words.js";
import { time } from "../parts.js";
import { madeWord, moveWord, stateWord } from "./pieces.js";

/** @param {CaseWhole} whole @param {CanHandle[]} handlers */
export function chain({ properties, moves, photos }, handlers) {
  const named = nameOf(properties.handler, handlers);
  const known = new Map(photos.map((photo) => [photo.id, photo]));
  return html`
    <section class="section" aria-labelledby="case-chain">
      <h3 id="case-chain">${t("cases.chain")}</h3>
      <ol class="chain">
        <li>
          <span class="grow"><b>${t("cases.reportedAs")}</b>
            <span class="soft small">${t(/** @type {any} */ (`cases.source.${properties.source}`))}</span></span>
          <span class="soft small">${time(properties.reported_at)}</span>
        </li>
        ${moves.filter(({ standing }) => standing !== "proposed").map((move) => link(move, known, named))}
      </ol>
    </section>`;
}

/** @param {CaseMove} move @param {Map<string, CasePhoto>} known @param {Named} named */
const link = (move, known, named) => html`
  <li class=${move.standing}>
    <span class="grow">
      <b>${move.standing === "declined" ? moveWord(move.move) : madeWord(move.move)}</b>
      ${
        move.standing === "declined"
          ? html`<span class="badge">${t("cases.declined")}</span>`
          : move.to
            ? html`<span class="soft small">→ ${stateWord(move.to)}</span>`
            : nothing
      }
      <span class="small">${whoOf(move)}</span>
      ${details(move, named)}
    </span>
    <span class="soft small">${time(move.recorded_at)}</span>
    ${move.note ? html`<blockquote class="small">${move.note}</blockquote>` : nothing}
    ${
      move.decided_at
        ? html`<p class="tiny soft">
            ${t(move.standing === "declined" ? "cases.declinedBy" : "cases.acceptedBy", { name: move.decided_by_name ?? "" })}
            ${time(move.decided_at)}${move.decision ? html` · ${move.decision}` : nothing}
          </p>`
        : nothing
    }
    ${thumbs(move.photos.flatMap((id) => known.get(id) ?? []))}
    ${
      move.evidence.held < move.evidence.declared
        ? html`<p class="tiny soft">
            ${t("cases.photosComing", { n: move.evidence.declared - move.evidence.held })}
          </p>`
        : nothing
    }
  </li>`;

/** @param {CaseMove} move */
export const whoOf = ({ by_name, by_part }) => (by_part === "xuntu" ? t("xuntu") : by_name);

/**
 * Who a handler is, as far as this person knows names: the present one, and all that cases can be
 * given to.
 * @param {CaseHandler | null} now @param {CanHandle[]} handlers @returns {Named}
 */
const nameOf = (now, handlers) => (told) => {
  const id = told.company ?? told.unit ?? null;
  const same = handlers.find((each) => id !== null && each.kind === told.kind && each.id === id);
  if (same) return same.name;
  if (now?.kind === told.kind && now.id === id) return now.name;
  return t(/** @type {any} */ (`cases.handler.${told.kind}`));
};

/** What a move told beside its note. @param {CaseMove} move @param {Named} [named] */
export function details({ data }, named = nameOf(null, [])) {
  const told = [
    data.until && t("cases.untilDay", { day: dayWord(data.until) }),
    data.body && t(/** @type {any} */ (`cases.body.${data.body}`)),
    data.approver && t("cases.approvedBy", { name: data.approver }),
    data.severity && t(/** @type {any} */ (`severity.${data.severity}`)),
    data.handler && named(data.handler),
  ].filter(Boolean);
  return told.length
    ? html`<span class="small soft">${told.join(t("list.comma"))}</span>`
    : nothing;
}

/** @param {CasePhoto[]} photos */
export const thumbs = (photos) =>
  photos.length
    ? html`<ul class="thumbs">
        ${photos.map(
          (photo) => html`<li>
            ${
              photo.small && photo.large
                ? html`<a href=${photo.large} target="_blank" rel="noopener"
                    ><img src=${photo.small} alt=${t("cases.photo")} loading="lazy"
                  /></a>`
                : html`<span class="no-photo tiny">${t(photo.held ? "cases.photoMaking" : "cases.photoComing")}</span>`
            }
          </li>`,
        )}
      </ul>`
    : nothing;
