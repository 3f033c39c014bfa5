// What models write, as elements. Markup of their own stays text; what Markdown makes of the rest goes through the
// sanitiser, which is the only way from text to elements on this page.
import markdownit from './markdown-it.mjs';
import DOMPurify from './purify.mjs';
import hljs from './highlight.mjs';
import { h, plain } from './dom.js';

const LONGEST_COLOURED = 50_000;

const ALLOWED = {
  ALLOWED_TAGS: [
    'p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'strong', 'em', 's', 'code', 'pre', 'span', 'blockquote',
    'ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'a',
  ],
  ALLOWED_ATTR: ['href', 'class', 'start'],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

const CLASSES = /^(?:hljs(?:-[a-z_-]+)?|[a-z]+_|language-[\w+#-]+|align-(?:left|right|center))$/;

DOMPurify.addHook('afterSanitizeAttributes', (node) => {
  if (node.hasAttribute('class')) {
    const kept = [...node.classList].filter((name) => CLASSES.test(name));
    if (kept.length > 0) node.setAttribute('class', kept.join(' '));
    else node.removeAttribute('class');
  }
  if (node.tagName === 'A') {
    node.setAttribute('rel', 'noopener noreferrer nofollow');
    node.setAttribute('target', '_blank');
  }
});

function coloured(code, language) {
  return language && hljs.getLanguage(language) && code.length <= LONGEST_COLOURED
    ? hljs.highlight(code, { language, ignoreIllegals: true }).value
    : '';
}

const markdown = markdownit({ html: false, linkify: true, highlight: coloured });

// A picture would be a request to wherever the model wants: its address is shown instead.
markdown.renderer.rules.image = (tokens, index) => {
  const token = tokens[index];
  const address = token.attrGet('src') ?? '';
  const { escapeHtml } = markdown.utils;
  return `<a href="${escapeHtml(address)}">${escapeHtml(token.content || address)}</a>`;
};

// Columns are aligned by a class: the page's policy has no styles in markup.
markdown.core.ruler.push('alignment', (state) => {
  for (const token of state.tokens) {
    const style = token.attrGet('style');
    if (style) {
      token.attrs = token.attrs.filter(([name]) => name !== 'style');
      token.attrJoin('class', `align-${style.replace('text-align:', '')}`);
    }
  }
});

/** Markdown as a fragment. */
export function rendered(text) {
  const fragment = DOMPurify.sanitize(markdown.render(plain(text)), ALLOWED);
  for (const table of fragment.querySelectorAll('table')) {
    const frame = h('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': 'Table' });
    table.replaceWith(frame);
    frame.append(table);
  }
  for (const block of fragment.querySelectorAll('pre')) {
    const code = block.textContent;
    const frame = h('div', { class: 'block' });
    block.replaceWith(frame);
    block.setAttribute('tabindex', '0');
    block.setAttribute('role', 'group');
    block.setAttribute('aria-label', 'Code');
    frame.append(block, copying(code));
  }
  return fragment;
}

function copying(code) {
  const button = h('button', { type: 'button', class: 'copy' }, 'Copy');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code);
      button.textContent = 'Copied';
    } catch {
      button.textContent = 'Not allowed';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  });
  return button;
}

/** A program as a block of its own. */
export function program(source, language) {
  const code = h('code', { class: 'hljs' });
  const colours = coloured(plain(source), language);
  code.append(colours ? DOMPurify.sanitize(colours, ALLOWED) : plain(source));
  return h('pre', { class: 'program', tabindex: 0, role: 'group', 'aria-label': `Program in ${language}` }, code);
}
