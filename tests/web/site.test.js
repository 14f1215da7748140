// What a reader meets: every kind of page in a real browser, and every page in the Nu checker.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { buildSite, faults, filesOf, launch, pages, serve } from './site.js';

let site;
let host;
let browser;

before(async () => {
  site = buildSite();
  host = await serve(site.folder);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  host?.close();
  site?.remove();
});

/** Opens a page of the site, and collects what it says to the console and whom it asks for something. */
async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const said = [];
  const asked = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => said.push(`failed: ${request.url()}`));
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(host.origin + path, { waitUntil: 'load' });
  return { page, said, asked, close: () => context.close() };
}

/** Runs in the page: the elements that are wider than the window, outside of what scrolls by itself. */
function overflowing() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  };
  const wide = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > width + 0.5);
  const names = wide.filter((one) => !scrolls(one)).map((one) => one.outerHTML.slice(0, 120));
  return names.length > 0 ? names : ['the page as a whole'];
}

/** Runs in the page: each text whose contrast is below that of WCAG 2.2, 1.4.3. */
function faint() {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((part, n) => part * a + below[n] * (1 - a));
  const luminance = (color) => {
    const [r, g, b] = color.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const canvasColor = matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
  const background = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.unshift(rgba(getComputedStyle(at).backgroundColor));
    return layers.reduce((below, layer) => over(layer, below), canvasColor);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  const found = [];
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const box = element.getBoundingClientRect();
    if (!texts.currentNode.data.trim() || seen.has(element) || box.width === 0 || box.right < 0 || box.bottom < 0) continue;
    seen.add(element);
    const style = getComputedStyle(element);
    const below = background(element);
    const [dark, light] = [luminance(below), luminance(over(rgba(style.color), below))].sort((a, b) => a - b);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < (large ? 3 : 4.5)) found.push(`${contrast.toFixed(2)}: ${element.outerHTML.slice(0, 120)}`);
  }
  return found;
}

describe('every kind of page', () => {
  for (const [name, path] of Object.entries(pages)) {
    test(`${name} is quiet, and asks nobody else`, async () => {
      const { page, said, asked, close } = await open(path);
      assert.deepEqual(said, []);
      const strangers = asked.filter((url) => !url.startsWith(`${host.origin}/`) && !url.startsWith('data:'));
      assert.deepEqual(strangers, []);
      assert.equal(await page.locator('h1').count(), 1);
      await close();
    });

    for (const width of [320, 1280]) {
      test(`${name} fits into ${width} pixels`, async () => {
        const { page, close } = await open(path, { viewport: { width, height: 800 } });
        assert.deepEqual(await page.evaluate(overflowing), []);
        await close();
      });
    }

    for (const colorScheme of ['light', 'dark']) {
      test(`${name} has contrast in ${colorScheme}`, async () => {
        const { page, close } = await open(path, { colorScheme });
        assert.deepEqual(await page.evaluate(faint), []);
        await close();
      });
    }

    test(`${name} says the same without scripts`, async () => {
      const texts = [];
      for (const javaScriptEnabled of [true, false]) {
        const { page, close } = await open(path, { javaScriptEnabled });
        // The filter of the claims and the choice of a look are there for scripts alone.
        await page.evaluate(() => document.querySelectorAll('#claim-filter, button.look').forEach((one) => one.remove()));
        texts.push(await page.locator('body').innerText());
        await close();
      }
      assert.ok(texts[0].length > 20);
      assert.equal(texts[0], texts[1]);
    });
  }
});

test('light and dark differ', async () => {
  const colors = [];
  for (const colorScheme of ['light', 'dark']) {
    const { page, close } = await open('/', { colorScheme });
    colors.push(await page.evaluate(() => getComputedStyle(document.body).color));
    await close();
  }
  assert.notEqual(colors[0], colors[1]);
});

test('the skip link works by keyboard', async () => {
  const { page, close } = await open(pages.analysis);
  await page.keyboard.press('Tab');
  const skip = page.locator('a.skip');
  assert.ok(await skip.evaluate((link) => link === document.activeElement), 'it is the first stop');
  const box = await skip.boundingBox();
  assert.ok(box.x >= 0 && box.y >= 0 && box.width > 0 && box.height > 0, 'it shows itself');
  await page.keyboard.press('Enter');
  await page.waitForURL((address) => address.hash === '#content');
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)), 'the next stop is in the text');
  await close();
});

test('what can be reached by keyboard shows its focus', async () => {
  const { page, close } = await open(pages.analysis);
  const stops = await page.locator('a[href], summary, [tabindex="0"]').count();
  for (let stop = 0; stop < Math.min(stops, 40); stop += 1) {
    await page.keyboard.press('Tab');
    const shown = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement);
      const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
      return outlined || style.boxShadow !== 'none' ? '' : document.activeElement.outerHTML.slice(0, 120);
    });
    assert.equal(shown, '');
  }
  await close();
});

