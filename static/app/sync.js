/**
 * Between the server and what the tablet holds.
 *
 * @import { Api, Reply } from "./api.js"
 * @import { Register } from "./store/register.js"
 * @import { Journal } from "./store/journal.js"
 */

/**
 * Fills the register with all that the pages start from.
 *
 * @param {Register} register
 * @param {Api} api
 * @returns {Promise<Reply>} the first reply that was not received, else one that was
 */
export async function refresh(register, api) {
  const [me, kinds, communities, estates] = await Promise.all([
    api.me(),
    api.kinds(),
    api.communities(),
    api.estates(),
  ]);
  for (const reply of [me, kinds, communities, estates])
    if (reply.outcome !== "received") return reply;
  register.put({
    me: bodyOf(me),
    kinds: bodyOf(kinds).kinds,
    communities: bodyOf(communities),
    estates: bodyOf(estates),
  });
  return me;
}

/**
 * What stands in one estate, and what is open there.
 *
 * @param {Register} register
 * @param {Api} api
 * @param {number} estate
 * @returns {Promise<Reply>}
 */
export async function refreshEstate(register, api, estate) {
  const [assets, findings] = await Promise.all([api.assets(estate), api.openFindings(estate)]);
  if (assets.outcome === "received") register.putOf(estate, { assets: assets.body });
  if (findings.outcome === "received") register.putOf(estate, { findings: findings.body });
  return assets.outcome === "received" ? findings : assets;
}

/**
 * Sends one record. Sending the same again is safe: its id stays.
 *
 * @param {{ register: Register, journal: Journal, api: Api }} world
 * @param {string} id
 * @param {any} content
 * @returns {Promise<Reply>}
 */
export async function send({ register, journal, api }, id, content) {
  const reply = await api.sendInspection(id, content);
  if (reply.outcome === "received") {
    journal.keep({ id, content, reply: reply.body });
    register.inspected(content.estate, content.kind, content.recorded_at);
  }
  return reply;
}

/** @param {Reply} reply @returns {any} */
const bodyOf = (reply) => (reply.outcome === "received" ? reply.body : null);
