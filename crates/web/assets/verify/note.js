// Signed notes (C2SP signed-note), checkpoints (tlog-checkpoint) and cosignatures
// (tlog-cosignature) as docs/format.md 3.11 has them.

import { concat, fromBase64, fromHex, isSame, sha256, toBase64, toHex, utf8 } from "./digest.js";
import { admit, verify } from "./keys.js";
import { Refused } from "./refused.js";
import { MAX_TREE_SIZE } from "./tree.js";

/** Most bytes of a note: what still fits into an entry of a log that anchors it. */
export const MAX_NOTE_BYTES = 65_535 - "comity.entry/v1\nanchor\n".length;
/** Most signature lines that are read. */
export const MAX_SIGNATURES = 100;
/** Most bytes of an origin and of a key's name. */
const MAX_NAME_BYTES = 255;
/** The latest time that a cosignature may state, in UTC seconds. */
const MAX_TIME_UNIX = 253_402_207_200n;

const [LOG, COSIGNER] = [0x01, 0x04];
const LINE_START = "\u2014 ";

/** Reads `<name>+<8 hex of the key id>+<base64 of type and key>`. Throws `Refused`. */
export async function parseVkey(text) {
  const parts = /^([^+]*)\+([^+]*)\+(.*)$/su.exec(text);
  const [name, idText, base64] = parts?.slice(1) ?? [];
  const [id, bytes] = [fromHex(idText, 4), base64 !== undefined && fromBase64(base64)];
  if (!parts || !isKeyName(name) || /\p{Cc}/u.test(name) || !id || bytes?.length !== 33) {
    throw new Refused("vkeyMalformed");
  }
  if (utf8(name).length > MAX_NAME_BYTES || ![LOG, COSIGNER].includes(bytes[0])) {
    throw new Refused("vkeyMalformed");
  }
  const vkey = await vkeyOf(name, bytes[0], bytes.subarray(1));
  if (!isSame(vkey.id, id)) {
    throw new Refused("vkeyMalformed");
  }
  return vkey;
}

/** The same name and public key as a cosigner: the line by which a log dates itself. */
export function asCosigner(vkey) {
  return vkeyOf(vkey.name, COSIGNER, vkey.key.bytes);
}

async function vkeyOf(name, type, bytes) {
  const key = admit(bytes);
  const id = (await sha256(name, Uint8Array.of(0x0a, type), key.bytes)).subarray(0, 4);
  return { name, type, key, id, keyHex: toHex(key.bytes) };
}

/** Writes a vkey. */
export function vkeyText({ name, id, type, key }) {
  return `${name}+${toHex(id)}+${toBase64(concat([Uint8Array.of(type), key.bytes]))}`;
}

/** Reads a note: `{text, lines: [{name, id, blob}]}`. Throws `Refused`. */
export function parseNote(note) {
  if (utf8(note).length > MAX_NOTE_BYTES) {
    throw new Refused("noteTooLarge");
  }
  const end = note.lastIndexOf("\n\n");
  if (
    /[\0-\x09\x0b-\x1f]/.test(note) ||
    end < 0 ||
    !note.endsWith("\n") ||
    end + 2 >= note.length
  ) {
    throw new Refused("noteMalformed");
  }
  const lines = note.slice(end + 2, -1).split("\n");
  if (lines.length > MAX_SIGNATURES) {
    throw new Refused("noteTooLarge");
  }
  return { text: note.slice(0, end + 1), lines: lines.map(parseLine) };
}

/** Writes a note. */
export function noteText({ text, lines }) {
  const written = lines.map(({ name, id, blob }) => {
    return `${LINE_START}${name} ${toBase64(concat([id, blob]))}\n`;
  });
  return `${text}\n${written.join("")}`;
}

/** Reads the three lines of a checkpoint: `{origin, size, root}`. Throws `Refused`. */
export function parseCheckpoint(text) {
  const lines = text.split("\n");
  const [origin, sizeText, rootText, last] = lines;
  const root = rootText !== undefined ? fromBase64(rootText) : undefined;
  const size = decimal(sizeText);
  const isOrigin = origin && !/\p{Cc}/u.test(origin) && utf8(origin).length <= MAX_NAME_BYTES;
  if (lines.length !== 4 || last !== "" || !isOrigin || root?.length !== 32 || size === undefined) {
    throw new Refused("checkpointMalformed");
  }
  // A text that begins like a cosignature could be taken for one.
  if (origin === "cosignature/v1" || size > MAX_TREE_SIZE || (size === 0n && !isEmptyRoot(root))) {
    throw new Refused("checkpointMalformed");
  }
  return { origin, size, root };
}

/**
 * Checks that the log with the key `log` has signed the checkpoint in `note`. Any line of it that
 * does not hold spoils the note. Throws `Refused`: `notSigned` or `badSignature`.
 */
export async function openCheckpoint(note, log) {
  const own = note.lines.filter((line) => isNamed(log, line));
  for (const line of own) {
    if (line.blob.length !== 64 || !(await verify(log.key, utf8(note.text), line.blob))) {
      throw new Refused("badSignature", { name: log.name });
    }
  }
  const checkpoint = own.length > 0 && log.type === LOG ? parseCheckpoint(note.text) : undefined;
  if (checkpoint?.origin !== log.name) {
    throw new Refused("notSigned", { name: log.name });
  }
  return checkpoint;
}

/**
 * What one cosigner says under a note: `{timeUnix, isRefused}`. The time is undefined where it has
 * no valid line; `isRefused` says that a line of its name and id does not hold.
 */
export async function cosignedAt(note, cosigner) {
  let [timeUnix, isRefused] = [undefined, false];
  for (const line of note.lines.filter((one) => isNamed(cosigner, one))) {
    const time = line.blob.length === 72 ? bigEndian(line.blob.subarray(0, 8)) : undefined;
    const message = utf8(`cosignature/v1\ntime ${time}\n${note.text}`);
    const isInTime = time !== undefined && time <= MAX_TIME_UNIX;
    if (!isInTime || !(await verify(cosigner.key, message, line.blob.subarray(8)))) {
      isRefused = true;
    } else {
      timeUnix ??= Number(time);
    }
  }
  return { timeUnix, isRefused };
}

/** Reads an ASCII decimal below 2^64 without sign, space or leading zeros. */
export function decimal(text) {
  if (text === undefined || !/^(0|[1-9][0-9]{0,19})$/.test(text)) {
    return undefined;
  }
  const number = BigInt(text);
  return number < 2n ** 64n ? number : undefined;
}

function parseLine(line) {
  const space = line.indexOf(" ", LINE_START.length);
  const bytes = space > 0 ? fromBase64(line.slice(space + 1)) : undefined;
  const name = line.slice(LINE_START.length, space);
  if (!line.startsWith(LINE_START) || !isKeyName(name) || !bytes || bytes.length < 5) {
    throw new Refused("noteMalformed");
  }
  return { name, id: bytes.subarray(0, 4), blob: bytes.subarray(4) };
}

function isNamed(vkey, line) {
  return vkey.name === line.name && isSame(vkey.id, line.id);
}

/** Whether signed-note allows the name: not empty, no space, no plus. */
function isKeyName(name) {
  return name !== "" && !/[+\p{White_Space}]/u.test(name);
}

function isEmptyRoot(root) {
  return toHex(root) === "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
}

function bigEndian(bytes) {
  return bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}
