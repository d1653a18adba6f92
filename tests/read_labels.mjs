// Reads QR codes out of pixels as the tablet does: each line of the input names a file of raw RGBA,
// its width and its height; each line of the output is what it says.
import { readFileSync } from "node:fs";
import { decodeQR } from "qr/decode.js";

for (const line of readFileSync(0, "utf8").trim().split("\n")) {
  const [path, width, height] = line.split(" ");
  const data = new Uint8ClampedArray(readFileSync(path));
  console.log(decodeQR({ data, width: Number(width), height: Number(height) }));
}
