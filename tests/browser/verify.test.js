// Whole files: the frozen records, bundles and negatives, as a browser verifies them.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { readReceipts, recordsIn } from "../../crates/web/assets/verify/acknowledged.js";
import * as bundles from "../../crates/web/assets/verify/bundle.js";
import { check } from "../../crates/web/assets/verify/canonical.js";
import { concat, toHex, toMultibase, utf8 } from "../../crates/web/assets/verify/digest.js";
import { verifyProofs } from "../../crates/web/assets/verify/proof.js";
import { readTrust } from "../../crates/web/assets/verify/trust.js";
import { NO_RECORD, outcomeOf, verify } from "../../crates/web/assets/verify/verify.js";
import {
  NOW,
  canonicalBytes,
  codeOf,
  frozen,
  frozenJson,
  frozenTrust,
  proofOf,
  refusal,
  signer,
  trustJson,
} from "./support.js";

const { MAX_BUNDLE_BYTES, openBundle, statementFault } = bundles;
const RECEIPT = frozen("attestation.tlog-proof");
const ATTESTATION = frozen("records/attestation.json");
const BUNDLES = ["recognised", "suspended", "without-suspension"];
const bundle = (name) => frozen(`bundle/${name}.comity.ndjson`);
const decode = (bytes) => new TextDecoder().decode(bytes);

async function verified(bytes, receipts = [], trust = undefined) {
  return verify(bytes, { trust: trust ?? (await frozenTrust()), now: NOW, receipts });
}

function codes(steps) {
  return Object.fromEntries(
    steps.map(({ step, outcome, code }) => [step, `${outcome} ${code.split(".")[1]}`]),
  );
}

async function changedTrust(change) {
  const json = trustJson();
  change(json);
  return readTrust(json);
}

test("every frozen record is genuine, with its digests", async () => {
  for (const { file, recordDigest, documentDigest, documentDigestMultibase } of frozenJson(
    "digests.json",
  )) {
    const folder = ["records", "further", "federation"].find((name) => isThere(`${name}/${file}`));
    const steps = await verified(frozen(`${folder}/${file}`));
    const found = codes(steps);
    assert.equal(found.signers, "pass due", file);
    assert.equal(found.log, "unknown noReceipt", file);
    const { facts } = steps.find(({ step }) => step === "signature");
    assert.deepEqual([facts.recordDigest, facts.documentDigest], [recordDigest, documentDigest]);
    assert.equal(toMultibase(Buffer.from(documentDigest, "hex")), documentDigestMultibase);
    assert.equal(outcomeOf(steps), "unknown", "nothing was published as far as is shown");
  }
});

function isThere(path) {
  try {
    return frozen(path).length > 0;
  } catch {
    return false;
  }
}

test("every negative record is refused by the check that names it", async () => {
  for (const { file, refusedBy, code } of frozenJson("negative/manifest.json")) {
    const steps = await verified(frozen(`negative/${file}`), []);
    // The program has one step for what a kind is and for its rules.
    const step = refusedBy === "record" && code !== "context" ? "rules" : refusedBy;
    const failed = steps.find(({ outcome }) => outcome === "fail");
    assert.deepEqual([failed?.code, failed?.place], [`${step}.${code}`, "here"], file);
    assert.equal(failed, steps.at(-1), file);
    // With a receipt that is another record's nothing is published either.
    assert.equal(outcomeOf(await verified(frozen(`negative/${file}`), [RECEIPT])), "fail", file);
  }
});

test("a broken rule is told with its place, and of many only ten", async () => {
  const { broken, faults } = await rulesOf("negative/29-coverage-before-its-period.json");
  assert.deepEqual([broken, faults], [1, [{ pointer: "/credentialSubject/since", code: "order" }]]);
  const document = frozenJson("records/attestation.json");
  const key = signer(1);
  for (let more = 0; more < 20; more += 1) {
    document[`more${more}`] = more;
  }
  document.proof = await proofOf(document, document.issuer.id, key);
  const steps = await verified(canonicalBytes(document));
  assert.equal(steps.at(-1).code, "rules.unknownMember");
  assert.deepEqual([steps.at(-1).facts.broken, steps.at(-1).facts.faults.length], [20, 10]);
  const later = frozenJson("records/attestation.json");
  later.type[2] = "ComityOther";
  later.proof = await proofOf(later, later.issuer.id, key);
  assert.equal(codes(await verified(canonicalBytes(later))).rules, "unknown unknownKind");
});

