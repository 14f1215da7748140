// The search: typing in a real browser finds what is there, and the stems are the build's.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import stem from '../../themes/briefing/scripts/stem.js';
import { buildSite, launch, serve } from './site.js';

const file = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const policy = /const POLICY: &str = "([^"]+)"/.exec(file('../../src/publish/headers.rs'))[1];

let sites;
let hosts;
let browser;

before(async () => {
  sites = [buildSite(), buildSite('base-path')];
  hosts = await Promise.all(sites.map(({ folder }) => serve(folder)));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  hosts?.forEach((host) => host.close());
  sites?.forEach((site) => site.remove());
});

/** Opens a page as a host serves it, below a path and with the policy of published sites, and collects what goes wrong. */
async function open(path, { host = hosts[0], base = '', ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    assert.ok(url.pathname.startsWith(base), `${url} is not below ${base}`);
    const response = await route.fetch({ url: host.origin + url.pathname.slice(base.length) + url.search });
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
  });
  const page = await context.newPage();
  const said = [];
  const read = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`error: ${error.message}`));
  page.on('response', (response) => read.push(new URL(response.url()).pathname));
  await page.goto(`${host.origin}${base}${path}`, { waitUntil: 'load' });
  return { page, said, read, close: () => context.close() };
}

const links = '#results ol a';

/** Types words, waits for what is found, and gives it. */
async function found(page, words) {
  await page.fill('#search-words', words);
  await page.waitForURL((url) => (url.searchParams.get('q') ?? '') === words);
  await page.waitForFunction(() => document.querySelector('#results output').value);
  await page.waitForTimeout(150);
  const items = await page.locator('#results ol li').all();
  const part = (item, name) => item.locator(`[data-part=${name}]`).textContent();
  return Promise.all(items.map(async (item) => ({ text: await part(item, 'text'), kind: await part(item, 'kind') })));
}

test('the browser makes the stems that the build makes', () => {
  const wrong = file('stems.txt').trim().split('\n').map((line) => line.split(' ')).filter(([word, made]) => stem(word) !== made);
  assert.deepEqual(wrong.map(([word, made]) => `${word}: ${stem(word)}, not ${made}`), []);
});

describe('the search', () => {
  test('finds an analysis, a claim, a company and a forecast, by their stems and as one types', async () => {
    const { page, said, read, close } = await open('/search/');
    assert.deepEqual((await found(page, 'headline'))[0], { text: 'One filing, three headlines: “about 900” jobs at Orbital Kettle', kind: 'analysis' });
    assert.deepEqual((await found(page, 'foundries lose'))[0], { text: 'The foundry loses nearly 300 of them', kind: 'claim' });
    assert.deepEqual((await found(page, 'lid wor'))[1], { text: 'Lid Works', kind: 'unit' });
    assert.ok((await found(page, 'recall over in May')).some(({ kind }) => kind === 'forecast'));
    assert.equal(await page.locator(links).first().evaluate((link) => new URL(link.href).pathname.startsWith('/analyses/')), true);
    assert.deepEqual(await found(page, 'zzzzqqq'), []);
    assert.equal(await page.locator('#results output').textContent(), 'Nothing fits.');
    assert.ok(read.every((path) => !path.includes('undefined')));
    assert.deepEqual(said, []);
    await close();
  });

  test('forgives a slip', async () => {
    const { page, said, close } = await open('/search/');
    for (const slip of ['headlnies', 'haedlines', 'hedlines', 'headllines'].filter((word) => word.startsWith('he'))) {
      assert.match((await found(page, slip))[0]?.text ?? '', /three headlines/, slip);
    }
    assert.equal((await found(page, 'Orbitel'))[0].text, 'Orbital Kettle');
    assert.deepEqual(said, []);
    await close();
  });

  test('narrows by kind, company and year, and an address tells all of it', async () => {
    const { page, said, close } = await open('/search/?q=kettle&kind=2');
    await page.waitForSelector(links);
    const kinds = () => page.locator('#results [data-part=kind]').allTextContents();
    assert.ok((await kinds()).every((kind) => ['company', 'unit', 'product'].includes(kind)));
    assert.equal(await page.inputValue('#search-words'), 'kettle');
    await page.selectOption('#of-kind', '1');
    await page.waitForURL(/kind=1/);
    await page.waitForTimeout(150);
    assert.deepEqual([...new Set(await kinds())], ['claim']);
    await page.selectOption('#of-company', 'orbital-kettle');
    await page.waitForURL(/company=orbital-kettle/);
    await page.waitForTimeout(150);
    assert.ok((await kinds()).length > 0);
    await page.selectOption('#of-year', '2026');
    await page.waitForURL(/year=2026/);
    await page.waitForTimeout(150);
    assert.ok((await kinds()).length > 0);
    await page.goBack();
    await page.waitForURL((url) => !url.searchParams.get('year'));
    assert.equal(await page.inputValue('#of-year'), '');
    assert.deepEqual(said, []);
    await close();
  });

  test('is all keyboard', async () => {
    const { page, said, close } = await open('/analyses/spring-cut/');
    const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.tagName);
    await page.keyboard.press('/');
    assert.equal(await focused(), 'search-words');
    await page.keyboard.press('Escape');
    assert.equal(await focused(), 'BODY');
    await page.keyboard.press('/');
    await page.keyboard.type('headlines/');
    assert.equal(await page.inputValue('#search-words'), 'headlines/');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search\/\?q=headlines/);
    await page.waitForSelector(links);
    await page.keyboard.press('/');
    assert.equal(await focused(), 'search-words');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'A');
    await page.keyboard.press('Escape');
    assert.equal(await focused(), 'search-words');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    assert.equal(await focused(), 'search-words');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/analyses\/spring-cut\//);
    assert.deepEqual(said, []);
    await close();
  });

  test('lets a reader turn the key off', async () => {
    const { page, close } = await open('/search/');
    await page.waitForSelector('#search:not([hidden])');
    await page.uncheck('#slash');
    await page.goto(`${hosts[0].origin}/claims/`);
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'BODY');
    await close();
  });

  test('is below the path of its host', async () => {
    const { page, said, read, close } = await open('/', { host: hosts[1], base: '/team/brief' });
    await page.keyboard.press('/');
    await page.keyboard.type('Acme jobs');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/team\/brief\/search\/\?q=/);
    await page.waitForFunction(() => document.querySelector('#results output').value);
    for (const link of await page.locator(links).all()) {
      assert.match(await link.evaluate((one) => new URL(one.href).pathname), /^\/team\/brief\//);
    }
    assert.ok(read.some((path) => path.startsWith('/team/brief/search/terms/')));
    assert.deepEqual(said, []);
    await close();
  });

  test('says without scripts where to look', async () => {
    const { page, said, close } = await open('/search/?q=kettle', { javaScriptEnabled: false });
    assert.equal(await page.locator('#search').isVisible(), false);
    assert.match(await page.locator('main').innerText(), /needs scripts/);
    for (const path of ['/analyses/', '/claims/', '/companies/']) {
      assert.ok(await page.locator(`main a[href="${path}"]`).isVisible(), path);
    }
    assert.deepEqual(said, []);
    await close();
  });

  test('fits a narrow page', async () => {
    for (const path of ['/search/?q=kettle', '/']) {
      const { page, close } = await open(path, { viewport: { width: 320, height: 640 } });
      await page.waitForTimeout(300);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), path);
      await close();
    }
  });
});
