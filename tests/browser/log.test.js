// Notes, checkpoints, receipts, trees and time: the cases of crates/tlog/src.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { fromBase64, isSame, toHex, utf8 } from "../../crates/web/assets/verify/digest.js";
import * as note from "../../crates/web/assets/verify/note.js";
import * as receipts from "../../crates/web/assets/verify/receipt.js";
import { countable, dated, linesNeeded, timesOf } from "../../crates/web/assets/verify/time.js";
import { MAX_TREE_SIZE, leafHash, verifyInclusion } from "../../crates/web/assets/verify/tree.js";
import { codeOf, frozen, frozenJson, frozenTrust, noteSigner, published } from "./support.js";

const { MAX_NOTE_BYTES, MAX_SIGNATURES, cosignedAt, noteText, openCheckpoint } = note;
const { parseCheckpoint, parseNote, parseVkey, vkeyText } = note;
const { MAX_RECEIPT_BYTES, parseReceipt, receiptText, recordEntry, verifyReceipt } = receipts;

const ORIGIN = "a.example/log/2026";
const TEXT = `${ORIGIN}\n3\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n`;
const decode = (bytes) => new TextDecoder().decode(bytes);
const log = () => noteSigner(ORIGIN, 1, 1);
const mirror = () => noteSigner("b.example/mirror", 4, 2);

async function good() {
  return `${TEXT}\n${(await log()).sign(TEXT)}${(await mirror()).cosign(TEXT, 1_800_000_000)}`;
}

test("a note reads back byte for byte", async () => {
  assert.equal(noteText(parseNote(await good())), await good());
  const line = (await log()).sign(TEXT);
  const gaps = `one\n\ntwo\n\n\n\n${line}`;
  assert.equal(parseNote(gaps).text, "one\n\ntwo\n\n\n");
  assert.equal(noteText(parseNote(gaps)), gaps);
});

test("what is not a note is refused", async () => {
  const whole = await good();
  const line = (await log()).sign(TEXT).trimEnd();
  const base64 = line.split(" ").at(-1);
  for (const text of [
    "",
    "\n",
    TEXT,
    `${TEXT}\n`,
    `${TEXT}${line}\n`,
    whole.trimEnd(),
    `${whole}\n`,
    `${whole}x`,
    whole.replaceAll("\n", "\r\n"),
    whole.replace("\u2014", "-"),
    whole.replace("\u2014", "--"),
    whole.replace("\u2014", "\u2013"),
    whole.replace("\u2014 ", "\u2014"),
    whole.replace("\u2014 ", "\u2014  "),
    whole.replace("\u2014 a.example/log/2026 ", "\u2014 a.example/log /2026 "),
    whole.replace("b.example/mirror ", "b.example+mirror "),
    whole.replace("b.example/mirror ", "b.example\u00a0mirror "),
    whole.replace("b.example/mirror ", " "),
    whole.replace("b.example/mirror ", "b.example/mirror\t"),
    whole.replace("3\n", "3\0\n"),
    whole.replace(base64, `${base64} `),
    whole.replace(base64, base64.replace(/=+$/, "")),
    whole.replace(base64, `${base64}=`),
    whole.replace(base64, base64.replace(/[0-9]/, "!")),
    whole.replace(base64, "AAAAAA=="),
    whole.replace(base64, "AAAAAAB="),
    whole.replace(base64, ""),
  ]) {
    assert.equal(await codeOf(() => parseNote(text)), "noteMalformed", JSON.stringify(text));
  }
});

test("limits of notes hold at the limit and not beyond", async () => {
  const line = "\u2014 a AAAAAAE=\n";
  const many = (count) => `t\n\n${line.repeat(count)}`;
  assert.equal(parseNote(many(MAX_SIGNATURES)).lines.length, MAX_SIGNATURES);
  assert.equal(await codeOf(() => parseNote(many(MAX_SIGNATURES + 1))), "noteTooLarge");
  const long = (bytes) => `${"x".repeat(bytes - utf8(line).length - 2)}\n\n${line}`;
  assert.equal(utf8(long(MAX_NOTE_BYTES)).length, MAX_NOTE_BYTES);
  parseNote(long(MAX_NOTE_BYTES));
  assert.equal(await codeOf(() => parseNote(long(MAX_NOTE_BYTES + 1))), "noteTooLarge");
});

