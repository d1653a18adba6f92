/**
 * Asking for the best set of sites: it is run, followed while it runs, and taken into the plan.
 *
 * @import { Reply } from "../../api.js"
 * @import { Selection, Terms } from "../../weighing/types.d.ts"
 * @import { Scene } from "./scene.js"
 * @import { World } from "./work.js"
 */

import { html, nothing } from "lit-html";
import { innerPoint } from "../../metres.js";
import { openTurns } from "../../turns.js";
import { uuid7 } from "../../uuid.js";
import { FIRST, termsOf, toldOf, wrongWith } from "../../weighing/terms.js";
import { t } from "../../words.js";
import { trouble } from "../desk.js";
import { time, waiting } from "../parts.js";
import { whole } from "./figures.js";
import { outcome } from "./selection_outcome.js";
import { termsForm } from "./selection_terms.js";

const API = "/api/v1/planning/selections/";
const AGAIN_MS = 1_000;
const GOING = ["queued", "running"];

/** @param {World} world @param {Scene | null} scene @param {() => void} taken the plan has new sites */
export function openSelection(world, scene, taken) {
  let plan = "";
  /** @type {Terms} */
  let terms = { ...FIRST };
  /** @type {Partial<Record<keyof Terms, "needed" | "many">>} */
  let wrong = {};
  /** @type {Selection[] | null} */
  let past = null;
  /** @type {Selection | null} */
  let shown = null;
  /** @type {Reply | null} */
  let failed = null;
  let refusal = "";
  let sending = false;
  /** Is this panel looked at? What comes later is not drawn over another's map. */
  let isHere = false;
  /** A run that is looked at takes the place of the one before. */
  const turn = openTurns();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const mayRun = () => world.me?.may.draw ?? world.me?.roles.includes("planner");

  async function load() {
    const of = plan;
    const reply = await world.api.ask("GET", `${API}?plan=${of}`);
    if (of !== plan) return;
    failed = reply.outcome === "received" ? null : reply;
    if (reply.outcome === "received") {
      past = reply.body.selections ?? reply.body;
      const [latest] = past ?? [];
      if (!shown && latest) await open(latest.id);
    }
    world.show();
  }

  /** @param {string} id */
  async function open(id) {
    clearTimeout(timer);
    const isLast = turn();
    const reply = await world.api.ask("GET", `${API}${id}/`);
    if (!isLast()) return;
    if (reply.outcome === "received") settle(reply.body);
    else if (shown && GOING.includes(shown.state)) timer = setTimeout(() => open(id), AGAIN_MS);
    else failed = reply;
    world.show();
  }

  /** @param {Selection} now */
  function settle(now) {
    clearTimeout(timer);
    shown = now;
    failed = null;
    past = (past ?? []).some(({ id }) => id === now.id)
      ? (past ?? []).map((each) => (each.id === now.id ? now : each))
      : [now, ...(past ?? [])];
    if (isHere && GOING.includes(now.state)) timer = setTimeout(() => open(now.id), AGAIN_MS);
    draw();
  }

  async function run() {
    if (sending || going()) return;
    wrong = wrongWith(terms);
    refusal = "";
    world.show();
    const [first] = Object.keys(wrong);
    if (first) {
      document.getElementById(`select-${first}`)?.focus();
      return;
    }
    sending = true;
    world.show();
    const isLast = turn();
    const reply = await world.api.ask("PUT", `${API}${uuid7()}/`, { plan, ...toldOf(terms) });
    sending = false;
    if (isLast()) {
      if (reply.outcome === "received") settle(reply.body);
      else refuse(reply);
    }
    world.show();
  }

  /** @param {"cancel" | "take"} what */
  async function act(what) {
    const id = shown?.id;
    if (!id || sending) return;
    const of = plan;
    sending = true;
    refusal = "";
    world.show();
    const reply = await world.api.ask("PUT", `${API}${id}/${what}/`);
    sending = false;
    if (of !== plan) return;
    if (reply.outcome !== "received") refuse(reply);
    else if (what === "take") {
      const n = shown?.result?.sites.features.length ?? 0;
      world.toasts.show(t("select.taken", { n }));
      await open(id);
      taken();
    } else await open(id);
    world.show();
  }

  /** @param {Reply} reply */
  function refuse(reply) {
    if (reply.outcome === "refused") refusal = reply.message;
    else failed = reply;
  }

  function draw() {
    if (!isHere) return;
    const sites = shown?.result?.sites.features ?? [];
    scene?.put(
      "selected",
      sites.flatMap((site) => {
        const its = site.properties;
        const said = [
          its.name,
          its.serves === null ? "" : t("select.serves", { n: whole(its.serves) }),
        ]
          .filter(Boolean)
          .join(" · ");
        const point = /** @type {GeoJSON.Feature} */ ({
          type: "Feature",
          properties: { said },
          geometry: { type: "Point", coordinates: innerPoint(site.geometry) },
        });
        return site.geometry.type === "Point" ? [point] : [site, point];
      }),
    );
  }

  /** @template {keyof Terms} K @param {K} name @param {Terms[K]} value */
  function set(name, value) {
    terms = { ...terms, [name]: value };
    if (Object.keys(wrong).length) wrong = wrongWith(terms);
    world.show();
  }

  const going = () => shown !== null && GOING.includes(shown.state);

  /** Another limit, and once more. @param {Partial<Terms>} parameters */
  function apply(parameters) {
    if (shown) terms = { ...termsOf(shown), ...parameters };
    run();
  }

  function earlier() {
    const others = (past ?? []).filter(({ id }) => id !== shown?.id);
    if (!others.length) return nothing;
    return html`<details class="section">
      <summary><b>${t("select.past")}</b></summary>
      <ul class="list">
        ${others.map(
          (each) => html`<li>
            <button class="entry" type="button" @click=${() => open(each.id)}>
              <span>${t(`select.model.${each.model}`)}</span>
              <span class="soft small">
                ${t(`select.${each.state}`)}
                · ${time(each.at)}
              </span>
            </button>
          </li>`,
        )}
      </ul>
    </details>`;
  }

  return {
    /** @param {string} of the plan */
    enter(of) {
      if (of !== plan) {
        turn();
        shown = null;
        past = null;
        refusal = "";
      }
      plan = of;
      isHere = true;
      draw();
      load();
    },

    leave() {
      isHere = false;
      clearTimeout(timer);
      scene?.put("selected", []);
    },

    template: () => html`
      <section class="section">
        <p>${t("select.says")}</p>
        ${
          mayRun()
            ? termsForm({
                ...{ terms, wrong, refusal, set, run },
                communities: world.communities,
                closed: sending || going(),
              })
            : html`<p class="soft">${t("select.reader")}</p>`
        }
        ${failed ? trouble(failed, load) : nothing}
        <div aria-live="polite">${past === null && !failed ? waiting(3) : shown ? outcome({ shown, mayRun: Boolean(mayRun()), closed: sending, act, apply }) : nothing}</div>
        ${earlier()}
      </section>`,
  };
}
