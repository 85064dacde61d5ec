// Rules of the words that several kinds share (crates/model/src/record/rules/parts.rs). `faults` is
// at the object that is checked; what is checked is a view, every list and default of it there.

import { isDid } from "../did.js";
import { fromBase64, fromMultibase, utf8 } from "../digest.js";
import { compareBytes } from "../proof.js";

const MAX_NAME = 1_000;
/** Longest printed number in characters. */
export const MAX_NUMBER = 200;
const MAX_CLAUSE = 100;
const MAX_U32 = 2 ** 32 - 1;
/** Classifications whose first six digits are those of the Harmonized System. */
const HARMONISED = ["HS", "CN", "TNVED", "HTS"];
/** Highest rank of the scales that have one. */
const HIGHEST_RANK = { EAL: 7, FIPS140: 4, SIL: 4 };

/** Length of a text in characters. */
export function lengthOf(text) {
  return [...text].length;
}

/** The earliest and the latest day that a legal date can be. */
export function earliest(date) {
  return date.notBefore ?? date;
}

export function latest(date) {
  return date.notAfter ?? date;
}

/** Whether a text is `[a-z0-9-]+`. */
export function isSlug(text) {
  return /^[a-z0-9-]+$/.test(text);
}

export function isLanguageTag(tag) {
  return tag.length <= 35 && /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(tag);
}

export function isRecordId(text) {
  return /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** Whether a text has the shape of an Ed25519 multikey. */
export function isMultikey(text) {
  return /^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/.test(text);
}

/** `*` once, at the end, after something else. */
export function isPattern(text) {
  return /^[^*]+\*?$/.test(text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, ""));
}

/** Whether a text is a component such as `ALC_FLR.2`. */
export function isComponent(word) {
  const number = /^[A-Z]{3}_[A-Z]{3}\.\+?([0-9]+)$/.exec(word)?.[1];
  return number !== undefined && Number(number) <= MAX_U32;
}

/** Whether a text is `<DID>#<name>`. */
export function isArrangementId(text) {
  const at = text.indexOf("#");
  return at >= 0 && isDid(text.slice(0, at)) && isSlug(text.slice(at + 1));
}

/** Whether a text is the origin of a log, `<host>/log/<name>`. */
export function isOrigin(text) {
  const at = text.indexOf("/log/");
  const [host, name] = [text.slice(0, at), text.slice(at + 5)];
  return at >= 0 && !host.includes(":") && isDid(`did:web:${host}`) && isSlug(name) && name.length <= 32;
}

/** `{name, key}` of a key as signed-note spells it; undefined unless it has the shape of that sort. */
export function readVkey(vkey, { byte, isNamed }) {
  const [name, id, ...rest] = vkey.split("+");
  const bytes = fromBase64(rest.join("+"));
  const length = utf8(name).length;
  const isName = length >= 1 && length <= 255 && !/[\p{White_Space}\p{Cc}]/u.test(name);
  const isKey = bytes?.length === 33 && bytes[0] === byte && /^[0-9a-f]{8}$/.test(id);
  return isKey && isName && isNamed(name) ? { name, key: bytes.subarray(1).join() } : undefined;
}

/** A printed number as it is compared. */
export function normalise(number) {
  const folded = number
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\p{White_Space}\p{Cc}\-/._\u2010-\u2015\u2212\u00ad\u200b-\u200d\u2060\ufeff]/gu, "");
  return [...folded.normalize("NFKC")].slice(0, MAX_NUMBER).join("");
}

export function checkDid(faults, name, did) {
  faults.require(isDid(did), name, "did");
}

export function checkName(faults, member, name) {
  faults.require(lengthOf(name) <= MAX_NAME, member, "tooLong");
}

export function checkEconomy(faults, name, economy) {
  faults.require(/^[A-Z]{2}$/.test(economy), name, "economy");
}

