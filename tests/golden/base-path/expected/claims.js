// The filter of the list of claims. The choice stands in the address; only files that may have a match are read.

import { counted } from './count.js';

const PAGE = 50; // claims shown at once
const BATCH = 4; // files read at once
const MOST = 24; // files read before a reader has to ask

const form = document.getElementById('claim-filter');
const results = document.getElementById('claim-results');
const [output, table, template, more] = ['output', 'table', 'template', 'button'].map((tag) => results.querySelector(tag));
const rows = table.tBodies[0];
const plain = document.querySelectorAll('.plain-list, main > .pager');
const { company, metric, status, year, q, clear } = form.elements;
const selects = [company, metric, status, year];
const index = new URL(form.dataset.index, location);
const said = form.dataset;
let files = {};
let facets;
let run = 0;

/** Reads a file of the index, once. */
function read(name) {
  const json = (answer) => (answer.ok ? answer.json() : Promise.reject(answer));
  return (files[name] ??= fetch(new URL(name, index)).then(json));
}

/** Tells whether a file may hold claims that fit. */
function mayHold(file, chosen) {
  const place = (list, value) => list.findIndex(([id]) => id === value);
  const at = place(facets.metrics, chosen.metric);
  return (
    (!chosen.year || file.year === Number(chosen.year)) &&
    (!chosen.company || (file.from <= chosen.company && chosen.company <= file.to)) &&
    (at < 0 || (parseInt(file.metrics[at >> 2], 16) >> (at & 3)) & 1) &&
    (!chosen.status || (file.statuses >> place(facets.statuses, chosen.status)) & 1)
  );
}

/** Gives the claims of a file that fit. */
function fitting(file, chosen) {
  const claims = file.claims.map(([href, text, value, company, metric, status, date, analysis]) => ({
    ...{ href, text, value, status, date, analysis: file.analyses[analysis] },
    company: file.companies[company] ?? [],
    metric: file.metrics[metric] ?? [],
  }));
  const is = (name, value) => !chosen[name] || chosen[name] === value;
  return claims.filter(({ text, value, company, metric, status, analysis }) => {
    const said = [text, value, company[1], metric[1], analysis[0]].join('\n').toLowerCase();
    const words = chosen.words.every((word) => said.includes(word));
    return words && is('company', company[0]) && is('metric', metric[0]) && is('status', status);
  });
}

/** Adds a claim to the table, and gives its link. */
function show({ href, text, value, company, metric, status, date, analysis }) {
  const copy = template.content.cloneNode(true);
  const put = (part, textContent, href) =>
    Object.assign(copy.querySelector(`[data-part=${part}]`), { textContent }, href && { href });
  const page = new URL(analysis[1], location);
  copy.querySelector('tr').classList.add(status);
  put('status', facets.statuses.find(([word]) => word === status)?.[1] ?? status).classList.add(status);
  put('value', value);
  put('metric', metric[1]);
  put('date', date);
  put('company', ...company.slice(1));
  put('analysis', analysis[0], page);
  const link = put('text', text, new URL(href, page));
  rows.append(copy);
  return link;
}

/** Reads files until a page is full, and again for each further page. */
async function search(chosen, current) {
  const held = facets.shards.filter((file) => mayHold(file, chosen));
  const ready = [];
  let at = 0;
  const page = async (asked) => {
    more.hidden = true;
    output.value = said.searching;
    for (const end = at + MOST; ready.length <= PAGE && at < Math.min(end, held.length); at += BATCH) {
      const batch = await Promise.all(held.slice(at, at + BATCH).map(({ file }) => read(file)));
      if (!current()) return;
      ready.push(...batch.flatMap((file) => fitting(file, chosen)));
    }
    const [first] = ready.splice(0, PAGE).map(show);
    const count = rows.rows.length;
    const all = ready.length === 0 && at >= held.length;
    output.value = counted(all ? said.all : said.some, count);
    table.hidden = count === 0;
    more.hidden = all;
    if (asked) first?.focus();
  };
  more.onclick = () => page(true).catch(failed);
  await page();
}

/** Shows what was found, or the plain list. */
function swap(found) {
  for (const element of plain) element.hidden = found;
  table.hidden = more.hidden = true;
}

/** Says that a file is not to be had. */
function failed() {
  files = {};
  swap(false);
  results.hidden = false;
  output.value = said.failed;
}

/** Shows what fits the choice in the address. */
function apply() {
  const mine = ++run;
  const query = new URLSearchParams(location.search);
  const words = query.get('q') ?? '';
  const chosen = { words: words.toLowerCase().split(/\s+/).filter(Boolean) };
  for (const select of selects) {
    const value = (chosen[select.name] = query.get(select.name) ?? '');
    if (![...select.options].some((option) => option.value === value)) select.add(new Option(value, value));
    select.value = value;
  }
  if (document.activeElement !== q) q.value = words;
  const any = chosen.words.length > 0 || selects.some((select) => select.value);
  swap(any);
  results.hidden = clear.hidden = !any;
  rows.replaceChildren();
  if (any) search(chosen, () => mine === run).catch(failed);
}

/** Writes the choice into the address. */
function choose(step) {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  history[step](null, '', query.size ? `?${query}` : location.pathname);
  apply();
}

facets = await read(index).catch(failed);
if (facets) {
  const option = (of) => new Option(`${of.at(-2)} (${of.at(-1)})`, of[0]);
  [facets.companies, facets.metrics, facets.statuses, facets.years].forEach((list, at) => selects[at].append(...list.map(option)));
  let typing;
  q.oninput = () => {
    clearTimeout(typing);
    typing = setTimeout(choose, 250, 'replaceState');
  };
  form.onchange = ({ target }) => target !== q && choose('pushState');
  form.onsubmit = () => choose('pushState') ?? false;
  clear.onclick = () => {
    form.reset();
    choose('pushState');
    company.focus();
  };
  addEventListener('popstate', apply);
  form.hidden = false;
  apply();
}
