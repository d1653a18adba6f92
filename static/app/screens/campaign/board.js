/**
 * The campaign's board: how far every action is in every community, what is late and whose. Every
 * cell opens its rows beside it, with the map coloured by them; all of it stands in the address.
 *
 * @import { Api, Reply } from "../../api.js"
 * @import { Where } from "../../lights/links.js"
 * @import { Behind, Board, BoardIndicator, Community, Light } from "../../lights/types.d.ts"
 * @import { View } from "../../lights/view.js"
 * @import { Shade } from "../../map/standing.js"
 */

import { html, nothing, render } from "lit-html";
import { today } from "../../days.js";
import { keepFresh } from "../../fresh.js";
import { actionsOf, cellIn, columnsOf } from "../../lights/cells.js";
import { addressOf, boardAt, rowsAt, viewOf } from "../../lights/view.js";
import { openTurns } from "../../turns.js";
import { clock } from "../../when.js";
import { either, t } from "../../words.js";
import { trouble } from "../desk.js";
import { empty, waiting } from "../parts.js";
import { behindPanel } from "./behind.js";
import { choosing, head } from "./choosing.js";
import { dutyList, lateList } from "./late.js";
import { legend, numberWord } from "./lights.js";
import { list, matrix } from "./matrix.js";

/** @typedef {ReturnType<typeof pageOf>} BoardPage */

/** @param {Api} api */
export function openBoard(api) {
  const page = pageOf(api);
  // Before anything is asked for: a slow answer must not make a key deaf.
  addEventListener("popstate", page.follow);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && page.view.indicator) page.close();
  });
  document.addEventListener("visibilitychange", page.look);
  page.start();
}

