/**
 * Where complaints are taken, and cases that came by another way: a form beside the map.
 *
 * @import { Api, Reply } from "../../api.js"
 * @import { Estate } from "../../types.d.ts"
 * @import { Mode, Taking } from "../../intake.js"
 * @import { Tapped } from "../../map/map.js"
 * @import { Wrong } from "./fields.js"
 * @import { Sending } from "./photos.js"
 * @typedef {{ case: string, number: number, title: string, says: string,
 *   photos: Sending | null }} Done
 */

import { html, nothing, render } from "lit-html";
import { begun, blank, bodyOf, MODES, missingOf } from "../../intake.js";
import { TILED } from "../../map/style.js";
import { boundsOf } from "../../metres.js";
import { uuid7 } from "../../uuid.js";
import { t } from "../../words.js";
import { openDesk, trouble } from "../desk.js";
import { notice, waiting } from "../parts.js";
import { openToasts } from "../toasts.js";
import { openAlike } from "./alike.js";
import { openEstateField } from "./estate.js";
import { oneOf } from "./fields.js";
import { openFile } from "./file.js";
import { intakeForm } from "./form.js";
import { addPhotos, forget, howFar, isWhole, photosField, send } from "./photos.js";

const SHOWN = ["communities", "roads", "estates", "buildings", "findings"];
const MOST_DONE = 8;
/** What the server calls a field, and the form. @type {Record<string, string>} */
const FIELDS = {
  outside_number: "number",
  place: "estate",
  received_at: "received",
  "complainant.name": "name",
  "complainant.phone": "phone",
};