async function rulesOf(path) {
  return (await verified(frozen(path))).find(({ step }) => step === "rules").facts;
}

test("a record with its receipt is published, and whose key it is stays open", async () => {
  const steps = await verified(ATTESTATION, [RECEIPT]);
  assert.deepEqual(codes(steps), {
    canonical: "pass canonical",
    signature: "pass holds",
    publishedForm: "pass published",
    record: "pass known",
    rules: "pass kept",
    signers: "pass due",
    key: "unknown notRegisteredHere",
    log: "pass included",
    cosigners: "pass fewMirrors",
    status: "unknown askNode",
    recognition: "unknown askNode",
  });
  const node = steps.filter(({ place }) => place === "node").map(({ step }) => step);
  assert.deepEqual(node, ["key", "status", "recognition"]);
  assert.equal(outcomeOf(steps), "unknown", "anybody can write a DID before a key");
  const { facts } = steps.find(({ step }) => step === "cosigners");
  assert.deepEqual([facts.counted, facts.needed, facts.members], [1, 1, 1]);
  assert.equal(new Date(facts.timeUnix * 1000).toISOString(), "2026-09-02T09:01:00.000Z");
});

test("an authority's own record needs no registration", async () => {
  const receipt = frozen("participation-suda.tlog-proof");
  const steps = await verified(frozen("records/participation-suda.json"), [receipt]);
  assert.equal(codes(steps).key, "pass authorityKey");
  assert.equal(outcomeOf(steps), "pass");
  const other = await changedTrust(({ authorities }) => {
    authorities[1].keys[0].until = "2026-01-01T00:00:00Z";
  });
  const late = await verified(frozen("records/participation-suda.json"), [receipt], other);
  assert.equal(codes(late).key, "unknown keyNotListed");
});

test("receipts that do not prove this record", async () => {
  const text = decode(RECEIPT);
  const fails = async (receipt, code) => {
    const steps = await verified(ATTESTATION, [utf8(receipt)]);
    assert.equal(steps.at(-1).code, `log.${code}`, receipt);
    assert.equal(outcomeOf(steps), "fail");
  };
  await fails(text.replace("index 5", "index 4"), "otherRoot");
  await fails(text.replace("\n10\n", "\n11\n"), "badSignature");
  await fails(decode(frozen("participation-suda.tlog-proof")), "otherRoot");
  await fails(text.replace("@v1", "@v2"), "receiptMalformed");
  const many = await verified(ATTESTATION, new Array(33).fill(RECEIPT));
  assert.equal(many.at(-1).code, "log.tooManyReceipts");
  // Without the mirror's line it stands in the log, and nobody has dated that.
  const alone = utf8(text.replace(/\u2014 mirror.*\n/, ""));
  assert.equal(codes(await verified(ATTESTATION, [alone])).cosigners, "unknown tooFew");
  // A mirror's line that does not hold is left out: whoever relays a note could add one.
  const spoilt = utf8(text.replace(/(\u2014 mirror\S+ \S{20})./, (_, start) => `${start}!`));
  assert.equal((await verified(ATTESTATION, [spoilt])).at(-1).code, "log.noteMalformed");
  const other = utf8(
    text.replace(
      /(\u2014 mirror\S+ \S{40})(.)/,
      (_, start, one) => start + (one === "A" ? "B" : "A"),
    ),
  );
  assert.equal(codes(await verified(ATTESTATION, [other])).cosigners, "unknown tooFew");
});

