/**
 * One report on one screen: what is owed by action, estates and companies as grids, what became of
 * it.
 *
 * @import { Matter, Report, ReportAction, ReportCell } from "../../../monthly/types.d.ts"
 * @import { Draft } from "../../../monthly/draft.js"
 * @import { MonthPage } from "./month.js"
 */

import { html, nothing } from "lit-html";
import { dayWord } from "../../../when.js";
import { t } from "../../../words.js";
import { notice, signedOut, time } from "../../parts.js";
import { monthPicker } from "../month_picker.js";
import { about } from "./about.js";
import { cellInputs } from "./cells.js";
import { grid } from "./grid.js";
import { besideList, stateBadge, targetLine } from "./pieces.js";

/** @param {MonthPage} page @param {Report} report @param {Draft} draft */
export function reportScreen(page, report, draft) {
  const matters = report.actions.flatMap((action) => action.matters);
  /** @param {string} level */
  const of = (level) => matters.filter((each) => placedAt(report, each) === level);
  return html`
    <div class="month-head">
      <h2>${page.word(report.whose)}</h2>
      ${monthPicker(page.where().month, page.goToMonth)}
      ${stateBadge(report.state)}
      <a class="button quiet" href=${`${page.addressOf({ kind: "" })}&list=1`}>${t("month.all")}</a>
    </div>
    ${bar(page, report, draft)}${notices(page, report, draft)}
    ${report.actions.map((action) => actionCard(page, report, draft, action))}
    ${grid(page, draft, report, "estate", of("estate"))}
    ${grid(page, draft, report, "company", of("company"))}
    ${history(report)}`;
}

/** @param {Report} report @param {Matter} matter */
const placedAt = (report, matter) =>
  report.places.find(({ key }) => key === matter.cells[0]?.place)?.level ?? "";

/** @param {MonthPage} page @param {Report} report @param {Draft} draft */
function bar(page, report, draft) {
  const busy = Boolean(page.busy());
  const told = report.now ? draft.told() : report.told;
  return html`<div class="month-bar">
    <span class="grow">
      ${
        report.owed
          ? html`<b>${t("month.progress", { n: told, of: report.owed })}</b>
            <progress max=${report.owed} value=${told} aria-hidden="true"></progress>`
          : html`<b>${t("month.nothingOwed")}</b>`
      }
      <span class="small ${report.late_since ? "late" : "soft"}">${
        report.late_since
          ? t("month.late", { day: dayWord(report.late_since) })
          : t("month.due", { day: dayWord(report.due_on) })
      }</span>
    </span>
    <span class="month-saving small" role="status">${savingWord(report, draft)}</span>
    <span class="row no-print">
      <a class="button" href=${page.workbook()} download>${t("month.template")}</a>
      ${
        report.may_fill && report.open
          ? html`<label class="button" aria-disabled=${busy ? "true" : "false"}>${page.busy() === "upload" ? t("month.attaching") : t("month.upload")}<input
              class="spoken" type="file" accept=".xlsx" ?disabled=${busy} @change=${(
                /** @type {any} */ event,
              ) => {
                const [file] = event.target.files;
                event.target.value = "";
                if (file) page.upload(file);
              }} /></label>`
          : nothing
      }
      ${
        report.steps.includes("submit")
          ? html`<button class="button primary" type="button" ?disabled=${busy}
              @click=${() => (told < report.owed ? page.ask("submit") : page.take("submit"))}>${t("month.submit")}</button>`
          : nothing
      }
      ${report.steps.includes("take_back") ? html`<button class="button" type="button" ?disabled=${busy} @click=${() => page.ask("take_back")}>${t("month.takeBack")}</button>` : nothing}
      ${report.steps.includes("return") ? html`<button class="button" type="button" ?disabled=${busy} @click=${() => page.ask("return")}>${t("month.return")}</button>` : nothing}
      ${report.steps.includes("accept") ? html`<button class="button primary" type="button" ?disabled=${busy} @click=${() => page.take("accept")}>${t("month.accept")}</button>` : nothing}
    </span>
  </div>`;
}

/** @param {Report} report @param {Draft} draft */
function savingWord(report, draft) {
  if (!report.now) return nothing;
  if (!report.may_fill) return t("month.readOnly");
  const saving = draft.saving();
  const waiting = draft.waiting();
  if (saving === "closed" || (!report.open && waiting)) return t("month.closed", { n: waiting });
  if (saving === "signed_out") return t("signed_out.title");
  if (!report.open) return nothing;
  if (waiting && draft.stuck() === waiting) return t("month.attention", { n: waiting });
  if (saving === "typing" && waiting) return t("month.typing");
  return saving === "saved" || saving === "typing"
    ? html`<span class="ok">✓ ${t("month.saved")}</span>`
    : t(/** @type {any} */ (`month.${saving}`));
}

