// The card of a claim: what its note says, and more, where the mark in the text is pointed at, focused or touched.

const wait = 120;
let card;
let shown;
let timer;

/** Finds what the note on a claim says; the notes of a page are in it, wherever they stand. */
function noteOn(mark) {
  return document.querySelector(`.note[data-note="${CSS.escape(mark.dataset.claim)}"]`);
}

function make() {
  const box = document.createElement('div');
  box.className = 'card';
  box.id = 'claim-card';
  box.hidden = true;
  box.addEventListener('pointerenter', () => clearTimeout(timer));
  box.addEventListener('pointerleave', () => hideSoon());
  document.body.append(box);
  return box;
}

/** Puts the card below its mark, or above it where there is no room, inside of the window. */
function place(mark) {
  const at = mark.getClientRects()[0] ?? mark.getBoundingClientRect();
  const room = document.documentElement.clientWidth - card.offsetWidth - 16;
  const above = at.bottom + card.offsetHeight + 12 > innerHeight && at.top > card.offsetHeight + 12;
  card.style.left = `${Math.max(16, Math.min(at.left, room)) + scrollX}px`;
  card.style.top = `${(above ? at.top - card.offsetHeight - 6 : at.bottom + 6) + scrollY}px`;
}

function show(mark) {
  clearTimeout(timer);
  const note = noteOn(mark);
  if (!note || shown === mark) return;
  hide();
  card ??= make();
  card.replaceChildren(...[...note.cloneNode(true).childNodes]);
  card.hidden = false;
  place(mark);
  mark.classList.add('shown');
  mark.setAttribute('aria-describedby', card.id);
  shown = mark;
}

function hide() {
  clearTimeout(timer);
  if (!shown) return;
  shown.classList.remove('shown');
  shown.removeAttribute('aria-describedby');
  card.hidden = true;
  shown = undefined;
}

function hideSoon() {
  clearTimeout(timer);
  timer = setTimeout(hide, wait * 2);
}

for (const mark of document.querySelectorAll('a.claim[data-claim]')) {
  if (!noteOn(mark)) continue;
  // The card says it, and more.
  mark.removeAttribute('title');
  mark.addEventListener('pointerenter', (event) => {
    if (event.pointerType !== 'mouse') return;
    clearTimeout(timer);
    timer = setTimeout(show, wait, mark);
  });
  mark.addEventListener('pointerleave', hideSoon);
  mark.addEventListener('focus', () => mark.matches(':focus-visible') && show(mark));
  mark.addEventListener('blur', hideSoon);
  // The first touch opens the card, whose figure leads on; the second follows the link.
  mark.addEventListener('click', (event) => {
    if (event.pointerType === 'mouse' || event.detail === 0 || shown === mark) return;
    event.preventDefault();
    show(mark);
  });
}
addEventListener('keydown', (event) => event.key === 'Escape' && hide());
addEventListener('pointerdown', (event) => {
  if (shown && !card.contains(event.target) && event.target !== shown) hide();
});
