/**
 * A row is added, corrected or withdrawn: asked for in one dialog.
 *
 * @import { Api, Reply } from "../../../api.js"
 * @import { CellValue, Column, Ledger, Place, Row } from "./types.d.ts"
 * @typedef {{ what: "add" | "correct" | "withdraw", id: string, ledger: Ledger, row: Row | null,
 *   places: Place[], place: number | null, day: string, month: string,
 *   data: Record<string, CellValue>, reason: string }} Wish
 */

import { html, nothing, render } from "lit-html";
import { today } from "../../../days.js";
import { uuid7 } from "../../../uuid.js";
import { t } from "../../../words.js";
import { icon } from "../../parts.js";
import { openAttaching } from "../standardisation/attaching.js";
import { grouped, placeName, titled, trouble, word } from "./pieces.js";

/**
 * @param {HTMLDialogElement} dialog
 * @param {{ api: Api, slug: string, done: (row: Row, what: Wish["what"]) => void }} world
 */
export function openForm(dialog, { api, slug, done }) {
  /** @type {Wish | null} */
  let wish = null;
  /** @type {Record<string, string>} */
  let wrong = {};
  /** @type {Reply | null} */
  let failed = null;
  let sending = false;
  const files = openAttaching(api, () => show());

  dialog.addEventListener("close", () => {
    wish = null;
    files.clear();
    render(nothing, dialog);
  });

  /** @param {Omit<Wish, "id" | "reason">} told */
  function open(told) {
    wish = { ...told, id: uuid7(), reason: "" };
    wrong = {};
    failed = null;
    show();
    dialog.showModal();
  }

  /** @param {Partial<Wish>} news @param {string} [field] */
  function set(news, field) {
    if (!wish) return;
    // Another content goes under another id.
    wish = { ...wish, ...news, id: uuid7() };
    if (field) delete wrong[field];
    show();
  }

  function body() {
    if (!wish) return {};
    const { what, ledger, row, place, day, month, data, reason } = wish;
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

  async function send() {
    if (!wish || sending || files.busy()) return;
    sending = true;
    failed = null;
    show();
    const { id, what } = wish;
    const reply = await api.ask("PUT", `/api/v1/campaign/ledgers/${slug}/rows/${id}/`, body());
    sending = false;
    if (!wish) return;
    if (reply.outcome === "received") {
      dialog.close();
      return done(reply.body, what);
    }
    wrong = reply.outcome === "refused" ? (reply.details.fields ?? {}) : {};
    failed = Object.keys(wrong).length ? null : reply;
    show();
    /** @type {HTMLElement | null} */ (dialog.querySelector('[aria-invalid="true"]'))?.focus();
  }

  function show() {
    if (!wish) return;
    const { what, ledger } = wish;
    render(
      html`<form class="asking-form" novalidate aria-labelledby="ledger-form" @submit=${(
        /** @type {Event} */ event,
      ) => {
        event.preventDefault();
        send();
      }}>
        <header class="desk-head"><h2 id="ledger-form">${t(/** @type {any} */ (`ledgers.form.${what}`), { name: word(ledger) })}</h2>
          <button class="button icon quiet" type="button" aria-label=${t("cancel")} @click=${() => dialog.close()}>${icon("close")}</button></header>
        ${failed ? trouble(failed, send) : nothing}
        ${what === "withdraw" ? html`<p>${t("ledgers.withdrawSays", { place: wish.row?.place ?? word(ledger), day: wish.row?.day ?? "" })}</p>` : fields(wish)}
        ${
          what === "add"
            ? nothing
            : field("reason", t("ledgers.reason"), (id) =>
                text(id, wish?.reason ?? "", 200, (value) => set({ reason: value }, "reason")),
              )
        }
        <footer class="row">
          <button class="button" type="button" @click=${() => dialog.close()}>${t("cancel")}</button>
          <button class="button primary" ?disabled=${sending || files.busy()}>${t(/** @type {any} */ (`ledgers.do.${what}`))}</button></footer>
      </form>`,
      dialog,
    );
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
    const value = wish?.data[of.name];
    const put = (/** @type {CellValue | undefined} */ told) => {
      const data = { ...wish?.data };
      if (told === undefined || told === "") delete data[of.name];
      else data[of.name] = told;
      set({ data }, name);
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

  return {
    /** @param {Ledger} ledger @param {Place[]} places @param {Place | null} place @param {string} month */
    add(ledger, places, place, month) {
      const given = ledger.columns.filter((each) => each.given !== null);
      const data = Object.fromEntries(given.map((each) => [each.name, each.given]));
      open(
        /** @type {any} */ ({
          what: "add",
          ledger,
          row: null,
          places,
          place: place?.id ?? null,
          day: today(),
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
