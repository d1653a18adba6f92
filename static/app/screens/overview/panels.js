/**
 * What stands in the panel under the choices: by its tab, the map's numbers, the board, hot spots,
 * or what can be taken away.
 *
 * @import { Api } from "../../api.js"
 * @import { Answers } from "../../leading/answers.js"
 * @import { View } from "../../leading/view.js"
 * @import { OpenMap } from "../../map/map.js"
 * @import { Known } from "./filter_form.js"
 * @import { NowShown } from "./tap.js"
 */

import { html, nothing } from "lit-html";
import { today } from "../../days.js";
import { byEstate } from "../../leading/frames.js";
import { boardAt, figuresAt, hotSpotsAt } from "../../leading/questions.js";
import { isList, numberOfPage, pageOf, rowsOf } from "../../leading/rows.js";
import { asOf, plain, unitOf } from "../../leading/told.js";
import { before, daysIn, during, earlierBy, queryOf, stepOf, widened } from "../../leading/view.js";
import { full } from "../../when.js";
import { either, t } from "../../words.js";
import { openToasts } from "../toasts.js";
import { board } from "./board.js";
import { saidOf } from "./filter_form.js";
import { hotFeatures, hotSpots } from "./hot.js";
import { legendOf } from "./legend.js";
import { densest, grouped, numbers } from "./numbers.js";
import { pairTable } from "./pair.js";
import { picture, save } from "./picture.js";
import { places, targets } from "./places.js";
import { ROWS, rows } from "./rows.js";
import { take } from "./take.js";
import { stepWord } from "./time.js";

/** The map comes first. */
const LATER = { later: true };
/** @type {GeoJSON.Feature[]} */
const NO_SIGNS = [];
/** How soon a worker that is at it is asked again. */
const WORKER_MS = 1500;

/**
 * @param {{ api: Api, answers: Answers, known: Known, view: () => View,
 *   register: () => Map<number, any>, map: () => OpenMap | null, shown: () => NowShown | null,
 *   narrow: (change: Partial<View>) => void, show: () => void,
 *   showEstate: (id: number) => void, showPlace: (at: [number, number]) => void }} world
 */
