/**
 * A list of complaints from another system: looked through first, then taken in.
 *
 * @import { Api, Reply } from "../../api.js"
 * @import { Alike } from "./alike.js"
 * @typedef {{ line: number, reason: string }} Problem
 * @typedef {{ line: number, id: string, known: boolean, channel: string, title: string,
 *   text: string, community_name: string, estate_name: string | null, received_at: string,
 *   joins: number | null, alike: Alike[] }} Line
 * @typedef {{ checked: boolean, taken: number, known: number, joined: number, notes: Problem[],
 *   lines: Line[] }} Told
 */

import { html, nothing } from "lit-html";
import { sendFile } from "../../files.js";
import { full } from "../../when.js";
import { t } from "../../words.js";
import { trouble } from "../desk.js";
import { notice, waiting } from "../parts.js";
import { chosen } from "./fields.js";

const DATUMS = ["", "wgs84", "cgcs2000", "gcj02", "bd09"];
/** @type {Record<string, string>} */
const NAMES = { wgs84: "WGS-84", cgcs2000: "CGCS2000", gcj02: "GCJ-02", bd09: "BD-09" };

/** @param {Api} api @param {() => void} show */
export function openFile(api, show) {
  /** @type {File | null} */
  let file = null;
  let datum = "";
  let busy = false;
  /** @type {Told | null} */
  let told = null;
  /** @type {Reply | null} */
  let failed = null;

  /** @param {boolean} check */
  async function send(check) {
    if (!file || busy) return;
    busy = true;
    failed = null;
    show();
    const query = new URLSearchParams({ name: file.name, ...(datum ? { datum } : {}) });
    if (check) query.set("check", "1");
    const sent = file;
    const reply = await sendFile(api, "POST", `/api/v1/complaints/file/?${query}`, sent);
    busy = false;
    // Another was chosen meanwhile: it is checked in its turn.
    if (file !== sent) return send(true);
    if (reply.outcome === "received") told = reply.body;
    else failed = reply;
    if (failed && check) told = null;
    show();
  }

  /** @param {File | undefined} next */
  function choose(next) {
    if (!next) return;
    file = next;
    told = null;
    send(true);
  }

  return {
    view: () => html`
      <div class="intake-file" @dragover=${(/** @type {Event} */ event) => event.preventDefault()}
        @drop=${(/** @type {DragEvent} */ event) => {
          event.preventDefault();
          choose(event.dataTransfer?.files[0]);
        }}>
        <p>${t("intake.fileSays")}</p>
        <p class="soft tiny">${t("intake.fileColumns")}</p>
        <label class="button wide intake-pick">
          <span>${file ? file.name : t("intake.fileChoose")}</span>
          <input
            type="file"
            class="spoken"
            accept=".csv,.tsv,.txt,.xlsx"
            @change=${(/** @type {any} */ { target }) => {
              const [first] = target.files;
              target.value = "";
              choose(first);
            }}
          />
        </label>
        ${chosen(
          "datum",
          t("intake.fileDatum"),
          DATUMS.map((each) => [each, NAMES[each] ?? t("intake.datum.none")]),
          datum,
          (next) => {
            datum = next;
            send(true);
          },
        )}
        <div aria-live="polite">
          ${busy ? html`<p class="spoken">${t("intake.fileReading")}</p>${waiting(3)}` : nothing}
          ${failed && !busy ? refused(failed, () => send(!told)) : nothing}
          ${told && !busy ? read(told) : nothing}
        </div>
      </div>`,
  };

  /** @param {Told} read */
  function read({ checked, taken, known, notes, lines }) {
    const shown = taken + known;
    return html`
      ${
        checked
          ? html`<p><b>${t("intake.fileWould", { n: taken })}</b>${known ? html`<br />${t("intake.fileKnown", { n: known })}` : nothing}</p>
              ${
                taken
                  ? html`<button class="button primary wide" type="button" @click=${() => send(false)}>
                      ${t("intake.fileTake", { n: taken })}
                    </button>`
                  : notice("", t("intake.fileNothing"))
              }`
          : notice("good", taken ? t("intake.fileTaken", { n: taken }) : t("intake.fileNothing"))
      }
      ${problems(notes)}
      <ol class="intake-lines">
        ${lines.map(lineOf)}
      </ol>
      ${shown > lines.length ? html`<p class="soft">${t("intake.fileMore", { n: shown - lines.length })}</p>` : nothing}`;
  }
}

/** @param {Line} line */
const lineOf = ({
  line,
  known,
  title,
  text,
  estate_name,
  community_name,
  received_at,
  joins,
  alike,
}) => html`
  <li>
    <span class="soft tiny">${t("intake.fileLine", { n: line })}</span>
    <p><b>${title}</b> ${known ? html`<span class="badge">${t("intake.fileKnownOne")}</span>` : nothing}</p>
    <p class="small cut">${text}</p>
    <p class="soft tiny">${estate_name ?? community_name} · ${full(received_at)}</p>
    ${joins ? html`<p class="tiny">${t("intake.joins", { n: joins })}</p>` : nothing}
    ${alike.map(
      (each) => html`<p class="tiny">
        <a href="/cases/#/${each.id}" target="_blank" rel="noopener"
          >${t("intake.fileAlike", { n: each.number })}</a
        > ${each.title}
      </p>`,
    )}
  </li>`;

/** @param {Reply} reply @param {() => void} again */
function refused(reply, again) {
  if (reply.outcome !== "refused") return trouble(reply, again);
  if (reply.code === "complaint_file_refused")
    return notice(
      "bad",
      t("intake.fileRefused", { n: reply.details.found }),
      problems(reply.details.problems),
    );
  return notice("bad", reply.message, reply.details.reason ?? nothing);
}

/** @param {Problem[]} rows */
const problems = (rows) =>
  rows.length
    ? html`<ul class="intake-problems">
        ${rows.map(
          ({ line, reason }) => html`<li>
            <b>${line ? t("intake.fileLine", { n: line }) : t("intake.fileWhole")}</b> ${reason}
          </li>`,
        )}
      </ul>`
    : nothing;
