// What every page has to be: accessible, light, safe, and the same in every language.

import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, test } from "node:test";

import { AXE, LANGUAGES, SIZES, openBrowser, openPage, openWorld } from "./world.js";

/** Most bytes of the first page without scripts, compressed. */
const MAX_FIRST_PAGE_BYTES = 50_000;

let world;
let browser;
before(async () => {
  [world, browser] = await Promise.all([openWorld(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  world?.close();
});

const PAGES = [
  "",
  "search?in=KZ&type=Attestation",
  "search?q=nothing-of-this-name",
  "go?q=DEMO-CN-2024-0402/2&hs=8516.60",
  "go?q=DEMO-CN-L-2025-0117&in=SE",
  "records/00000000-0000-7000-8000-000000000000",
  "help",
  "verify",
  "economies",
  "economies/CN",
  "arrangements",
  "hs/8516.60?in=KZ",
  "standards/IEC%2060335-1",
  "log",
  "guide",
];

// A dark theme changes colours and nothing else.
const RULES = {
  light: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
  dark: { type: "rule", values: ["color-contrast"] },
};

for (const language of LANGUAGES) {
  for (const colorScheme of ["light", "dark"]) {
    test(`every page is accessible: ${language}, ${colorScheme}`, async () => {
      const page = await openPage(browser, { viewport: SIZES.desk, colorScheme, locale: language });
      for (const path of PAGES) {
        await page.goto(`${world.nodes.KZ}/${language}/${path}`);
        await page.evaluate(AXE);
        const found = await page.evaluate((runOnly) => globalThis.axe.run({ runOnly }), RULES[colorScheme]);
        const faults = found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`);
        assert.deepEqual(faults, [], `/${language}/${path}`);
      }
      await page.context().close();
    });
  }
}

test("a page can be walked by keyboard, and its focus is seen", async () => {
  const page = await openPage(browser, { viewport: SIZES.desk });
  await page.goto(`${world.nodes.KZ}/en/go?q=DEMO-CN-2024-0402/2`);
  const seen = [];
  for (let press = 0; press < 40; press += 1) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
      return { what: document.activeElement.id || document.activeElement.textContent.trim(), outlineStyle, outlineWidth };
    });
    assert.notEqual(focus.outlineStyle, "none", focus.what);
    seen.push(focus.what);
  }
  assert.equal(seen[0], "Skip to the content");
  assert.ok(seen.includes("in") && seen.includes("hs"), seen.join(", "));
  await page.context().close();
});

/** Bytes of an answer as they go over the line. */
function compressed(url) {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { "accept-encoding": "gzip" } }, (response) => {
      let bytes = 0;
      response.on("data", (chunk) => {
        bytes += chunk.length;
      });
      response.on("end", () => resolve(bytes));
    });
    asked.on("error", reject);
    asked.end();
  });
}

test("the first page is light, and fetches nothing from elsewhere", async () => {
  for (const language of LANGUAGES) {
    const page = await openPage(browser, { viewport: SIZES.phone, javaScriptEnabled: false });
    const urls = [];
    page.on("request", (request) => urls.push(request.url()));
    await page.goto(`${world.nodes.KZ}/${language}/`);
    let bytes = 0;
    for (const url of urls) {
      assert.ok(url.startsWith(world.nodes.KZ), url);
      bytes += await compressed(url);
    }
    assert.ok(bytes <= MAX_FIRST_PAGE_BYTES, `${language}: ${bytes} bytes`);
    await page.context().close();
  }
});

test("without colours of its own a result still has its word and its shape", async () => {
  const page = await openPage(browser, { viewport: SIZES.desk, forcedColors: "active" });
  await page.goto(`${world.nodes.KZ}/en/go?q=DEMO-CN-2024-0402/2`);
  const heading = page.locator("section.verdict h2");
  assert.ok((await heading.innerText()).trim().length > 0);
  assert.ok(await heading.locator("svg").isVisible());
  await page.context().close();
});
