/** The inspector's page: starts things in order. */

import { connect, csrfToken } from "./api.js";
import { languageOf } from "./language.js";
import { openReceiver } from "./receiver.js";
import { openField } from "./screens/field/app.js";
import { lastWords, toldOf } from "./screens/field/leaving.js";
import { ended, opened, opening, unanswered } from "./screens/field/plain.js";
import { version } from "./screens/field/tablet.js";
import { roomOf } from "./storage.js";
import { openBasemap, openDirectory } from "./store/basemap.js";
import { StoreFailure } from "./store/db.js";
import { openDevice } from "./store/device.js";
import { openStore } from "./store/index.js";
import { wipe } from "./store/wipe.js";
import { openSender } from "./sync.js";
import { speak, t } from "./words.js";

/** Nobody has signed in yet: a store that stays empty. */
const NOBODY = 0;
/** Longer nobody looks at an empty page; with no answer it is whoever it was. */
const ASKED_MS = 5000;

/** Another one after each sign-in. */
const session = () => csrfToken(document.cookie);

async function begin() {
  /** @type {ReturnType<typeof openField> | null} */
  let app = null;
  const show = () => app?.show();

  const device = await openDevice();
  const api = connect({ device: device.id });
  let revoked = false;
  while (!device.person() || device.session() !== session()) {
    // Someone has signed in since, or never did: whose store it is to be, the server knows.
    const ways = { patienceMs: ASKED_MS };
    const me = await api.ask("GET", "/api/v1/me/", undefined, ways);
    if (me.outcome === "received") await device.signedIn(me.body, session());
    revoked = me.outcome === "revoked";
    if (me.outcome !== "unreachable" || device.person()) break;
    await unanswered();
    opening();
  }
  const store = await openStore(device.person()?.id ?? NOBODY, {
    device,
    appVersion: version,
    onChange: (what) => (what === "journal" ? app?.journalChanged() : app?.show()),
    onSaved: show,
  });
  store.register.put({ me: device.person() });
  opened();
  const sender = openSender({
    store,
    api,
    appVersion: version,
    token: session,
    storage: room,
    onChange: show,
    onRevoked: leave,
  });
  app = openField({
    api,
    basemap: await openBasemap(device),
    device,
    store,
    sender,
    receiver: openReceiver({ device }),
  });
  if (store.person !== NOBODY) sender.start();
  // Nobody is there who could deliver anything.
  else if (revoked) await leave();
  addEventListener("online", () => sender.run());
  // Timers sleep with the tablet.
  addEventListener("visibilitychange", () => document.hidden || sender.run());

  /** The office has blocked this tablet, and what could be delivered is: nothing stays on it. */
  async function leave() {
    sender.stop();
    const told = toldOf(store);
    ended(t("leaving.title"), [t("leaving.deleting")]);
    const { caches, navigator } = globalThis;
    await wipe({
      store,
      device,
      caches,
      directory: openDirectory,
      workers: navigator.serviceWorker,
    });
    await sender.tellWiped();
    // By its name alone a blocked tablet is turned away, from this too.
    await connect().ask("POST", "/sign-out/");
    ended(t("leaving.title"), lastWords(told));
  }
}

/** What the office is told of this tablet's room. */
async function room() {
  const told = await roomOf();
  return told ? { used: told.used, quota: told.quota, persisted: told.persisted } : {};
}

// The page itself is the same in every language.
speak(languageOf(document.cookie, navigator.language));
opening();
try {
  await begin();
} catch (failure) {
  if (!(failure instanceof StoreFailure)) throw failure;
  ended(t(`store.${failure.code}`));
}
