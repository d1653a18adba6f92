/** The inspector's page: starts things in order. */

import { connect } from "./api.js";
import { languageOf } from "./language.js";
import { openReceiver } from "./receiver.js";
import { openField } from "./screens/field/app.js";
import { openDrafts } from "./store/drafts.js";
import { openJournal } from "./store/journal.js";
import { openRegister } from "./store/register.js";
import { speak } from "./words.js";

// The page itself is the same in every language.
speak(languageOf(document.cookie, navigator.language));
openField({
  api: connect(),
  register: openRegister(),
  drafts: openDrafts(),
  journal: openJournal(),
  receiver: openReceiver({ datum: () => "unchecked" }),
});
