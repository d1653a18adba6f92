/**
 * Giving a round: who, what for, when, and which estates. What somebody else already has is shown
 * as it is chosen, and is shared on purpose or left out.
 *
 * @import { Leave, Wish } from "../../giving.js"
 * @import { Estate, PublishedKind, Round } from "../../types.d.ts"
 * @import { Wrong } from "./fields.js"
 * @typedef {{ username: string, name: string, walks: { community: number | null, since: string, until: string | null }[] }} Inspector
 * @typedef {{ text: string, community: string, due: string }} Sought
 */

import { html, nothing } from "lit-html";
import { dueAt, overlapsOf } from "../../giving.js";
import { matching } from "../../search.js";
import { dayWord, dueWord } from "../../when.js";
import { either, t } from "../../words.js";
import { empty, notice } from "../parts.js";
import { chosen, sentence, ticked, typed } from "./fields.js";

const MOST_NAMED = 4;

/** Estates where this inspector walks. @param {Estate[]} estates @param {Inspector | undefined} inspector */
export function walked(estates, inspector) {
  if (!inspector || inspector.walks.some(({ community }) => community === null)) return estates;
  const where = new Set(inspector.walks.map(({ community }) => community));
  return estates.filter(({ properties }) => where.has(properties.community));
}

/**
 * @param {{ wish: Wish, id: number | null, sought: Sought, wrong: Wrong, saving: boolean,
 *   inspectors: Inspector[], estates: Estate[], communities: any[], kinds: PublishedKind[],
 *   rounds: Round[], set: (change: Partial<Wish>) => void, seek: (change: Partial<Sought>) => void,
 *   save: () => void, close: () => void }} form
 */
export function roundForm(form) {
  const { wish, id, wrong, saving, inspectors, kinds, rounds, set, save, close } = form;
  const asked = kinds.filter(({ slug }) => wish.kinds.includes(slug));
  const overlaps = overlapsOf(wish, rounds, id);
  return html`
    <form class="section round-form" novalidate @submit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      save();
    }}>
      ${Object.keys(wrong).length ? notice("warn", t("rounds.wrong")) : nothing}
      ${typed("name", t("rounds.name"), wrong, wish.name, (name) => set({ name }))}
      ${
        inspectors.length
          ? chosen(
              "inspector",
              t("rounds.who"),
              [
                ["", t("rounds.choosePerson")],
                ...inspectors.map(
                  ({ username, name }) => /** @type {[string, string]} */ ([username, name]),
                ),
              ],
              wish.inspector,
              (inspector) => set({ inspector }),
              wrong,
            )
          : notice("warn", t("rounds.noPeople"))
      }
      <fieldset class="field">
        <legend class="label">${t("rounds.kinds")}</legend>
        <div class="choices">
          ${kinds.map(
            ({ slug, title_zh, title_en }) => html`<button
              class="button"
              type="button"
              aria-pressed=${wish.kinds.includes(slug)}
              @click=${() => set({ kinds: toggled(wish.kinds, slug) })}
            >
              ${either(title_zh, title_en)}
            </button>`,
          )}
        </div>
        ${sentence("kinds", wrong)}
      </fieldset>
      <div class="between">
        ${typed("since", t("rounds.since"), wrong, wish.since, (since) => set({ since }), { type: "date" })}
        ${typed("until", t("rounds.until"), wrong, wish.until, (until) => set({ until }), { type: "date" })}
      </div>
      ${picker(form, asked)}
      ${typed("note", t("rounds.note"), wrong, wish.note, (note) => set({ note }), { most: 300 })}
      ${overlapping(form, overlaps)}
      <div class="choices">
        <button class="button primary" aria-disabled=${saving}>
          ${t(id === null ? "rounds.save" : "rounds.saveChange")}
        </button>
        <button class="button" type="button" @click=${close}>${t("cancel")}</button>
      </div>
    </form>`;
}

/**
 * @param {Parameters<typeof roundForm>[0]} form
 * @param {PublishedKind[]} asked
 */
function picker(
  { wish, id, sought, wrong, inspectors, estates, communities, rounds, set, seek },
  asked,
) {
  const mine = walked(
    estates,
    inspectors.find(({ username }) => username === wish.inspector),
  );
  const shown = soughtAmong(mine, sought, wish, asked);
  const where = new Set(mine.map(({ properties }) => properties.community));
  const others = othersAt(wish, id, mine, rounds);
  return html`
    <fieldset class="field">
      <legend class="label">${t("rounds.chosen", { n: wish.estates.length })}</legend>
      <p class="soft tiny">${t("rounds.tap")}</p>
      ${sentence("estates", wrong)}
      <input
        class="input"
        type="search"
        autocomplete="off"
        aria-label=${t("rounds.find")}
        placeholder=${t("rounds.findSays")}
        .value=${sought.text}
        @input=${(/** @type {any} */ event) => seek({ text: event.target.value })}
      />
      <div class="between">
        ${chosen(
          "in",
          t("fact.community"),
          [
            ["", t("rounds.everywhere")],
            ...communities
              .filter((each) => where.has(each.id))
              .map(
                (each) =>
                  /** @type {[string, string]} */ ([
                    String(each.id),
                    either(each.properties.name, each.properties.name_en),
                  ]),
              ),
          ],
          sought.community,
          (community) => seek({ community }),
        )}
        ${chosen(
          "due",
          t("rounds.due"),
          ["all", "due", "never", "chosen"].map((each) => [
            each,
            t(/** @type {any} */ (`rounds.due.${each}`)),
          ]),
          sought.due,
          (due) => seek({ due }),
        )}
      </div>
      ${
        shown.length
          ? html`<div class="estate-list" tabindex="0" role="group" aria-label=${t("fact.estate")}>
              ${shown.map((estate) =>
                ticked(
                  estate.properties.name,
                  wish.estates.includes(Number(estate.id)),
                  () => set({ estates: toggled(wish.estates, Number(estate.id)) }),
                  html`<span class="soft tiny">${others.get(Number(estate.id)) ? t("rounds.has", { name: others.get(Number(estate.id)) ?? "" }) : stateOf(estate, asked)}</span>`,
                ),
              )}
            </div>`
          : empty({ title: t("rounds.noEstates") })
      }
      <div class="choices">
        <button
          class="button"
          type="button"
          aria-disabled=${!shown.length}
          @click=${() => set({ estates: [...new Set([...wish.estates, ...shown.map((each) => Number(each.id))])] })}
        >
          ${t("rounds.all", { n: shown.length })}
        </button>
        <button class="button" type="button" aria-disabled=${!wish.estates.length} @click=${() => set({ estates: [] })}>
          ${t("rounds.clear")}
        </button>
      </div>
    </fieldset>`;
}

