/**
 * The small signs of a case: its state by shape and word, its deadline as people say it.
 *
 * @import { CaseProperties, PublishedKind } from "../../types.d.ts"
 * @import { Told } from "../../deadline.js"
 * @typedef {{ now: Date, works: (day: string) => boolean }} Clock
 */

import { html, nothing } from "lit-html";
import { deadline } from "../../deadline.js";
import { full } from "../../when.js";
import { either, t } from "../../words.js";

/** How far a case is, by the shape of its sign. @type {Record<string, string>} */
const SHAPES = {
  reported: "new",
  filed: "new",
  returned: "back",
  assigned: "given",
  in_progress: "given",
  extension_asked: "asking",
  fixed: "looking",
  checking: "looking",
  checked: "looking",
  suspended: "paused",
  referred: "away",
  closed: "done",
  rejected: "over",
  void: "over",
  joined: "over",
};

/**
 * What it is about: of what was found, the item's wording in the language that is spoken.
 * @param {CaseProperties} row @param {PublishedKind[]} kinds
 */
export function titleOf({ kind, item, title }, kinds) {
  const wording = kinds
    .find(({ slug }) => slug === kind)
    ?.items.find(({ code, zh }) => code === item && zh.startsWith(title));
  return wording ? either(title, wording.en) : title;
}

/** @param {string} state */
export const stateWord = (state) => t(/** @type {any} */ (`cases.state.${state}`));

/** @param {string} move */
export const moveWord = (move) => t(/** @type {any} */ (`cases.move.${move}`));

/** The same once it is made. @param {string} move */
export const madeWord = (move) => t(/** @type {any} */ (`cases.was.${move}`));

/** @param {string} state */
export const stateBadge = (state) =>
  html`<span class="state ${SHAPES[state] ?? ""}"><i aria-hidden="true"></i>${stateWord(state)}</span>`;

/** @param {Told} told @param {string} due */
const dueWords = ({ tone, word }, due) =>
  html`<time class="due ${tone}" datetime=${due} title=${full(due)}>${tone === "late" ? html`<i class="mark s1" aria-hidden="true"></i>` : nothing}${word}</time>`;

/** @param {string | null} due @param {Clock} clock */
export const dueTold = (due, { now, works }) =>
  due ? dueWords(deadline(due, now, works), due) : nothing;

/** A deadline counted by weekdays only, until the holidays are known. */
export const provisional = () =>
  html`<span class="badge" title=${t("cases.provisionalSays")}>${t("cases.provisional")}</span>`;

/** Both deadlines in a line of the list. @param {CaseProperties} row @param {Clock} clock */
export function dueOf(row, clock) {
  if (row.ended_at)
    return html`<time class="due" datetime=${row.ended_at} title=${full(row.ended_at)}>–</time>`;
  if (row.paused) return html`<span class="due">${t("cases.paused")}</span>`;
  const step = row.step_due_at && row.step_due_at !== row.due_at;
  return html`
    ${dueTold(row.due_at, clock)} ${row.provisional && row.due_at ? provisional() : nothing}
    ${
      step
        ? html`<div class="tiny soft">${t("cases.stepDue")} ${dueTold(row.step_due_at, clock)}</div>`
        : nothing
    }`;
}

/** @param {CaseProperties["handler"]} handler */
export const handlerName = (handler) =>
  handler
    ? handler.name || t(/** @type {any} */ (`cases.handler.${handler.kind}`))
    : t("cases.noHandler");

/** @param {CaseProperties} row */
export const placeName = ({ estate_name, community_name }) =>
  [estate_name, community_name].filter(Boolean).join(" · ");
