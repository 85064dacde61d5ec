// What the tests of the pages share: the demo world, a browser, and the words of each language.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../../../", import.meta.url);
const require = createRequire(new URL("target/browser/", ROOT));
const { chromium } = require("playwright-core");

/** The program, as `cargo build` makes it. */
export const PROGRAM = fileURLToPath(new URL("target/debug/comity", ROOT));
export const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
export const LANGUAGES = ["en", "zh-Hans", "ru", "ar", "fr"];
export const SIZES = { desk: { width: 1280, height: 900 }, phone: { width: 360, height: 740 } };

/** Where the addresses of a demo stand that several files of tests share. */
export const SHARED = "COMITY_TEST_DEMO_NODES";

/** Starts the demo, unless one is shared; the addresses of its nodes by economy. */
export async function openWorld() {
  if (process.env[SHARED]) {
    return { nodes: JSON.parse(process.env[SHARED]), close: () => {} };
  }
  const demo = spawn(PROGRAM, ["demo", "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  await new Promise((resolve, reject) => {
    const hear = (text) => {
      said += text;
      if (said.includes("How programs ask")) resolve();
    };
    demo.stdout.on("data", hear);
    demo.stderr.on("data", hear);
    demo.on("exit", (code) => reject(new Error(`the demo ended with ${code}: ${said}`)));
  });
  const nodes = {};
  for (const [, url, economy] of said.matchAll(/(http:\/\/127\.0\.0\.1:\d+) {2}([A-Z]{2})/g)) {
    nodes[economy] = url;
  }
  return { nodes, close: () => demo.kill("SIGTERM") };
}

export function openBrowser() {
  // Inside a container the sandbox of Chromium cannot be set up.
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
}

/** Longest wait for a page, in milliseconds: a busy machine takes half a minute to judge one of hits. */
const PATIENCE_MS = 90_000;

/** A page that fails the test if it says an error or is refused something. */
export async function openPage(browser, options) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  page.faults = [];
  page.on("console", (message) => {
    if (message.type() === "error") page.faults.push(message.text());
  });
  page.on("pageerror", (error) => page.faults.push(String(error)));
  return page;
}

/** Unfolds the menu of the header, where the page is too narrow to show it. */
export async function openMenu(page) {
  const summary = page.locator("header .menu > summary");
  if (await summary.isVisible()) await summary.click();
}

/** A text without arguments, read from the file it is written in. */
export function say(crate, language, file, key) {
  const path = new URL(`crates/${crate}/locales/${language}/${file}.ftl`, ROOT);
  const line = readFileSync(path, "utf8").split("\n").find((line) => line.startsWith(`${key} = `));
  if (line === undefined) throw new Error(`${language} has no ${key}`);
  return line.slice(key.length + 3);
}

/** What the interface for programs answers. */
export async function asked(node, path, parameters) {
  const response = await fetch(`${node}${path}?${new URLSearchParams(parameters)}`);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}
