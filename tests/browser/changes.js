// One change to a record each: a member left out, another added, a value of another type or beyond
// its rule, what ends before it begins, what stands twice. Which values are put where is chosen by the
// place, so that each run tries the same.

import { SHAPES } from "../../crates/web/assets/verify/rules/shapes.js";

const DID = "did:web:other.example";
const DIGEST = "uEiCIgHbcRatBjLrvnPk-tpH8ztypVaoN3XvY6ISWp0Gc3w";
const KEY = "z6Mkt5kyEBtb72zLuPjjVMqJWeuqcyVtCkSZQnEdarFmh1cj";
/** Texts that one rule or another accepts or refuses. */
const WORDS = [
  "",
  " \u0085\u00a0",
  "\ufeff",
  "other",
  DID,
  "did:web:Other.example",
  "did:web:other.example:a-1",
  "did:web:127.0.0.1",
  "did:web:other.example#mra",
  "did:web:other.example#mra/a",
  "did:web:other.example#mra/A",
  "urn:uuid:01936c00-0000-7000-8000-00000000abcd",
  "urn:uuid:01936C00-0000-7000-8000-000000000001",
  "XX",
  "xx",
  "XXX",
  "en",
  "zh-Hans",
  "english language",
  "2026-02-29",
  "2028-02-29",
  "0000-01-01",
  "9999-12-31",
  "1999-01-01T00:00:00Z",
  "2026-01-01T24:00:00Z",
  "2040-12-31T23:59:59Z",
  "ISO 9001",
  "ISO9001:2015",
  "gb/t 19001 \u2013 2016",
  "ГОСТ Р ИСО 9001-2015",
  "ISO 9001:1899",
  "*",
  "a*",
  "a*b",
  " a ",
  "a-b_c/d\u2013\u200b",
  "-/.",
  "a\u202eb",
  "a\tb",
  "ＡＢ １２",
  "4006381333931",
  "4006381333932",
  "0.5",
  "-1.",
  "8516.79",
  "851679",
  "85167",
  "35.020",
  "35.02",
  "HS",
  "hs",
  "CPC",
  "EAL",
  "ALC_FLR.2",
  "ALC_FLR",
  "alc_flr.2",
  "ALC_FLR.+2",
  "ALC_FLR.4294967296",
  "https://other.example",
  "https://other.example?q",
  "https:///x",
  "urn:x",
  "no uri",
  DIGEST,
  `${DIGEST.slice(0, -1)}x`,
  KEY,
  KEY.replace("k", "0"),
  "other.example/log/2026",
  "other.example:80/log/2026",
  "Attestation",
  "Takedown",
  "testing",
  "self",
  "Party",
  "x".repeat(101),
  "x".repeat(201),
  "\u{1f600}".repeat(501),
];
/** What stands in no record that is changed, by type. */
const MORE = {
  bool: [true],
  Day: ["1999-01-01", "2099-01-01"],
  LegalDate: ["1999-01-01", "2099-01-01"],
  Level: [
    { scale: "EAL", rank: 8, augmentations: ["ALC_FLR.2", "ALC_DVS.2", "more"] },
    { scale: "SIL", rank: 4, augmentations: ["any"] },
  ],
  LevelRule: [
    { scale: "EAL", rank: 0, mode: "cap", within: ["ALC_FLR", "ALC_DVS.2", "more"] },
    { scale: "FIPS140", rank: 4, mode: "min" },
  ],
  LangString: [[{ lang: "e", value: "x" }], [{ lang: "en", value: "x" }]],
  Observation: [
    {
      system: "x",
      fetchedOn: "2026-03-02",
      document: {
        operator: "x",
        issuedAt: "2026-02-01T00:00:00Z",
        nextUpdate: "2026-03-01T00:00:00Z",
        digestMultibase: "x",
        signerCertificate: "x",
        signature: "holds",
      },
    },
    {
      system: "x",
      fetchedOn: "2026-03-01",
      statements: ["2026-01-01", "2026-01-02", "2026-01-02"].map((day) => {
        return { since: `${day}T00:00:00Z`, sourceStatus: "x", state: "active" };
      }),
    },
  ],
  PartyReference: [{ id: DID, registeredBy: DID }],
  Quantity: [{ value: "1.", unit: "kg" }],
  Reference: [{ signer: DID, system: "x", sourceId: "1" }],
  "[GrantReliance]": [[{ grant: { signer: "x", system: "x", sourceId: "1" } }]],
  "[ScopeItem]": [[], [{ id: "a" }, { id: "a", sectors: ["1"], exhaustive: true }]],
  "[text]": [["a", "a", "*x*"]],
  text: ["x".repeat(1_001), DID],
  Transcription: [{ system: "x".repeat(1_001), source: "x", readOn: "2026-01-01" }],
};
const NUMBERS = [-1, 0, 1, 2, 8, 9_000, 1.5, 2 ** 32, 2 ** 53 - 1, 1e21];
/** Changes of the form alone: after one the program reads on, and the browser does not. */
export const OTHER_FORMS = ["values as a list", "a word as a member"];
/** Choices on which depends what else is due. */
const DECIDING = [
  "Action",
  "AssertedBy",
  "Capacity",
  "Declaration",
  "DirectionMode",
  "ExistingAttestations",
  "NoticeSort",
  "RequirementSort",
  "RuleEffect",
];
/** How many of the words are tried at one place. */
const TRIED = 6;

