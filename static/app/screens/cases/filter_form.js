/**
 * What the list is narrowed to, and the views that are kept.
 *
 * @import { CaseFilters } from "../../case_filters.js"
 * @import { CanHandle, PublishedKind, SavedFilter } from "../../types.d.ts"
 * @typedef {{ kinds: PublishedKind[], communities: any[], estates: any[],
 *   handlers: CanHandle[] }} Known
 */

import { html, nothing } from "lit-html";
import { narrowing } from "../../case_filters.js";
import { either, t } from "../../words.js";
import { icon } from "../parts.js";
import { stateWord } from "./pieces.js";

const STATES = [
  "reported",
  "fixed",
  "filed",
  "assigned",
  "in_progress",
  "extension_asked",
  "checking",
  "checked",
  "returned",
  "suspended",
  "referred",
  "closed",
  "rejected",
  "void",
  "joined",
];
const SOURCES = ["inspection", "complaint", "joint", "platform"];

/**
 * @param {CaseFilters} filters
 * @param {Known} known
 * @param {{ open: boolean, onOpen: (open: boolean) => void,
 *   narrow: (change: Partial<CaseFilters>) => void, widen: () => void }} more
 */
export function filterForm(filters, known, { open, onOpen, narrow, widen }) {
  const set = narrowing(filters);
  const stop = (/** @type {Event} */ event) => event.preventDefault();
  return html`
    <form class="case-filters" role="search" aria-label=${t("cases.filters")} @submit=${stop}>
      <div class="searching">
        ${icon("search")}
        <input
          class="input"
          id="case-search"
          type="search"
          autocomplete="off"
          aria-label=${t("cases.search")}
          placeholder=${t("cases.searchSays")}
          .value=${filters.q}
          @input=${(/** @type {any} */ event) => narrow({ q: event.target.value })}
        />
      </div>
      <details
        class="more-filters"
        .open=${open}
        @toggle=${(/** @type {any} */ event) => onOpen(event.target.open)}
      >
        <summary class="button">
          ${set ? t("cases.filtersSet", { n: set }) : t("cases.filters")}
        </summary>
        <div class="filters">
          ${filters.tab === "all" ? progress(filters, narrow) : nothing}
          <div class="field whole" role="group" aria-label=${t("filter.severity")}>
            <span class="label" aria-hidden="true">${t("filter.severity")}</span>
            <div class="choices">
              ${["1", "2", "3"].map(
                (each) => html`<button
                  class="button"
                  type="button"
                  aria-pressed=${filters.severity.includes(each)}
                  @click=${() =>
                    narrow({
                      severity: filters.severity.includes(each)
                        ? filters.severity.filter((other) => other !== each)
                        : [...filters.severity, each].sort(),
                    })}
                >
                  <i class="mark s${each}"></i>${t(/** @type {any} */ (`severity.${each}`))}
                </button>`,
              )}
            </div>
          </div>
          ${choice(
            "community",
            t("fact.community"),
            [
              ["", t("cases.anyCommunity")],
              ...known.communities.map(
                (each) =>
                  /** @type {[string, string]} */ ([
                    String(each.id),
                    either(each.properties.name, each.properties.name_en),
                  ]),
              ),
            ],
            filters,
            (community) => narrow({ community, estate: "" }),
          )}
          ${choice(
            "estate",
            t("fact.estate"),
            [
              ["", t("cases.anyEstate")],
              ...known.estates
                .filter(
                  ({ properties }) =>
                    !filters.community || String(properties.community) === filters.community,
                )
                .map(
                  (each) =>
                    /** @type {[string, string]} */ ([String(each.id), each.properties.name]),
                ),
            ],
            filters,
            (estate) => narrow({ estate }),
          )}
          ${choice(
            "source",
            t("cases.source"),
            [
              ["", t("cases.anySource")],
              ...SOURCES.map(
                (each) =>
                  /** @type {[string, string]} */ ([
                    each,
                    t(/** @type {any} */ (`cases.source.${each}`)),
                  ]),
              ),
            ],
            filters,
            (source) => narrow({ source }),
          )}
          ${choice(
            "kind",
            t("filter.kind"),
            [
              ["", t("filter.kindAll")],
              ...known.kinds.map(
                ({ slug, title_zh, title_en }) =>
                  /** @type {[string, string]} */ ([slug, either(title_zh, title_en)]),
              ),
            ],
            filters,
            (kind) => narrow({ kind }),
          )}
          ${known.handlers.length ? handling(filters, known, narrow) : nothing}
          <div class="field whole" role="group" aria-label=${t("cases.reported")}>
            <span class="label" aria-hidden="true">${t("cases.reported")}</span>
            <div class="between">
              ${["since", "until"].map(
                (each) => html`<input
                  class="input"
                  type="date"
                  aria-label=${t(/** @type {any} */ (`filter.${each}`))}
                  .value=${filters[/** @type {"since" | "until"} */ (each)]}
                  @change=${(/** @type {any} */ event) => narrow({ [each]: event.target.value })}
                />`,
              )}
            </div>
          </div>
          <label class="layer whole">
            <input
              type="checkbox"
              .checked=${Boolean(filters.mine)}
              @change=${(/** @type {any} */ event) => narrow({ mine: event.target.checked ? "1" : "" })}
            />
            <span class="grow">${t("cases.mine")}</span>
          </label>
          ${
            set
              ? html`<button class="button whole" type="button" @click=${widen}>
                  ${t("cases.widen")}
                </button>`
              : nothing
          }
        </div>
      </details>
    </form>`;
}

