// The key `/` leads to the search from every page, unless a reader types something or has turned it off.
{
  const kept = (value) => {
    // Where the browser keeps nothing, the key works as on every new page.
    try { return value ? localStorage.setItem('slash', value) : localStorage.getItem('slash'); } catch { return null; }
  };
  let on = kept() !== 'off';
  addEventListener('keydown', (event) => {
    const box = document.getElementById('search-words');
    const { target } = event;
    if (event.key === 'Escape' && box && target === box && !box.value) box.blur();
    const types = target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
    if (event.key !== '/' || !on || !box || types || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  addEventListener('DOMContentLoaded', () => {
    const choice = document.getElementById('slash');
    if (!choice) return;
    choice.checked = on;
    choice.closest('[hidden]').hidden = false;
    choice.addEventListener('change', () => kept((on = choice.checked) ? 'on' : 'off'));
  });
}