/** @param {Api} api */
export function openIntake(api) {
  const page = /** @type {HTMLElement} */ (document.getElementById("main"));
  const toasts = openToasts(/** @type {HTMLElement} */ (document.getElementById("toasts")));
  /** @type {Estate[] | null} */
  let estates = null;
  /** @type {Reply | null} */
  let failed = null;
  /** @type {Mode | "file"} */
  let mode = modeOf(location.hash);
  let taking = blank(mode === "file" ? "complaint" : mode, "phone", new Date());
  let id = uuid7();
  /** @type {Wrong} */
  let wrong = {};
  let saving = false;
  let opensCases = false;
  /** @type {Reply | null} */
  let unsent = null;
  /** @type {Done[]} */
  let done = [];
  /** Files that are no photos, or too large. @type {string[]} */
  let notAdded = [];

  const desk = openDesk({
    page,
    findings: "status=open",
    onTap: (taps, at) => placeAt(at, taps),
    legend: () => html`<i class="intake-cross" aria-hidden="true"></i>`,
  });
  const { map } = desk;
  if (map) for (const layer of TILED) if (!SHOWN.includes(layer)) map.show(layer, false);
  const alike = openAlike(api, show);
  const file = openFile(api, show);
  const estateField = openEstateField({
    estates: () => estates ?? [],
    show,
    onPick: (estate) => {
      set({ estate: estate ? Number(estate.id) : null });
      if (!estate) return;
      if (estate.geometry) map?.fit(boundsOf(estate.geometry), 17);
    },
  });

  /** @param {[number, number]} at @param {Tapped[]} taps */
  function placeAt(at, taps) {
    if (mode === "file") return;
    const within = taps.find(({ layer }) => layer === "estates");
    const estate = estates?.find((each) => each.id === within?.id);
    if (estate) estateField.set(estate.properties.name);
    set({ point: at, ...(estate ? { estate: Number(estate.id) } : {}) });
  }

  // By the keyboard: arrow keys move the map under the cross, Enter marks the place.
  map?.map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey) return;
    event.preventDefault();
    const at = map.centre();
    const found = map.map.queryRenderedFeatures(map.map.project(at), { layers: ["estates"] });
    placeAt(
      at,
      found.map((each) => ({ layer: "estates", id: Number(each.id), properties: {}, at })),
    );
    focus("#intake-title");
  });

  page.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || mode === "file") return;
    event.preventDefault();
    save();
  });
  addEventListener("beforeunload", (event) => {
    if (begun(taking) || done.some(isOwed)) event.preventDefault();
  });
  addEventListener("hashchange", () => turnTo(modeOf(location.hash)));

  async function start() {
    failed = null;
    show();
    const [me, found, communities] = await Promise.all([
      api.me(),
      api.estates(),
      api.communities(),
    ]);
    failed = [me, found, communities].find(({ outcome }) => outcome !== "received") ?? null;
    if (me.outcome === "received" && found.outcome === "received") {
      estates = found.body;
      opensCases = me.body.may.dispatch;
      if (communities.outcome === "received") desk.setPlaces(communities.body, found.body);
    }
    show();
    focus("#intake-text");
  }

  /** @param {Mode | "file"} next */
  function turnTo(next) {
    if (next === mode) return;
    mode = next;
    if (next !== "file") taking = { ...taking, mode: next, join: null };
    wrong = {};
    alike.about(taking);
    history.replaceState(null, "", `#${next}`);
    show();
  }

  /** @param {Partial<Taking>} change */
  function set(change) {
    taking = { ...taking, ...change };
    for (const name of Object.keys(change)) delete wrong[name];
    if ("estate" in change || "point" in change) {
      delete wrong.estate;
      map?.pick(
        taking.estate || taking.point
          ? {
              layer: "estates",
              ...(taking.estate ? { id: taking.estate } : {}),
              ...(taking.point ? { point: taking.point } : {}),
            }
          : null,
      );
    }
    alike.about(taking);
    show();
  }

  /** @param {File[]} files */
  async function addFiles(files) {
    const form = id;
    notAdded = [];
    await addPhotos(
      files,
      () => taking.photos,
      (photo) => {
        // Meanwhile another may be written: this one's are not for that.
        if (form === id) set({ photos: [...taking.photos, photo] });
        else forget([photo]);
      },
      (said) => {
        notAdded = [...notAdded, said];
        show();
      },
    );
  }

  async function save() {
    if (saving) return;
    wrong = Object.fromEntries(
      Object.entries(missingOf(taking)).map(([name, word]) => [name, t(word)]),
    );
    if (Object.keys(wrong).length) return complain();
    saving = true;
    unsent = null;
    show();
    const where = taking.mode === "complaint" ? "complaints" : "cases";
    const reply = await api.ask("PUT", `/api/v1/${where}/${id}/`, bodyOf(taking));
    saving = false;
    if (reply.outcome === "received") return taken(reply.body);
    if (reply.outcome === "refused" && reply.details.fields)
      wrong = Object.fromEntries(
        Object.entries(reply.details.fields).map(([name, says]) => [
          FIELDS[name] ?? name,
          String(says),
        ]),
      );
    else unsent = reply;
    complain();
  }

  /** @param {any} body the complaint or the case, as the server tells it */
  function taken({ properties }) {
    const complaint = taking.mode === "complaint";
    const number = complaint ? properties.case_number : properties.number;
    const says = t(
      complaint ? (taking.join ? "intake.takenJoined" : "intake.taken") : "intake.opened",
      { n: number },
    );
    const of = complaint ? properties.case : properties.id;
    const { photos } = taking;
    const sending =
      complaint && photos.length ? { complaint: id, photos, sent: 0, cut: false } : null;
    const one = { case: of, number, title: properties.title, says, photos: sending };
    done = [one, ...done].filter((each, n) => n < MOST_DONE || isOwed(each));
    toasts.show(says);
    if (sending) send(api, sending, show);
    // What was chosen for a complaint is none of a case's, and waits for its complaint.
    startAnew(complaint ? [] : photos);
  }

  function clear() {
    forget(taking.photos);
    startAnew([]);
  }

  /** @param {Taking["photos"]} photos */
  function startAnew(photos) {
    taking = { ...blank(taking.mode, taking.channel, new Date()), photos };
    notAdded = [];
    id = uuid7();
    wrong = {};
    unsent = null;
    estateField.set("");
    alike.forget();
    map?.pick(null);
    show();
    focus(taking.mode === "complaint" ? "#intake-text" : "#intake-estate");
  }

  function complain() {
    show();
    focus("[aria-invalid=true]");
  }

  /** @param {string} selector */
  const focus = (selector) =>
    /** @type {HTMLElement | null} */ (desk.panel.querySelector(selector))?.focus();

  function show() {
    render(
      html`
        <h2 class="spoken">${t("intake.title")}</h2>
        ${modes()}
        ${failed ? trouble(failed, start) : nothing}
        ${unsent ? saidOf(unsent) : nothing}
        ${Object.keys(wrong).length ? notice("warn", t("intake.wrong")) : nothing}
        ${estates ? body() : failed ? nothing : waiting(6)}
        ${done.length ? list() : nothing}
      `,
      desk.panel,
    );
  }

  const modes = () =>
    oneOf(
      "mode",
      t("intake.mode"),
      /** @type {const} */ ([...MODES, "file"])
        .filter((each) => opensCases || each === "complaint" || each === "file")
        .map((each) => [each, t(`intake.${each}`)]),
      mode,
      (each) => turnTo(/** @type {Mode | "file"} */ (each)),
    );

  const body = () =>
    mode === "file"
      ? file.view()
      : intakeForm({
          taking,
          wrong,
          saving,
          estate: estateField.view(wrong),
          alike: alike.view(taking.join, (join) => set({ join })),
          photos: photosField({
            ...{ photos: taking.photos, notAdded, wrong },
            add: addFiles,
            drop: (photo) => {
              forget(taking.photos.filter((each) => each.id === photo));
              set({ photos: taking.photos.filter((each) => each.id !== photo) });
            },
          }),
          joins: alike.cases().find((each) => each.id === taking.join)?.number ?? null,
          set,
          save,
          clear: begun(taking) ? clear : null,
          toMap: map ? () => map.map.getCanvas().focus() : null,
        });

  const list = () => html`
    <section class="section">
      <h3>${t("intake.list")}</h3>
      <ul class="intake-done">
        ${done.map(
          (each) =>
            html`<li><a href="/cases/#/${each.case}">${t("cases.number", { n: each.number })}</a> ${each.title}
              ${howFar(each.photos, () => each.photos && send(api, each.photos, show))}</li>`,
        )}
      </ul>
    </section>`;

  /** @param {Reply} reply */
  function saidOf(reply) {
    if (reply.outcome === "refused") return notice("bad", reply.message);
    if (reply.outcome === "signed_out") return trouble(reply, save);
    return notice("warn", t("intake.unsent"), t("intake.unsentSays"));
  }

  start();
}

/** Photos of it are still to be sent. @param {Done} done */
const isOwed = ({ photos }) => photos !== null && !isWhole(photos);

/** @param {string} hash @returns {Mode | "file"} */
function modeOf(hash) {
  const told = hash.slice(1);
  return told === "file" ? "file" : (MODES.find((each) => each === told) ?? "complaint");
}
