/** The campaign's page of estates on their way to the standard: starts it. */

import { connect } from "./api.js";
import { openCard } from "./screens/campaign/standardisation/card.js";
import { openList } from "./screens/campaign/standardisation/list.js";
import { speak } from "./words.js";

speak(document.documentElement.lang);
const room = /** @type {HTMLElement} */ (document.querySelector(".campaign-room"));
const [, enrolment] = /\/standardisation\/([0-9a-f-]{36})\//.exec(location.pathname) ?? [];
if (enrolment) openCard(connect(), room, enrolment);
else openList(connect(), room);
