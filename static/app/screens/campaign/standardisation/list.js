/**
 * 创建 at one look: which estates are on the list, how far each is, what its score says, and
 * whether the target will be reached in time.
 *
 * @import { Api, Reply } from "../../../api.js"
 * @import { Listed, Removed, Row, Sort } from "../../../creation/list.js"
 */

import { html, nothing, render } from "lit-html";
import { addressOf, addressRead, SORTS, STANDINGS, shown, TONES } from "../../../creation/list.js";
import { today } from "../../../days.js";
import { openTurns } from "../../../turns.js";
import { dayWord } from "../../../when.js";
import { either, t } from "../../../words.js";
import { trouble } from "../../desk.js";
import { empty, icon, waiting } from "../../parts.js";
import { openToasts } from "../../toasts.js";
import { openEnrolling } from "./enrol.js";
import { openCreationMap } from "./map.js";
import { forecastWord, reachedWord, scoreBadge, track } from "./pieces.js";

/** @param {Api} api @param {HTMLElement} room */
export function openList(api, room) {
  const toasts = openToasts(/** @type {HTMLElement} */ (document.getElementById("toasts")));
  let state = addressRead(location.search);
  /** @type {Listed | null} */
  let listed = null;
  /** @type {Reply | null} */
  let failed = null;
  let asking = false;
  /** @type {any[] | null} */
  let estates = null;
  const turn = openTurns();
  /** @type {Map<number, GeoJSON.Geometry>} */
  let geometries = new Map();
  let fitted = false;

  render(
    html`<div class="creation-top"></div>
      <div class="creation-both"><div class="creation-list"></div>
        <div class="creation-map no-print"><div class="map"></div><div class="map-over"></div></div></div>
      <dialog class="asking"></dialog>`,
    room,
  );
  const part = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (room.querySelector(name));
  const map = openCreationMap(part(".creation-map"), {
    open: (estate) => {
      const row = listed?.enrolments.find((each) => each.estate.id === estate);
      if (row) location.assign(addressOfCard(row.id));
    },
    colour: (colour) => go({ colour }),
  });
  const enrolling = openEnrolling(/** @type {HTMLDialogElement} */ (part("dialog")), {
    api,
    programme: () => listed?.programme ?? state.programme,
    estates: () => estates,
    enrolled: () => new Set(listed?.enrolments.map(({ estate }) => estate.id)),
    removed: () => new Set(listed?.removed.map(({ estate }) => estate.id)),
    done(name) {
      toasts.show(t("enrol.done", { name }));
      fitted = false;
      load();
    },
  });

  /** @param {string} id */
  const addressOfCard = (id) => {
    const told = new URLSearchParams();
    if (state.asOf) told.set("as_of", state.asOf);
    if (state.programme) told.set("programme", state.programme);
    return `/campaign/standardisation/${id}/${told.size ? `?${told}` : ""}`;
  };

  async function load() {
    const isLast = turn();
    asking = true;
    failed = null;
    show();
    const asked = new URLSearchParams();
    if (state.asOf) asked.set("as_of", state.asOf);
    if (state.programme) asked.set("programme", state.programme);
    const reply = await api.ask("GET", `/api/v1/campaign/creation/?${asked}`);
    if (!isLast()) return;
    asking = false;
    if (reply.outcome === "received") listed = reply.body;
    else failed = reply;
    show();
  }

  /** The shapes of estates do not change with the day. */
  async function loadGround() {
    const [communities, all] = await Promise.all([api.communities(), api.estates()]);
    if (communities.outcome !== "received" || all.outcome !== "received") {
      failed = [communities, all].find(({ outcome }) => outcome !== "received") ?? null;
      return show();
    }
    const ground = /** @type {any[]} */ (all.body);
    estates = ground;
    map.setNames(communities.body, ground);
    geometries = new Map(
      ground.flatMap(({ id, geometry }) => (geometry ? [[Number(id), geometry]] : [])),
    );
    show();
    enrolling.again();
  }

  function again() {
    load();
    if (!estates) loadGround();
  }

  /** @param {Partial<typeof state>} news */
  function go(news) {
    const before = state;
    state = { ...state, ...news };
    history.replaceState(null, "", addressOf(state));
    if (before.asOf !== state.asOf) load();
    else show();
  }

  function show() {
    render(top(), part(".creation-top"));
    render(body(), part(".creation-list"));
    if (!listed) return;
    const rows = shown(listed.enrolments, state);
    const fit = !fitted && geometries.size > 0 && rows.length > 0;
    map.show(rows, state.colour, geometries, fit);
    fitted ||= fit;
  }

  function top() {
    return html`<div class="row creation-when no-print">
        <div class="field"><label for="as-of">${t("creation.as_of")}</label>
          <input class="input" id="as-of" type="date" .value=${state.asOf || today()}
            @change=${(/** @type {any} */ event) => go({ asOf: event.target.value === today() ? "" : event.target.value })}></div>
        ${state.asOf ? html`<button class="button" type="button" @click=${() => go({ asOf: "" })}>${t("creation.as_of.today")}</button>` : nothing}
        <span class="grow"></span>
        ${
          listed?.rights?.enrol && !state.asOf
            ? html`<button class="button primary" type="button" @click=${() => enrolling.open(today())}>${icon("plus")}${t("enrol.title")}</button>`
            : nothing
        }
      </div>
      ${listed ? numbers(listed) : nothing}`;
  }

  /** @param {Listed} all */
  function numbers({ target, announced, counted, expected, forecast, enrolments }) {
    const deadline = target?.deadline ? dayWord(target.deadline) : "";
    const late = announced - counted;
    return html`<dl class="creation-numbers">
      ${
        target
          ? html`<div class="big-number"><dt>${t("creation.target")}</dt>
              <dd>${target.number ?? t("creation.target.none")}</dd>
              ${deadline ? html`<dd class="says">${t("creation.target.by", { day: deadline })}</dd>` : nothing}</div>`
          : nothing
      }
      <div class="big-number"><dt>${t("creation.counted")}</dt><dd>${counted}${target?.number ? html`<span class="soft">/${target.number}</span>` : nothing}</dd>
        <dd class="says">${late > 0 ? t("creation.counted.late", { n: late }) : t("creation.counted.says")}</dd></div>
      <div class="big-number"><dt>${t("creation.expected")}</dt><dd>${expected}</dd>
        <dd class="says">${t("creation.expected.says")}</dd></div>
      <div class="big-number"><dt>${t("creation.listed")}</dt><dd>${enrolments.length}</dd>
        <dd class="says">${t("creation.listed.says", { n: enrolments.filter(({ veto }) => veto).length })}</dd></div>
      ${
        target?.number
          ? html`<div class="big-number wide"><dt>${t("creation.forecast")}</dt>
              <dd>${forecast.likely ? dayWord(forecast.likely) : t("creation.forecast.none")}</dd>
              <dd class="says">${forecastSays(forecast)}</dd></div>`
          : nothing
      }
    </dl>`;
  }

  /** @param {Listed["forecast"]} forecast */
  function forecastSays({ low, likely, high, chance, rests_on, few }) {
    if (few) return t("creation.forecast.few");
    return [
      likely && low && high
        ? t("creation.forecast.spread", { low: dayWord(low), high: dayWord(high) })
        : "",
      chance === null ? "" : t("creation.forecast.chance", { n: Math.round(chance * 100) }),
      t("creation.forecast.rests", { n: rests_on }),
      likely || chance !== null ? t("creation.forecast.narrow") : "",
    ]
      .filter(Boolean)
      .join(" · ");
  }

  function body() {
    if (!listed) return failed ? trouble(failed, again) : waiting(8);
    const rows = shown(listed.enrolments, state);
    return html`${failed ? trouble(failed, again) : nothing}
      ${listed.enrolments.length ? filters(listed.enrolments) : nothing}
      <div aria-busy=${asking}>${
        rows.length
          ? table(rows)
          : listed.enrolments.length
            ? empty({
                title: t("creation.no_match"),
                act: t("creation.widen"),
                onAct: () => go({ q: "", community: "", standing: "", tone: "" }),
              })
            : empty({
                title: t("creation.none"),
                text: listed.rights?.enrol ? t("creation.none.may") : t("creation.none.why"),
              })
      }</div>
      ${listed.removed.length ? takenOff(listed.removed) : nothing}`;
  }

  /** @param {Row[]} rows */
  function filters(rows) {
    const communities = new Map(rows.map(({ community }) => [community.id, community]));
    return html`<form class="creation-filters no-print" aria-label=${t("filter.title")} @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <div class="field"><label for="creation-q">${t("creation.find")}</label>
        <input class="input" id="creation-q" type="search" .value=${state.q} @input=${(/** @type {any} */ event) => go({ q: event.target.value })}></div>
      ${choice(
        "community",
        t("fact.community"),
        [...communities.values()].map(({ id, zh, en }) => [String(id), either(zh, en)]),
      )}
      ${choice(
        "standing",
        t("creation.stage"),
        STANDINGS.map((each) => [each, t(`creation.standing.${each}`)]),
      )}
      ${choice(
        "tone",
        t("creation.score"),
        TONES.map((each) => [each, t(`creation.tone.${each}`)]),
      )}
      <div class="field"><label for="creation-sort">${t("creation.sort")}</label>
        <select class="input" id="creation-sort" @change=${(/** @type {any} */ event) => go({ sort: /** @type {Sort} */ (event.target.value) })}>${SORTS.map(
          (each) =>
            html`<option value=${each} ?selected=${state.sort === each}>${t(`creation.sort.${each}`)}</option>`,
        )}</select></div>
    </form>`;
  }

  /** @param {"community" | "standing" | "tone"} name @param {string} title @param {string[][]} options */
  const choice = (name, title, options) => html`
    <div class="field"><label for="creation-${name}">${title}</label>
      <select class="input" id="creation-${name}" @change=${(/** @type {any} */ event) => go({ [name]: event.target.value })}>
        <option value="">${t("creation.all")}</option>
        ${options.map(([value, word]) => html`<option value=${value ?? ""} ?selected=${state[name] === value}>${word}</option>`)}
      </select></div>`;

  /** @param {Row[]} rows */
  const table = (rows) => html`
    <table class="table stacking creation-table">
      <caption class="spoken">${t("creation.title")}</caption>
      <thead><tr>
        <th scope="col">${t("creation.estate")}</th>
        <th scope="col">${t("creation.stage")}</th>
        <th scope="col">${t("creation.score")}</th>
        <th scope="col" class="number">${t("creation.missing")}</th>
        <th scope="col">${t("creation.forecast.one")}</th>
      </tr></thead>
      <tbody>${rows.map(
        (row) => html`<tr>
          <th scope="row"><a href=${addressOfCard(row.id)}>${row.estate.name}</a>
            <span class="soft small">${either(row.community.zh, row.community.en)} · ${row.company?.name ?? t("creation.no_company")}</span>
            ${row.person ? html`<span class="soft small">${t("creation.person", { name: row.person })}</span>` : nothing}</th>
          <td class="whole-row">${track(row.stage)}
            <span class="small">${row.stage} ${reachedWord({ to: row.stage, removed: false })}</span>
            ${row.stage_since ? html`<span class="soft tiny">${t("creation.since", { day: dayWord(row.stage_since) })}</span>` : nothing}</td>
          <td data-title=${t("creation.score")}>${scoreBadge(row)}</td>
          <td data-title=${t("creation.missing")} class="number">${row.missing || html`<span class="soft">0</span>`}</td>
          <td data-title=${t("creation.forecast.one")}>${forecastWord(row.forecast, row.stage)}</td>
        </tr>`,
      )}</tbody>
    </table>`;

  /** @param {Removed[]} rows */
  const takenOff = (rows) => html`
    <details class="creation-removed"><summary>${t("creation.removed", { n: rows.length })}</summary>
      <ul class="list">${rows.map(
        ({ id, estate, on, reason }) => html`<li>
          <a href=${addressOfCard(id)}>${estate.name}</a>
          <span class="soft small">${dayWord(on)}</span> <span class="small">${reason}</span></li>`,
      )}</ul></details>`;

  again();
}
