import { launch, serve } from './site.js';
const [, , folder, ...shots] = process.argv;
const host = await serve(folder);
const browser = await launch();
for (const shot of shots) {
  const [name, path, width, scheme] = shot.split(',');
  const context = await browser.newContext({ viewport: { width: Number(width), height: 1500 }, colorScheme: scheme ?? 'light' });
  const page = await context.newPage();
  page.on('console', (m) => console.log(name, m.type(), m.text()));
  page.on('pageerror', (e) => console.log(name, 'error', e.message));
  await page.goto(host.origin + path, { waitUntil: 'networkidle' });
  await page.waitForTimeout(300);
  await page.screenshot({ path: `/tmp/lp/${name}.png` });
  console.log(name, await page.locator('output').first().innerText().catch(() => ''));
  await context.close();
}
await browser.close();
host.close();
