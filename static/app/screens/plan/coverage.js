/**
 * Who has somewhere to charge: figures, tables and the demand on the map.
 *
 * @import { Reply } from "../../api.js"
 * @import { Covered, Coverage } from "../../weighing/types.d.ts"
 * @import { Scene } from "./scene.js"
 * @import { World } from "./work.js"
 */

import { html, nothing } from "lit-html";
import { lookOf, neediest, shareOf } from "../../weighing/coverage.js";
import { either, t } from "../../words.js";
import { trouble } from "../desk.js";
import { empty, waiting } from "../parts.js";
import { numbered } from "./fields.js";
import { percent, ratio, whole } from "./figures.js";

const LOOKS = /** @type {const} */ (["served", "part", "full", "far"]);
const WALK_M = 150;

/** @param {World} world @param {Scene | null} scene */
export function openCoverage(world, scene) {
  let plan = "";
  /** @type {Coverage | null} */
  let told = null;
  /** @type {Reply | null} */
  let failed = null;
  let asked = "";
  let [since, until] = ["", ""];
  let walkM = WALK_M;

  function address() {
    const query = new URLSearchParams({ plan, walk_m: String(walkM) });
    if (since) query.set("since", since);
    if (until) query.set("until", until);
    return `/api/v1/planning/coverage/?${query}`;
  }

  async function load() {
    const path = address();
    asked = path;
    world.show();
    const reply = await world.api.ask("GET", path);
    if (asked !== path) return;
    failed = reply.outcome === "received" ? null : reply;
    if (reply.outcome === "received") told = reply.body;
    draw();
    world.show();
  }

  function draw() {
    scene?.put(
      "demand",
      (told?.points.features ?? []).map((point) => {
        const its = /** @type {any} */ (point.properties);
        const said = t("cover.pointSays", { n: whole(its.weight) });
        return { ...point, properties: { ...its, look: lookOf(its), said } };
      }),
    );
  }

  /** @param {() => void} change */
  const again = (change) => {
    change();
    load();
  };

  const terms = () => html`
    <div class="terms-grid dates">
      ${numbered({
        id: "cover-walk",
        says: t("cover.walk"),
        value: walkM,
        least: 1,
        step: 10,
        needed: true,
        onChange: (value) => again(() => (walkM = value ?? WALK_M)),
      })}
      <div class="field">
        <label for="cover-since">${t("cover.since")}</label>
        <input class="input" id="cover-since" type="date" .value=${since}
          @change=${(/** @type {any} */ { target }) => again(() => (since = target.value))} />
      </div>
      <div class="field">
        <label for="cover-until">${t("cover.until")}</label>
        <input class="input" id="cover-until" type="date" .value=${until}
          @change=${(/** @type {any} */ { target }) => again(() => (until = target.value))} />
      </div>
    </div>
    <p class="help">${t("cover.periodSays")}</p>`;

  /** @param {Coverage} its */
  function figures({ whole: all, targets }) {
    const values = { walk: whole(walkM), demand: whole(all.demand) };
    return html`
      <dl class="big-numbers">
        ${figure(t("cover.served"), percent(shareOf(all)), t("cover.servedSays", { ...values, served: whole(all.served) }))}
        ${figure(t("cover.within"), percent(all.demand ? all.within / all.demand : null), t("cover.withinSays", { ...values, within: whole(all.within) }))}
        ${figure(
          t("cover.ports"),
          ratio(all.ports_per_ebike),
          t("cover.portsSays", {
            target: ratio(targets.ports_per_ebike),
            bays: ratio(all.bays_per_ebike),
            baysTarget: ratio(targets.bays_per_ebike),
          }),
        )}
      </dl>`;
  }

  /** @param {string} title @param {Covered[]} rows @param {number} target */
  const table = (title, rows, target) => html`
    <section class="section">
      <h3>${title}</h3>
      <div class="scrolling" tabindex="0" role="region" aria-label=${title}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">${t("cover.name")}</th>
              <th scope="col" class="number">${t("cover.demand")}</th>
              <th scope="col" class="number">${t("cover.share")}</th>
              <th scope="col" class="number">${t("cover.unserved")}</th>
              <th scope="col" class="number">${t("cover.ratio")}</th>
              <th scope="col" class="number">${t("cover.paths")}</th>
            </tr>
          </thead>
          <tbody>
            ${neediest(rows).map(
              (row) => html`<tr>
                <th scope="row">${row.name}</th>
                <td class="number">${whole(row.demand)}</td>
                <td class="number">${percent(shareOf(row))}</td>
                <td class="number">${whole(row.demand - row.served)}</td>
                <td class="number">
                  ${ratio(row.ports_per_ebike)}
                  ${row.ports_per_ebike !== null && row.ports_per_ebike < target ? html`<i class="mark s2" title=${t("verdict.warn")}></i>` : nothing}
                </td>
                <td class="number">${percent(row.by_paths)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;

  /** @param {Coverage} its */
  const assumptions = ({ assumptions, detour }) => html`
    <details class="section">
      <summary><b>${t("cover.assumed")}</b></summary>
      <ul class="list">
        ${assumptions.map(
          ({ says_zh, says_en, value, unit, sure }) => html`<li>
            ${either(says_zh, says_en)} <b>${value}${unit ? ` ${unit}` : ""}</b>
            <span class="soft tiny">${sure}</span>
          </li>`,
        )}
      </ul>
      <p class="soft small">${t("cover.pathsSays", { detour: ratio(detour) })}</p>
    </details>`;

  function body() {
    if (failed && !told) return trouble(failed, load);
    if (!told) return waiting(6);
    if (!told.whole.demand) return empty({ title: t("cover.none"), text: t("cover.noneSays") });
    return html`
      ${failed ? trouble(failed, load) : nothing} ${figures(told)}
      ${table(t("cover.byEstate"), told.estates, told.targets.ports_per_ebike)}
      ${told.communities.length > 1 ? table(t("cover.byCommunity"), told.communities, told.targets.ports_per_ebike) : nothing}
      ${assumptions(told)}`;
  }

  return {
    /** @param {string} of the plan */
    enter(of) {
      if (of !== plan) told = null;
      plan = of;
      draw();
      load();
    },

    leave() {
      asked = "";
      scene?.put("demand", []);
    },

    template: () => html`
      <section class="section">
        <p>${t("cover.says")}</p>
        ${terms()}
        <div class="signs looks">
          ${LOOKS.map((look) => html`<span><i class="demand-mark ${look}"></i>${t(`cover.look.${look}`)}</span>`)}
        </div>
        <div aria-live="polite">${body()}</div>
      </section>`,
  };
}

/** @param {string} says @param {string} value @param {string} meaning */
const figure = (says, value, meaning) => html`
  <div class="big-number">
    <dt>${says}</dt>
    <dd>${value}</dd>
    <dd class="says">${meaning}</dd>
  </div>`;
