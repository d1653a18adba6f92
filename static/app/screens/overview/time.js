/**
 * The slider under the map: every step of the period, played or gone through by hand.
 *
 * @import { Frames, Measure } from "../../leading/types.d.ts"
 * @import { View } from "../../leading/view.js"
 */

import { html, nothing, svg } from "lit-html";
import { askedAt, isOfMoment, placeOf, sums } from "../../leading/frames.js";
import { plain, unitOf } from "../../leading/told.js";
import { MODES, STEPS } from "../../leading/view.js";
import { dayWord } from "../../when.js";
import { t } from "../../words.js";
import { icon } from "../parts.js";

/** How long a step stands; calmer for who wants less motion. */
const STEP_MS = 700;
const CALM_MS = 2000;

/**
 * @param {{ view: () => View, frames: () => Frames | null, move: (at: string) => void,
 *   isReady: () => boolean, show: () => void }} world `isReady`: what the step shows is here
 */
export function openTime({ view, frames, move, isReady, show }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let playing = false;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  function next() {
    timer = setTimeout(next, calm.matches ? CALM_MS : STEP_MS);
    const { steps } = frames() ?? { steps: [] };
    if (!isReady()) return;
    const at = placeOf(frames(), view().at);
    if (at + 1 >= steps.length) stop();
    else move(steps[at + 1]?.key ?? "");
  }

  function stop() {
    clearTimeout(timer);
    playing = false;
    show();
  }

  function play() {
    if (playing) return stop();
    const { steps } = frames() ?? { steps: [] };
    playing = true;
    // At the end it begins anew.
    if (placeOf(frames(), view().at) === steps.length - 1) move(steps[0]?.key ?? "");
    timer = setTimeout(next, calm.matches ? CALM_MS : STEP_MS);
    show();
  }

  /** @param {Measure | null} measure @param {string} step @param {number} times @param {(change: Partial<View>) => void} narrow */
  function template(measure, step, times, narrow) {
    const now = view();
    const all = frames();
    const at = placeOf(all, now.at);
    const all_sums = all ? sums(all, times) : [];
    const last = (all?.steps.length ?? 1) - 1;
    const unit = measure ? unitOf(measure) : "";
    const said =
      at < 0
        ? t("time.whole")
        : t("time.at", { when: stepWord(all, at, now), value: plain(all_sums[at]), unit });
    return html`
      <section class="time-bar no-print" aria-label=${t("time.title")}>
        <button class="button icon" type="button" ?disabled=${last < 1}
          aria-label=${t(playing ? "time.pause" : "time.play")} title=${t(playing ? "time.pause" : "time.play")}
          @click=${play}>${icon(playing ? "pause" : "play")}</button>
        <div class="time-line">
          ${all ? bars(all_sums, at) : nothing}
          <input type="range" min="0" max=${Math.max(last, 0)} step="1" .value=${String(at < 0 ? last : at)}
            class=${at < 0 ? "whole" : ""} ?disabled=${last < 1}
            aria-label=${t("time.title")} aria-valuetext=${said}
            @input=${(/** @type {any} */ { target }) => move(all?.steps[Number(target.value)]?.key ?? "")} />
        </div>
        <div class="time-foot"><output class="time-said">${last < 1 && all ? t("time.none") : said}</output>
        <div class="time-ways">
          ${
            at < 0
              ? nothing
              : html`<button class="button" type="button" @click=${() => {
                  stop();
                  move("");
                }}>${t("time.whole")}</button>`
          }
          ${select(
            t("time.step"),
            STEPS.map((each) => [each, t(`time.step.${each}`)]),
            step,
            (value) => narrow({ step: value, at: "" }),
          )}
          ${select(
            t("time.mode"),
            MODES.map((each) => [each, t(`time.mode.${each}`)]),
            now.mode,
            (value) => narrow({ mode: value }),
          )}
        </div></div>
      </section>`;
  }

  return { template, stop, play, isPlaying: () => playing };
}

/** The days of a step in words. @param {Frames | null} frames @param {number} at @param {View} view */
export function stepWord(frames, at, view) {
  const step = frames?.steps[at];
  if (!step) return "";
  const { since, until } = askedAt({ ...view, as_of: "" }, step);
  const first = since || frames.steps[0]?.since || "";
  if (isOfMoment(view, step) || first === until) return dayWord(step.until);
  return t("card.step", { from: dayWord(first), to: dayWord(until) });
}

/** How much each step holds, under the slider. @param {(number | null)[]} all @param {number} at */
function bars(all, at) {
  // A column stands over the place where the thumb is at its step.
  const most = Math.max(...all.map((each) => each ?? 0), 0) || 1;
  // Of few steps narrow ones: those at the ends must not lie past the slider.
  const wide = Math.min(0.8, 0.03 * Math.max(all.length - 1, 1));
  return html`<svg class="time-bars" viewBox="0.5 0 ${Math.max(all.length - 1, 1)} 1" preserveAspectRatio="none" aria-hidden="true">
    ${all.map((each, place) => {
      const tall = (each ?? 0) / most;
      return svg`<rect class=${place === at ? "now" : ""} x=${place + 0.5 - wide / 2} width=${wide} y=${1 - tall} height=${tall}></rect>`;
    })}
  </svg>`;
}

/** @param {string} says @param {[string, string][]} options @param {string} value @param {(value: string) => void} onChange */
const select = (says, options, value, onChange) => html`
  <select class="input" aria-label=${says} @change=${(/** @type {any} */ { target }) => onChange(target.value)}>
    ${options.map(([key, word]) => html`<option value=${key} ?selected=${key === value}>${word}</option>`)}
  </select>`;
