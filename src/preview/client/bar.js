// The author's bar: what is known of the page in view. The key B takes it away and brings it back.

import { element, isPlainKey, link, shell } from './element.js';
import { markFigures } from './figures.js';

const style = `
  nav { position: fixed; inset: auto 0 0 0; z-index: 2147483646; box-sizing: border-box; font: 13px/1.4 system-ui, sans-serif;
    background: Canvas; color: CanvasText; border-top: 1px solid color-mix(in srgb, CanvasText 30%, Canvas); }
  ul.tabs { display: flex; flex-wrap: wrap; gap: .25rem .9rem; align-items: center; margin: 0; padding: .3rem .75rem; list-style: none; }
  .mark { background: #8a4b00; color: #fff; padding: .05rem .5rem; border-radius: .25rem; font-weight: 600; }
  button { font: inherit; color: LinkText; background: none; border: 0; padding: 0; cursor: pointer; text-decoration: underline; }
  button[aria-expanded="true"] { font-weight: 700; }
  .panel { max-height: 45vh; overflow: auto; padding: .25rem .75rem .75rem; border-top: 1px solid color-mix(in srgb, CanvasText 15%, Canvas); }
  .panel ul { margin: .25rem 0; padding-left: 1.25rem; }
  .panel li { margin: .2rem 0; }
  .quiet { opacity: .75; }
  pre { margin: .25rem 0 .75rem; overflow-x: auto; font: 12px/1.4 ui-monospace, monospace; }
  a { color: LinkText; }
`;

const kept = 'dateline-bar';
let root;
let about;
let open;

/** Counts things in words. */
const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

/** Writes a claim with all that it meets. */
function claim(row) {
  const meets = row.meets.map((met) =>
    element('li', {}, element('b', {}, met.relation), ' ', link(met.text, met.href), ` (${met.id}): ${met.reason}`),
  );
  const value = row.value ? `, ${row.value}` : '';
  return element(
    'li',
    {},
    link(row.text, row.href),
    element('span', { class: 'quiet' }, ` ${row.id}${value}, ${row.status}`),
    meets.length > 0 ? element('ul', {}, ...meets) : undefined,
  );
}

const item = (...parts) => element('li', {}, ...parts);

/** The panels: a name, a title, and rows; one without rows is left out. */
function panels({ warnings, page }) {
  const quiet = (text) => element('span', { class: 'quiet' }, text);
  return [
    ['claims', count(page.claims_in_all, 'claim'), page.claims.map(claim)],
    ['unbacked', `${count(page.unbacked.length, 'figure')} unbacked`, page.unbacked.map((one) => item(one.figure, ' ', link(one.place ?? '', one.href)))],
    ['related', `${page.related.length} related`, page.related.map((one) => item(link(one.title, one.href), quiet(` ${one.why}`)))],
    ['backlinks', `linked from ${count(page.linked_from, 'page')}`, page.backlinks.map((one) => item(link(one.title, one.href)))],
    ['warnings', `${count(page.warnings_in_all, 'warning')} here, ${warnings} in all`, page.warnings.map((one) => item(one.place && link(one.place, one.href), element('pre', {}, one.drawn)))],
  ].filter(([, , rows]) => rows.length > 0);
}

function draw() {
  const isOff = localStorage.getItem(kept) === 'off' || !about?.page;
  markFigures(isOff ? [] : about.page.unbacked.map((one) => one.figure));
  if (isOff) {
    root?.replaceChildren();
    return;
  }
  root ??= shell('dateline-bar', style);
  const { page } = about;
  const shown = panels(about);
  const tab = ([name, title]) =>
    item(element('button', { type: 'button', 'aria-expanded': String(open === name), click: () => ((open = open === name ? undefined : name), draw()) }, title));
  const panel = shown.find(([name]) => name === open);
  root.replaceChildren(
    element(
      'nav',
      { 'aria-label': 'The author’s bar' },
      panel && element('div', { class: 'panel' }, element('ul', {}, ...panel[2])),
      element(
        'ul',
        { class: 'tabs' },
        page.mark && item(element('span', { class: 'mark' }, page.mark)),
        page.file && item(link(page.file, page.href)),
        page.words !== null && item(`${count(page.words, 'word')}, ${count(page.minutes, 'minute')}`),
        ...shown.map(tab),
        page.warnings.length === 0 && about.warnings > 0 && item(element('span', { class: 'quiet' }, `${count(about.warnings, 'warning')} in all`)),
        item(element('button', { type: 'button', click: toggle }, 'Hide (B)')),
      ),
    ),
  );
}

function toggle() {
  localStorage.setItem(kept, localStorage.getItem(kept) === 'off' ? 'on' : 'off');
  draw();
}

/** Shows what is known of the page. */
export function showBar(latest) {
  about = latest;
  draw();
}

addEventListener('keydown', (event) => {
  if (event.key.toLowerCase() === 'b' && isPlainKey(event)) toggle();
});
