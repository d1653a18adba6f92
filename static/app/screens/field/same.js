/**
 * Already reported? Before a finding is submitted, open ones of the same item near by are shown:
 * the same one gets more evidence instead of a twin.
 *
 * @import { App } from "./app.js"
 * @import { Draft } from "../../store/drafts.js"
 * @import { Item } from "../../types.d.ts"
 * @import { Line } from "../../form/filling.js"
 * @import { Candidate } from "../../reported.js"
 */

import { html, nothing } from "lit-html";
import { innerPoint } from "../../metres.js";
import { alreadyReported } from "../../reported.js";
import { either, t } from "../../words.js";
import { severityBadge, time } from "../parts.js";
import { distance } from "./find.js";
import { thumb } from "./pictures.js";

/** More than this nobody looks through. */
const SHOWN = 4;

/**
 * The items to ask about: each with what may be the same.
 *
 * @param {App} app
 * @param {Draft} draft
 * @param {Line[]} lines
 * @returns {{ item: Item, candidates: Candidate[] }[]}
 */
export function offered(app, draft, lines) {
  // A correction speaks of what it corrects.
  const known = app.known
    .open(draft.estate)
    .filter(({ inspection }) => inspection !== draft.supersedes && inspection !== draft.mends);
  const asset = app.known.asset(draft.estate, draft.asset);
  const point = draft.position?.point ?? (asset?.geometry ? innerPoint(asset.geometry) : null);
  return lines
    .filter(({ state }) => state === "fault")
    .map(({ item }) => ({
      item,
      candidates: alreadyReported(known, {
        item: item.code,
        estate: app.known.idOf(draft.estate),
        asset: asset?.id ?? draft.asset,
        point,
      }),
    }))
    .filter(({ candidates }) => candidates.length);
}

/** Those not answered yet. @param {Draft} draft @param {ReturnType<typeof offered>} asked */
export const unanswered = (draft, asked) =>
  asked.filter(({ item, candidates }) => {
    const told = draft.sameAs?.[item.code];
    // What was chosen may be gone meanwhile.
    return (
      told === undefined ||
      (told !== "" && !candidates.some((each) => each.known.inspection === told))
    );
  });

/**
 * What the record says of it: only items that are asked about and were found to be the same.
 *
 * @param {Draft} draft
 * @param {ReturnType<typeof offered>} asked
 */
export function sameOf(draft, asked) {
  const same = asked.flatMap(({ item: { code } }) => {
    const told = draft.sameAs?.[code];
    return told ? [[code, told]] : [];
  });
  return same.length ? { same_as: Object.fromEntries(same) } : {};
}

/** @param {App} app @param {Draft} draft @param {ReturnType<typeof offered>} asked */
export function sameSection(app, draft, asked) {
  if (!asked.length) return nothing;
  return html`<section class="group" id="same"><h2>${t("same.title")}</h2>
    <p class="soft small">${t("same.text")}</p>
    ${asked.map(({ item, candidates }) => question(app, draft, item, candidates))}</section>`;
}

/** @param {number | null} metres */
function apart(metres) {
  if (metres === null) return t("same.somewhere");
  return metres < 1 ? t("metres.here") : t("same.metres", { metres: distance(metres) });
}

/** @param {App} app @param {Draft} draft @param {Item} item @param {Candidate[]} candidates */
function question(app, draft, item, candidates) {
  const told = draft.sameAs?.[item.code];
  /** @param {string} inspection "": another one */
  const choose = (inspection) => {
    app.drafts.keep({ ...draft, sameAs: { ...draft.sameAs, [item.code]: inspection } });
    app.show();
  };
  return html`<fieldset class="same"><legend><span class="code">${item.code}</span>${either(item.zh, item.en)}</legend>
    ${candidates.slice(0, SHOWN).map(
      ({ known, metres }) => html`<div class="candidate">
        ${thumb(app, known.photos[0], either(item.zh, item.en))}
        <div class="grow"><p>${severityBadge(known.severity)}</p>
          <p class="small">${time(known.recordedAt)} · ${apart(metres)}</p>
          ${known.waits ? html`<p class="soft small">${t("same.mine")}</p>` : nothing}</div>
        <label class="choice good"><input type="radio" name="same-${item.code}" .checked=${told === known.inspection}
          @change=${() => choose(known.inspection)}><span>${t("same.same")}</span></label>
      </div>`,
    )}
    <label class="choice"><input type="radio" name="same-${item.code}" .checked=${told === ""}
      @change=${() => choose("")}><span>${t("same.other")}</span></label>
  </fieldset>`;
}
