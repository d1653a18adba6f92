// The stock tus-js-client, as anyone would use it. Told by one JSON argument what to send, it says
// in one line of JSON what became of it.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent as PlainAgent } from "node:http";
import { Agent as SecureAgent } from "node:https";
import { DefaultHttpStack, Upload } from "tus-js-client";

const asked = JSON.parse(process.argv[2]);
const file = readFileSync(asked.file);
const offsets = [];

function say(told) {
	console.log(JSON.stringify({ ...told, url: upload.url, offsets }));
	process.exit(0);
}

const Agent = asked.endpoint.startsWith("https:") ? SecureAgent : PlainAgent;
const upload = new Upload(file, {
	endpoint: asked.endpoint,
	chunkSize: asked.chunkSize,
	uploadDataDuringCreation: asked.creation,
	retryDelays: [50, 100, 200, 400, 800, 1600],
	headers: { Authorization: `Token ${asked.token}` },
	metadata: asked.metadata,
	httpStack: new DefaultHttpStack({ agent: new Agent({ keepAlive: false }) }),
	onBeforeRequest(request) {
		if (request.getMethod() !== "PATCH") return;
		const from = Number(request.getHeader("Upload-Offset"));
		offsets.push(from);
		if (!asked.checksum) return;
		const digest = createHash("sha256").update(file.subarray(from, from + asked.chunkSize));
		request.setHeader("Upload-Checksum", `sha256 ${digest.digest("base64")}`);
	},
	onSuccess: () => say({ done: true }),
	onError: (error) => say({ done: false, status: error.originalResponse?.getStatus() }),
});
upload.start();
