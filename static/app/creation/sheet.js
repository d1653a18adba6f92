/**
 * 创建 sheets, self-assessment, review and re-check: what they ask, how far one is filled, and what
 * is sent of it. Filled alike on the tablet, at the desk and by the company.
 *
 * @typedef {"self" | "review" | "recheck"} Form
 * @typedef {"met" | "partly" | "unmet" | "na"} Grade
 * @typedef {{ grade: Grade | null, note: string }} Answer `grade`: null where only a note was typed
 * @typedef {{ enrolment: string, form: Form, standard: string, day: string,
 *   grades: Record<string, Answer> }} Sheet
 *
 * @typedef {{ code: string, zh: string, en: string, points: number, sheet: boolean,
 *   may_not_apply: boolean, evidence_zh?: string, evidence_en?: string }} SheetItem
 * @typedef {{ code: string, zh: string, en: string, items: SheetItem[] }} SheetCategory
 * @typedef {{ version: string, holds_from: string, pass_mark: number,
 *   categories: SheetCategory[] }} Standard
 * @typedef {{ grade: Grade, note: string, form: Form, day: string }} LastGrade
 * @typedef {{ id: string, estate: { id: number, name: string },
 *   community: { id: number, zh: string, en: string }, company: { id: number, name: string } | null,
 *   stage: string, score: number | null, standard: string, forms: Form[],
 *   grades: Record<string, LastGrade> }} Enrolled
 * @typedef {{ standards: Standard[], enrolments: Enrolled[] }} Told `GET creation/tablet/`
 */

export const FORMS = /** @type {const} */ (["self", "review", "recheck"]);
export const GRADES = /** @type {const} */ (["met", "partly", "unmet", "na"]);
const SHARE = { met: 1, partly: 0.5, unmet: 0, na: 0 };

/** Of a category what sheets answer: the rest is seen in the field. @param {Standard} standard */
export const askedOf = ({ categories }) =>
  categories
    .map((category) => ({ ...category, items: category.items.filter(({ sheet }) => sheet) }))
    .filter(({ items }) => items.length);

/** @param {SheetItem} item */
export const gradesFor = ({ may_not_apply }) =>
  GRADES.filter((grade) => grade !== "na" || may_not_apply);

/** @param {Sheet} sheet @param {string} code @param {Partial<Answer>} news @returns {Sheet} */
export function answered(sheet, code, news) {
  const { [code]: before = { grade: null, note: "" }, ...others } = sheet.grades;
  const now = { ...before, ...news };
  const nothing = now.grade === null && !now.note;
  return { ...sheet, grades: nothing ? others : { ...sheet.grades, [code]: now } };
}

/**
 * Every item as it was graded last: a new sheet begins from there where that is wished.
 *
 * @param {Sheet} sheet
 * @param {Standard} standard
 * @param {Record<string, LastGrade>} last
 * @returns {Sheet} what was answered already stays
 */
export function asBefore(sheet, standard, last) {
  let filled = sheet;
  for (const item of askedOf(standard).flatMap(({ items }) => items)) {
    const grade = last[item.code]?.grade;
    if (grade && !sheet.grades[item.code]?.grade && gradesFor(item).includes(grade))
      filled = answered(filled, item.code, { grade });
  }
  return filled;
}

/**
 * How far it is, and what its own items come to; the estate's score is more than that.
 *
 * @param {Sheet} sheet
 * @param {Standard} standard
 */
export function tallyOf({ grades }, standard) {
  const asked = askedOf(standard).flatMap(({ items }) => items);
  const done = asked.filter(({ code }) => grades[code]?.grade);
  const applied = done.filter(({ code }) => grades[code]?.grade !== "na");
  return {
    asked: asked.length,
    done: done.length,
    open: asked.filter(({ code }) => !grades[code]?.grade).map(({ code }) => code),
    earned: sum(applied.map(({ code, points }) => points * SHARE[grades[code]?.grade ?? "unmet"])),
    applicable: sum(applied.map(({ points }) => points)),
  };
}

/** Points have two decimals at most. @param {number[]} points */
const sum = (points) => Math.round(points.reduce((all, each) => all + each, 0) * 100) / 100;

/**
 * The body of `PUT /api/v1/campaign/sheets/<id>/`: what was graded, of items that are asked.
 *
 * @param {Sheet} sheet
 * @param {Standard} standard
 * @param {string} recordedAt
 */
export function contentOf(
  { enrolment, form, standard: version, day, grades },
  standard,
  recordedAt,
) {
  const codes = askedOf(standard).flatMap(({ items }) => items.map(({ code }) => code));
  return {
    enrolment,
    form,
    day,
    standard: version,
    recorded_at: recordedAt,
    answers: Object.fromEntries(
      codes.flatMap((code) => {
        const { grade = null, note = "" } = grades[code] ?? {};
        const said = note.trim();
        return grade ? [[code, { grade, ...(said ? { note: said } : {}) }]] : [];
      }),
    ),
  };
}

/**
 * As it was sent, to be put right: nothing of it is lost.
 *
 * @param {{ enrolment: string, form: Form, standard: string, day: string,
 *   answers: Record<string, { grade: Grade, note?: string }> }} content
 * @returns {Sheet}
 */
export const sheetOf = ({ enrolment, form, standard, day, answers }) => ({
  ...{ enrolment, form, standard, day },
  grades: Object.fromEntries(
    Object.entries(answers).map(([code, { grade, note = "" }]) => [code, { grade, note }]),
  ),
});

/**
 * What the server said of single items, by their code: "answers.C1-01.grade" is of C1-01.
 *
 * @param {{ fields?: Record<string, string>, [more: string]: unknown } | undefined} details
 */
export const refusedItems = (details) =>
  Object.fromEntries(
    Object.entries(details?.fields ?? {}).flatMap(([name, sentence]) => {
      const [first, code] = name.split(".");
      return first === "answers" && code ? [[code, sentence]] : [];
    }),
  );