/** @param {CaseFilters} filters @param {(change: Partial<CaseFilters>) => void} narrow */
const progress = (filters, narrow) => html`
  ${choice(
    "status",
    t("cases.status"),
    ["open", "ended", "late", "any"].map((each) => [
      each,
      t(/** @type {any} */ (`cases.status.${each}`)),
    ]),
    filters,
    (status) => narrow({ status, state: "" }),
  )}
  ${choice(
    "state",
    t("cases.state"),
    [
      ["", t("cases.anyState")],
      ...STATES.map((each) => /** @type {[string, string]} */ ([each, stateWord(each)])),
    ],
    filters,
    (state) => narrow({ state }),
  )}`;

/** Units and companies in one list. @param {CaseFilters} filters @param {Known} known @param {(change: Partial<CaseFilters>) => void} narrow */
const handling = (filters, { handlers }, narrow) =>
  choice(
    "handler",
    t("cases.handler"),
    [
      ["", t("cases.anyHandler")],
      ...handlers
        .filter(({ id }) => id !== null)
        .map(({ kind, id, name }) => /** @type {[string, string]} */ ([`${kind} ${id}`, name])),
    ],
    {
      handler: filters.unit
        ? `unit ${filters.unit}`
        : filters.company && `company ${filters.company}`,
    },
    (told) => {
      const [kind, id = ""] = told.split(" ");
      narrow({ unit: kind === "unit" ? id : "", company: kind === "company" ? id : "" });
    },
  );

/** @param {string} name @param {string} says @param {[string, string][]} options @param {Record<string, any>} values @param {(value: string) => void} onChange */
const choice = (name, says, options, values, onChange) => html`
  <div class="field">
    <label for="filter-${name}">${says}</label>
    <select
      class="input"
      id="filter-${name}"
      @change=${(/** @type {any} */ event) => onChange(event.target.value)}
    >
      ${options.map(
        ([key, word]) =>
          html`<option value=${key} ?selected=${key === (values[name] ?? "")}>${word}</option>`,
      )}
    </select>
  </div>`;

/**
 * The views that are kept, one's own and those of colleagues.
 *
 * @param {{ saved: SavedFilter[], wrong: string, go: (query: string) => void,
 *   keep: (name: string, shared: boolean) => void, drop: (filter: SavedFilter) => void }} of
 */
export const savedViews = ({ saved, wrong, go, keep, drop }) => html`
  <details class="menu saved-views">
    <summary class="button">${t("cases.saved")}</summary>
    <div class="sheet-of-menu">
      ${saved.length ? nothing : html`<p class="soft small">${t("cases.savedNone")}</p>`}
      <ul>
        ${saved.map(
          (each) => html`<li>
            <button class="entry" type="button" @click=${() => go(each.query)}>
              <span>${each.name}${
                each.mine
                  ? nothing
                  : html`<br /><span class="tiny soft">${t("cases.savedOf", { name: each.owner_name })}</span>`
              }</span>
            </button>
            ${
              each.mine
                ? html`<button
                    class="button icon quiet"
                    type="button"
                    aria-label=${t("cases.unsave", { name: each.name })}
                    title=${t("cases.unsave", { name: each.name })}
                    @click=${() => drop(each)}
                  >
                    ${icon("bin")}
                  </button>`
                : nothing
            }
          </li>`,
        )}
      </ul>
      <form
        class="section"
        @submit=${(/** @type {any} */ event) => {
          event.preventDefault();
          const { name, shared } = event.target.elements;
          keep(name.value, shared.checked);
        }}
      >
        <label class="small" for="view-name">${t("cases.saveName")}</label>
        <input class="input" id="view-name" name="name" maxlength="60" required autocomplete="off" />
        ${wrong ? html`<p class="wrong small" role="alert">${wrong}</p>` : nothing}
        <label class="layer"><input type="checkbox" name="shared" />${t("cases.saveShared")}</label>
        <button class="button">${t("cases.save")}</button>
      </form>
    </div>
  </details>`;
