// The page of verification without a network: kept after the first visit, with its modules, its
// style sheet and the trust list. What is asked of a node is never kept.

const FILES = new URL(self.location.href).searchParams.get("assets");
const CACHE = `comity-verify ${FILES}`;
const MODULES = [
  "acknowledged",
  "bundle",
  "canonical",
  "did",
  "digest",
  "ed25519",
  "keys",
  "note",
  "page",
  "proof",
  "receipt",
  "record",
  "refused",
  "rules/arrangement",
  "rules/attestation",
  "rules/faults",
  "rules/federation",
  "rules/grant",
  "rules/import-rule",
  "rules/notice",
  "rules/parts",
  "rules/read",
  "rules/registration",
  "rules/rules",
  "rules/shapes",
  "rules/standard-reference",
  "scan",
  "standing",
  "time",
  "tree",
  "trust",
  "verify",
];
const TRUST = "/v1/trust";

self.addEventListener("install", (event) => {
  const modules = MODULES.map((name) => `${FILES}/verify/${name}.js`);
  const files = [`${FILES}/comity.css`, `${FILES}/mark.svg`, TRUST, ...modules];
  const pages = new URL(self.location.href).searchParams.get("page");
  event.waitUntil(keep([pages, ...files]));
});

self.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) {
    return;
  }
  if (event.request.mode === "navigate" || url.pathname === TRUST) {
    event.respondWith(newest(event.request, url.pathname));
  } else if (url.pathname.startsWith(`${FILES}/`)) {
    event.respondWith(kept(event.request));
  }
});

async function keep(files) {
  const cache = await caches.open(CACHE);
  await cache.addAll(files);
  await self.skipWaiting();
}

async function forgetOthers() {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith("comity-verify ") && name !== CACHE);
  await Promise.all(others.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** What the node has now, or else what was kept under this path. */
async function newest(request, path) {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok) {
      await cache.put(path, response.clone());
    }
    return response;
  } catch (failure) {
    const held = await cache.match(path);
    if (held) {
      return held;
    }
    throw failure;
  }
}

/** Files of one version of the program never change. */
async function kept(request) {
  const cache = await caches.open(CACHE);
  const held = await cache.match(request);
  if (held) {
    return held;
  }
  const response = await fetch(request);
  if (response.ok) {
    await cache.put(request, response.clone());
  }
  return response;
}
