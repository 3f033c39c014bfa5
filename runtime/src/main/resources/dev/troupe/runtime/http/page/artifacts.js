// Files that a task wrote. They are fetched with the key and shown from memory: pictures as pictures, tables and texts as
// text. Nothing of them is opened as a page.
import * as api from './api.js';
import { cut, h, plain } from './dom.js';

const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml'];
const MOST_TEXT = 20_000;
const MOST_ROWS = 12;
const MOST_COLUMNS = 12;

/** Fields of a table with commas or semicolons, quotes and all. */
export function fields(text) {
  const separator = (text.split('\n', 1)[0].match(/;/g) ?? []).length > (text.split('\n', 1)[0].match(/,/g) ?? []).length ? ';' : ',';
  const rows = [[]];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length && rows.length <= MOST_ROWS + 2; i += 1) {
    const letter = text[i];
    if (quoted) {
      if (letter !== '"') field += letter;
      else if (text[i + 1] === '"') { field += '"'; i += 1; } else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === separator) { rows.at(-1).push(field); field = ''; } else if (letter === '\n') {
      rows.at(-1).push(field);
      field = '';
      rows.push([]);
    } else field += letter;
  }
  if (field !== '') rows.at(-1).push(field);
  return rows.filter((row) => row.length > 0);
}

function table(text) {
  const [head = [], ...rows] = fields(text).slice(0, MOST_ROWS + 1);
  return h(
    'div',
    { class: 'wide', tabindex: 0, role: 'group', 'aria-label': 'Table' },
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, ...head.slice(0, MOST_COLUMNS).map((name) => h('th', { scope: 'col' }, cut(name, 60))))),
      h('tbody', {}, ...rows.map((row) => h('tr', {}, ...row.slice(0, MOST_COLUMNS).map((value) => h('td', {}, cut(value, 60)))))),
    ),
  );
}

async function preview(artifact, blob) {
  const type = artifact.type.split(';')[0];
  if (PICTURES.includes(type)) {
    return h('img', { src: URL.createObjectURL(blob), alt: plain(artifact.name) });
  }
  if (type === 'text/csv') return table(plain(await blob.slice(0, MOST_TEXT).text()));
  if (type === 'text/plain' || type === 'application/json') {
    const text = plain(await blob.slice(0, MOST_TEXT).text());
    return h('pre', { class: 'output', tabindex: 0, role: 'group', 'aria-label': `Text of ${plain(artifact.name)}` }, text);
  }
  return null;
}

/** Shows a file, with a button that saves it. */
export function artifact(file) {
  const name = plain(file.name);
  const body = h('div', { class: 'preview' });
  const save = h('button', { type: 'button', class: 'quiet' }, 'Save');
  const figure = h('figure', { class: 'artifact' }, body, h('figcaption', {}, h('span', {}, name), save));
  const fetched = api.blob(file.url);
  save.addEventListener('click', async () => {
    const address = URL.createObjectURL(await fetched);
    h('a', { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  });
  fetched
    .then((blob) => preview(file, blob))
    .then((shown) => shown && body.append(shown))
    .catch((failure) => {
      save.disabled = true;
      body.append(h('p', { class: 'hint' }, failure.message));
    });
  return figure;
}
