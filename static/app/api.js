/**
 * Talking to the server. Every reply becomes a named outcome; nothing here throws for what the
 * network or the server did.
 *
 * @import { Asset, Estate, Place, PublishedKind } from "./types.d.ts"
 *
 * @typedef {{ outcome: "received", status: number, body: any }} Received
 * @typedef {{ outcome: "refused", status: number, code: string, message: string, details: any }} Refused
 * @typedef {{ outcome: "unreachable", why: "offline" | "slow" | "server", status: number }} Unreachable
 * @typedef {{ outcome: "signed_out" }} SignedOut
 * @typedef {Received | Refused | Unreachable | SignedOut} Reply
 */

const PATIENCE_MS = 30_000;
const PAGE = 1000;

/**
 * @param {{ fetch?: typeof fetch, token?: () => string, patienceMs?: number }} [world] what it
 *   talks through: the page's own fetch and its CSRF cookie, unless told otherwise
 */
export function connect({
  fetch: send = (...parts) => fetch(...parts),
  token = () => csrfToken(document.cookie),
  patienceMs = PATIENCE_MS,
} = {}) {
  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [content]
   * @returns {Promise<Reply>}
   */
  async function ask(method, path, content) {
    const reply = await once(method, path, content);
    if (reply.outcome !== "refused" || reply.code !== "csrf_stale") return reply;
    // The token belonged to an older session: asking who we are brings a new one.
    const renewed = await once("GET", "/api/v1/me/");
    return renewed.outcome === "received" ? once(method, path, content) : renewed;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [content]
   * @returns {Promise<Reply>}
   */
  async function once(method, path, content) {
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json" };
    if (method !== "GET") headers["X-CSRFToken"] = token();
    const form = content instanceof URLSearchParams;
    if (content !== undefined && !form) headers["Content-Type"] = "application/json";
    /** @type {RequestInit} */
    const request = {
      method,
      headers,
      credentials: "same-origin",
      signal: AbortSignal.timeout(patienceMs),
    };
    if (content !== undefined) request.body = form ? content : JSON.stringify(content);
    try {
      return await understood(await send(path, request));
    } catch (error) {
      const slow = error instanceof Error && error.name === "TimeoutError";
      return { outcome: "unreachable", why: slow ? "slow" : "offline", status: 0 };
    }
  }

  /**
   * Every page of a list.
   *
   * @param {string} path
   * @returns {Promise<Reply>} `body` is the array of all features
   */
  async function all(path) {
    /** @type {unknown[]} */
    const features = [];
    let next = `${path}${path.includes("?") ? "&" : "?"}page_size=${PAGE}`;
    while (next) {
      const reply = await ask("GET", next);
      if (reply.outcome !== "received") return reply;
      features.push(...reply.body.features);
      const following = reply.body.next;
      next = following ? local(following) : "";
    }
    return { outcome: "received", status: 200, body: features };
  }

  return {
    ask,
    me: () => ask("GET", "/api/v1/me/"),
    kinds: () => ask("GET", "/api/v1/kinds/"),
    communities: () => all("/api/v1/communities/"),
    estates: () => all("/api/v1/estates/?with=last_inspected"),
    /** @param {number} estate */
    assets: (estate) => all(`/api/v1/assets/?estate=${estate}`),
    /** @param {number} estate */
    openFindings: (estate) => all(`/api/v1/findings/?estate=${estate}&status=open`),
    /** One page, newest first. @param {string} name a sign-in name @param {number} page from 1 */
    inspectionsOf: (name, page) =>
      ask(
        "GET",
        `/api/v1/inspections/?inspector=${encodeURIComponent(name)}&page_size=30&page=${page}`,
      ),
    /** @param {string} id */
    inspection: (id) => ask("GET", `/api/v1/inspections/${id}/`),
    /** @param {string} id @param {unknown} content */
    sendInspection: (id, content) => ask("PUT", `/api/v1/inspections/${id}/`, content),
    /** @param {string} language */
    chooseLanguage: (language) => ask("POST", "/i18n/setlang/", new URLSearchParams({ language })),
  };
}

/** @typedef {ReturnType<typeof connect>} Api */

/** @param {string} cookies as document.cookie has them */
export const csrfToken = (cookies) => /(?:^|;\s*)csrftoken=([^;]*)/.exec(cookies)?.[1] ?? "";

/** @param {Response} response @returns {Promise<Reply>} */
async function understood(response) {
  const { status } = response;
  const body = await json(response);
  if (status === 401) return { outcome: "signed_out" };
  if (response.ok && body !== undefined) return { outcome: "received", status, body };
  // Without our own words it is some gateway in between that speaks, or a server that is down.
  if (status >= 500 || status === 429 || response.ok || !body?.code)
    return { outcome: "unreachable", why: "server", status };
  const { code, message = "", details = {} } = body;
  return { outcome: "refused", status, code, message, details };
}

/** @param {Response} response @returns {Promise<any>} undefined for what is no JSON */
async function json(response) {
  const text = await response.text();
  if (!text) return response.ok ? null : undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The path and query of an address, whichever host it names. @param {string} address */
function local(address) {
  const { pathname, search } = new URL(address, "http://here");
  return pathname + search;
}
