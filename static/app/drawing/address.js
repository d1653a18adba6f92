/**
 * What of the planners' page stands in its address, so that a view can be sent to a colleague.
 *
 * @typedef {"plans" | "register"} Panel
 * @typedef {"check" | "facts" | "life" | "past"} Tab
 * @typedef {{ show: Panel, plan: string, proposal: string, tab: Tab, archived: boolean,
 *   off: string[], more: [string, string][] }} Place `off`: layers that are put away; `more`: what
 *   other panels keep there
 */

const OURS = ["show", "plan", "proposal", "tab", "archived", "off"];
/** @type {Tab[]} */
export const TABS = ["check", "facts", "life", "past"];

/** @param {string} search @returns {Place} */
export function placeOf(search) {
  const query = new URLSearchParams(search);
  const plan = query.get("plan") ?? "";
  const tab = /** @type {Tab} */ (query.get("tab"));
  return {
    show: query.get("show") === "plans" || plan ? "plans" : "register",
    plan,
    proposal: plan ? (query.get("proposal") ?? "") : "",
    tab: TABS.includes(tab) ? tab : "check",
    archived: query.get("archived") === "1",
    off: query.getAll("off"),
    more: [...query].filter(([name]) => !OURS.includes(name)),
  };
}

/** Without what is as it is anyway. @param {Place} place */
export function addressOf({ show, plan, proposal, tab, archived, off, more }) {
  const query = new URLSearchParams();
  if (plan) query.set("plan", plan);
  else if (show === "plans") query.set("show", show);
  if (plan && proposal) {
    query.set("proposal", proposal);
    if (tab !== "check") query.set("tab", tab);
  }
  if (!plan && show === "plans" && archived) query.set("archived", "1");
  for (const layer of off) query.append("off", layer);
  for (const [name, value] of more) query.append(name, value);
  return query.toString();
}
