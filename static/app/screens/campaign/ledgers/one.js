/**
 * One ledger: its rows, what is owed, and the ways to add, correct and withdraw.
 *
 * @import { Api, Reply } from "../../../api.js"
 * @import { Ledger, Owed, Place, Row } from "./types.d.ts"
 */

import { html, nothing, render } from "lit-html";
import { sendFile } from "../../../files.js";
import { openTurns } from "../../../turns.js";
import { dayWord } from "../../../when.js";
import { t } from "../../../words.js";
import { trouble } from "../../desk.js";
import { empty, notice, time, waiting } from "../../parts.js";
import { openToasts } from "../../toasts.js";
import { monthPicker } from "../month_picker.js";
import { openForm } from "./form.js";
import { owed as owedBadge } from "./list.js";
import { asked, cellWord, placeName, titled, word } from "./pieces.js";

const PAGE = 100;
const FEW = 12;
/** @typedef {{ line: number, reason: string }} Problem */

/** @param {Api} api @param {HTMLElement} room @param {string} slug */
export function openLedger(api, room, slug) {
  const API = `/api/v1/campaign/ledgers/${slug}/`;
  let { month, asOf } = asked();
  let q = "";
  let pages = 1;
  /** @type {Ledger | null} */
  let ledger = null;
  /** @type {Owed | null} */
  let owed = null;
  /** @type {Row[] | null} */
  let rows = null;
  let count = 0;
  /** @type {Reply | null} */
  let failed = null;
  /** @type {{ good: boolean, title: string, problems: Problem[] } | null} of a file */
  let taken = null;
  let sending = false;
  const turn = openTurns();

  const dialog = Object.assign(document.createElement("dialog"), { className: "asking" });
  const said = Object.assign(document.createElement("div"), { className: "toasts" });
  said.setAttribute("role", "status");
  room.after(dialog, said);
  const toasts = openToasts(said);
  const form = openForm(dialog, {
    api,
    slug,
    done(row, what) {
      toasts.show(
        t(/** @type {any} */ (`ledgers.did.${what}`)),
        what === "add"
          ? { label: t("ledgers.undo"), act: () => ledger && form.withdraw(ledger, row) }
          : undefined,
      );
      load();
    },
  });

  /** @param {string} to */
  function go(to) {
    const { told } = asked();
    told.set("month", to);
    history.replaceState(null, "", `?${told}`);
    ({ month, asOf } = asked());
    pages = 1;
    [owed, rows] = [null, null];
    load();
  }

  const day = () => (asOf ? { as_of: asOf } : {});

  async function load() {
    const isLast = turn();
    failed = null;
    show();
    const query = new URLSearchParams({ month, ...day() });
    const [all, lacking] = await Promise.all([
      api.ask("GET", `/api/v1/campaign/ledgers/?${query}`),
      api.ask("GET", `${API}owed/?${query}`),
    ]);
    if (!isLast()) return;
    if (all.outcome !== "received" || lacking.outcome !== "received") {
      failed = all.outcome === "received" ? lacking : all;
      return show();
    }
    ledger = all.body.ledgers.find((/** @type {Ledger} */ each) => each.slug === slug) ?? null;
    owed = lacking.body;
    const size = String(pages * PAGE);
    const of = new URLSearchParams({ page_size: size, ...day() });
    if (ledger?.monthly) of.set("month", month);
    const listed = await api.ask("GET", `${API}rows/?${of}`);
    if (!isLast()) return;
    if (listed.outcome === "received") ({ rows, count } = listed.body);
    else failed = listed;
    show();
  }

  /** @param {any} event */
  async function upload(event) {
    const [file] = event.target.files;
    event.target.value = "";
    if (!file || sending) return;
    sending = true;
    taken = null;
    show();
    const name = encodeURIComponent(file.name);
    const reply = await sendFile(api, "POST", `${API}file/?name=${name}`, file);
    sending = false;
    if (reply.outcome === "received") {
      taken = { good: true, title: t("ledgers.taken", reply.body), problems: reply.body.notes };
      load();
    } else {
      const refused = reply.outcome === "refused" ? reply : null;
      const reason = refused?.details?.reason;
      taken = {
        good: false,
        title: refused ? refused.message : t("unreachable.title"),
        problems: refused?.details?.problems ?? (reason ? [{ line: 0, reason }] : []),
      };
    }
    show();
  }

  function show() {
    render(
      html`<p><a href=${`/campaign/ledgers/${location.search}`}>‹ ${t("ledgers.title")}</a></p>
        ${failed ? trouble(failed, load) : nothing}
        ${!ledger && !failed ? waiting() : nothing}
        ${ledger ? content(ledger, owed) : nothing}`,
      room,
    );
  }

  /** @param {Ledger} of @param {Owed | null} lacking null: not told yet */
  function content(of, lacking) {
    const query = new URLSearchParams({ month, ...day() });
    return html`
      <div class="ledgers-head">
        <h2>${word(of)}</h2>
        ${of.monthly ? monthPicker(month, go) : nothing}
        <span class="grow"></span>
        <a class="button" href=${`${API}file/?${query}`} download>${t("ledgers.export")}</a>
        ${
          of.may_keep
            ? html`<label class="button" aria-disabled=${sending ? "true" : "false"}>${t(sending ? "attach.sending" : "ledgers.import")}<input class="spoken" type="file" accept=".xlsx,.csv" ?disabled=${sending} @change=${upload} /></label>
                <button class="button primary" type="button" ?disabled=${!lacking} @click=${() => lacking && form.add(of, lacking.places, null, month)}>${t("ledgers.add")}</button>`
            : nothing
        }
      </div>
      <p class="small soft">${word({ zh: of.says_zh, en: of.says_en })}</p>
      ${taken ? file(taken) : nothing}
      ${lacking ? lacks(of, lacking) : nothing}
      ${rows ? table(of, rows) : failed ? nothing : waiting()}`;
  }

  /** @param {NonNullable<typeof taken>} told */
  const file = (told) =>
    notice(
      told.good ? "good" : "bad",
      told.title,
      html`${
        told.problems.length
          ? html`<ul>${told.problems.map(
              ({ line, reason }) =>
                html`<li>${line ? t("ledgers.line", { line, reason }) : reason}</li>`,
            )}</ul>`
          : nothing
      }<button class="button" type="button" @click=${() => {
        taken = null;
        show();
      }}>${t("ledgers.ok")}</button>`,
    );

  /** @param {Ledger} of @param {Owed} lacking */
  function lacks(of, lacking) {
    if (!lacking.of) return nothing;
    const may = new Set(lacking.places.map(({ id }) => id));
    const chip = (/** @type {Place} */ place) => {
      const name = place.id === null ? t("ledgers.whole") : placeName(place);
      return may.has(place.id)
        ? html`<li><button class="button quiet" type="button" @click=${() => form.add(of, lacking.places, place, month)}>${name}</button></li>`
        : html`<li>${name}</li>`;
    };
    return html`<section class="card ledgers-owed" aria-label=${t("ledgers.owed")}>
      <p class="row"><b>${of.monthly ? t("ledgers.owedMonth", { month }) : t("ledgers.owed")}</b> ${owedBadge(of)}</p>
      ${
        lacking.missing.length
          ? html`<details ?open=${lacking.missing.length <= FEW}>
              <summary class="small">${t("ledgers.who", { n: lacking.missing.length })}</summary>
              <ul class="ledgers-chips">${lacking.missing.map(chip)}</ul></details>`
          : nothing
      }
    </section>`;
  }

  /** @param {Ledger} of @param {Row[]} all */
  function table(of, all) {
    const sought = q.toLowerCase();
    const found = all.filter((row) =>
      `${row.place} ${row.community_name} ${row.community_name_en}`.toLowerCase().includes(sought),
    );
    if (!all.length)
      return empty({
        title: of.monthly ? t("ledgers.emptyMonth", { month }) : t("ledgers.empty"),
        text: of.may_keep ? t("ledgers.emptyMay") : t("ledgers.emptyLook"),
      });
    const placed = of.level !== "subdistrict";
    return html`
      ${
        placed
          ? html`<div class="field ledgers-find no-print"><label for="ledger-q">${t("ledgers.find")}</label>
              <input class="input" id="ledger-q" type="search" .value=${q} @input=${(
                /** @type {any} */ event,
              ) => {
                q = event.target.value.trim();
                show();
              }} /></div>`
          : nothing
      }
      <div class="ledgers-scroll" tabindex="0" role="region" aria-label=${word(of)}>
        <table class="table"><caption class="spoken">${word(of)}</caption>
          <thead><tr>
            ${placed ? html`<th scope="col">${t(/** @type {any} */ (`ledgers.place.${of.level}`))}</th>` : nothing}
            <th scope="col">${t("ledgers.day")}</th>
            ${of.counts === "month" ? html`<th scope="col">${t("month.month")}</th>` : nothing}
            ${of.columns.map((each) => html`<th scope="col" class=${each.type === "number" ? "number" : ""}>${titled(each)}</th>`)}
            <th scope="col">${t("ledgers.by")}</th>
            <th scope="col"><span class="spoken">${t("ledgers.acts")}</span></th>
          </tr></thead>
          <tbody>${found.map((row) => line(of, row))}</tbody>
        </table>
      </div>
      ${found.length ? nothing : empty({ title: t("ledgers.notFound") })}
      ${
        all.length < count
          ? html`<p class="row"><span class="soft">${t("ledgers.shown", { n: all.length, of: count })}</span>
              <button class="button" type="button" @click=${() => {
                pages += 1;
                load();
              }}>${t("ledgers.more")}</button></p>`
          : nothing
      }`;
  }

  /** @param {Ledger} of @param {Row} row */
  const line = (of, row) => html`<tr>
    ${
      of.level === "subdistrict"
        ? nothing
        : html`<th scope="row">${of.level === "community" ? word({ zh: row.community_name ?? "", en: row.community_name_en || row.community_name || "" }) : row.place}
            ${row.estate ? html`<div class="tiny soft">${word({ zh: row.community_name ?? "", en: row.community_name_en || row.community_name || "" })}</div>` : nothing}</th>`
    }
    <td class="nowrap">${dayWord(row.day)}</td>
    ${of.counts === "month" ? html`<td class="nowrap">${row.month}</td>` : nothing}
    ${of.columns.map((each) => html`<td class=${each.type === "number" ? "number" : ""}>${cellWord(each, row.data[each.name])}</td>`)}
    <td class="small">${row.by_name} · ${time(row.at)}
      ${row.reason ? html`<div class="tiny soft">${t("ledgers.corrected", { reason: row.reason })}</div>` : nothing}
      ${row.attachments.map((each) => html`<div><a class="tiny" href=${`/api/v1/campaign/attachments/${each.id}/`} download>${each.name}</a></div>`)}</td>
    <td class="nowrap">${
      row.may_change
        ? html`<button class="button quiet" type="button" aria-label=${`${t("ledgers.correct")} ${row.place ?? ""} ${row.day}`} @click=${() => form.correct(of, row)}>${t("ledgers.correct")}</button>
            <button class="button quiet" type="button" aria-label=${`${t("ledgers.withdraw")} ${row.place ?? ""} ${row.day}`} @click=${() => form.withdraw(of, row)}>${t("ledgers.withdraw")}</button>`
        : nothing
    }</td>
  </tr>`;

  load();
}
