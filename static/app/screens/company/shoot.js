/**
 * The company's camera: the photo from before lies over the picture, so that the next one is taken
 * from the same place. Where there is no camera, the phone's own way to a photo stands in.
 *
 * @import { NoCamera, Opened } from "../../camera.js"
 * @import { CaseWhole } from "../../types.d.ts"
 * @import { Company } from "./company.js"
 */

import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { hashOf } from "../../asked.js";
import { closeCamera, openCamera, still } from "../../camera.js";
import { t } from "../../words.js";
import { ghostOver, ghostStrength, ghostToggle, openGhost } from "../ghost.js";
import { icon, notice } from "../parts.js";
import { picker } from "./answer.js";
import { addPhoto } from "./photos.js";

/** One sitting. @param {Company} company @param {string} id @param {string | undefined} pair */
export function openShoot(company, id, pair) {
  /** @type {HTMLVideoElement | null} */
  let video = null;
  let over = false;
  const ghost = openGhost({ onChange: company.show, on: true });
  const shoot = {
    id,
    pair,
    ghost,
    /** @type {"opening" | "open" | NoCamera} */
    state: "opening",
    /** @type {Opened | null} */
    camera: null,
    saving: 0,
    says: "",
    video: () => video,

    /** @param {Element | undefined} element */
    attach(element) {
      if (!element || element === video) return;
      const first = video === null;
      video = /** @type {HTMLVideoElement} */ (element);
      if (first) queueMicrotask(shoot.open);
      else video.srcObject = shoot.camera?.stream ?? null;
    },

    async open() {
      shoot.state = "opening";
      company.show();
      const opening = await openCamera();
      if (opening.outcome !== "open") shoot.state = opening.outcome;
      else if (over || !video) closeCamera(opening.camera);
      else {
        shoot.camera = opening.camera;
        shoot.state = "open";
        shoot.camera.track.addEventListener("ended", lost);
        video.srcObject = opening.camera.stream;
        company.show();
        await video.play().catch(() => {});
      }
      company.show();
    },

    async take() {
      if (!shoot.camera || !video || shoot.saving) return;
      shoot.saving += 1;
      shoot.says = "";
      company.show();
      try {
        const added = await addPhoto(company, id, await still(shoot.camera, video), "camera", pair);
        if (added.outcome === "not_kept") shoot.says = added.says;
        // Of a pair one is enough: back to the answer, where it lies beside the other.
        else if (pair) location.hash = hashOf({ at: "answer", id });
      } catch {
        lost();
      }
      shoot.saving -= 1;
      company.show();
    },

    end() {
      over = true;
      ghost.end();
      shoot.camera?.track.removeEventListener("ended", lost);
      if (shoot.camera) closeCamera(shoot.camera);
    },
  };

  function lost() {
    if (over) return;
    shoot.state = "lost";
    shoot.camera = null;
    company.show();
  }

  return shoot;
}

/** @typedef {ReturnType<typeof openShoot>} Shoot */

/** @param {Company} company @param {Shoot} shoot @param {CaseWhole} whole */
export function shootScreen(company, shoot, whole) {
  const { state, ghost, pair } = shoot;
  const open = state === "open";
  const before = whole.photos.find((each) => each.id === pair);
  if (before?.large && !ghost.url) ghost.put(before.large);
  const mine = company
    .draftOf(shoot.id, "hand_back")
    .photos.filter((each) => (each.pair ?? undefined) === pair);
  return html`
    <div class="shoot">
      <div class="shoot-head">
        <a class="button icon quiet" href=${hashOf({ at: "answer", id: shoot.id })} aria-label=${t("back")}>${icon("back")}</a>
        <h1 tabindex="-1" class="grow">${t(pair ? "company.pairShoot" : "company.shoot")}</h1>
        ${open ? ghostToggle(ghost) : nothing}
      </div>
      <div class="finder">
        <video ${ref(shoot.attach)} ?hidden=${!open} playsinline muted autoplay
          @loadedmetadata=${company.show} @resize=${company.show}></video>
        ${open ? ghostOver(ghost, shoot.video()) : nothing}
        ${open ? nothing : closed(company, shoot)}
        ${shoot.says ? html`<div class="said">${notice("bad", shoot.says)}</div>` : nothing}
      </div>
      <div class="shoot-foot">
        ${open ? ghostStrength(ghost) : nothing}
        <div class="shutter-row">
          <span role="status" class="small">${mine.length ? t("company.shot", { n: mine.length }) : ""}</span>
          ${
            open
              ? html`<button class="shutter" type="button" aria-label=${t("camera.shoot")} ?disabled=${shoot.saving > 0} @click=${shoot.take}><i></i></button>`
              : nothing
          }
          <a class="button primary big" href=${hashOf({ at: "answer", id: shoot.id })}>${t("company.cameraDone")}</a>
        </div>
      </div>
    </div>`;
}

/** @param {Company} company @param {Shoot} shoot */
function closed(company, { state, id, pair, open }) {
  if (state === "opening" || state === "open")
    return html`<p class="opening" role="status">${t("camera.opening")}</p>`;
  return html`<div class="no-camera">${notice(
    "warn",
    t(`camera.${state}`),
    html`<p>${t(`camera.${state}.do`)}</p>
      <div class="ways">
        ${
          state === "insecure" || state === "absent"
            ? nothing
            : html`<button class="button big" type="button" @click=${open}>${t("camera.again")}</button>`
        }
        ${picker(company, id, pair, pair ? "company.pickPair" : "company.pick")}
      </div>`,
  )}</div>`;
}
