// Canonical JSON: RFC 8785 (JCS) with the profile of format v1 (docs/format.md 1.7, 1.8, 1.11 and
// 1.15). `check` decides by one scan over the received bytes whether they are canonical; nothing
// is repaired. The codes are those of crates/signature/src/canonical/refusal.rs.

import { Refused } from "./refused.js";

/** The largest document anyone may hold, in bytes (format v1, 1.11). */
export const MAX_BODY_BYTES = 1 << 20;
/** The deepest nesting of objects and arrays, the root being 1. */
export const MAX_DEPTH = 64;
/** The most elements of one array. */
export const MAX_ARRAY = 10_000;
/** The longest string or member name in UTF-8 bytes after unescaping. */
export const MAX_STRING_BYTES = 64 * 1024;

const FORMAT_LIMITS = {
  bytes: MAX_BODY_BYTES,
  depth: MAX_DEPTH,
  array: MAX_ARRAY,
  stringBytes: MAX_STRING_BYTES,
};

/** The largest integer every JSON reader keeps: 2^53 - 1 (RFC 8259, section 6). */
const MAX_INTEGER = 9_007_199_254_740_991n;
/** Decimals with more digits than this may say something that a double cannot keep. */
const MAX_SIGNIFICANT_DIGITS = 17;

const [QUOTE, BACKSLASH, COMMA, COLON, MINUS] = [0x22, 0x5c, 0x2c, 0x3a, 0x2d];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Says whether `bytes` are one canonical JSON object within the limits of a record.
 *
 * Answers the parsed value, the bytes without the top-level member `proof` and its comma (the
 * unsecured document, vc-di-eddsa 3.3.3), and the received spelling of `@context`. Throws
 * `Refused` with the code, the byte offset and the JSON Pointer of the first offender.
 */
export function check(bytes) {
  const members = scan(bytes, FORMAT_LIMITS);
  const proof = members.find((member) => member.name === "proof");
  const context = members.find((member) => member.name === "@context");
  return {
    bytes,
    value: JSON.parse(UTF8.decode(bytes)),
    withoutProof: proof ? without(bytes, proof) : bytes,
    context: context && UTF8.decode(bytes.subarray(context.value, context.end)),
  };
}

/**
 * Scans one canonical object under other limits than a record's, such as a line of a bundle.
 * Answers its top-level members: `{name, start, value, end}`, places in the bytes.
 */
export function scan(bytes, limits) {
  if (bytes.length > limits.bytes) {
    throw new Refused("documentTooLong", { offset: limits.bytes, pointer: "" });
  }
  const valid = validUtf8(bytes);
  const scanner = new Scanner(bytes.subarray(0, valid), limits);
  let members;
  try {
    members = scanner.root();
  } catch (refused) {
    // What ends where the first bad byte stands ended because of it.
    if (valid < bytes.length && refused.facts?.offset >= valid) {
      throw new Refused("notUtf8", { ...refused.facts, offset: valid });
    }
    throw refused;
  }
  if (valid < bytes.length) {
    throw new Refused("notUtf8", { offset: valid, pointer: "" });
  }
  return members;
}

/** Writes a parsed JSON value as RFC 8785 has it. */
export function serialise(value) {
  if (Array.isArray(value)) {
    return `[${value.map(serialise).join(",")}]`;
  }
  if (value !== null && typeof value === "object") {
    // Strings compare by UTF-16 code units, as RFC 8785, section 3.2.3, asks.
    const names = Object.keys(value).sort((one, other) => (one < other ? -1 : 1));
    const members = names.map((name) => `${JSON.stringify(name)}:${serialise(value[name])}`);
    return `{${members.join(",")}}`;
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new Refused("numberOutOfRange");
  }
  return JSON.stringify(value);
}

/** The bytes without one member: the first takes the comma behind it along, others the one before. */
function without(bytes, { start, end }) {
  const first = start === 1;
  const from = first ? start : start - 1;
  const to = first && bytes[end] === COMMA ? end + 1 : end;
  const rest = new Uint8Array(from + bytes.length - to);
  rest.set(bytes.subarray(0, from));
  rest.set(bytes.subarray(to), from);
  return rest;
}

class Scanner {
  constructor(bytes, limits) {
    this.bytes = bytes;
    this.limits = limits;
    this.at = 0;
    this.path = [];
    this.top = [];
  }

