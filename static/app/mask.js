/** The page on which a photo's masked copy is drawn: starts it. */

import { connect } from "./api.js";
import { openMask } from "./screens/evidence/mask.js";
import { speak } from "./words.js";

speak(document.documentElement.lang);
openMask(connect());
