/**
 * The leaders' page: where trouble gathers, and how far the target estates have come.
 *
 * @import { Api, Reply } from "../../api.js"
 * @import { Filters } from "../../filters.js"
 * @import { Tapped } from "../../map/map.js"
 */

import { html, nothing, render } from "lit-html";
import { filtersOf, lastDays, queryOf, today } from "../../filters.js";
import { DENSITY_STEPS } from "../../map/findings.js";
import { boundsOf } from "../../metres.js";
import { full } from "../../when.js";
import { t } from "../../words.js";
import { openDesk, trouble } from "../desk.js";
import { waiting } from "../parts.js";
import { scale } from "../scale.js";
import { casesNow, communities, months, numbers, targets } from "./board.js";
import { cellCard } from "./cell.js";
import { filterForm } from "./filter_form.js";

const FIRST_DAYS = 90;

const heat = () =>
  scale(t("heat.title"), t("heat.unit"), DENSITY_STEPS, [
    t("heat.note"),
    `${t("heat.nothing")} · ${t("heat.near")}`,
  ]);

/** @param {Api} api */
export function openOverview(api) {
  const page = /** @type {HTMLElement} */ (document.getElementById("main"));
  /** @type {Filters} */
  let filters = filtersOf(location.search);
  if (!location.search) filters = { ...filters, ...lastDays(FIRST_DAYS, today()) };
  /** @type {any} */
  let figures = null;
  /** @type {any[]} */
  let kinds = [];
  /** @type {Reply | null} */
  let failed = null;
  let asked = 0;
  /** @type {Tapped | null} */
  let cell = null;
  /** @type {Map<number, any>} */
  let estates = new Map();
  /** @type {number | null} */
  let shown = null;

  const desk = openDesk({
    page,
    findings: queryOf(filters),
    density: true,
    onTap: tapped,
    legend: () => html`${heat()}${cell ? cellCard(cell, close) : nothing}`,
  });

  /** @param {Tapped[]} taps */
  function tapped(taps) {
    const [first] = taps;
    cell = first?.layer === "findings" && first.properties.n ? first : null;
    desk.show();
  }

  function close() {
    cell = null;
    desk.show();
  }

  /** @param {Partial<Filters>} change */
  function narrow(change) {
    filters = { ...filters, ...change };
    const query = queryOf(filters);
    history.replaceState(null, "", query ? `?${query}` : "?since=");
    close();
    desk.map?.filterFindings(query);
    count();
  }

  async function count() {
    asked += 1;
    const mine = asked;
    show();
    const reply = await api.ask("GET", `/api/v1/figures/?${queryOf(filters)}`);
    // An answer to older filters, come late, says nothing about these.
    if (mine !== asked) return;
    asked = 0;
    failed = reply.outcome === "received" ? null : reply;
    if (reply.outcome === "received") figures = reply.body;
    show();
  }

  async function start() {
    count();
    const [known, places, towns] = await Promise.all([
      api.kinds(),
      api.estates(),
      api.communities(),
    ]);
    if (known.outcome === "received") kinds = known.body.kinds;
    if (places.outcome === "received" && towns.outcome === "received") {
      estates = new Map(places.body.map((/** @type {any} */ estate) => [estate.id, estate]));
      desk.setPlaces(towns.body, places.body);
    }
    show();
  }

  /** @param {number} id */
  function showEstate(id) {
    shown = id;
    const estate = estates.get(id);
    if (estate?.geometry) desk.map?.fit(boundsOf(estate.geometry), 16.5);
    desk.map?.pick({ layer: "estates", id });
    show();
  }

  function show() {
    render(
      html`
        <div class="desk-head">
          <h2>${t("overview.title")}</h2>
          ${
            figures
              ? html`<span class="soft tiny" title=${full(figures.as_of)}
                  >${t("overview.asOf", { when: full(figures.as_of) })}</span
                >`
              : nothing
          }
        </div>
        <div aria-live="polite" aria-busy=${asked > 0}>
          ${failed ? trouble(failed, count) : nothing}
          ${figures ? numbers(figures, () => narrow({ since: "", until: "" })) : failed ? nothing : waiting(4)}
        </div>
        ${filterForm(filters, kinds, narrow)}
        ${figures ? board() : nothing}
      `,
      desk.panel,
    );
  }

  const board = () => html`
    ${casesNow(figures.cases, queryOf({ ...filters, status: "", since: "", until: "" }))}
    ${months(figures.months)}
    ${communities(figures.communities)}
    ${targets(figures.targets, shown, showEstate)}
  `;

  start();
}