/** @param {Parameters<typeof roundForm>[0]} form @param {ReturnType<typeof overlapsOf>} overlaps */
function overlapping({ wish, wrong, estates, set }, overlaps) {
  if (!overlaps.length) return nothing;
  const names = new Map(estates.map((each) => [each.id, each.properties.name]));
  const lines = overlaps.map(({ round, estates: shared }) => {
    const named = shared.slice(0, MOST_NAMED).map((id) => names.get(id) ?? String(id));
    const more =
      shared.length > named.length ? ` ${t("rounds.overlapMore", { n: shared.length })}` : "";
    return t("rounds.overlapSays", {
      name: round.stand_in_name ?? round.inspector_name,
      round: round.name,
      since: dayWord(round.since),
      until: dayWord(round.until),
      estates: named.join(t("list.comma")) + more,
    });
  });
  return notice(
    "warn",
    t("rounds.overlap"),
    html`<ul>
        ${lines.map((line) => html`<li>${line}</li>`)}
      </ul>
      ${ticked(t("rounds.share"), wish.shared, (shared) => set({ shared }))}
      ${sentence("shared", wrong)}
      ${
        wish.shared
          ? nothing
          : html`<button
              class="button"
              type="button"
              @click=${() => {
                const taken = new Set(overlaps.flatMap((each) => each.estates));
                set({ estates: wish.estates.filter((each) => !taken.has(each)) });
              }}
            >
              ${t("rounds.leaveOut")}
            </button>`
      }`,
  );
}

/**
 * Who else has an estate for these kinds and days.
 * @param {Wish} wish @param {number | null} id @param {Estate[]} estates @param {Round[]} rounds
 */
function othersAt(wish, id, estates, rounds) {
  const everywhere = { ...wish, estates: estates.map((each) => Number(each.id)) };
  const others = wish.inspector ? overlapsOf(everywhere, rounds, id) : [];
  return new Map(
    others.flatMap(({ round, estates: shared }) =>
      shared.map((each) => [each, round.stand_in_name ?? round.inspector_name]),
    ),
  );
}

/** @param {Estate[]} estates @param {Sought} sought @param {Wish} wish @param {PublishedKind[]} asked */
function soughtAmong(estates, { text, community, due }, wish, asked) {
  return matching(estates, text).filter((estate) => {
    if (community && String(estate.properties.community) !== community) return false;
    if (due === "chosen") return wish.estates.includes(Number(estate.id));
    if (due === "all") return true;
    const state = dueAt(estate, asked)?.state;
    return due === "never" ? state === "never" : state !== undefined && state !== "fine";
  });
}

/** @param {Estate} estate @param {PublishedKind[]} asked */
function stateOf(estate, asked) {
  const state = dueAt(estate, asked);
  return state ? dueWord(state) : nothing;
}

/** @template T @param {T[]} list @param {T} one @returns {T[]} */
export const toggled = (list, one) =>
  list.includes(one) ? list.filter((each) => each !== one) : [...list, one];

/**
 * @param {{ leave: Omit<Leave, "id" | "person_name" | "stand_in_name">, wrong: Wrong,
 *   saving: boolean, inspectors: Inspector[], set: (change: Partial<Leave>) => void,
 *   save: () => void, close: () => void }} form
 */
export function leaveForm({ leave, wrong, saving, inspectors, set, save, close }) {
  /** @type {[string, string][]} */
  const people = [
    ["", t("rounds.choosePerson")],
    ...inspectors.map(({ username, name }) => /** @type {[string, string]} */ ([username, name])),
  ];
  return html`
    <form class="section round-form" novalidate @submit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      save();
    }}>
      <p>${t("leave.says")}</p>
      ${chosen("person", t("leave.person"), people, leave.person, (person) => set({ person }), wrong)}
      <div class="between">
        ${typed("since", t("rounds.since"), wrong, leave.since, (since) => set({ since }), { type: "date" })}
        ${typed("until", t("rounds.until"), wrong, leave.until, (until) => set({ until }), { type: "date" })}
      </div>
      ${chosen(
        "stand_in",
        t("leave.standIn"),
        people.filter(([username]) => !username || username !== leave.person),
        leave.stand_in,
        (stand_in) => set({ stand_in }),
        wrong,
      )}
      <div class="choices">
        <button class="button primary" aria-disabled=${saving}>${t("leave.save")}</button>
        <button class="button" type="button" @click=${close}>${t("cancel")}</button>
      </div>
    </form>`;
}
