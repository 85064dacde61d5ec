// The regulator, the trader and the laboratory, in a browser, in every language, on a phone's size
// and a desk's, with scripts and without.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { LANGUAGES, SIZES, asked, openBrowser, openPage, openWorld, say } from "./world.js";

let world;
let browser;
let photo;
before(async () => {
  [world, browser] = await Promise.all([openWorld(), openBrowser()]);
  photo = await photographed(world.nodes.KZ, "DEMO-CN-2024-0402/2");
});
after(async () => {
  await browser?.close();
  world?.close();
});

/** Runs a story once for each language, size and setting of scripts. */
function everywhere(name, story) {
  for (const language of LANGUAGES) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      for (const javaScriptEnabled of [true, false]) {
        const scripts = javaScriptEnabled ? "scripts" : "no scripts";
        test(`${name}: ${language}, ${size}, ${scripts}`, async () => {
          const page = await openPage(browser, { viewport, javaScriptEnabled, locale: language });
          await story(page, language, javaScriptEnabled);
          if (javaScriptEnabled) {
            const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
            assert.equal(wide, false, "it scrolls sideways");
          }
          assert.deepEqual(page.faults, []);
          await page.context().close();
        });
      }
    }
  }
}

const result = (language, word) => say("recognition", language, "words", `result-${word}`);

/** The code that is printed beside a record, lying askew under uneven light on a table. */
async function photographed(node, number) {
  const record = await (await fetch(`${node}/en/go?${new URLSearchParams({ q: number })}`)).text();
  const [, source] = /class="qr".*?<img[^>]* src="([^"]+)"/s.exec(record);
  const code = await (await fetch(new URL(source, node))).text();
  const camera = await openPage(browser, { viewport: { width: 900, height: 700 } });
  await camera.setContent(`<body style="margin:0;background:#9a8f7c">
    <div style="margin:90px 180px;width:420px;padding:30px;background:#fbfaf5;filter:blur(.7px);
      transform:perspective(900px) rotateX(18deg) rotateY(-14deg) rotate(9deg)">${code}</div>
    <div style="position:fixed;inset:0;background:linear-gradient(115deg,#0007,#fff2 60%)"></div>`);
  const buffer = await camera.screenshot({ type: "jpeg", quality: 70 });
  await camera.context().close();
  return { name: "photo.jpg", mimeType: "image/jpeg", buffer };
}

everywhere("a regulator catches a genuine number on an altered paper", async (page, language, scripted) => {
  const node = world.nodes.KZ;
  // With scripts the browser reads the photo itself; without them the node is sent it.
  await page.goto(`${node}/${language}/verify`);
  if (scripted) {
    await page.setInputFiles("#photo", photo);
  } else {
    await page.setInputFiles("#sent-photo", photo);
    await page.click("#scan ~ form button");
  }
  // It comes from abroad, so it is judged for where the node is.
  await page.waitForURL(/\/records\//);
  assert.equal(await page.getAttribute("html", "lang"), language);
  assert.equal(await page.getAttribute("html", "dir"), language === "ar" ? "rtl" : "ltr");
  const panel = page.locator("section.verdict");
  const answer = await asked(node, "/v1/recognition", { record: "DEMO-CN-2024-0402/2", in: "KZ" });
  assert.ok((await panel.locator("h2").innerText()).includes(result(language, answer.verdict)));
  // The paper in hand prints another model.
  const paper = page.locator("section.paper");
  assert.ok((await paper.innerText()).includes("DX-1700"));
  await page.click("form.ask details summary");
  await page.fill("#model", "DX-9999");
  await page.click("form.ask button");
  await page.waitForURL(/model=DX-9999/);
  assert.ok((await paper.innerText()).includes("DX-9999"));
  assert.equal(await page.inputValue("#model"), "DX-9999");
  assert.ok((await panel.getAttribute("class")).includes("red"));
  assert.ok((await panel.locator("h2").innerText()).includes(result(language, "notRecognised")));
  const decisive = page.locator("ol.chain > li.decisive");
  assert.equal(await decisive.getAttribute("id"), "step-product");
});

// What each types, where he sells, and what he finds that is accepted there.
const TRADERS = {
  en: ["rice cooker", "FR", "DEMO-JP-2025-0013"],
  "zh-Hans": ["电饭煲", "KZ", "DEMO-CN-2026-0021"],
  ru: ["насос", "CN", "DEMO-KZ-2025-0007"],
  ar: ["تمور", "KZ", "DEMO-SA-2026-0031"],
  fr: ["vêtements", "SE", "DEMO-FR-2025-0031"],
};

everywhere("a trader finds what is accepted in his market", async (page, language) => {
  const [words, market, number] = TRADERS[language];
  const node = world.nodes.KZ;
  await page.goto(`${node}/${language}/search`);
  await page.fill("#q", words);
  await page.selectOption("#in", market);
  await page.click("form.ask button");
  await page.waitForURL(/in=/);
  const hit = page.locator("ol.hits > li", { hasText: number });
  assert.equal(await hit.count(), 1, `${number} is not among the results`);
  const answer = await asked(node, "/v1/recognition", { record: number, in: market });
  assert.ok(["recognised", "recognisedWithConditions"].includes(answer.verdict), answer.verdict);
  const tag = hit.locator("p.tag");
  assert.ok((await tag.innerText()).includes(result(language, answer.verdict)));
  const green = (await tag.getAttribute("class")).includes("green");
  assert.equal(green, answer.verdict === "recognised" && answer.extent === "full");
  // The result leads to the record, judged for the same market.
  await hit.locator("h2 a").click();
  await page.waitForURL(/\/records\//);
  assert.equal(await page.inputValue("#in"), market);
  assert.equal(await page.locator("section.verdict h2").count(), 1);
});

test("a verdict fits on one sheet with its code and its moment, in every language", async () => {
  for (const language of LANGUAGES) {
    const page = await openPage(browser, { viewport: SIZES.desk });
    await page.goto(`${world.nodes.KZ}/${language}/go?q=DEMO-CN-2024-0402/2&hs=8516.60`);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g);
    assert.equal(sheets.length, 1, language);
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator(".qr img").isVisible());
    assert.ok(await page.locator("section.verdict time").isVisible());
    assert.equal(await page.locator("form.ask").isVisible(), false);
    await page.context().close();
  }
});

test("a photo without a code, and a file that is none, are answered in words", async () => {
  const page = await openPage(browser, { viewport: SIZES.phone, javaScriptEnabled: false });
  const blank = await page.screenshot({ type: "png" });
  for (const [buffer, key] of [[blank, "verify-no-code"], [Buffer.from("GIF89a"), "verify-photo-other"]]) {
    await page.goto(`${world.nodes.KZ}/en/verify`);
    await page.setInputFiles("#sent-photo", { name: "photo.png", mimeType: "image/png", buffer });
    await page.click("#scan ~ form button");
    await page.waitForSelector("[role=alert]");
    assert.equal(await page.innerText("[role=alert]"), say("web", "en", "verify", key));
  }
  await page.context().close();
});
