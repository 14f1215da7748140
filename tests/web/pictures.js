// `npm run pictures`: what the main pages look like, into the folder pictures, which Git passes over.

import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSite, launch, pages, serve } from './site.js';

const folder = fileURLToPath(new URL('pictures', import.meta.url));
const looks = {
  light: { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  narrow: { colorScheme: 'light', viewport: { width: 320, height: 640 }, deviceScaleFactor: 2 },
};

mkdirSync(folder, { recursive: true });
const site = buildSite();
const host = await serve(site.folder);
const browser = await launch();
for (const name of ['home', 'analysis', 'company', 'claims', 'list']) {
  for (const [look, options] of Object.entries(looks)) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(host.origin + pages[name], { waitUntil: 'load' });
    await page.screenshot({ path: `${folder}/${name}-${look}.png`, fullPage: true });
    await context.close();
  }
}
await browser.close();
host.close();
site.remove();
console.log(`Pictures are in ${folder}`);
