/**
 * The stages gone through, each with its evidence, and the next moves: what each still lacks, and
 * making it.
 *
 * @import { Api } from "../../../api.js"
 * @import { Card, May, Stage } from "../../../creation/card.js"
 */

import { html, nothing } from "lit-html";
import { today } from "../../../days.js";
import { dayWord } from "../../../when.js";
import { either, t } from "../../../words.js";
import { icon, notice } from "../../parts.js";
import { openAsking, wrongLine } from "../asking.js";
import { openAttaching } from "./attaching.js";
import { reachedWord, stageWord, track } from "./pieces.js";

/** Off the list, as it stands. @param {Stage[]} stages */
export const isRemoved = (stages) => stages.at(-1)?.removed ?? false;

/** Or off the list. @param {Stage[]} stages */
const isReturned = (stages) => stages.at(-1)?.to === "SX";

/** @param {Card} card @param {((may: May) => void) | null} move null: only looked at */
export const stageSection = ({ stages, may }, move) => html`
  <section class="section creation-stages" aria-labelledby="stages">
    <h2 id="stages">${t("card.stages")}</h2>
    ${stages.slice(-1).map((last) => html`<p>${track(last.to)} <b>${last.to} ${reachedWord(last)}</b></p>`)}
    ${isRemoved(stages) ? notice("warn", t("card.removed")) : nothing}
    <ol class="stage-list">${stages.map(stageLine)}</ol>
    ${
      move && may.length
        ? html`<div class="no-print"><h3>${t("card.next")}</h3>
            <ul class="list">${may.map((each) => nextLine(each, stages, move))}</ul></div>`
        : nothing
    }
  </section>`;

/** @param {May} may @param {Stage[]} stages @param {(may: May) => void} move */
const nextLine = (may, stages, move) => html`
  <li class="next-stage"><span class="grow"><b>${may.to} ${isReturned(stages) && may.to === "SX" ? t("stage.removed") : stageWord(may.to)}</b>
    ${
      may.lacking.length
        ? html`<ul class="lacking">${may.lacking.map((one) => html`<li class="small">${either(one.zh, one.en)}</li>`)}</ul>`
        : may.to === "SX"
          ? nothing
          : html`<span class="soft small">${t("card.next.ready")}</span>`
    }</span>
    <button class="button ${may.lacking.length || may.to === "SX" ? "" : "primary"}" type="button" ?disabled=${may.lacking.length > 0} @click=${() => move(may)}>${moveWord(may, stages)}</button></li>`;

/** @param {May} may @param {Stage[]} stages */
function moveWord({ to }, stages) {
  if (to !== "SX") return t(isRemoved(stages) ? "card.restore" : "card.move");
  return t(isReturned(stages) ? "card.remove" : "card.return_or_remove");
}

/** @param {Stage} one */
const stageLine = (one) => html`
  <li><span class="code">${one.to}</span> <b>${reachedWord(one)}</b> <span class="soft small">${dayWord(one.on)} · ${one.by_name}</span>
    ${one.announcement ? html`<span class="small">${t("card.announcement", { n: one.announcement })}</span>` : nothing}
    ${[one.reason, one.note].filter(Boolean).map((said) => html`<span class="small">${said}</span>`)}
    ${one.attachments.map(
      ({ id, name }) =>
        html`<a class="small file" href="/api/v1/campaign/attachments/${id}/" download>${icon("download")}${name}</a>`,
    )}</li>`;

/**
 * @param {HTMLDialogElement} dialog
 * @param {{ api: Api, enrolment: string, done: () => void }} world
 */
