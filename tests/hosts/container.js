// Makes a container that everybody may read, in an Azurite at a port of this machine: `node container.js PORT NAME`.

import { createHmac } from "node:crypto";

// The account and the key that every Azurite has.
const account = "devstoreaccount1";
const key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

const [port, name] = process.argv.slice(2);
const headers = {
  "x-ms-blob-public-access": "container",
  "x-ms-date": new Date().toUTCString(),
  "x-ms-version": "2021-08-06",
};
const named = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`).join("");
const signed = `PUT${"\n".repeat(12)}${named}/${account}/${account}/${name}\nrestype:container`;
const signature = createHmac("sha256", Buffer.from(key, "base64")).update(signed).digest("base64");
const answer = await fetch(`http://127.0.0.1:${port}/${account}/${name}?restype=container`, {
  method: "PUT",
  headers: { ...headers, Authorization: `SharedKey ${account}:${signature}` },
});
if (answer.status !== 201) {
  console.error(answer.status, await answer.text());
  process.exit(1);
}
