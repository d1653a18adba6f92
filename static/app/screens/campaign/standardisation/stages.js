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
import { stageWord, track } from "./pieces.js";

/** @param {Card} card @param {((may: May) => void) | null} move null: only looked at */
export const stageSection = ({ stage, stages, may }, move) => html`
  <section class="section creation-stages" aria-labelledby="stages">
    <h2 id="stages">${t("card.stages")}</h2>
    <p>${track(stage)} <b>${stage} ${stageWord(stage)}</b></p>
    <ol class="stage-list">${stages.map(stageLine)}</ol>
    ${
      move && may.length
        ? html`<div class="no-print"><h3>${t("card.next")}</h3>
            <ul class="list">${may.map(
              (
                each,
              ) => html`<li class="next-stage"><span class="grow"><b>${each.to} ${stageWord(each.to)}</b>
                ${
                  each.lacking.length
                    ? html`<ul class="lacking">${each.lacking.map((one) => html`<li class="small">${either(one.zh, one.en)}</li>`)}</ul>`
                    : each.to === "SX"
                      ? nothing
                      : html`<span class="soft small">${t("card.next.ready")}</span>`
                }</span>
                <button class="button ${each.lacking.length || each.to === "SX" ? "" : "primary"}" type="button" ?disabled=${each.lacking.length > 0} @click=${() => move(each)}>${t(
                  each.to === "SX" ? "card.return" : "card.move",
                )}</button></li>`,
            )}</ul></div>`
        : nothing
    }
  </section>`;

/** @param {Stage} one */
const stageLine = ({ to, on, by_name, note, reason, attachments, announcement }) => html`
  <li><span class="code">${to}</span> <b>${stageWord(to)}</b> <span class="soft small">${dayWord(on)} · ${by_name}</span>
    ${announcement ? html`<span class="small">${t("card.announcement", { n: announcement })}</span>` : nothing}
    ${[reason, note].filter(Boolean).map((said) => html`<span class="small">${said}</span>`)}
    ${attachments.map(
      ({ id, name }) =>
        html`<a class="small file" href="/api/v1/campaign/attachments/${id}/" download>${icon("download")}${name}</a>`,
    )}</li>`;

/**
 * @param {HTMLDialogElement} dialog
 * @param {{ api: Api, enrolment: string, done: () => void }} world
 */
export function openMoving(dialog, { api, enrolment, done }) {
  const attaching = openAttaching(api, () => asking.filesChanged());
  /** @typedef {{ may: May, on: string, note: string, announcement: string }} Wish */
  /** @type {import("../asking.js").Asking<Wish>} */
  const asking = openAsking(dialog, {
    title: ({ may: { to } }) => `${to} ${stageWord(to)}`,
    act: ({ may: { to } }) => t(to === "SX" ? "card.return" : "card.move"),
    busy: attaching.busy,
    fields,
    done,

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

    send: ({ may: { to, needs }, on, note, announcement }, id) =>
      api.ask("PUT", `/api/v1/campaign/creation/${enrolment}/stages/${id}/`, {
        to,
        on,
        ...(needs.includes("reason") ? { reason: note.trim() } : { note: note.trim() }),
        attachments: attaching.ids(),
        ...(needs.includes("announcement") ? { announcement: announcement.trim() } : {}),
      }),
  });

  /** @param {Wish} wish @param {Record<string, string>} wrong */
  function fields({ may: { to, needs }, on, note, announcement }, wrong) {
    const why = wrong.note ?? wrong.reason;
    return html`
      ${to === "SX" ? notice("warn", t("card.return.why")) : nothing}
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
        <textarea class="input" id="move-note" rows="3" maxlength="1000" .value=${note} aria-invalid=${Boolean(why)} @input=${(/** @type {any} */ event) => asking.set({ note: event.target.value }, ["note", "reason"])}></textarea>
        ${wrongLine(why)}</div>
      ${attaching.field()}
      ${wrongLine(wrong.attachments)}`;
  }

  return {
    /** @param {May} may */
    open(may) {
      attaching.clear();
      asking.open({ may, on: today(), note: "", announcement: "" });
    },
  };
}
