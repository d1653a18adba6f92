/**
 * Who has what today, and every round with how far it is.
 *
 * @import { Doing, Leave, Narrowed } from "../../giving.js"
 * @import { PublishedKind, Round } from "../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import { progressOf } from "../../giving.js";
import { dayWord } from "../../when.js";
import { either, t } from "../../words.js";
import { empty, icon, time } from "../parts.js";
import { chosen } from "./fields.js";

const MOST_LEFT = 12;

/** @param {Doing[]} people */
export const todayTable = (people) => html`
  <section class="section">
    <h3>${t("rounds.today")}</h3>
    ${
      people.length
        ? html`<div class="scrolling" role="region" tabindex="0" aria-label=${t("rounds.today")}>
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">${t("rounds.who")}</th>
                  <th scope="col">${t("rounds.list")}</th>
                  <th scope="col" class="number">${t("rounds.progress")}</th>
                </tr>
              </thead>
              <tbody>
                ${people.map(doing)}
              </tbody>
            </table>
          </div>`
        : html`<p>${t("rounds.noneToday")}</p>`
    }
  </section>`;

/** @param {Doing} doing */
const doing = ({ name, awayTo, rounds, covers, done, all }) => html`
  <tr>
    <th scope="row">
      ${name}
      ${awayTo ? html`<div class="soft tiny">${t("rounds.away", { name: awayTo })}</div>` : nothing}
      ${covers.map((each) => html`<div class="soft tiny">${t("rounds.covers", { name: each })}</div>`)}
    </th>
    <td>${rounds.length ? rounds.map((each) => each.name).join(t("list.comma")) : "–"}</td>
    <td class="number once">${all ? t("rounds.doneOf", { done, all }) : "–"}</td>
  </tr>`;

/**
 * @param {Narrowed} narrowed
 * @param {{ people: { username: string, name: string }[], communities: any[], kinds: PublishedKind[] }} known
 * @param {(change: Partial<Narrowed>) => void} narrow
 */
export const filterForm = (narrowed, { people, communities, kinds }, narrow) => html`
  <form class="filters" aria-label=${t("filter.title")} @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
    <div class="field whole" role="group" aria-label=${t("rounds.when")}>
      <div class="choices">
        ${["now", "coming", "past"].map(
          (when) => html`<button
            class="button"
            type="button"
            aria-pressed=${narrowed.when === when}
            @click=${() => narrow({ when })}
          >
            ${t(/** @type {any} */ (`rounds.when.${when}`))}
          </button>`,
        )}
      </div>
    </div>
    ${chosen(
      "who",
      t("rounds.who"),
      [["", t("rounds.everyone")], ...people.map(named)],
      narrowed.who,
      (who) => narrow({ who }),
    )}
    ${chosen(
      "kind",
      t("filter.kind"),
      [["", t("filter.kindAll")], ...kinds.map(kinded)],
      narrowed.kind,
      (kind) => narrow({ kind }),
    )}
    ${chosen(
      "community",
      t("fact.community"),
      [["", t("rounds.everywhere")], ...communities.map(placed)],
      narrowed.community,
      (community) => narrow({ community }),
    )}
  </form>`;

/** @param {{ username: string, name: string }} person @returns {[string, string]} */
const named = ({ username, name }) => [username, name];
/** @param {PublishedKind} kind @returns {[string, string]} */
const kinded = ({ slug, title_zh, title_en }) => [slug, either(title_zh, title_en)];
/** @param {any} community @returns {[string, string]} */
const placed = ({ id, properties }) => [String(id), either(properties.name, properties.name_en)];

/**
 * @param {Round[]} rounds
 * @param {{ any: boolean, kinds: PublishedKind[], day: string, open: (round: Round) => void,
 *   give: () => void, widen: () => void }} more `any`: there are rounds beside those narrowed to
 */
export const roundList = (rounds, { any, kinds, day, open, give, widen }) =>
  rounds.length
    ? html`<ul class="list rounds-list">
        ${rounds.map(
          (round) => html`<li>
            <button class="round-line" type="button" @click=${() => open(round)}>
              <b>${round.name}</b>
              <span class="soft small">${daysOf(round)}</span>
              <span class="soft small whole">${whose(round)} · ${kindsOf(round, kinds)}</span>
              ${standing(round, day)} ${meter(round)}
            </button>
          </li>`,
        )}
      </ul>`
    : any
      ? empty({
          title: t("rounds.none"),
          text: t("rounds.noneNarrowed"),
          act: t("rounds.widen"),
          onAct: widen,
        })
      : empty({
          title: t("rounds.none"),
          text: t("rounds.noneSays"),
          act: t("rounds.give"),
          onAct: give,
        });

/**
 * @param {Round} round
 * @param {{ kinds: PublishedKind[], day: string, nameOf: (estate: number) => string,
 *   close: () => void, change: () => void, handOver: () => void,
 *   cancel: () => void }} more
 */
