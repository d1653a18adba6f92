/**
 * A row is added, corrected or withdrawn: asked for in one dialog.
 *
 * @import { Api } from "../../../api.js"
 * @import { CellValue, Column, Ledger, Place, Row } from "./types.d.ts"
 * @typedef {{ what: "add" | "correct" | "withdraw", ledger: Ledger, row: Row | null,
 *   places: Place[], place: number | null, day: string, month: string,
 *   data: Record<string, CellValue>, reason: string }} Wish
 */

import { html, nothing } from "lit-html";
import { today } from "../../../days.js";
import { t } from "../../../words.js";
import { openAsking } from "../asking.js";
import { openAttaching } from "../standardisation/attaching.js";
import { grouped, placeName, titled, word } from "./pieces.js";

/**
 * @param {HTMLDialogElement} dialog
 * @param {{ api: Api, slug: string, done: (row: Row, what: Wish["what"]) => void }} world
 */
export function openForm(dialog, { api, slug, done }) {
  const files = openAttaching(api, () => asking.filesChanged());
  /** @type {Record<string, string>} */
  let wrong = {};
  /** @type {import("../asking.js").Asking<Wish>} */
  const asking = openAsking(dialog, {
    title: ({ what, ledger }) =>
      t(/** @type {any} */ (`ledgers.form.${what}`), { name: word(ledger) }),
    act: ({ what }) => t(/** @type {any} */ (`ledgers.do.${what}`)),
    busy: files.busy,
    send: (wish, id) =>
      api.ask("PUT", `/api/v1/campaign/ledgers/${slug}/rows/${id}/`, bodyOf(wish)),
    done: (row, { what }) => done(row, what),

    fields(wish, told) {
      wrong = told;
      const { what, row, ledger, reason } = wish;
      const named = { place: row?.place ?? word(ledger), day: row?.day ?? "" };
      return html`
        ${what === "withdraw" ? html`<p>${t("ledgers.withdrawSays", named)}</p>` : fields(wish)}
        ${
          what === "add"
            ? nothing
            : field("reason", t("ledgers.reason"), (id) =>
                text(
                  id,
                  reason,
                  200,
                  (value) => set({ reason: value }, "reason"),
                  Boolean(wrong.reason),
                ),
              )
        }`;
    },
  });

  /** @param {Partial<Wish>} news @param {string} field */
  const set = (news, field) => asking.set(news, [field]);

  /** @param {Wish} wish */
  function bodyOf({ what, ledger, row, place, day, month, data, reason }) {
    if (what === "withdraw") return { supersedes: row?.id, withdrawn: true, reason };
    const shown = ledger.columns.filter((each) => isAsked(each, data));
    const told = Object.fromEntries(
      shown.map(({ name }) => [name, data[name]]).filter(([, value]) => value !== undefined),
    );
    return {
      day,
      data: told,
      ...(ledger.counts === "month" ? { month } : {}),
      ...(what === "correct" ? { supersedes: row?.id, reason } : {}),
      ...(what === "add" && ledger.level !== "subdistrict" ? { [ledger.level]: place } : {}),
      ...(files.ids().length
        ? { attachments: [...(row?.attachments.map(({ id }) => id) ?? []), ...files.ids()] }
        : {}),
    };
  }

  /** @param {Wish} told */
  function fields(told) {
    const { ledger, what, row, places, data } = told;
    return html`
      ${
        ledger.level === "subdistrict"
          ? nothing
          : what === "correct"
            ? html`<p><b>${row?.place}</b></p>`
            : field(
                ledger.level,
                t(/** @type {any} */ (`ledgers.place.${ledger.level}`)),
                (id) => html`<select class="input" id=${id}
                aria-invalid=${Boolean(wrong[ledger.level])} @change=${(/** @type {any} */ event) => set({ place: Number(event.target.value) || null }, ledger.level)}>
                <option value="" ?selected=${told.place === null}>${t("ledgers.choose")}</option>
                ${grouped(places, ({ community }) => community).map(options(told))}
              </select>`,
              )
      }
      ${field(
        "day",
        t("ledgers.day"),
        (id) => html`<input class="input" id=${id} type="date" max=${today()} .value=${told.day}
        aria-invalid=${Boolean(wrong.day)} @change=${(/** @type {any} */ event) => set({ day: event.target.value }, "day")} />`,
      )}
      ${
        ledger.counts === "month"
          ? field(
              "month",
              t("ledgers.ofMonth"),
              (id) => html`<input class="input" id=${id} type="month" .value=${told.month}
              aria-invalid=${Boolean(wrong.month)} @change=${(/** @type {any} */ event) => set({ month: event.target.value }, "month")} />`,
            )
          : nothing
      }
      ${ledger.columns.filter((each) => isAsked(each, data)).map(column)}
      ${files.field()}`;
  }

  /** @param {Wish} told */
  const options = (told) => (/** @type {Place[]} */ several) => {
    const one = (/** @type {Place} */ each) =>
      html`<option value=${each.id ?? ""} ?selected=${each.id === told.place}>${placeName(each)}</option>`;
    const [first] = several;
    return told.ledger.level === "estate" && first
      ? html`<optgroup label=${word({ zh: first.community_name, en: first.community_name_en || first.community_name })}>${several.map(one)}</optgroup>`
      : several.map(one);
  };

  /** @param {Column} of */
  function column(of) {
    const name = `data.${of.name}`;
    const data = asking.wish()?.data ?? {};
    const value = data[of.name];
    const put = (/** @type {CellValue | undefined} */ told) => {
      const next = { ...data };
      if (told === undefined || told === "") delete next[of.name];
      else next[of.name] = told;
      set({ data: next }, name);
    };
    const unit = word({ zh: of.unit_zh ?? "", en: of.unit_en ?? "" });
    const label = `${titled(of)}${unit ? ` (${unit})` : ""}${of.needed ? "" : ` ${t("ledgers.optional")}`}`;
    if (of.type === "several")
      return several(of, label, /** @type {string[]} */ (value ?? []), put);
    return field(name, label, (id) => {
      const bad = Boolean(wrong[name]);
      switch (of.type) {
        case "number":
          return html`<input class="input" id=${id} type="number" inputmode="decimal" min=${of.min ?? 0} max=${of.max ?? ""}
            step=${10 ** -(of.decimals ?? 0)} aria-invalid=${bad} .value=${value === undefined ? "" : String(value)}
            @input=${(/** @type {any} */ event) => put(event.target.value === "" ? undefined : Number(event.target.value))} />`;
        case "day":
          return html`<input class="input" id=${id} type="date" aria-invalid=${bad} .value=${String(value ?? "")}
            @change=${(/** @type {any} */ event) => put(event.target.value)} />`;
        case "yes_no":
          return choice(
            id,
            bad,
            value === undefined ? "" : value ? "1" : "0",
            [
              { key: "1", zh: "是", en: "yes" },
              { key: "0", zh: "否", en: "no" },
            ],
            (key) => put(key === "" ? undefined : key === "1"),
          );
        case "choice":
          return choice(id, bad, String(value ?? ""), of.options ?? [], put);
        default:
          return text(id, String(value ?? ""), of.most ?? 200, put, bad);
      }
    });
  }

  /** @param {Column} of @param {string} label @param {string[]} value @param {(told: CellValue | undefined) => void} put */
  const several = (of, label, value, put) => html`<fieldset class="field ledgers-several">
    <legend>${label}</legend>
    ${of.options?.map(
      (each) =>
        html`<label class="row"><input type="checkbox" .checked=${value.includes(each.key)} @change=${(
          /** @type {any} */ event,
        ) => {
          const rest = value.filter((key) => key !== each.key);
          const next = event.target.checked ? [...rest, each.key] : rest;
          put(next.length ? next : undefined);
        }} /> ${word(each)}</label>`,
    )}
    ${wrong[`data.${of.name}`] ? html`<p class="wrong small">${wrong[`data.${of.name}`]}</p>` : nothing}
  </fieldset>`;

  /** @param {string} name @param {string} label @param {(id: string) => unknown} input */
  function field(name, label, input) {
    const id = `ledger-${name.replace(".", "-")}`;
    return html`<div class="field"><label for=${id}>${label}</label>${input(id)}
      ${wrong[name] ? html`<p class="wrong small">${wrong[name]}</p>` : nothing}</div>`;
  }

  /** @param {Omit<Wish, "reason">} told */
  function open(told) {
    files.clear();
    asking.open({ ...told, reason: "" });
  }

  return {
    /** @param {Ledger} ledger @param {Place[]} places @param {Place | null} place @param {string} month */
    add(ledger, places, place, month) {
      // A deed of a month that is over has a day of then, which only people know.
      const over = ledger.monthly && ledger.counts !== "month" && !today().startsWith(month);
      const given = ledger.columns.filter((each) => each.given !== null);
      const data = Object.fromEntries(given.map((each) => [each.name, each.given]));
      open(
        /** @type {any} */ ({
          what: "add",
          ledger,
          row: null,
          places,
          place: place?.id ?? null,
          day: over ? "" : today(),
          month,
          data,
        }),
      );
    },
    /** @param {Ledger} ledger @param {Row} row */
    correct(ledger, row) {
      const { day, month, data } = row;
      open({
        what: "correct",
        ledger,
        row,
        places: [],
        place: null,
        day,
        month,
        data: { ...data },
      });
    },
    /** @param {Ledger} ledger @param {Row} row */
    withdraw(ledger, row) {
      open({
        what: "withdraw",
        ledger,
        row,
        places: [],
        place: null,
        day: row.day,
        month: row.month,
        data: {},
      });
    },
  };
}

/** @param {Column} column @param {Record<string, CellValue>} data */
const isAsked = ({ only_if }, data) =>
  !only_if || only_if.values.includes(/** @type {CellValue} */ (data[only_if.column]));

/** @param {string} id @param {string} value @param {number} most @param {(told: string) => void} put @param {boolean} [bad] */
const text = (
  id,
  value,
  most,
  put,
  bad = false,
) => html`<input class="input" id=${id} type="text" maxlength=${most}
  aria-invalid=${bad} .value=${value} @input=${(/** @type {any} */ event) => put(event.target.value)} />`;

/** @param {string} id @param {boolean} bad @param {string} value @param {{ key: string, zh: string, en: string }[]} options @param {(told: string) => void} put */
const choice = (
  id,
  bad,
  value,
  options,
  put,
) => html`<select class="input" id=${id} aria-invalid=${bad}
  @change=${(/** @type {any} */ event) => put(event.target.value)}>
  <option value="" ?selected=${!value}>${t("ledgers.choose")}</option>
  ${options.map((each) => html`<option value=${each.key} ?selected=${each.key === value}>${word(each)}</option>`)}
</select>`;