/** A line as `comity publish` keeps it beside the file that it sent. */
function acknowledgement(recordDigest, index) {
  const log = { origin: "xn.example/log/2026", index, size: index + 1 };
  return JSON.stringify({ outcome: "logged", id: "urn:uuid:1", recordDigest, log, node: "https://xn.example" });
}

test("files of receipts in each form that ours write, and no others", () => {
  assert.deepEqual(readReceipts(RECEIPT), { proofs: [RECEIPT], told: [] });
  const answered = utf8(JSON.stringify({ index: 5, quorum: true, proof: decode(RECEIPT) }, null, 2));
  assert.deepEqual(readReceipts(answered), { proofs: [utf8(decode(RECEIPT))], told: [] });
  const [one, other] = ["a".repeat(64), "b".repeat(64)];
  // The last line was cut off by a crash.
  const kept = `${acknowledgement(one, 3)}\n${acknowledgement(other, 4)}\n${acknowledgement(one, 5).slice(0, 60)}`;
  const place = { origin: "xn.example/log/2026", node: "https://xn.example" };
  assert.deepEqual(readReceipts(utf8(kept)), {
    proofs: [],
    told: [
      { recordDigest: one, ...place, index: "3" },
      { recordDigest: other, ...place, index: "4" },
    ],
  });
  const mixed = utf8(`${acknowledgement(one, 3)}\n${decode(ATTESTATION)}\n`);
  const digest = utf8(JSON.stringify({ recordDigest: "a".repeat(63), log: { origin: "x", index: 1 } }));
  for (const bytes of [ATTESTATION, bundle("recognised"), mixed, digest, utf8(""), utf8("{"), utf8("[1]")]) {
    assert.equal(readReceipts(bytes), undefined, decode(bytes.subarray(0, 40)));
  }
});

test("the records of a file are its lines, as they were signed", () => {
  const other = frozen("records/participation-suda.json");
  const both = concat([ATTESTATION, utf8("\n"), other, utf8("\n")]);
  assert.deepEqual(recordsIn(both).map(decode), [ATTESTATION, other].map(decode));
  assert.deepEqual(recordsIn(concat([ATTESTATION, utf8("\n")])).map(decode), [decode(ATTESTATION)]);
  const pretty = utf8(JSON.stringify(JSON.parse(decode(ATTESTATION)), null, 2));
  assert.deepEqual(recordsIn(pretty), [pretty], "saved anew it is one file, and refused as that");
  assert.deepEqual(recordsIn(bundle("recognised")), [bundle("recognised")]);
  assert.deepEqual(recordsIn(utf8("")), [utf8("")]);
});

test("what a node said of where it put a record is told, and proves nothing", async () => {
  const [{ recordDigest }] = frozenJson("digests.json").filter(({ file }) => file === "attestation.json");
  const trust = await frozenTrust();
  const log = async (lines, options = {}) => {
    const { told } = readReceipts(utf8(lines.join("\n")));
    const steps = await verify(ATTESTATION, { trust, now: NOW, told, ...options });
    return steps.find(({ step }) => step === "log");
  };
  const found = await log([acknowledgement("a".repeat(64), 1), acknowledgement(recordDigest, 7)]);
  assert.deepEqual([found.outcome, found.code], ["unknown", "log.acknowledged"]);
  assert.deepEqual([found.facts.index, found.facts.node], ["7", "https://xn.example"]);
  assert.equal((await log([acknowledgement("a".repeat(64), 1)])).code, "log.notAcknowledged");
  // A proof says more than a word.
  const proven = await log([acknowledgement(recordDigest, 7)], { receipts: [RECEIPT] });
  assert.deepEqual([proven.outcome, proven.facts.index], ["pass", "5"]);
});

test("of several records each is proved by its own receipt", async () => {
  const trust = await frozenTrust();
  const receipts = [frozen("participation-suda.tlog-proof"), RECEIPT];
  for (const file of ["participation-suda.json", "attestation.json"]) {
    const record = frozen(`records/${file}`);
    const steps = await verify(record, { trust, now: NOW, receipts, oneOfMany: true });
    assert.equal(codes(steps).log, "pass included", file);
  }
  const others = await verify(ATTESTATION, { trust, now: NOW, receipts: receipts.slice(0, 1), oneOfMany: true });
  assert.equal(codes(others).log, "unknown noReceipt");
});