export function roundCard(round, { kinds, day, nameOf, close, change, handOver, cancel }) {
  const shown = round.left.slice(0, MOST_LEFT);
  return html`
    <article class="feature-card card">
      <header>
        <div>
          <h2>${round.name}</h2>
          <p>${whose(round)}</p>
        </div>
        <button class="button icon quiet" type="button" title=${t("rounds.close")} aria-label=${t("rounds.close")} @click=${close}>
          ${icon("close")}
        </button>
      </header>
      <p>${daysOf(round)} ${round.shared ? nothing : standing(round, day)}</p>
      ${
        round.shared
          ? html`<p class="notice warn"><b>${t("rounds.shared", { names: sharers(round) })}</b></p>`
          : nothing
      }
      <p>${kindsOf(round, kinds)} · ${t("rounds.estates", { n: round.estates.length })}</p>
      ${meter(round)}
      ${round.note ? html`<p class="soft">${t("rounds.note")}: ${round.note}</p>` : nothing}
      ${
        shown.length
          ? html`<section class="section">
              <h3>${t("rounds.left")}</h3>
              <ul class="list left-list">
                ${shown.map(
                  (left) => html`<li>
                    <span>${nameOf(left.estate)}</span>
                    <span class="soft small">${kindName(left.kind, kinds)}</span>
                    <span class="soft small">${left.last ? html`${t("rounds.lastSeen", { when: "" })}${time(left.last)}` : t("rounds.neverSeen")}</span>
                  </li>`,
                )}
                ${
                  round.left.length > shown.length
                    ? html`<li class="soft small">${t("rounds.leftMore", { n: round.left.length - shown.length })}</li>`
                    : nothing
                }
              </ul>
            </section>`
          : nothing
      }
      <div class="choices">
        <button class="button" type="button" @click=${change}>${t("rounds.change")}</button>
        <button class="button" type="button" @click=${handOver}>${t("rounds.handOver")}</button>
        <button class="button" type="button" @click=${cancel}>${t("rounds.cancel")}</button>
      </div>
    </article>`;
}

/** @param {Round} round */
const whose = ({ inspector_name, stand_in_name }) =>
  stand_in_name
    ? `${inspector_name}（${t("rounds.away", { name: stand_in_name })}）`
    : inspector_name;

/** @param {Round} round */
const sharers = ({ shared_with }) =>
  [...new Set(shared_with.map((each) => each.inspector_name))].join(t("list.comma"));

/** @param {Round} round @param {string} day */
function standing(round, day) {
  const { done, all } = progressOf(round);
  if (all && done === all)
    return html`<span class="badge good"><i class="mark good"></i>${t("rounds.finished")}</span>`;
  if (round.until < day)
    return html`<span class="badge s2"><i class="mark s2"></i>${t("rounds.ranOut")}</span>`;
  if (round.shared)
    return html`<span class="badge accent">${t("rounds.shared", { names: sharers(round) })}</span>`;
  return nothing;
}

/** @param {Round} round */
function meter(round) {
  const { done, all } = progressOf(round);
  const said = t("rounds.progressSays", { done, all });
  return html`<span class="round-meter"
    ><meter class="share" min="0" max=${all || 1} value=${done} aria-label=${said}></meter
    ><span class="small">${t("rounds.doneOf", { done, all })}</span></span
  >`;
}

/** @param {{ since: string, until: string }} days */
const daysOf = ({ since, until }) =>
  t("rounds.days", { since: dayWord(since), until: dayWord(until) });

/** @param {Round} round @param {PublishedKind[]} kinds */
const kindsOf = (round, kinds) =>
  round.kinds.map((slug) => kindName(slug, kinds)).join(t("list.comma"));

/** @param {string} slug @param {PublishedKind[]} kinds */
function kindName(slug, kinds) {
  const kind = kinds.find((each) => each.slug === slug);
  return kind ? either(kind.title_zh, kind.title_en) : slug;
}

/**
 * @param {Leave[]} leaves
 * @param {{ enter: () => void, cancel: (leave: Leave) => void }} more
 */
export const leaveList = (leaves, { enter, cancel }) => html`
  <section class="section">
    <h3>${t("leave.title")}</h3>
    ${
      leaves.length
        ? html`<ul class="list left-list">
            ${leaves.map(
              (leave) => html`<li>
                <span>${t("leave.line", { name: leave.person_name, stand: leave.stand_in_name })}</span>
                <span class="soft small">${daysOf(leave)}</span>
                <button class="button quiet" type="button" @click=${() => cancel(leave)}>
                  ${t("leave.cancel")}
                </button>
              </li>`,
            )}
          </ul>`
        : html`<p>${t("leave.none")}</p>`
    }
    <div><button class="button" type="button" @click=${enter}>${t("leave.enter")}</button></div>
  </section>`;