test("a line counts for its own text, time, name and type only", async () => {
  const vkey = await parseVkey((await mirror()).vkey);
  const read = async (change) => {
    const parsed = parseNote(await good());
    change(parsed, parsed.lines[1]);
    return cosignedAt(parsed, vkey);
  };
  assert.deepEqual(await read(() => {}), { timeUnix: 1_800_000_000, isRefused: false });
  const refused = { timeUnix: undefined, isRefused: true };
  const unknown = { timeUnix: undefined, isRefused: false };
  const edit = (line, at, blob = line.blob.slice()) => {
    blob[at] ^= 1;
    line.blob = blob;
  };
  for (const [change, expected] of [
    [(parsed) => (parsed.text = parsed.text.replace("3", "4")), refused],
    [(_, line) => edit(line, 7), refused],
    [(_, line) => edit(line, 40), refused],
    [(_, line) => (line.blob = Uint8Array.from([...line.blob, 0])), refused],
    [(_, line) => (line.blob = line.blob.slice(0, 7)), refused],
    [(_, line) => (line.name += "x"), unknown],
    [(_, line) => (line.id = Uint8Array.from([...line.id.slice(0, 3), line.id[3] ^ 1])), unknown],
  ]) {
    assert.deepEqual(await read(change), expected, String(change));
  }
  // A log's signature is no cosignature under the same key.
  const own = await note.asCosigner(await parseVkey((await log()).vkey));
  const crossed = parseNote(await good());
  crossed.lines[0].id = own.id;
  assert.deepEqual(await cosignedAt(crossed, own), refused);
  // The latest second there is, and one later, which somebody may well sign.
  const at = async (time) =>
    cosignedAt(parseNote(`${TEXT}\n${(await mirror()).cosign(TEXT, time)}`), vkey);
  assert.equal((await at(253_402_207_200)).timeUnix, 253_402_207_200);
  assert.deepEqual(await at(253_402_207_201), refused);
});

test("only the log itself opens a checkpoint", async () => {
  const whole = await good();
  const own = await parseVkey((await log()).vkey);
  assert.equal((await openCheckpoint(parseNote(whole), own)).size, 3n);
  const stranger = await parseVkey((await noteSigner(ORIGIN, 1, 9)).vkey);
  assert.equal(await codeOf(() => openCheckpoint(parseNote(whole), stranger)), "notSigned");
  const cosigner = await note.asCosigner(own);
  assert.equal(await codeOf(() => openCheckpoint(parseNote(whole), cosigner)), "notSigned");
  const changed = whole.replace("\n3\n", "\n4\n");
  assert.equal(await codeOf(() => openCheckpoint(parseNote(changed), own)), "badSignature");
  // One good line does not make up for a bad one of the same key.
  const doubled = parseNote(whole);
  doubled.lines.push({ ...doubled.lines[0], blob: doubled.lines[0].blob.map((byte) => byte ^ 1) });
  assert.equal(await codeOf(() => openCheckpoint(doubled, own)), "badSignature");
  // The key of one log under another origin never counts.
  const other = await noteSigner("b.example/log/2026", 1, 1);
  const relabelled = parseNote(`${TEXT}\n${other.sign(TEXT)}`);
  const otherKey = await parseVkey(other.vkey);
  assert.equal(await codeOf(() => openCheckpoint(relabelled, otherKey)), "notSigned");
});