/** @param {MonthPage} page @param {Report} report @param {Draft} draft */
function notices(page, report, draft) {
  const said = page.said();
  const [last] = report.history;
  return html`
    ${
      report.now
        ? nothing
        : notice(
            "warn",
            t("month.asOf", { day: dayWord(report.as_of) }),
            html`<a class="button" href=${page.addressOf({ asOf: "" })}>${t("month.now")}</a>`,
          )
    }
    ${draft.saving() === "signed_out" || page.trouble()?.outcome === "signed_out" ? signedOut(page.again) : nothing}
    ${
      report.state === "returned" && last
        ? notice("warn", t("month.returnedBecause", { name: last.by_name, reason: last.reason }))
        : nothing
    }
    ${
      said
        ? html`<div role="alert">${notice(
            said.good ? "good" : "bad",
            said.title,
            said.text || said.problems?.length
              ? html`${said.text ?? nothing}
                  <ul class="month-problems">${said.problems?.map(
                    ({ sheet, cell, reason }) =>
                      html`<li><b>${sheet ? t("month.cellAt", { sheet, cell }) : cell}</b> ${reason}</li>`,
                  )}</ul>`
              : nothing,
          )}</div>`
        : nothing
    }
    ${page.asking() === "submit" ? askSubmit(page, report.owed - draft.told()) : nothing}
    ${page.asking() === "take_back" && report.steps.includes("take_back") ? askTakeBack(page, last?.values ?? 0) : nothing}
    ${page.asking() === "return" ? askReturn(page) : nothing}`;
}

/** @param {MonthPage} page @param {number} lacking */
const askSubmit = (
  page,
  lacking,
) => html`<div class="card month-ask" role="group" aria-label=${t("month.submit")}>
  <p>${t("month.submitLacks", { n: lacking })}</p>
  <div class="row"><button class="button primary" type="button" @click=${() => page.take("submit")}>${t("month.submitAnyway")}</button>
    <button class="button" type="button" @click=${() => page.ask("")}>${t("cancel")}</button></div>
</div>`;

/** @param {MonthPage} page @param {number} entered */
const askTakeBack = (
  page,
  entered,
) => html`<div class="card month-ask" role="group" aria-label=${t("month.takeBack")}>
  <p>${t("month.takeBackSays", { n: entered })}</p>
  <div class="row"><button class="button primary" type="button" @click=${() => page.take("take_back")}>${t("month.takeBack")}</button>
    <button class="button" type="button" @click=${() => page.ask("")}>${t("cancel")}</button></div>
</div>`;

/** @param {MonthPage} page */
const askReturn = (page) => html`<form class="card month-ask" @submit=${(
  /** @type {any} */ event,
) => {
  event.preventDefault();
  page.take("return", String(new FormData(event.target).get("reason") ?? ""));
}}>
  <div class="field"><label for="month-reason">${t("month.reason")}</label>
    <textarea class="input" id="month-reason" name="reason" rows="2" maxlength="500" required></textarea></div>
  <div class="row"><button class="button primary" type="submit">${t("month.return")}</button>
    <button class="button" type="button" @click=${() => page.ask("")}>${t("cancel")}</button></div>
</form>`;

/** @param {MonthPage} page @param {Report} report @param {Draft} draft @param {ReportAction} action */
function actionCard(page, report, draft, action) {
  const single = action.matters.filter((each) =>
    ["subdistrict", "community"].includes(placedAt(report, each)),
  );
  const open = single.filter((each) => each.owed || each.cells.some(({ version }) => version));
  const rest = single.filter((each) => !open.includes(each));
  if (!single.length && !action.beside.length) return nothing;
  /** @param {Matter} matter */
  const line = (matter) => matterLine(page, report, draft, matter);
  return html`<section class="card month-section" aria-label=${page.word(action)}>
    <h3>${action.code} ${page.word(action)}</h3>
    <p class="tiny soft">${t("month.lead", { names: action.lead.join(t("list.comma")) })}</p>
    ${open.length ? html`<ul class="month-matters">${open.map(line)}</ul>` : nothing}
    ${
      rest.length
        ? html`<details class="month-rest"><summary>${restWord(rest)}</summary><ul class="month-matters">${rest.map(line)}</ul></details>`
        : nothing
    }
    ${besideList(page, action.beside)}
  </section>`;
}

/** @param {Matter[]} rest */
function restWord(rest) {
  const done = rest.filter(({ cells }) => cells.every((each) => each.met_on));
  return done.length === rest.length
    ? t("month.doneBefore", { n: rest.length })
    : t("month.more", { n: rest.length });
}

/** @param {MonthPage} page @param {Report} report @param {Draft} draft @param {Matter} matter */
const matterLine = (page, report, draft, matter) => html`<li>
  <div class="month-what"><span><b>${matter.code}</b> ${page.word(matter)}</span>${targetLine(page, matter)}
    ${matter.leads ? nothing : html`<span class="tiny soft">${t("month.maytell")}</span>`}</div>
  ${matter.cells.map((cell) => cellInputs(page, draft, matter, cell, placeWord(page, report, cell)))}
  ${about(page, draft, matter, report)}
</li>`;

/** @param {MonthPage} page @param {Report} report @param {ReportCell} cell */
function placeWord(page, report, cell) {
  const place = report.places.find(({ key }) => key === cell.place);
  return place ? page.word(place) : "";
}

/** @param {Report} report */
const history = (
  report,
) => html`<section class="card month-section" aria-label=${t("month.history")}>
  <h3>${t("month.history")}</h3>
  ${
    report.history.length
      ? html`<ol class="month-history">${report.history.map(
          (
            move,
          ) => html`<li><b>${t(/** @type {any} */ (`month.step.${move.step}`))}</b> · ${move.by_name} · ${time(move.at)}
            ${move.step === "submit" ? html`<span class="soft small">${t("month.values", { n: move.values })}</span>` : nothing}
            ${move.step === "take_back" ? html`<span class="soft small">${t("month.left", { n: move.values })}</span>` : nothing}
            ${move.reason ? html`<div class="small">${move.reason}</div>` : nothing}</li>`,
        )}</ol>`
      : html`<p class="soft small">${t("month.noHistory")}</p>`
  }
</section>`;
