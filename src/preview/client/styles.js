// Style sheets that change without the page being loaded again.

/** Puts a fresh copy beside each style sheet of this host, and takes the old one away once the new one is there. */
export function swapStyles() {
  for (const old of document.querySelectorAll('link[rel="stylesheet"]:not([data-dateline-old])')) {
    const address = new URL(old.href, location.href);
    if (address.host !== location.host) continue;
    address.searchParams.set('dateline', Date.now());
    const fresh = old.cloneNode();
    fresh.href = address.href;
    old.dataset.datelineOld = '';
    fresh.addEventListener('load', () => old.remove());
    fresh.addEventListener('error', () => old.remove());
    old.after(fresh);
  }
}
