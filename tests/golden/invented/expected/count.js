// Counts in the words of the page, which has them for each form of its language.

const { lang } = document.documentElement;

/** Says how many there are of something; `forms` are its words by the categories of CLDR, as JSON. */
export function counted(forms, count) {
  const of = JSON.parse(forms);
  return (of[new Intl.PluralRules(of.language ?? lang).select(count)] ?? of.other).replace('{n}', count.toLocaleString(lang));
}
