// Elements made of text: nothing that the site says is ever read as HTML.

/** Makes an element with attributes and children; a child that is a string is text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value !== undefined && value !== null) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => ![undefined, null, false, ''].includes(child)));
  return made;
}

/** Makes a link where there is an address, and plain text where there is none. */
export function link(text, href, attributes = {}) {
  return href ? element('a', { href, ...attributes }, text) : element('span', attributes, text);
}

/** Makes a host beside the page's body whose insides no style of the page reaches. */
export function shell(id, style) {
  const host = element('div', { id });
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:host { all: initial; color-scheme: light dark; } @media print { :host { display: none; } } ${style}`);
  root.adoptedStyleSheets = [sheet];
  document.documentElement.append(host);
  return root;
}

/** Tells whether a key is pressed for the page, and not for a field or together with another key. */
export function isPlainKey(event) {
  const field = event.composedPath()[0];
  const isTyping = field instanceof HTMLElement && (field.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(field.tagName));
  return !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
}
