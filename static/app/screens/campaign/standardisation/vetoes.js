/**
 * What only people know of: a death or serious fire, records that were false. Declared with a day
 * and what proves it, and lifted with a day.
 *
 * @import { Api } from "../../../api.js"
 * @import { Card, Veto } from "../../../creation/card.js"
 */

import { html, nothing } from "lit-html";
import { today } from "../../../days.js";
import { either, t } from "../../../words.js";
import { openAsking, wrongLine } from "../asking.js";
import { openAttaching } from "./attaching.js";

/** @typedef {NonNullable<Card["declarable"]>} Declarable */

/**
 * @param {HTMLDialogElement} dialog
 * @param {{ api: Api, enrolment: string, done: () => void }} world
 */
export function openDeclaring(dialog, { api, enrolment, done }) {
  const base = `/api/v1/campaign/creation/${enrolment}/vetoes/`;
  const attaching = openAttaching(api, () => asking.filesChanged(), { several: false });
  /** @typedef {{ lifts: Veto | null, code: string, day: string, note: string, codes: Declarable }} Wish */
  /** @type {import("../asking.js").Asking<Wish>} */
  const asking = openAsking(dialog, {
    title: ({ lifts }) => t(lifts ? "veto.lift" : "veto.declare"),
    act: ({ lifts }) => t(lifts ? "card.veto.lift" : "veto.declare"),
    busy: attaching.busy,
    fields,
    done,

    missing: ({ day, note }) => ({
      ...(!day || day > today() ? { day: t("sheet.day.late") } : {}),
      ...(note.trim() ? {} : { note: t("veto.note.needed") }),
    }),

    send({ lifts, code, day, note }, id) {
      const [attachment] = attaching.ids();
      return lifts
        ? api.ask("PUT", `${base}${lifts.id}/lifted/`, { on: day, note: note.trim() })
        : api.ask("PUT", `${base}${id}/`, {
            ...{ code, since: day, note: note.trim() },
            ...(attachment ? { attachment } : {}),
          });
    },
  });

  /** @param {Wish} wish @param {Record<string, string>} wrong */
  function fields({ lifts, code, codes, day, note }, wrong) {
    // The server has its own name for the day.
    const late = wrong.day ?? wrong.since ?? wrong.on;
    return html`
      ${
        lifts
          ? html`<p><b>${either(lifts.zh, lifts.en)}</b></p>`
          : html`<div class="field"><label for="veto-code">${t("veto.what")}</label>
              <select class="input" id="veto-code" @change=${(/** @type {any} */ event) => asking.set({ code: event.target.value })}>${codes.map(
                (each) =>
                  html`<option value=${each.code} ?selected=${each.code === code}>${either(each.zh, each.en)}</option>`,
              )}</select></div>`
      }
      <div class="field"><label for="veto-day">${t(lifts ? "veto.until" : "veto.since")}</label>
        <input class="input" id="veto-day" type="date" max=${today()} .value=${day} aria-invalid=${Boolean(late)} @change=${(/** @type {any} */ event) => asking.set({ day: event.target.value }, ["day", "since", "on"])}>
        ${wrongLine(late)}</div>
      <div class="field"><label for="veto-note">${t("veto.note")}</label>
        <textarea class="input" id="veto-note" rows="3" maxlength="500" .value=${note} aria-invalid=${Boolean(wrong.note)} @input=${(/** @type {any} */ event) => asking.set({ note: event.target.value })}></textarea>
        ${wrongLine(wrong.note)}</div>
      ${lifts ? nothing : attaching.field()}`;
  }

  /** @param {Declarable} codes @param {Veto | null} lifts */
  function begin(codes, lifts) {
    attaching.clear();
    asking.open({ lifts, code: codes[0]?.code ?? "", codes, day: today(), note: "" });
  }

  return {
    /** @param {Declarable} codes */
    open: (codes) => begin(codes, null),
    /** @param {Veto} veto */
    lift: (veto) => begin([], veto),
  };
}
