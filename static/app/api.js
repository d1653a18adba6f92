/**
 * Talking to the server. Every reply becomes a named outcome; nothing here throws for what the
 * network or the server did.
 *
 * @typedef {{ outcome: "received", status: number, body: any, headers?: Headers }} Received
 * @typedef {{ outcome: "refused", status: number, code: string, message: string, details: any,
 *   headers?: Headers }} Refused
 * @typedef {{ outcome: "unreachable", why: "offline" | "slow" | "server", status: number,
 *   retryAfterMs?: number }} Unreachable
 * @typedef {{ outcome: "signed_out" }} SignedOut
 * @typedef {{ outcome: "revoked" }} Revoked the office has blocked this tablet
 * @typedef {{ outcome: "cancelled" }} Cancelled by `signal`
 * @typedef {Received | Refused | Unreachable | SignedOut | Revoked | Cancelled} Reply
 *
 * @typedef {{ signal?: AbortSignal | undefined, patienceMs?: number,
 *   headers?: Record<string, string>, bare?: boolean,
 *   read?: (response: Response, alive: () => void) => Promise<any> }} Ways `bare`: what is
 *   answered is in its status and headers, the body may be empty; `read`: how its body is read,
 *   instead of as JSON, telling that it is `alive` at each piece that comes
 */

import { pathOf } from "./address.js";

const PATIENCE_MS = 30_000;
const PAGE = 1000;

/**
 * @param {{ fetch?: typeof fetch, token?: () => string, patienceMs?: number, device?: string,
 *   now?: () => Date }} [world] what it talks through: the page's own fetch and its CSRF cookie,
 *   unless told otherwise; `device`: the tablet's id, which goes with each request
 */
export function connect({
  fetch: send = (...parts) => fetch(...parts),
  token = () => csrfToken(document.cookie),
  patienceMs = PATIENCE_MS,
  device = "",
  now = () => new Date(),
} = {}) {
  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [content] a text is sent as it stands
   * @param {Ways} [ways]
   * @returns {Promise<Reply>}
   */
  async function ask(method, path, content, ways) {
    const reply = await once(method, path, content, ways);
    if (reply.outcome !== "refused" || reply.code !== "csrf_stale") return reply;
    // The token belonged to an older session: asking who we are brings a new one.
    const renewed = await once("GET", "/api/v1/me/", undefined, ways && { signal: ways.signal });
    return renewed.outcome === "received" ? once(method, path, content, ways) : renewed;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {any} content
   * @param {Ways} [ways]
   * @returns {Promise<Reply>}
   */
  async function once(method, path, content, ways = {}) {
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json" };
    if (device) {
      headers["X-Device"] = device;
      headers["X-Device-Clock"] = now().toISOString();
    }
    if (method !== "GET" && method !== "HEAD") headers["X-CSRFToken"] = token();
    const asIs = content instanceof Uint8Array;
    if (content !== undefined && !asIs) headers["Content-Type"] = "application/json";
    const stop = new AbortController();
    const cancel = () => stop.abort(new DOMException("", "AbortError"));
    ways.signal?.addEventListener("abort", cancel);
    if (ways.signal?.aborted) cancel();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let patience;
    const alive = () => {
      clearTimeout(patience);
      patience = setTimeout(
        () => stop.abort(new DOMException("", "TimeoutError")),
        ways.patienceMs ?? patienceMs,
      );
    };
    alive();
    /** @type {RequestInit} */
    const request = {
      method,
      headers: { ...headers, ...ways.headers },
      credentials: "same-origin",
      signal: stop.signal,
    };
    if (content !== undefined)
      request.body = /** @type {any} */ (
        asIs || typeof content === "string" ? content : JSON.stringify(content)
      );
    try {
      return await understood(
        await send(path, request),
        { ...ways, wordless: method === "HEAD" },
        alive,
      );
    } catch {
      if (ways.signal?.aborted) return { outcome: "cancelled" };
      return { outcome: "unreachable", why: stop.signal.aborted ? "slow" : "offline", status: 0 };
    } finally {
      clearTimeout(patience);
      ways.signal?.removeEventListener("abort", cancel);
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
      next = following ? pathOf(following) : "";
    }
    return { outcome: "received", status: 200, body: features };
  }

  return {
    ask,
    all,
    me: () => ask("GET", "/api/v1/me/"),
    kinds: () => ask("GET", "/api/v1/kinds/"),
    communities: () => all("/api/v1/communities/"),
    estates: () => all("/api/v1/estates/?with=last_inspected"),
    /** One page, newest first. @param {string} name a sign-in name @param {number} page from 1 */
    inspectionsOf: (name, page) =>
      ask(
        "GET",
        `/api/v1/inspections/?inspector=${encodeURIComponent(name)}&page_size=30&page=${page}`,
      ),
    /** @param {string} id */
    inspection: (id) => ask("GET", `/api/v1/inspections/${id}/`),
  };
}

/** @typedef {ReturnType<typeof connect>} Api */

/** @param {string} cookies as document.cookie has them */
export const csrfToken = (cookies) => /(?:^|;\s*)csrftoken=([^;]*)/.exec(cookies)?.[1] ?? "";

/** @param {Response} response @param {Ways & { wordless: boolean }} ways @param {() => void} alive @returns {Promise<Reply>} */
async function understood(response, { bare = false, wordless, read }, alive) {
  const { status, headers } = response;
  if (response.ok && read)
    return { outcome: "received", status, body: await read(response, alive), headers };
  const body = await json(response);
  if (status === 401)
    return { outcome: body?.code === "device_revoked" ? "revoked" : "signed_out" };
  if (response.ok && (bare || body !== undefined))
    return bare
      ? { outcome: "received", status, body, headers }
      : { outcome: "received", status, body };
  // Without our own words it is some gateway in between that speaks, or a server that is down.
  if (status >= 500 || status === 429 || response.ok || (!body?.code && !wordless))
    return { outcome: "unreachable", why: "server", status, ...retryAfter(headers) };
  const { code = "", message = "", details = {} } = body ?? {};
  return { outcome: "refused", status, code, message, details, ...(bare ? { headers } : {}) };
}

/** In seconds; a date is not what our server sends. @param {Headers} headers */
function retryAfter(headers) {
  const seconds = Number.parseInt(headers.get("Retry-After") ?? "", 10);
  return seconds > 0 ? { retryAfterMs: seconds * 1000 } : {};
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
