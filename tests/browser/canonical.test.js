// Canonical or refused, and why: the cases of crates/signature/src/canonical/tests.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as canonical from "../../crates/web/assets/verify/canonical.js";
import { concat, utf8 } from "../../crates/web/assets/verify/digest.js";
import { refusal } from "./support.js";

const { MAX_ARRAY, MAX_BODY_BYTES, MAX_DEPTH, MAX_STRING_BYTES, check, serialise } = canonical;

function isAccepted(text) {
  return check(utf8(text)) !== undefined;
}

async function assertRefused(cases) {
  for (const [text, code, pointer] of cases) {
    const refused = await refusal(() => check(utf8(text)));
    assert.deepEqual([refused.code, refused.facts.pointer], [code, pointer], text);
  }
}

test("refused for its form", () =>
  assertRefused([
    ["", "unexpectedEnd", ""],
    ["{", "unexpectedEnd", ""],
    ['{"a"', "unexpectedEnd", ""],
    ['{"a":"x', "unexpectedEnd", "/a"],
    ['{"a":"x\\', "unexpectedEnd", "/a"],
    ['{"a":tru', "unexpectedEnd", "/a"],
    ["\uFEFF{}", "byteOrderMark", ""],
    ["{}\n", "whitespace", ""],
    ["{}{}", "trailingBytes", ""],
    [" {}", "whitespace", ""],
    ["{ }", "whitespace", ""],
    ['{"a": 1}', "whitespace", "/a"],
    ['{"a":1 }', "whitespace", ""],
    ['{"a":[1, 2]}', "whitespace", "/a/1"],
    ['{"a":1,}', "unexpectedByte", ""],
    ['{"a":[1,]}', "unexpectedByte", "/a/1"],
    ['{"a":[,1]}', "unexpectedByte", "/a/0"],
    ['{,"a":1}', "unexpectedByte", ""],
    ["{a:1}", "unexpectedByte", ""],
    ['{"a":True}', "unexpectedByte", "/a"],
    ['{"a":nul1}', "unexpectedByte", "/a"],
    ['{"a":NaN}', "unexpectedByte", "/a"],
    ['{"a":1/**/}', "unexpectedByte", ""],
    ["[]", "notAnObject", ""],
    ['"a"', "notAnObject", ""],
  ]));

test("refused for its names", async () => {
  await assertRefused([
    ['{"b":1,"a":2}', "namesOutOfOrder", "/a"],
    ['{"a":1,"a":1}', "duplicateName", "/a"],
    ['{"é":1,"é":1}', "duplicateName", "/é"],
    ['{"x":{"aa":1,"a":2}}', "namesOutOfOrder", "/x/a"],
    ['{"pr\\u006fof":1}', "escapeNotMinimal", ""],
    ['{"!":1,"\\n":2}', "namesOutOfOrder", "/\n"],
    ['{"a\\"":1,"a!":1}', "namesOutOfOrder", "/a!"],
    ['{"a":[{"b/c~":[0,1.0]}]}', "numberSpelling", "/a/0/b~1c~0/1"],
  ]);
  assert(isAccepted('{"":0,"\\t":1,"\\n":2,"!":3,"a!":4,"a\\"":5,"a\\\\":6}'));
  // No name is special: an object has them all as its own.
  assert.equal(check(utf8('{"__proto__":{"proof":1}}')).value.proof, undefined);
});

test("surrogate pairs sort before the end of the first plane", async () => {
  assert(isAccepted('{"\u20AC":1,"\u{1F602}":1,"\uE000":1,"\uFB33":1,"\uFFFD":1}'));
  for (const [first, second] of [
    ["\uFB33", "\u{1F602}"],
    ["\uFFFD", "\u{10000}"],
    ["\uE000", "\u{10FFFD}"],
    ["a\uFF01", "a\u{1F602}"],
  ]) {
    const right = `{"${second}":1,"${first}":1}`;
    assert(isAccepted(right), right);
    assert.equal(serialise({ [first]: 1, [second]: 1 }), right);
    await assertRefused([[`{"${first}":1,"${second}":1}`, "namesOutOfOrder", `/${second}`]]);
  }
});

