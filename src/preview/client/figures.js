// Figures in the text that no claim backs, marked without a change of the page itself.

const name = 'dateline-unbacked';

/** Gives the text of the page with the node that each part of it is in, scripts and the preview's own apart. */
function textOf(body) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.parentElement.closest('script, style, template') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  const nodes = [];
  let text = '';
  while (walker.nextNode()) {
    nodes.push({ node: walker.currentNode, start: text.length });
    text += walker.currentNode.data;
  }
  return { text, nodes };
}

/** Finds a figure that stands by itself: the 5% of "15%", "1.5%" and "5%.2" is another one. */
function standing(figure, text, from) {
  const isPart = (character, beside) => /\d/.test(character) || (/[.,]/.test(character) && /\d/.test(beside));
  for (let at = text.indexOf(figure, from); at >= 0; at = text.indexOf(figure, at + 1)) {
    const end = at + figure.length;
    const char = (index) => text[index] ?? '';
    if (!isPart(char(at - 1), char(at - 2)) && !isPart(char(end), char(end + 1))) return at;
  }
  return -1;
}

/** Finds figures one after the other, in the order in which the text has them. */
function find(figures, { text, nodes }) {
  const ranges = [];
  let from = 0;
  for (const figure of figures) {
    let at = standing(figure, text, from);
    if (at < 0) at = standing(figure, text, 0);
    if (at < 0) continue;
    from = at + figure.length;
    const place = (offset) => {
      const { node, start } = nodes.findLast((one) => one.start <= offset);
      return [node, offset - start];
    };
    const range = new Range();
    range.setStart(...place(at));
    const [last, offset] = place(from - 1);
    range.setEnd(last, offset + 1);
    ranges.push(range);
  }
  return ranges;
}

/** Marks figures in the prose of the page. */
export function markFigures(figures) {
  if (!globalThis.CSS?.highlights) return;
  CSS.highlights.delete(name);
  if (figures.length === 0) return;
  const body = document.querySelector('.prose') ?? document.querySelector('main') ?? document.body;
  CSS.highlights.set(name, new Highlight(...find(figures, textOf(body))));
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(`::highlight(${name}) { background-color: #ffd54f; color: #000; text-decoration: underline wavy #c62828; }`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
