// Pages in other languages than English: German, and what is written from right to left.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { buildSite, copySite, faults, filesOf, launch, pages, policy, serve, violations } from './site.js';

const germanPages = {
  home: '/',
  analysis: '/analyses/abbau/',
  claim: '/claims/abbau/abbau-800/',
  company: '/companies/seilbahn/',
  forecasts: '/forecasts/',
  conflicts: '/conflicts/',
  related: '/related/',
  sources: '/sources/',
  search: '/search/?q=seilbahn',
  data: '/data/',
  embed: '/embed/companies/seilbahn/',
};
let german, hebrew, browser;

/** Builds a site and serves it as it is published. */
async function host(built) {
  const server = await serve(built.folder, { 'content-security-policy': policy() });
  return { ...built, origin: server.origin, close: () => (server.close(), built.remove()) };
}

before(async () => {
  german = await host(buildSite('tageswerk'));
  const copy = copySite('invented', (settings) => settings.replace('language = "en"', 'language = "he"'));
  hebrew = await host(buildSite(copy.folder));
  copy.remove();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  german?.close();
  hebrew?.close();
});

async function open(site, path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  await page.goto(site.origin + path, { waitUntil: 'networkidle' });
  return { page, said, close: () => context.close() };
}

const looks = { light: {}, dark: { colorScheme: 'dark' }, 'at 320 pixels': { viewport: { width: 320, height: 640 } } };

describe('in German', () => {
  for (const [name, path] of Object.entries(germanPages)) {
    for (const [look, options] of Object.entries(looks)) {
      test(`everybody can use ${name}, ${look}`, async () => {
        const { page, said, close } = await open(german, path, options);
        assert.equal(await page.locator('html').getAttribute('lang'), 'de');
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
        assert.equal(wide, false, 'it is as wide as the window');
        assert.deepEqual(said, []);
        // A frame is a part of somebody else's page, which has the landmarks.
        assert.deepEqual(await violations(page, name === 'embed' ? { region: { enabled: false } } : {}), []);
        await close();
      });
    }
  }

  test('results are counted and dated in its words', async () => {
    const { page, close } = await open(german, '/search/?q=seilbahn');
    const output = await page.locator('#results output').textContent();
    assert.match(output, /^\d+ Ergebnisse$/);
    const results = await page.locator('#results li').allTextContents();
    assert.ok(results.some((text) => /Analyse .*2026/.test(text) && /\d+\. (?:April|Dezember) \d{4}/.test(text)), results.join('\n'));
    await page.goto(`${german.origin}/search/?q=zzzz`, { waitUntil: 'networkidle' });
    assert.equal(await page.locator('#results output').textContent(), 'Nichts passt.');
    await close();
  });

  test('the filter of claims speaks it', async () => {
    const { page, close } = await open(german, '/claims/?status=retracted');
    await page.locator('#claim-results tr.retracted').waitFor();
    assert.match(await page.locator('#claim-results output').textContent(), /^1 Angabe/);
    assert.equal(await page.locator('#claim-results tbody .status').textContent(), 'zurückgezogen');
    const options = await page.locator('#by-status option').allTextContents();
    assert.ok(options.some((text) => text.startsWith('zurückgezogen (')), options.join());
    await close();
  });

  test('every page is valid', () => {
    const files = filesOf(german.folder, ['.html', '.css', '.svg']);
    assert.ok(files.length > 40);
    assert.deepEqual(faults(german.folder, files), []);
  });
});

describe('from right to left', () => {
  for (const width of [1280, 320]) {
    test(`nothing is wider than a window of ${width} pixels, and the page begins at its right`, async () => {
      for (const path of Object.values(pages)) {
        const { page, said, close } = await open(hebrew, path, { viewport: { width, height: 800 } });
        const [direction, over, title] = await page.evaluate(() => [
          getComputedStyle(document.body).direction,
          document.documentElement.scrollWidth - document.documentElement.clientWidth,
          document.querySelector('.site-title, main').getBoundingClientRect().right / innerWidth,
        ]);
        assert.deepEqual([direction, over, said], ['rtl', 0, []], path);
        assert.ok(title > 0.9, `${path}: its title ends at ${title} of the window`);
        await close();
      }
    });
  }

  test('the lanes of a timeline keep their names and run as time does', async () => {
    const { page, close } = await open(hebrew, pages.company);
    const [svg, names] = await page.locator('svg.lanes.wide, svg.lanes').first().evaluate((svg) => [
      svg.getBoundingClientRect(),
      [...svg.querySelectorAll(':scope > g[class] > text')].map((text) => text.getBoundingClientRect()),
    ]);
    assert.ok(names.length > 0);
    for (const name of names) assert.ok(name.left >= svg.left - 1 && name.right <= svg.right + 1, JSON.stringify(name));
    await close();
  });
});
