/**
 * One plan: its sites with their worst verdict, and what is done with the plan itself.
 *
 * @import { Reply } from "../../api.js"
 * @import { Edited } from "../../drawing/types.d.ts"
 * @import { View, World } from "./work.js"
 */

import { html, nothing } from "lit-html";
import { worstOf } from "../../drawing/verdicts.js";
import { uuid7 } from "../../uuid.js";
import { t } from "../../words.js";
import { empty, icon, notice, waiting } from "../parts.js";
import { countedLine, lookBadge } from "./checks.js";
import { pairOf } from "./facts.js";
import { typed } from "./fields.js";
import { mayPlan, sentence } from "./plans.js";
import { openProposal } from "./proposal.js";
import { printSheet } from "./sheet.js";
import { openWeigh } from "./weigh.js";

const API = "/api/v1/planning/plans/";
const FORMATS = /** @type {const} */ ([
  ["gpkg", "GeoPackage"],
  ["geojson", "GeoJSON"],
  ["kml", "KML"],
  ["dxf", "DXF"],
  ["xlsx", "XLSX"],
]);

/** @param {World} world @param {() => void} reread the server has sites that are not shown yet */
export function openOne(world, reread) {
  const proposal = openProposal(world);
  const weigh = openWeigh(world, reread);
  /** @type {{ name: string, wrong: string } | null} */
  let renaming = null;
  let wrong = "";
  /** Typed for a site without a map. */
  let [typedAt, typedWrong] = ["", ""];

  /** @param {View} view @param {string} method @param {string} path @param {unknown} content @returns {Promise<any>} null where it was not done */
  async function ask(view, method, path, content) {
    wrong = "";
    const reply = await world.api.ask(method, API + view.session.plan + path, content);
    if (reply.outcome === "received") {
      const { proposals: _, ...head } = reply.body ?? {};
      if (head.id === view.session.plan) view.session.headed(head);
      return reply.body;
    }
    wrong = why(reply);
    world.show();
    return null;
  }

  /** @param {View} view @param {Record<string, unknown>} changes */
  const change = (view, changes) =>
    ask(view, "PATCH", "/", { seen: view.session.head()?.version, ...changes });

  /** @param {View} view */
  async function copy(view) {
    const id = uuid7();
    const name = t("plans.copyOf", { name: view.session.head()?.name ?? "" });
    await view.session.flush();
    const made = await ask(view, "PUT", "/copy/", { id, name });
    if (!made) return;
    world.toasts.show(t("plans.didCopy", { name: made.name ?? name }));
    world.go({ plan: made.id ?? id, proposal: "" }, "push");
  }

  /** @param {View} view */
  async function archive(view) {
    await view.session.flush();
    const name = view.session.head()?.name ?? "";
    if (!(await ask(view, "PUT", "/archive/", undefined))) return;
    world.toasts.show(t("plans.didArchive", { name }), {
      label: t("undo"),
      act: () => restore(view),
    });
    await view.session.poll();
  }

  /** @param {View} view */
  async function restore(view) {
    if (await ask(view, "PUT", "/restore/", undefined)) await view.session.poll();
  }

  /** @param {View} view */
  function head(view) {
    const told = view.session.head();
    const name = told?.name ?? "";
    return html`
      <header class="plan-head">
        <button
          class="button icon quiet"
          type="button"
          title=${t("plans.back")}
          aria-label=${t("plans.back")}
          @click=${() => world.go({ plan: "", proposal: "", show: "plans" }, "push")}
        >
          ${icon("back")}
        </button>
        <div class="grow">
          <h2>${name}</h2>
          <p class="soft small">
            ${told ? (told.community_name ?? t("plans.everywhere")) : nothing}
            ${told ? html`· ${t(told.shared ? "plans.shared" : "plans.own")}` : nothing}
          </p>
        </div>
        ${told && (told.may_edit || mayPlan(world.me)) ? menu(view, told) : nothing}
      </header>
      ${renaming ? renamer(view) : nothing}
      ${wrong ? notice("bad", wrong) : nothing}
      ${told?.archived_at ? notice("warn", t("plans.archivedSays")) : nothing}
      ${told && !told.archived_at && !view.mayEdit ? html`<p class="soft small">${t("plans.readOnly")}</p>` : nothing}
    `;
  }

  /** @param {View} view @param {any} told */
  function menu(view, told) {
    const keeps = told.may_edit;
    /** @param {string} says @param {() => void} act */
    const entry = (says, act) => html`<button
      class="entry"
      type="button"
      @click=${(/** @type {any} */ { target }) => {
        target.closest("details").open = false;
        act();
      }}
    >
      ${says}
    </button>`;
    return html`
      <details class="menu">
        <summary class="button icon" title=${t("plans.more")} aria-label=${t("plans.more")}>
          ${icon("menu")}
        </summary>
        <div class="sheet-of-menu">
          ${
            keeps && !told.archived_at
              ? html`
                  ${entry(t("plans.rename"), () => {
                    renaming = { name: told.name, wrong: "" };
                    world.show();
                    document.getElementById("plan-rename")?.focus();
                  })}
                  ${entry(t(told.shared ? "plans.unshare" : "plans.share"), () => change(view, { shared: !told.shared }))}
                `
              : nothing
          }
          ${mayPlan(world.me) ? entry(t("plans.copy"), () => copy(view)) : nothing}
          ${
            keeps
              ? told.archived_at
                ? entry(t("plans.restore"), () => restore(view))
                : entry(t("plans.archive"), () => archive(view))
              : nothing
          }
        </div>
      </details>`;
  }

  /** @param {View} view */
  const renamer = (view) => html`
    <form class="section" novalidate @submit=${async (/** @type {Event} */ event) => {
      event.preventDefault();
      const name = renaming?.name.trim() ?? "";
      if (!name) {
        renaming = { name, wrong: t("plans.nameNeeded") };
        return world.show();
      }
      if (await change(view, { name })) renaming = null;
      world.show();
    }}>
      ${typed({
        id: "plan-rename",
        says: t("plans.name"),
        value: renaming?.name ?? "",
        wrong: renaming?.wrong ?? "",
        onInput: (name) => {
          renaming = { name, wrong: "" };
        },
      })}
      <div class="choices">
        <button class="button primary">${t("plans.rename")}</button>
        <button
          class="button"
          type="button"
          @click=${() => {
            renaming = null;
            world.show();
          }}
        >
          ${t("cancel")}
        </button>
      </div>
    </form>`;

  /** @param {View} view */
  function sites(view) {
    const rows = view.session.all();
    return html`
      <section class="section">
        <h3>${t("plans.list")}</h3>
        ${
          rows.length
            ? html`<ul class="list">
                ${rows.map((row) => line(view, row))}
              </ul>`
            : empty({
                title: t("plans.empty"),
                ...(view.mayEdit ? { text: t("plans.emptySays") } : {}),
              })
        }
        ${rows.length ? html`<p class="soft small">${totals(view, rows)}</p>` : nothing}
      </section>`;
  }

  /** @param {View} view @param {Edited} row */
  function line(view, row) {
    const fields = view.fieldsOf(row.id);
    const verdicts = view.knownOf(row.id);
    return html`<li>
      <button
        class="plan-line"
        type="button"
        data-proposal=${row.id}
        @click=${() => {
          view.pick(row.id);
          view.goTo(row.id);
        }}
      >
        <b>${fields?.name || t("site.unnamed")}</b>
        ${verdicts ? lookBadge(worstOf(verdicts)) : nothing}
        <span class="soft small">
          ${t(/** @type {any} */ (`site.state.${row.base?.state ?? "proposed"}`))}
          ${row.race ? html`· <b>${t("race.title")}</b>` : nothing}
          ${row.refusal ? html`· <b>${t("save.refused")}</b>` : nothing}
        </span>
        ${verdicts ? html`<span class="soft tiny">${countedLine(verdicts)}</span>` : nothing}
      </button>
    </li>`;
  }

  /** Placing one where no map is drawn, or by people who read coordinates off a paper. @param {View} view */
  const byHand = (view) => html`
    <details class="section no-print">
      <summary><b>${t("draw.byHand")}</b></summary>
      <form class="section" novalidate @submit=${(/** @type {Event} */ event) => {
        event.preventDefault();
        const at = pairOf(typedAt);
        typedWrong = at ? "" : t("draw.notPlace");
        if (at) {
          typedAt = "";
          view.place(at);
        }
        world.show();
      }}>
        ${typed({
          id: "place-at",
          says: t("draw.at"),
          value: typedAt,
          wrong: typedWrong,
          onInput: (value) => {
            typedAt = value;
          },
        })}
        <div class="choices"><button class="button">${t("draw.put")}</button></div>
      </form>
    </details>`;

  /** @param {View} view */
  const files = (view) => html`
    <details class="section no-print">
      <summary><b>${t("plans.files")}</b></summary>
      <p class="choices">
        ${FORMATS.map(
          ([format, name]) =>
            html`<a class="button" href="${API}${view.session.plan}/files/${format}/" download>${name}</a>`,
        )}
      </p>
    </details>`;

  return {
    waiting: () => waiting(6),

    /** @param {View} view */
    template(view) {
      const trouble = view.session.trouble();
      if (!view.session.head() && (trouble === "gone" || trouble === "refused"))
        return empty({
          title: t("plans.gone"),
          text: t("plans.goneSays"),
          act: t("plans.back"),
          onAct: () => world.go({ plan: "", proposal: "", show: "plans" }, "push"),
        });
      if (!view.session.head() && !view.session.all().length && !trouble) return waiting(6);
      if (view.picked) return proposal.template(view, saving(view));
      return html`
        ${head(view)} ${saving(view)} ${weigh.switcher()}
        ${
          weigh.part() === "sites"
            ? html`${sites(view)} ${view.mayEdit ? byHand(view) : nothing} ${files(view)}
              ${view.mayEdit ? keysTold() : nothing}`
            : weigh.template()
        }
      `;
    },

    /** To where the address leads. */
    follow: () => weigh.follow(),

    /** @param {View} view */
    print: (view) => printSheet(world, view),
  };
}

