// Light or dark: what a reader chose, kept in this browser, over what the system prefers. It runs before the page is
// painted, so that no page flashes in the other look; and it tells the style sheet that scripts run.
{
  const root = document.documentElement;
  root.dataset.scripts = '';
  const system = matchMedia('(prefers-color-scheme: dark)');
  const kept = () => {
    try {
      return localStorage.getItem('look');
    } catch {
      return null;
    }
  };
  const look = () => root.dataset.look ?? (system.matches ? 'dark' : 'light');
  const chosen = kept();
  if (chosen === 'dark' || chosen === 'light') root.dataset.look = chosen;

  addEventListener('DOMContentLoaded', () => {
    const button = document.querySelector('button.look');
    if (!button) return;
    const tell = () => {
      const dark = look() === 'dark';
      button.textContent = dark ? button.dataset.light : button.dataset.dark;
      button.setAttribute('aria-label', dark ? button.dataset.toLight : button.dataset.toDark);
    };
    button.addEventListener('click', () => {
      root.dataset.look = look() === 'dark' ? 'light' : 'dark';
      // Where the browser keeps nothing, the choice lasts as long as the page.
      try { localStorage.setItem('look', root.dataset.look); } catch { /* as said */ }
      tell();
    });
    system.addEventListener('change', tell);
    tell();
    button.hidden = false;
  });
}
