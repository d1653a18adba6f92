/**
 * What was changed on a proposed site, by whom and when; what lost a race is there too.
 *
 * @import { View, World } from "./work.js"
 */

import { html, nothing } from "lit-html";
import { t } from "../../words.js";
import { trouble } from "../desk.js";
import { empty, time, waiting } from "../parts.js";
import { fieldWord, valueWord } from "./race.js";

const FOOTPRINT = ["geom", "outline", "anchor", "rotation_deg"];

/** @param {World} world */
export function openPast(world) {
  /** @type {any[] | null} */
  let edits = null;
  /** @type {import("../../api.js").Reply | null} */
  let failed = null;
  let asked = "";

  /** @param {string} id @param {string} key */
  async function load(id, key) {
    asked = key;
    const reply = await world.api.ask("GET", `/api/v1/planning/proposals/${id}/edits/`);
    if (asked !== key) return;
    failed = reply.outcome === "received" ? null : reply;
    if (reply.outcome === "received") edits = reply.body.edits;
    world.show();
  }

  /** @param {any} edit @param {Map<number, string>} names */
  const line = (edit, names) => html`
    <li class="past-line">
      <p class="soft small">
        ${time(edit.at)} · ${edit.by_name ?? edit.by}
        ${edit.set_aside ? html`<span class="badge">${t("past.aside")}</span>` : nothing}
      </p>
      ${
        Object.keys(edit.changes).some((name) => FOOTPRINT.includes(name))
          ? html`<p>${t("past.shape")}</p>`
          : nothing
      }
      ${Object.entries(edit.changes)
        .filter(([name]) => !FOOTPRINT.includes(name))
        .map(
          ([name, [before, after]]) =>
            html`<p>
              ${t("past.change", {
                field: fieldWord(name),
                before: valueWord(name, before, names),
                after: valueWord(name, after, names),
              })}
            </p>`,
        )}
    </li>`;

  return {
    /** @param {View} view */
    template(view) {
      const row = view.session.get(view.picked);
      if (!row?.base) return empty({ title: t("past.none") });
      const key = `${row.id} ${row.base.version}`;
      if (asked !== key) {
        if (!asked.startsWith(row.id)) edits = null;
        load(row.id, key);
      }
      if (failed && !edits)
        return trouble(failed, () => {
          asked = "";
          world.show();
        });
      if (!edits) return waiting(3);
      const names = new Map(world.estates.map(({ id, properties: its }) => [Number(id), its.name]));
      return html`<ol class="list">
        ${edits.map((edit) => line(edit, names))}
        <li class="past-line">
          <p class="soft small">
            ${time(String(row.base.told.created_at ?? ""))} · ${row.base.told.by_name ?? ""}
          </p>
          <p>${t("past.drawn")}</p>
        </li>
      </ol>`;
    },
  };
}
