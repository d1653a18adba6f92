/**
 * Who is away, and who stands in: entered, and taken back.
 *
 * @import { Leave } from "../../giving.js"
 * @import { Wrong } from "./fields.js"
 * @import { World } from "./giving.js"
 */

import { openTurns } from "../../turns.js";
import { t } from "../../words.js";
import { leaveForm } from "./form.js";

/** @param {World} world */
export function openLeaves({ api, toasts, day, known, reload, show, focus, fail }) {
  /** @type {Omit<Leave, "id" | "person_name" | "stand_in_name"> | null} */
  let excusing = null;
  /** @type {Wrong} */
  let wrong = {};
  let saving = false;
  const turn = openTurns();
  /** Is the form still the one that was opened? */
  let isSame = turn();
  /** The one that is being taken back. @type {number | null} */
  let cancelling = null;

  async function save() {
    if (!excusing || saving) return;
    const mine = excusing;
    const { person, stand_in } = mine;
    wrong = Object.fromEntries(
      Object.entries({ person, stand_in })
        .filter(([, told]) => !told)
        .map(([name]) => [name, t("rounds.needed")]),
    );
    if (Object.keys(wrong).length) return complain();
    saving = true;
    show();
    const stays = isSame;
    const reply = await api.ask("POST", "/api/v1/leaves/", mine);
    saving = false;
    if (reply.outcome === "received") {
      if (stays()) excusing = null;
      fail(null);
      toasts.show(t("leave.saved", { name: reply.body.person_name }));
      return reload();
    }
    if (!stays()) return;
    if (reply.outcome === "refused" && reply.details.fields) wrong = reply.details.fields;
    else fail(reply);
    complain();
  }

  function complain() {
    show();
    focus("[aria-invalid=true]");
  }

  /** @param {Leave} leave */
  async function cancel(leave) {
    if (cancelling !== null) return;
    cancelling = leave.id;
    const reply = await api.ask("DELETE", `/api/v1/leaves/${leave.id}/`);
    cancelling = null;
    if (reply.outcome !== "received") {
      fail(reply);
      return show();
    }
    await reload();
    const { person, stand_in, since, until } = leave;
    toasts.show(t("leave.cancelled", { name: leave.person_name }), {
      label: t("undo"),
      act: async () => {
        const back = await api.ask("POST", "/api/v1/leaves/", { person, stand_in, since, until });
        await reload();
        if (back.outcome === "received") return;
        fail(back);
        show();
      },
    });
  }

  return {
    isOpen: () => excusing !== null,
    cancel,

    leave() {
      isSame = turn();
      excusing = null;
      wrong = {};
    },

    /** @param {string} person a sign-in name, or none */
    excuse(person) {
      isSame = turn();
      wrong = {};
      excusing = { person, stand_in: "", since: day, until: day };
      show();
      focus("#round-person");
    },

    /** @param {() => void} close */
    form: (close) =>
      excusing &&
      leaveForm({
        leave: excusing,
        inspectors: known()?.inspectors ?? [],
        ...{ wrong, saving, save, close },
        set: (change) => {
          if (!excusing) return;
          for (const name of Object.keys(change)) delete wrong[name];
          excusing = { ...excusing, ...change };
          show();
        },
      }),
  };
}
