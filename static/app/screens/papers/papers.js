/**
 * The page of papers: the list, one paper, drafting one, and what is due by the ladder. What the
 * list is narrowed to stands in the address, and behind it what is open.
 *
 * @import { Api, Reply } from "../../api.js"
 * @import { DueRung, Paper, WholePaper } from "../../types.d.ts"
 * @import { PaperFilters } from "../../paper_routes.js"
 * @import { Doing } from "./one.js"
 */

import { html, nothing, render } from "lit-html";
import { attached, declaredPhotos, sendPhotos } from "../../case_photos.js";
import { momentOf } from "../../paper_draft.js";
import { addressOf, filtersOf, hashOf, queryOf, routeOf } from "../../paper_routes.js";
import { t } from "../../words.js";
import { trouble } from "../desk.js";
import { openToasts } from "../toasts.js";
import { dueScreen } from "./due.js";
import { openIssuing } from "./issue.js";
import { listScreen } from "./list.js";
import { doing, oneScreen } from "./one.js";

const QUIET_MS = 250;
/** A paper's files are looked for again so soon, and then ever more seldom. */
const SOON_MS = 1500;
const SELDOM_MS = 20_000;
const MOST_OF_COMPANY = 20;

/** @typedef {ReturnType<typeof pageOf>} Papers */

/** @param {Api} api */
export function openPapers(api) {
  const page = pageOf(api);
  // A browser tells of a place behind the # in two ways: it is gone to once.
  const turn = () => location.href !== page.at() && page.follow();
  addEventListener("hashchange", turn);
  addEventListener("popstate", turn);
  page.start();
}

