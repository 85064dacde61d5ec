// Proofs that are malformed, of another form, or not about this document: the cases of
// crates/signature/src/data_integrity/tests.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { check, serialise } from "../../crates/web/assets/verify/canonical.js";
import { isDid } from "../../crates/web/assets/verify/did.js";
import { fromMultibase, toHex, toMultibase, utf8 } from "../../crates/web/assets/verify/digest.js";
import * as proofs from "../../crates/web/assets/verify/proof.js";
import { canonicalBytes, codeOf, proofOf, published, signer } from "./support.js";

const { MAX_PROOFS, checkPublishedForm, isInstant, verifyProofs } = proofs;
const DID = "did:web:a.example";
const RECORD = {
  "@context": ["https://www.w3.org/ns/credentials/v2"],
  id: "urn:uuid:1",
  issuer: DID,
  zulu: "认证",
};

const verified = (value) => verifyProofs(check(canonicalBytes(value)));
const form = (value) => checkPublishedForm(check(canonicalBytes(value)));
const withProof = (proof) => ({ ...RECORD, proof });

async function signed(seed = 1, did = DID, created = undefined) {
  return proofOf(RECORD, did, signer(seed), created);
}

test("one signature", async () => {
  const proof = await signed();
  const { signers, documentDigest } = await verified(withProof(proof));
  assert.deepEqual(signers, [{ did: DID, key: signer(1).multikey, created: proof.created }]);
  form(withProof(proof));
  assert.deepEqual(fromMultibase(toMultibase(documentDigest)), documentDigest);
  assert.equal(fromMultibase(toMultibase(documentDigest).toUpperCase()), undefined);
});

test("changes of what is signed are found", async () => {
  const proof = await signed();
  const text = serialise(withProof(proof));
  const method = `${DID}#${signer(1).multikey}`;
  const cases = [
    ["urn:uuid:1", "urn:uuid:2", "signatureWrong"],
    ["2026-11-20T08", "2026-11-20T09", "signatureWrong"],
    ["did:web:a.example#", "did:web:b.example#", "signatureWrong"],
    [method, `${DID}#${signer(2).multikey}`, "signatureWrong"],
    ['v2"],"created', 'v2","x"],"created', "contextDiffers"],
    ['v2"],"id', 'v2","x"],"id', "contextDiffers"],
    ["assertionMethod", "authentication", "purposeWrong"],
    ["2026-11-20T08:00:00Z", "2026-11-20T08:00:00.5Z", "createdMalformed"],
    ['"2026-11-20T08:00:00Z"', "1", "createdMalformed"],
    [`,"verificationMethod":"${method}"`, "", "memberMalformed"],
    [`"proofValue":"${proof.proofValue}",`, "", "memberMalformed"],
    ["DataIntegrityProof", "Ed25519Signature2020", "memberMalformed"],
    ['"proofPurpose":"assertionMethod",', "", "memberMalformed"],
    ['"cryptosuite":"eddsa-jcs-2022",', "", "memberMalformed"],
    ['"cryptosuite":"eddsa-jcs-2022"', '"cryptosuite":1', "memberMalformed"],
    ["eddsa-jcs-2022", "eddsa-rdfc-2022", "noCountedProof"],
    ['"created":', '"nonce":', "memberUnknown"],
    ['"created":', '"domain":"x","created":', "memberUnknown"],
    ['"created":', '"previousProof":"x","created":', "memberUnknown"],
    [method, DID, "methodMalformed"],
    [method, "#", "methodMalformed"],
    ["did:web:a.example#", `${"d".repeat(201)}#`, "methodMalformed"],
    ["#z6Mk", "#z6Ml", "keyNotAdmissible"],
    ["#z6Mk", "#u6Mk", "keyNotAdmissible"],
    ['"proofValue":"z', '"proofValue":"u', "proofValueMalformed"],
    ['"proofValue":"z', '"proofValue":"', "proofValueMalformed"],
    ['"proofValue":"z', '"proofValue":"z0', "proofValueMalformed"],
    [proof.proofValue, `${proof.proofValue}1`, "proofValueMalformed"],
    [proof.proofValue, proof.proofValue.slice(0, -3), "proofValueMalformed"],
    [proof.proofValue, "z", "proofValueMalformed"],
    [proof.proofValue, "", "proofValueMalformed"],
  ];
  for (const [from, to, code] of cases) {
    assert(text.includes(from), from);
    const changed = JSON.parse(text.replace(from, to));
    assert.equal(await codeOf(() => verified(changed)), code, `${from} -> ${to}`);
  }
});

test("documents without a proof that counts", async () => {
  for (const [proof, code] of [
    [[], "noProof"],
    [1, "proofNotAnObject"],
    [null, "proofNotAnObject"],
    [[[]], "proofNotAnObject"],
    [{}, "memberMalformed"],
    [{ type: "Ed25519Signature2020" }, "noCountedProof"],
    [{ cryptosuite: "bbs-2023", type: "DataIntegrityProof" }, "noCountedProof"],
  ]) {
    assert.equal(await codeOf(() => verified(withProof(proof))), code, JSON.stringify(proof));
  }
  assert.equal(await codeOf(() => verified(RECORD)), "noProof");
  assert.equal(await codeOf(() => form(RECORD)), "noProof");
});

test("proofs of other suites are ignored and not published", async () => {
  const both = withProof([
    { cryptosuite: "bbs-2023", nonce: "x", type: "DataIntegrityProof" },
    await signed(),
  ]);
  assert.equal((await verified(both)).signers.length, 1);
  assert.equal(await codeOf(() => form(both)), "suiteUnknown");
});

