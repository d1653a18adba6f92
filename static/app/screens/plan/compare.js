/**
 * Two plans side by side: two maps that move as one, and a table of what differs.
 *
 * @import { Reply } from "../../api.js"
 * @import { Coverage, Drawn } from "../../weighing/types.d.ts"
 * @import { World } from "./work.js"
 */

import { html, nothing } from "lit-html";
import { differences, totals } from "../../weighing/differences.js";
import { t } from "../../words.js";
import { trouble } from "../desk.js";
import { empty, waiting } from "../parts.js";
import { chosen } from "./fields.js";
import { percent, ratio, whole } from "./figures.js";
import { openPair } from "./pair.js";
import { fieldWord, valueWord } from "./race.js";

const API = "/api/v1/planning/";
const WALK_M = 150;

/**
 * @typedef {{ head: any, sites: Drawn[], coverage: Coverage | null }} Side
 * @param {World} world
 */
export function openCompare(world) {
  let [plan, other] = ["", ""];
  /** @type {any[] | null} */
  let plans = null;
  /** @type {[Side | null, Side | null]} */
  let sides = [null, null];
  /** @type {Reply | null} */
  let failed = null;
  /** @type {ReturnType<typeof openPair> | null} */
  let pair = null;
  let asked = "";

  async function load() {
    const key = `${plan} ${other}`;
    asked = key;
    failed = null;
    sides = [null, null];
    world.show();
    const [list, left, right] = await Promise.all([
      plans ? null : world.api.ask("GET", `${API}plans/`),
      sideOf(plan),
      other ? sideOf(other) : null,
    ]);
    if (asked !== key) return;
    if (list?.outcome === "received") plans = list.body.plans ?? list.body;
    for (const reply of [list, left, right])
      if (reply && "outcome" in reply && reply.outcome !== "received") failed ??= reply;
    sides = [held(left), held(right)];
    draw();
    world.show();
  }

  /** @param {string} id @returns {Promise<Side | Reply>} */
  async function sideOf(id) {
    const query = new URLSearchParams({ plan: id, walk_m: String(WALK_M) });
    const [drawn, covered] = await Promise.all([
      world.api.ask("GET", `${API}plans/${id}/`),
      world.api.ask("GET", `${API}coverage/?${query}`),
    ]);
    if (drawn.outcome !== "received") return drawn;
    const { proposals, ...head } = drawn.body;
    const sites = proposals.features.filter(
      (/** @type {Drawn} */ { properties }) => !GONE.includes(String(properties.state)),
    );
    return { head, sites, coverage: covered.outcome === "received" ? covered.body : null };
  }

  function draw() {
    const [left, right] = sides;
    if (!left || !right) return;
    pair ??= openPair(world.desk);
    pair?.show(
      [left.head.name, right.head.name],
      [left.sites, right.sites],
      differences(left.sites, right.sites),
    );
  }

  const chooser = () => {
    const others = (plans ?? []).filter(({ id }) => id !== plan);
    if (plans && !others.length)
      return empty({ title: t("compare.none"), text: t("compare.noneSays") });
    return chosen({
      id: "compare-with",
      says: t("compare.with"),
      value: other,
      options: [
        ["", t("compare.choose")],
        ...others.map(({ id, name }) => /** @type {[string, string]} */ ([id, name])),
      ],
      onChange: (value) => {
        const more = world.place().more.filter(([name]) => name !== "with");
        world.go({ more: value ? [...more, ["with", value]] : more });
      },
    });
  };

  /** @param {Side} left @param {Side} right */
  function figures(left, right) {
    const [one, two] = [totals(left.sites), totals(right.sites)];
    const cover = (/** @type {Side} */ { coverage }) => coverage?.whole ?? null;
    const [here, there] = [cover(left), cover(right)];
    /** @type {[string, string, string][]} */
    const rows = [
      [t("compare.sites"), whole(one.sites), whole(two.sites)],
      .../** @type {const} */ (["ports", "bays", "cost_yuan"]).map(
        (name) =>
          /** @type {[string, string, string]} */ ([
            t(`site.${name}`),
            summed(one, name),
            summed(two, name),
          ]),
      ),
      [t("compare.served"), served(here), served(there)],
      [t("compare.within"), whole(here?.within), whole(there?.within)],
      [t("compare.ratio"), ratio(here?.ports_per_ebike), ratio(there?.ports_per_ebike)],
    ];
    return html`
      <div class="scrolling" tabindex="0" role="region" aria-label=${t("compare.figure")}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">${t("compare.figure")}</th>
              <th scope="col" class="number">${left.head.name}</th>
              <th scope="col" class="number">${right.head.name}</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ([says, a, b]) => html`<tr aria-current=${a !== b}>
                <th scope="row">${says}</th>
                <td class="number">${a}</td>
                <td class="number">${b}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }

  /** @param {Side} left @param {Side} right */
  function siteBySite(left, right) {
    const rows = differences(left.sites, right.sites);
    const unlike = rows.filter(({ what }) => what !== "same");
    const same = rows.length - unlike.length;
    return html`
      <section class="section">
        <h3>${t("compare.rows")}</h3>
        <ul class="list">
          ${unlike.map(({ what, left: a, right: b, fields, id }) => {
            const alone = what === "left" ? left.head.name : right.head.name;
            const its = (a ?? b)?.properties ?? {};
            return html`<li>
              <button class="entry" type="button" @click=${() => pair?.look(id)}>
                <b>${its.name || t("site.unnamed")}</b>
                <span class="badge">${what === "changed" ? t("compare.changed") : t("compare.left", { name: alone })}</span>
              </button>
              ${
                fields.length
                  ? html`<dl class="facts">
                      ${fields.map(
                        (
                          field,
                        ) => html`<dt>${field.name === "moved_m" ? t("compare.moved_m") : fieldWord(field.name)}</dt>
                          <dd>${told(field.name, field.left)} → ${told(field.name, field.right)}</dd>`,
                      )}
                    </dl>`
                  : nothing
              }
            </li>`;
          })}
        </ul>
        ${same ? html`<p class="soft small">${t("compare.same", { n: same })}</p>` : nothing}
      </section>`;
  }

  function body() {
    const [left, right] = sides;
    if (failed) return trouble(failed, load);
    if (!other) return nothing;
    if (!left || !right) return waiting(6);
    return html`
      ${world.desk.map ? nothing : html`<p class="soft small">${t("compare.noMap")}</p>`}
      ${figures(left, right)} ${siteBySite(left, right)}`;
  }

  return {
    /** @param {string} of the plan */
    enter(of) {
      const wanted = new Map(world.place().more).get("with") ?? "";
      if (of === plan && wanted === other && asked) return;
      if (!wanted) close();
      plan = of;
      other = wanted;
      load();
    },

    leave: () => close(),

    template: () => html`
      <section class="section">${chooser()} <div aria-live="polite">${body()}</div></section>`,
  };

  function close() {
    asked = "";
    pair?.close();
    pair = null;
  }
}

/** @param {string} name @param {unknown} value */
const told = (name, value) =>
  name === "moved_m" ? String(value) : valueWord(name, value, new Map());

/** What is not there any more, or never will be. */
const GONE = ["withdrawn", "refused", "retired"];

/** @param {Side | Reply | null} side */
const held = (side) => (side && "sites" in side ? side : null);

/** @param {{ served: number, demand: number } | null} all */
const served = (all) =>
  all ? `${whole(all.served)} (${percent(all.demand ? all.served / all.demand : null)})` : "–";

/** @param {ReturnType<typeof totals>} all @param {"ports" | "bays" | "cost_yuan"} name */
const summed = (all, name) => {
  const untold = all.untold[name];
  return untold ? `${whole(all[name])} · ${t("compare.untold", { n: untold })}` : whole(all[name]);
};