export function openMoving(dialog, { api, enrolment, done }) {
  const attaching = openAttaching(api, () => asking.filesChanged());
  /** @typedef {{ may: May, stages: Stage[], removed: boolean, on: string, note: string,
   *   announcement: string }} Wish */
  /** @type {import("../asking.js").Asking<Wish>} */
  const asking = openAsking(dialog, {
    title: ({ may: { to } }) => `${to} ${stageWord(to)}`,
    busy: attaching.busy,
    fields,
    done,

    act({ may, stages, removed }) {
      if (may.to !== "SX") return moveWord(may, stages);
      return t(removed ? "card.remove" : "card.return");
    },

    missing({ may: { needs }, on, note, announcement }) {
      /** @type {Record<string, string>} */
      const wrong = {};
      if (!on || on > today()) wrong.on = t("sheet.day.late");
      if (needs.includes("reason") && !note.trim()) wrong.note = t("card.reason.needed");
      if (needs.includes("announcement") && !announcement.trim())
        wrong.announcement = t("card.announcement.needed");
      if (needs.includes("file") && !attaching.ids().length) wrong.attachments = t("attach.needed");
      return wrong;
    },

    send: ({ may: { to, needs }, removed, on, note, announcement }, id) =>
      api.ask("PUT", `/api/v1/campaign/creation/${enrolment}/stages/${id}/`, {
        to,
        on,
        ...(removed ? { removed } : {}),
        ...(needs.includes("reason") ? { reason: note.trim() } : { note: note.trim() }),
        attachments: attaching.ids(),
        ...(needs.includes("announcement") ? { announcement: announcement.trim() } : {}),
      }),
  });

  /** @param {Wish} wish @param {Record<string, string>} wrong */
  function fields({ may: { to, needs }, stages, removed, on, note, announcement }, wrong) {
    const why = wrong.note ?? wrong.reason;
    return html`
      ${to === "SX" ? which(stages, removed) : nothing}
      ${to !== "SX" && isRemoved(stages) ? notice("", t("card.restore.why")) : nothing}
      ${wrongLine(wrong.removed)}
      <div class="field"><label for="move-on">${t("card.move.on")}</label>
        <input class="input" id="move-on" type="date" max=${today()} .value=${on} aria-invalid=${Boolean(wrong.on)} @change=${(/** @type {any} */ event) => asking.set({ on: event.target.value })}>
        ${wrongLine(wrong.on)}</div>
      ${
        needs.includes("announcement")
          ? html`<div class="field"><label for="move-announcement">${t("card.move.announcement")}</label>
              <input class="input" id="move-announcement" maxlength="60" .value=${announcement} aria-invalid=${Boolean(wrong.announcement)} @input=${(/** @type {any} */ event) => asking.set({ announcement: event.target.value })}>
              ${wrongLine(wrong.announcement)}</div>`
          : nothing
      }
      <div class="field"><label for="move-note">${t(needs.includes("reason") ? "card.move.reason" : "card.move.note")}</label>
        <textarea class="input" id="move-note" rows="3" maxlength=${needs.includes("reason") ? 300 : 500} .value=${note} aria-invalid=${Boolean(why)} @input=${(/** @type {any} */ event) => asking.set({ note: event.target.value }, ["note", "reason"])}></textarea>
        ${wrongLine(why)}</div>
      ${attaching.field()}
      ${wrongLine(wrong.attachments)}`;
  }

  /** Who was returned already can only be taken off. @param {Stage[]} stages @param {boolean} removed */
  const which = (stages, removed) =>
    isReturned(stages)
      ? notice("warn", t("card.remove.why"))
      : html`<div class="which-return" role="radiogroup" aria-label=${t("card.return_or_remove")}>${[
          false,
          true,
        ].map(
          (
            each,
          ) => html`<label class="layer"><input type="radio" name="move-removed" .checked=${removed === each}
              @change=${() => asking.set({ removed: each })}>
            <span class="grow"><b>${t(each ? "card.remove" : "card.return")}</b>
              <span class="soft small">${t(each ? "card.remove.why" : "card.return.why")}</span></span></label>`,
        )}</div>`;

  return {
    /** @param {May} may @param {Stage[]} stages gone through so far */
    open(may, stages) {
      attaching.clear();
      const removed = may.to === "SX" && isReturned(stages);
      asking.open({ may, stages, removed, on: today(), note: "", announcement: "" });
    },
  };
}
