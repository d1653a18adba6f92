/**
 * The page of monthly reports: the list of a month, or one report. Where it is stands in the
 * address.
 *
 * @import { Api } from "../../../api.js"
 * @import { CellText, Listing, Report, Step } from "../../../monthly/types.d.ts"
 * @import { Draft } from "../../../monthly/draft.js"
 * @typedef {{ month: string, kind: "" | "community" | "unit", id: number, asOf: string,
 *   programme: string }} Where
 * @typedef {{ title: string, text?: string, problems?: { sheet: string, cell: string,
 *   reason: string }[], good?: boolean } | null} Said
 * @typedef {ReturnType<typeof openMonth>} MonthPage
 */

import { html, nothing, render } from "lit-html";
import { today } from "../../../days.js";
import { sendFile } from "../../../files.js";
import { openDraft } from "../../../monthly/draft.js";
import { openTurns } from "../../../turns.js";
import { uuid7 } from "../../../uuid.js";
import { either, t } from "../../../words.js";
import { empty, signedOut, waiting } from "../../parts.js";
import { monthPicker } from "../month_picker.js";
import { listScreen } from "./list.js";
import { reportScreen } from "./report.js";

const API = "/api/v1/campaign/";
const FRESH_MS = 20_000;

/** @param {Api} api */
export function openMonth(api) {
  const room = /** @type {HTMLElement} */ (document.querySelector(".campaign-room"));
  const narrow = matchMedia("(max-width: 44rem)");
  /** @type {Where} */
  let where = read();
  /** @type {Listing | null} */
  let listing = null;
  /** @type {Report | null} */
  let report = null;
  /** @type {Draft | null} */
  let draft = null;
  /** @type {any} a refusal, or that the server can't be reached */
  let trouble = null;
  /** @type {Said} */
  let said = null;
  /** @type {"" | "submit" | "take_back" | "return"} what is asked before it is done */
  let asking = "";
  let busy = "";
  /** The last answer did not come, and what is shown is from before. */
  let stale = false;
  /** @type {Record<string, number>} the matter that a narrow grid shows, by level */
  const shown = {};
  /** What is to be filled in everywhere, by matter. @type {Map<number, CellText>} */
  const same = new Map();
  /** @type {number | null} who is signed in */
  let person = null;
  const turn = openTurns();
  /** Those of reports that were looked at: what one of them still sends goes on being its own.
   * @type {Map<string, Draft>} */
  const drafts = new Map();

  /** @returns {Where} */
  function read() {
    const asked = new URLSearchParams(location.search);
    const asOf = asked.get("as_of") ?? "";
    const kind = asked.get("community") ? "community" : asked.get("unit") ? "unit" : "";
    return {
      month: asked.get("month") ?? (asOf.slice(0, 7) || thisMonth()),
      kind,
      id: Number(asked.get(kind || "unit") ?? 0),
      asOf,
      programme: asked.get("programme") ?? "",
    };
  }

  /** @param {Partial<Where>} change */
  function addressOf(change) {
    const next = { ...where, ...change };
    const asked = new URLSearchParams({ month: next.month });
    if (next.kind) asked.set(next.kind, String(next.id));
    if (next.asOf) asked.set("as_of", next.asOf);
    if (next.programme) asked.set("programme", next.programme);
    return `/campaign/month/?${asked}`;
  }

  /** @param {Partial<Where>} change */
  function go(change) {
    draft?.flush();
    history.pushState(null, "", addressOf(change));
    arrive();
  }

  function arrive() {
    where = read();
    draft = null;
    report = null;
    listing = null;
    said = null;
    asking = "";
    busy = "";
    same.clear();
    load();
  }

  /** @param {string} path @param {Record<string, string>} [asked] */
  function queried(path, asked) {
    const all = Object.entries({ programme: where.programme, ...asked });
    const told = new URLSearchParams(all.filter(([, each]) => each));
    return `${API}reports/${path}${told.size ? `?${told}` : ""}`;
  }

  /** @param {string} [part] @param {Record<string, string>} [asked] */
  const addressed = (part = "", asked) =>
    queried(`${where.month}/${where.kind}/${where.id}/${part}`, asked);

  async function load() {
    const isLast = turn();
    show();
    const { month, asOf: as_of } = where;
    const path = where.kind ? addressed("", { as_of }) : queried("", { month, as_of });
    const [me, told] = await Promise.all([person === null ? api.me() : null, api.ask("GET", path)]);
    if (!isLast()) return;
    if (me?.outcome === "received") person = me.body.id;
    const reply = me && me.outcome !== "received" ? me : told;
    // What is typed can go on being typed with no network: the draft says how it stands.
    stale = report !== null && reply.outcome === "unreachable";
    if (stale) return;
    trouble = reply.outcome === "received" ? null : reply;
    if (reply.outcome === "received" && where.kind) tell(reply.body);
    else if (reply.outcome === "received") {
      listing = reply.body;
      const [only, ...others] = listing?.mine ?? [];
      // Whose only report it is goes straight to it.
      if (only && !others.length && !wanted.list) {
        history.replaceState(null, "", addressOf({ kind: only.kind, id: only.id }));
        return arrive();
      }
    }
    show();
  }

  const wanted = { list: new URLSearchParams(location.search).has("list") };

  /** @param {Report} told */
  function tell(told) {
    // Asked for before something was saved, and answered after it: that is over.
    if (draft && told.version < draft.version()) return void load();
    report = told;
    draft ??= draftHere();
    draft.tell(told);
  }

  function draftHere() {
    const place = `month ${person} ${addressed()}`;
    const known = drafts.get(place);
    if (known) return known;
    const opened = openDraft({
      place,
      address: addressed("cells/"),
      ask: (method, path, content) => api.ask(method, path, content),
      kept: localStorage,
      onChange: show,
      onBehind: () => opened === draft && load(),
    });
    drafts.set(place, opened);
    return opened;
  }

  async function freshen() {
    if (document.hidden || !report || !draft || where.asOf || busy) return;
    if (draft.saving() !== "saved" && draft.saving() !== "closed") return;
    await load();
  }

  function again() {
    draft?.again();
    load();
  }

  /** @param {Step} step @param {string} [reason] */
  async function take(step, reason) {
    if (!draft || busy) return;
    const mine = draft;
    const path = addressed(`moves/${uuid7()}/`);
    busy = step;
    said = null;
    show();
    await mine.flush();
    // Somebody went on to another report meanwhile: this one is not submitted behind their back.
    if (mine !== draft) return;
    if (step === "submit" && mine.waiting()) {
      said = { title: t("month.unsavedFirst") };
      busy = "";
      return show();
    }
    const body = { step, seen: mine.version(), ...(reason ? { reason } : {}) };
    const reply = await api.ask("PUT", path, body);
    if (mine !== draft) return;
    busy = "";
    if (reply.outcome === "received") asking = "";
    else if (reply.outcome === "refused") said = refusal(reply);
    else if (reply.outcome !== "signed_out")
      said = { title: t("unreachable.title"), text: t("unreachable.text") };
    await load();
    // It is done, and what stands here is from before.
    if (!stale || said) return;
    said = { title: t("unreachable.title"), text: t("unreachable.text") };
    show();
  }

  /** @param {{ message: string, details: any }} reply @returns {Said} */
  function refusal({ message, details }) {
    const cells = Object.entries(details?.cells ?? {}).map(([key, reason]) => ({
      sheet: "",
      cell: nameOf(key),
      reason: String(reason),
    }));
    return { title: message, problems: cells };
  }

  /** @param {string} key */
  function nameOf(key) {
    const [id, place] = key.split(":");
    const matter = report?.actions
      .flatMap(({ matters }) => matters)
      .find((each) => each.id === Number(id));
    const named = report?.places.find((each) => each.key === place);
    return [matter?.code, named ? page.word(named) : ""].filter(Boolean).join(" · ");
  }

  /** @param {File} file */
  async function upload(file) {
    if (!draft || busy) return;
    const mine = draft;
    const path = addressed("workbook.xlsx");
    busy = "upload";
    said = null;
    show();
    await mine.flush();
    if (mine !== draft) return;
    const reply = await sendFile(api, "PUT", path, file);
    if (mine !== draft) return;
    // What was taken stands in the page before anything is done with it.
    await load();
    busy = "";
    if (reply.outcome === "received")
      said = { title: t("month.uploaded", { n: reply.body.taken }), good: true };
    else if (reply.outcome === "refused")
      said = {
        title: reply.message,
        text: reply.details?.reason,
        problems: reply.details?.problems ?? [],
      };
    else said = { title: t("unreachable.title"), text: t("unreachable.text") };
    show();
  }

  /** @param {File} file @returns {Promise<{ id: string, name: string, address: string } | null>} */
  async function attach(file) {
    if (busy) return null;
    const mine = draft;
    busy = "attach";
    said = null;
    show();
    const name = encodeURIComponent(file.name);
    const reply = await sendFile(api, "PUT", `${API}attachments/${uuid7()}/?name=${name}`, file);
    if (mine === draft) busy = "";
    if (reply.outcome !== "received" && mine === draft)
      said = {
        title: reply.outcome === "refused" ? reply.message : t("unreachable.title"),
        text: reply.outcome === "refused" ? "" : t("unreachable.text"),
      };
    show();
    return reply.outcome === "received" ? reply.body : null;
  }

  const page = {
    go,
    /** @param {string} month */
    goToMonth: (month) => go({ month, asOf: "" }),
    addressOf,
    take,
    upload,
    attach,
    again,
    shown,
    same,
    show,
    narrow: () => narrow.matches,
    where: () => where,
    report: () => report,
    draft: () => draft,
    said: () => said,
    trouble: () => trouble,
    busy: () => busy,
    asking: () => asking,
    workbook: () => addressed("workbook.xlsx"),
    /** @param {"" | "submit" | "take_back" | "return"} what */
    ask(what) {
      asking = what;
      show();
    },
    /** @param {{ zh: string, en: string }} named */
    word: ({ zh, en }) => either(zh, en),
  };

  function show() {
    render(content(), room);
  }

  function content() {
    // Who is signed out can still read and type what is here.
    const stays = report && draft && trouble?.outcome === "signed_out";
    if (trouble && !stays) return troubleNotice();
    if (report && draft) return reportScreen(page, report, draft);
    if (listing) return listScreen(page, listing);
    return html`${waiting(8)}${nothing}`;
  }

  function troubleNotice() {
    if (trouble.outcome === "signed_out") return signedOut(load);
    if (trouble.outcome === "refused") return refusedNotice();
    return empty({
      title: t("unreachable.title"),
      text: t("unreachable.text"),
      act: t("again"),
      onAct: load,
    });
  }

  function refusedNotice() {
    const head = html`<div class="month-head"><h2>${t("month.title")}</h2>
      ${monthPicker(where.month, page.goToMonth)}</div>`;
    if (trouble.code === "programme_not_found")
      return html`${head}${empty({ title: t("month.noProgramme"), text: t("month.noProgrammeSays") })}`;
    const mayNot = trouble.status === 403;
    return html`${head}${empty({
      title: mayNot ? t("desk.notYours") : t("month.notThere"),
      text: mayNot ? trouble.message : t("month.notThereSays"),
      act: t("month.all"),
      onAct: () => go({ kind: "", month: thisMonth() }),
    })}`;
  }

  addEventListener("popstate", arrive);
  addEventListener("online", () => draft?.again());
  addEventListener("pagehide", () => draft?.flush());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return draft?.flush();
    // Perhaps after signing in again beside it.
    draft?.again();
    return freshen();
  });
  narrow.addEventListener("change", show);
  setInterval(freshen, FRESH_MS);
  load();
  return page;
}

/** As the office has it. */
const thisMonth = () => today().slice(0, 7);
