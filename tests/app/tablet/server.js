/**
 * A stand-in for the server, as far as a tablet sees it: it takes records and uploads, tells what
 * it holds, and fails in every way that a line and a server fail.
 *
 * @typedef {"offline" | "lost" | "hangs" | "hangs_after" | number} Fault what becomes of a
 *   request: it never arrives; its answer is lost; nothing is ever answered, before or after it
 *   was done; or this status comes from somewhere in between
 * @typedef {{ method: string, path: string, headers: Record<string, string>, body: any,
 *   signal: AbortSignal }} Request
 */

import { createHash } from "node:crypto";

/** @param {string | Uint8Array} bytes */
const hashOf = (bytes) => createHash("sha256").update(bytes).digest("hex");

/**
 * @param {{ person?: number, fault?: (request: Request) => Fault | null | undefined,
 *   refuses?: (id: string, content: any) => { status: number, code: string } | null,
 *   refusesPhoto?: (id: string) => { status: number, code: string } | null }} [world]
 */
export function openServer(world = {}) {
  const server = {
    person: world.person ?? 7,
    fault: world.fault ?? (() => null),
    refuses: world.refuses ?? (() => null),
    refusesPhoto: world.refusesPhoto ?? (() => null),
    revoked: false,
    signedIn: true,
    /** Every request, in order. @type {string[]} */
    asked: [],
    /** @type {Map<string, { body: string, sha256: string, times: number }>} */
    records: new Map(),
    /** @type {Map<string, { entry: string, code: string, body: string }>} */
    refused: new Map(),
    /** What becomes of a move. @type {(content: any) => { standing: string, version: number, state: string }} */
    moved: ({ version }) => ({ standing: "made", version: version + 1, state: "checked" }),
    /** @type {Map<string, { entry: string, bytes: Buffer }>} */
    photos: new Map(),
    /** @type {Map<string, { length: number, bytes: Buffer, meta: Record<string, string> }>} */
    uploads: new Map(),
    /** @type {any[]} */
    contacts: [],
    fetch,
  };

  /** @param {any} path @param {any} [init] @returns {Promise<Response>} */
  async function fetch(path, { method = "GET", headers = {}, body, signal } = {}) {
    /** @type {Request} */
    const request = { method, path: String(path), headers, body, signal };
    server.asked.push(`${method} ${String(path).split("?")[0]}`);
    const fault = server.fault(request);
    if (fault === "offline") throw new TypeError("Failed to fetch");
    signal?.throwIfAborted();
    if (fault === "hangs") return never(signal);
    if (typeof fault === "number") return new Response("<h1>gateway</h1>", { status: fault });
    const answer = respond(request);
    if (fault === "lost") throw new TypeError("Failed to fetch");
    if (fault === "hangs_after") return never(signal);
    return answer;
  }

  /** @param {Request} request @returns {Response} */
  function respond({ method, path, headers, body }) {
    const { pathname, searchParams } = new URL(path, "http://here");
    const [, name = "", id = ""] = /^\/api\/v1\/(\w+)\/(?:([^/]+)\/?)?$/.exec(pathname) ?? [];
    const [, move = ""] = /^\/api\/v1\/cases\/[^/]+\/moves\/([^/]+)\/$/.exec(pathname) ?? [];
    const [, sheet = ""] = /^\/api\/v1\/campaign\/sheets\/([^/]+)\/$/.exec(pathname) ?? [];
    const delivers =
      move !== "" ||
      sheet !== "" ||
      ["inspections", "proposals", "uploads", "devices"].includes(name);
    if (server.revoked && !(delivers && server.signedIn)) return told(401, "device_revoked");
    if (!server.signedIn) return told(401, "not_signed_in");
    if (name === "me") return json(200, { id: server.person });
    if (name === "devices") {
      server.contacts.push(JSON.parse(body));
      return json(200, { clock_offset_s: 0, app_version: "abc123", revoked: server.revoked });
    }
    if (name === "inspections" || name === "proposals") return put(id, body);
    if (move) return put(move, body, server.moved);
    if (sheet) return put(sheet, body);
    if (name === "receipts") return receipts(searchParams);
    if (method === "POST") return create(headers);
    return method === "HEAD" ? head(id) : patch(id, headers, body);
  }

  /** @param {string} id @param {string} body @param {(content: any) => object} [answer] */
  function put(id, body, answer = () => ({ findings: [] })) {
    const sha256 = hashOf(body);
    const known = server.records.get(id);
    if (known) {
      known.times += 1;
      return known.sha256 === sha256
        ? json(200, { id, ...answer(JSON.parse(body)) })
        : told(409, "recorded_differently");
    }
    const content = JSON.parse(body);
    const refusal = server.refuses(id, content);
    if (refusal) {
      server.refused.set(id, { entry: id, code: refusal.code, body });
      return told(refusal.status, refusal.code);
    }
    if (content.supersedes && !server.records.has(content.supersedes)) {
      server.refused.set(id, { entry: id, code: "corrects_unknown", body });
      return told(409, "corrects_unknown");
    }
    take(id, body);
    return json(201, { id, ...answer(content) });
  }

  /** @param {string} id @param {string} body */
  function take(id, body) {
    server.records.set(id, { body, sha256: hashOf(body), times: 1 });
    server.refused.delete(id);
    for (const waits of [...server.refused.values()])
      if (waits.code === "corrects_unknown" && JSON.parse(waits.body).supersedes === id)
        take(waits.entry, waits.body);
  }

  /** @param {Record<string, string>} headers */
  function create(headers) {
    const meta = Object.fromEntries(
      (headers["Upload-Metadata"] ?? "").split(",").map((pair) => {
        const [name = "", value = ""] = pair.split(" ");
        return [name, atob(value)];
      }),
    );
    const photo = meta.photo ?? "";
    const refusal = server.refusesPhoto(photo);
    if (refusal) return told(refusal.status, refusal.code);
    const length = Number(headers["Upload-Length"]);
    if (server.photos.has(photo))
      return new Response(null, { status: 201, headers: { "Upload-Offset": String(length) } });
    const id = `u${server.uploads.size + 1}`;
    server.uploads.set(id, { length, bytes: Buffer.alloc(0), meta });
    return new Response(null, {
      status: 201,
      headers: { Location: `https://proxy.example/api/v1/uploads/${id}/` },
    });
  }

  /** @param {string} id */
  function head(id) {
    const upload = server.uploads.get(id);
    if (!upload) return new Response(null, { status: 404 });
    return new Response(null, { headers: { "Upload-Offset": String(upload.bytes.length) } });
  }

  /** @param {string} id @param {Record<string, string>} headers @param {Uint8Array} body */
  function patch(id, headers, body) {
    const upload = server.uploads.get(id);
    if (!upload) return told(404, "upload_gone");
    if (Number(headers["Upload-Offset"]) !== upload.bytes.length) return told(409, "wrong_offset");
    const checksum = createHash("sha256").update(body).digest("base64");
    if (headers["Upload-Checksum"] !== `sha256 ${checksum}`) return told(460, "checksum_mismatch");
    upload.bytes = Buffer.concat([upload.bytes, body]);
    if (upload.bytes.length === upload.length) {
      server.uploads.delete(id);
      const { sha256, photo = "", entry = "" } = upload.meta;
      if (hashOf(upload.bytes) !== sha256) return told(460, "checksum_mismatch");
      server.photos.set(photo, { entry, bytes: upload.bytes });
    }
    return new Response(null, {
      status: 204,
      headers: { "Upload-Offset": String(upload.bytes.length) },
    });
  }

  /** @param {URLSearchParams} query */
  function receipts(query) {
    const device = query.get("device");
    const entries = [
      ...[...server.records].map(([id, { body }]) => ({ id, body, status: "held" })),
      ...[...server.refused.values()].map(({ entry, body, code }) => ({
        ...{ id: entry, body, code, message: "" },
        status: /_unknown$/.test(code) ? "waits" : "refused",
      })),
    ];
    return json(200, {
      cursor: String(server.asked.length),
      next: null,
      entries: entries
        .map(({ body, ...more }) => ({ ...more, content: JSON.parse(body), body }))
        .filter(({ content }) => content.device === device)
        .map(({ content, body, ...more }) => ({
          ...more,
          type: content.move ? "move" : "inspection",
          number: content.number,
          sha256: hashOf(body),
          bytes: Buffer.byteLength(body),
          received_at: "2026-11-22T04:00:00Z",
          photos: (content.photos ?? []).map((/** @type {any} */ { id, sha256, bytes }) => {
            const there = server.photos.get(id);
            return {
              ...{ id, bytes, held: Boolean(there), received_bytes: there?.bytes.length ?? 0 },
              sha256: there ? hashOf(there.bytes) : sha256,
            };
          }),
        })),
    });
  }
  return server;
}

/** @param {number} status @param {unknown} body */
const json = (status, body) => new Response(JSON.stringify(body), { status });

/** @param {number} status @param {string} code */
const told = (status, code) => json(status, { code, message: `${code}.`, details: {} });

/** @param {AbortSignal} signal @returns {Promise<Response>} */
const never = (signal) =>
  new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