  refuse(code, offset = this.at) {
    const escaped = this.path.map((token) =>
      String(token).replace(/~/g, "~0").replace(/\//g, "~1"),
    );
    throw new Refused(code, { offset, pointer: escaped.map((token) => `/${token}`).join("") });
  }

  /** Refuses whatever stands here instead of what was due. */
  unexpected() {
    const byte = this.bytes[this.at];
    if (byte === undefined) {
      this.refuse("unexpectedEnd");
    }
    this.refuse(isWhitespace(byte) ? "whitespace" : "unexpectedByte");
  }

  root() {
    const byte = this.bytes[0];
    if (byte !== OPEN_BRACE) {
      if (byte !== undefined && '["-0123456789tfn'.includes(String.fromCharCode(byte))) {
        this.refuse("notAnObject");
      }
      if (byte === 0xef && this.bytes[1] === 0xbb && this.bytes[2] === 0xbf) {
        this.refuse("byteOrderMark");
      }
      this.unexpected();
    }
    this.object(1);
    if (this.at < this.bytes.length) {
      this.refuse(isWhitespace(this.bytes[this.at]) ? "whitespace" : "trailingBytes");
    }
    return this.top;
  }

  value(depth) {
    const byte = this.bytes[this.at];
    if (byte === QUOTE) {
      this.string();
    } else if (byte === OPEN_BRACE) {
      this.object(depth + 1);
    } else if (byte === OPEN_BRACKET) {
      this.array(depth + 1);
    } else if (byte === MINUS || isDigit(byte)) {
      this.number();
    } else {
      this.word();
    }
  }

  object(depth) {
    this.open(depth);
    if (this.eat(CLOSE_BRACE)) {
      return;
    }
    let previous;
    for (;;) {
      const start = this.at;
      const name = this.string();
      this.path.push(name);
      if (previous !== undefined && previous >= name) {
        this.refuse(previous === name ? "duplicateName" : "namesOutOfOrder", start);
      }
      previous = name;
      if (!this.eat(COLON)) {
        this.path.pop();
        this.unexpected();
      }
      const value = this.at;
      this.value(depth);
      this.path.pop();
      if (depth === 1) {
        this.top.push({ name, start, value, end: this.at });
      }
      if (this.eat(CLOSE_BRACE)) {
        return;
      }
      if (!this.eat(COMMA)) {
        this.unexpected();
      }
    }
  }

  array(depth) {
    this.open(depth);
    if (this.eat(CLOSE_BRACKET)) {
      return;
    }
    for (let index = 0; ; index += 1) {
      if (index >= this.limits.array) {
        this.refuse("arrayTooLong");
      }
      this.path.push(index);
      this.value(depth);
      this.path.pop();
      if (this.eat(CLOSE_BRACKET)) {
        return;
      }
      if (!this.eat(COMMA)) {
        this.unexpected();
      }
    }
  }

  open(depth) {
    if (depth > this.limits.depth) {
      this.refuse("tooDeep");
    }
    this.at += 1;
  }

  /** Reads a string token and answers its text. */
  string() {
    if (this.bytes[this.at] !== QUOTE) {
      this.unexpected();
    }
    const start = this.at + 1;
    let at = start;
    let escapes = 0;
    for (;;) {
      const byte = this.bytes[at];
      if (byte === QUOTE) {
        break;
      } else if (byte === undefined) {
        this.refuse("unexpectedEnd", at);
      } else if (byte === BACKSLASH) {
        this.checkEscape(at);
        escapes += 1;
        at += 2;
      } else if (byte < 0x20) {
        this.refuse("controlCharacter", at);
      } else {
        at += this.checkWide(at, byte);
      }
    }
    this.at = at + 1;
    // Every escape that canonical text may hold is two bytes long and stands for one.
    if (at - start - escapes > this.limits.stringBytes) {
      this.refuse("stringTooLong", start - 1);
    }
    const raw = UTF8.decode(this.bytes.subarray(start, at));
    return escapes ? JSON.parse(`"${raw}"`) : raw;
  }

  /** The length of the character that begins here; refuses noncharacters. */
  checkWide(at, lead) {
    if (lead < 0xef) {
      return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : 3;
    }
    const length = lead < 0xf0 ? 3 : 4;
    const letter = UTF8.decode(this.bytes.subarray(at, at + length));
    const code = objection(letter.codePointAt(0));
    if (code) {
      this.refuse(code, at);
    }
    return length;
  }

  /** Refuses an escape that canonical text may not hold. */
  checkEscape(at) {
    const letter = this.bytes[at + 1];
    if (letter === undefined) {
      this.refuse("unexpectedEnd", at);
    }
    const name = String.fromCharCode(letter);
    if ('"\\nt'.includes(name)) {
      return;
    }
    if ("bfr".includes(name)) {
      this.refuse("controlCharacter", at);
    }
    if (name === "/") {
      this.refuse("escapeNotMinimal", at);
    }
    this.refuse(name === "u" ? this.unicodeEscape(at + 2) : "invalidEscape", at);
  }

  /** Why `\u` and what follows it is refused: canonical text has none. */
  unicodeEscape(at) {
    const digits = (from) => {
      const text = String.fromCharCode(...this.bytes.subarray(from, from + 4));
      return /^[0-9a-fA-F]{4}$/.test(text) ? parseInt(text, 16) : undefined;
    };
    const first = digits(at);
    if (first === undefined) {
      return "invalidEscape";
    }
    if (first < 0xd800 || first > 0xdfff) {
      return objection(first) ?? "escapeNotMinimal";
    }
    const pair = this.bytes[at + 4] === BACKSLASH && this.bytes[at + 5] === 0x75;
    const low = pair ? digits(at + 6) : undefined;
    if (first >= 0xdc00 || low === undefined || low < 0xdc00 || low > 0xdfff) {
      return "loneSurrogate";
    }
    return objection(0x10000 + ((first - 0xd800) << 10) + (low - 0xdc00)) ?? "escapeNotMinimal";
  }

  number() {
    const start = this.at;
    let end = start;
    while (
      end < this.bytes.length &&
      "0123456789-+.eE".includes(String.fromCharCode(this.bytes[end]))
    ) {
      end += 1;
    }
    const code = numberRefusal(UTF8.decode(this.bytes.subarray(start, end)));
    if (code) {
      this.refuse(code, start);
    }
    this.at = end;
  }

  word() {
    for (const word of ["true", "false", "null"]) {
      if (this.bytes[this.at] !== word.charCodeAt(0)) {
        continue;
      }
      for (const letter of word) {
        if (this.bytes[this.at] !== letter.charCodeAt(0)) {
          this.unexpected();
        }
        this.at += 1;
      }
      return;
    }
    this.unexpected();
  }

  eat(byte) {
    const found = this.bytes[this.at] === byte;
    this.at += found ? 1 : 0;
    return found;
  }
}

/** What keeps a code point out of text, if anything (format v1, 1.8). */
function objection(codePoint) {
  if (codePoint < 0x20) {
    return codePoint === 0x09 || codePoint === 0x0a ? undefined : "controlCharacter";
  }
  const isNoncharacter =
    (codePoint >= 0xfdd0 && codePoint <= 0xfdef) || (codePoint & 0xfffe) === 0xfffe;
  return isNoncharacter ? "noncharacter" : undefined;
}

/** Why a token is not the canonical spelling of a number, if it is not (RFC 8785, 3.2.2.3). */
function numberRefusal(token) {
  const magnitude = token.replace(/^-/, "");
  if (/^[0-9]+$/.test(magnitude)) {
    return integerRefusal(token, magnitude);
  }
  if (!/^(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(magnitude)) {
    return "numberSpelling";
  }
  const value = Number(token);
  const [digits, exponent] = significant(token);
  if (!Number.isFinite(value) || (value === 0 && digits !== "")) {
    return "numberOutOfRange";
  }
  const spelled = String(value === 0 ? 0 : value);
  const spelledMagnitude = spelled.replace(/^-/, "");
  if (/^[0-9]+$/.test(spelledMagnitude) && spelled !== "0") {
    const refusal = integerRefusal(spelled, spelledMagnitude);
    if (refusal) {
      return refusal;
    }
  }
  const [spelledDigits, spelledExponent] = significant(spelled);
  const kept = digits === spelledDigits && exponent === spelledExponent;
  if (digits.length > MAX_SIGNIFICANT_DIGITS && !kept) {
    return "numberLossy";
  }
  return spelled === token ? undefined : "numberSpelling";
}

function integerRefusal(token, magnitude) {
  if (token === "0") {
    return undefined;
  }
  if (magnitude.startsWith("0")) {
    return "numberSpelling";
  }
  // The length is asked first: reading a long integer costs the square of it.
  return magnitude.length > 16 || BigInt(magnitude) > MAX_INTEGER ? "integerTooLarge" : undefined;
}

/** The digits that carry a value, and the power of ten of the last of them. */
function significant(token) {
  const [mantissa, power = "0"] = token.replace(/^-/, "").split(/[eE]/);
  const [integer, fraction = ""] = mantissa.split(".");
  const digits = integer + fraction;
  const kept = digits.replace(/^0+/, "").replace(/0+$/, "");
  if (kept === "") {
    return ["", 0];
  }
  const trailing = digits.length - digits.replace(/0+$/, "").length;
  return [kept, Number(power) - fraction.length + trailing];
}

function isDigit(byte) {
  return byte >= 0x30 && byte <= 0x39;
}

function isWhitespace(byte) {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** How many of the first bytes are whole UTF-8 characters (Unicode 16.0, table 3-7). */
function validUtf8(bytes) {
  try {
    UTF8.decode(bytes);
    return bytes.length;
  } catch {
    let at = 0;
    while (at < bytes.length) {
      const length = characterLength(bytes, at);
      if (length === 0) {
        return at;
      }
      at += length;
    }
    return at;
  }
}

/** The length of the character at a place, 0 if there is none. */
function characterLength(bytes, at) {
  const lead = bytes[at];
  if (lead < 0x80) {
    return 1;
  }
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length === 0) {
    return 0;
  }
  const low = { 0xe0: 0xa0, 0xf0: 0x90 }[lead] ?? 0x80;
  const high = { 0xed: 0x9f, 0xf4: 0x8f }[lead] ?? 0xbf;
  const second = bytes[at + 1];
  if (second === undefined || second < low || second > high) {
    return 0;
  }
  for (let next = at + 2; next < at + length; next += 1) {
    if (bytes[next] === undefined || (bytes[next] & 0xc0) !== 0x80) {
      return 0;
    }
  }
  return length;
}
