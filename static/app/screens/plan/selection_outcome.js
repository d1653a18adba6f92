/**
 * How far a selection is, what came of it, and why some are not reached.
 *
 * @import { Result, Selection, Terms } from "../../weighing/types.d.ts"
 *
 * @typedef {{ shown: Selection, mayRun: boolean, closed: boolean,
 *   act: (what: "cancel" | "take") => void, apply: (parameters: Partial<Terms>) => void }} Told
 *   `closed`: something of it is on its way; `apply`: once more with these put otherwise
 */

import { html, nothing } from "lit-html";
import { either, t } from "../../words.js";
import { notice } from "../parts.js";
import { curve } from "./curve.js";
import { percent, whole } from "./figures.js";

/** @param {Told} told */
export function outcome(told) {
  const { state, progress, result, error } = told.shown;
  if (state === "queued")
    return notice("", t("select.queued"), html`<p>${t("select.queuedSays")}</p>${stop(told)}`);
  if (state === "running") {
    return html`<div role="status">
      ${notice("", t("select.running"), html`<p>${soFar(progress)}</p><progress></progress>${stop(told)}`)}
    </div>`;
  }
  if (state === "cancelled") return notice("warn", t("select.cancelled"));
  if (state === "failed" || !result) return notice("bad", t("select.failed"), wentWrong(error));
  return found(told, result);
}

/** What is known of it by now: at first nothing is. @param {Selection["progress"]} progress */
const soFar = (progress) =>
  [
    ...said(progress?.seconds, (seconds) => t("select.ranFor", { seconds: whole(seconds) })),
    ...said(progress?.objective, (objective) => t("select.best", { objective: whole(objective) })),
    ...said(progress?.gap, (gap) => t("select.gapNow", { gap: percent(gap) })),
  ].join(" · ");

/** What the worker says is a code, and perhaps a number. @param {string | null} error */
function wentWrong(error) {
  const [code = "", n = ""] = (error ?? "").split(": ");
  if (code === "too_many_candidates") return t("select.tooMany", { n: whole(Number(n)) });
  return t("select.failedSays", { code });
}

/** @param {Told} told */
const stop = ({ mayRun, closed, act }) =>
  mayRun
    ? html`<button class="button" type="button" ?disabled=${closed} @click=${() => act("cancel")}>
        ${t("select.cancel")}
      </button>`
    : nothing;

/** @param {Told} told @param {Result} result */
function found({ shown, mayRun, closed, act, apply }, result) {
  const sites = result.sites.features;
  const values = { n: sites.length, served: whole(result.served), demand: whole(result.demand) };
  const tone = result.status === "optimal" ? "good" : result.status === "feasible" ? "" : "warn";
  const about = html`
    ${sites.length ? html`<p>${t("select.resultSays", values)}</p>` : nothing}
    ${shown.model === "pmedian" && result.objective !== null ? html`<p>${t("select.walkSays", { metres: whole(result.objective) })}</p>` : nothing}
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
            shown.taken_at
              ? html`<p class="soft">${t("select.taken", { n: sites.length })}</p>`
              : mayRun
                ? html`<button class="button primary" type="button" ?disabled=${closed} @click=${() => act("take")}>
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
    ${blocked(result, mayRun ? apply : null)} ${curve(result.curve)}
    ${
      result.barred.length
        ? html`<p class="soft small">
            ${t("select.barred", { list: result.barred.map(({ rule, count }) => `${rule} × ${count}`).join(" · ") })}
          </p>`
        : nothing
    }`;
}

/** @param {Result} result @param {Told["apply"] | null} apply */
const blocked = ({ blocked: rows, changes }, apply) => html`
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
                  apply
                    ? html`<button class="button" type="button" @click=${() => apply(each.parameters)}>${t("select.apply")}</button>`
                    : nothing
                }
              </li>`,
            )}
          </ul>
        </section>`
      : nothing
  }`;

/** @param {number | null | undefined} value @param {(value: number) => string} say @returns {string[]} */
const said = (value, say) => (value === null || value === undefined ? [] : [say(value)]);
