/**
 * The list of plans, and starting a new one.
 *
 * @import { Reply } from "../../api.js"
 * @import { World } from "./work.js"
 */

import { html, nothing } from "lit-html";
import { uuid7 } from "../../uuid.js";
import { either, t } from "../../words.js";
import { trouble } from "../desk.js";
import { empty, time, waiting } from "../parts.js";
import { chosen, typed } from "./fields.js";

const API = "/api/v1/planning/plans/";

/** Planners; and who is above all roles has none. @param {World["me"]} me */
export const mayPlan = (me) => Boolean(me && (!me.roles.length || me.roles.includes("planner")));

/** @param {World} world */
export function openList(world) {
  /** @type {any[] | null} */
  let plans = null;
  /** @type {Reply | null} */
  let failed = null;
  let asked = "";
  /** @type {{ id: string, name: string, community: string, wrong: string, saving: boolean } | null} */
  let making = null;

  async function load() {
    const path = API + (world.place().archived ? "?archived=1" : "");
    asked = path;
    const kept = await world.store.read(path).catch(() => null);
    if (asked === path && kept) plans = kept;
    world.show();
    const reply = await world.api.ask("GET", path);
    if (asked !== path) return;
    failed = reply.outcome === "received" ? null : reply;
    if (reply.outcome === "received") {
      plans = reply.body.plans;
      await world.store.remember(path, plans).catch(() => {});
    }
    world.show();
  }

  async function create() {
    if (!making || making.saving) return;
    const name = making.name.trim();
    if (!name) {
      making = { ...making, wrong: t("plans.nameNeeded") };
      return world.show();
    }
    making = { ...making, saving: true, wrong: "" };
    world.show();
    const community = making.community ? Number(making.community) : null;
    const reply = await world.api.ask("PUT", `${API}${making.id}/`, { name, community });
    if (reply.outcome === "received") {
      making = null;
      return world.go({ plan: reply.body.id, proposal: "" }, "push");
    }
    const wrong = reply.outcome === "refused" ? sentence(reply) : t("unreachable.text");
    making = { ...making, saving: false, wrong };
    world.show();
  }

  const begin = () => {
    making = { id: uuid7(), name: "", community: "", wrong: "", saving: false };
    world.show();
    document.getElementById("plan-name")?.focus();
  };

  function maker() {
    if (!mayPlan(world.me)) return nothing;
    if (!making)
      return html`<button class="button primary" type="button" @click=${begin}>
        ${t("plans.new")}
      </button>`;
    const { name, community, wrong, saving } = making;
    return html`
      <form class="section card" novalidate @submit=${(/** @type {Event} */ event) => {
        event.preventDefault();
        create();
      }}>
        ${typed({
          id: "plan-name",
          says: t("plans.name"),
          value: name,
          help: t("plans.nameSays"),
          wrong,
          onInput: (value) => {
            if (making) making = { ...making, name: value };
          },
        })}
        ${chosen({
          id: "plan-community",
          says: t("plans.community"),
          value: community,
          options: [
            ["", t("plans.everywhere")],
            ...world.communities.map(
              ({ id, properties: its }) =>
                /** @type {[string, string]} */ ([String(id), either(its.name, its.name_en)]),
            ),
          ],
          onChange: (value) => {
            if (making) making = { ...making, community: value };
          },
        })}
        <div class="choices">
          <button class="button primary" aria-disabled=${saving}>${t("plans.create")}</button>
          <button
            class="button"
            type="button"
            @click=${() => {
              making = null;
              world.show();
            }}
          >
            ${t("cancel")}
          </button>
        </div>
      </form>`;
  }

  function listed() {
    if (failed && !plans) return trouble(failed, load);
    if (!plans) return waiting(4);
    if (!plans.length) {
      if (world.place().archived) return empty({ title: t("plans.noneArchived") });
      return mayPlan(world.me)
        ? empty({ title: t("plans.none"), text: t("plans.noneSays") })
        : empty({ title: t("plans.none"), text: t("plans.noneReader") });
    }
    return html`
      ${failed ? html`<p class="soft small">${t("save.stale")}</p>` : nothing}
      <ul class="list plan-list">
        ${plans.map(line)}
      </ul>`;
  }

  /** @param {any} plan */
  const line = (plan) => html`
    <li>
      <button
        class="plan-line"
        type="button"
        @click=${() => world.go({ plan: plan.id, proposal: "" }, "push")}
      >
        <b>${plan.name}</b>
        <span class="badge ${plan.shared ? "accent" : ""}">${t(plan.shared ? "plans.shared" : "plans.own")}</span>
        <span class="soft small">
          ${plan.community_name || t("plans.everywhere")} ·
          ${t("plans.sites", { n: sitesIn(plan) })}
        </span>
        <span class="soft small">
          ${plan.by_name ? html`${t("plans.by", { name: plan.by_name })} · ` : nothing}
          ${t("plans.changed")} ${time(plan.changed_at)}
        </span>
      </button>
    </li>`;

  return {
    enter: load,

    template: () => html`
      <section class="section">
        <p>${t("plans.says")}</p>
        ${maker()}
        <div class="choices" role="group" aria-label=${t("plans.which")}>
          ${[false, true].map(
            (archived) => html`<button
              class="button"
              type="button"
              aria-pressed=${world.place().archived === archived}
              @click=${() => {
                plans = null;
                world.go({ archived });
              }}
            >
              ${t(archived ? "plans.archived" : "plans.current")}
            </button>`,
          )}
        </div>
        ${listed()}
      </section>`,
  };
}

/** @param {{ states?: Record<string, number> }} plan */
const sitesIn = ({ states = {} }) => Object.values(states).reduce((sum, n) => sum + n, 0);

/** @param {Extract<Reply, { outcome: "refused" }>} reply */
export const sentence = ({ message, details }) =>
  [...Object.values(details?.fields ?? {}).flat(), ...(details?.fields ? [] : [message])].join(" ");
