/** The campaign's page of ledgers: starts it. */

import { connect } from "./api.js";
import { openComplaints } from "./screens/campaign/ledgers/complaints.js";
import { openLedgers } from "./screens/campaign/ledgers/list.js";
import { openLedger } from "./screens/campaign/ledgers/one.js";
import { speak } from "./words.js";

speak(document.documentElement.lang);
const room = /** @type {HTMLElement} */ (document.querySelector(".campaign-room"));
const [, slug] = /\/ledgers\/([\w-]+)\//.exec(location.pathname) ?? [];
if (slug === "complaints") openComplaints(connect(), room);
else if (slug) openLedger(connect(), room, slug);
else openLedgers(connect(), room);
