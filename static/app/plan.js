/** The planners' page: starts it. */

import { connect } from "./api.js";
import { openPlan } from "./screens/plan/plan.js";
import { speak } from "./words.js";

speak(document.documentElement.lang);
openPlan(connect());