/** @param {Api} api */
function pageOf(api) {
  const room = /** @type {HTMLElement} */ (document.querySelector(".campaign-room"));
  const own = { unit: room.dataset.unit ?? "", community: room.dataset.community ?? "" };
  const phone = matchMedia("(max-width: 40rem)");
  phone.addEventListener("change", show);
  const mapBox = document.createElement("div");
  mapBox.className = "map";
  /** @type {Board | null} */
  let board = null;
  /** @type {Reply | null} */
  let failed = null;
  /** @type {Behind | null} */
  let behind = null;
  /** @type {Reply | null} */
  let behindFailed = null;
  /** What is on its way, or was shown last. */
  let [boardAsked, rowsAsked, news, cursor, highlighted] = ["", "", "", "", ""];
  const [boardTurn, rowsTurn] = [openTurns(), openTurns()];
  let mayCases = false;
  /** @type {{ communities: any[], estates: any[] } | null} */
  let places = null;
  /** @type {"" | "asked" | "failed"} */
  let placesState = "";
  /** @type {Promise<{ put: (shown: any) => void } | null> | null} */
  let scene = null;
  /** @type {ReturnType<typeof keepFresh> | null} */
  let fresh = null;

  const page = {
    view: viewOf(location.search, own),
    start,
    follow,
    look,
    again,
    show,
    own,
    day: () => board?.as_of ?? (page.view.as_of || today()),
    state: () => fresh?.state() ?? "fresh",
    news: () => news,

    /** @param {Partial<View>} change */
    narrow(change) {
      page.view = { ...page.view, ...change };
      history.replaceState(null, "", location.pathname + addressOf(page.view, own));
      fetchAll();
      show();
    },
    /** @param {string} code */
    toggle(code) {
      const { actions } = page.view;
      page.narrow({
        actions: actions.includes(code)
          ? actions.filter((each) => each !== code)
          : [...actions, code],
      });
    },
    /** @param {string} code */
    isOpen: (code) => page.view.late || page.view.actions.includes(code),

    /**
     * Its rows beside the board; back leads to the board alone.
     * @param {BoardIndicator} indicator @param {string} at @param {string} [action] to be opened
     */
    pick(indicator, at, action = "") {
      const was = page.view;
      const actions =
        action && !was.actions.includes(action) ? [...was.actions, action] : was.actions;
      page.view = { ...was, actions, indicator: String(indicator.id), at };
      cursor = `${indicator.id}/${at}`;
      highlighted = "";
      if (placesState === "failed") placesState = "";
      const address = location.pathname + addressOf(page.view, own);
      if (was.indicator) history.replaceState(history.state, "", address);
      else history.pushState({ opened: true }, "", address);
      fetchRows();
      show();
      const panel = /** @type {HTMLElement | null} */ (room.querySelector(".board-behind"));
      if (panel && !matchMedia("(min-width: 64rem)").matches) {
        scrollTo(0, 0);
        /** @type {HTMLElement | null} */ (panel.querySelector("h2"))?.focus();
      }
    },
    close() {
      // Where the board was opened from, back is back.
      if (history.state?.opened) history.back();
      else {
        page.narrow({ indicator: "", at: "" });
        refocus();
      }
    },
    /** @param {string} key */
    isPicked: (key) => key === `${page.view.indicator}/${page.view.at}`,
    /** @param {string} key */
    isCursor: (key) => key === (cursor || firstKey()),
    /** @param {string} key */
    setCursor(key) {
      if (cursor === key) return;
      cursor = key;
      show();
    },
    /** @param {Where} where */
    mayOpen: (where) => where !== "cases" || mayCases,
    /** @param {number} id */
    communityName: (id) => {
      const found = board?.communities.find((each) => each.id === id);
      return found ? either(found.name, found.name_en) : "";
    },
  };

  /** Where the arrows begin. */
  function firstKey() {
    const action = board ? actionsOf(board, page.view)[0] : undefined;
    return action ? `${action.code}/all` : "";
  }

  function refocus() {
    /** @type {HTMLElement | null} */ (
      room.querySelector(`[data-key="${CSS.escape(cursor)}"]`)
    )?.focus();
  }

  async function start() {
    // What is written from now on is news, also while the first board is on its way.
    fresh = keepFresh({
      ask: api.ask,
      visible: () => document.visibilityState === "visible",
      onNews: renew,
      onState: show,
      version: "/api/v1/campaign/board/version/",
    });
    fetchAll();
    show();
    const me = await api.me();
    if (me.outcome === "received") mayCases = me.body.may.cases;
    show();
  }

  function look() {
    if (document.visibilityState === "visible") fresh?.look();
  }

  /** To where the address leads. */
  function follow() {
    const had = page.view.indicator;
    page.view = viewOf(location.search, own);
    fetchAll();
    show();
    if (had && !page.view.indicator) refocus();
  }

  async function renew() {
    [boardAsked, rowsAsked] = ["", ""];
    await fetchAll();
    news = clock(new Date());
    show();
  }

  function again() {
    [boardAsked, rowsAsked] = ["", ""];
    [failed, behindFailed] = [null, null];
    if (placesState === "failed") placesState = "";
    fetchAll();
    show();
  }

  const fetchAll = () => Promise.all([fetchBoard(), fetchRows()]);

  async function fetchBoard() {
    const address = boardAt(page.view);
    if (address === boardAsked) return;
    boardAsked = address;
    const isLast = boardTurn();
    const reply = await api.ask("GET", address);
    if (!isLast()) return;
    if (reply.outcome === "received") {
      [board, failed] = [reply.body, null];
    } else [failed, boardAsked] = [reply, ""];
    show();
  }

  async function fetchRows() {
    const address = page.view.indicator ? rowsAt(page.view) : "";
    if (address === rowsAsked) return;
    if (!address.startsWith(rowsAsked.split("&as_of")[0] || "?")) behind = null;
    [rowsAsked, behindFailed] = [address, null];
    const isLast = rowsTurn();
    if (!address) {
      behind = null;
      return;
    }
    const reply = await api.ask("GET", address);
    if (!isLast()) return;
    if (reply.outcome === "received") behind = reply.body;
    else [behindFailed, behind] = [reply, null];
    show();
  }

  /** Lights by place: of the rows where they are of estates or companies, else of the communities.
   * @param {BoardIndicator} indicator @param {Community | null} community */
  function shownOn(indicator, community) {
    const only = community?.id ?? null;
    /** @type {Map<number, Shade>} */
    const lights = new Map();
    /** @type {Map<number, string>} */
    const numbers = new Map();
    /** @param {number} id @param {{ light: Light | null, n: number | null, of: number | null } | undefined} told */
    const put = (id, told) => {
      lights.set(id, told ? (told.light ?? "none") : "no_data");
      if (told && !told.light) numbers.set(id, numberWord(told));
    };
    const fine = behind?.rows.some(({ level }) => level === "estate" || level === "company");
    if (fine && behind && places) {
      const told = new Map(behind.rows.map((row) => [`${row.level}/${row.id}`, row]));
      for (const { id, properties } of places.estates)
        if (only === null || properties.community === only)
          put(id, told.get(`estate/${id}`) ?? told.get(`company/${properties.company}`));
      return { source: /** @type {const} */ ("estates"), lights, numbers, only };
    }
    for (const each of board?.communities ?? []) put(each.id, cellIn(indicator, each) ?? undefined);
    return { source: /** @type {const} */ ("communities"), lights, numbers, only };
  }

  /** Once; after a failure again with the next cell that is opened. */
  async function fetchPlaces() {
    if (placesState) return;
    placesState = "asked";
    const [towns, estates] = await Promise.all([api.communities(), api.estates()]);
    if (towns.outcome !== "received" || estates.outcome !== "received") {
      placesState = "failed";
      return;
    }
    places = { communities: towns.body, estates: estates.body };
    // By now another cell may be open than the one that asked.
    show();
  }

  /** @param {BoardIndicator} indicator @param {Community | null} community */
  async function draw(indicator, community) {
    if (!places) return fetchPlaces();
    const { communities, estates } = places;
    scene ??= import("./scene.js").then(
      ({ openScene }) => openScene(mapBox, communities, estates, tapped),
      // The rows say all of it without a map.
      () => null,
    );
    return (await scene)?.put(shownOn(indicator, community));
  }

  /** The row of what was tapped. @param {number} id @param {"communities" | "estates"} source */
  function tapped(id, source) {
    const company = places?.estates.find((each) => each.id === id)?.properties.company;
    const named =
      source === "communities" ? [`community/${id}`] : [`estate/${id}`, `company/${company}`];
    highlighted =
      named.find((key) => behind?.rows.some(({ level, id: of }) => key === `${level}/${of}`)) ?? "";
    show();
    room
      .querySelector(`[data-place="${CSS.escape(highlighted)}"]`)
      ?.scrollIntoView({ block: "nearest" });
  }

  function show() {
    render(template(), room);
  }

  function template() {
    if (failed) {
      const none = failed.outcome === "refused" && failed.code === "programme_not_found";
      return html`${head(page, null)}${none ? noProgramme() : trouble(failed, again)}`;
    }
    if (!board) return html`${head(page, null)}${waiting(10)}`;
    const picked = pickedOf(board);
    return html`
      ${head(page, board)}
      ${choosing(page, board)}
      <div class="board-split" data-opened=${Boolean(picked)}>
        <section class="board-main">${main(board)}</section>
        ${picked ? html`<aside class="board-behind card" aria-label=${t("campaign.rows.title", { n: behind?.rows.length ?? 0 })}>${panel(picked)}</aside>` : nothing}
      </div>`;
  }

  /** Of a day that is past, a later one may have one. */
  const noProgramme = () =>
    page.view.as_of && page.view.as_of < today()
      ? empty({ title: t("campaign.noProgramme"), text: t("campaign.noProgrammeSays") })
      : empty({ title: t("campaign.noProgrammeYet"), text: t("campaign.noProgrammeYetSays") });

  /** @param {Board} told */
  function main(told) {
    if (page.view.tab === "late") return lateList(page, told);
    if (page.view.tab === "duties") return dutyList(page, told);
    const actions = actionsOf(told, page.view);
    const columns = columnsOf(told, page.view);
    const own = columns.length === 2 ? columns[1] : columns[0];
    if (!actions.length)
      return empty({
        title: t(page.view.late ? "campaign.nothingLate" : "campaign.nothingHere"),
        act: t("campaign.showAll"),
        onAct: () => page.narrow({ late: false, unit: "", community: "" }),
      });
    return html`${legend()}${phone.matches && own ? list(page, actions, own) : matrix(page, actions, columns)}`;
  }

  /** @param {Board} told */
  function pickedOf(told) {
    const { indicator: id, at } = page.view;
    if (!id) return null;
    const indicator = told.actions
      .flatMap(({ indicators }) => indicators)
      .find((each) => String(each.id) === id);
    if (!indicator) return null;
    const community = told.communities.find((each) => String(each.id) === at) ?? null;
    return { indicator, community, cell: cellIn(indicator, community) };
  }

  /** @param {NonNullable<ReturnType<typeof pickedOf>>} picked */
  function panel({ indicator, community, cell }) {
    // Of the whole subdistrict alone there is nothing to colour apart.
    const apart = indicator.level !== "subdistrict" || indicator.cells.length > 0;
    if (apart) draw(indicator, community);
    return behindPanel(page, {
      indicator,
      community,
      cell,
      body: behind,
      failed: behindFailed,
      map: apart ? mapBox : null,
      highlighted,
    });
  }

  return page;
}