/**
 * Changes of all `records`, `{kind, document}` each: `{kind, document, change}`. A place of a kind is
 * changed in one record only, and lists are one place.
 */
export function changesOf(records) {
  const seen = new Set();
  const library = new Map(Object.entries(MORE));
  const all = [];
  for (const { kind, document } of records) {
    walk(document, typeOf("Document", kind), "", (value, type) => {
      library.set(type, [...(library.get(type) ?? []), value]);
    });
  }
  for (const { kind, document } of records) {
    walk(document, typeOf("Document", kind), "", (value, type, pointer) => {
      const changes = [
        ...changesAt(value, type, pointer, library),
        ...ownWords(value, type, document),
        ...choices(value, type, library),
      ];
      for (const [name, changed] of changes) {
        const place = `${kind}${pointer.replace(/\/[0-9]+(?=\/|$)/g, "/*")}: ${name}`;
        if (!seen.has(place)) {
          seen.add(place);
          all.push({ kind, document: put(document, pointer, changed), change: place });
        }
      }
    });
  }
  return all;
}

/** Other words of the same document that look alike, and of a choice all its words. */
function ownWords(value, type, document) {
  if (typeof value !== "string") {
    return [];
  }
  const shape = SHAPES[type];
  const words = typeof shape === "string" ? shape.split("|") : [];
  const { proof: _, ...rest } = document;
  const alike = JSON.stringify(rest).match(/"(?:[^"\\]|\\.)*"/g).map(JSON.parse);
  const own = alike.filter((one) => one.startsWith(value.slice(0, 4)) && one !== value);
  return [
    ...words.map((word) => [`word ${word}`, word]),
    ...[...new Set(own)].slice(0, TRIED).map((one, at) => [`own word ${at}`, one]),
  ];
}

/** Of an object with a word that decides what else is due: every word, with every other member. */
function choices(value, type, library) {
  const shape = SHAPES[type];
  if (value === null || typeof value !== "object" || typeof shape !== "object" || Array.isArray(shape)) {
    return [];
  }
  const deciding = Object.entries(shape).filter(([, member]) => DECIDING.includes(member));
  return deciding.flatMap(([name, member]) =>
    SHAPES[member].split("|").flatMap((word) =>
      objectChanges({ ...value, [name]: word }, type, library).map(([change, changed]) => {
        return [`${change} where ${name} is ${word}`, changed];
      }),
    ),
  );
}

function typeOf(type, kind) {
  return { type, kind };
}

/** Visits every value that a shape describes. */
function walk(value, of, pointer, visit) {
  const { kind } = of;
  const type = of.type === "Subject" ? kind : of.type.replace(/[?=]$/, "");
  visit(value, type, pointer);
  const shape = SHAPES[type] ?? type;
  if (typeof shape === "string" && shape.startsWith("[") && Array.isArray(value)) {
    const item = typeOf(shape.slice(1, -1), kind);
    value.forEach((one, at) => walk(one, item, `${pointer}/${at}`, visit));
  } else if (Array.isArray(shape) && typeof value === "object") {
    const form = shape.find((name) => Object.keys(SHAPES[name] ?? {}).some((one) => one in value));
    walk(value, typeOf(form, kind), pointer, visit);
  } else if (typeof shape === "object" && value !== null && typeof value === "object") {
    for (const [name, member] of Object.entries(shape.oneOf ?? shape)) {
      // Kinds and contexts are told apart before their rules.
      const isPinned = pointer === "" && ["@context", "type", "proof"].includes(name);
      if (name in value && !isPinned) {
        walk(value[name], typeOf(member, kind), `${pointer}/${name}`, visit);
      }
    }
  }
}