test("other texts than three lines are no checkpoint", async () => {
  const root = TEXT.split("\n")[2];
  const empty = `${ORIGIN}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n`;
  assert.equal(parseCheckpoint(empty).size, 0n);
  assert.equal(parseCheckpoint(TEXT.replace("\n3\n", `\n${MAX_TREE_SIZE}\n`)).size, MAX_TREE_SIZE);
  parseCheckpoint(TEXT.replace(ORIGIN, "o".repeat(255)));
  for (const text of [
    "",
    TEXT.trimEnd(),
    `${TEXT}\n`,
    `${TEXT}extension\n`,
    `\n${TEXT}`,
    TEXT.replace(ORIGIN, ""),
    TEXT.replace(ORIGIN, "a\u007f"),
    TEXT.replace(ORIGIN, "cosignature/v1"),
    TEXT.replace(ORIGIN, "o".repeat(256)),
    ...["03", "+3", " 3", "", "3.0", "0", "18446744073709551616", String(MAX_TREE_SIZE + 1n)].map(
      (size) => TEXT.replace("\n3\n", `\n${size}\n`),
    ),
    TEXT.replace(root, ""),
    TEXT.replace(root, root.replace(/=$/, "")),
    TEXT.replace(root, "AAAA"),
    TEXT.replaceAll("\n", "\r\n"),
  ]) {
    assert.equal(await codeOf(() => parseCheckpoint(text)), "checkpointMalformed", text);
  }
});

test("vkeys have one spelling and admissible keys", async () => {
  const whole = (await log()).vkey;
  assert.equal(vkeyText(await parseVkey(whole)), whole);
  const [, id, key] = /\+([0-9a-f]{8})\+(.*)$/.exec(whole);
  for (const text of [
    "",
    whole.slice(0, -key.length - 1),
    `${whole}=`,
    `${whole}\n`,
    ` ${whole}`,
    whole.replace(ORIGIN, ""),
    whole.replace(ORIGIN, "a.example/log/2027"),
    whole.replace(ORIGIN, "a.example /log"),
    whole.replace(ORIGIN, "a.example/\u0007"),
    whole.replace(id, "00000000"),
    whole.replace(`+${id}`, `+${id.slice(1)}`),
    whole.replace(key, "AQ=="),
    whole.replace(key, ""),
    whole.replace(key, `B${key.slice(1)}`),
    whole.replace(ORIGIN, "x".repeat(256)),
  ]) {
    assert.equal(await codeOf(() => parseVkey(text)), "vkeyMalformed", text);
  }
  const identity = `a+00000000+${Buffer.from([1, 1, ...new Array(31).fill(0)]).toString("base64")}`;
  assert.equal(await codeOf(() => parseVkey(identity)), "smallOrder");
});

test("a receipt is for one record, place and log", async () => {
  const trust = await frozenTrust();
  const body = frozen("records/attestation.json");
  const text = decode(frozen("attestation.tlog-proof"));
  const row = frozenJson("digests.json").find(({ file }) => file === "attestation.json");
  assert.equal(receiptText(parseReceipt(text)), text);
  const proven = await verifyReceipt(parseReceipt(text), row.entry, trust);
  assert.deepEqual(
    [proven.origin, proven.index, proven.size],
    ["nqi.norda.example/log/2026", 5n, 10n],
  );
  assert.deepEqual(
    proven.lines.map(({ name }) => name),
    ["mirror.suda.example", proven.origin],
  );
  const digest = Buffer.from(row.recordDigest, "hex");
  assert.equal(recordEntry("Attestation", digest, body.length), row.entry);

  const code = (receipt, entry = row.entry) => codeOf(() => verifyReceipt(receipt, entry, trust));
  assert.equal(
    await code(parseReceipt(text), row.entry.replace("Attestation", "Notice")),
    "otherRoot",
  );
  assert.equal(await code(parseReceipt(text), row.entry.replace("3314", "3315")), "otherRoot");
  assert.equal(await code(parseReceipt(text.replace("index 5", "index 4"))), "otherRoot");
  assert.equal(await code(parseReceipt(text.replace("index 5", "index 10"))), "indexOutOfRange");
  assert.equal(await code(parseReceipt(text.replace("index 5", "index 9"))), "proofLength");
  const smaller = {
    ...parseReceipt(text),
    note: parseNote(decode(frozen("log-norda/checkpoint.9"))),
  };
  assert.equal(await code(smaller), "otherRoot");
  const moved = parseReceipt(text.replaceAll("nqi.norda.example", "other.example"));
  assert.equal(await verifyReceipt(moved, row.entry, trust), undefined);
});

