/**
 * A round that is given, changed or handed over: the form, and sending it.
 *
 * @import { Api, Reply } from "../../api.js"
 * @import { Wish } from "../../giving.js"
 * @import { Round } from "../../types.d.ts"
 * @import { Inspector, Sought } from "./form.js"
 * @import { Wrong } from "./fields.js"
 * @import { Known } from "./rounds.js"
 *
 * @typedef {{ api: Api, toasts: ReturnType<typeof import("../toasts.js").openToasts>, day: string,
 *   known: () => Known | null, inspectorOf: (username: string) => Inspector | undefined,
 *   reload: () => Promise<void>, show: () => void, focus: (selector: string) => void,
 *   fail: (reply: Reply | null) => void }} World
 */

import { daysAfter, missingIn } from "../../giving.js";
import { openTurns } from "../../turns.js";
import { t } from "../../words.js";
import { roundForm, toggled, walked } from "./form.js";

/** What a new one lasts unless told otherwise. */
const FIRST_DAYS = 7;
/** @type {Sought} */
const ANYTHING = { text: "", community: "", due: "all" };

/** @param {World & { go: (change: any) => void }} world */
export function openGiving(world) {
  const { api, toasts, day, known, inspectorOf, reload, show, focus, fail, go } = world;
  /** @type {{ wish: Wish, id: number | null, sought: Sought } | null} */
  let giving = null;
  /** @type {Wrong} */
  let wrong = {};
  let saving = false;
  const turn = openTurns();
  /** Is the form still the one that was opened? */
  let isSame = turn();

  /** @param {Partial<Wish>} told */
  function set(told) {
    const all = known();
    if (!giving || !all) return;
    const wish = { ...giving.wish, ...told };
    if (told.inspector !== undefined) {
      const where = new Set(
        walked(all.estates, inspectorOf(wish.inspector)).map((each) => each.id),
      );
      wish.estates = wish.estates.filter((id) => where.has(id));
    }
    // What was shared on purpose was shared with those who had it then.
    if (told.estates || told.kinds || told.since || told.until || told.inspector)
      wish.shared = false;
    for (const name of Object.keys(told)) delete wrong[name];
    giving = { ...giving, wish };
    show();
  }

  async function save() {
    if (!giving || saving) return;
    const { wish, id } = giving;
    const missing = missingIn(wish);
    wrong = Object.fromEntries(Object.entries(missing).map(([name, word]) => [name, t(word)]));
    if (Object.keys(wrong).length) return complain();
    saving = true;
    show();
    const stays = isSame;
    const reply =
      id === null
        ? await api.ask("POST", "/api/v1/rounds/", wish)
        : await api.ask("PUT", `/api/v1/rounds/${id}/`, wish);
    saving = false;
    if (reply.outcome === "received") {
      // Who closed the form meanwhile did not call it back, and is not led away from elsewhere.
      const here = stays();
      if (here) giving = null;
      fail(null);
      const { name, since, until } = { ...reply.body, name: reply.body.inspector_name };
      toasts.show(id === null ? t("rounds.givenTo", { name }) : t("rounds.changed"));
      await reload();
      const when = since > day ? "coming" : until < day ? "past" : "now";
      if (here) go({ giving: false, round: reply.body.id, when });
      return;
    }
    if (!stays()) return;
    if (reply.outcome === "refused" && reply.details.fields) wrong = reply.details.fields;
    // Somebody else was quicker: what they have is shown, and it is asked once more.
    else if (reply.outcome === "refused" && reply.code === "round_overlaps") {
      await reload();
      wrong = { shared: reply.message };
    } else fail(reply);
    complain();
  }

  function complain() {
    show();
    focus("[aria-invalid=true]");
  }

  return {
    isOpen: () => giving !== null,
    isNew: () => giving?.id === null,
    estates: () => giving?.wish.estates ?? null,

    leave() {
      isSame = turn();
      giving = null;
      wrong = {};
    },

    /** @param {{ inspector: string, kind: string }} first what the list is narrowed to */
    begin({ inspector, kind }) {
      isSame = turn();
      wrong = {};
      giving = {
        id: null,
        sought: ANYTHING,
        wish: {
          name: "",
          inspector,
          kinds: kind ? [kind] : [],
          estates: [],
          since: day,
          until: daysAfter(day, FIRST_DAYS - 1),
          shared: false,
          note: "",
        },
      };
    },

    /** @param {Round} round @param {string} first the field to begin with */
    change(round, first) {
      isSame = turn();
      wrong = {};
      giving = { id: round.id, sought: { ...ANYTHING, due: "chosen" }, wish: wishOf(round) };
      show();
      focus(first);
    },

    /** An estate that was tapped, if the inspector walks there. @param {number} id */
    toggle(id) {
      const all = known();
      if (!giving || !all) return;
      const { estates, inspector } = giving.wish;
      const mine = walked(all.estates, inspectorOf(inspector));
      if (mine.some((each) => each.id === id)) set({ estates: toggled(estates, id) });
    },

    /** @param {() => void} close */
    form(close) {
      const all = known();
      if (!giving || !all) return null;
      return roundForm({
        ...giving,
        ...all,
        ...{ wrong, saving, set, save, close },
        seek: (change) => {
          if (giving) giving = { ...giving, sought: { ...giving.sought, ...change } };
          show();
        },
      });
    },
  };
}

/** @param {Round} round @returns {Wish} */
export const wishOf = ({ name, inspector, kinds, estates, since, until, shared, note }) => ({
  name,
  inspector,
  kinds,
  estates,
  since,
  until,
  shared,
  note,
});
