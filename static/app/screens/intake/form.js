/**
 * The form beside the map. Everything in it is reached by the keyboard in the order of a call:
 * what, where, who.
 *
 * @import { Taking } from "../../intake.js"
 * @import { Wrong } from "./fields.js"
 */

import { html, nothing } from "lit-html";
import { CHANNELS } from "../../intake.js";
import { severityWord, t } from "../../words.js";
import { chosen, oneOf, ticked, typed, written } from "./fields.js";

/**
 * @param {{ taking: Taking, wrong: Wrong, saving: boolean, estate: any, alike: any,
 *   photos: any, joins: number | null, set: (change: Partial<Taking>) => void, save: () => void,
 *   clear: (() => void) | null, toMap: (() => void) | null }} form `estate`, `alike`, `photos`: drawn
 *   already
 */
export function intakeForm({
  taking,
  wrong,
  saving,
  estate,
  alike,
  photos,
  joins,
  set,
  save,
  clear,
  toMap,
}) {
  const complaint = taking.mode === "complaint";
  return html`
    <form class="intake-form" novalidate @submit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      save();
    }}>
      ${complaint ? source(taking, wrong, set) : number(taking, wrong, set, "intake.numberPlatform")}
      ${complaint ? written("text", t("intake.text"), taking.text, (text) => set({ text }), wrong) : nothing}
      ${estate}
      ${place(taking, set, toMap)}
      ${complaint ? photos : nothing}
      ${alike}
      ${
        taking.join
          ? html`<p class="notice good"><b>${t("intake.joins", { n: joins ?? "" })}</b></p>`
          : html`${typed("title", t("intake.matter"), taking.title, (title) => set({ title }), {
              wrong,
              help: t("intake.matterSays"),
            })}
            ${oneOf(
              "severity",
              t("intake.severity"),
              [1, 2, 3].map((each) => [String(each), severity(each)]),
              String(taking.severity),
              (each) => set({ severity: Number(each) }),
            )}
            ${ticked(t("intake.simple"), taking.simple, (simple) => set({ simple }))}`
      }
      ${complaint ? who(taking, set) : nothing}
      <div class="intake-foot">
        <button class="button primary" aria-disabled=${saving}>
          ${saving ? t("intake.saving") : t(complaint ? (taking.join ? "intake.saveJoin" : "intake.save") : "intake.saveCase")}
        </button>
        ${clear ? html`<button class="button quiet" type="button" @click=${clear}>${t("intake.new")}</button>` : nothing}
        <span class="soft tiny intake-keys">${t("intake.keys")}</span>
      </div>
    </form>`;
}

/** @param {number} each */
const severity = (each) => html`<i class="mark s${each}"></i>${severityWord(each)}`;

/** @param {Taking} taking @param {Wrong} wrong @param {(change: Partial<Taking>) => void} set */
const source = (taking, wrong, set) => html`
  <div class="between">
    ${chosen(
      "channel",
      t("intake.channel"),
      CHANNELS.map((each) => [each, t(`intake.channel.${each}`)]),
      taking.channel,
      (channel) => set({ channel }),
    )}
    ${typed("received", t("intake.received"), taking.received, (received) => set({ received }), {
      wrong,
      type: "datetime-local",
    })}
  </div>
  ${taking.channel === "visit" || taking.channel === "phone" ? nothing : number(taking, wrong, set, "intake.number")}`;

/**
 * @param {Taking} taking @param {Wrong} wrong @param {(change: Partial<Taking>) => void} set
 * @param {"intake.number" | "intake.numberPlatform"} says
 */
const number = (taking, wrong, set, says) =>
  taking.mode === "joint"
    ? nothing
    : typed("number", t(says), taking.number, (each) => set({ number: each }), { wrong, most: 60 });

/** @param {Taking} taking @param {(change: Partial<Taking>) => void} set @param {(() => void) | null} toMap */
const place = (taking, set, toMap) => html`
  ${
    toMap
      ? html`<div class="field">
          <span class="label">${t("intake.place")}</span>
          ${
            taking.point
              ? html`<p class="intake-place">
                  <span>${t("intake.placeSet")} · ${taking.point[1].toFixed(5)}, ${taking.point[0].toFixed(5)}</span>
                  <button class="button quiet" type="button" @click=${() => set({ point: null })}>${t("intake.placeClear")}</button>
                </p>`
              : html`<p class="soft small">${t("intake.placeNone")}</p>`
          }
          <p class="intake-place"><button class="button" type="button" @click=${toMap}>${t("intake.toMap")}</button>
            <span class="soft tiny">${t("intake.placeKeys")}</span></p>
        </div>`
      : nothing
  }
  ${
    taking.mode === "complaint"
      ? typed("place_told", t("intake.placeTold"), taking.placeTold, (placeTold) =>
          set({ placeTold }),
        )
      : nothing
  }`;

/** @param {Taking} taking @param {(change: Partial<Taking>) => void} set */
const who = (taking, set) => html`
  <fieldset class="intake-who">
    <legend class="label">${t("intake.who")}</legend>
    <p class="soft tiny">${t("intake.whoSays")}</p>
    <div class="between">
      ${typed("name", t("intake.name"), taking.name, (name) => set({ name }), { most: 60 })}
      ${typed("phone", t("intake.phone"), taking.phone, (phone) => set({ phone }), { most: 30, mode: "tel" })}
    </div>
    ${typed("address", t("intake.address"), taking.address, (address) => set({ address }))}
    ${ticked(t("intake.wantsReply"), taking.wantsReply, (wantsReply) => set({ wantsReply }))}
  </fieldset>`;