/** @param {Api} api */
function pageOf(api) {
  const room = /** @type {HTMLElement} */ (document.querySelector(".papers-room"));
  const toasts = openToasts(/** @type {HTMLElement} */ (document.getElementById("toasts")));
  /** @type {Reply | null} */
  let failed = null;
  let route = routeOf(location.hash);
  /** The address that was followed last. */
  let followed = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let looking;

  const page = {
    api,
    room,
    toasts,
    filters: filtersOf(location.search),
    /** @type {any} */
    me: null,
    /** @type {any[]} */
    communities: [],
    /** @type {{ count: number, next: string | null, papers: Paper[] } | null} */
    list: null,
    /** @type {WholePaper | null} */
    one: null,
    /** @type {{ count: number, due: DueRung[], done: any[] } | null} */
    due: null,
    /** @type {Doing} */
    doing: doing(),
    show,
    follow,
    at: () => followed,
    start,
    more,
    /** @param {string} hash */
    address: (hash) => `${location.pathname}${addressOf(page.filters)}${hash}`,
    listAddress: () => page.address("") + (location.hash ? "#/" : ""),
    nowLocal: () =>
      new Intl.DateTimeFormat("sv-SE", {
        timeZone: "Asia/Shanghai",
        dateStyle: "short",
        timeStyle: "short",
      })
        .format(new Date())
        .replace(" ", "T"),

    /** @param {Partial<PaperFilters>} change */
    narrow(change) {
      page.filters = { ...page.filters, ...change };
      history.replaceState(null, "", page.address(""));
      followed = location.href;
      clearTimeout(timer);
      timer = setTimeout(fetchList, "q" in change ? QUIET_MS : 0);
      show();
    },

    /** @param {Doing["form"]} form */
    open(form) {
      page.doing = { ...doing(), form: page.doing.form === form ? "" : form };
      show();
      /** @type {HTMLElement | null} */ (
        room.querySelector(".paper-facts form :is(input, select)")
      )?.focus();
    },

    /** @param {Partial<Doing>} change */
    tell(change) {
      page.doing = { ...page.doing, ...change };
      show();
    },

    /** @param {Event} event */
    async addPhotos(event) {
      const input = /** @type {HTMLInputElement} */ (event.target);
      for (const file of input.files ?? []) {
        const told = await attached(file, page.doing.photos);
        if ("photo" in told)
          page.tell({ photos: [...page.doing.photos, told.photo], photoWhy: "" });
        else
          page.tell({
            photoWhy: t(told.why === "type" ? "papers.photoWhy.type" : "papers.photoWhy.other"),
          });
      }
      input.value = "";
    },

    /** @param {Record<string, string>} told */
    async deliver({ how = "", at = "", receiver = "", refusal = "" }) {
      const paper = page.one;
      if (!paper) return;
      const photos = page.doing.photos;
      const body = {
        how,
        at: momentOf(at),
        ...(receiver ? { receiver } : {}),
        ...(refusal ? { refusal } : {}),
        ...(photos.length ? { photos: declaredPhotos(photos) } : {}),
      };
      if (!(await put(`/api/v1/papers/${paper.id}/delivery/`, body))) return;
      const unsent = photos.length ? await sendPhotos(api, paper.id, photos, () => {}) : null;
      toasts.show(t(unsent ? "papers.photoLater" : "papers.deliveredSaved"));
      if (page.one?.id === paper.id) page.doing = doing();
      show();
    },

    /** @param {Record<string, string>} told */
    async makeVoid({ reason = "" }) {
      const paper = page.one;
      if (!paper || !(await put(`/api/v1/papers/${paper.id}/void/`, { reason }))) return;
      toasts.show(t("papers.voidDone", { number: paper.number }));
      if (route.at !== "one" || route.id !== paper.id) return;
      page.doing = doing();
      look(paper.id);
      show();
    },

    /** With what the first one said, to be put right. @param {WholePaper} paper */
    reissue(paper) {
      const { edits = {}, officers = [] } = paper.asked ?? {};
      const { due, recheck_on, rows, ...same } = /** @type {any} */ (edits);
      history.pushState(
        null,
        "",
        page.address(
          hashOf({
            at: "new",
            kind: paper.kind,
            cases: paper.cases,
            community: paper.community && !paper.cases.length ? String(paper.community) : "",
            reissues: paper.id,
            escalation: "",
          }),
        ),
      );
      followed = location.href;
      route = routeOf(location.hash);
      issuing.begin({ ...route, edits: same, ...(officers.length ? { officers } : {}) });
      show();
    },

    /** @param {Paper & WholePaper} paper it has a number now */
    issued(paper) {
      page.one = paper;
      page.list = null;
      page.due = null;
      history.replaceState(null, "", page.address(hashOf({ at: "one", id: paper.id })));
      follow();
    },

    /** @param {DueRung} rung */
    async draftDue(rung) {
      let cases = rung.case ? [rung.case] : [];
      if (!cases.length && rung.company) {
        const query = new URLSearchParams({
          company: String(rung.company),
          status: "open",
          page_size: String(MOST_OF_COMPANY),
        });
        const reply = await api.ask("GET", `/api/v1/cases/?${query}`);
        if (reply.outcome === "received")
          cases = reply.body.features
            .slice(0, MOST_OF_COMPANY)
            .map((/** @type {any} */ each) => each.id);
      }
      location.hash = hashOf({
        at: "new",
        kind: rung.rung,
        cases,
        community: "",
        reissues: "",
        escalation: rung.id,
      });
    },

    /** @param {DueRung} rung @param {string} note */
    async waive(rung, note) {
      const reply = await api.ask("PUT", `/api/v1/escalations/${rung.id}/`, { waive: true, note });
      if (reply.outcome === "received") toasts.show(t("papers.due.waived"));
      else failed = reply;
      await fetchDue();
    },
  };
  const issuing = openIssuing(page);

  /** @param {string} path @param {any} body @returns {Promise<boolean>} */
  async function put(path, body) {
    if (page.doing.saving) return false;
    const { one, doing: mine } = page;
    page.tell({ saving: true });
    const reply = await api.ask("PUT", path, body);
    // Who went on to another paper meanwhile stays there, with what is written there.
    const stays = page.one?.id === one?.id && page.doing.form === mine.form;
    if (stays) page.tell({ saving: false, wrong: {} });
    if (reply.outcome === "received") {
      if (stays) page.one = reply.body;
      page.list = null;
      failed = null;
      return true;
    }
    if (!stays) return false;
    if (reply.outcome === "refused" && reply.details.fields)
      page.tell({ wrong: reply.details.fields });
    else failed = reply;
    show();
    return false;
  }

  async function start() {
    failed = null;
    show();
    const [me, communities] = await Promise.all([api.me(), api.communities()]);
    failed = [me, communities].find(({ outcome }) => outcome !== "received") ?? null;
    if (me.outcome === "received") page.me = me.body;
    if (communities.outcome === "received") page.communities = communities.body;
    follow();
    if (page.me?.may?.dispatch) fetchDue();
  }

  /** To where the address leads. */
  function follow() {
    followed = location.href;
    route = routeOf(location.hash);
    page.doing = doing();
    clearTimeout(looking);
    page.filters = filtersOf(location.search);
    if (route.at === "list" && !page.list) fetchList();
    if (route.at === "due") fetchDue();
    if (route.at === "new") issuing.begin(route);
    if (route.at === "one") look(route.id);
    show();
    scrollTo(0, 0);
  }

  async function fetchList() {
    const query = queryOf(page.filters, 1);
    const reply = await api.ask("GET", `/api/v1/papers/?${query}`);
    if (query !== queryOf(page.filters, 1)) return;
    if (reply.outcome === "received") {
      page.list = reply.body;
      failed = null;
    } else failed = reply;
    show();
  }

  async function more() {
    const was = page.list;
    if (!was?.next) return;
    const { pathname, search } = new URL(was.next);
    const reply = await api.ask("GET", pathname + search);
    // Another list came meanwhile, or these by an earlier press.
    if (page.list !== was) return;
    if (reply.outcome === "received")
      page.list = { ...reply.body, papers: [...was.papers, ...reply.body.papers] };
    else failed = reply;
    show();
  }

  async function fetchDue() {
    const reply = await api.ask("GET", "/api/v1/escalations/");
    if (reply.outcome === "received") page.due = reply.body;
    else if (route.at === "due") failed = reply;
    show();
  }

  /** One paper, and again until its files are made. @param {string} id @param {number} [ms] */
  async function look(id, ms = SOON_MS) {
    clearTimeout(looking);
    if (page.one?.id !== id) page.one = null;
    const reply = await api.ask("GET", `/api/v1/papers/${id}/`);
    if (route.at !== "one" || route.id !== id) return;
    if (reply.outcome === "received") {
      page.one = reply.body;
      failed = null;
      if (!reply.body.rendered_at)
        looking = setTimeout(() => look(id, Math.min(ms * 1.6, SELDOM_MS)), ms);
    } else failed = reply;
    show();
  }

  function show() {
    render(
      html`
        ${failed ? trouble(failed, start) : nothing}
        ${
          route.at === "one"
            ? oneScreen(page)
            : route.at === "new"
              ? issuing.screen()
              : route.at === "due"
                ? dueScreen(page)
                : listScreen(page)
        }
      `,
      room,
    );
  }

  return page;
}
