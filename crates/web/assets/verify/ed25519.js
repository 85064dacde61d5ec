// Arithmetic on the curve edwards25519 (RFC 8032, section 5.1) for public values only: it decides
// what WebCrypto leaves open, and verifies where a browser has no Ed25519. Nothing secret ever
// comes here, so nothing has to take constant time.

const P = 2n ** 255n - 19n;
/** The order of the base point. */
export const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
const SQRT_MINUS_1 = 19681161376707505956807079304988542015446066515923890162744021073123829784752n;

const IDENTITY = { x: 0n, y: 1n, z: 1n, t: 0n };
const BASE = affine(
  15112221349535400772501151409588531511454012693041857206046113283949847762202n,
  46316835694926478169428394003475163141307993866256225615783033603165251855960n,
);

/** A little-endian number. */
export function littleEndian(bytes) {
  let number = 0n;
  for (let at = bytes.length - 1; at >= 0; at -= 1) {
    number = (number << 8n) | BigInt(bytes[at]);
  }
  return number;
}

/**
 * Decodes 32 bytes to a point, whichever encoding of it they are; undefined if they are none.
 * `isCanonical` says whether the point encodes to these very bytes.
 */
export function decode(bytes) {
  const number = littleEndian(bytes);
  const sign = number >> 255n;
  const written = number & (2n ** 255n - 1n);
  const y = mod(written);
  const squared = mod(y * y);
  // x^2 = (y^2 - 1) / (d y^2 + 1), RFC 8032, section 5.1.3.
  const [u, v] = [mod(squared - 1n), mod(D * squared + 1n)];
  const v3 = mod(v * v * v);
  let x = mod(u * v3 * power(mod(u * v3 * v3 * v), (P - 5n) / 8n));
  const check = mod(v * x * x);
  if (check === mod(-u)) {
    x = mod(x * SQRT_MINUS_1);
  } else if (check !== u) {
    return undefined;
  }
  if ((x & 1n) !== sign) {
    x = mod(-x);
  }
  const isCanonical = written < P && (x & 1n) === sign;
  return { point: affine(x, y), isCanonical };
}

/** Whether a point is of small order: eight times it is the identity. */
export function isSmallOrder(point) {
  return isIdentity(double(double(double(point))));
}

/** Whether a point has no small-order component: L times it is the identity. */
export function isTorsionFree(point) {
  return isIdentity(multiply(point, L));
}

/** Whether `[s]B` is `r + [k]a` exactly, without a cofactor. */
export function holds(s, r, k, a) {
  const right = add(r, multiply(a, k));
  const left = multiply(BASE, s);
  return isSame(left, right);
}

function affine(x, y) {
  return { x, y, z: 1n, t: mod(x * y) };
}

function isIdentity(point) {
  return isSame(point, IDENTITY);
}

function isSame(one, other) {
  return (
    mod(one.x * other.z - other.x * one.z) === 0n && mod(one.y * other.z - other.y * one.z) === 0n
  );
}

/** Addition in extended coordinates, complete for all points (RFC 8032, section 5.1.4). */
function add(one, other) {
  const a = mod((one.y - one.x) * (other.y - other.x));
  const b = mod((one.y + one.x) * (other.y + other.x));
  const c = mod(2n * D * mod(one.t * other.t));
  const d = mod(2n * one.z * other.z);
  return finish(b - a, d - c, d + c, b + a);
}

function double(point) {
  const a = mod(point.x * point.x);
  const b = mod(point.y * point.y);
  const c = mod(2n * point.z * point.z);
  const h = a + b;
  const e = h - mod((point.x + point.y) * (point.x + point.y));
  const g = a - b;
  return finish(e, c + g, g, h);
}

function finish(e, f, g, h) {
  return { x: mod(e * f), y: mod(g * h), z: mod(f * g), t: mod(e * h) };
}

function multiply(point, scalar) {
  let result = IDENTITY;
  for (const bit of scalar.toString(2)) {
    result = double(result);
    if (bit === "1") {
      result = add(result, point);
    }
  }
  return result;
}

function power(base, exponent) {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = mod(result * result);
    if (bit === "1") {
      result = mod(result * base);
    }
  }
  return result;
}

function mod(number) {
  const rest = number % P;
  return rest < 0n ? rest + P : rest;
}
