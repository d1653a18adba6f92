/**
 * Complaints: cases already; here their months and communities, against the baseline. Only to be
 * read; a number opens its cases.
 *
 * @import { Api, Reply } from "../../../api.js"
 * @import { ComplaintFigures, ComplaintMonths, ComplaintSpan } from "./types.d.ts"
 * @typedef {{ name: unknown, figures: ComplaintFigures | undefined, span: ComplaintSpan,
 *   community: string }} Line
 */

import { html, nothing, render } from "lit-html";
import { today } from "../../../days.js";
import { openTurns } from "../../../turns.js";
import { dayWord } from "../../../when.js";
import { t } from "../../../words.js";
import { trouble } from "../../desk.js";
import { icon, notice, waiting } from "../../parts.js";
import { plainNumber } from "../lights.js";
import { asked, placeName } from "./pieces.js";

/** @param {Api} api @param {HTMLElement} room */
export function openComplaints(api, room) {
  /** @type {ComplaintMonths | null} */
  let shown = null;
  /** @type {Reply | null} */
  let failed = null;
  const turn = openTurns();

  function now() {
    const { asOf, told } = asked();
    const last = Number((asOf || today()).slice(0, 4));
    const year = Math.min(Number(told.get("year")) || last, last);
    return {
      asOf,
      last,
      year,
      community: told.get("community") ?? "",
      month: told.get("of") ?? "",
    };
  }

  /** @param {Record<string, string>} news */
  function go(news) {
    const { told } = asked();
    for (const [name, value] of Object.entries(news)) {
      if (value) told.set(name, value);
      else told.delete(name);
    }
    history.replaceState(null, "", told.size ? `?${told}` : location.pathname);
    if (!("year" in news)) return show();
    shown = null;
    load();
  }

  async function load() {
    const isLast = turn();
    failed = null;
    show();
    const { year, asOf } = now();
    const query = new URLSearchParams({ year: String(year), ...(asOf ? { as_of: asOf } : {}) });
    const reply = await api.ask("GET", `/api/v1/campaign/complaints/?${query}`);
    if (!isLast()) return;
    if (reply.outcome === "received") shown = reply.body;
    else failed = reply;
    show();
  }

  function show() {
    const { year, last } = now();
    render(
      html`<p><a href=${`/campaign/ledgers/${location.search}`}>‹ ${t("ledgers.title")}</a></p>
        <div class="ledgers-head"><h2>${t("ledgers.complaints")}</h2>
          <div class="month-picker" role="group" aria-label=${t("ledgers.year")}>
            <button class="button icon" type="button" aria-label=${t("ledgers.yearBefore")} title=${t("ledgers.yearBefore")}
              @click=${() => go({ year: String(year - 1), of: "" })}>${icon("back")}</button>
            <b>${year}</b>
            <button class="button icon" type="button" aria-label=${t("ledgers.yearAfter")} title=${t("ledgers.yearAfter")}
              ?disabled=${year >= last} @click=${() => go({ year: String(year + 1), of: "" })}>${icon("next")}</button>
          </div></div>
        <p class="small soft">${t("ledgers.complaintsSay")}</p>
        ${failed ? trouble(failed, load) : nothing}
        ${shown ? content(shown) : failed ? nothing : waiting()}`,
      room,
    );
  }

  /** @param {ComplaintMonths} told */
  function content(told) {
    const { community, month } = now();
    const here = told.communities.some(({ id }) => String(id) === community) ? community : "";
    const of = (/** @type {ComplaintSpan} */ span) => (here ? span.places[here] : span.whole);
    const span = told.months.find((each) => each.month === month) ?? told.total;
    return html`
      ${baselines(told)}
      <section class="ledgers-action" aria-label=${t("ledgers.byMonth")}>
        <h3>${t("ledgers.byMonth")}</h3>
        ${
          told.communities.length > 1
            ? choice(
                "complaints-place",
                t("ledgers.place.community"),
                here,
                [
                  { key: "", name: t("ledgers.allPlaces") },
                  ...told.communities.map((each) => ({ key: String(each.id), name: place(each) })),
                ],
                (key) => go({ community: key }),
              )
            : nothing
        }
        ${table(
          t("ledgers.byMonth"),
          t("month.month"),
          told.months.map((each) => ({
            name: each.month,
            figures: of(each),
            span: each,
            community: here,
          })),
          { name: t("ledgers.total"), figures: of(told.total), span: told.total, community: here },
        )}
      </section>
      <section class="ledgers-action" aria-label=${t("ledgers.byPlace")}>
        <h3>${t("ledgers.byPlace")}</h3>
        ${choice(
          "complaints-month",
          t("month.month"),
          span === told.total ? "" : month,
          [
            { key: "", name: t("ledgers.wholeYear", { year: told.year }) },
            ...told.months.map((each) => ({ key: each.month, name: each.month })),
          ],
          (key) => go({ of: key }),
        )}
        ${table(
          t("ledgers.byPlace"),
          t("ledgers.place.community"),
          told.communities.map((each) => ({
            name: place(each),
            figures: span.places[each.id],
            span,
            community: String(each.id),
          })),
          { name: t("ledgers.total"), figures: span.whole, span, community: "" },
        )}
      </section>
      <p class="small soft">${t("ledgers.complaintsNote")}</p>`;
  }

  /** @param {ComplaintMonths} told */
  function baselines({ baselines, communities, may_set_baseline }) {
    const set = may_set_baseline
      ? html`<a class="button" href="/admin/campaign/baseline/add/">${t("ledgers.setBaseline")}</a>`
      : nothing;
    if (!baselines.length) {
      const who = may_set_baseline ? nothing : html`<p>${t("ledgers.clerkSets")}</p>`;
      return notice("warn", t("ledgers.noBaseline"), html`${who}${set}`);
    }
    const whose = (/** @type {number | null} */ id) => {
      const found = communities.find((each) => each.id === id);
      return found ? place(found) : t("ledgers.whole");
    };
    return html`<section class="card ledgers-owed" aria-label=${t("ledgers.baseline")}>
      <p><b>${t("ledgers.baseline")}</b></p>
      ${baselines.map(
        (each) =>
          html`<p class="small">${t("ledgers.baselineOf", {
            whose: whose(each.community),
            since: dayWord(each.since),
            until: dayWord(each.until),
            number:
              each.number === null
                ? t("ledgers.asCounted")
                : t("ledgers.cases", { n: each.number }),
            source: each.source,
            from: dayWord(each.holds_from),
          })}</p>`,
      )}
      ${may_set_baseline ? html`<p class="row">${set}</p>` : nothing}
    </section>`;
  }

  /** @param {string} caption @param {string} first @param {Line[]} lines @param {Line} total */
  const table = (caption, first, lines, total) => html`
    <div class="ledgers-scroll" tabindex="0" role="region" aria-label=${caption}>
      <table class="table ledgers-counted"><caption class="spoken">${caption}</caption>
        <thead><tr><th scope="col">${first}</th>
          ${
            /** @type {const} */ ([
              "received",
              "handled",
              "sameDay",
              "sameDayReply",
              "expected",
              "fewer",
            ]).map(
              (each) => html`<th scope="col" class="number">${t(`ledgers.figure.${each}`)}</th>`,
            )
          }</tr></thead>
        <tbody>${lines.map(line)}</tbody>
        <tfoot>${line(total)}</tfoot>
      </table>
    </div>`;

  /** @param {Line} of */
  function line({ name, figures, span, community }) {
    if (!figures) return nothing;
    const { received, handled, same_day, same_day_reply, fewer } = figures;
    const days = { since: span.since, until: span.until, ...(community ? { community } : {}) };
    const counted = { figure: "handled", as_of: shown?.as_of ?? "", source: "complaint", ...days };
    return html`<tr><th scope="row" class="nowrap">${name}</th>
      <td class="number">${link(received, { status: "any", source: "complaint", ...days })}</td>
      <td class="number">${
        handled
          ? html`${link(handled.n, { ...counted, holds: "1" })}/${link(handled.of, counted)} <small class="soft">${percent(handled)}</small>`
          : "–"
      }</td>
      <td class="number">${rate(same_day)}</td>
      <td class="number">${rate(same_day_reply)}</td>
      <td class="number">${fewer ? plainNumber(fewer.of) : "–"}</td>
      <td class="number">${fewer ? html`${plainNumber(fewer.n)} <small class="soft">${percent(fewer)}</small>` : "–"}</td></tr>`;
  }

  load();
}

/** @param {{ name: string, name_en: string }} of */
const place = (of) => placeName(/** @type {any} */ (of));

/** @param {{ n: number, of: number } | null} told */
const rate = (told) =>
  told ? html`${told.n} / ${told.of} <small class="soft">${percent(told)}</small>` : "–";

/** @param {{ n: number, of: number }} told */
const percent = ({ n, of }) => (of ? `${plainNumber(Math.round((n / of) * 1000) / 10)}%` : "");

/** @param {number} n @param {Record<string, string>} query */
const link = (n, query) =>
  n ? html`<a href=${`/cases/?${new URLSearchParams(query)}`}>${n}</a>` : n;

/** @param {string} id @param {string} label @param {string} value @param {{ key: string, name: string }[]} options @param {(key: string) => void} put */
const choice = (
  id,
  label,
  value,
  options,
  put,
) => html`<div class="field ledgers-find"><label for=${id}>${label}</label>
  <select class="input" id=${id} @change=${(/** @type {any} */ event) => put(event.target.value)}>
    ${options.map(({ key, name }) => html`<option value=${key} ?selected=${key === value}>${name}</option>`)}
  </select></div>`;
