/**
 * All ledgers, by action: what stands in each, and what is owed and not there yet.
 *
 * @import { Api, Reply } from "../../../api.js"
 * @import { ComplaintCard, Ledger } from "./types.d.ts"
 */

import { html, nothing, render } from "lit-html";
import { openTurns } from "../../../turns.js";
import { dayWord } from "../../../when.js";
import { t } from "../../../words.js";
import { trouble } from "../../desk.js";
import { empty, waiting } from "../../parts.js";
import { monthPicker } from "../month_picker.js";
import { asked, grouped, word } from "./pieces.js";

/** @param {Api} api @param {HTMLElement} room */
export function openLedgers(api, room) {
  let { month, asOf } = asked();
  /** @type {Ledger[] | null} */
  let ledgers = null;
  /** @type {ComplaintCard | null} */
  let complaints = null;
  /** @type {Reply | null} */
  let failed = null;
  const turn = openTurns();

  /** @param {string} to */
  function go(to) {
    const { told } = asked();
    told.set("month", to);
    history.replaceState(null, "", `?${told}`);
    ({ month, asOf } = asked());
    [ledgers, complaints] = [null, null];
    load();
  }

  async function load() {
    const isLast = turn();
    failed = null;
    show();
    const query = new URLSearchParams({ month });
    if (asOf) query.set("as_of", asOf);
    const reply = await api.ask("GET", `/api/v1/campaign/ledgers/?${query}`);
    if (!isLast()) return;
    if (reply.outcome === "received") ({ ledgers, complaints } = reply.body);
    else failed = reply;
    show();
  }

  function show() {
    /** @type {(Ledger | ComplaintCard)[]} */
    const all = [...(ledgers ?? []), ...(complaints ? [complaints] : [])];
    all.sort((one, other) => (one.action < other.action ? -1 : one.action > other.action ? 1 : 0));
    const actions = grouped(all, ({ action }) => action);
    render(
      html`<div class="ledgers-head"><h2>${t("ledgers.title")}</h2>${monthPicker(month, go)}</div>
        ${failed ? trouble(failed, load) : nothing}
        ${ledgers === null && !failed ? waiting() : nothing}
        ${ledgers && !ledgers.length ? empty({ title: t("ledgers.none") }) : nothing}
        ${actions.map(group)}`,
      room,
    );
  }

  /** @param {(Ledger | ComplaintCard)[]} several */
  function group(several) {
    const [first] = several;
    if (!first) return nothing;
    const name = word({ zh: first.action_zh, en: first.action_en });
    return html`<section class="ledgers-action" aria-label=${`${first.action} ${name}`}>
      <h3><span class="soft">${first.action}</span> ${name}</h3>
      <ul class="ledgers-cards">${several.map((each) => ("slug" in each ? card(each) : counted(each)))}</ul>
    </section>`;
  }

  /** @param {Ledger} ledger */
  const card = (ledger) => html`<li class="card ledgers-card">
    <a href=${`/campaign/ledgers/${ledger.slug}/${location.search}`}><b>${word(ledger)}</b></a>
    <p class="small soft">${word({ zh: ledger.says_zh, en: ledger.says_en })}</p>
    <p class="row">
      <span class="badge">${t(ledger.monthly ? "ledgers.rowsOfMonth" : "ledgers.rows", { n: ledger.rows })}</span>
      ${owed(ledger)}
      ${ledger.may_keep ? html`<span class="badge accent">${t("ledgers.mine")}</span>` : nothing}
    </p>
  </li>`;

  /** @param {ComplaintCard} told */
  const counted = ({ received }) => html`<li class="card ledgers-card">
    <a href=${`/campaign/ledgers/complaints/${location.search}`}><b>${t("ledgers.complaints")}</b></a>
    <p class="small soft">${t("ledgers.complaintsSay")}</p>
    <p class="row"><span class="badge">${t("ledgers.complaintsOfMonth", { n: received })}</span></p>
  </li>`;

  load();
}

/** @param {Ledger} ledger */
export function owed({ of, missing, late, due_on }) {
  if (!of) return nothing;
  if (!missing) return html`<span class="badge good">${t("ledgers.complete")}</span>`;
  const lacks = t("ledgers.missing", { n: missing, of });
  if (late) return html`<span class="badge s1">${t("ledgers.late", { lacks })}</span>`;
  return html`<span class="badge s2">${lacks}</span>
    ${due_on ? html`<span class="tiny soft">${t("ledgers.due", { day: dayWord(due_on) })}</span>` : nothing}`;
}
