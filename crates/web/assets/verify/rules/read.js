// Reads a document by the shapes of its kind, as crates/model/src/record/read.rs does: every member
// known and of the right form, those of others only looked through. What was read is a view with
// every list and every default there.

import { Faults } from "./faults.js";
import { SHAPES } from "./shapes.js";
import { readStandard } from "./standard-reference.js";

/** Members of others, which are kept and not read. */
const OPEN_ENVELOPE = [
  "credentialSchema",
  "credentialStatus",
  "description",
  "extension",
  "relatedResource",
];
const OPEN_ISSUER = ["issuerAlsoKnownAs", "type"];
const OPEN_SUBJECT = [
  "auditableEvidence",
  "authorisation",
  "conformityAssessment",
  "conformityCertificate",
  "issuedToParty",
  "profileScore",
  "referenceProfile",
  "referenceScheme",
  "trustmark",
];
/** Choices to which a later format may add words, which are read and never written. */
const GROWING = ["Action"];
const MAX_U32 = 2 ** 32 - 1;

const FORMS = {
  json: () => true,
  text: (raw) => typeof raw === "string",
  bool: (raw) => typeof raw === "boolean",
  u32: (raw) => Number.isSafeInteger(raw) && raw >= 0 && raw <= MAX_U32,
  u64: (raw) => Number.isSafeInteger(raw) && raw >= 0,
  Day: isDay,
  Instant: isInstant,
};

/**
 * Reads the document of a known kind. Answers `{view, faults}`: without a view where a member is
 * missing or of the wrong form, which is then the last fault.
 */
export function readDocument(document, kind) {
  const reader = new Reader(kind);
  try {
    const view = reader.value(document, "Document");
    return { view, faults: [...reader.unknown.found, ...reader.others, ...reader.blank] };
  } catch (error) {
    if (error !== MALFORMED) {
      throw error;
    }
    const { found, path } = reader.unknown;
    return { faults: [...found, { pointer: reader.failed ?? path, code: "malformed" }] };
  }
}

/** Whether a text is `YYYY-MM-DD` of the calendar, years 0001 to 9999. */
function isDay(text) {
  const parts = typeof text === "string" && /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (!parts || parts[1] === "0000") {
    return false;
  }
  const [year, month, day] = parts.slice(1).map(Number);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return day >= 1 && day <= (days ?? 0);
}

/** Whether a text is a moment of UTC in whole seconds. */
function isInstant(text) {
  const time = /^T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$/;
  return typeof text === "string" && isDay(text.slice(0, 10)) && time.test(text.slice(10));
}

/** Ends the reading of a form. */
const MALFORMED = Symbol("malformed");

class Reader {
  constructor(kind) {
    this.kind = kind;
    /** Members that no shape knows, and the current place. */
    this.unknown = new Faults();
    /** What is wrong besides: within alternatives, and in members of others. */
    this.others = [];
    /** Texts that say nothing. */
    this.blank = [];
    this.isWithinAlternatives = false;
  }

  malformed() {
    this.failed ??= this.unknown.path;
    throw MALFORMED;
  }

  at(name, read) {
    return this.unknown.member(name, read);
  }

  value(raw, type) {
    if (type === "Subject") {
      return this.members(raw, SHAPES[this.kind]);
    }
    if (type.startsWith("[")) {
      return this.list(raw, type.slice(1, -1));
    }
    if (type === "StandardReference") {
      return (typeof raw === "string" && readStandard(raw)) || this.malformed();
    }
    if (Object.hasOwn(FORMS, type)) {
      return this.plain(raw, type);
    }
    const shape = SHAPES[type];
    if (Array.isArray(shape)) {
      return this.alternatives(raw, shape);
    }
    if (typeof shape === "object") {
      return shape.oneOf ? this.variant(raw, shape.oneOf) : this.members(raw, shape);
    }
    if (shape.startsWith("[")) {
      return this.value(raw, shape);
    }
    const isWord = typeof raw === "string" && shape.split("|").includes(raw);
    return isWord || (typeof raw === "string" && GROWING.includes(type)) ? raw : this.malformed();
  }

  plain(raw, type) {
    if (!FORMS[type](raw)) {
      this.malformed();
    }
    if (type === "text" && /^\p{White_Space}*$/u.test(raw)) {
      this.blank.push({ pointer: this.unknown.path, code: "emptyText" });
    }
    return raw;
  }

