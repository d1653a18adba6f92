/**
 * The list: what is narrowed, chosen and moved together.
 *
 * @import { Reply } from "../../api.js"
 * @import { CaseFilters } from "../../case_filters.js"
 * @import { CaseFeature, SavedFilter } from "../../types.d.ts"
 * @import { Asking } from "./asking.js"
 * @import { World } from "./cases.js"
 * @import { Act } from "./keys.js"
 */

import { html, nothing } from "lit-html";
import {
  addressOfCases,
  askedOf,
  caseFiltersOf,
  inTab,
  narrowing,
  orderOf,
  widened,
} from "../../case_filters.js";
import { openCaseList } from "../../case_list.js";
import { BULK } from "../../case_moves.js";
import { allOrNone, among, reached, stepped, toggled } from "../../chosen.js";
import { t } from "../../words.js";
import { trouble } from "../desk.js";
import { empty, waiting } from "../parts.js";
import { filterForm, savedViews } from "./filter_form.js";
import { moveWord } from "./pieces.js";
import { caseTable, tabs } from "./table.js";

const TYPING_MS = 250;
const SAVED = "/api/v1/saved-filters/";

/** @param {World} world @param {Asking} asking */
export function openList(world, asking) {
  const { api, toasts, desk } = world;
  const source = openCaseList(api);
  let filters = caseFiltersOf(location.search);
  /** @type {import("../../case_list.js").Page | null} */
  let page = null;
  /** @type {Reply | null} */
  let failed = null;
  let busy = false;
  /** @type {Set<string>} */
  let chosen = new Set();
  /** @type {string | null} */
  let current = null;
  /** @type {string | null} */
  let last = null;
  let filtersOpen = false;
  /** @type {SavedFilter[]} */
  let saved = [];
  let wrongName = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing;

  const rows = () => page?.rows ?? [];
  const ids = () => rows().map(({ id }) => id);

  /** On a phone the tabs are longer than the screen. */
  const tabInSight = () =>
    desk.panel
      .querySelector(".tab[aria-current=true]")
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });

  async function load(held = 0) {
    busy = true;
    world.show();
    const reply = await source.ask(filters, held);
    if (reply.outcome === "cancelled") return;
    busy = false;
    failed = null;
    if ("page" in reply) page = reply.page;
    else failed = /** @type {Reply} */ (reply);
    chosen = among(chosen, ids());
    if (current && !ids().includes(current)) current = null;
    world.show();
    if (!held) tabInSight();
  }

  async function more() {
    const was = page;
    if (!was) return;
    const reply = await source.more(was);
    // Another list came meanwhile: these are not its next.
    if (page !== was) return;
    if ("page" in reply) page = reply.page;
    else failed = /** @type {Reply} */ (reply);
    world.show();
  }

  /** @param {CaseFilters} to @param {number} [after] milliseconds, while somebody types */
  function narrow(to, after = 0) {
    const tab = to.tab !== filters.tab;
    filters = to;
    const query = addressOfCases(filters);
    const address = location.pathname + (query ? `?${query}` : "");
    if (tab) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    clearTimeout(typing);
    chosen = new Set();
    world.marks?.narrow(filters);
    if (tab) page = page && { ...page, rows: [], next: null };
    typing = setTimeout(load, after);
    busy = true;
    world.show();
  }

  async function loadSaved() {
    const reply = await api.ask("GET", SAVED);
    if (reply.outcome === "received") saved = reply.body.filters;
    world.show();
  }

  /** @param {string} name @param {boolean} shared */
  async function keep(name, shared) {
    const reply = await api.ask("PUT", SAVED, { name, shared, query: addressOfCases(filters) });
    wrongName = "";
    if (reply.outcome === "received") {
      desk.panel.querySelector(".saved-views")?.removeAttribute("open");
      toasts.show(t("cases.savedAs", { name: reply.body.name }));
      return loadSaved();
    }
    wrongName =
      reply.outcome === "refused"
        ? (reply.details.fields?.name ?? reply.message)
        : t("unreachable.title");
    world.show();
  }

  /** @param {SavedFilter} filter */
  async function drop(filter) {
    const reply = await api.ask("DELETE", `${SAVED}${filter.id}/`);
    if (reply.outcome !== "received") return;
    const { name, query, shared } = filter;
    toasts.show(t("cases.unsaved", { name }), {
      label: t("undo"),
      act: async () => {
        await api.ask("PUT", SAVED, { name, query, shared });
        loadSaved();
      },
    });
    loadSaved();
  }

  /** The link of a row has the focus: Enter opens it, and a reader is told which it is. @param {string | null} id */
  function focus(id) {
    current = id;
    world.show();
    const link = desk.panel.querySelector(`tr[data-case="${id}"] a`);
    /** @type {HTMLElement | null} */ (link)?.focus();
    link?.scrollIntoView({ block: "nearest" });
  }

  /** What a move would be made of: those chosen, else the current one. */
  function meant() {
    const wanted = chosen.size ? chosen : new Set(current ? [current] : []);
    return rows().filter(({ id }) => wanted.has(id));
  }

  /** @param {string} move */
  function move(move) {
    const cases = meant();
    if (!cases.length) return false;
    asking.ask(move, cases, () => {
      chosen = new Set();
      refresh();
    });
    return true;
  }

  function refresh() {
    world.marks?.refresh();
    return load(rows().length);
  }

  /** @param {Act} act @returns {boolean} whether there was something to do */
  function act(act) {
    const steps = { next: 1, previous: -1 }[/** @type {string} */ (act)];
    if (steps) focus(stepped(ids(), current, steps));
    else if (act === "choose" && current) {
      chosen = toggled(chosen, current);
      last = current;
      world.show();
    } else if (act === "file" || act === "assign" || act === "close") return move(act);
    else if (act === "search") /** @type {any} */ (document.getElementById("case-search")).focus();
    else if (act === "back" && chosen.size) {
      chosen = new Set();
      world.show();
    } else return false;
    return true;
  }

  const bar = () => html`
    <div class="chosen-bar" role="toolbar" aria-label=${t("cases.chosen", { n: chosen.size })}>
      <b role="status">${t("cases.chosen", { n: chosen.size })}</b>
      ${BULK.slice(0, 3).map(
        (each) =>
          html`<button class="button" type="button" @click=${() => move(each)}>${moveWord(each)}</button>`,
      )}
      <details class="menu up">
        <summary class="button">${t("cases.moreMoves")}</summary>
        <div class="sheet-of-menu">
          ${world.me?.may?.dispatch ? papersOf([...chosen]) : nothing}
          ${BULK.slice(3).map(
            (each) =>
              html`<button class="entry" type="button" @click=${() => move(each)}>${moveWord(each)}</button>`,
          )}
        </div>
      </details>
      <button class="button quiet" type="button" @click=${() => act("back")}>
        ${t("cases.chooseNone")}
      </button>
    </div>`;

  function found() {
    if (!page) return failed ? nothing : waiting(8);
    if (!page.rows.length && busy) return waiting(8);
    if (!page.rows.length)
      return narrowing(filters)
        ? empty({
            title: t("cases.none"),
            text: t("cases.noneNarrowed"),
            act: t("cases.widen"),
            onAct: () => narrow(widened(filters)),
          })
        : empty({ title: t("cases.none"), text: t("cases.noneSays") });
    return html`
      ${caseTable({
        rows: page.rows,
        chosen,
        current,
        clock: world.clock,
        kinds: world.known.kinds,
        choose: (id, reach) => {
          chosen = reach ? reached(chosen, ids(), last, id) : toggled(chosen, id);
          last = id;
          current = id;
          world.show();
        },
        chooseAll: () => {
          chosen = allOrNone(chosen, ids());
          world.show();
        },
        at: (id) => {
          current = id;
          world.show();
        },
        point: (id) => {
          world.marks?.point(rows().find((each) => each.id === id)?.geometry ?? null);
        },
      })}
      ${
        page.next
          ? html`<button class="button wide" type="button" @click=${more}>${t("more")}</button>`
          : nothing
      }`;
  }

  return {
    get rows() {
      return rows();
    },
    start() {
      world.marks?.narrow(filters);
      load();
      loadSaved();
      world.loadHandlers();
    },
    /** To what the address says now. */
    follow() {
      const told = caseFiltersOf(location.search);
      if (addressOfCases(told) === addressOfCases(filters)) return;
      filters = told;
      world.marks?.narrow(filters);
      load();
    },
    refresh,
    focus,
    act,
    /** The case so many rows further. @param {string} id @param {number} steps */
    beside: (id, steps) => {
      const next = ids().includes(id) ? stepped(ids(), id, steps) : null;
      return next === id ? null : next;
    },
    show: () => html`
      <div class="desk-head">
        <h2>${t("cases.title")}</h2>
        <span class="push"></span>
        ${savedViews({
          saved,
          wrong: wrongName,
          go: (query) => {
            desk.panel.querySelector(".saved-views")?.removeAttribute("open");
            narrow(caseFiltersOf(query));
          },
          keep,
          drop,
        })}
        <button
          class="button icon quiet keys-button"
          type="button"
          aria-label=${t("cases.keys")}
          title=${t("cases.keys")}
          @click=${asking.keys}
        >
          ?
        </button>
      </div>
      ${tabs({ tab: filters.tab, counts: page?.counts ?? null, go: (tab) => narrow(inTab(filters, tab)) })}
      ${filterForm(filters, world.known, {
        open: filtersOpen,
        onOpen: (open) => {
          filtersOpen = open;
        },
        narrow: (change) => narrow({ ...filters, ...change }, "q" in change ? TYPING_MS : 0),
        widen: () => narrow(widened(filters)),
      })}
      ${filters.counted ? behind() : nothing}
      ${sorting()}
      ${failed ? trouble(failed, () => load()) : nothing}
      <div class="found" aria-busy=${busy}>${found()}</div>
      ${chosen.size ? bar() : nothing}`,
  };

  /** Which number of the leaders' board these rows are behind. */
  function behind() {
    const query = new URLSearchParams(filters.counted);
    const said =
      { 1: "cases.counted", 0: "cases.notCounted" }[query.get("holds") ?? ""] ??
      "cases.countedOrNot";
    const figure = /** @type {any} */ (`cases.figure.${query.get("figure")}`);
    return html`<p class="soft small">
      ${t(/** @type {any} */ (said), { figure: t(figure), day: query.get("as_of") ?? "" })}
      <button class="button quiet" type="button" @click=${() => narrow(widened(filters))}>
        ${t("cases.countedAll")}
      </button>
    </p>`;
  }

  function sorting() {
    const sort = orderOf(filters);
    return html`<div class="sorting small">
      <span class="soft" role="status">${page && !busy ? t("cases.n", { n: page.count }) : nothing}</span>
      <span class="push"></span>
      <a
        class="button quiet"
        href="/api/v1/ledger.xlsx?${askedOf(filters)}"
        title=${t("cases.ledgerSays")}
        download
        >${t("cases.ledger")}</a
      >
      ${
        /** @type {const} */ (["due", "number"]).map(
          (each) => html`<button
          class="button quiet"
          type="button"
          aria-pressed=${sort === each}
          @click=${() => narrow({ ...filters, sort: each })}
        >
          ${t(/** @type {any} */ (`cases.sort.${each}`))}
        </button>`,
        )
      }
    </div>`;
  }
}

/** One paper about several cases. @param {string[]} cases */
const papersOf = (cases) =>
  ["notice", "reminder"].map(
    (kind) => html`<a class="entry" href="/papers/#/new?${paperQuery(kind, cases)}">
      ${t("cases.newPaper", { paper: t(/** @type {any} */ (`cases.paper.${kind}`)) })}
    </a>`,
  );

/** @param {string} kind @param {string[]} cases */
const paperQuery = (kind, cases) =>
  new URLSearchParams([["kind", kind], ...cases.map((id) => ["case", id])]).toString();

/** @typedef {ReturnType<typeof openList>} List */
