// The overlay: what is wrong in the files as they are, over the page as far as it can be shown.

import { element, isPlainKey, link, shell } from './element.js';

const style = `
  section { position: fixed; inset: auto 0 0 0; max-height: 70vh; overflow: auto; z-index: 2147483647; box-sizing: border-box;
    padding: 1rem 1.25rem 2rem; font: 14px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText;
    border-top: 4px solid #c62828; box-shadow: 0 -4px 24px #0006; }
  header { display: flex; align-items: baseline; gap: 1rem; }
  h2 { font-size: 1.1rem; margin: 0; flex: 1; }
  p { margin: .25rem 0 .75rem; }
  a { color: LinkText; font-weight: 600; }
  pre { margin: .25rem 0 1rem; padding: .5rem .75rem; overflow-x: auto; font: 13px/1.4 ui-monospace, monospace;
    background: color-mix(in srgb, CanvasText 7%, Canvas); }
  button { font: inherit; padding: .1rem .6rem; }
`;

let root;
let closed;

/** Shows the errors of a site, or nothing where there are none; one that was closed stays so until it is another. */
export function showOverlay(about) {
  const text = JSON.stringify([about.problems, about.stale]);
  if (about.errors === 0 || closed === text) {
    if (about.errors === 0) closed = undefined;
    root?.replaceChildren();
    return;
  }
  root ??= shell('dateline-overlay', style);
  const close = () => {
    closed = text;
    root.replaceChildren();
  };
  const counted = about.errors === 1 ? '1 error' : `${about.errors} errors`;
  const more = about.errors - about.problems.length;
  root.replaceChildren(
    element(
      'section',
      { role: 'alert', 'aria-label': 'Errors in the site' },
      element('header', {}, element('h2', {}, counted), element('button', { type: 'button', click: close }, 'Close (Esc)')),
      element('p', {}, about.stale ? 'The page is the last one that was right. It shows itself anew once this is put right.' : 'The page is made from the files as they are. A build makes none of them until this is put right.'),
      ...about.problems.map((problem) =>
        element('article', {}, problem.place && link(problem.place, problem.href), element('pre', {}, problem.drawn)),
      ),
      more > 0 ? element('p', {}, `and ${more} more`) : undefined,
    ),
  );
}

addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && isPlainKey(event)) root?.querySelector('button')?.click();
});
