// The pulses of the preview, heard while the page is in view.
//
// A browser opens six connections to a host at most, and every tab that listens holds one of them: a tab that nobody
// looks at holds none. The first pulse that it hears afterwards brings it up to date.

/** How long to wait before the preview is asked again, in milliseconds. */
const pause = 1000;

/** Calls back with every pulse. */
export function listen(hear) {
  let events;
  let again;

  function stop() {
    clearTimeout(again);
    events?.close();
    events = undefined;
  }

  function start() {
    stop();
    events = new EventSource('/__dateline/events');
    events.addEventListener('pulse', (event) => hear(JSON.parse(event.data)));
    events.addEventListener('error', ({ target }) => {
      // The browser itself comes back to a connection that broke, but not to a server that answered with no.
      if (target === events && target.readyState === EventSource.CLOSED) again = setTimeout(start, pause);
    });
  }

  const follow = () => (document.visibilityState === 'visible' ? start() : stop());
  document.addEventListener('visibilitychange', follow);
  addEventListener('pagehide', stop);
  follow();
}
