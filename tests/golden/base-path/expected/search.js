// The page of the search. What was typed stands in the address.

import { counted } from './count.js';

const SHOWN = 6; // results shown at once; their records are read

const form = document.getElementById('search');
const box = form.elements.q;
const { kind, company, year } = form.elements;
const [output, list, template, more] = ['output', 'ol', 'template', 'button'].map((tag) =>
  document.getElementById('results').querySelector(tag),
);
const said = form.dataset;
const { lang } = document.documentElement;
// Days of English stand before their months on every page, unless its language names a country.
const days = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { dateStyle: 'long', timeZone: 'UTC' });
const address = (name) => new URL(said[name], location);
const engine = await import(address('find')).catch(failed);
const guide = await engine?.open(address('index'), address('stem')).catch(failed);
let run = 0;

/** Adds a result to the list, and its companies to those that can be chosen. */
function show({ href, text, what, count, within, date, companies }) {
  const copy = template.content.cloneNode(true);
  const put = (part, content) => Object.assign(copy.querySelector(`[data-part=${part}]`), content);
  const day = date && days.format(new Date(date));
  const about = [count && counted(said.analyses, count), within, day, ...companies.slice(0, 3).map(([, name]) => name)];
  const link = put('text', { href, textContent: text });
  put('kind', { textContent: said[what] ?? what });
  put('about', { textContent: about.filter(Boolean).join(' · ') });
  copy.querySelector('li').classList.add(what);
  list.append(copy);
  for (const [id, name] of companies) {
    const known = [...company.options].find((option) => option.value === id);
    known ? (known.text = name) : company.add(new Option(name, id));
  }
  return link;
}

/** Shows what fits what stands in the address. */
async function apply() {
  const mine = ++run;
  const query = new URLSearchParams(location.search);
  const chosen = {};
  for (const select of [kind, company, year]) {
    const value = (chosen[select.name] = query.get(select.name) ?? '');
    if (![...select.options].some((option) => option.value === value)) select.add(new Option(value, value));
    select.value = value;
  }
  if (document.activeElement !== box) box.value = query.get('q') ?? '';
  const words = engine.cut(query.get('q') ?? '');
  const hits = words.length > 0 ? await engine.find(words, chosen) : [];
  if (mine !== run) return;
  list.replaceChildren();
  [...company.options].filter((option) => option.value && !option.selected).forEach((option) => option.remove());
  const page = async (asked) => {
    const records = await Promise.all(hits.splice(0, SHOWN).map(engine.record));
    if (mine !== run) return;
    const [first] = records.map(show);
    more.hidden = hits.length === 0;
    if (asked) first?.focus();
  };
  const count = hits.length;
  output.value = words.length === 0 ? '' : count === 0 ? said.nothing : counted(said.results, count);
  more.onclick = () => page(true).catch(failed);
  await page();
}

/** Says that a file is not to be had. */
function failed() {
  output.value = said.failed;
}

/** Writes the choice into the address. */
function choose(step) {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  history[step](null, '', query.size ? `?${query}` : location.pathname);
  return apply().catch(failed);
}

/** Moves among the box and the results. */
function move(event) {
  const links = [...list.querySelectorAll('a')];
  const at = links.indexOf(document.activeElement);
  const inside = at >= 0 || document.activeElement === box;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === 'Escape' && at >= 0) box.focus();
  else if (step && inside && links.length > 0) (links[Math.min(at + step, links.length - 1)] ?? box).focus();
  else return;
  event.preventDefault();
}

if (guide) {
  year.append(...guide.years.toReversed().map(([year]) => new Option(year, year)));
  let typing;
  box.oninput = () => {
    clearTimeout(typing);
    typing = setTimeout(choose, 150, 'replaceState');
  };
  form.onchange = ({ target }) => [kind, company, year].includes(target) && choose('pushState');
  form.onsubmit = () => choose('pushState') && false;
  document.addEventListener('keydown', move);
  addEventListener('popstate', () => apply().catch(failed));
  form.hidden = false;
  if (!location.search) box.focus();
  apply().catch(failed);
}
