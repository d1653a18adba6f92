/**
 * A dialog that asks for one thing, sends it and is gone. What could not be sent stays to be put
 * right; who closes it while it is on its way has not called it back, and it is done all the same.
 *
 * @import { Reply } from "../../api.js"
 */

import { html, nothing, render } from "lit-html";
import { uuid7 } from "../../uuid.js";
import { t } from "../../words.js";
import { unsent } from "../desk.js";
import { icon } from "../parts.js";

/**
 * @template Wish
 * @typedef {{ id: string, wish: Wish, failed: Reply | null, wrong: Record<string, string>,
 *   sending: boolean, sure: boolean }} Asked `id`: of the content as it stands, another with each
 *   change; `sure`: what is asked once more before it is sent stands there
 */

/**
 * @template Wish
 * @param {HTMLDialogElement} dialog
 * @param {{ title: (wish: Wish) => string, act: (wish: Wish, sure: boolean) => string,
 *   fields: (wish: Wish, wrong: Record<string, string>) => unknown,
 *   missing?: (wish: Wish) => Record<string, string>,
 *   send: (wish: Wish, id: string) => Promise<Reply>, done: (body: any, wish: Wish) => void,
 *   busy?: () => boolean, sure?: (wish: Wish) => unknown }} ways `missing`: what is wrong before
 *   it is sent, by field; `busy`: a file is on its way; `sure`: asked before it is sent, where it
 *   can't be taken back
 */
export function openAsking(dialog, ways) {
  const { title, act, fields, send, done, sure } = ways;
  const { missing = () => ({}), busy = () => false } = ways;
  /** @type {Asked<Wish> | null} */
  let asked = null;

  dialog.addEventListener("close", () => {
    asked = null;
    render(nothing, dialog);
  });

  function submit() {
    if (!asked || !isRight()) return;
    if (!sure || asked.sure) make();
    else {
      asked.sure = true;
      show();
      /** @type {HTMLElement | null} */ (dialog.querySelector(".primary"))?.focus();
    }
  }

  function isRight() {
    if (!asked || asked.sending || busy()) return false;
    asked.wrong = missing(asked.wish);
    const right = !Object.keys(asked.wrong).length;
    if (!right) complain();
    return right;
  }

  async function make() {
    if (!asked || !isRight()) return;
    const mine = asked;
    const { wish, id } = mine;
    mine.sending = true;
    mine.failed = null;
    show();
    const reply = await send(wish, id);
    mine.sending = false;
    if (reply.outcome === "received") {
      if (asked === mine) dialog.close();
      return done(reply.body, wish);
    }
    if (asked !== mine) return;
    mine.failed = reply;
    mine.sure = false;
    if (reply.outcome === "refused") mine.wrong = reply.details.fields ?? {};
    complain();
  }

  function complain() {
    show();
    /** @type {HTMLElement | null} */ (dialog.querySelector('[aria-invalid="true"]'))?.focus();
  }

  function show() {
    if (!asked) return;
    const { wish, wrong, failed, sending } = asked;
    const told = asked.sure && sure ? sure(wish) : null;
    const back = () => {
      if (asked && told) asked.sure = false;
      else dialog.close();
      show();
    };
    render(
      html`<form class="asking-form" novalidate @submit=${(/** @type {Event} */ event) => {
        event.preventDefault();
        submit();
      }}>
        <header class="desk-head"><h2 id="asking-title">${title(wish)}</h2>
          <button class="button icon quiet" type="button" aria-label=${t("cancel")} @click=${() => dialog.close()}>${icon("close")}</button></header>
        ${failed ? unsent(failed, make) : nothing}
        ${told ?? fields(wish, wrong)}
        <footer class="row">
          <button class="button" type="button" @click=${back}>${told ? t("back") : t("cancel")}</button>
          <button class="button primary" ?disabled=${sending || busy()}>${act(wish, told !== null)}</button></footer>
      </form>`,
      dialog,
    );
  }

  return {
    /** @param {Wish} wish */
    open(wish) {
      asked = {
        ...{ id: uuid7(), wish, failed: null, wrong: {} },
        ...{ sending: false, sure: false },
      };
      show();
      dialog.setAttribute("aria-labelledby", "asking-title");
      dialog.showModal();
      /** @type {HTMLElement | null} */ (dialog.querySelector("[autofocus]"))?.focus();
    },

    /** @param {Partial<Wish>} news @param {string[]} [righted] fields that it puts right */
    set(news, righted = Object.keys(news)) {
      if (!asked) return;
      asked.wish = { ...asked.wish, ...news };
      asked.id = uuid7();
      for (const name of righted) delete asked.wrong[name];
      show();
    },

    show,

    /** A file came or went. */
    filesChanged() {
      if (asked) asked.id = uuid7();
      show();
    },

    wish: () => asked?.wish ?? null,
  };
}

/**
 * @template Wish
 * @typedef {ReturnType<typeof openAsking<Wish>>} Asking
 */

/** @param {string | undefined} said */
export const wrongLine = (said) => (said ? html`<p class="wrong">${said}</p>` : nothing);
