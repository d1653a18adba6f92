/** The campaign's board: starts it. */

import { connect } from "./api.js";
import { openBoard } from "./screens/campaign/board.js";
import { speak } from "./words.js";

speak(document.documentElement.lang);
openBoard(connect());
