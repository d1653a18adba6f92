/** The inspector's page: starts things in order. */

import { connect } from "./api.js";
import { openReceiver } from "./receiver.js";
import { openField } from "./screens/field/app.js";
import { openDrafts } from "./store/drafts.js";
import { openJournal } from "./store/journal.js";
import { openRegister } from "./store/register.js";
import { speak } from "./words.js";

speak(document.documentElement.lang);
openField({
  api: connect(),
  register: openRegister(),
  drafts: openDrafts(),
  journal: openJournal(),
  receiver: openReceiver({ datum: () => "unchecked" }),
});
