/**
 * Before it is sent: what was found, where it was, and then one button.
 *
 * @import { App } from "./app.js"
 * @import { Draft } from "../../store/drafts.js"
 * @import { Screen } from "./screens.js"
 * @import { Reply } from "../../api.js"
 */

import { html, nothing } from "lit-html";
import { lacking } from "../../evidence.js";
import { answersOf, count } from "../../form/filling.js";
import { contentOf } from "../../form/record.js";
import { send } from "../../sync.js";
import { uuid7 } from "../../uuid.js";
import { isoWithOffset } from "../../when.js";
import { either, t } from "../../words.js";
import { icon, notice, severityBadge } from "../parts.js";
import { opened } from "./checklist.js";
import { placingScreen, positionCard } from "./position.js";
import { lackOf, ofTheWhole, strip } from "./strip.js";

/** @param {App} app @param {{ estate: number, kind: string }} route @returns {Screen} */
export function reviewScreen(app, route) {
  const open = opened(app, route);
  const { draft, kind, estate, lines } = open;
  if (app.local.placing) return placingScreen(app, draft);
  const counted = count(lines);
  const ready = counted.done > 0 && !counted.wrong && (!draft.supersedes || draft.reason.trim());
  const sending = app.local.sending === true;
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
      ${outcome(app, draft)}
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
      ${ofTheWhole(app, draft)}
      <section class="group"><h2>${t("position.title")}</h2>${positionCard(app, draft)}</section>
      ${draft.supersedes ? reasonField(app, draft) : nothing}`,
    foot: html`<div class="acts">
      <button class="button primary big grow" type="button" ?disabled=${!ready || sending} @click=${() => submit(app, route)}>
        ${sending ? t("review.sending") : app.local.reply?.outcome === "unreachable" ? t("review.again") : t("review.send")}</button>
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

/** @param {App} app @param {{ estate: number, kind: string }} route */
async function submit(app, route) {
  const { kind, facts, draft: begun } = opened(app, route);
  const draft = { ...begun, recordedAt: begun.recordedAt ?? isoWithOffset(new Date()) };
  app.drafts.keep(draft);
  app.local.sending = true;
  app.local.reply = null;
  app.show();
  const content = contentOf(draft, kind.version, answersOf(kind, draft.filling, facts));
  const reply = await send(app, draft.id, content);
  app.local.sending = false;
  app.local.reply = reply;
  if (reply.outcome === "received") {
    app.drafts.drop(draft);
    delete app.refusedItems[draft.id];
    app.map().changed();
    app.loadEstate(draft.estate);
    app.go({ at: "sent", id: draft.id });
    return;
  }
  if (reply.outcome === "refused" && reply.details.items) {
    app.refusedItems[draft.id] = reply.details.items;
    app.go({ at: "checklist", estate: draft.estate, kind: draft.kind });
  }
  app.show();
  app.say(said(reply));
  app.panel().element.querySelector(".panel-body")?.scrollTo({ top: 0, behavior: "smooth" });
}

/** How the last attempt ended. @param {App} app @param {Draft} draft */
function outcome(app, draft) {
  const reply = /** @type {Reply | null | undefined} */ (app.local.reply);
  if (!reply || reply.outcome === "received") return nothing;
  if (reply.outcome === "unreachable")
    return notice("warn", said(reply), html`<p>${t("outcome.unreachable.text")}</p>`);
  if (reply.outcome === "signed_out")
    return notice(
      "warn",
      said(reply),
      html`<p>${t("outcome.signed_out.text")}</p><a class="button" href="/sign-in/?next=/field/" target="_blank">${t("signed_out.act")}</a>`,
    );
  return notice(
    "bad",
    said(reply),
    html`${wrongFields(reply.details)}${wayOut(app, draft, reply.code)}`,
  );
}

/** @param {any} details */
const wrongFields = ({ fields = {} }) =>
  html`${Object.entries(fields).map(([field, sentence]) => html`<p>${field}: ${sentence}</p>`)}`;

/**
 * What was sent first did arrive and was then changed here: the change is a correction of it.
 *
 * @param {App} app
 * @param {Draft} draft
 * @param {string} code
 */
const wayOut = (app, draft, code) =>
  code === "recorded_differently"
    ? html`<button class="button" type="button" @click=${() => {
        app.drafts.keep({
          ...draft,
          id: uuid7(),
          supersedes: draft.id,
          reason: t("correct.changed"),
          recordedAt: null,
        });
        app.local.reply = null;
        app.show();
      }}>${t("outcome.as_correction")}</button>`
    : html`<p>${t("outcome.kept")}</p>`;

/** @param {Reply} reply */
function said(reply) {
  if (reply.outcome === "refused") return reply.message;
  if (reply.outcome === "unreachable") return t(`outcome.unreachable.${reply.why}`);
  return reply.outcome === "signed_out" ? t("signed_out.title") : t("sent.title");
}
