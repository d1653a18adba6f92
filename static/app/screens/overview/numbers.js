/**
 * Few numbers, each with its change and what it means; and the same by time, kind or place.
 *
 * @import { Answer } from "../../leading/answers.js"
 * @import { Figures, Grid, Measure } from "../../leading/types.d.ts"
 * @import { View } from "../../leading/view.js"
 * @typedef {{ at: [number, number], value: number, name: string, name_en: string }} Densest
 */

import { html, nothing } from "lit-html";
import { today } from "../../days.js";
import { askedAt, daysOf } from "../../leading/frames.js";
import { rowsOf } from "../../leading/rows.js";
import { peakOf } from "../../leading/shades.js";
import { changeOf, intervalOf, madeOf, plain, unitOf, whole } from "../../leading/told.js";
import { BYS } from "../../leading/view.js";
import { contains } from "../../metres.js";
import { dayShort, dayWord } from "../../when.js";
import { either, t } from "../../words.js";
import { trouble } from "../desk.js";
import { empty, waiting } from "../parts.js";
import { ofWord } from "./card.js";
import { bars, columns } from "./charts.js";
import { choice } from "./filter_form.js";

/**
 * @param {View} view
 * @param {{ places: Answer, was: Answer | null, open: Answer, overdue: Answer, days: number,
 *   said: string, densest: Densest | null, unit: string }} told `was`: of so many days right
 *   before the period; `said`: what is chosen, in words; `unit`: of the heat
 * @param {{ again: () => void, widen: () => void, showPlace: (at: [number, number]) => void }} ways
 */
export function numbers(view, told, { again, widen, showPlace }) {
  const { places, was, open, overdue, days, said, densest: peak, unit } = told;
  if (places.failed) return trouble(places.failed, again);
  /** @type {Figures | null} */
  const figures = places.body;
  if (!figures) return waiting(4);
  const { total, measure } = figures;
  const nothingThere = !total.n && !places.waiting;
  const ofCases = measure.slug === "overdue";
  return html`
    <dl class="big-numbers lead-numbers" aria-busy=${places.waiting}>
      <div class="big-number first ${ofCases && total.n ? "danger" : ""}">
        <dt><span>${either(measure.title_zh, measure.title_en)}</span> ${ofMoment(measure) ? nothing : html`<small>${said}</small>`}</dt>
        <dd>${way(rowsOf(view), plain(total.value))} <small class="soft">${unitOf(measure)}</small></dd>
        <dd class="says">${[madeOf(measure.slug, total), intervalOf(total)].filter(Boolean).join(" · ")}
          ${total.of ? html`· <a href=${rowsOf(view, {}, { of: "1" })}>${t(ofWord(measure))}</a>` : nothing}</dd>
        <dd class="says change">${was ? change(figures, was, days) : nothing}</dd>
        ${
          peak
            ? html`<dd class="says"><button class="link" type="button" @click=${() => showPlace(peak.at)}>${t("number.densest", { name: either(peak.name, peak.name_en), value: plain(Math.round(peak.value)), unit })}</button></dd>`
            : nothing
        }
      </div>
      ${measure.slug === "open" ? nothing : moment(t("number.open"), t("number.openSays"), open, rowsOf(view, { measure: "open" }))}
      ${ofCases ? nothing : moment(t("number.overdue"), t("number.overdueSays"), overdue, rowsOf(view, { measure: "overdue" }), true)}
    </dl>
    ${
      nothingThere
        ? empty({
            title: t("overview.none"),
            text: t("overview.noneSays"),
            act: t("overview.all"),
            onAct: widen,
          })
        : nothing
    }`;
}

/**
 * Where most gathers, by the heat that is shown; null where there is none, or it is in no community.
 *
 * @param {{ grid: Grid } | null} heat
 * @param {any[]} communities
 * @returns {Densest | null}
 */
export function densest(heat, communities) {
  const peak = heat && peakOf(heat.grid);
  if (!peak) return null;
  const town = communities.find(({ geometry }) => geometry && contains(geometry, peak.at));
  if (!town) return null;
  return { ...peak, name: town.properties.name, name_en: town.properties.name_en };
}

/** Of a moment, a period says nothing. @param {Measure} measure */
const ofMoment = ({ slug }) => slug === "open" || slug === "overdue";

/** @param {Figures} figures @param {Answer} was @param {number} days */
function change({ total, measure }, { body, waiting: late }, days) {
  if (!body || late) return "…";
  const [now, then] = [total.value, body.total.value];
  if (then === null || now === null) return t("number.none");
  const moment = ofMoment(measure);
  if (!then && now) return t(moment ? "number.noneAt" : "number.noneThen", { days });
  return t(moment ? "number.changeSince" : "number.change", { change: changeOf(now, then), days });
}

/** @param {string} title @param {string} says @param {Answer} answer @param {string} href @param {boolean} [bad] */
const moment = (title, says, { body, failed }, href, bad = false) => html`
  <div class="big-number ${bad && body?.total.n ? "danger" : ""}">
    <dt>${title}</dt>
    <dd>${failed ? "–" : body ? html`${way(href, whole(body.total.n))} <small class="soft">${unitOf(body.measure)}</small>` : "…"}</dd>
    <dd class="says">${says}</dd>
  </div>`;

/** @param {string} href @param {string} says */
const way = (href, says) => html`<a href=${href} title=${t("number.rows")}>${says}</a>`;

/**
 * @param {View} view
 * @param {string} step of the time
 * @param {Answer} answer figures by `view.by`
 * @param {{ at: number, look: (at: number) => void, narrow: (change: Partial<View>) => void,
 *   again: () => void }} ways
 */
export function grouped(view, step, { body, failed, waiting: late }, ways) {
  /** @type {Figures | null} */
  const figures = body;
  return html`
    <section class="section">
      <div class="choices by" role="group" aria-label=${t("by.choose")}>
        ${BYS.map((by) => choice(t(`by.${by}`), view.by === by, () => ways.narrow({ by })))}
      </div>
      <div aria-busy=${late}>
        ${failed ? trouble(failed, ways.again) : !figures || late ? waiting(3) : drawn(view, step, figures, ways)}
      </div>
    </section>`;
}

/**
 * @param {View} view @param {string} step @param {Figures} figures
 * @param {{ at: number, look: (at: number) => void, narrow: (change: Partial<View>) => void }} ways
 */
function drawn(view, step, figures, { at, look, narrow }) {
  const last = view.until || today();
  if (view.by === "time")
    return columns(figures, {
      at,
      look,
      word: (place) => {
        const { since, until } = daysOf(figures.rows, place, last);
        if (step === "month") return since.slice(0, 7);
        return since === until
          ? dayWord(since)
          : t("card.step", { from: dayWord(since), to: dayWord(until) });
      },
      short: (place) => {
        const { name } = /** @type {import("../../leading/types.d.ts").Row} */ (
          figures.rows[place]
        );
        return step === "month" ? name.slice(0, 7) : dayShort(name);
      },
      rows: (place) =>
        rowsOf(askedAt({ ...view, mode: "within" }, daysOf(figures.rows, place, last))),
    });
  const name = /** @type {"kind"} */ (view.by);
  return bars(figures, {
    narrow: (key) => narrow({ [name]: [key] }),
    rows: (key) =>
      key === null
        ? rowsOf(view, {}, { no_company: "1" })
        : rowsOf({ ...view, [name]: [String(key)] }),
  });
}