test("refused for its text", async () => {
  await assertRefused([
    ['{"a":"\\/"}', "escapeNotMinimal", "/a"],
    ['{"a":"\\u00ab"}', "escapeNotMinimal", "/a"],
    ['{"a":"\\u00AB"}', "escapeNotMinimal", "/a"],
    ['{"a":"\\u000a"}', "escapeNotMinimal", "/a"],
    ['{"a":"\\u0009"}', "escapeNotMinimal", "/a"],
    ['{"a":"\\u0022"}', "escapeNotMinimal", "/a"],
    ['{"a":"\\ud83d\\ude02"}', "escapeNotMinimal", "/a"],
    ['{"a":"\\u0000"}', "controlCharacter", "/a"],
    ['{"a":"\\u001f"}', "controlCharacter", "/a"],
    ['{"a":"\\u001F"}', "controlCharacter", "/a"],
    ['{"a":"\\b"}', "controlCharacter", "/a"],
    ['{"a":"\\f"}', "controlCharacter", "/a"],
    ['{"a":"\\r"}', "controlCharacter", "/a"],
    ['{"a":"\n"}', "controlCharacter", "/a"],
    ['{"a":"12345678\t"}', "controlCharacter", "/a"],
    ['{"a":"\0"}', "controlCharacter", "/a"],
    ['{"a":"\\ud800"}', "loneSurrogate", "/a"],
    ['{"a":"\\udc00\\ud800"}', "loneSurrogate", "/a"],
    ['{"a":"\\ud800\\u0041"}', "loneSurrogate", "/a"],
    ['{"a":"\\ud8"}', "invalidEscape", "/a"],
    ['{"a":"\\x41"}', "invalidEscape", "/a"],
    ['{"a":"\\U0041"}', "invalidEscape", "/a"],
    ['{"a":"\uFFFE"}', "noncharacter", "/a"],
    ['{"a":"\uFDD0"}', "noncharacter", "/a"],
    ['{"a":"\u{10FFFF}"}', "noncharacter", "/a"],
    ['{"a":"\\uffff"}', "noncharacter", "/a"],
  ]);
  const fine = '\\n\\t\\"\\\\/\x7F\x80\uFDCF\uFDF0\uFEFF\uFFFD\u{1FFFD}\u202E';
  assert(isAccepted(`{"a":"${fine}"}`));
});

test("refused for its bytes", async () => {
  const sequences = [
    [0xc0, 0xaf],
    [0xed, 0xa0, 0x80],
    [0xe2, 0x82],
    [0xf4, 0x90, 0x80, 0x80],
    [0xe9],
  ];
  for (const sequence of sequences) {
    const bytes = concat(['{"a":["x","', Uint8Array.from(sequence), '"]}']);
    const { code, facts } = await refusal(() => check(bytes));
    assert.deepEqual([code, facts.offset, facts.pointer], ["notUtf8", 11, "/a/1"]);
  }
  // An earlier fault is the one that is told.
  const early = concat(['{ "', Uint8Array.of(0xff), '":1}']);
  assert.equal((await refusal(() => check(early))).code, "whitespace");
  const late = await refusal(() => check(concat(["{}", Uint8Array.of(0xff)])));
  assert.deepEqual([late.code, late.facts.offset], ["notUtf8", 2]);
});

test("refused for its numbers", async () => {
  const spelling =
    "-0 01 -01 1.0 1.10 1e2 1E+30 1e30 0.0 -0.0 1. - 1e 1e+ --1 1-1 0.0000001 1e-06 100e-2 333333333.33333329 00";
  const named = {
    numberSpelling: spelling,
    unexpectedByte: "+1 .5",
    integerTooLarge: "9007199254740992 -9007199254740992 9007199254740993 1424953923781206200000",
    numberOutOfRange: "1e400 -1e400 1e-400",
    numberLossy: "0.1000000000000000001 3.14159265358979323846",
  };
  for (const [code, tokens] of Object.entries(named)) {
    for (const token of tokens.split(" ")) {
      const refused = await refusal(() => check(utf8(`{"a":${token}}`)));
      assert.deepEqual([refused.code, refused.facts.offset], [code, 5], token);
    }
  }
  const fine = "0 -1 9007199254740991 -9007199254740991 1e+30 1.5 5e-324 1e-7 0.000001";
  fine.split(" ").forEach((token) => assert(isAccepted(`{"a":${token}}`), token));
});

