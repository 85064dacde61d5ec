// References to standards, normalised so that two spellings of one compare equal
// (crates/model/src/standard.rs).

const MAX_CHARACTERS = 120;

/** `{designation, edition, separator}` of a reference; undefined for a text that is none. */
export function readStandard(text) {
  const folded = text
    .normalize("NFKC")
    .toUpperCase()
    .normalize("NFKC")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .split(/\p{White_Space}+/u)
    .filter(Boolean)
    .join(" ")
    .replaceAll(" :", ":")
    .replaceAll(": ", ":")
    .replaceAll(" - ", "-")
    .replaceAll(" /", "/")
    .replaceAll("/ ", "/");
  // The space between publisher and number.
  const apart = folded.replace(/^([^0-9]*\p{Alphabetic})([0-9])/u, "$1 $2");
  const isWhole = /\p{Alphabetic}/u.test(apart) && /[0-9]/.test(apart) && !/\p{Cc}/u.test(apart);
  return isWhole && [...apart].length <= MAX_CHARACTERS ? withEdition(apart) : undefined;
}

/** Splits a trailing year, set off by a colon or a hyphen. */
function withEdition(text) {
  const [, designation, separator, year] = /^(.*)([:-])([0-9]{4})$/s.exec(text) ?? [];
  const edition = Number(year);
  if (edition >= 1900 && edition < 2100 && /[0-9]/.test(designation)) {
    return { designation: designation.trimEnd(), edition, separator };
  }
  return { designation: text, edition: undefined, separator: ":" };
}
