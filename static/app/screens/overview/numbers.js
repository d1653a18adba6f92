/**
 * Few numbers, each with its change and what it means; and the same by time, kind or place.
 *
 * @import { Answer } from "../../leading/answers.js"
 * @import { Figure, Figures } from "../../leading/types.d.ts"
 * @import { View } from "../../leading/view.js"
 */

import { html, nothing } from "lit-html";
import { today } from "../../days.js";
import { daysOf } from "../../leading/frames.js";
import { rowsOf } from "../../leading/rows.js";
import { changeOf, intervalOf, madeOf, plain, unitOf, whole } from "../../leading/told.js";
import { BYS } from "../../leading/view.js";
import { dayWord } from "../../when.js";
import { either, t } from "../../words.js";
import { trouble } from "../desk.js";
import { empty, waiting } from "../parts.js";
import { bars, columns } from "./charts.js";
import { choice } from "./filter_form.js";

/**
 * @param {View} view
 * @param {{ places: Answer, was: Answer | null, open: Answer, overdue: Answer, days: number }} told
 *   `was`: of so many days right before the period
 * @param {{ again: () => void, widen: () => void }} ways
 */
export function numbers(view, { places, was, open, overdue, days }, { again, widen }) {
  if (places.failed) return trouble(places.failed, again);
  /** @type {Figures | null} */
  const figures = places.body;
  if (!figures) return waiting(4);
  const { total, measure } = figures;
  const nothingThere = !total.n && !places.waiting;
  return html`
    <dl class="big-numbers lead-numbers" aria-busy=${places.waiting}>
      <div class="big-number first">
        <dt>${either(measure.title_zh, measure.title_en)}</dt>
        <dd>${way(rowsOf(view), plain(total.value))} <small class="soft">${unitOf(measure)}</small></dd>
        <dd class="says">${[madeOf(measure.slug, total), intervalOf(total)].filter(Boolean).join(" · ")}</dd>
        <dd class="says">${was ? change(total, was, days) : nothing}</dd>
      </div>
      ${moment(t("number.open"), t("number.openSays"), open, rowsOf(view, { measure: "open" }))}
      ${moment(t("number.overdue"), t("number.overdueSays"), overdue, rowsOf(view, { measure: "overdue" }), true)}
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

/** @param {Figure} total @param {Answer} was @param {number} days */
function change(total, { body, waiting: late }, days) {
  if (!body || late) return "…";
  if (body.total.value === null || total.value === null) return t("number.none");
  return t("number.change", { change: changeOf(total.value, body.total.value), days });
}

/** @param {string} title @param {string} says @param {Answer} answer @param {string | null} href @param {boolean} [bad] */
const moment = (title, says, { body, failed }, href, bad = false) => html`
  <div class="big-number ${bad && body?.total.n ? "danger" : ""}">
    <dt>${title}</dt>
    <dd>${failed ? "–" : body ? way(href, whole(body.total.n)) : "…"}</dd>
    <dd class="says">${says}</dd>
  </div>`;

/** @param {string | null} href @param {string} says */
const way = (href, says) =>
  href ? html`<a href=${href} title=${t("number.rows")}>${says}</a>` : says;

/**
 * @param {View} view
 * @param {string} step of the time
 * @param {Answer} answer figures by `view.by`
 * @param {{ at: number, look: (at: number) => void, narrow: (change: Partial<View>) => void,
 *   again: () => void }} ways
 */
export function grouped(view, step, { body, failed, waiting: late }, { at, look, narrow, again }) {
  /** @type {Figures | null} */
  const figures = body;
  return html`
    <section class="section">
      <div class="choices by" role="group" aria-label=${t("by.choose")}>
        ${BYS.map((by) => choice(t(`by.${by}`), view.by === by, () => narrow({ by })))}
      </div>
      <div aria-busy=${late}>
        ${failed ? trouble(failed, again) : !figures ? waiting(3) : late ? waiting(3) : drawn(view, step, figures, { at, look, narrow })}
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
        return step === "month" ? name.slice(0, 7) : dayWord(name);
      },
      rows: (place) => rowsOf(view, daysOf(figures.rows, place, last)),
    });
  const name = /** @type {"kind"} */ (view.by);
  return bars(figures, {
    narrow: (key) => narrow({ [name]: [key] }),
    rows: (key) => rowsOf({ ...view, [name]: [key] }),
  });
}
