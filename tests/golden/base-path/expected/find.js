// What a search finds. Of the index only the files are read that have the words of a query; docs/search.md has their form.

const WORDS = 8; // words of a query that count
const NEAR = 2; // other terms that a word may stand for

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const files = new Map();
let index;
let guide;
let stem = (word) => word;

/** Reads a file of the index, once. */
function read(name) {
  if (!files.has(name)) {
    const body = (answer) => (answer.ok ? answer[name.endsWith('json') ? 'json' : 'text']() : Promise.reject(answer));
    // What failed may be asked for again.
    files.set(name, fetch(new URL(name, index)).then(body).catch((why) => files.delete(name) && Promise.reject(why)));
  }
  return files.get(name);
}

/** Tells which of so many files has a text: FNV-1a. */
function place(text, count) {
  const hash = new TextEncoder().encode(text).reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193), 0x811c9dc5);
  return (hash >>> 0) & (count - 1);
}

/** Cuts a text into words; scripts without spaces into every two characters. */
export function cut(text) {
  const unspaced = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const pairs = (run) => [...run].slice(1).map((next, at) => [...run][at] + next);
  const words = (text.match(/[\p{Alphabetic}\p{N}]+/gu) ?? []).flatMap((run) => (unspaced.test(run) ? pairs(run) : run));
  return words.filter((word) => /\p{Alphabetic}/u.test(word) && [...word].length > 1).slice(0, WORDS);
}

/** Reads the lists of a term: of each kind how many have it, and the best of those with their weights. */
async function lists(term) {
  const file = await read(`terms/${place(term, guide.terms)}.txt`);
  const start = `\n${file}`.indexOf(`\n${term}\t`);
  if (start < 0) return null;
  const [, ...columns] = file.slice(start, file.indexOf('\n', start)).split('\t');
  return columns.map((column) => {
    const [coded, held] = column.split(':').reverse();
    const found = new Map();
    let number = 0;
    for (let at = 0; at < coded.length; ) {
      const weight = digits.indexOf(coded[at++]);
      for (let digit = 32, unit = 1; digit > 31; unit *= 32) {
        digit = digits.indexOf(coded[at++]);
        number += (digit & 31) * unit;
      }
      found.set(number, weight);
    }
    return { held: Number(held ?? found.size), found };
  });
}

/** Counts the slips between two words (Damerau and Levenshtein), up to a most. */
function slips(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, last] = [[], [...Array(other.length + 1).keys()]];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + !same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[other.length];
}

/** Finds the terms that a word may stand for, each with what it counts; none for a word that says nothing. */
async function meanings(word, isLast) {
  const lower = word.toLowerCase();
  const begins = [...lower].slice(0, 2).join('');
  const known = (await read(`words/${place(begins, guide.words)}.txt`)).split('\n');
  const silent = known.includes(`.${lower}`);
  if (silent && !/^[A-Z]{2,5}$/.test(word)) return null;
  const term = silent ? word : /^\p{Alphabetic}+$/u.test(lower) ? stem(lower) : lower;
  const exact = await lists(term);
  const found = exact ? [[exact, 1]] : [];
  const words = known.map((line) => [line.slice(1), parseInt(line[0], 36)]).filter(([other, size]) => size >= 0 && other !== term);
  let near = isLast ? words.filter(([other]) => other.startsWith(lower)).map(([other, size]) => [other, 0.7, size]) : [];
  if (!exact && near.length === 0) {
    const most = lower.length < 4 ? 0 : lower.length < 8 ? 1 : 2;
    const ending = (other) => other.length > 3 && lower.startsWith(other) && lower.length - other.length < 4;
    const far = (other) => (ending(other) ? 0.5 : Math.min(slips(lower, other, most), slips(term, other, most)));
    near = words.map(([other, size]) => [other, far(other), size]).filter(([, slips]) => slips <= most);
    near = near.map(([other, slips, size]) => [other, 0.7 - slips / 5, size]);
  }
  near.sort((a, b) => b[1] - a[1] || b[2] - a[2]);
  const others = near.slice(0, NEAR).map(async ([other, counts]) => [await lists(other), counts]);
  return [...found, ...(await Promise.all(others))].filter(([one]) => one);
}

/** Finds what fits, the best first: BM25 with the weights of the index, times the share of the words that are there. */
export async function find(words, chosen) {
  const asked = (await Promise.all(words.map((word, at) => meanings(word, at === words.length - 1)))).filter(Boolean);
  const about = chosen.company && ((await lists(`@${chosen.company}`)) ?? []);
  const from = guide.years.findIndex(([year]) => year === Number(chosen.year));
  const span = from < 0 ? null : [guide.years[from][1], guide.years[from + 1]?.[1] ?? Infinity];
  const fits = (kind, number) => {
    const analysis = Math.floor(number / guide.widths[kind]);
    const inYear = !span || (kind !== 2 && span[0] <= analysis && analysis < span[1]);
    return inYear && (!about || about[kind]?.found.has(number));
  };
  const hits = new Map();
  for (const terms of asked) {
    const best = new Map();
    for (const [columns, counts] of terms) {
      columns.forEach(({ held, found }, kind) => {
        if (chosen.kind && Number(chosen.kind) !== kind) return;
        const rarity = Math.log(1 + (guide.counts[kind] - held + 0.5) / (held + 0.5)) * counts;
        for (const [number, weight] of found) {
          const key = number * 4 + kind;
          if (fits(kind, number)) best.set(key, Math.max(best.get(key) ?? 0, rarity * weight));
        }
      });
    }
    for (const [key, score] of best) {
      const [sum, held] = hits.get(key) ?? [0, 0];
      hits.set(key, [sum + score, held + 1]);
    }
  }
  const ranked = [...hits].map(([key, [sum, held]]) => [key, sum * held]);
  return ranked.sort((a, b) => b[1] - a[1] || b[0] - a[0]).map(([key]) => [key % 4, Math.floor(key / 4)]);
}

/** Reads what is shown of a result. */
export async function record([kind, number]) {
  const [analyses, companies] = guide.records;
  const root = new URL('../', index);
  if (kind === 2) {
    const [link, name, what, count] = (await read(`companies/${Math.floor(number / companies)}.json`)).companies[number % companies];
    return { href: new URL(link, root), text: name, what, count, companies: [] };
  }
  const at = Math.floor(number / guide.widths[kind]);
  const file = await read(`records/${Math.floor(at / analyses)}.json`);
  const [address, title, date, named, claims, forecasts] = file.analyses[at % analyses];
  const page = new URL(address, root);
  const names = (places) => places.map((place) => file.companies[place]).filter(Boolean);
  if (kind === 0) return { href: page, text: title, what: 'analysis', date, companies: names(named) };
  const [link, text, company] = (kind === 1 ? claims : forecasts)[number % guide.widths[kind]];
  const href = link.startsWith('#') ? new URL(link, page) : new URL(link, root);
  return { href, text, what: kind === 1 ? 'claim' : 'forecast', within: title, date, companies: names([company]) };
}

/** Opens the index at an address; `stems` is that of the English stemmer. */
export async function open(address, stems) {
  index = address;
  guide = await read('index.json');
  if (guide.english) stem = (await import(stems)).default;
  return guide;
}