test("one bad proof spoils the set, and other forms verify but are not published", async () => {
  const [first, second] = [await signed(), await signed(2, "did:web:b.example")];
  const bad = { ...first, created: "2026-11-20T09:00:00Z" };
  assert.equal(await codeOf(() => verified(withProof([first, bad]))), "signatureWrong");

  assert.equal((await verified(withProof([first]))).signers.length, 1);
  assert.equal(await codeOf(() => form(withProof([first]))), "proofAloneInArray");
  form(withProof([first, second]));
  assert.equal((await verified(withProof([second, first]))).signers.length, 2);
  assert.equal(await codeOf(() => form(withProof([second, first]))), "proofsOutOfOrder");

  // One verification method twice, with two valid times: counted once.
  const twice = withProof([first, await signed(1, DID, "2026-11-21T08:00:00Z")]);
  assert.equal((await verified(twice)).signers.length, 1);
  assert.equal(await codeOf(() => form(twice)), "proofsOutOfOrder");
  const foreign = withProof(await signed(1, "did:key:a"));
  assert.equal((await verified(foreign)).signers.length, 1);
  assert.equal(await codeOf(() => form(foreign)), "didMalformed");
});

test("the number of proofs at the limit and one beyond", async () => {
  const other = { cryptosuite: "x" };
  const full = withProof([await signed(), ...new Array(MAX_PROOFS - 1).fill(other)]);
  assert.equal((await verified(full)).signers.length, 1);
  const beyond = withProof([await signed(), ...new Array(MAX_PROOFS).fill(other)]);
  assert.equal(await codeOf(() => verified(beyond)), "tooManyProofs");
});

test("DIDs and instants have one form", () => {
  const dids = [
    "did:web:a",
    "did:web:a.example",
    "did:web:a-b.example:x-1:2",
    `did:web:${"a".repeat(63)}.b`,
  ];
  dids.forEach((did) => assert(isDid(did), did));
  const others = [
    "did:key:z6Mk",
    "did:web:",
    "did:web:A.example",
    "did:web:a..b",
    "did:web:-a.b",
    "did:web:a-.b",
    "did:web:10.0.0.1",
    "did:web:a.example%3A8080",
    "did:web:a.example:",
    "did:web:a.example:X",
    `did:web:${"a".repeat(64)}.b`,
    `did:web:a.example:${"x".repeat(200)}`,
  ];
  others.forEach((did) => assert(!isDid(did), did));
  const instants = [
    "2026-11-20T08:00:00Z",
    "2024-02-29T23:59:59Z",
    "2000-02-29T00:00:00Z",
    "0000-01-01T00:00:00Z",
  ];
  instants.forEach((instant) => assert(isInstant(instant), instant));
  const texts =
    "2026-11-20 2026-11-20T08:00:00 2026-11-20T08:00:00z 2026-11-20t08:00:00Z 2026-11-20T08:00:00+00:00 2026-11-20T08:00:00.0Z 2026-11-20T24:00:00Z 2026-11-20T08:60:00Z 2026-11-20T08:00:60Z 2026-00-20T08:00:00Z 2026-13-20T08:00:00Z 2026-11-00T08:00:00Z 2026-11-31T08:00:00Z 2025-02-29T08:00:00Z 1900-02-29T08:00:00Z +026-11-20T08:00:00Z ２026-11-20T08:00:0Z";
  texts.split(" ").forEach((text) => assert(!isInstant(text), text));
});

test("the worked example and its negatives", async (context) => {
  const folder = published(context, "comity-worked-example");
  if (!folder) {
    return;
  }
  const read = (name) => new Uint8Array(readFileSync(join(folder, `${name}.json`)));
  for (const name of ["certificate", "arrangement"]) {
    const document = check(read(name));
    checkPublishedForm(document);
    await verifyProofs(document);
  }
  for (const [name, code] of [
    ["01-not-canonical-bytes", "whitespace"],
    ["02-duplicate-key", "duplicateName"],
    ["03-context-appended", "contextDiffers"],
    ["04-proof-without-context", "contextDiffers"],
    ["05-signature-S-plus-L", "signatureWrong"],
    ["06-small-order-key", "keyNotAdmissible"],
    ["06b-small-order-key-other-text", "keyNotAdmissible"],
    ["09-purpose-changed", "purposeWrong"],
    ["10-hash-order-swapped", "signatureWrong"],
    ["11-integer-beyond-2-53", "integerTooLarge"],
  ]) {
    const judged = async () => verifyProofs(check(read(`negative/${name}`)));
    assert.equal(await codeOf(judged), code, name);
  }
  // Validly signed, by the wrong and by too few: who must have is asked elsewhere.
  await verifyProofs(check(read("negative/07-vm-not-of-issuer")));
  const alone = check(read("negative/08-arrangement-one-party-only"));
  assert.equal(await codeOf(() => checkPublishedForm(alone)), "proofAloneInArray");
});

test("the published example of eddsa-jcs-2022", async (context) => {
  const folder = published(context, "vc-di-eddsa");
  if (!folder) {
    return;
  }
  const text = readFileSync(join(folder, "TestVectors/eddsa-jcs-2022/signedJCS.json"), "utf8");
  const { signers } = await verifyProofs(check(utf8(serialise(JSON.parse(text)))));
  assert.equal(signers.length, 1);
  const hash = readFileSync(join(folder, "TestVectors/eddsa-jcs-2022/docHashJCS.txt"), "utf8");
  const { documentDigest } = await verifyProofs(check(utf8(serialise(JSON.parse(text)))));
  assert.equal(toHex(documentDigest), hash.trim());
});
