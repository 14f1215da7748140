// What an author meets while writing: the page in a real browser, the moment its file is saved.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { startPreview } from './preview.js';
import { launch } from './site.js';

const file = 'content/analyses/spring-cut.md';
const path = '/analyses/spring-cut/';
let site;
let browser;
let text;

before(async () => {
  [site, browser] = await Promise.all([startPreview(), launch()]);
  text = site.read(file);
});

after(async () => {
  await browser?.close();
  site?.close();
});

beforeEach(() => site.write(file, text));

/** Opens a page of the preview; `loads` counts how often it is loaded. */
async function open(at = path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 500 }, ...options });
  const page = await context.newPage();
  const seen = { loads: 0, said: [] };
  page.on('load', () => (seen.loads += 1));
  page.on('pageerror', (error) => seen.said.push(error.message));
  page.on('dialog', (dialog) => {
    seen.said.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.goto(site.origin + at, { waitUntil: 'load' });
  await page.locator('#dateline-bar nav').waitFor();
  return { page, seen, close: () => context.close() };
}

const overlay = (page) => page.locator('#dateline-overlay section');

test('a saved page shows itself anew, and its reader stays where they were', async () => {
  const { page, seen, close } = await open();
  await page.evaluate(() => scrollTo(0, 400));
  await page.waitForFunction(() => scrollY === 400);
  site.write(file, `${text}\nA sentence that was not there.\n`);
  await page.getByText('A sentence that was not there.').waitFor();
  await page.waitForFunction(() => scrollY === 400);
  assert.equal(seen.loads, 2);
  assert.deepEqual(seen.said, []);
  await close();
});

test('a page that does not change stays as it is while others do', async () => {
  const { page, seen, close } = await open('/how-we-work/');
  await page.evaluate(() => (window.stays = true));
  const asked = page.waitForResponse((response) => response.url().endsWith('/how-we-work/'));
  const told = page.waitForResponse((response) => response.url().includes('/__dateline/about'));
  site.write(file, `${text}\nWords elsewhere.\n`);
  await Promise.all([asked, told]);
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => window.stays), true);
  assert.equal(seen.loads, 1);
  await close();
});

test('a tab that nobody looks at hears nothing, and catches up when it is looked at', async () => {
  const { page, seen, close } = await open();
  const show = (state) =>
    page.evaluate((state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await page.evaluate(() => (window.stays = true));
  await show('hidden');
  site.write(file, `${text}\nWritten while nobody looked.\n`);
  await page.waitForTimeout(700);
  assert.equal(await page.evaluate(() => window.stays), true);
  await show('visible');
  await page.getByText('Written while nobody looked.').waitFor();
  assert.deepEqual(seen.said, []);
  await close();
});

test('a style sheet is swapped without the page being loaded', async () => {
  const { page, seen, close } = await open();
  const color = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await color();
  const own = await (await page.request.get(`${site.origin}/style.css`)).text();
  site.write('static/style.css', own);
  await page.waitForTimeout(500);
  const loads = seen.loads;
  await page.evaluate(() => (window.stays = true));
  site.write('static/style.css', `${own}\nbody { background-color: rgb(1, 2, 3) !important }`);
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(1, 2, 3)');
  assert.notEqual(before, 'rgb(1, 2, 3)');
  assert.equal(await page.evaluate(() => window.stays), true);
  assert.equal(seen.loads, loads);
  assert.equal(await page.locator('link[href*="style.css"]').count(), 1);
  site.remove('static/style.css');
  await close();
});

describe('a mistake', () => {
  test('is shown over the page, can be put away, and goes once it is put right', async () => {
    const { page, seen, close } = await open();
    site.write(file, `${text}\nWords that are not shown, and [[nobody at all]].\n`);
    await overlay(page).waitFor();
    assert.match(await overlay(page).innerText(), /1 error[^]*spring-cut\.md:\d+:\d+[^]*error\[dangling-link\][^]*nobody at all/);
    assert.equal(await page.getByText('Words that are not shown').count(), 1, 'in the overlay alone');
    await page.keyboard.press('Escape');
    await overlay(page).waitFor({ state: 'detached' });
    site.write(file, `${text}\nTwo mistakes: [[nobody at all]], [[nobody else]].\n`);
    await overlay(page).waitFor();
    assert.match(await overlay(page).innerText(), /2 errors/);
    site.write(file, `${text}\nIt is right again.\n`);
    await page.getByText('It is right again.').waitFor();
    assert.equal(await overlay(page).count(), 0);
    assert.deepEqual(seen.said, []);
    await close();
  });

  test('says what it says as text, whatever that is', async () => {
    const { page, seen, close } = await open();
    const hostile = '<img src=x onerror=alert(1)>';
    site.write(file, text.replace('+++\n', `+++\n"${hostile}" = 1\n`));
    await overlay(page).waitFor();
    assert.ok((await overlay(page).innerText()).includes(hostile));
    site.write(file, text);
    await overlay(page).waitFor({ state: 'detached' });
    site.write('templates/analysis.html', `{% include "${hostile}" %}`);
    await overlay(page).waitFor();
    await page.reload();
    await overlay(page).waitFor();
    assert.equal(await page.locator('img[src="x"]').count(), 0);
    assert.deepEqual(seen.said, []);
    site.remove('templates/analysis.html');
    await overlay(page).waitFor({ state: 'detached' });
    await close();
  });
});

describe('the bar', () => {
  test('marks a figure where it stands by itself', async () => {
    const { page, close } = await open();
    const words = 'Up 15%, 1.5% and 0,5%, or 5%, and 5%.';
    const marked = await page.evaluate(async (words) => {
      document.querySelector('.prose').textContent = words;
      const { markFigures } = await import('/__dateline/figures.js');
      markFigures(['5%', '5%']);
      return [...CSS.highlights.get('dateline-unbacked')].map((range) => range.startOffset);
    }, words);
    assert.deepEqual(marked, [words.indexOf(' 5%') + 1, words.lastIndexOf('5%')]);
    await close();
  });

  test('tells of the page, and a key takes it away for good', async () => {
    const { page, close } = await open();
    const bar = page.locator('#dateline-bar nav');
    assert.match(await bar.innerText(), /spring-cut\.md[^]*\d+ words, \d+ minute[^]*\d+ claims/);
    await bar.getByRole('button', { name: /claims$/ }).click();
    assert.ok((await bar.locator('.panel li').count()) > 3);
    await page.keyboard.press('b');
    await bar.waitFor({ state: 'detached' });
    await page.reload();
    await page.waitForTimeout(300);
    assert.equal(await bar.count(), 0);
    await page.keyboard.press('b');
    await bar.waitFor();
    await close();
  });

  test('marks what is a draft, and figures that nothing backs', async () => {
    const { page, close } = await open('/analyses/draft/');
    assert.match(await page.locator('#dateline-bar .mark').innerText(), /^Draft/);
    await page.goto(site.origin + path);
    site.write(file, `${text}\nIt costs $987 million and 654,321 people.\n`);
    await page.getByText('$987 million').waitFor();
    const marked = () => [...(CSS.highlights.get('dateline-unbacked') ?? [])].map(String);
    await page.waitForFunction(() => CSS.highlights.get('dateline-unbacked')?.size > 1);
    const figures = await page.evaluate(marked);
    assert.ok(figures.includes('$987 million') && figures.some((figure) => figure.startsWith('654,321')), figures.join('; '));
    await close();
  });
});