/** At least `least` economies, each of the right form, once each. */
export function checkEconomies(faults, name, economies, least) {
  checkCount(faults, name, economies, least);
  checkDistinct(faults, name, economies);
  faults.member(name, () => economies.forEach((one, at) => checkEconomy(faults, at, one)));
}

export function checkCount(faults, name, items, least) {
  faults.require(items.length >= least, name, "empty");
}

/** Not more items than `most`. */
export function checkMost(faults, name, items, most) {
  faults.require(items.length <= most, name, "count");
}

/** Notes every item that stands in the list before. */
export function checkDistinct(faults, name, items) {
  checkOnce(faults, name, "", items, JSON.stringify);
}

/** Says of one item after another whether `of` answers something new of it. */
export function firsts(of) {
  const seen = new Set();
  return (item) => {
    const { size } = seen;
    return seen.add(of(item)).size > size;
  };
}

/** Notes, at `member` of it, every item of which `of` answers what it answered before. */
export function checkOnce(faults, name, member, items, of) {
  const isFirst = firsts(of);
  faults.each(name, items, (item) => {
    if (isFirst(item)) {
      return;
    }
    if (member === "") {
      faults.note("duplicate");
    } else {
      faults.require(false, member, "duplicate");
    }
  });
}

/** Texts of at least one language. */
export function checkLangStringGiven(faults, name, texts) {
  checkCount(faults, name, texts, 1);
  checkLangString(faults, name, texts);
}

/** Lists of texts in several languages, each with one at least. */
export function checkLangStrings(faults, name, list) {
  faults.member(name, () => list.forEach((texts, at) => checkLangStringGiven(faults, at, texts)));
}

export function checkLangString(faults, name, texts) {
  checkDistinct(faults, name, texts);
  faults.each(name, texts, ({ lang }) => faults.require(isLanguageTag(lang), "lang", "language"));
}

/** A legal date, which may not be there. */
export function checkDate(faults, name, date) {
  faults.require(!date || earliest(date) <= latest(date), name, "interval");
}

/** Notes at `name` that `later` certainly lies before `earlier`. */
export function checkOrder(faults, name, earlier, later) {
  faults.require(!later || latest(later) >= earliest(earlier), name, "order");
}

/** A period, which may not be there. */
export function checkPeriod(faults, name, period) {
  if (!period) {
    return;
  }
  faults.member(name, () => {
    checkDate(faults, "from", period.from);
    checkDate(faults, "until", period.until);
    checkOrder(faults, "until", period.from, period.until);
  });
}

export function checkPartyReference(faults, { id, registeredBy }) {
  checkDid(faults, "id", id);
  checkDid(faults, "registeredBy", registeredBy);
}

export function checkParty(faults, party) {
  const { id, registeredBy, name, names, identifiers, country } = party;
  const isWhole = (id === undefined) === (registeredBy === undefined);
  faults.require(isWhole, "registeredBy", "registeredBy");
  for (const [member, did] of Object.entries({ id, registeredBy })) {
    faults.require(did === undefined || isDid(did), member, "did");
  }
  checkName(faults, "name", name);
  checkLangString(faults, "names", names);
  checkDistinct(faults, "identifiers", identifiers);
  if (country !== undefined) {
    checkEconomy(faults, "country", country);
  }
}

export function checkRecordReference(faults, { authority, issuer, id, digestMultibase }) {
  checkDid(faults, "authority", authority);
  checkDid(faults, "issuer", issuer);
  faults.require(isRecordId(id), "id", "recordId");
  checkDigest(faults, "digestMultibase", digestMultibase);
}

export function checkDigest(faults, name, digest) {
  faults.require(fromMultibase(digest) !== undefined, name, "digest");
}

/** A reference; only imported records may point at a row of a register. */
export function checkReference(faults, reference, isImported) {
  if (reference.signer === undefined) {
    return checkRecordReference(faults, reference);
  }
  checkDid(faults, "signer", reference.signer);
  if (!isImported) {
    faults.note("sourceReference");
  }
}

export function checkProductCode(faults, { scheme, edition, code }) {
  faults.require(isCode(code, scheme, 2), "code", "productCode");
  checkEdition(faults, edition, scheme);
  checkScheme(faults, scheme);
}

