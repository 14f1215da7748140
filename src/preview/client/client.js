// Runs in every page of the preview: hears what changed, and shows it.

import { listen } from './events.js';
import { swapStyles } from './styles.js';
import { showBar } from './bar.js';
import { showOverlay } from './overlay.js';

const script = document.querySelector('script[src="/__dateline/client.js"]');
const mine = script.dataset;
const numbers = ['run', 'site', 'styles', 'files', 'problems'];
let seen = Object.fromEntries(numbers.map((name) => [name, Number(mine[name])]));
let latest;
let busy = false;

/** Loads the page anew, where its reader was. */
function reload() {
  sessionStorage.setItem('dateline-scroll', JSON.stringify({ path: location.pathname, x: scrollX, y: scrollY }));
  location.reload();
}

/** Goes back to where the reader was, unless the browser has done so. */
function restoreScroll() {
  const kept = JSON.parse(sessionStorage.getItem('dateline-scroll') ?? 'null');
  sessionStorage.removeItem('dateline-scroll');
  if (kept?.path !== location.pathname) return;
  const back = () => scrollTo({ left: kept.x, top: kept.y, behavior: 'instant' });
  back();
  if (document.readyState !== 'complete') addEventListener('load', back, { once: true });
}

/** Shows what there is to say of the site and of this page. */
async function tell() {
  const answer = await fetch(`/__dateline/about?page=${encodeURIComponent(mine.path)}`);
  const about = await answer.json();
  showOverlay(about);
  showBar(about);
}

/** Asks for the page again: one that can be shown and is another one is loaded, one that cannot stays as it is. */
async function look() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  const page = answer.headers.get('x-dateline-page');
  if (answer.status < 500 && page && page !== mine.page) {
    reload();
    return new Promise(() => {});
  }
  return tell();
}

/** Does what a pulse asks for, and then what the latest of those asks for that came meanwhile. */
async function follow(pulse) {
  latest = pulse;
  if (busy) return;
  busy = true;
  try {
    while (latest) {
      const before = seen;
      seen = latest;
      latest = undefined;
      const is = (name) => seen[name] !== before[name];
      if (is('files') && !is('run')) reload();
      else if (is('run') || is('site')) await look();
      else if (is('problems')) await tell();
      if (is('styles') || is('run')) swapStyles();
    }
  } catch {
    // The preview has ended; its events tell when it is back.
    seen = { ...seen, run: 0 };
  } finally {
    busy = false;
  }
}

restoreScroll();
tell().catch(() => {});
listen(follow);
addEventListener('pageshow', (event) => event.persisted && location.reload());
