/**
 * Before it is submitted: what was found, whether it was reported before, where it was, and then one
 * button.
 *
 * @import { App } from "./app.js"
 * @import { Draft } from "../../store/drafts.js"
 * @import { Screen } from "./screens.js"
 * @import { PlaceId } from "../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import { lacking } from "../../evidence.js";
import { answersOf, count } from "../../form/filling.js";
import { contentOf } from "../../form/record.js";
import { isoWithOffset } from "../../when.js";
import { either, t } from "../../words.js";
import { icon, notice, severityBadge } from "../parts.js";
import { bringAlong } from "./case_move.js";
import { opened } from "./checklist.js";
import { placingScreen, positionCard } from "./position.js";
import { record } from "./recording.js";
import { offered, sameOf, sameSection, unanswered } from "./same.js";
import { lackOf, ofTheWhole, strip } from "./strip.js";

/** @param {App} app @param {{ estate: PlaceId, kind: string }} route @returns {Screen} */
export function reviewScreen(app, route) {
  const open = opened(app, route);
  const { draft, kind, estate, lines } = open;
  if (app.local.placing) return placingScreen(app, draft);
  const counted = count(lines);
  const ready = counted.done > 0 && !counted.wrong && (!draft.supersedes || draft.reason.trim());
  const saving = app.local.saving === true;
  const asked = offered(app, draft, lines);
  const toAnswer = unanswered(draft, asked).length;
  const lacks = lacking(lines, draft.photos ?? []).length;
  const faults = lines.filter(({ state }) => state === "fault");
  return {
    title: t("review.title"),
    height: "full",
    head: html`
      <a class="button icon quiet" href="#/estate/${route.estate}/${route.kind}" aria-label=${t("back")}>${icon("back")}</a>
      <div class="grow"><h1 tabindex="-1">${t("review.title")}</h1>
        <p class="soft small">${estate?.properties.name} · ${either(kind.title_zh, kind.title_en)}</p></div>`,
    body: html`
      ${failure(app)}
      <section class="group"><h2>${faults.length ? t("review.faults", { n: faults.length }) : t("review.clean")}</h2>
        ${
          faults.length
            ? html`<ul class="list">${faults.map(
                (
                  line,
                ) => html`<li class="item shown"><span class="grow">${either(line.item.zh, line.item.en)}
                  <span class="soft small">${line.item.code}</span></span>${severityBadge(line.item.severity)}
                  ${strip(app, draft, line.item.code)}${lackOf(line, draft)}</li>`,
              )}</ul>${lacks ? notice("warn", t("evidence.lacking", { n: lacks })) : nothing}`
            : nothing
        }
        <dl class="tally">
          ${tally("good", counted.good)}${tally("fault", counted.fault)}${tally("skipped", counted.skipped)}${tally("open", counted.open)}
        </dl>
        ${counted.open ? html`<p class="soft small">${t("review.open")}</p>` : nothing}
        ${counted.wrong ? notice("bad", t("review.wrong", { n: counted.wrong })) : nothing}
      </section>
      ${sameSection(app, draft, asked)}
      ${ofTheWhole(app, draft)}
      <section class="group"><h2>${t("position.title")}</h2>${positionCard(app, draft)}</section>
      ${draft.supersedes ? reasonField(app, draft) : nothing}`,
    foot: html`<div class="acts">
      <button class="button primary big grow" type="button" ?disabled=${!ready || saving} @click=${() => submit(app, route)}>
        ${saving ? t("saved.saving") : toAnswer && ready ? t("same.answer", { n: toAnswer }) : t("review.send")}</button>
    </div>`,
    map: {
      estate: route.estate,
      asset: draft.asset,
      assetType: kind.asset,
      position: draft.position,
    },
    onTap: () => true,
  };
}

/** @param {"good" | "fault" | "skipped" | "open"} what @param {number} n */
const tally = (what, n) =>
  html`<div class=${what}><dt>${t(`tally.${what}`)}</dt><dd>${n}</dd></div>`;

/** @param {App} app @param {Draft} draft */
const reasonField = (app, draft) => html`
  <section class="group field"><label for="reason">${t("correct.reason")}</label>
    <textarea class="input" id="reason" rows="2" maxlength="300" required .value=${draft.reason}
      @input=${(/** @type {any} */ event) => {
        app.drafts.keep({ ...draft, reason: event.target.value });
        app.show();
      }}></textarea>
    <p class="help">${t("correct.reason.help")}</p></section>`;

/**
 * Into the journal, at once and whole; what becomes of it then is shown on the next screen.
 *
 * @param {App} app
 * @param {{ estate: PlaceId, kind: string }} route
 */
async function submit(app, route) {
  const { kind, facts, lines, draft: begun } = opened(app, route);
  const asked = offered(app, begun, lines);
  if (unanswered(begun, asked).length) {
    document.getElementById("same")?.scrollIntoView({ block: "start", behavior: "smooth" });
    return;
  }
  const recordedAt = begun.seenAt ?? isoWithOffset(new Date());
  const draft = { ...begun, recordedAt };
  const recorded = await record(app, draft, {
    type: "inspection",
    content: {
      ...contentOf(draft, kind.version, answersOf(kind, draft.filling, facts)),
      ...sameOf(draft, asked),
    },
    estate: draft.estate,
    kind: draft.kind,
    recordedAt,
  });
  if (!recorded) return;
  delete app.refusedItems[draft.id];
  // What can't be brought along now stays where it is, and says what it waits for.
  if (draft.mends) await bringAlong(app, draft).catch(() => {});
  app.recorded();
  app.go({ at: "sent", id: draft.id });
}

/** Why it could not be put into the journal. @param {App} app */
const failure = ({ local }) =>
  local.failed ? notice("bad", t(`store.${/** @type {"full"} */ (local.failed)}`)) : nothing;
