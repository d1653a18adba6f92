/**
 * Open cases that a complaint may be about, asked for as it is written.
 *
 * @import { Api } from "../../api.js"
 * @import { Taking } from "../../intake.js"
 * @typedef {{ id: string, number: number, title: string, state: string, source: string,
 *   estate_name: string | null, community_name: string, reported_at: string,
 *   same_estate: boolean, distance_m: number | null, words: number | null }} Alike
 */

import { html, nothing } from "lit-html";
import { t } from "../../words.js";
import { time } from "../parts.js";

const AFTER_MS = 300;

/** @param {Api} api @param {() => void} show */
export function openAlike(api, show) {
  /** @type {Alike[]} */
  let cases = [];
  /** @type {AbortController | null} */
  let asking = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let asked = "";

  /** @param {object} question */
  async function ask(question) {
    asking?.abort();
    asking = new AbortController();
    const reply = await api.ask("POST", "/api/v1/complaints/alike/", question, {
      signal: asking.signal,
    });
    // Without an answer the complaint is taken all the same: it can be joined later.
    if (reply.outcome !== "received") return;
    cases = reply.body.cases;
    show();
  }

  return {
    cases: () => cases,

    /** @param {Taking} taking */
    about({ mode, estate, point, text, title }) {
      const question = {
        ...(estate ? { estate } : {}),
        ...(point ? { place: { type: "Point", coordinates: point } } : {}),
        text: `${title} ${text}`.trim(),
      };
      const told = JSON.stringify(question);
      if (told === asked) return;
      asked = told;
      clearTimeout(timer);
      if (mode !== "complaint" || (!estate && !point)) {
        asking?.abort();
        cases = [];
        return;
      }
      timer = setTimeout(() => ask(question), AFTER_MS);
    },

    forget() {
      clearTimeout(timer);
      asking?.abort();
      asked = "";
      cases = [];
    },

    /** @param {string | null} join @param {(join: string | null) => void} onJoin */
    view(join, onJoin) {
      if (!cases.length) return nothing;
      return html`
        <section class="intake-alike" aria-live="polite">
          <h3>${t("intake.alike")}</h3>
          <p class="soft tiny">${t("intake.alikeSays")}</p>
          <ul>
            ${cases.map(
              (each) => html`<li class=${each.id === join ? "chosen" : ""}>
                <div class="grow">
                  <a href="/cases/#/${each.id}" target="_blank" rel="noopener"
                    >${t("cases.number", { n: each.number })} ${each.title}</a
                  >
                  <p class="soft tiny">
                    ${t(/** @type {any} */ (`cases.state.${each.state}`))} ·
                    ${[each.estate_name ?? each.community_name, ...likeness(each)].join(" · ")} ·
                    ${time(each.reported_at)}
                  </p>
                </div>
                <button
                  class="button"
                  type="button"
                  aria-pressed=${each.id === join}
                  @click=${() => onJoin(each.id === join ? null : each.id)}
                >
                  ${each.id === join ? t("intake.unjoin") : t("intake.join", { n: each.number })}
                </button>
              </li>`,
            )}
          </ul>
        </section>`;
    },
  };
}

/** Why it is thought to be the same. @param {Alike} alike */
export const likeness = ({ same_estate, distance_m, words }) => [
  ...(same_estate && distance_m === null ? [t("intake.alikeSame")] : []),
  ...(distance_m === null ? [] : [t("intake.alikeAway", { n: Math.round(distance_m) })]),
  ...(words ? [t("intake.alikeWords", { n: Math.round(words * 100) })] : []),
];
