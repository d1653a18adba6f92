/**
 * What each rule says of a site, the worst first: at once as it is drawn, and then as the server
 * judged it.
 *
 * @import { Verdict } from "../../drawing/types.d.ts"
 * @import { Look } from "../../drawing/verdicts.js"
 * @typedef {{ state: "none" | "asking" | "unreachable", verdicts: null, why: string } |
 *   { state: "refused", verdicts: null, why: string } |
 *   { state: "checked", verdicts: Verdict[], why: string }} Checked what the server said of the
 *   site as it stands
 */

import { html, nothing } from "lit-html";
import { counted, differing, lookOf, worstFirst, worstOf } from "../../drawing/verdicts.js";
import { dayWord } from "../../when.js";
import { either, t, WORDS } from "../../words.js";
import { notice, waiting } from "../parts.js";

export const LOOKS = /** @type {const} */ (["breach", "warn", "cant_tell", "note", "ok"]);

/** Verdict by shape, colour and word. @param {Look} look @param {string} [word] */
export const lookBadge = (look, word = t(`verdict.${look}`)) =>
  html`<span class="badge look ${look}"><i class="mark look ${look}"></i>${word}</span>`;

/** In one line. @param {Verdict[]} verdicts */
export const countedLine = (verdicts) => {
  const { breach, warn, cant_tell, ok } = counted(verdicts);
  return t("verdict.all", { breach, warn, cant_tell, ok });
};

/** What the marks mean. */
export const verdictLegend = () => html`
  <details class="legend" ?open=${matchMedia("(min-width: 64rem)").matches}>
    <summary>${t("legend.verdicts")}</summary>
    <p>${t("legend.says")}</p>
    <div class="signs">${LOOKS.map((look) => lookBadge(look))}</div>
  </details>`;

/**
 * @param {{ here: Verdict[] | null, checked: Checked, dragging: boolean, unread: boolean,
 *   look: (verdict: Verdict) => void, again: () => void }} told `unread`: what lies around could
 *   not be read
 */
export function checks({ here, checked, dragging, unread, look, again }) {
  const verdicts = checked.verdicts && !dragging ? checked.verdicts : here;
  return html`
    <div class="verdicts">
      ${standing(checked, dragging, again)}
      ${checked.verdicts && here && !dragging ? differences(here, checked.verdicts) : nothing}
      ${
        verdicts
          ? html`
              <p class="verdict-sum">${lookBadge(worstOf(verdicts))} <span>${countedLine(verdicts)}</span></p>
              ${verdicts.length ? nothing : html`<p>${t("verdict.nothing")}</p>`}
              <ol class="list">
                ${worstFirst(verdicts).map((each) => line(each, look))}
              </ol>`
          : unread
            ? notice("warn", t("verdict.noGround"))
            : html`<p class="soft small">${t("verdict.loading")}</p>
                ${waiting(3)}`
      }
    </div>`;
}

/** Who judged it. @param {Checked} checked @param {boolean} dragging @param {() => void} again */
function standing({ state, why }, dragging, again) {
  if (state === "refused")
    return notice(
      "bad",
      t("verdict.refused", { why }),
      html`<button class="button" type="button" @click=${again}>${t("again")}</button>`,
    );
  const says = dragging
    ? t("verdict.here")
    : {
        none: t("verdict.here"),
        asking: t("verdict.checking"),
        unreachable: t("verdict.unreachable"),
        checked: t("verdict.server"),
      }[state];
  return html`<p class="soft small verdict-who" data-state=${dragging ? "here" : state}>${says}</p>`;
}

/** @param {Verdict[]} here @param {Verdict[]} there */
function differences(here, there) {
  // What this device was never told, it can't tell: that is no difference of judgement.
  const pairs = differing(here, there).filter(
    (pair) => pair.here && pair.here.verdict !== "cant_tell",
  );
  if (!pairs.length) return nothing;
  return notice(
    "warn",
    t("verdict.differs"),
    html`<ul>
      ${pairs.map(
        (pair) =>
          html`<li>
            ${t("verdict.differsLine", { code: pair.code, here: said(pair.here), there: said(pair.there) })}
          </li>`,
      )}
    </ul>`,
  );
}

/** @param {Verdict | null} verdict */
function said(verdict) {
  if (!verdict) return "–";
  const value = measured(verdict.value, verdict.unit);
  return `${t(`verdict.${lookOf(verdict)}`)}${value ? ` ${value}` : ""}`;
}

/** @param {Verdict} verdict @param {(verdict: Verdict) => void} look */
function line(verdict, look) {
  const { code, force, value, limit, unit, sure, decides } = verdict;
  const seen = lookOf(verdict);
  const why = either(verdict.why_zh ?? "", verdict.why_en);
  const source = either(verdict.source_zh, verdict.source_en);
  return html`
    <li class="verdict ${seen}" data-code=${code} data-verdict=${verdict.verdict}>
      <p class="verdict-head">
        ${lookBadge(seen)}
        <b>${either(verdict.zh, verdict.en)}</b>
      </p>
      <p class="soft small">
        <span class="code">${code}</span> ${measureWord(verdict.measure)} · ${t(`verdict.force.${force}`)}
        ${
          value === null
            ? nothing
            : html` · ${t("verdict.value")} <b class="figure">${measured(value, unit)}</b>`
        }
        ${limit === null ? nothing : html` · ${t("verdict.limit")} ${measured(limit, unit)}`}
      </p>
      ${
        verdict.verdict === "cant_tell" && why
          ? html`<p class="small">${t("verdict.layerMissing")}${t("colon")}${why}</p>`
          : nothing
      }
      <p class="soft tiny">
        ${t("verdict.source")}${t("colon")}${source || "–"}
        ${verdict.source_on ? html` (${dayWord(verdict.source_on)})` : nothing} ·
        <span class="sure ${sure}">${t(`verdict.sure.${sure}`)}</span>
        ${
          decides
            ? html`<button class="link" type="button" @click=${() => look(verdict)}>
                ${t("verdict.look")}
              </button>`
            : nothing
        }
      </p>
    </li>`;
}

/** What a rule measures. A newer server may have one that this page knows no word for. @param {string} measure */
export const measureWord = (measure) =>
  `measure.${measure}` in WORDS ? t(/** @type {any} */ (`measure.${measure}`)) : measure;

/** @param {number | null} value @param {string} unit */
export function measured(value, unit) {
  if (value === null) return "";
  const number = Number.isInteger(value) ? String(value) : value.toFixed(2);
  return { m: `${number}\u00a0m`, m2: `${number}\u00a0m²` }[unit] ?? number;
}
