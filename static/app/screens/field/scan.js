/**
 * A label on the wall says which building, floor or thing this is. It is read on the tablet, with
 * no network.
 *
 * @import { App } from "./app.js"
 * @import { Draft } from "../../store/drafts.js"
 * @import { Screen } from "./screens.js"
 * @import { Label } from "../../label.js"
 * @import { PlaceId } from "../../types.d.ts"
 * @import { NoCamera, Opened } from "../../camera.js"
 */

import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { closeCamera, openCamera } from "../../camera.js";
import { labelOf } from "../../label.js";
import { innerPoint } from "../../metres.js";
import { format } from "../../routes.js";
import { scan } from "../../scan.js";
import { t } from "../../words.js";
import { icon, notice } from "../parts.js";
import { assetName } from "./asset.js";
import { opened } from "./checklist.js";
import { nameOf } from "./place.js";

/** @param {App} app @param {{ estate: PlaceId, kind: string }} route @returns {Screen} */
export function scanScreen(app, route) {
  const { draft } = opened(app, route);
  if (!app.local.scan) {
    app.local.scan = openScan(app, draft);
    app.local.leave = app.local.scan.end;
  }
  /** @type {ReturnType<typeof openScan>} */
  const session = app.local.scan;
  const open = session.state === "open";
  return {
    title: t("scan.title"),
    height: "full",
    cover: true,
    head: html`
      <a class="button icon quiet" href=${format({ at: "place", estate: route.estate, kind: route.kind })} aria-label=${t("back")}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${t("scan.title")}</h1><p class="small cut">${t("scan.aim")}</p></div>`,
    body: html`<div class="finder scanning">
      <video ${ref(session.attach)} ?hidden=${!open} playsinline muted autoplay></video>
      ${open ? html`<i class="frame" aria-hidden="true"></i>` : nothing}
      ${closed(session.state)}
      <div class="said" role="status">${session.said ? notice("warn", session.said) : nothing}</div>
    </div>`,
    onTap: () => true,
  };
}

/** @param {"opening" | "open" | NoCamera} state */
function closed(state) {
  if (state === "open") return nothing;
  if (state === "opening") return html`<p class="opening" role="status">${t("camera.opening")}</p>`;
  return html`<div class="no-camera">${notice("warn", t(`camera.${state}`), t("scan.other_way"))}</div>`;
}

/** @param {App} app @param {Draft} draft */
function openScan(app, draft) {
  let stop = () => {};
  let begun = false;
  let over = false;
  /** @type {Opened | null} */
  let camera = null;

  const session = {
    /** @type {"opening" | "open" | NoCamera} */
    state: "opening",
    said: "",
    /** @param {Element | undefined} element */
    attach(element) {
      if (!element || begun) return;
      begun = true;
      // While the page is being drawn it must not be drawn anew within.
      queueMicrotask(() => begin(/** @type {HTMLVideoElement} */ (element)));
    },
    end,
  };

  /** @param {HTMLVideoElement} video */
  async function begin(video) {
    const opening = await openCamera();
    if (opening.outcome === "open") {
      camera = opening.camera;
      if (over) return closeCamera(camera);
      video.srcObject = camera.stream;
      stop = scan(video, read);
    }
    session.state = opening.outcome;
    app.show();
    return undefined;
  }

  function end() {
    over = true;
    stop();
    if (camera) closeCamera(camera);
  }

  /** @param {string} text */
  function read(text) {
    const found = meant(app, draft, labelOf(text));
    if ("said" in found) {
      if (found.said !== session.said) app.say(found.said);
      session.said = found.said;
      app.show();
      return;
    }
    const now = app.drafts.of(draft.estate, draft.kind) ?? draft;
    app.drafts.keep({ ...now, ...found.news });
    app.toasts.show(t("scan.read", { name: found.name }));
    app.go({ at: "place", estate: draft.estate, kind: draft.kind });
  }

  return session;
}

/**
 * What a label says of this record, or why it says nothing of it.
 *
 * @param {App} app
 * @param {Draft} draft
 * @param {Label | null} label
 * @returns {{ said: string } | { news: Partial<Draft>, name: string }}
 */
function meant(app, draft, label) {
  if (!label) return { said: t("scan.foreign") };
  const { register } = app;
  const { what, id, floor } = label;
  const here = {
    estate: [register.estate(draft.estate)],
    building: register.buildingsOf(draft.estate),
    asset: register.assetsOf(draft.estate) ?? [],
  };
  const row = here[what].find((each) => each?.id === id);
  if (!row) {
    const estate = what === "estate" ? register.estate(id) : undefined;
    return {
      said: estate ? t("scan.other_estate", { name: estate.properties.name }) : t("scan.unknown"),
    };
  }
  const fits = what === "asset" && register.kind(draft.kind)?.asset === row.properties.type;
  return {
    name: `${what === "building" ? nameOf(row) : what === "asset" ? assetName(/** @type {any} */ (row)) : row.properties.name} ${floor}`.trim(),
    news: {
      ...(what === "building" ? { building: id, floor: floor || draft.floor || "" } : {}),
      ...(fits ? { asset: id } : {}),
      ...(row.geometry
        ? {
            position: {
              point: /** @type {[number, number]} */ (innerPoint(row.geometry).map(rounded)),
              source: "qr",
              accuracyM: null,
              datum: app.receiver.datum(),
            },
          }
        : {}),
    },
  };
}

/** @param {number} degrees */
const rounded = (degrees) => Math.round(degrees * 1e7) / 1e7;
