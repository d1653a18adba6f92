/**
 * One sitting with the camera: from its opening until the screen is left. It goes on saving what
 * was taken even when the screen is gone.
 *
 * @import { App } from "./app.js"
 * @import { Draft } from "../../store/drafts.js"
 * @import { NoCamera, Opened } from "../../camera.js"
 * @import { Filmed } from "../../film.js"
 * @import { Route } from "../../routes.js"
 * @import { Item, Position } from "../../types.d.ts"
 * @import { Added, Taking } from "./adding.js"
 *
 * @typedef {{ blob: Blob, taking: Taking, added: Added }} Trouble
 * @typedef {{ item?: Item | undefined, back: Route, before: () => Promise<string | null>,
 *   compared?: boolean }} For `before`: the address of the photo from before; `compared`: it lies
 *   over the picture from the beginning
 */

import { closeCamera, openCamera, shine, still } from "../../camera.js";
import { MOST } from "../../evidence.js";
import { film } from "../../film.js";
import { isoWithOffset } from "../../when.js";
import { t } from "../../words.js";
import { openGhost } from "../ghost.js";
import { add, saidOf } from "./adding.js";

/** An older position is where one was, not where one is. */
const FRESH_MS = 60_000;
const FLASH_MS = 150;

/** @param {App} app @param {Draft} draft @param {For} what */
export function openSession(app, draft, { item, back: home, before, compared = false }) {
  /** @type {HTMLVideoElement | null} */
  let video = null;
  let over = false;
  /** Somebody wants to leave, and waits for the saving. */
  let leaving = false;
  /** @type {ReturnType<typeof film> | null} */
  let filmed = null;
  let unfollow = () => {};
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let clock;

  const show = () => {
    if (!over) app.show();
  };

  const session = {
    /** @type {"opening" | "open" | NoCamera} */
    state: "opening",
    /** @type {Opened | null} */
    camera: null,
    /** @type {"photo" | "video"} */
    mode: item?.evidence === "video" ? "video" : "photo",
    canFilm: item?.evidence === "video" || item?.evidence === "photo_or_video",
    lit: false,
    /** The earlier photo of the same finding, if there is one. */
    ghost: openGhost({ onChange: () => show(), on: compared }),
    flash: false,
    taking: false,
    saving: 0,
    /** @type {Filmed | null} */
    filming: null,
    /** @type {Position | null} */
    position: null,
    positionKnown: true,
    /** @type {Trouble[]} */
    troubles: [],

    draft: () => app.drafts.of(draft.estate, draft.kind) ?? draft,

    /** The page's place for the picture, which may be drawn anew. @param {Element | undefined} element */
    attach(element) {
      if (!element || element === video) return;
      const first = video === null;
      video = /** @type {HTMLVideoElement} */ (element);
      // While the page is being drawn it must not be drawn anew within.
      if (first) queueMicrotask(begin);
      else video.srcObject = session.camera?.stream ?? null;
    },

    end,

    video: () => video,
    /** How large its picture is was not known, or is another now. */
    sized: () => show(),

    async open() {
      session.state = "opening";
      show();
      // What was answered is on the disk before an app that takes much memory comes up.
      app.drafts.keep({ ...session.draft() });
      await app.drafts.settled();
      const opening = await openCamera();
      if (opening.outcome !== "open") {
        session.state = opening.outcome;
        show();
        return;
      }
      if (over || !video) {
        closeCamera(opening.camera);
        return;
      }
      const { camera } = opening;
      camera.track.addEventListener("ended", lost);
      video.srcObject = camera.stream;
      session.camera = camera;
      session.state = "open";
      session.lit = false;
      show();
      await video.play().catch(() => {});
    },

    async shoot() {
      if (!session.camera || !video || session.taking) return;
      if ((session.draft().photos?.length ?? 0) + session.saving >= MOST) {
        session.troubles = [
          trouble(new Blob(), takingNow("camera"), { outcome: "no_room", why: "count" }),
        ];
        show();
        return;
      }
      const taking = takingNow("camera");
      session.taking = true;
      session.flash = true;
      setTimeout(() => {
        session.flash = false;
        show();
      }, FLASH_MS);
      show();
      try {
        const blob = await still(session.camera, video);
        save(blob, taking);
      } catch {
        lost();
      } finally {
        session.taking = false;
        show();
        leaveIfSaved();
      }
    },

    /** @param {"photo" | "video"} mode */
    choose(mode) {
      session.mode = mode;
      show();
    },

    async startFilm() {
      if (!session.camera || filmed) return;
      const taking = takingNow("video");
      filmed = film(session.camera.stream, (going) => {
        session.filming = going;
        show();
      });
      const blob = await filmed.done;
      filmed = null;
      session.filming = null;
      if (blob.size) save(blob, taking);
      show();
    },
    stopFilm: () => filmed?.stop(),

    async toggleTorch() {
      if (!session.camera) return;
      await shine(session.camera, !session.lit).then(
        () => {
          session.lit = !session.lit;
        },
        () => {},
      );
      show();
    },
    /** @param {Trouble} one */
    again(one) {
      session.troubles = session.troubles.filter((each) => each !== one);
      save(one.blob, one.taking, one.added.outcome === "unsaved" ? one.added.id : undefined);
    },

    /** Is something taken and not on the disk yet? */
    busy: () => session.taking || session.saving > 0,

    /** By either way, once what was taken is saved. @param {Event} [event] */
    leave(event) {
      event?.preventDefault();
      leaving = true;
      leaveIfSaved();
    },
  };

  function leaveIfSaved() {
    if (!leaving || over || session.busy()) return;
    app.go(home);
  }

  function begin() {
    clock = setInterval(show, 1000);
    document.addEventListener("visibilitychange", back);
    unfollow = app.receiver.follow(
      (position) => {
        session.position = position;
        show();
      },
      () => {
        session.positionKnown = false;
        show();
      },
    );
    before().then(session.ghost.put);
    session.open();
  }

  function end() {
    over = true;
    clearInterval(clock);
    document.removeEventListener("visibilitychange", back);
    unfollow();
    session.ghost.end();
    filmed?.stop();
    if (session.camera) {
      session.camera.track.removeEventListener("ended", lost);
      // What is being filmed ends first, and takes the last second with it.
      const { camera } = session;
      (filmed?.done ?? Promise.resolve()).then(() => closeCamera(camera));
    }
    // Back to the question that it was about.
    requestAnimationFrame(() =>
      document.getElementById(`item-${item?.code}`)?.scrollIntoView({ block: "center" }),
    );
  }

  function lost() {
    if (over) return;
    session.state = "lost";
    session.camera = null;
    show();
  }

  /** A phone takes the camera away while another app is in front. */
  function back() {
    const ended = session.camera?.track.readyState === "ended" || session.state === "lost";
    if (document.visibilityState === "visible" && ended) session.open();
  }

  /** @param {"camera" | "video"} how @returns {Taking} */
  function takingNow(how) {
    const now = new Date();
    const { position } = session;
    const fresh = position?.at && now.getTime() - Date.parse(position.at) < FRESH_MS;
    return {
      item: item?.code ?? null,
      how,
      takenAt: isoWithOffset(now),
      point: position?.point ?? null,
      source: position ? (fresh ? "gps" : "last_fix") : null,
      accuracyM: position?.accuracyM ?? null,
      name: "",
    };
  }

  /** @param {Blob} blob @param {Taking} taking @param {string} [id] */
  async function save(blob, taking, id) {
    session.saving += 1;
    show();
    const added = await add(app, draft, blob, taking, id);
    session.saving -= 1;
    if (added.outcome === "kept") app.say(t("camera.saved", { n: photosSoFar() }));
    else if (over) tellOutside(blob, taking, added);
    else {
      // What could not be saved is said while it can still be saved again.
      leaving = false;
      session.troubles = [...session.troubles, trouble(blob, taking, added)];
    }
    show();
    leaveIfSaved();
  }

  /** The camera was left before it was known. @param {Blob} blob @param {Taking} taking @param {Added} added */
  function tellOutside(blob, taking, added) {
    const again = {
      label: t("photos.unsaved.again"),
      act: () => save(blob, taking, added.outcome === "unsaved" ? added.id : undefined),
    };
    app.toasts.show(saidOf(added, ""), added.outcome === "unsaved" ? again : undefined);
  }

  const photosSoFar = () =>
    session.draft().photos?.filter((photo) => photo.item === (item?.code ?? null)).length ?? 0;

  return session;
}

/** @typedef {ReturnType<typeof openSession>} Session */

/** @param {Blob} blob @param {Taking} taking @param {Added} added @returns {Trouble} */
const trouble = (blob, taking, added) => ({ blob, taking, added });
