/** The page of papers: starts it. */

import { connect } from "./api.js";
import { openPapers } from "./screens/papers/papers.js";
import { speak } from "./words.js";

speak(document.documentElement.lang);
openPapers(connect());
