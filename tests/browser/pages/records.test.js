// Every record of the demo world, fed to the modules that verify in a browser and to the program: both
// accept the same, and both refuse the same once a byte is changed. No browser is needed for that.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { readTrust } from "../../../crates/web/assets/verify/trust.js";
import { outcomeOf, verify } from "../../../crates/web/assets/verify/verify.js";
import { PROGRAM, openWorld } from "./world.js";

/** Entries whose bodies stand in one file of a log. */
const BUNDLE_ENTRIES = 256;
/** Where is asked whether they count. */
const DESTINATION = "KZ";

let world;
let folder;
let trust;
let now;
/** Every record that stands in a log, with its receipt: `{ bytes, receipt, node, origin }`. */
let records;

before(async () => {
  world = await openWorld();
  folder = mkdtempSync(join(tmpdir(), "comity-records-"));
  const list = await (await fetch(`${world.nodes[DESTINATION]}/v1/trust`)).json();
  trust = await readTrust(list);
  now = Date.parse(list.asOf) / 1000;
  const perNode = await Promise.all(Object.values(world.nodes).map(published));
  records = perNode.flat();
});
after(() => {
  world?.close();
  if (folder) rmSync(folder, { recursive: true });
});

/** What a node has published in its own log. */
async function published(node) {
  const { items } = await (await fetch(`${node}/v1/logs`)).json();
  const found = [];
  for (const { prefix, origin, size, mode } of items) {
    if (mode === "mirror") continue;
    for (let bundle = 0; bundle * BUNDLE_ENTRIES < size; bundle += 1) {
      const response = await fetch(`${node}${prefix}/records/${bundle}`);
      assert.ok(response.ok, `${response.url}: ${response.status}`);
      const lines = (await response.text()).split("\n").filter((line) => line.includes('"proof"'));
      for (const line of lines) found.push({ bytes: new TextEncoder().encode(line), node, origin });
    }
  }
  for (const record of found) {
    const steps = await verify(record.bytes, { trust: undefined, now });
    const { facts } = steps.find(({ step }) => step === "signature") ?? {};
    record.digest = facts?.recordDigest;
    const response = await fetch(`${node}/v1/records/${record.digest}/proof`);
    assert.ok(response.ok, `${record.digest} has no receipt: ${response.status}`);
    record.receipt = new Uint8Array(await response.arrayBuffer());
  }
  return found;
}

/** What the program says of records. */
function verified(name, documents) {
  const files = documents.map((bytes, at) => {
    const file = join(folder, `${name}-${at}.json`);
    writeFileSync(file, bytes);
    return file;
  });
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: 64 << 20 };
    execFile(PROGRAM, ["verify", ...files, "-o", "ndjson"], options, (error, said, complaint) => {
      if (error && typeof error.code !== "number") return reject(error);
      const answers = said.trim().split("\n").map((line) => JSON.parse(line));
      if (answers.length !== files.length) return reject(new Error(complaint));
      resolve(answers);
    });
  });
}

const factsOf = (steps, name) => steps.find(({ step }) => step === name)?.facts ?? {};

test("every published record is proved by both, with the same digests and signers", async () => {
  assert.ok(records.length > 150, `only ${records.length} records`);
  const answers = await verified("whole", records.map(({ bytes }) => bytes));
  for (const [at, { bytes, receipt, origin, digest }] of records.entries()) {
    const steps = await verify(bytes, { trust, now, receipts: [receipt] });
    assert.notEqual(outcomeOf(steps), "fail", JSON.stringify(steps));
    for (const name of ["canonical", "signature", "publishedForm", "record", "signers", "log", "cosigners"]) {
      assert.equal(steps.find(({ step }) => step === name)?.outcome, "pass", `${digest}: ${name}`);
    }
    const { genuine, fault, kind, recordDigest, documentDigest, signers } = answers[at];
    assert.equal(genuine, true, `${digest}: ${fault}`);
    const signature = factsOf(steps, "signature");
    assert.deepEqual([signature.recordDigest, signature.documentDigest], [recordDigest, documentDigest]);
    assert.deepEqual(signature.signers.map(({ did, key }) => `${did}#${key}`), signers);
    assert.equal(factsOf(steps, "record").kind, kind);
    assert.equal(factsOf(steps, "log").origin, origin);
  }
});

test("a changed byte is refused by both, and so is the receipt of another place", async () => {
  const changed = records.map(({ bytes }, at) => {
    const copy = Uint8Array.from(bytes);
    // Somewhere else in each, and still no line end.
    const place = (at * 7919) % copy.length;
    copy[place] = copy[place] === 0x30 ? 0x31 : copy[place] ^ 1;
    return copy;
  });
  const answers = await verified("changed", changed);
  for (const [at, bytes] of changed.entries()) {
    const steps = await verify(bytes, { trust, now, receipts: [records[at].receipt] });
    assert.equal(outcomeOf(steps), "fail", `${records[at].digest}: ${JSON.stringify(steps)}`);
    assert.equal(answers[at].genuine, false, records[at].digest);
    const other = records[(at + 1) % records.length].receipt;
    const misplaced = await verify(records[at].bytes, { trust, now, receipts: [other] });
    assert.equal(misplaced.find(({ outcome }) => outcome === "fail")?.step, "log", records[at].digest);
  }
});

test("a node says the same of signature and log of every attestation", async () => {
  const attestations = records.filter(({ bytes }) => {
    const { type } = JSON.parse(new TextDecoder().decode(bytes));
    return type.includes("DigitalConformityCredential");
  });
  assert.ok(attestations.length > 30, `only ${attestations.length} attestations`);
  const questions = attestations.map(({ bytes, digest }) => {
    const document = new TextDecoder().decode(bytes);
    return `{"document":${document},"in":"${DESTINATION}","record":"${digest}"}\n`;
  });
  const response = await fetch(`${world.nodes[DESTINATION]}/v1/recognition/batch`, {
    method: "POST",
    headers: { "Content-Type": "application/x-ndjson" },
    body: questions.join(""),
  });
  const answers = (await response.text()).trim().split("\n").map((line) => JSON.parse(line));
  assert.equal(answers.length, attestations.length);
  for (const [at, { steps }] of answers.entries()) {
    const outcome = (name) => steps.find(({ step }) => step === name)?.outcome;
    assert.deepEqual([outcome("integrity"), outcome("log")], ["pass", "pass"], attestations[at].digest);
  }
  // Of each log one bundle: what the node packs, the browser proves whole.
  const ofEach = new Map(attestations.map((one) => [one.origin, one]));
  for (const { digest, origin } of ofEach.values()) {
    const url = `${world.nodes[DESTINATION]}/v1/records/${digest}/bundle?in=${DESTINATION}`;
    const bundle = new Uint8Array(await (await fetch(url)).arrayBuffer());
    const steps = await verify(bundle, { trust, now });
    assert.notEqual(outcomeOf(steps), "fail", `${origin}: ${JSON.stringify(steps)}`);
    for (const name of ["bundle", "signature", "key", "log", "cosigners", "evidence"]) {
      assert.equal(steps.find(({ step }) => step === name)?.outcome, "pass", `${origin}: ${name}`);
    }
  }
});
