/** The property company's page: starts it. */

import { connect } from "./api.js";
import { openCompany } from "./screens/company/company.js";
import { speak } from "./words.js";

speak(document.documentElement.lang);
openCompany(connect());