  list(raw, type) {
    if (!Array.isArray(raw)) {
      this.malformed();
    }
    return raw.map((item, index) => this.at(index, () => this.value(item, type)));
  }

  members(raw, shape) {
    if (!isObject(raw)) {
      this.malformed();
    }
    const read = new Map();
    for (const [name, member] of Object.entries(raw)) {
      this.at(name, () => {
        if (Object.hasOwn(shape, name)) {
          read.set(name, this.member(member, shape[name]));
        } else {
          this.notKnown(member);
        }
      });
    }
    const view = {};
    for (const [name, type] of Object.entries(shape)) {
      if (!read.has(name) && !/[?=]$/.test(type)) {
        this.malformed();
      }
      view[name] = read.has(name) ? read.get(name) : absent(type);
    }
    return view;
  }

  member(raw, type) {
    if (type.endsWith("?")) {
      return raw === null ? undefined : this.value(raw, type.slice(0, -1));
    }
    return this.value(raw, type.replace(/=$/, ""));
  }

  /** The first form that fits; where none does, the whole is malformed, not a part of it. */
  alternatives(raw, types) {
    const { isWithinAlternatives } = this;
    const [others, blank] = [this.others.length, this.blank.length];
    this.isWithinAlternatives = true;
    try {
      for (const type of types) {
        try {
          return this.value(raw, type);
        } catch (error) {
          if (error !== MALFORMED) {
            throw error;
          }
          [this.others.length, this.blank.length, this.failed] = [others, blank, undefined];
        }
      }
    } finally {
      this.isWithinAlternatives = isWithinAlternatives;
    }
    return this.malformed();
  }

  /** An object with exactly one of the members. */
  variant(raw, types) {
    const names = isObject(raw) ? Object.keys(raw) : [];
    if (names.length !== 1 || !Object.hasOwn(types, names[0])) {
      this.malformed();
    }
    const [name] = names;
    const { isWithinAlternatives } = this;
    this.isWithinAlternatives = true;
    const read = this.at(name, () => this.value(raw[name], types[name]));
    this.isWithinAlternatives = isWithinAlternatives;
    return { [name]: read };
  }

  /** A member that no shape knows: of others it is looked through, else it is a fault. */
  notKnown(raw) {
    if (isOpen(this.unknown.path)) {
      this.lookThrough(raw);
    } else if (!this.isWithinAlternatives) {
      this.unknown.note("unknownMember");
    } else if (!saysNothing(raw)) {
      this.others.push({ pointer: this.unknown.path, code: "unknownMember" });
    }
  }

  /** Members of others hold no salted disclosures (docs/format.md 1.13). */
  lookThrough(raw) {
    if (raw === null || typeof raw !== "object") {
      return;
    }
    for (const [name, member] of Object.entries(raw)) {
      this.at(name, () => {
        if (!Array.isArray(raw) && (name === "_sd" || name === "_sd_alg")) {
          this.others.push({ pointer: this.unknown.path, code: "selectiveDisclosure" });
        }
        this.lookThrough(member);
      });
    }
  }
}

/** Whether what no shape knows belongs to others here. */
function isOpen(pointer) {
  const [, first, second] = pointer.split("/");
  return (
    OPEN_ENVELOPE.includes(first) ||
    (first === "issuer" && OPEN_ISSUER.includes(second)) ||
    (first === "credentialSubject" && OPEN_SUBJECT.includes(second))
  );
}

/** Whether a member says no more than its absence would. */
function saysNothing(raw) {
  return raw === null || raw === false || (Array.isArray(raw) && raw.length === 0);
}

/** What stands in the view for a member that is not there. */
function absent(type) {
  const plain = type.replace(/=$/, "");
  if (type.endsWith("?")) {
    return undefined;
  }
  if (plain === "bool") {
    return false;
  }
  const shape = SHAPES[plain] ?? plain;
  if (typeof shape === "string") {
    return shape.startsWith("[") ? [] : undefined;
  }
  return Object.fromEntries(Object.entries(shape).map(([name, of]) => [name, absent(of)]));
}

function isObject(raw) {
  return raw !== null && typeof raw === "object" && !Array.isArray(raw);
}
