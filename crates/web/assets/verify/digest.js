// SHA-256 digests and their spellings (docs/format.md 1.4 and 1.9), base64 in exactly one form.

/** SHA-256 (FIPS 180-4) by WebCrypto. Pages without a secure context have none of it. */
export async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", concat(parts)));
}

/** One array of all parts; texts are taken as UTF-8. */
export function concat(parts) {
  const arrays = parts.map((part) => (typeof part === "string" ? utf8(part) : part));
  const whole = new Uint8Array(arrays.reduce((length, array) => length + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    whole.set(array, at);
    at += array.length;
  }
  return whole;
}

/** The UTF-8 bytes of a text. */
export function utf8(text) {
  return new TextEncoder().encode(text);
}

/** Lower-case hex. */
export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Reads lower-case hex of `length` bytes; undefined for anything else, also upper case. */
export function fromHex(text, length) {
  if (typeof text !== "string" || text.length !== 2 * length || !/^[0-9a-f]*$/.test(text)) {
    return undefined;
  }
  return Uint8Array.from({ length }, (_, at) => parseInt(text.slice(2 * at, 2 * at + 2), 16));
}

/** Standard base64 with padding (RFC 4648, section 4). */
export function toBase64(bytes) {
  let binary = "";
  for (const byte of bytes) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}

/** Reads standard base64 with padding, unused bits zero; undefined for any other spelling. */
export function fromBase64(text) {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) {
    return undefined;
  }
  let binary;
  try {
    binary = atob(text);
  } catch {
    return undefined;
  }
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : undefined;
}

/** Spells a SHA-256 digest as `digestMultibase`: `u`, base64url of 0x12 0x20 and the digest. */
export function toMultibase(digest) {
  const text = toBase64(concat([Uint8Array.of(0x12, 0x20), digest]));
  return `u${text.replace(/=+$/, "").replace(/\+/g, "-").replace(/\//g, "_")}`;
}

/** Reads what `toMultibase` writes; undefined for another spelling. */
export function fromMultibase(text) {
  if (typeof text !== "string" || text.length !== 47 || !/^u[A-Za-z0-9_-]+$/.test(text)) {
    return undefined;
  }
  const bytes = fromBase64(`${text.slice(1).replace(/-/g, "+").replace(/_/g, "/")}==`);
  return bytes?.[0] === 0x12 && bytes[1] === 0x20 ? bytes.subarray(2) : undefined;
}

/** Whether two arrays hold the same bytes. */
export function isSame(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