test("other files are no receipt", async () => {
  const whole = decode(frozen("attestation.tlog-proof"));
  const hash = whole.split("\n")[2];
  for (const text of [
    "",
    whole.replace("@v1", "@v2"),
    ...[
      "index 05",
      "index -5",
      "index",
      "Index 5",
      "extra AAAA\nindex 5",
      "index 18446744073709551616",
    ].map((line) => whole.replace("index 5", line)),
    whole.replace("index 5\n", "index 5\nextra AAAA\n"),
    whole.replace(hash, ""),
    whole.replace(hash, "AAAA"),
    whole.replace(hash, `${hash} `),
    whole.replace(hash, hash.replace(/=+$/, "")),
    whole.replaceAll("\n", "\r\n"),
    whole.trimEnd(),
    `${whole}\n`,
    whole.slice(0, whole.indexOf("\n\n")),
    "x".repeat(MAX_RECEIPT_BYTES),
  ]) {
    assert.match(await codeOf(() => parseReceipt(text)), /Malformed$/, JSON.stringify(text));
  }
  const many = (count) => whole.replace("index 5\n", `index 5\n${`${hash}\n`.repeat(count)}`);
  assert.equal(parseReceipt(many(59)).siblings.length, 63);
  assert.equal(await codeOf(() => parseReceipt(many(60))), "receiptMalformed");
  assert.equal(
    await codeOf(() => parseReceipt("x".repeat(MAX_RECEIPT_BYTES + 1))),
    "receiptTooLarge",
  );
});

test("every checkpoint of the frozen logs is signed and co-signed", async () => {
  const trust = await frozenTrust();
  for (const folder of ["log-norda", "log-suda"]) {
    const names = readdirSync(new URL(`../vectors/format-v1/${folder}`, import.meta.url));
    const checkpoints = names.filter((name) => name.startsWith("checkpoint"));
    assert(checkpoints.length > 2);
    for (const name of checkpoints) {
      const proven = await receipts.verifyNote(
        parseNote(decode(frozen(`${folder}/${name}`))),
        trust,
      );
      assert.deepEqual([proven.lines.length, proven.refused], [2, []], `${folder}/${name}`);
    }
  }
  // Entries of another log as its bundle has them, and their root over all leaves.
  const bundle = Buffer.from(frozen("log-suda/tile/entries/000.p/3"));
  const leaves = [];
  for (let at = 0; at < bundle.length; at += 2 + bundle.readUInt16BE(at)) {
    leaves.push(await leafHash(bundle.subarray(at + 2, at + 2 + bundle.readUInt16BE(at))));
  }
  const tile = frozen("log-suda/tile/0/000.p/3");
  assert.equal(leaves.map(toHex).join(""), toHex(tile));
});

test("inclusion probes of transparency-dev/merkle", async (context) => {
  const folder = published(context, "tlog-merkle-proofs");
  if (!folder) {
    return;
  }
  const files = (path) =>
    statSync(path).isDirectory()
      ? readdirSync(path).flatMap((name) => files(join(path, name)))
      : [path];
  let [held, refused] = [0, 0];
  for (const file of files(join(folder, "testdata/inclusion"))) {
    const probe = JSON.parse(readFileSync(file, "utf8"));
    const hash = (text) => fromBase64(text ?? "") ?? new Uint8Array(0);
    const [leaf, root] = [hash(probe.leafHash), hash(probe.root)];
    const siblings = (probe.proof ?? []).map(hash);
    let holds = leaf.length === 32 && root.length === 32;
    try {
      await verifyInclusion(leaf, BigInt(probe.leafIdx), BigInt(probe.treeSize), siblings, root);
    } catch {
      holds = false;
    }
    assert.equal(holds, !probe.wantErr, file);
    held += holds ? 1 : 0;
    refused += holds ? 0 : 1;
  }
  assert.deepEqual([held, refused], [6, 92]);
});

