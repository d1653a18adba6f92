/** The page of monthly reports: starts it. */

import { connect } from "./api.js";
import { openMonth } from "./screens/campaign/month/month.js";
import { speak } from "./words.js";

speak(document.documentElement.lang);
openMonth(connect());