export function openPanels(world) {
  const { api, answers, known, narrow, show, showEstate, register } = world;
  let find = "";
  let read = -1;
  let [asking, drawing] = [false, false];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let worker;
  /** @type {NowShown | null} */
  let earlier = null;
  /** @type {number | null} */
  let chosen = null;
  let signs = { told: null, register: register(), features: NO_SIGNS };
  const toasts = openToasts(/** @type {HTMLElement} */ (document.getElementById("toasts")));

  const step = () => stepOf(world.view(), today());
  /** @param {number} id */
  const choose = (id) => {
    chosen = id;
    showEstate(id);
  };

  /** The answer to what a leader comes for: how much, whether it grows, where, and what is late. */
  function headline() {
    const view = world.view();
    const then = before(view, today());
    const days = then ? daysIn(then) : 0;
    const shown = /** @type {NowShown} */ (world.shown());
    const told = {
      places: shown.places,
      was: then
        ? answers.of("then", figuresAt(earlierBy(during(view, then), days, today()), "kind"), LATER)
        : null,
      open: momentOf("open"),
      overdue: momentOf("overdue"),
      days,
      said: saidOf(view, known),
      densest: densest(shown.shown.heat, known.communities),
      unit: shown.heat ? unitOf(shown.heat) : "",
    };
    return numbers(view, told, {
      again: answers.again,
      widen: () => narrow(widened(view)),
      showPlace: world.showPlace,
    });
  }

  /** Of a moment, a period says nothing. @param {"open" | "overdue"} measure */
  const momentOf = (measure) =>
    answers.of(
      measure,
      figuresAt(
        { ...world.view(), since: "", until: "", measure },
        measure === "open" ? "estate" : "kind",
      ),
      LATER,
    );

  function main() {
    const view = world.view();
    const { body, failed } = /** @type {NowShown} */ (world.shown()).places;
    // Said once, where the number would be.
    if (failed) return nothing;
    const { by } = view;
    const answer = answers.of("by", figuresAt(view, by === "time" ? step() : by), LATER);
    const groups = grouped(view, step(), answer, {
      at: read,
      look: (place) => {
        read = place;
        show();
      },
      narrow: (change) => {
        read = -1;
        narrow(change);
      },
      again: answers.again,
    });
    if (view.screen) return groups;
    const severe = answers.of(
      "danger",
      figuresAt({ ...view, since: "", until: "", measure: "open", severity: ["1"] }, "estate"),
      LATER,
    );
    return html`
      ${groups}
      ${
        body
          ? places(body, {
              find,
              shown: chosen,
              onFind: (text) => {
                find = text;
                show();
              },
              show: choose,
              rows: (estate) => rowsOf(view, { estate: [estate] }),
            })
          : nothing
      }
      ${
        known.estates.length
          ? targets(
              known.estates,
              byEstate(momentOf("open").body?.rows ?? []),
              byEstate(severe.body?.rows ?? []),
              {
                shown: chosen,
                show: choose,
                past: Boolean(view.as_of),
                rows: (estate, severity) =>
                  rowsOf(view, {
                    measure: "open",
                    estate: [String(estate)],
                    severity: severity ? [severity] : view.severity,
                  }),
              },
            )
          : nothing
      }`;
  }

  const screenHead = () => {
    const measure = world.shown()?.measure;
    return measure
      ? html`<div class="screen-head"><h3>${either(measure.title_zh, measure.title_en)}</h3>
          <p>${either(measure.says_zh, measure.says_en)}</p></div>`
      : nothing;
  };

  function comparison() {
    const view = world.view();
    /** @param {string} says @param {"before_since" | "before_until" | "since" | "until"} name */
    const day = (says, name) => html`<label class="field"><span class="tiny soft">${says}</span>
      <input class="input" type="date" .value=${view[name]} @change=${(/** @type {any} */ { target }) => target.value && narrow({ [name]: target.value })} /></label>`;
    const days = html`<div class="between no-print">
      ${day(`${t("pair.first")} · ${t("filter.since")}`, "before_since")}${day(`${t("pair.first")} · ${t("filter.until")}`, "before_until")}
      ${day(`${t("pair.second")} · ${t("filter.since")}`, "since")}${day(`${t("pair.second")} · ${t("filter.until")}`, "until")}
    </div>`;
    return pairTable(
      [
        [t("pair.first"), earlier?.places.body ?? null],
        [t("pair.second"), world.shown()?.places.body ?? null],
      ],
      (side) =>
        rowsOf(side ? view : during(view, { since: view.before_since, until: view.before_until })),
      () => narrow({ before_since: "", before_until: "" }),
      days,
    );
  }

  function boards() {
    const view = world.view();
    const then = before(view, today());
    const days = then ? daysIn(then) : 0;
    const now = answers.of("board", boardAt(view));
    const was = then
      ? answers.of("board before", boardAt(earlierBy(during(view, then), days, today())))
      : null;
    return board(now, was, days, answers.again);
  }

  const hotAnswer = () => answers.of("hot", hotSpotsAt(world.view()));

  function hot() {
    const path = hotSpotsAt(world.view());
    const answer = hotAnswer();
    if (answer.body?.state === "working" && !answer.waiting) {
      clearTimeout(worker);
      worker = setTimeout(() => {
        answers.anew(path);
        show();
      }, WORKER_MS);
    }
    return hotSpots(answer, register(), {
      shown: chosen,
      onMap: world.view().hot,
      asking,
      ask: async () => {
        asking = true;
        show();
        const reply = await api.ask("POST", path);
        asking = false;
        if (reply.outcome === "refused") toasts.show(reply.message);
        answers.anew(path);
        narrow({ hot: true });
      },
      again: answers.again,
      toggle: (on) => narrow({ hot: on }),
      show: choose,
    });
  }

  async function png() {
    const [map, shown] = [world.map(), world.shown()];
    if (!map || !shown?.measure || drawing) return;
    drawing = true;
    show();
    const view = world.view();
    const { title, unit, scale, says } = legendOf(
      shown.looks,
      shown.measure,
      shown.heat,
      shown.hexagons,
    );
    const body = shown.places.body;
    const blob = await picture(map.map, {
      title: `${t("overview.title")} · ${title}`,
      sub: [saidOf(view, known), stepWord(shown.frames.body, shown.at, view)]
        .filter(Boolean)
        .join(" · "),
      stamp: [
        [
          known.demonstration ? t("take.demonstration") : "",
          body ? asOf(view, body.as_of) : "",
          t("take.made", { when: full(new Date()) }),
          body ? t("take.stamp", { version: body.version }) : "",
        ]
          .filter(Boolean)
          .join(" · "),
      ],
      legend: { title, unit, scale: scale.map(plain), grey: t("legend.grey"), says },
    });
    drawing = false;
    if (blob) save(blob, `xuntu-${view.measure}-${view.as_of || today()}.png`);
    show();
  }

  function taking() {
    const view = world.view();
    const table = view.by === "time" ? step() : view.by;
    return take({
      query: queryOf(view),
      by: table,
      map: Boolean(world.map()),
      busy: drawing,
      png,
      link: async () => {
        // Not every browser lets a page write there, nor over a plain line.
        const copied = await navigator.clipboard?.writeText(location.href).then(
          () => true,
          () => false,
        );
        toasts.show(copied ? t("take.copied") : location.href);
      },
    });
  }

  function behind() {
    const { rows: address } = world.view();
    const page = numberOfPage(address);
    const sized = address.includes("/rows/") ? `${address}&page_size=${ROWS}` : address;
    const kindWord = (/** @type {string} */ slug) => {
      const kind = known.kinds.find((each) => each.slug === slug);
      return kind ? either(kind.title_zh, kind.title_en) : slug;
    };
    const reader = { mayOpenCases: known.mayOpenCases, kindWord };
    return rows(answers.of("rows", sized), page, reader, {
      again: answers.again,
      turn: (to) => narrow({ rows: pageOf(address, to) }),
      close: () => narrow({ rows: "" }),
    });
  }

  return {
    step,
    head() {
      const { tab, screen, rows: address } = world.view();
      if (screen) return html`${screenHead()}${headline()}`;
      if (tab !== "map" || isList(address)) return nothing;
      return earlier ? comparison() : headline();
    },
    template() {
      const { tab, screen, rows: address } = world.view();
      if (isList(address) && !screen) return behind();
      if (tab === "board" && !screen) return boards();
      if (tab === "hot" && !screen) return hot();
      if (tab === "take" && !screen) return taking();
      return main();
    },
    /** @param {NowShown | null} then what it is compared with */
    follow(then) {
      earlier = then;
    },
    /** Hot spots on the map. */
    signs() {
      if (!world.view().hot) return NO_SIGNS;
      const { body, waiting } = hotAnswer();
      const told = waiting ? null : body;
      if (told !== signs.told || register() !== signs.register)
        signs = { told, register: register(), features: hotFeatures(told, register()) };
      return signs.features;
    },
  };
}
