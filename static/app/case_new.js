/** The page on which complaints and cases are taken: starts it. */

import { connect } from "./api.js";
import { openIntake } from "./screens/intake/intake.js";
import { speak } from "./words.js";

speak(document.documentElement.lang);
openIntake(connect());