test("what is believed is what the trust list says", async () => {
  const steps = async (change) =>
    codes(await verified(ATTESTATION, [RECEIPT], await changedTrust(change)));
  const without = await verify(ATTESTATION, { trust: undefined, now: NOW, receipts: [RECEIPT] });
  assert.equal(codes(without).log, "unknown noTrustList");
  assert.equal(codes(without).signature, "pass holds");
  assert.equal((await steps((json) => json.logs.shift())).log, "unknown logNotListed");
  const stranger = (json) => (json.logs[0].vkeys = [{ vkey: json.logs[1].vkeys[0].vkey }]);
  await assert.rejects(steps(stranger), { code: "trustMalformed" });
  const nobody = { key: "00".repeat(32), economy: "XA" };
  const more = (json) => json.cosignerSets[0].members.push(nobody);
  assert.equal(
    (await steps(more)).cosigners,
    "unknown tooFew",
    "withheld keys count among those needed",
  );
  const later = (json) => (json.cosignerSets[0].from = "2026-10-01T00:00:00Z");
  assert.equal((await steps(later)).cosigners, "unknown tooFew");
  const ofGuest = (json) => json.logs[0].economies.push("XS");
  assert.equal(
    (await steps(ofGuest)).cosigners,
    "unknown tooFew",
    "a guest does not date its own log",
  );
  const own = (json) => (json.logs[0].datedBy = "self");
  assert.equal((await steps(own)).cosigners, "pass selfDated");
  const gone = (json) => (json.authorities = []);
  assert.equal((await steps(gone)).key, "unknown authorityNotListed");
  for (const change of [
    (json) => (json.format = "comity.trust/v2"),
    (json) => (json.policyDigest = "x"),
    (json) => (json.asOf = "today"),
    (json) => delete json.logs,
    (json) => (json.cosignerSets[0].from = "2026"),
  ]) {
    await assert.rejects(changedTrust(change), { code: "trustMalformed" }, String(change));
  }
});

test("files that are neither", async () => {
  for (const [bytes, code] of [
    [utf8(""), NO_RECORD],
    [utf8("%PDF-1.7"), NO_RECORD],
    [Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10), NO_RECORD],
    [utf8("number,place\nA-1,KZ\n"), NO_RECORD],
    [utf8("<!doctype html><title>x</title>"), NO_RECORD],
    [utf8("{\\rtf1}"), NO_RECORD],
    [utf8("eyJhbGciOiJFZERTQSJ9.e30.AA"), NO_RECORD],
    [utf8("{}"), NO_RECORD],
    [utf8('{\n  "name": "x"\n}'), NO_RECORD],
    [utf8("[1]"), NO_RECORD],
    [new Uint8Array((1 << 20) + 1).fill(0x20), NO_RECORD],
    // What was one, or is not yet one, is told what is wrong with it.
    [utf8('{"type":["VerifiableCredential"]}'), "signature.noProof"],
    [ATTESTATION.subarray(0, 1_000), "canonical.unexpectedEnd"],
    [concat([utf8("\ufeff"), ATTESTATION]), "canonical.byteOrderMark"],
    [concat([ATTESTATION, utf8(" ".repeat(1 << 20))]), "canonical.documentTooLong"],
    [utf8('{"digest":"'), "bundle.noLineEnd"],
  ]) {
    const steps = await verified(bytes);
    assert.deepEqual([steps.at(-1).code, outcomeOf(steps)], [code, "fail"], decode(bytes.subarray(0, 40)));
    assert.ok(code !== NO_RECORD || steps.length === 1);
  }
  const steps = await verified(RECEIPT);
  assert.deepEqual([steps[0].code, outcomeOf(steps)], ["canonical.receiptAlone", "unknown"]);
});

