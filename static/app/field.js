/** The inspector's page: starts things in order. */

import { connect, csrfToken } from "./api.js";
import { languageOf } from "./language.js";
import { openReceiver } from "./receiver.js";
import { openField } from "./screens/field/app.js";
import { version } from "./screens/field/tablet.js";
import { openBasemap } from "./store/basemap.js";
import { openDevice } from "./store/device.js";
import { openStore } from "./store/index.js";
import { openSender } from "./sync.js";
import { speak } from "./words.js";

// The page itself is the same in every language.
speak(languageOf(document.cookie, navigator.language));

/** @type {ReturnType<typeof openField> | null} */
let app = null;
const show = () => app?.show();

const device = await openDevice();
const api = connect({ device: device.id });
if (!device.person()) {
  // The first time on this tablet: the page has just come from the server, which can be asked.
  const me = await api.me();
  if (me.outcome === "received") await device.signedIn(me.body);
}
/** Nobody has signed in yet: a store that stays empty. */
const NOBODY = 0;
const store = await openStore(device.person()?.id ?? NOBODY, {
  device,
  appVersion: version,
  onChange: (what) => (what === "journal" ? app?.journalChanged() : app?.show()),
  onSaved: show,
});
store.register.put({ me: device.person() });
const sender = openSender({
  store,
  api,
  appVersion: version,
  token: () => csrfToken(document.cookie),
  onChange: show,
});
app = openField({
  api,
  basemap: await openBasemap(device),
  device,
  store,
  sender,
  receiver: openReceiver({ datum: () => device.positionDatum() }),
});
if (store.person !== NOBODY) sender.start();
addEventListener("online", () => sender.run());
