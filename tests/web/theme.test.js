// The built-in theme as a reader meets it: whether everybody can use it, what it weighs, and what it does by itself.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { buildSite, launch, pages, policy, serve, violations } from './site.js';

let site, host, browser;

before(async () => {
  site = buildSite();
  host = await serve(site.folder, { 'content-security-policy': policy() });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  host?.close();
  site?.remove();
});

/** Opens a page, and notes all that the browser complains of. */
async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  await page.addInitScript(() => {
    window.shifts = [];
    new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value))).observe({
      type: 'layout-shift',
      buffered: true,
    });
  });
  await page.goto(host.origin + path, { waitUntil: 'load' });
  return { page, said, context, close: () => context.close() };
}

const looks = {
  light: {},
  dark: { colorScheme: 'dark' },
  'at 320 pixels': { viewport: { width: 320, height: 640 } },
  'with reduced motion': { reducedMotion: 'reduce' },
};

describe('everybody can use', () => {
  for (const [name, path] of Object.entries(pages)) {
    for (const [look, options] of [...Object.entries(looks), ['in print', {}]]) {
      test(`${name}, ${look}`, async () => {
        const { page, close } = await open(path, options);
        if (look === 'in print') await page.emulateMedia({ media: 'print' });
        // Nothing is touched on paper.
        const told = await violations(page, { 'target-size': { enabled: look !== 'in print' } });
        assert.deepEqual(told, []);
        await close();
      });
    }
  }
});

test('the policy that the site is published with is kept, and nothing moves while a page loads', async () => {
  for (const path of Object.values(pages)) {
    const { page, said, close } = await open(path);
    await page.waitForTimeout(100);
    assert.deepEqual(said, [], path);
    const moved = (await page.evaluate(() => window.shifts)).reduce((sum, shift) => sum + shift, 0);
    assert.ok(moved < 0.01, `${path} moves by ${moved}`);
    await close();
  }
});

test('a page is light, and so are its fonts and scripts', () => {
  const zipped = (file) => gzipSync(readFileSync(join(site.folder, file))).length;
  const html = readFileSync(join(site.folder, 'analyses/spring-cut/index.html'), 'utf8');
  const named = (pattern) => [...html.matchAll(pattern)].map(([, path]) => path.slice(1));
  const styles = named(/<link rel="stylesheet" href="([^"]+)"/g);
  const scripts = named(/<script[^>]* src="([^"]+)"/g);
  assert.ok(styles.length > 0 && scripts.length > 0);
  const weight = (files) => files.reduce((sum, file) => sum + zipped(file), 0);
  assert.ok(weight(scripts) < 15_000, `${weight(scripts)} bytes of script`);
  const all = zipped('analyses/spring-cut/index.html') + weight(styles) + weight(scripts);
  assert.ok(all < 50_000, `${all} bytes`);
  const fonts = readdirSync(join(site.folder, 'fonts')).filter((name) => name.endsWith('.woff2')).map((name) => statSync(join(site.folder, 'fonts', name)).size);
  const total = fonts.reduce((sum, size) => sum + size, 0);
  assert.ok(fonts.length > 1 && total < 100_000, `${total} bytes of fonts`);
});

describe('a claim in the text', () => {
  test('has its note in the margin beside its line, and below its block where there is no margin', async () => {
    for (const [width, beside] of [[1280, true], [1000, true], [360, false]]) {
      const { page, close } = await open(pages.analysis, { viewport: { width, height: 800 } });
      const mark = await page.locator('.prose a.claim').first().boundingBox();
      const note = await page.locator('.margin .note').first().boundingBox();
      if (beside) {
        assert.ok(note.x > mark.x + mark.width && Math.abs(note.y - mark.y) < 60, `${width}: ${JSON.stringify({ mark, note })}`);
      } else {
        assert.ok(note.y > mark.y + mark.height, `${width}: ${JSON.stringify({ mark, note })}`);
      }
      await close();
    }
  });

  test('opens its card under the pointer and the focus, and closes it with Escape', async () => {
    const { page, said, close } = await open(pages.analysis);
    const mark = page.locator('.prose a.claim').first();
    const card = page.locator('.card');
    await mark.hover();
    await card.waitFor({ state: 'visible' });
    assert.match(await card.innerText(), /source/);
    assert.equal(await mark.getAttribute('title'), null, 'the card says it');
    await page.keyboard.press('Escape');
    assert.ok(!(await card.isVisible()));
    await page.mouse.move(0, 0);
    // By keyboard: from the link before it to the mark.
    await page.evaluate(() => document.querySelector('.skip').focus());
    for (let stop = 0; stop < 60 && !(await mark.evaluate((link) => link === document.activeElement)); stop += 1) {
      await page.keyboard.press('Tab');
    }
    await card.waitFor({ state: 'visible' });
    assert.equal(await mark.getAttribute('aria-describedby'), await card.getAttribute('id'));
    const box = await card.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 1280);
    assert.deepEqual(said, []);
    await close();
  });

  test('opens its card at the first touch, and leads on at the second', async () => {
    const { page, close } = await open(pages.analysis, { viewport: { width: 360, height: 740 }, hasTouch: true });
    const mark = page.locator('.prose a.claim').first();
    await mark.tap();
    assert.ok(await page.locator('.card').isVisible());
    assert.equal(new URL(page.url()).hash, '');
    await mark.tap();
    assert.match(new URL(page.url()).hash, /claim:/);
    await close();
  });
});

test('a reader’s choice of light or dark is kept from page to page', async () => {
  const { page, close } = await open('/');
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await page.locator('button.look').click();
  const dark = await paper();
  assert.notEqual(light, dark);
  await page.goto(host.origin + pages.company, { waitUntil: 'load' });
  assert.equal(await paper(), dark);
  await page.locator('button.look').click();
  assert.equal(await paper(), light);
  await close();
});

test('charts are drawn for the width that there is', async () => {
  for (const [width, drawn, other] of [[1280, 'wide', 'narrow'], [360, 'narrow', 'wide']]) {
    const { page, close } = await open(pages.company, { viewport: { width, height: 800 } });
    assert.ok(await page.locator(`.chart.lanes.${drawn}`).isVisible());
    assert.ok(!(await page.locator(`.chart.lanes.${other}`).isVisible()));
    const size = await page.locator(`.chart.lanes.${drawn} text`).first().evaluate((text) => {
      const svg = text.ownerSVGElement;
      return parseFloat(getComputedStyle(text).fontSize) * (svg.getBoundingClientRect().width / svg.viewBox.baseVal.width);
    });
    assert.ok(size >= 11, `words of ${size} pixels at ${width}`);
    await close();
  }
});

test('a printed page has its claims and where its links lead', async () => {
  const { page, close } = await open(pages.analysis);
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('.margin .note').first().isVisible());
  assert.ok(await page.locator('table.claims').isVisible());
  assert.ok(!(await page.locator('.contents').isVisible()) && !(await page.locator('.masthead nav').isVisible()));
  const after = await page.locator('.sources a[rel~="external"]').first().evaluate((link) => getComputedStyle(link, '::after').content);
  assert.match(after, /http/);
  await close();
});