test("reference examples of RFC 8785", () => {
  const examples = [
    [
      '{"root": [ 56, { "d": true, "10": null, "1": [ ] } ]}',
      '{"root":[56,{"1":[],"10":null,"d":true}]}',
    ],
    [
      '{ "1": {"f": {"f": "hi","F": 5} ,"\\n": 56.0}, "10": { }, "": "empty", "a": { }, "111": [ {"e": "yes","E": "no" } ], "A": { } }',
      '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}',
    ],
    [
      '{ "peach": "1", "péché": "2", "pêche": "3", "sin": "4" }',
      '{"peach":"1","péché":"2","pêche":"3","sin":"4"}',
    ],
    ['{ "Unnormalized Unicode":"A\\u030a" }', '{"Unnormalized Unicode":"A\u030a"}'],
  ];
  for (const [input, output] of examples) {
    assert.equal(serialise(JSON.parse(input)), output);
    assert(isAccepted(output), output);
  }
  const values =
    '{ "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001], "string": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/", "literals": [null, true, false] }';
  assert.equal(
    serialise(JSON.parse(values)),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test("numbers of RFC 8785, appendix B", async () => {
  const numbers = {
    "0000000000000000": "0",
    8000000000000000: "0",
    "0000000000000001": "5e-324",
    8000000000000001: "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    ffefffffffffffff: "-1.7976931348623157e+308",
    4340000000000000: "9007199254740992",
    c340000000000000: "-9007199254740992",
    4430000000000000: "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    becbf647612f3696: "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
  };
  for (const [bits, spelled] of Object.entries(numbers)) {
    const value = Buffer.from(bits, "hex").readDoubleBE();
    assert.equal(serialise(value), spelled, bits);
    // RFC 8785 spells integers beyond 2^53 - 1; the profile does not let them in.
    if (/^-?[0-9]+$/.test(spelled) && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
      await assertRefused([[`{"a":${spelled}}`, "integerTooLarge", "/a"]]);
    } else {
      assert(isAccepted(`{"a":${spelled}}`), spelled);
    }
  }
  await refusal(() => serialise(Infinity));
});

test("limits, at each and one beyond", async () => {
  const nested = (levels) => `{"a":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`;
  const array = (length) => `{"a":[${new Array(length).fill(0).join()}]}`;
  assert(isAccepted(nested(MAX_DEPTH)));
  assert(isAccepted(array(MAX_ARRAY)));
  await assertRefused([
    [nested(MAX_DEPTH + 1), "tooDeep", `/a${"/0".repeat(MAX_DEPTH - 1)}`],
    [`{"a":${"[".repeat(500_000)}`, "tooDeep", `/a${"/0".repeat(MAX_DEPTH - 1)}`],
    [array(MAX_ARRAY + 1), "arrayTooLong", "/a"],
  ]);
  for (const unit of ["x", "é", "认", "😂", "\\n"]) {
    const width = unit === "\\n" ? 1 : utf8(unit).length;
    const count = Math.floor(MAX_STRING_BYTES / width);
    const text = unit.repeat(count) + "x".repeat(MAX_STRING_BYTES - count * width);
    assert(isAccepted(`{"a":"${text}"}`), unit);
    assert.equal((await refusal(() => check(utf8(`{"a":"${text}x"}`)))).code, "stringTooLong");
    assert.equal((await refusal(() => check(utf8(`{"${text}x":1}`)))).code, "stringTooLong");
  }
  const part = `"${"x".repeat(MAX_STRING_BYTES - 100)}",`.repeat(16);
  const long = (length) => `{"a":[${part}"${"x".repeat(length - part.length - 10)}"]}`;
  assert.equal(utf8(long(MAX_BODY_BYTES)).length, MAX_BODY_BYTES);
  assert(isAccepted(long(MAX_BODY_BYTES)));
  assert.equal(
    (await refusal(() => check(utf8(long(MAX_BODY_BYTES + 1))))).code,
    "documentTooLong",
  );
});

test("a document without its proof, wherever it falls in the order of names", () => {
  for (const [text, without, context] of [
    [
      '{"@context":["x"],"a":{"proof":1},"proof":{"b":"\\"}"},"z":0}',
      '{"@context":["x"],"a":{"proof":1},"z":0}',
      '["x"]',
    ],
    ['{"proof":1}', "{}", undefined],
    ['{"proof":1,"z":1}', '{"z":1}', undefined],
    ['{"a":1,"proof":[]}', '{"a":1}', undefined],
    ["{}", "{}", undefined],
  ]) {
    const document = check(utf8(text));
    assert.equal(new TextDecoder().decode(document.withoutProof), without);
    assert.equal(document.context, context);
  }
});

test("check agrees with a round trip, whatever is changed", () => {
  // A small generator with a fixed seed, so that a failure comes back.
  let state = 7;
  const random = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const texts = [
    '{"a":[1,2.5,-7,1e-7],"b":{"c":"é\\n\\"","d":null}}',
    '{"":true,"x":"认😂","y":[[],{}]}',
  ];
  const letters = utf8('"\\{}[],: \n0123456789-+.eEuntf/abc');
  let accepted = 0;
  for (let round = 0; round < 20_000; round += 1) {
    const bytes = utf8(texts[random(2)]);
    for (let change = random(3); change > 0; change -= 1) {
      bytes[random(bytes.length)] = letters[random(letters.length)];
    }
    let value;
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      value = JSON.parse(text);
      // JSON.parse takes the last of two, so a round trip tells them too.
      value =
        serialise(value) === text &&
        value !== null &&
        typeof value === "object" &&
        !Array.isArray(value);
      value &&= !/\\[bfru]/.test(text) && !/[0-9]{16}/.test(text);
    } catch {
      value = false;
    }
    let isCanonical = true;
    try {
      check(bytes);
    } catch (error) {
      assert.equal(error.name, "Refused");
      isCanonical = false;
    }
    assert.equal(isCanonical, value, new TextDecoder().decode(bytes));
    accepted += isCanonical ? 1 : 0;
  }
  assert(accepted > 1_000 && accepted < 19_000, String(accepted));
});