/** Reads what the filter of the claims shows, once it has done. */
async function filtered(page) {
  await page.waitForFunction(() => /claim/.test(document.querySelector('#claim-results output').value));
  return page.locator('#claim-results tbody tr').allInnerTexts();
}

describe('the filter of the claims', () => {
  test('a choice narrows, stands in the address, and can be gone back from', async () => {
    const { page, said, close } = await open('/claims/');
    const list = page.locator('.plain-list');
    await page.selectOption('select[name=status]', { index: 1 });
    const status = await page.inputValue('select[name=status]');
    const rows = await filtered(page);
    assert.ok(rows.length > 0 && rows.every((row) => row.includes(status)), rows.join('\n'));
    assert.equal(new URL(page.url()).search, `?status=${status}`);
    assert.match(await page.locator('output').innerText(), new RegExp(`^${rows.length} claims? in all$`));
    assert.ok(!(await list.isVisible()) && !(await page.locator('.pager').isVisible()));

    await page.selectOption('select[name=year]', { index: 1 });
    assert.match(page.url(), /[?&]year=\d+/);
    await page.goBack();
    assert.equal((await filtered(page)).length, rows.length);
    await page.goBack();
    await list.waitFor({ state: 'visible' });
    assert.equal(await page.locator('#claim-results').isVisible(), false);
    assert.deepEqual(said, []);
    await close();
  });

  test('an address that names a choice opens with it, and every link in it leads somewhere', async () => {
    const { page, close } = await open('/claims/page/2/?company=orbital-kettle&q=jobs');
    const rows = await filtered(page);
    assert.ok(rows.length > 0 && rows.every((row) => /jobs/i.test(row)), rows.join('\n'));
    assert.equal(await page.inputValue('select[name=company]'), 'orbital-kettle');
    const links = await page.locator('#claim-results tbody a').evaluateAll((all) => all.map((link) => link.href));
    for (const link of links) {
      const answer = await page.request.get(link);
      assert.ok(answer.ok(), link);
      const part = decodeURIComponent(new URL(link).hash.slice(1));
      assert.ok((await answer.text()).includes(part && `id="${part}"`), link);
    }
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.locator('.plain-list').waitFor({ state: 'visible' });
    assert.equal(new URL(page.url()).search, '');
    await close();
  });

  test('every choice finds as many claims as it says', async () => {
    const { page, close } = await open('/claims/');
    for (const name of ['company', 'metric', 'status', 'year']) {
      const options = await page.locator(`select[name=${name}] option`).evaluateAll((all) => all.map((one) => [one.value, one.text]));
      for (const [value, text] of options.slice(1)) {
        await page.goto(`${host.origin}/claims/?${new URLSearchParams({ [name]: value })}`);
        const rows = await filtered(page);
        assert.equal(rows.length, Number(/\((\d+)\)$/.exec(text)[1]), `${name} ${value}`);
      }
    }
    await close();
  });

  test('words are looked for while they are typed, and the keyboard is enough', async () => {
    const { page, close } = await open('/claims/');
    await page.locator('#by-words').focus();
    await page.keyboard.type('jobs');
    const rows = await filtered(page);
    assert.ok(rows.length > 0 && rows.every((row) => /jobs/i.test(row)), rows.join('\n'));
    assert.ok(await page.evaluate(() => document.activeElement.id === 'by-words'), 'the field keeps the focus');
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      assert.deepEqual(await page.evaluate(overflowing), []);
    }
    await close();
  });

  test('without scripts there is the list, and no form', async () => {
    const { page, close } = await open('/claims/?status=disputed', { javaScriptEnabled: false });
    assert.ok(await page.locator('.plain-list table').isVisible());
    assert.equal(await page.locator('#claim-filter').isVisible(), false);
    await close();
  });

  test('where its files are not to be had, the list stays', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route('**/claims/index/**', (route) => route.abort());
    await page.goto(`${host.origin}/claims/?status=disputed`);
    await page.getByText('could not load').waitFor();
    assert.ok(await page.locator('.plain-list table').isVisible());
    await context.close();
  });
});

test('an old path leads to the new one', async () => {
  for (const path of ['/2026/kettle/', '/old/kettle.html', '/companies/kettle-holdings/']) {
    const { page, close } = await open(path);
    await page.waitForURL(/\/(analyses\/spring-cut|companies\/orbital-kettle)\/$/, { timeout: 5000 });
    assert.ok(page.url().startsWith(host.origin));
    await close();
  }
});

test('the Nu checker has nothing to say', () => {
  const files = filesOf(site.folder, ['.html', '.css', '.svg']);
  assert.ok(files.length > 30);
  assert.deepEqual(faults(site.folder, files), []);
});