function isCode(code, scheme, leastDigits) {
  if (HARMONISED.includes(scheme)) {
    return code.length >= leastDigits && /^[0-9]{1,14}$/.test(code);
  }
  return /^[0-9A-Za-z]{1,14}$/.test(code);
}

function checkEdition(faults, edition, scheme) {
  const isFree = edition === undefined || !HARMONISED.includes(scheme);
  faults.require(isFree || /^[0-9]{4}$/.test(edition), "edition", "edition");
}

function checkScheme(faults, scheme) {
  faults.require(/^[A-Z0-9-]*$/.test(scheme), "scheme", "scheme");
}

export function checkSelector(faults, { scheme, edition, include, exclude }) {
  checkScheme(faults, scheme);
  checkEdition(faults, edition, scheme);
  checkCount(faults, "include", include, 1);
  for (const [name, prefixes] of Object.entries({ include, exclude })) {
    checkDistinct(faults, name, prefixes);
    faults.member(name, () => {
      prefixes.forEach((one, at) => faults.require(isCode(one, scheme, 1), at, "productCode"));
    });
  }
  faults.member("exclude", () => {
    exclude.forEach((one, at) => {
      const isWithin = include.some((within) => one.startsWith(within));
      faults.require(isWithin, at, "selector");
    });
  });
}

/** Choices of products. */
export function checkSelectors(faults, name, selectors) {
  faults.each(name, selectors, (selector) => checkSelector(faults, selector));
}

export function checkRank(faults, scale, rank) {
  const highest = Object.hasOwn(HIGHEST_RANK, scale) ? HIGHEST_RANK[scale] : MAX_U32;
  faults.require(rank >= 1 && rank <= highest, "rank", "level");
}

export function checkLevel(faults, { scale, rank, augmentations }) {
  checkRank(faults, scale, rank);
  checkDistinct(faults, "augmentations", augmentations);
  const isSorted = augmentations.every((one, at) => {
    return at === 0 || compareBytes(augmentations[at - 1], one) <= 0;
  });
  faults.require(isSorted, "augmentations", "level");
  if (scale === "EAL") {
    faults.member("augmentations", () => {
      augmentations.forEach((word, at) => faults.require(isComponent(word), at, "level"));
    });
  }
}

/** The full name of a chapter, `<arrangement id>/<chapter>`, at the current place. */
export function checkChapterName(faults, name) {
  const at = name.lastIndexOf("/");
  if (at < 0 || !isArrangementId(name.slice(0, at)) || !isSlug(name.slice(at + 1))) {
    faults.note("chapterName");
  }
}

export function checkTranscription(faults, transcription) {
  if (transcription) {
    faults.member("transcription", () => checkName(faults, "system", transcription.system));
  }
}

/** The member `number`: as printed on one line, of which something is left when it is normalised. */
export function checkPrintedNumber(faults, number) {
  const isTurned = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]/u.test(number);
  const isPrintable = lengthOf(number) <= MAX_NUMBER && !isTurned;
  faults.require(isPrintable && normalise(number) !== "", "number", "number");
}

/** A clause as the standard numbers it. */
export function checkClause(faults, clause) {
  const isTrimmed = !/^\p{White_Space}|\p{White_Space}$/u.test(clause);
  faults.require(isTrimmed && lengthOf(clause) <= MAX_CLAUSE, "clause", "clause");
}

/** Where it is said what a standard asks, its edition must be said too. */
export function checkEditionSaid(faults, name, standard) {
  faults.require(standard.edition !== undefined, name, "edition");
}

/** Notes whether each standard and edition stands in a list once, whatever else is said of them. */
export function checkEachEditionOnce(faults, list, standards) {
  checkOnce(faults, list, "", standards, editionOf);
}

/** What names an edition: the sign between number and year is each publisher's own. */
export function editionOf({ designation, edition }) {
  return `${designation}:${edition}`;
}
