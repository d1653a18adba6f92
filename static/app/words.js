/**
 * Everything the pages say, in both languages. Which one is spoken is set once by the page and
 * may change while it is open.
 *
 * @import { Severity } from "./types.d.ts"
 * @typedef {"zh-hans" | "en"} Language
 * @typedef {string | { one: string, other: string }} Phrase
 * @typedef {Record<string, readonly [zh: string, en: Phrase]>} Words
 * @typedef {keyof typeof WORDS} Key
 */

import { campaign } from "./words/campaign.js";
import { cases } from "./words/cases.js";
import { common } from "./words/common.js";
import { company } from "./words/company.js";
import { creation } from "./words/creation.js";
import { day } from "./words/day.js";
import { desk } from "./words/desk.js";
import { evidence } from "./words/evidence.js";
import { field } from "./words/field.js";
import { intake } from "./words/intake.js";
import { ledgers } from "./words/ledgers.js";
import { map } from "./words/map.js";
import { month } from "./words/month.js";
import { offline } from "./words/offline.js";
import { overview } from "./words/overview.js";
import { papers } from "./words/papers.js";
import { photos } from "./words/photos.js";
import { plan } from "./words/plan.js";
import { rechecks } from "./words/rechecks.js";
import { rounds } from "./words/rounds.js";
import { siteLife } from "./words/site_life.js";
import { sites } from "./words/sites.js";
import { standardisation } from "./words/standardisation.js";
import { tablet } from "./words/tablet.js";
import { verdicts } from "./words/verdicts.js";
import { weigh } from "./words/weigh.js";

export const WORDS = {
  ...common,
  ...day,
  ...map,
  ...field,
  ...offline,
  ...desk,
  ...overview,
  ...papers,
  ...photos,
  ...tablet,
  ...rounds,
  ...rechecks,
  ...evidence,
  ...cases,
  ...intake,
  ...company,
  ...creation,
  ...ledgers,
  ...month,
  ...plan,
  ...sites,
  ...verdicts,
  ...siteLife,
  ...standardisation,
  ...weigh,
  ...campaign,
};

/** @type {Language} */
let language = "zh-hans";

export const spoken = () => language;

/** @param {string} wanted a tag such as "zh-Hans" or "en-GB" */
export function speak(wanted) {
  language = wanted.toLowerCase().startsWith("en") ? "en" : "zh-hans";
}

/**
 * The phrase of a key, `{name}` filled in. English counts by `n`.
 *
 * @param {Key} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  const [chinese, english] = /** @type {readonly [string, Phrase]} */ (WORDS[key]);
  let phrase = chinese;
  if (language === "en") {
    if (typeof english === "string") phrase = english;
    else phrase = Number(values.n) === 1 ? english.one : english.other;
  }
  return phrase.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** Of words that come in both languages, those spoken. @param {string} zh @param {string | null | undefined} en */
export const either = (zh, en) => (language === "en" && en ? en : zh);

/** @param {Severity | number} severity */
export const severityWord = (severity) => t(`severity.${/** @type {Severity} */ (severity)}`);