test("the frozen bundles", async () => {
  for (const name of BUNDLES) {
    const found = codes(await verified(bundle(name)));
    const fault = name === "without-suspension" ? "unknown otherRecords" : "pass covers";
    assert.equal(found.statement, fault, name);
    for (const [step, expected] of Object.entries({
      bundle: "pass whole",
      signature: "pass holds",
      key: "pass registered",
      log: "pass included",
      cosigners: "pass fewMirrors",
      evidence: "pass allSigned",
    })) {
      assert.equal(found[step], expected, `${name}: ${step}`);
    }
  }
  assert.equal(outcomeOf(await verified(bundle("recognised"))), "pass");
  // It agrees with the verdict on who is asked about: the evidence is in the file.
  const opened = await openBundle(bundle("suspended"), await frozenTrust());
  const { steps } = frozenJson("bundle/suspended.verdict.json");
  const cited = new Set(steps.flatMap(({ evidence }) => evidence));
  const held = new Set(opened.records.map(({ recordDigest }) => toHex(recordDigest)));
  cited.forEach((digest) => assert(held.has(digest), digest));
});

test("every changed byte of a bundle is refused", async () => {
  const trust = await frozenTrust();
  const whole = bundle("recognised");
  let column = 0;
  for (let at = 0; at < whole.length; at += 1) {
    column = whole[at] === 0x0a ? 0 : column + 1;
    if (column > 6 && at % 701 !== 0) {
      continue;
    }
    const changed = whole.slice();
    changed[at] = whole[at] === 0x30 ? 0x31 : whole[at] ^ 1;
    const steps = await verify(changed, { trust, now: NOW });
    assert.equal(outcomeOf(steps), "fail", `byte ${at}`);
  }
});

test("bytes added to a bundle or cut off", async () => {
  const whole = bundle("recognised");
  for (const cut of [1, 2, 40, 64, 80, Math.floor(whole.length / 2)]) {
    assert.equal(
      outcomeOf(await verified(whole.subarray(0, whole.length - cut))),
      "fail",
      String(cut),
    );
  }
  for (const added of ["\n", " ", "{}\n", "x"]) {
    assert.equal(outcomeOf(await verified(concat([whole, added]))), "fail", added);
    assert.equal(outcomeOf(await verified(concat([added, whole]))), "fail", added);
  }
  const large = concat([whole.subarray(0, 100), new Uint8Array(MAX_BUNDLE_BYTES)]);
  assert.equal((await verified(large)).at(-1).code, "bundle.bundleTooLarge");
});

/** A bundle whose lines were changed and whose digest was made anew, as anybody can. */
function repacked(name, change) {
  const lines = decode(bundle(name)).trimEnd().split("\n");
  lines[0] = `{${lines[0].slice(77)}`;
  change(lines);
  const text = `${lines.join("\n")}\n`;
  const digest = createHash("sha256").update(text).digest("hex");
  return utf8(`{"digest":"${digest}",${text.slice(1)}`);
}