/** `[name, value]` of what is put in the place of a value. */
function changesAt(value, type, pointer, library) {
  const always = [
    ["left out", undefined],
    ["null", null],
    ["another form", typeof value === "string" ? 7 : "text"],
    ...(MORE[type] ?? []).map((one, at) => [`another ${at}`, one]),
  ];
  if (pointer === "") {
    return objectChanges(value, type, library);
  }
  if (typeof value === "string") {
    return [...always, [OTHER_FORMS[1], { [value]: null }], ...textChanges(value, pointer)];
  }
  if (typeof value === "number") {
    return [...always, ...NUMBERS.map((number) => [`${number}`, number])];
  }
  if (typeof value === "boolean") {
    return [...always, ["the other", !value]];
  }
  if (Array.isArray(value)) {
    const other = (library.get(type) ?? []).findLast((one) => one.length > 0) ?? [];
    const changes = [["empty", []], ["an object", {}], ["others of its kind", [...value, ...other]]];
    const many = Array.from({ length: 16 }, () => value[0]);
    const some = [
      ["twice", [...value, value.at(-1)]],
      ["turned round", [...value].reverse()],
      ["many", [...value, ...many]],
    ];
    return [...always, ...changes, ...(value.length > 0 ? some : [])];
  }
  return [...always, [OTHER_FORMS[0], Object.values(value)], ...objectChanges(value, type, library)];
}

function textChanges(value, pointer) {
  const changes = [["upper case", value.toUpperCase()], ["a line end behind", `${value}\n`]];
  if (/^[0-9]{4}-/.test(value)) {
    const years = ["1990", "2031", "2099"].map((year) => year + value.slice(4));
    const [early, late] = [value.slice(0, 10), "2032-01-01"];
    const interval = (notBefore, notAfter, more) => ({ notBefore, notAfter, ...more });
    changes.push(
      ...years.map((year) => [year, year]),
      ["interval", interval(early, late)],
      ["interval of a day", interval(early, early)],
      ["interval reversed", interval(late, early)],
      ["interval with nothing", interval(early, late, { more: null })],
      ["interval with more", interval(early, late, { more: "x" })],
    );
  }
  const from = [...pointer].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9_973, 7);
  for (let at = 0; at < TRIED; at += 1) {
    const word = WORDS[(from + at * 17) % WORDS.length];
    changes.push([`“${word.slice(0, 40)}”`, word]);
  }
  return changes;
}

function objectChanges(value, type, library) {
  const shape = type === "Document" ? {} : (SHAPES[type] ?? {});
  const changes = [
    ["more", { ...value, "a/b~c": "x" }],
    ["more, of nothing", { ...value, more: null }],
    ["of others", { ...value, description: { a: [{ _sd: 1 }] }, trustmark: { _sd_alg: "x" } }],
  ];
  for (const [name, member] of Object.entries(shape)) {
    if (name === "oneOf") {
      continue;
    }
    if (name in value && /[?=]$/.test(member)) {
      const { [name]: _, ...rest } = value;
      changes.push([`without ${name}`, rest]);
    }
    if (name in value) {
      continue;
    }
    const known = library.get(member.replace(/[?=]$/, "")) ?? [];
    for (const [at, one] of [known[0], known.at(-1)].entries()) {
      if (one !== undefined) {
        changes.push([`with ${name} ${at}`, { ...value, [name]: one }]);
      }
    }
  }
  if (value.from && value.until) {
    changes.push(["turned round", { ...value, from: value.until, until: value.from }]);
  }
  return changes;
}

/** The document with another value at a pointer; undefined leaves it out. */
function put(document, pointer, value) {
  const path = pointer.split("/").slice(1);
  if (path.length === 0) {
    return value;
  }
  const copy = structuredClone(document);
  const name = path.pop();
  const holder = path.reduce((held, part) => held[part], copy);
  if (value !== undefined) {
    holder[name] = value;
  } else if (Array.isArray(holder)) {
    holder.splice(name, 1);
  } else {
    delete holder[name];
  }
  return copy;
}
