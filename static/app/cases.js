/** The page of cases: starts it. */

import { connect } from "./api.js";
import { openCases } from "./screens/cases/cases.js";
import { speak } from "./words.js";

speak(document.documentElement.lang);
openCases(connect());