test("a bundle that was made anew proves only what is signed", async () => {
  const trust = await frozenTrust();
  const fault = async (name, change) =>
    statementFault(await openBundle(repacked(name, change), trust));
  const code = (name, change) => codeOf(() => openBundle(repacked(name, change), trust));
  assert.equal(await fault("suspended", () => {}), undefined);
  assert.equal(await fault("suspended", (lines) => lines.pop()), "missing");
  const last = (name) => decode(bundle(name)).trimEnd().split("\n").at(-1);
  const borrowed = (lines) => lines.splice(-1, 1, last("suspended"));
  assert.equal(await fault("recognised", borrowed), "otherContents");
  const withoutOne = (lines) => lines.splice(-2, 1);
  assert.equal(await fault("suspended", withoutOne), "otherRecords");
  const otherPlace = (lines) => (lines[0] = lines[0].replace('"in":"XS"', '"in":"XN"'));
  assert.equal(await fault("suspended", otherPlace), "otherQuestion");
  const withoutHead = (lines) => lines.splice(1, 1);
  assert.equal(await fault("suspended", withoutHead), "otherHeads");
  const strangers = await changedTrust((json) => (json.statusSigners = []));
  assert.equal(statementFault(await openBundle(bundle("suspended"), strangers)), "signerNotListed");

  assert.equal(
    await code("suspended", (lines) => lines.splice(-3, 2, lines.at(-2), lines.at(-3))),
    "notInOrder",
  );
  assert.equal(await code("suspended", (lines) => lines.splice(1, 0, lines[1])), "notInOrder");
  assert.equal(await code("suspended", (lines) => lines.push(lines.at(-2))), "lineMisplaced");
  assert.equal(
    await code("suspended", (lines) => lines.splice(1, 0, '{"more":1}')),
    "lineMisplaced",
  );
  assert.equal(
    await code("suspended", (lines) => (lines[1] = lines[1].replace('"head":', '"head": '))),
    "whitespace",
  );
  const lines = decode(bundle("suspended")).split("\n");
  const refused = await refusal(() =>
    openBundle(
      repacked("suspended", (all) => all.splice(2, 0, lines[5])),
      trust,
    ),
  );
  assert.deepEqual([refused.code, refused.facts.line], ["lineMisplaced", 4]);
});

test("keys and histories never come from the bundle", async () => {
  const forged = (json) => {
    const other = frozenJson("keys.json").logs[2].vkey.split("+").slice(2).join("+");
    json.logs.forEach((log) => {
      const id = createHash("sha256")
        .update(`${log.origin}\n`)
        .update(Buffer.from(other, "base64"));
      log.vkeys = [{ vkey: `${log.origin}+${id.digest("hex").slice(0, 8)}+${other}` }];
    });
  };
  const { code, facts } = await refusal(async () =>
    openBundle(bundle("recognised"), await changedTrust(forged)),
  );
  assert.deepEqual([code, facts.what, facts.line], ["notSigned", "head", 2]);
  const unpinned = await changedTrust((json) => (json.logs = []));
  const found = codes(await verified(bundle("recognised"), [], unpinned));
  assert.deepEqual([found.log, found.key], ["unknown logNotListed", "unknown notRegisteredHere"]);
  // A log that is said to have shown two histories dates nothing.
  const trust = await frozenTrust();
  const forked = repacked(
    "recognised",
    (lines) => (lines[2] = lines[2].replace("{", '{"fork":"x",')),
  );
  assert.equal(codes(await verify(forked, { trust, now: NOW })).log, "unknown forked");
});

test("a revoked key is left to the verdict", async () => {
  const trust = await frozenTrust();
  const signedBySecond = "negative/06-text-changed.json";
  await assert.rejects(verifyProofs(check(frozen(signedBySecond))), { code: "signatureWrong" });
  const { keyStanding } = await import("../../crates/web/assets/verify/standing.js");
  const { records } = await openBundle(bundle("recognised"), trust);
  const evidence = await Promise.all(
    records.map(async ({ document }) => ({
      value: document.value,
      kind: document.value.type.at(-1).replace("Comity", ""),
      signers: (await verifyProofs(document)).signers,
      timeUnix: 0,
    })),
  );
  const [first, second] = frozenJson("keys.json").records.slice(3, 5);
  const value = check(ATTESTATION).value;
  const standing = (key, at = NOW) => {
    const signers = [{ did: first.did, key }];
    return keyStanding({ value, signers }, at, trust, evidence).reason;
  };
  assert.equal(standing(first.publicKeyMultibase), "registered");
  assert.equal(standing(second.publicKeyMultibase), "keyRevoked");
  assert.equal(standing(frozenJson("keys.json").records[0].publicKeyMultibase), "keyNotListed");
  assert.equal(standing(first.publicKeyMultibase, Date.parse("2029-01-01") / 1000), "keyNotListed");
  assert.equal(standing(first.publicKeyMultibase, -1), "notRegisteredHere");
});
