/**
 * Asking for the best set of sites: the terms, how far it is, what came of it and why.
 *
 * @import { Reply } from "../../api.js"
 * @import { Result, Selection, Terms } from "../../weighing/types.d.ts"
 * @import { Scene } from "./scene.js"
 * @import { World } from "./work.js"
 */

import { html, nothing } from "lit-html";
import { innerPoint } from "../../metres.js";
import { uuid7 } from "../../uuid.js";
import { FIRST, MODELS, termsOf, toldOf, wrongWith } from "../../weighing/terms.js";
import { either, t } from "../../words.js";
import { trouble } from "../desk.js";
import { notice, time, waiting } from "../parts.js";
import { curve } from "./curve.js";
import { chosen, numbered } from "./fields.js";
import { percent, whole } from "./figures.js";

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
    const of = plan;
    const reply = await world.api.ask("GET", `${API}${id}/`);
    if (of !== plan) return;
    if (reply.outcome === "received") settle(reply.body);
    else if (shown && GOING.includes(shown.state)) timer = setTimeout(() => open(id), AGAIN_MS);
    else failed = reply;
    world.show();
  }

  /** @param {Selection} now */
  function settle(now) {
    shown = now;
    failed = null;
    past = (past ?? []).some(({ id }) => id === now.id)
      ? (past ?? []).map((each) => (each.id === now.id ? now : each))
      : [now, ...(past ?? [])];
    if (GOING.includes(now.state)) timer = setTimeout(() => open(now.id), AGAIN_MS);
    draw();
  }

  async function run() {
    wrong = wrongWith(terms);
    refusal = "";
    world.show();
    const [first] = Object.keys(wrong);
    if (first) return document.getElementById(`select-${first}`)?.focus();
    const reply = await world.api.ask("PUT", `${API}${uuid7()}/`, { plan, ...toldOf(terms) });
    if (reply.outcome === "received") settle(reply.body);
    else refuse(reply);
    world.show();
  }

  /** @param {"cancel" | "take"} what */
  async function act(what) {
    const id = shown?.id;
    if (!id) return;
    refusal = "";
    const reply = await world.api.ask("PUT", `${API}${id}/${what}/`);
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

  /** @param {"number" | "budget_yuan" | "radius_m" | "spacing_m" | "grid_m" | "ports" | "bays" | "cost_yuan" | "seconds" | "curve_to"} name @param {string} says @param {{ whole?: boolean, needed?: boolean, without?: string, step?: number, least?: number }} [how] */
  const number = (name, says, how = {}) => html`
    ${numbered({
      id: `select-${name}`,
      says,
      value: terms[name],
      ...how,
      onChange: (value) =>
        set(name, /** @type {any} */ (value ?? (how.needed ? FIRST[name] : null))),
    })}
    ${wrong[name] ? html`<p class="wrong" role="alert">${t(`select.${wrong[name]}`)}</p>` : nothing}`;

  /** @param {"capacitated" | "one_per_estate"} name @param {string} says */
  const tick = (name, says) => html`
    <label class="layer">
      <input
        type="checkbox"
        .checked=${terms[name]}
        @change=${(/** @type {any} */ { target }) => set(name, target.checked)}
      />
      ${says}
    </label>`;

  const form = () => html`
    <form class="section" novalidate @submit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      run();
    }}>
      ${chosen({
        id: "select-model",
        says: t("select.model"),
        value: terms.model,
        options: MODELS.map((each) => [each, t(`select.model.${each}`)]),
        onChange: (value) => set("model", /** @type {Terms["model"]} */ (value)),
      })}
      ${chosen({
        id: "select-community",
        says: t("plans.community"),
        value: String(terms.communities[0] ?? ""),
        options: [
          ["", t("select.wholePlan")],
          ...world.communities.map(
            ({ id, properties: its }) =>
              /** @type {[string, string]} */ ([String(id), either(its.name, its.name_en)]),
          ),
        ],
        onChange: (value) => set("communities", value ? [Number(value)] : []),
      })}
      <div class="terms-grid">
        <div>${number("number", t("select.number"), { whole: true, step: 1, least: 1, without: t("select.noLimit") })}</div>
        <div>${number("budget_yuan", t("select.budget"), { whole: true, step: 10_000, without: t("select.noLimit") })}</div>
        <div>${number("radius_m", t("select.radius"), { step: 10, least: 1, without: t("select.noLimit") })}</div>
      </div>
      <fieldset class="plain">
        <legend>${t("select.each")}</legend>
        <div class="terms-grid">
          <div>${number("ports", t("select.ports"), { whole: true, step: 1, needed: true })}</div>
          <div>${number("bays", t("select.bays"), { whole: true, step: 1, needed: true })}</div>
          <div>${number("cost_yuan", t("select.cost"), { whole: true, step: 1000, needed: true })}</div>
        </div>
      </fieldset>
      <details>
        <summary>${t("select.more")}</summary>
        ${tick("capacitated", t("select.capacitated"))} ${tick("one_per_estate", t("select.onePer"))}
        <div class="terms-grid">
          <div>${number("spacing_m", t("select.spacing"), { step: 10, needed: true })}</div>
          <div>${number("grid_m", t("select.grid"), { step: 5, least: 5, needed: true })}</div>
          <div>${number("seconds", t("select.seconds"), { step: 10, least: 1, needed: true })}</div>
          ${terms.model === "lscp" ? nothing : html`<div>${number("curve_to", t("select.curve"), { whole: true, step: 1, least: 2, without: t("select.noCurve") })}</div>`}
        </div>
      </details>
      ${refusal ? notice("bad", refusal) : nothing}
      <button class="button primary" aria-disabled=${going()}>${t("select.run")}</button>
    </form>`;

  const going = () => shown !== null && GOING.includes(shown.state);

  function outcome() {
    if (!shown) return nothing;
    const { state, progress, result, error } = shown;
    if (state === "queued")
      return notice("", t("select.queued"), html`<p>${t("select.queuedSays")}</p>${stop()}`);
    if (state === "running") {
      return html`<div role="status">
        ${notice("", t("select.running"), html`<p>${soFar(progress)}</p><progress></progress>${stop()}`)}
      </div>`;
    }
    if (state === "cancelled") return notice("warn", t("select.cancelled"));
    if (state === "failed" || !result) return notice("bad", t("select.failed"), wentWrong(error));
    return found(result);
  }

  /** What is known of it by now: at first nothing is. @param {Selection["progress"]} progress */
  const soFar = (progress) =>
    [
      ...told(progress?.seconds, (seconds) => t("select.ranFor", { seconds: whole(seconds) })),
      ...told(progress?.objective, (objective) =>
        t("select.best", { objective: whole(objective) }),
      ),
      ...told(progress?.gap, (gap) => t("select.gapNow", { gap: percent(gap) })),
    ].join(" · ");

  /** What the worker says is a code, and perhaps a number. @param {string | null} error */
  function wentWrong(error) {
    const [code = "", n = ""] = (error ?? "").split(": ");
    if (code === "too_many_candidates") return t("select.tooMany", { n: whole(Number(n)) });
    return t("select.failedSays", { code });
  }

  const stop = () =>
    mayRun()
      ? html`<button class="button" type="button" @click=${() => act("cancel")}>
          ${t("select.cancel")}
        </button>`
      : nothing;

  /** @param {Result} result */
  function found(result) {
    const sites = result.sites.features;
    const values = { n: sites.length, served: whole(result.served), demand: whole(result.demand) };
    const tone = result.status === "optimal" ? "good" : result.status === "feasible" ? "" : "warn";
    const about = html`
      ${sites.length ? html`<p>${t("select.resultSays", values)}</p>` : nothing}
      ${shown?.model === "pmedian" && result.objective !== null ? html`<p>${t("select.walkSays", { metres: whole(result.objective) })}</p>` : nothing}
      ${result.status === "feasible" ? html`<p>${t("select.gapSays", { gap: percent(result.gap) })}</p>` : nothing}
      <p class="soft small">
        ${t("select.took", { seconds: result.seconds.toFixed(1) })}
        ${result.first ? html`· ${t("select.firstSays")}` : nothing}
      </p>`;
    return html`
      ${notice(tone, t(`select.status.${result.status}`), about)}
      ${
        sites.length
          ? html`<ul class="list">
              ${sites.map(
                ({ properties: its }) => html`<li>
                  <b>${its.name}</b>
                  <span class="soft small">
                    ${its.serves === null ? nothing : t("select.serves", { n: whole(its.serves) })}
                  </span>
                </li>`,
              )}
            </ul>
            ${
              shown?.taken_at
                ? html`<p class="soft">${t("select.taken", { n: sites.length })}</p>`
                : mayRun()
                  ? html`<button class="button primary" type="button" @click=${() => act("take")}>
                      ${t("select.take")}
                    </button>`
                  : nothing
            }`
          : nothing
      }
      ${result.grid ? notice("", either(result.grid.zh, result.grid.en)) : nothing}
      ${(result.extended ?? []).map(
        (each) => html`<p class="soft small">
          ${t("select.extended", { name: each.name || each.id, n: whole(each.reckoned), ports: whole(each.ports ?? 0) })}
        </p>`,
      )}
      ${blocked(result)} ${curve(result.curve)}
      ${
        result.barred.length
          ? html`<p class="soft small">
              ${t("select.barred", { list: result.barred.map(({ rule, count }) => `${rule} × ${count}`).join(" · ") })}
            </p>`
          : nothing
      }`;
  }

  /** @param {Result} result */
  const blocked = ({ blocked: rows, changes }) => html`
    ${
      rows.length
        ? html`<section class="section">
            <h3>${t("select.why")}</h3>
            <ul class="list">
              ${rows.map(
                (row) => html`<li>
                  <b>${row.name}</b> <span class="soft small">${t("cover.pointSays", { n: whole(row.demand) })}</span>
                  <div>${either(row.why_zh, row.why_en)}</div>
                </li>`,
              )}
            </ul>
          </section>`
        : nothing
    }
    ${
      changes.length
        ? html`<section class="section">
            <h3>${t("select.changes")}</h3>
            <ul class="list">
              ${changes.map(
                (each) => html`<li>
                  ${either(each.zh, each.en)}
                  ${
                    mayRun()
                      ? html`<button class="button" type="button" @click=${() => {
                          if (shown) terms = { ...termsOf(shown), ...each.parameters };
                          run();
                        }}>${t("select.apply")}</button>`
                      : nothing
                  }
                </li>`,
              )}
            </ul>
          </section>`
        : nothing
    }`;

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
        shown = null;
        past = null;
        refusal = "";
      }
      plan = of;
      draw();
      load();
    },

    leave() {
      clearTimeout(timer);
      scene?.put("selected", []);
    },

    template: () => html`
      <section class="section">
        <p>${t("select.says")}</p>
        ${mayRun() ? form() : html`<p class="soft">${t("select.reader")}</p>`}
        ${failed ? trouble(failed, load) : nothing}
        <div aria-live="polite">${past === null && !failed ? waiting(3) : outcome()}</div>
        ${earlier()}
      </section>`,
  };
}

/** @param {number | null | undefined} value @param {(value: number) => string} say @returns {string[]} */
const told = (value, say) => (value === null || value === undefined ? [] : [say(value)]);
