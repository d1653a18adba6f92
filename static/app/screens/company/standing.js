/**
 * What became of an answer: on this phone, on its way, or with the office. Never more than is
 * known.
 *
 * @import { Sent } from "../../store/answers.js"
 * @import { Company } from "./company.js"
 */

import { html, nothing } from "lit-html";
import { refusedPhotos } from "../../answering.js";
import { bytes } from "../../storage.js";
import { ago } from "../../when.js";
import { t } from "../../words.js";
import { notice } from "../parts.js";

/** @param {Company} company @param {string} id of the case @param {{ brief?: boolean }} [how] */
export function standingOf(company, id, { brief = false } = {}) {
  const answer = company.answers.all().findLast((each) => each.case === id);
  if (!answer) return nothing;
  const word = t(/** @type {any} */ (`cases.move.${answer.move}`));
  const lost = refusedPhotos(answer);
  if (isLost(answer)) return brief ? badge("bad", t("company.refused")) : lostTold(company, answer);
  if (answer.record === "refused")
    return brief
      ? badge("bad", t("company.refused"))
      : notice(
          "bad",
          html`${word}：${t("company.refused")}`,
          html`<p>${answer.message}</p>${forget(company, answer)}`,
        );
  if (lost.length)
    return brief
      ? badge("bad", t("company.refusedPhotos"))
      : notice("bad", word, html`<p>${t("company.refusedPhotos")}</p>${forget(company, answer)}`);
  if (answer.record === "proposed" && answer.heldAt)
    return brief
      ? badge("warn", t("company.proposed"))
      : notice("warn", word, t("company.proposed"));
  if (answer.heldAt)
    return brief
      ? nothing
      : notice("good", html`${word}：${t("company.held")}`, ago(answer.heldAt));
  const { running } = company.answerer.progress();
  if (brief) return badge("warn", t(running ? "company.sending" : "company.kept"));
  return notice(
    "warn",
    html`${word}：${running ? going(company) : t("company.kept")}`,
    waitingOf(company),
  );
}

/** What was answered to a case that the company has no longer: it has no page of its own. @param {Company} company */
export const lostAnswers = (company) =>
  company.answers
    .all()
    .filter(isLost)
    .map((answer) => lostTold(company, answer));

/** @param {Sent} answer */
const isLost = ({ record, code }) => record === "refused" && code === "case_not_found";

/** @param {Company} company @param {Sent} answer */
function lostTold(company, answer) {
  const move = t(/** @type {any} */ (`cases.move.${answer.move}`));
  const { length } = answer.files;
  return notice(
    "bad",
    t("company.lost", { n: answer.number, move }),
    html`<p>${answer.title}</p>
      <p>${t("company.lostSays")} ${length ? t("company.lostPhotos", { n: length }) : nothing}</p>
      ${forget(company, answer)}`,
  );
}

/** @param {Company} company */
function going({ answerer }) {
  const { done, total } = answerer.progress().bytes;
  return total
    ? t("company.sendingBytes", { done: bytes(done), total: bytes(total) })
    : t("company.sending");
}

/** Why it waits, and what to do. @param {Company} company */
function waitingOf({ answerer }) {
  const { end, running } = answerer.progress();
  if (running) return t("company.keptSays");
  if (end === "signed_out")
    return html`<p>${t("signed_out.text")}</p>
      <a class="button" href="/sign-in/?next=/company/">${t("signed_out.act")}</a>`;
  if (end === "someone_else")
    return html`<p><b>${t("company.someoneElse")}</b> ${t("company.someoneElseSays")}</p>`;
  return html`<p>${t("company.keptSays")}</p>
    <button class="button" type="button" @click=${() => answerer.run()}>${t("company.tryNow")}</button>`;
}

/** @param {Company} company @param {Sent} answer */
const forget = ({ answers }, { id }) => html`
  <button class="button" type="button" @click=${() => answers.forget(id)}>${t("company.forget")}</button>`;

/** @param {string} tone @param {string} says */
const badge = (tone, says) => html`<span class="badge ${tone}">${says}</span>`;
