/**
 * The supervisors' page: who has which round, how far it is, and giving the next one.
 *
 * @import { Api, Reply } from "../../api.js"
 * @import { Leave } from "../../giving.js"
 * @import { Round } from "../../types.d.ts"
 * @import { Tapped } from "../../map/map.js"
 * @import { Inspector } from "./form.js"
 */

import { html, nothing, render } from "lit-html";
import { today as todayOf } from "../../days.js";
import { addressOf, addressRead, daysAfter, narrowedTo, today } from "../../giving.js";
import { boundsOf } from "../../metres.js";
import { openTurns } from "../../turns.js";
import { t } from "../../words.js";
import { openDesk, trouble } from "../desk.js";
import { waiting } from "../parts.js";
import { openToasts } from "../toasts.js";
import { openGiving, wishOf } from "./giving.js";
import { openLeaves } from "./leaves.js";
import { filterForm, leaveList, roundCard, roundList, todayTable } from "./list.js";
import { openMarks } from "./marks.js";

/** So far back rounds are asked for. */
const BACK_DAYS = 180;

/** @typedef {{ rounds: Round[], leaves: Leave[], inspectors: Inspector[], estates: any[],
 *   communities: any[], kinds: any[] }} Known */

/** @param {Api} api */
export function openRounds(api) {
  const page = /** @type {HTMLElement} */ (document.getElementById("main"));
  const toasts = openToasts(/** @type {HTMLElement} */ (document.getElementById("toasts")));
  const day = todayOf();
  let state = addressRead(location.search);
  /** @type {Known | null} */
  let known = null;
  /** @type {Reply | null} */
  let failed = null;
  /** The round that is being taken back. @type {number | null} */
  let cancelling = null;
  const turn = openTurns();

  const desk = openDesk({
    page,
    findings: "status=open",
    onTap: tapped,
    legend: () => html`<p class="map-note"><i class="swatch chosen"></i>${t("rounds.mapSays")}</p>`,
  });
  const marks = desk.map ? openMarks(desk.map) : null;
  const shared = { api, toasts, day, known: () => known, inspectorOf, reload, show, focus, fail };
  const giving = openGiving({ ...shared, go });
  const leaves = openLeaves(shared);

  /** @param {Tapped[]} taps */
  function tapped(taps) {
    const tap = taps.find(({ layer }) => layer === "estates");
    if (!tap || !known) return;
    if (giving.isOpen()) giving.toggle(tap.id);
    else {
      const through = shownRounds().find((round) => round.estates.includes(tap.id));
      if (through) open(through);
    }
  }

  async function start() {
    failed = null;
    show();
    const replies = await Promise.all([
      api.ask("GET", `/api/v1/rounds/?since=${daysAfter(day, -BACK_DAYS)}`),
      api.ask("GET", "/api/v1/leaves/"),
      api.ask("GET", "/api/v1/inspectors/"),
      api.estates(),
      api.communities(),
      api.kinds(),
    ]);
    failed = replies.find(({ outcome }) => outcome !== "received") ?? null;
    if (!failed) {
      const [rounds, leaves, people, estates, communities, kinds] = replies.map(
        (reply) => /** @type {any} */ (reply).body,
      );
      known = {
        rounds: rounds.rounds,
        leaves: leaves.leaves,
        inspectors: people.inspectors,
        estates,
        communities,
        kinds: kinds.kinds,
      };
      desk.setPlaces(communities, estates);
      if (state.giving) giveNew();
    }
    show();
  }

  /** Rounds and leaves anew: a leave changes whose a round is. */
  async function reload() {
    const isLast = turn();
    const [rounds, leaves] = await Promise.all([
      api.ask("GET", `/api/v1/rounds/?since=${daysAfter(day, -BACK_DAYS)}`),
      api.ask("GET", "/api/v1/leaves/"),
    ]);
    if (!isLast()) return;
    failed = [rounds, leaves].find(({ outcome }) => outcome !== "received") ?? null;
    if (known && rounds.outcome === "received" && leaves.outcome === "received")
      known = { ...known, rounds: rounds.body.rounds, leaves: leaves.body.leaves };
    show();
  }

  /** @param {Partial<typeof state>} change */
  function go(change) {
    state = { ...state, ...change };
    history.replaceState(null, "", addressOf(state));
    show();
  }

  /** @param {Reply | null} reply null: nothing is wrong any more */
  function fail(reply) {
    failed = reply;
  }

  const shownRounds = () => (known ? narrowedTo(known.rounds, state, { day, communityOf }) : []);
  /** @param {number} id */
  const estateOf = (id) => known?.estates.find((each) => each.id === id);
  /** @param {number} id */
  const communityOf = (id) => estateOf(id)?.properties.community;
  /** @param {string} username */
  function inspectorOf(username) {
    return known?.inspectors.find((each) => each.username === username);
  }
  const chosenRound = () => known?.rounds.find(({ id }) => id === state.round) ?? null;

  /** @param {Round} round */
  function open(round) {
    go({ round: round.id });
    const shapes = round.estates.flatMap((id) => estateOf(id)?.geometry?.coordinates ?? []);
    if (shapes.length) desk.map?.fit(boundsOf({ type: "MultiPolygon", coordinates: shapes }), 16);
  }

  function giveNew() {
    leaves.leave();
    giving.begin({ inspector: state.who, kind: state.kind });
    go({ giving: true, round: null });
    focus("#round-name");
  }

  function excuse() {
    giving.leave();
    leaves.excuse(state.who);
  }

  function close() {
    giving.leave();
    leaves.leave();
    go({ giving: false });
  }

  /** @param {Round} round */
  async function cancel(round) {
    if (cancelling !== null) return;
    cancelling = round.id;
    const reply = await api.ask("DELETE", `/api/v1/rounds/${round.id}/`);
    cancelling = null;
    if (reply.outcome !== "received") {
      failed = reply;
      return show();
    }
    failed = null;
    // Who opened another meanwhile stays with that.
    if (state.round === round.id) go({ round: null });
    await reload();
    toasts.show(t("rounds.cancelled", { name: round.name }), {
      label: t("undo"),
      act: async () => {
        const back = await api.ask("PUT", `/api/v1/rounds/${round.id}/`, wishOf(round));
        failed = back.outcome === "received" ? null : back;
        await reload();
        if (!failed) go({ round: round.id });
      },
    });
  }

  /** @param {string} selector */
  function focus(selector) {
    /** @type {HTMLElement | null} */ (desk.panel.querySelector(selector))?.focus();
  }

  function title() {
    if (leaves.isOpen()) return t("leave.enter");
    if (!giving.isOpen()) return t("rounds.title");
    return t(giving.isNew() ? "rounds.give" : "rounds.change");
  }

  function show() {
    const asks = giving.isOpen() || leaves.isOpen();
    if (known) marks?.show(giving.estates() ?? chosenRound()?.estates ?? []);
    render(
      html`
        <div class="desk-head">
          <h2>${title()}</h2>
          ${
            known && !asks
              ? html`<button class="button primary" type="button" @click=${giveNew}>${t("rounds.give")}</button>`
              : nothing
          }
        </div>
        ${failed ? trouble(failed, known ? reload : start) : nothing}
        ${known ? body() : failed ? nothing : waiting(6)}
      `,
      desk.panel,
    );
  }

  function body() {
    if (!known) return nothing;
    const { rounds, inspectors, communities, kinds } = known;
    if (giving.isOpen()) return giving.form(close);
    if (leaves.isOpen()) return leaves.form(close);
    const round = chosenRound();
    if (round)
      return roundCard(round, {
        kinds,
        day,
        nameOf: (id) => estateOf(id)?.properties.name ?? String(id),
        close: () => go({ round: null }),
        change: () => giving.change(round, "#round-name"),
        handOver: () => giving.change(round, "#round-inspector"),
        cancel: () => cancel(round),
      });
    return html`
      ${todayTable(today(rounds, known.leaves, day))}
      ${filterForm(state, { people: inspectors, communities, kinds }, go)}
      <div aria-live="polite">
        ${roundList(shownRounds(), {
          any: rounds.length > 0,
          kinds,
          day,
          open,
          give: giveNew,
          widen: () => go({ when: "now", who: "", community: "", kind: "" }),
        })}
      </div>
      ${leaveList(
        known.leaves.filter(({ until }) => until >= day),
        { enter: excuse, cancel: leaves.cancel },
      )}
    `;
  }

  start();
}
