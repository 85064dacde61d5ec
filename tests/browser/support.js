// What the tests share: the frozen vectors, their trust list, and signing with their seeds.

import { createPrivateKey, createPublicKey, sign as signBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { serialise } from "../../crates/web/assets/verify/canonical.js";
import { concat, sha256, toBase64, toHex, utf8 } from "../../crates/web/assets/verify/digest.js";
import { Refused } from "../../crates/web/assets/verify/refused.js";
import { FORMAT, readTrust } from "../../crates/web/assets/verify/trust.js";

const FROZEN = new URL("../vectors/format-v1/", import.meta.url);
const SHARED = new URL("../../../shared/vectors/", import.meta.url);
const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const PKCS8_HEAD = Buffer.from("302e020100300506032b657004220420", "hex");

/** The bytes of a frozen file. */
export function frozen(path) {
  return new Uint8Array(readFileSync(new URL(path, FROZEN)));
}

export function frozenJson(path) {
  return JSON.parse(readFileSync(new URL(path, FROZEN), "utf8"));
}

/** The folder of a published set of vectors; without it the test is skipped with the reason. */
export function published(test, name) {
  const folder = new URL(`${name}/`, SHARED);
  if (existsSync(folder)) {
    return fileURLToPath(folder);
  }
  test.skip(`no published vectors ${name} beside the repository`);
  return undefined;
}

/** 2026-11-28T00:00:00Z. */
export const NOW = Date.parse("2026-11-28T00:00:00Z") / 1000;

/** The trust list that says what the policy of the frozen bundles says. */
export function trustJson() {
  const { logs, mirrors } = frozenJson("keys.json");
  const economies = ["XN", "XS"];
  const authorities = [
    ["did:web:nqi.norda.example", "z6Mkt5kyEBtb72zLuPjjVMqJWeuqcyVtCkSZQnEdarFmh1cj"],
    ["did:web:authority.suda.example", "z6Mksp84WpkG4Mf9ZnkQTDQTMkSVVSVcWF3Ub9wDN97d5FoE"],
  ];
  return {
    format: FORMAT,
    node: { authority: "did:web:nqi.norda.example", economy: "XN", name: "Norda" },
    asOf: "2026-11-28T00:00:00Z",
    policyDigest: "14f2570ee982eb27edbf101db2e2f6751478df87bd26324951b4f90d8c422660",
    authorities: authorities.map(([did, key], at) => ({
      did,
      economy: economies[at],
      keys: [{ key }],
    })),
    logs: logs.slice(0, 2).map(({ origin, vkey }, at) => ({
      origin,
      vkeys: [{ vkey }],
      datedBy: "quorum",
      economies: [economies[at]],
    })),
    cosigners: mirrors.map(({ vkey }) => vkey),
    cosignerSets: [
      {
        from: "2026-01-01T00:00:00Z",
        members: mirrors.map(({ vkey }, at) => ({ key: keyHexOf(vkey), economy: economies[at] })),
      },
    ],
    statusSigners: [{ key: "z6Mku8CqGwLapdVusgzmEtbKyKYuPuRdnpo1QHQFvV4qjAry" }],
  };
}

export function frozenTrust() {
  return readTrust(trustJson());
}

function keyHexOf(vkey) {
  const base64 = vkey.split("+").slice(2).join("+");
  return Buffer.from(base64, "base64").subarray(1).toString("hex");
}

/** The code with which a call refuses; fails if it does not. */
export async function refusal(run) {
  try {
    await run();
  } catch (error) {
    if (error instanceof Refused) {
      return error;
    }
    throw error;
  }
  throw new Error("it was not refused");
}

export async function codeOf(run) {
  return (await refusal(run)).code;
}

/** A key whose seed is 32 times a number, or the one given in hex. */
export function signer(seed) {
  const bytes = typeof seed === "number" ? Buffer.alloc(32, seed) : Buffer.from(seed, "hex");
  const secret = createPrivateKey({
    key: Buffer.concat([PKCS8_HEAD, bytes]),
    format: "der",
    type: "pkcs8",
  });
  const spki = createPublicKey(secret).export({ format: "der", type: "spki" });
  const bytesOfKey = new Uint8Array(spki.subarray(-32));
  return {
    bytes: bytesOfKey,
    multikey: `z${base58([0xed, 0x01, ...bytesOfKey])}`,
    sign: (message) => new Uint8Array(signBytes(null, message, secret)),
  };
}

/** Signs a document as one signer and answers the proof. */
export async function proofOf(document, did, key, created = "2026-11-20T08:00:00Z") {
  const { proof: _, ...unsecured } = document;
  const configuration = {
    ...(document["@context"] === undefined ? {} : { "@context": document["@context"] }),
    ...(created ? { created } : {}),
    cryptosuite: "eddsa-jcs-2022",
    proofPurpose: "assertionMethod",
    type: "DataIntegrityProof",
    verificationMethod: `${did}#${key.multikey}`,
  };
  const hashes = [await sha256(serialise(configuration)), await sha256(serialise(unsecured))];
  return { ...configuration, proofValue: `z${base58(key.sign(concat(hashes)))}` };
}

export function canonicalBytes(value) {
  return utf8(serialise(value));
}

/** A vkey, and lines by it. */
export async function noteSigner(name, type, seed) {
  const key = signer(seed);
  const id = (await sha256(name, Uint8Array.of(0x0a, type), key.bytes)).subarray(0, 4);
  const line = (blob) => `\u2014 ${name} ${toBase64(concat([id, blob]))}\n`;
  return {
    vkey: `${name}+${toHex(id)}+${toBase64(concat([Uint8Array.of(type), key.bytes]))}`,
    keyHex: toHex(key.bytes),
    sign: (text) => line(key.sign(utf8(text))),
    cosign: (text, time) => {
      const seconds = new Uint8Array(8);
      new DataView(seconds.buffer).setBigUint64(0, BigInt(time));
      const signature = key.sign(utf8(`cosignature/v1\ntime ${time}\n${text}`));
      return line(concat([seconds, signature]));
    },
  };
}

export function base58(bytes) {
  let number = 0n;
  for (const byte of bytes) {
    number = number * 256n + BigInt(byte);
  }
  let text = "";
  for (; number > 0n; number /= 58n) {
    text = BASE58[Number(number % 58n)] + text;
  }
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return "1".repeat(zeros < 0 ? bytes.length : zeros) + text;
}