test("checkpoints and a receipt of other implementations", async (context) => {
  const tessera = published(context, "tessera-testlog");
  if (!tessera) {
    return;
  }
  const vkey = await parseVkey(
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
  );
  const text = readFileSync(join(tessera, "testdata/log/checkpoint"), "utf8");
  assert((await openCheckpoint(parseNote(text), vkey)).size > 0n);
  const example = published(context, "comity-worked-example");
  const receipt = parseReceipt(readFileSync(join(example, "certificate.tlog-proof"), "utf8"));
  const vkeys = readFileSync(join(example, "vkeys.txt"), "utf8").match(/\S+\+[0-9a-f]{8}\+\S+/g);
  const key = await parseVkey(vkeys.find((one) => one.startsWith(`${receipt.checkpoint.origin}+`)));
  const { size, root } = await openCheckpoint(receipt.note, key);
  // Its entry line is older than the kind in it.
  const body = readFileSync(join(example, "certificate.json"));
  const digest = toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", body)));
  const entry = `comity.entry/v1\nrecord ${digest} ${body.length}\n`;
  await verifyInclusion(await leafHash(utf8(entry)), receipt.index, size, receipt.siblings, root);
  assert(isSame(root, receipt.checkpoint.root));
});

test("logged time, worked out by hand", () => {
  const needed = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((members) => linesNeeded(members));
  assert.deepEqual(needed, [1, 2, 3, 3, 4, 5, 5, 6, 7, 7, 8, 9]);
  assert.deepEqual(
    [linesNeeded(0), linesNeeded(13), linesNeeded(6, 7)],
    [undefined, undefined, undefined],
  );
  assert.deepEqual([linesNeeded(6, 2), linesNeeded(6, 6)], [5, 6]);
  for (const [members, times, expected, threshold] of [
    [4, [10, 20, 30], 20],
    [4, [40, 30, 20, 10], 20],
    [6, [50, 40, 30, 20, 10], 20],
    [7, [50, 40, 30, 20, 10], 30],
    [12, [9, 8, 7, 6, 5, 4, 3, 2, 1], 4],
    [4, [10, 20], undefined],
    [4, [1, 2, 3, 4, 5], undefined],
    [0, [], undefined],
    [1, [10], 10],
    [2, [10, 20], 20],
    [3, [30, 10, 20], 30],
    [3, [10, 20], undefined],
    [5, [1, 2, 3, 4], undefined, 5],
  ]) {
    assert.equal(dated(members, threshold, times), expected, `${members}: ${times}`);
  }
  const line = (cosigner, size, timeUnix) => ({ cosigner, size, timeUnix });
  const period = { from: 10, until: 20, knownAt: 19 };
  const five = [line(1, 5, 9), line(2, 5, 10), line(3, 5, 20), line(4, 5, 21), line(5, 5, 15)];
  assert.deepEqual(countable(five, period), [five[1], five[4]]);
  // Cosigner 1 saw size 5 at 100, so it cannot have seen size 7 at 50.
  const back = [line(1, 7, 50), line(1, 5, 100), line(1, 7, 100), line(2, 7, 50)];
  assert.deepEqual(countable(back, {}), back.slice(1));
  assert.deepEqual(countable([line(1, 5, 2000), line(1, 7, 50)], { until: 1000 }), []);
  const again = [line(1, 5, 100), line(1, 5, 3700), line(2, 5, 90)];
  assert.deepEqual(timesOf(again, 5), [100, 90]);
  assert.deepEqual(timesOf(again, 6), []);
});
