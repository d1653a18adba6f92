/**
 * The app's own files: whether they are kept for days with no network, and a newer version that
 * stands by until nothing is open in any tab.
 *
 * @typedef {"absent" | "getting" | "kept" | "failed"} Kept `absent`: this browser, or a page that
 *   did not come by TLS, keeps no app
 * @typedef {{ file: string, why: string }} Failure
 * @typedef {{ kept: Kept, failure: Failure | null, newer: boolean, held: boolean }} Standby
 *   `failure`: of a first version, or of a newer one beside one that is kept; `held`: the newer one
 *   was asked for while a form was open
 */

const OPEN = "xuntu-open";
const PAGE = "/field/";
const ADDRESS = "/field/sw.js";

/**
 * @param {{ container?: ServiceWorkerContainer | undefined, locks?: LockManager | undefined,
 *   reload: () => void, onChange: (now: Standby) => void }} world
 */
export function openStandby({
  container = globalThis.navigator?.serviceWorker,
  locks = globalThis.navigator?.locks,
  reload,
  onChange,
}) {
  /** @type {Standby} */
  let now = { kept: container ? "getting" : "absent", failure: null, newer: false, held: false };
  /** @type {ServiceWorkerRegistration | null} */
  let registration = null;
  /** Lets go of the sign that something is open here. @type {(() => void) | null} */
  let release = null;
  let served = Boolean(container?.controller);

  /** @param {Partial<Standby>} news */
  function tell(news) {
    now = { ...now, ...news };
    onChange(now);
  }

  /** @param {ServiceWorker | null} worker */
  function follow(worker) {
    if (!worker) return;
    worker.addEventListener("statechange", () => {
      if (worker.state === "installed" && registration?.active)
        tell({ newer: true, failure: null });
      if (worker.state === "activated") tell({ kept: "kept", failure: null });
      if (worker.state === "redundant" && !registration?.active)
        tell({ kept: "failed", failure: now.failure ?? { file: "", why: "unreachable" } });
    });
  }

  /** Of all tabs. */
  async function somethingOpen() {
    const { held = [] } = (await locks?.query()) ?? {};
    return Boolean(release) || held.some(({ name }) => name === OPEN);
  }

  container?.addEventListener("message", ({ data }) => {
    if (data?.shell === "failed") tell({ failure: { file: data.file, why: data.why } });
  });
  container?.addEventListener("controllerchange", () => {
    // The first worker of all begins to serve a page that came from the network: the same version.
    if (served && !release) reload();
    else if (served) tell({ newer: true });
    served = true;
  });

  return {
    now: () => now,

    /** @returns {Promise<void>} ends when the browser knows of the worker, however long it fills */
    async start() {
      if (!container) return;
      container.startMessages();
      try {
        // Registering waits in one line with every look for a newer version, and a server that
        // accepts and never answers would hold it up: one that is registered is only fetched.
        const known = await container.getRegistration(PAGE);
        registration = known?.active
          ? known
          : await container.register(ADDRESS, { updateViaCache: "none" });
      } catch {
        tell({ kept: container.controller ? "kept" : "failed" });
        return;
      }
      registration.addEventListener("updatefound", () => follow(registration?.installing ?? null));
      follow(registration.installing);
      tell({
        kept: registration.active ? "kept" : "getting",
        newer: Boolean(registration.active && registration.waiting),
      });
    },

    /** Looks for a newer version. Nothing waits for it: the network may never answer. */
    async look() {
      try {
        await registration?.update();
      } catch {
        // No network, or a server under repair: it is looked for again.
      }
    },

    /** Tries again what failed. */
    async again() {
      tell({ failure: null, ...(registration?.active ? {} : { kept: "getting" }) });
      await (registration?.active ? this.look() : this.start());
    },

    /**
     * Says that a form or the camera is open in this tab, or no longer.
     * @param {boolean} open
     */
    open(open) {
      if (!open) {
        release?.();
        release = null;
      } else if (!release) {
        /** @type {Promise<void>} */
        const closed = new Promise((resolve) => {
          release = resolve;
        });
        locks?.request(OPEN, { mode: "shared" }, () => closed);
      }
    },

    /** The newer version comes, unless something is open in any tab. */
    async takeOver() {
      if (await somethingOpen()) return tell({ held: true });
      tell({ held: false });
      if (registration?.waiting) registration.waiting.postMessage("take-over");
      else reload();
    },
  };
}

/** @typedef {ReturnType<typeof openStandby>} OpenStandby */
