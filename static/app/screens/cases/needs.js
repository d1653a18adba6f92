/**
 * The fields of a move, each only where the move needs it.
 *
 * @import { Handler, Told } from "../../case_moves.js"
 * @import { CanHandle } from "../../types.d.ts"
 * @typedef {{ username: string, name: string }} Somebody
 */

import { html, nothing } from "lit-html";
import { today } from "../../days.js";
import { t } from "../../words.js";
import { sentence } from "../rounds/fields.js";

const BODIES = ["fire", "urban", "police", "other"];

/**
 * @param {{ needs: readonly string[], must: readonly string[], told: Told,
 *   wrong: Record<string, string>, handlers: CanHandle[], approvers: Somebody[],
 *   byRule?: string, set: (change: Partial<Told>) => void }} of `must`: what can't be left out;
 *   `byRule`: whom the rules of dispatch choose
 */
export function needFields({ needs, must, told, wrong, handlers, approvers, byRule, set }) {
  const chosen = handlers.find((each) => keyOf(each) === keyOfTold(told.handler));
  return html`
    ${
      needs.includes("handler")
        ? html`${select(
            "handler",
            t("cases.handler"),
            [
              ["", byRule ? t("cases.byRuleTo", { name: byRule }) : t("cases.byRule")],
              ...handlers.map(
                (each) => /** @type {[string, string]} */ ([keyOf(each), nameOf(each)]),
              ),
            ],
            keyOfTold(told.handler),
            wrong,
            (key) => set({ handler: handlerOf(handlers, key) }),
          )}
          ${
            chosen?.people.length
              ? select(
                  "person",
                  t("cases.person"),
                  [["", t("cases.anyPerson")], ...chosen.people.map(namedPair)],
                  told.handler?.person ?? "",
                  wrong,
                  (person) => {
                    const { person: _, ...handler } = /** @type {Handler} */ (told.handler);
                    set({ handler: person ? { ...handler, person } : handler });
                  },
                )
              : nothing
          }`
        : nothing
    }
    ${
      needs.includes("body")
        ? select(
            "body",
            t("cases.body"),
            [
              ["", t("rounds.choosePerson")],
              ...BODIES.map(
                (each) =>
                  /** @type {[string, string]} */ ([
                    each,
                    t(/** @type {any} */ (`cases.body.${each}`)),
                  ]),
              ),
            ],
            told.body,
            wrong,
            (body) => set({ body }),
          )
        : nothing
    }
    ${
      needs.includes("until")
        ? html`<div class="field">
            <label for="move-until">${t("cases.until")}</label>
            <input
              class="input"
              id="move-until"
              type="date"
              min=${today()}
              aria-invalid=${Boolean(wrong.until)}
              aria-describedby="wrong-until"
              .value=${told.until}
              @input=${(/** @type {any} */ event) => set({ until: event.target.value })}
            />
            ${sentence("until", wrong)}
          </div>`
        : nothing
    }
    ${
      needs.includes("approver")
        ? select(
            "approver",
            t("cases.approver"),
            [["", t("rounds.choosePerson")], ...approvers.map(namedPair)],
            told.approver,
            wrong,
            (approver) => set({ approver }),
          )
        : nothing
    }
    ${
      needs.includes("note")
        ? html`<div class="field">
            <label for="move-note"
              >${t("cases.note")}${
                must.includes("note")
                  ? nothing
                  : html` <span class="soft tiny">${t("cases.optional")}</span>`
              }</label
            >
            <textarea
              class="input"
              id="move-note"
              rows="2"
              maxlength="2000"
              aria-invalid=${Boolean(wrong.note)}
              aria-describedby="wrong-note"
              .value=${told.note}
              @input=${(/** @type {any} */ event) => set({ note: event.target.value })}
            ></textarea>
            ${sentence("note", wrong)}
          </div>`
        : nothing
    }`;
}

/** @param {string} name @param {string} says @param {[string, string][]} options @param {string} value @param {Record<string, string>} wrong @param {(value: string) => void} onChange */
export const select = (name, says, options, value, wrong, onChange) => html`
  <div class="field">
    <label for="move-${name}">${says}</label>
    <select
      class="input"
      id="move-${name}"
      aria-invalid=${Boolean(wrong[name])}
      aria-describedby="wrong-${name}"
      @change=${(/** @type {any} */ event) => onChange(event.target.value)}
    >
      ${options.map(
        ([key, word]) => html`<option value=${key} ?selected=${key === value}>${word}</option>`,
      )}
    </select>
    ${sentence(name, wrong)}
  </div>`;

/** @param {Somebody} somebody @returns {[string, string]} */
const namedPair = ({ username, name }) => [username, name];

/** @param {{ kind: string, id: number | null }} handler */
const keyOf = ({ kind, id }) => `${kind} ${id ?? ""}`;

/** @param {Handler | null} told */
const keyOfTold = (told) =>
  told ? keyOf({ kind: told.kind, id: told.unit ?? told.company ?? null }) : "";

/** @param {CanHandle} handler */
const nameOf = ({ kind, name }) => (kind === "community" ? t("cases.handler.community") : name);

/** @param {CanHandle[]} handlers @param {string} key @returns {Handler | null} */
function handlerOf(handlers, key) {
  const found = handlers.find((each) => keyOf(each) === key);
  if (!found) return null;
  return { kind: found.kind, ...(found.id === null ? {} : { [found.kind]: found.id }) };
}
