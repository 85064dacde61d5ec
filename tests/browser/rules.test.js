// The field rules of the kinds, as the browser checks them: the same faults as the program finds.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { check } from "../../crates/web/assets/verify/canonical.js";
import { KINDS, kindOf } from "../../crates/web/assets/verify/record.js";
import { faultsOf } from "../../crates/web/assets/verify/rules/rules.js";
import { OTHER_FORMS, changesOf } from "./changes.js";
import { shapesModule } from "./shapes.js";
import { canonicalBytes, frozen, frozenJson, proofOf, signer } from "./support.js";

const SHAPES = new URL("../../crates/web/assets/verify/rules/shapes.js", import.meta.url);
const PROGRAM = fileURLToPath(new URL("../../target/debug/comity", import.meta.url));
const FOLDERS = ["records", "further", "federation"];
const KEY = signer(1);

test("the shapes are those of the schemas", () => {
  if (process.env.UPDATE_EXPECT) {
    writeFileSync(SHAPES, shapesModule());
  }
  assert.equal(readFileSync(SHAPES, "utf8"), shapesModule());
});

/** Every frozen record. */
function frozenRecords() {
  return frozenJson("digests.json").map(({ file }) => {
    const path = FOLDERS.map((folder) => `${folder}/${file}`).find(isThere);
    const bytes = frozen(path);
    const { value } = check(bytes);
    return { bytes, kind: kindOf(value), document: value };
  });
}

function isThere(path) {
  return existsSync(new URL(`../vectors/format-v1/${path}`, import.meta.url));
}

test("every frozen record keeps the rules, and every negative one breaks the one it is named for", () => {
  const records = frozenRecords();
  assert.deepEqual([...new Set(records.map(({ kind }) => kind))].sort(), [...KINDS].sort());
  records.forEach(({ bytes, kind }) => assert.deepEqual(faultsOf(check(bytes), kind), []));
  const broken = frozenJson("negative/manifest.json").filter(({ refusedBy, code }) => {
    return refusedBy === "record" && code !== "context";
  });
  assert.equal(broken.length, 12);
  for (const { file, code } of broken) {
    const document = check(frozen(`negative/${file}`));
    const codes = faultsOf(document, kindOf(document.value)).map((fault) => fault.code);
    assert.deepEqual(codes, [code], file);
  }
});

test("a body larger than its kind may be", () => {
  const { document } = frozenRecords().find(({ kind }) => kind === "Attestation");
  const text = "x".repeat(60_000);
  const large = { ...document, extension: Array.from({ length: 5 }, () => text) };
  assert.deepEqual(faultsOf(check(canonicalBytes(large)), "Attestation"), [
    { pointer: "", code: "tooLarge" },
  ]);
});

/** A complete draft of every kind, as the program writes it. */
function drafts() {
  return KINDS.map((kind) => {
    const slug = kind.replace(/(?!^)[A-Z]/g, "-$&").toLowerCase();
    const args = ["record", "new", slug, "--issuer", "did:web:body.example"];
    const options = { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
    return { kind, document: JSON.parse(execFileSync(PROGRAM, args, options)) };
  });
}

/** The broken rules of signed documents, as the program finds them. */
function programsFaults(lines) {
  const folder = mkdtempSync(join(tmpdir(), "comity-rules-"));
  try {
    const file = join(folder, "changed.ndjson");
    writeFileSync(file, Buffer.concat(lines.flatMap((line) => [line, Buffer.from("\n")])));
    const options = { encoding: "utf8", maxBuffer: 1 << 28 };
    const { stdout } = spawnSync(PROGRAM, ["verify", file, "-o", "ndjson"], options);
    return stdout.trim().split("\n").map(JSON.parse);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the program finds the same faults in every changed record", async (t) => {
  if (!existsSync(PROGRAM)) {
    t.skip("target/debug/comity is not built");
    return;
  }
  const changed = changesOf([...frozenRecords(), ...drafts()]);
  assert.ok(changed.length > 5_000, `only ${changed.length} changes`);
  const lines = await Promise.all(
    changed.map(async ({ document }) => {
      const proof = await proofOf(document, "did:web:body.example", KEY);
      return canonicalBytes({ ...document, proof });
    }),
  );
  const answers = programsFaults(lines);
  assert.equal(answers.length, lines.length);
  const found = new Set();
  for (const [at, { kind, change }] of changed.entries()) {
    const { fault, genuine, brokenRules = [] } = answers[at];
    const isRead = genuine || brokenRules.length > 0 || /must have signed|keyholders/.test(fault);
    assert.ok(isRead, `${change}: ${fault}`);
    const own = faultsOf(check(lines[at]), kind).map(spelled);
    const due = brokenRules.map(spelled);
    own.forEach((one) => found.add(one.split(" ")[1]));
    if (OTHER_FORMS.some((form) => change.endsWith(form))) {
      const isMalformed = (fault) => fault?.endsWith(" malformed");
      assert.ok(isMalformed(own.at(-1)) && due.some(isMalformed), `${change}: ${own} and ${due}`);
    } else {
      assert.equal(own[0], due[0], change);
      assert.deepEqual(own.sort(), due.sort(), change);
    }
  }
  assert.ok(found.size > 90, `only ${found.size} codes`);
  t.diagnostic(`${changed.length} changes, ${found.size} codes: ${[...found].sort().join(" ")}`);
});

function spelled({ pointer, code }) {
  return `${pointer} ${code}`;
}
