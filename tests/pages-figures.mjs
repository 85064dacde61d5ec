// Measures the pages of a node that runs: compressed weight, and time to the first byte with what
// the node says it spent on looking up and on writing (`comity node serve DIR --timing`).
//
//   node tests/pages-figures.mjs http://127.0.0.1:8080 [ROUNDS]
//
// Needs Node.js and nothing else, and a world made by `comity generate`. Each page is asked for
// ROUNDS times (100), each time about another record or in another language, one after the other.
// Prints a table in Markdown: medians and, after the slash, what 99 of 100 stay below.

import { request, Agent } from "node:http";
import { loadavg } from "node:os";

const base = (process.argv[2] ?? "http://127.0.0.1:8080").replace(/\/$/, "");
const rounds = Number(process.argv[3] ?? 100);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const languages = ["en", "zh-Hans", "ru", "ar", "fr"];

/** Words of goods that the world has, in each language, from the most to the least common. */
const words = {
  en: ["electric", "steel", "pump"],
  "zh-Hans": ["电", "不锈钢", "照明"],
  ru: ["нержавеющая", "насос", "кабель"],
  ar: ["كهربائية", "مضخة", "إنارة"],
  fr: ["acier", "pompe", "électrique"],
};

/** One answer: bytes on the wire, milliseconds until the first of them, and the node's own two. */
function get(path, encoding = "gzip") {
  return new Promise((resolve, reject) => {
    const begun = process.hrtime.bigint();
    const asked = request(`${base}${path}`, { agent, headers: { "Accept-Encoding": encoding } });
    asked.on("error", reject);
    asked.on("response", (answer) => {
      const first = Number(process.hrtime.bigint() - begun) / 1e6;
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => {
        const body = Buffer.concat(chunks);
        const timing = answer.headers["server-timing"] ?? "";
        const of = (name) => Number(timing.match(new RegExp(`${name};dur=([0-9.]+)`))?.[1] ?? NaN);
        const { statusCode: status } = answer;
        resolve({ status, body, bytes: body.length, first, store: of("store"), page: of("page") });
      });
    });
    asked.end();
  });
}

async function json(path) {
  const { body } = await get(path, "identity");
  return JSON.parse(body);
}

function quantile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Asks for `path(round)` in each round and prints a row. */
async function row(name, path) {
  const answers = [];
  for (let round = 0; round < rounds; round += 1) {
    const answer = await get(path(round));
    if (answer.status !== 200) throw new Error(`${path(round)}: ${answer.status}`);
    answers.push(answer);
  }
  const show = (member, digits) =>
    [0.5, 0.99].map((share) => quantile(answers.map((one) => one[member]), share).toFixed(digits));
  const cells = [show("bytes", 0), show("first", 1), show("store", 1), show("page", 1)];
  console.log(`| ${name} | ${cells.map((pair) => pair.join(" / ")).join(" | ")} |`);
}

/** Ids of attestations from all over the world, with what they speak of. */
async function sample() {
  const found = { records: [], parties: new Set(), codes: new Set(), standards: new Set() };
  for (const language of languages) {
    for (const word of words[language]) {
      const page = await json(`/v1/records?q=${encodeURIComponent(word)}&type=Attestation&limit=20`);
      for (const item of page.items) {
        found.records.push(item.id);
        const record = await json(`/v1/records/${encodeURIComponent(item.id)}`);
        const text = JSON.stringify(record);
        const all = (pattern) => [...text.matchAll(pattern)].map((match) => match[1]);
        all(/"(did:web:body-[^"#:]+)"/g).forEach((did) => found.parties.add(did));
        all(/"code":"(\d{6})"/g).forEach((code) => found.codes.add(code));
        all(/"standards":\["([^"]+)"/g).forEach((standard) => found.standards.add(standard));
      }
    }
  }
  return found;
}

const { records, parties, codes, standards } = await sample();
const turn = (list, round) => [...list][round % [...list].length];
const tongue = (round) => languages[round % languages.length];
const part = encodeURIComponent;

const head = await json("/v1/logs");
console.log(`${head.items?.[0]?.size ?? "?"} log entries, ${rounds} rounds, load ${loadavg()[0].toFixed(1)} at the start\n`);
console.log("| page | bytes, gzip | first byte, ms | of that: looking up | writing |");
console.log("|--|--|--|--|--|");
await row("home", (round) => `/${tongue(round)}/`);
for (const language of languages) {
  for (const count of [1, 2, 3]) {
    const query = (round) =>
      Array.from({ length: count }, (_, at) => words[language][(round + at) % 3]).join(" ");
    const path = (round) => `/${language}/search?q=${part(query(round))}`;
    await row(`search, ${count} word${count > 1 ? "s" : ""}, ${language}`, path);
  }
}
await row("search, nothing typed", (round) => `/${tongue(round)}/search`);
await row("record", (round) => `/${tongue(round)}/records/${part(turn(records, round))}`);
await row("record, with the question", (round) => `/${tongue(round)}/records/${part(turn(records, round))}?in=KZ`);
await row("party", (round) => `/${tongue(round)}/parties/${part(turn(parties, round))}`);
await row("product", (round) => `/${tongue(round)}/hs/${turn(codes, round)}?in=KZ`);
await row("standard", (round) => `/${tongue(round)}/standards/${part(turn(standards, round)).replaceAll("%2F", "/")}`);
await row("economies", (round) => `/${tongue(round)}/economies`);
await row("an economy", (round) => `/${tongue(round)}/economies/${turn(["GB", "CN", "KZ", "SA", "FR"], round)}`);
await row("arrangements", (round) => `/${tongue(round)}/arrangements`);
await row("log", (round) => `/${tongue(round)}/log`);
await row("guide", (round) => `/${tongue(round)}/guide`);
await row("help", (round) => `/${tongue(round)}/help`);
await row("verify", (round) => `/${tongue(round)}/verify`);
await row("list", (round) => `/${tongue(round)}/list`);
console.log(`\nload ${loadavg()[0].toFixed(1)} at the end`);
agent.destroy();
