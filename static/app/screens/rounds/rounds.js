/**
 * The supervisors' page: who has which round, how far it is, and giving the next one.
 *
 * @import { Api, Reply } from "../../api.js"
 * @import { Leave, Wish } from "../../giving.js"
 * @import { Round } from "../../types.d.ts"
 * @import { Tapped } from "../../map/map.js"
 * @import { Inspector, Sought } from "./form.js"
 * @import { Wrong } from "./fields.js"
 */

import { html, nothing, render } from "lit-html";
import { today as todayOf } from "../../days.js";
import { addressOf, addressRead, daysAfter, missingIn, narrowedTo, today } from "../../giving.js";
import { boundsOf } from "../../metres.js";
import { t } from "../../words.js";
import { openDesk, trouble } from "../desk.js";
import { waiting } from "../parts.js";
import { openToasts } from "../toasts.js";
import { leaveForm, roundForm, walked } from "./form.js";
import { filterForm, leaveList, roundCard, roundList, todayTable } from "./list.js";
import { openMarks } from "./marks.js";

/** So far back rounds are asked for; a week is what a new one lasts unless told otherwise. */
const BACK_DAYS = 180;
const FIRST_DAYS = 7;
/** @type {Sought} */
const ANYTHING = { text: "", community: "", due: "all" };

