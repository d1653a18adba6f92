/** The supervisors' page: starts it. */

import { connect } from "./api.js";
import { openRounds } from "./screens/rounds/rounds.js";
import { speak } from "./words.js";

speak(document.documentElement.lang);
openRounds(connect());
