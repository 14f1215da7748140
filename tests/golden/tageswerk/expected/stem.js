// English words brought to their stems, as the build does it: the English stemmer of Snowball 3 (Porter 2). Words come
// in small letters and have nothing but letters in them.

const own = new Map(
  'andes atlas bias cosmos howe news sky skis=ski skies=sky idly=idl gently=gentl ugly=ugli early=earli only=onli singly=singl'
    .split(' ').map((pair) => pair.split('=')).map(([word, stem = word]) => [word, stem]),
);
const endings = (table) => [new RegExp(`(?:${Object.keys(table).join('|')})$`), table];
const second = endings({
  tional: 'tion', enci: 'ence', anci: 'ance', abli: 'able', entli: 'ent', izer: 'ize', ization: 'ize', ational: 'ate',
  ation: 'ate', ator: 'ate', alism: 'al', aliti: 'al', alli: 'al', fulness: 'ful', fulli: 'ful', ousli: 'ous',
  ousness: 'ous', iveness: 'ive', iviti: 'ive', biliti: 'ble', bli: 'ble', ogist: 'og', ogi: 'og', lessli: 'less', li: '',
});
const third = endings({
  tional: 'tion', ational: 'ate', alize: 'al', icate: 'ic', iciti: 'ic', ical: 'ic', ful: '', ness: '', ative: '',
});
const fourth = /(?:ic|ance|ence|able|ible|ate|ive|ize|iti|al|ism|ion|er|ous|ant|ement|ment|ent)$/;
const isShort = (word) => /[^aeiouy][aeiouy][^aeiouywxY]$|^[aeiouy][^aeiouy]$|past$/.test(word);

/** Takes `ed` and `ing` off, and mends what is left. */
function withoutPast(word, p1) {
  const end = /(?:eed(?:ly)?|ed(?:ly)?|ing(?:ly)?)$/.exec(word);
  if (!end) return word;
  const base = word.slice(0, end.index);
  if (end[0].startsWith('ee')) return end.index >= p1 && !/^(?:succ|proc|exc)$/.test(base) ? `${base}ee` : word;
  if (end[0] === 'ing' && /^[^aeiouy]y$/.test(base)) return `${base[0]}ie`;
  if (end[0] === 'ing' && /^(?:even|cann|inn|earr|herr|out)$/.test(base)) return word;
  if (!/[aeiouy]/.test(base)) return word;
  if (/(?:at|bl|iz)$/.test(base)) return `${base}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(base)) return /^[aeo]..$/.test(base) ? base : base.slice(0, -1);
  return base.length === p1 && isShort(base) ? `${base}e` : base;
}

/** Gives the stem of a word. */
export default function stem(written) {
  if (own.has(written) || written.length < 3) return own.get(written) ?? written;
  // A y that is no vowel is written large on the way.
  let word = written.replace(/^y/, 'Y').replace(/([aeiouy])y/g, '$1Y');
  const region = (from) => from + (/^[^aeiouy]*[aeiouy]+[^aeiouy]/.exec(word.slice(from))?.[0].length ?? word.length - from);
  const p1 = /^(?:arsen|commun|emerg|gener|later|organ|past|univers)/.exec(word)?.[0].length ?? region(0);
  const p2 = region(p1);
  const swap = ([ends, table], fits) => {
    const end = ends.exec(word);
    if (end && end.index >= p1 && fits(end[0], end.index)) word = word.slice(0, end.index) + table[end[0]];
  };
  if (/sses$/.test(word)) word = word.slice(0, -2);
  else if (/ie[ds]$/.test(word)) word = word.slice(0, word.length > 4 ? -2 : -1);
  else if (/[aeiouy].+s$/.test(word) && !/[us]s$/.test(word)) word = word.slice(0, -1);
  word = withoutPast(word, p1).replace(/(.[^aeiouy])[yY]$/, '$1i');
  swap(second, (end, at) => (end === 'ogi' ? word[at - 1] === 'l' : end !== 'li' || /[cdeghkmnrt]/.test(word[at - 1])));
  swap(third, (end, at) => end !== 'ative' || at >= p2);
  const end = fourth.exec(word);
  if (end && end.index >= p2 && (end[0] !== 'ion' || /[st]/.test(word[end.index - 1]))) word = word.slice(0, end.index);
  const last = word.length - 1;
  if (word.endsWith('e') && (last >= p2 || (last >= p1 && !isShort(word.slice(0, -1))))) word = word.slice(0, -1);
  else if (word.endsWith('ll') && last >= p2) word = word.slice(0, -1);
  return word.replace(/Y/g, 'y');
}
