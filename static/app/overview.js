/** The leaders' page: starts it. */

import { connect } from "./api.js";
import { openOverview } from "./screens/overview/overview.js";
import { speak } from "./words.js";

speak(document.documentElement.lang);
openOverview(connect());