/** Always in sight, and always true. @param {View} view */
function saving(view) {
  const state = view.session.saving();
  const stale = view.session.trouble() === "unreachable" && state === "saved";
  return html`
    <p class="saving" role="status" data-saving=${state}>
      ${
        {
          saved: t("save.saved"),
          sending: t("save.sending"),
          waiting: t("save.waiting", { n: view.session.owing() }),
          signed_out: t("save.signed_out"),
          refused: t("save.refused"),
        }[state]
      }
    </p>
    ${stale ? html`<p class="soft small">${t("save.stale")}</p>` : nothing}
    ${
      state === "signed_out"
        ? html`<a class="button" href="/sign-in/?next=${encodeURIComponent(location.pathname + location.search)}">${t("signed_out.act")}</a>`
        : nothing
    }`;
}

/** @param {View} view @param {Edited[]} rows */
function totals(view, rows) {
  const sum = (/** @type {string} */ name) =>
    rows.reduce((all, { id }) => all + Number(view.fieldsOf(id)?.[name] ?? 0), 0);
  return t("plans.totals", {
    n: rows.length,
    ports: sum("ports"),
    bays: sum("bays"),
    cost: sum("cost_yuan").toLocaleString("en"),
  });
}

const keysTold = () => html`
  <details class="section no-print">
    <summary><b>${t("draw.keys")}</b></summary>
    <dl class="facts keys">
      <dt><kbd>←</kbd> <kbd>↑</kbd> <kbd>→</kbd> <kbd>↓</kbd></dt><dd>${t("draw.keysMove")}</dd>
      <dt><kbd>[</kbd> <kbd>]</kbd></dt><dd>${t("draw.keysTurn")}</dd>
      <dt><kbd>Delete</kbd></dt><dd>${t("draw.keysOut")}</dd>
      <dt><kbd>Ctrl Z</kbd> <kbd>Ctrl ⇧ Z</kbd></dt><dd>${t("draw.keysUndo")}</dd>
      <dt><kbd>Esc</kbd></dt><dd>${t("draw.keysBack")}</dd>
    </dl>
  </details>`;

/** @param {Reply} reply */
function why(reply) {
  return reply.outcome === "refused" ? sentence(reply) : t("unreachable.text");
}