/** @param {Api} api */
export function openRounds(api) {
  const page = /** @type {HTMLElement} */ (document.getElementById("main"));
  const toasts = openToasts(/** @type {HTMLElement} */ (document.getElementById("toasts")));
  const day = todayOf();
  let state = addressRead(location.search);
  /** @type {{ rounds: Round[], leaves: Leave[], inspectors: Inspector[], estates: any[], communities: any[], kinds: any[] } | null} */
  let known = null;
  /** @type {Reply | null} */
  let failed = null;
  /** @type {{ wish: Wish, id: number | null, sought: Sought } | null} */
  let giving = null;
  /** @type {Omit<Leave, "id" | "person_name" | "stand_in_name"> | null} */
  let excusing = null;
  /** @type {Wrong} */
  let wrong = {};
  let saving = false;

  const desk = openDesk({
    page,
    findings: "status=open",
    onTap: tapped,
    legend: () => html`<p class="map-note"><i class="swatch chosen"></i>${t("rounds.mapSays")}</p>`,
  });
  const marks = desk.map ? openMarks(desk.map) : null;

  /** @param {Tapped[]} taps */
  function tapped(taps) {
    const tap = taps.find(({ layer }) => layer === "estates");
    if (!tap || !known) return;
    if (giving) {
      const { wish } = giving;
      const mine = walked(known.estates, inspectorOf(wish.inspector));
      if (mine.some(({ id }) => id === tap.id)) set({ estates: toggled(wish.estates, tap.id) });
    } else {
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
    const [rounds, leaves] = await Promise.all([
      api.ask("GET", `/api/v1/rounds/?since=${daysAfter(day, -BACK_DAYS)}`),
      api.ask("GET", "/api/v1/leaves/"),
    ]);
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

  const shownRounds = () => (known ? narrowedTo(known.rounds, state, { day, communityOf }) : []);
  /** @param {number} id */
  const estateOf = (id) => known?.estates.find((each) => each.id === id);
  /** @param {number} id */
  const communityOf = (id) => estateOf(id)?.properties.community;
  /** @param {string} username */
  const inspectorOf = (username) => known?.inspectors.find((each) => each.username === username);
  const chosenRound = () => known?.rounds.find(({ id }) => id === state.round) ?? null;

  /** @param {Round} round */
  function open(round) {
    go({ round: round.id });
    const shapes = round.estates.flatMap((id) => estateOf(id)?.geometry?.coordinates ?? []);
    if (shapes.length) desk.map?.fit(boundsOf({ type: "MultiPolygon", coordinates: shapes }), 16);
  }

  function giveNew() {
    excusing = null;
    wrong = {};
    giving = {
      id: null,
      sought: ANYTHING,
      wish: {
        name: "",
        inspector: state.who,
        kinds: state.kind ? [state.kind] : [],
        estates: [],
        since: day,
        until: daysAfter(day, FIRST_DAYS - 1),
        shared: false,
        note: "",
      },
    };
    go({ giving: true, round: null });
    focus("#round-name");
  }

  /** @param {Round} round @param {string} first the field to begin with */
  function change(round, first) {
    wrong = {};
    giving = { id: round.id, sought: { ...ANYTHING, due: "chosen" }, wish: wishOf(round) };
    show();
    focus(first);
  }

  /** @param {Partial<Wish>} told */
  function set(told) {
    if (!giving) return;
    const wish = { ...giving.wish, ...told };
    if (told.inspector !== undefined && known) {
      const where = new Set(
        walked(known.estates, inspectorOf(wish.inspector)).map((each) => each.id),
      );
      wish.estates = wish.estates.filter((id) => where.has(id));
    }
    // What was shared on purpose was shared with those who had it then.
    if (told.estates || told.kinds || told.since || told.until || told.inspector)
      wish.shared = false;
    for (const name of Object.keys(told)) delete wrong[name];
    giving = { ...giving, wish };
    show();
  }

  async function save() {
    if (!giving || saving) return;
    const { wish, id } = giving;
    const missing = missingIn(wish);
    wrong = Object.fromEntries(Object.entries(missing).map(([name, word]) => [name, t(word)]));
    if (Object.keys(wrong).length) return complain();
    saving = true;
    show();
    const reply =
      id === null
        ? await api.ask("POST", "/api/v1/rounds/", wish)
        : await api.ask("PUT", `/api/v1/rounds/${id}/`, wish);
    saving = false;
    if (reply.outcome === "received") {
      giving = null;
      failed = null;
      const { name, since, until } = { ...reply.body, name: reply.body.inspector_name };
      toasts.show(id === null ? t("rounds.givenTo", { name }) : t("rounds.changed"));
      await reload();
      const when = since > day ? "coming" : until < day ? "past" : "now";
      go({ giving: false, round: reply.body.id, when });
      return;
    }
    if (reply.outcome === "refused" && reply.details.fields) wrong = reply.details.fields;
    // Somebody else was quicker: what they have is shown, and it is asked once more.
    else if (reply.outcome === "refused" && reply.code === "round_overlaps") {
      await reload();
      wrong = { shared: reply.message };
    } else failed = reply;
    complain();
  }

  /** @param {Round} round */
  async function cancel(round) {
    const reply = await api.ask("DELETE", `/api/v1/rounds/${round.id}/`);
    if (reply.outcome !== "received") {
      failed = reply;
      return show();
    }
    failed = null;
    go({ round: null });
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

  function excuse() {
    wrong = {};
    giving = null;
    excusing = { person: state.who, stand_in: "", since: day, until: day };
    show();
    focus("#round-person");
  }

  async function saveLeave() {
    if (!excusing || saving) return;
    const { person, stand_in } = excusing;
    wrong = Object.fromEntries(
      Object.entries({ person, stand_in })
        .filter(([, told]) => !told)
        .map(([name]) => [name, t("rounds.needed")]),
    );
    if (Object.keys(wrong).length) return complain();
    saving = true;
    show();
    const reply = await api.ask("POST", "/api/v1/leaves/", excusing);
    saving = false;
    wrong = {};
    if (reply.outcome === "received") {
      excusing = null;
      failed = null;
      toasts.show(t("leave.saved", { name: reply.body.person_name }));
      return reload();
    }
    if (reply.outcome === "refused" && reply.details.fields) wrong = reply.details.fields;
    else failed = reply;
    complain();
  }

  /** @param {Leave} leave */
  async function cancelLeave(leave) {
    const reply = await api.ask("DELETE", `/api/v1/leaves/${leave.id}/`);
    if (reply.outcome !== "received") {
      failed = reply;
      return show();
    }
    await reload();
    const { person, stand_in, since, until } = leave;
    toasts.show(t("leave.cancelled", { name: leave.person_name }), {
      label: t("undo"),
      act: async () => {
        const back = await api.ask("POST", "/api/v1/leaves/", { person, stand_in, since, until });
        failed = back.outcome === "received" ? null : back;
        await reload();
      },
    });
  }

  function close() {
    giving = null;
    excusing = null;
    wrong = {};
    go({ giving: false });
  }

  function complain() {
    show();
    focus("[aria-invalid=true]");
  }

  /** @param {string} selector */
  const focus = (selector) =>
    /** @type {HTMLElement | null} */ (desk.panel.querySelector(selector))?.focus();

  function show() {
    if (known) marks?.show(giving ? giving.wish.estates : (chosenRound()?.estates ?? []));
    render(
      html`
        <div class="desk-head">
          <h2>${t(excusing ? "leave.enter" : giving?.id === null ? "rounds.give" : giving ? "rounds.change" : "rounds.title")}</h2>
          ${
            known && !giving && !excusing
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
    const { rounds, leaves, inspectors, estates, communities, kinds } = known;
    if (giving)
      return roundForm({
        ...giving,
        wrong,
        saving,
        inspectors,
        estates,
        communities,
        kinds,
        rounds,
        set,
        seek: (change) => {
          if (giving) giving = { ...giving, sought: { ...giving.sought, ...change } };
          show();
        },
        save,
        close,
      });
    if (excusing)
      return leaveForm({
        leave: excusing,
        wrong,
        saving,
        inspectors,
        set: (change) => {
          for (const name of Object.keys(change)) delete wrong[name];
          if (excusing) excusing = { ...excusing, ...change };
          show();
        },
        save: saveLeave,
        close,
      });
    const round = chosenRound();
    if (round)
      return roundCard(round, {
        kinds,
        day,
        nameOf: (id) => estateOf(id)?.properties.name ?? String(id),
        close: () => go({ round: null }),
        change: () => change(round, "#round-name"),
        handOver: () => change(round, "#round-inspector"),
        cancel: () => cancel(round),
      });
    return html`
      ${todayTable(today(rounds, leaves, day))}
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
        leaves.filter(({ until }) => until >= day),
        { enter: excuse, cancel: cancelLeave },
      )}
    `;
  }

  start();
}

/** @param {Round} round @returns {Wish} */
const wishOf = ({ name, inspector, kinds, estates, since, until, shared, note }) => ({
  name,
  inspector,
  kinds,
  estates,
  since,
  until,
  shared,
  note,
});

/** @param {number[]} list @param {number} one */
const toggled = (list, one) =>
  list.includes(one) ? list.filter((each) => each !== one) : [...list, one];
